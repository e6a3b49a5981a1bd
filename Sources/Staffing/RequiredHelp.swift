package import Workload

/// Positions by zone where zones help one another: the zone's own people first, then the nearest free (Larson 1974).
package struct RequiredHelp: Equatable, Sendable {
    /// By zone, in the order asked for; some may have none of their own.
    package var positions: [Int]
    /// Share of call-outs attended within the norm, 0–1.
    package var withinNormShare: Double
    /// Share of responses by another zone's people, 0–1.
    package var crossZoneShare: Double
    /// Share of call-outs that find everybody out, 0–1.
    package var allBusyShare: Double
    /// Minutes more than within one's own zone, mean over the responses by another zone's people; 0 where there are none.
    package var meanHelpMinutes: Double
    /// Mean share of time that a zone's people are out, 0–1; nil where it has none.
    package var workloads: [Double?]
    /// More people than are solved exactly (Larson 1975).
    package var isApproximate: Bool
}

/// The need of zones that help one another, in the hardest hour of a shift.
package struct HelpingZones: Sendable {
    package enum Outcome: Equatable, Sendable {
        case tooFew(callOutsMin: Int)
        /// Even with people in every zone only such a share (0–1) is attended in time.
        case travelMissesNorm(reachableShare: Double)
        /// The norm asks for everyone, which with calls at random no number of positions promises: the replay can say how it went.
        case normForEveryone
        case positions(RequiredHelp)
    }

    package let zones: [String]
    /// The shift's hour with most call-outs, 0–23 by the wall clock, and how many there are in such an hour, by zone.
    package let hardestHour: Int
    package let callOutsPerHour: [Double]
    package let callOuts: Int

    /// Seconds that one responder is bound in the own zone.
    private let meanBoundSeconds: Double
    private let respondersPerCallOut: Double
    private let norm: AttendanceNorm
    private let callOutsMin: Int
    private let helpMinutes: [[Double]]
    /// By the zone that people come from, then by the zone of the call-out.
    private let curves: [[AttendanceCurve]]

    /// A search with more people than this has gone astray: larger than any home service at work at once.
    package static let positionsMax = 200

    /// - Parameters:
    ///   - zones: ids, at least one; each in `trace.zones`.
    ///   - turnoutMilliseconds: as in `RequiredPositions.byShift`.
    package init(
        trace: Trace,
        spans: [Roster.Span],
        zones: [String],
        kind: ShiftKind,
        days: RequiredDays,
        turnoutMilliseconds: [Int64],
        settings: StaffingSettings,
        localTime: LocalTime = .oslo
    ) {
        let period = PeriodHours(period: trace.period, silentDays: trace.silentDays, localTime: localTime)
        func demand(_ zones: [String]) -> GroupDemand {
            GroupDemand(trace: trace, zones: zones, spans: spans, turnoutMilliseconds: turnoutMilliseconds, period: period)
        }
        let whole = demand(zones)
        let samples = zones.map { demand([$0]).samples[kind.order] }
        let sample = whole.samples[kind.order]
        let cells = whole.hours.cells(kind: kind, days: days)
        func rate(_ place: Int) -> Double { cells[place].hours > 0 ? Double(cells[place].callOuts) / Double(cells[place].hours) : 0 }
        let hardest = cells.indices.max { rate($0) < rate($1) } ?? 0
        let asked = max(1, samples.reduce(0) { $0 + $1.responders.count })
        self.zones = zones
        hardestHour = hardest % 24
        callOuts = cells.reduce(0) { $0 + $1.callOuts }
        // One zone in one hour is too little to count: the hour is the group's, the zones' parts are those of the whole shift.
        callOutsPerHour = samples.map { rate(hardest) * Double($0.responders.count) / Double(asked) }
        meanBoundSeconds = sample.boundMilliseconds.isEmpty ? 1 : sample.meanBoundSeconds
        respondersPerCallOut = sample.responders.isEmpty ? 1 : sample.respondersPerCallOut
        norm = settings.norm
        callOutsMin = max(1, settings.callOutsMin)
        let bound = meanBoundSeconds
        let minutes = zones.map { from in zones.map { settings.helpMinutes(from: from, to: $0) } }
        helpMinutes = minutes
        curves = zones.indices.map { from in
            zones.indices.map { to in
                let own = samples[to].wayMilliseconds
                return AttendanceCurve(
                    wayMilliseconds: own.count >= settings.callOutsMin ? own : sample.wayMilliseconds,
                    withinMilliseconds: settings.norm.withinMilliseconds - Int64(minutes[from][to] * 60_000),
                    meanServiceSeconds: bound
                )
            }
        }
    }

    /// The fewest positions that meet the norm, found by adding one at a time where it gains most. Since each step is the best
    /// single one only, another division of the same number can be better.
    package func required() -> Outcome {
        let rate = callOutsPerHour.reduce(0, +)
        guard callOuts >= callOutsMin, rate > 0 else { return .tooFew(callOutsMin: callOutsMin) }
        guard norm.share < 1 else { return .normForEveryone }
        let reachable = zones.indices.reduce(0) { $0 + callOutsPerHour[$1] / rate * curves[$1][$1].reachableShare }
        guard reachable >= norm.share else { return .travelMissesNorm(reachableShare: reachable) }
        var positions = proportional(Int(rate * respondersPerCallOut * meanBoundSeconds / 3600) + 1)
        var best = figures(positions: positions)
        while best.withinNormShare < min(norm.share, reachable - 1e-9), positions.reduce(0, +) < HelpingZones.positionsMax {
            let tried = zones.indices.map { zone in
                var more = positions
                more[zone] += 1
                return figures(positions: more)
            }
            // The first of equals, so that the same call-outs give the same answer.
            best = tried[0]
            for candidate in tried.dropFirst() where candidate.withinNormShare > best.withinNormShare { best = candidate }
            positions = best.positions
        }
        guard best.withinNormShare >= min(norm.share, reachable - 1e-9) else { return .travelMissesNorm(reachableShare: best.withinNormShare) }
        return .positions(best)
    }

    /// What so many people by zone attend; each 0 or more, at least one in all.
    package func figures(positions: [Int]) -> RequiredHelp {
        let unitZones = zones.indices.flatMap { zone in [Int](repeating: zone, count: positions[zone]) }
        precondition(!unitZones.isEmpty && positions.count == zones.count, "somebody is at work")
        let atoms = zones.indices.map { zone in
            // The zone's own first, then the nearest; of equals the first.
            let preference = unitZones.indices.sorted { left, right in
                let (one, other) = (helpMinutes[unitZones[left]][zone], helpMinutes[unitZones[right]][zone])
                let (isOwn, otherIsOwn) = (unitZones[left] == zone, unitZones[right] == zone)
                if isOwn != otherIsOwn { return isOwn }
                return one == other ? left < right : one < other
            }
            return Hypercube.Atom(callsPerHour: callOutsPerHour[zone] * respondersPerCallOut, preference: preference)
        }
        // Help takes longer, which binds more, which asks for more help: repeated until it settles (Larson & Odoni 1981, 5.5).
        var help = 0.0
        var solved = solve(atoms, units: unitZones.count, helpMinutes: help)
        for _ in 0..<HelpingZones.calibrationsMax {
            let next = solved.meanTravelMinutes(minutesFromTo: helpMinutes, unitAtoms: unitZones)
            let change = abs(next - help)
            help = next
            if change < 0.01 { break }
            solved = solve(atoms, units: unitZones.count, helpMinutes: help)
        }
        let crossZoneShare = solved.crossZoneShare(atomZones: Array(zones.indices), unitZones: unitZones)
        return RequiredHelp(
            positions: positions,
            withinNormShare: withinNorm(solved, unitZones: unitZones, helpMinutes: help),
            crossZoneShare: crossZoneShare,
            allBusyShare: solved.allBusyShare,
            meanHelpMinutes: crossZoneShare > 0 ? help / crossZoneShare : 0,
            workloads: zones.indices.map { zone in
                let own = unitZones.indices.filter { unitZones[$0] == zone }
                return own.isEmpty ? nil : own.reduce(0) { $0 + solved.workloads[$1] } / Double(own.count)
            },
            isApproximate: solved.isApproximate
        )
    }

    /// Service times settle to a hundredth of a minute in a few rounds.
    private static let calibrationsMax = 5

    private func solve(_ atoms: [Hypercube.Atom], units: Int, helpMinutes: Double) -> HypercubeFigures {
        let served = 3600 / (meanBoundSeconds + helpMinutes * 60)
        return Hypercube(atoms: atoms, servedPerHour: [Double](repeating: served, count: units), queue: .infinite).solved()
    }

    /// Those served at once by where their responder comes from; those that wait, exponentially, by where the responder was last.
    private func withinNorm(_ solved: HypercubeFigures, unitZones: [Int], helpMinutes: Double) -> Double {
        let hypercube = solved.hypercube
        let rate = hypercube.callsPerHour
        let pace = hypercube.servedPerHour.reduce(0, +)
        guard rate < pace else { return 0 }
        var share = 0.0
        for (zone, atom) in hypercube.atoms.enumerated() {
            let part = atom.callsPerHour / rate
            for (unit, immediate) in solved.immediateShares[zone].enumerated() {
                share += part * immediate * curves[unitZones[unit]][zone].reachableShare
            }
            for (last, other) in hypercube.atoms.enumerated() {
                let inTime = curves[last][zone].share(waitProbability: 1, endingPerSecond: (pace - rate) / 3600)
                share += part * other.callsPerHour / rate * solved.allBusyShare * inTime
            }
        }
        return share
    }

    /// So many positions, each in turn to the zone with the most call-outs for those it would have (d'Hondt).
    private func proportional(_ count: Int) -> [Int] {
        var positions = [Int](repeating: 0, count: zones.count)
        for _ in 0..<count {
            var most = 0
            for zone in zones.indices
            where callOutsPerHour[zone] / Double(positions[zone] + 1) > callOutsPerHour[most] / Double(positions[most] + 1) { most = zone }
            positions[most] += 1
        }
        return positions
    }
}
