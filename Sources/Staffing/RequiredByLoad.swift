package import Workload

/// How many full-time equivalents the attendance norm asks for at so many times today's call-outs: positions by Erlang C, zone by
/// zone and shift by shift, with today's ways and times.
///
/// In each shift the zones that the roster serves with the same people are staffed as one, with the positions that the shift's
/// hardest hour asks for, over all days. Somebody is always on watch: one position is readiness, whatever the load; what goes
/// beyond it follows the load (`PositionCapacity`). The people may have planned work too: it is readiness that is counted, not
/// only the time at work. Nothing jumps where a count or a share passes a limit:
///
/// - An hour's load is drawn towards the shift's mean by as much as chance explains (`ShrunkenRates`), so that an hour without a
///   call-out in four weeks is no hour without load, and one with two is no rush hour.
/// - A shift with few call-outs of its own has the ways and times of its zones' call-outs, and these of the municipality's.
/// - Where the ways by themselves take nearly the norm's whole share or more, no number of people mends it: then at most
///   `lostToWaitingMax` of what can be reached in time may be lost to waiting.
package struct RequiredByLoad: Sendable {
    private struct Shift: Sendable {
        var capacity: PositionCapacity
        /// Of the hardest hour, at today's load.
        var offeredErlang: Double
        var hoursAYear: Double
        var callOuts: Int

        /// At so many times today's load; at least the one that is readiness.
        func positions(_ loadFactor: Double) -> Double { max(1, capacity.positions(offeredErlang: offeredErlang * loadFactor)) }

        /// The part, 0–1, of the call-outs to take away at `loadFactor` so that no more is asked for than at `allowed` times the load,
        /// or than the one on watch carries.
        func removed(_ loadFactor: Double, allowed: Double) -> Double {
            guard offeredErlang > 0, loadFactor > 0 else { return 0 }
            return max(0, 1 - max(offeredErlang * allowed, capacity.ofOne) / (offeredErlang * loadFactor))
        }
    }

    private static let hoursAYear = 365.25 * 24
    /// Loads up to so many times today's are looked up.
    private static let tableFactor = 4.0
    /// Of the call-outs that can be reached in time, the part that may at most be lost to waiting where the norm cannot be met.
    package static let lostToWaitingMax = 0.05

    private var shifts: [Shift] = []
    /// Zone groups × shifts, and those of them whose ways and times are borrowed from wider samples.
    package var shiftCount: Int { shifts.count }
    package private(set) var borrowedCount = 0

    /// Nil without a roster, or with too few call-outs in all the municipality.
    package init?(_ input: StaffingInput, localTime: LocalTime = .oslo) {
        guard let roster = input.roster, !input.covered.isEmpty else { return nil }
        self.init(input.trace, zones: input.zones.map(\.id), roster: roster, settings: input.settings, localTime: localTime)
    }

    /// - Parameter zones: those that are staffed, of the trace's.
    package init?(_ trace: Trace, zones: [String], roster: Roster, settings: StaffingSettings, localTime: LocalTime = .oslo) {
        let spans = roster.spans(in: trace.period, localTime: localTime).atWork
        let turnouts = trace.turnouts(settings: settings)
        let period = PeriodHours(period: trace.period, silentDays: trace.silentDays, localTime: localTime)
        func demand(_ zones: [String]) -> GroupDemand {
            GroupDemand(trace: trace, zones: zones, spans: spans, turnoutMilliseconds: turnouts, period: period)
        }
        let callOutsMin = max(1, settings.callOutsMin)
        let all = demand(zones).wholeSample
        guard all.wayMilliseconds.count >= callOutsMin, !period.clocks.isEmpty else { return nil }
        for kind in ShiftKind.allCases {
            for served in RequiredByLoad.groups(zones, spans.filter { $0.kind == kind }) {
                let group = demand(served)
                let samples = [group.samples[kind.order], group.wholeSample, all]
                let place = samples.firstIndex { $0.wayMilliseconds.count >= callOutsMin } ?? samples.count - 1
                add(group, kind, samples[place], settings, hours: period.clocks.count { !$0.isSilent })
                if place > 0, shifts.last?.callOuts ?? 0 > 0 { borrowedCount += 1 }
            }
        }
        guard !shifts.isEmpty else { return nil }
    }

    private mutating func add(_ group: GroupDemand, _ kind: ShiftKind, _ sample: ShiftSample, _ settings: StaffingSettings, hours: Int) {
        let cells = group.hours.cells(kind: kind, days: .all).filter { $0.hours > 0 }
        let hoursInShift = cells.reduce(0) { $0 + $1.hours }
        guard hoursInShift > 0 else { return }
        let rates = ShrunkenRates(counts: cells.map(\.callOuts), exposures: cells.map { Double($0.hours) })
        let offeredErlang = rates.highest * sample.respondersPerCallOut * sample.meanBoundSeconds / 3600
        let curve = AttendanceCurve(
            wayMilliseconds: sample.wayMilliseconds,
            withinMilliseconds: settings.norm.withinMilliseconds,
            meanServiceSeconds: sample.meanBoundSeconds
        )
        let share = min(settings.norm.share, (1 - RequiredByLoad.lostToWaitingMax) * curve.reachableShare)
        shifts.append(
            Shift(
                capacity: PositionCapacity(curve, share: share, upTo: RequiredByLoad.tableFactor * offeredErlang),
                offeredErlang: offeredErlang,
                hoursAYear: Double(hoursInShift) * RequiredByLoad.hoursAYear / Double(hours),
                callOuts: cells.reduce(0) { $0 + $1.callOuts }
            )
        )
    }

    /// Zones that some span serves together, each zone in one group, in the municipality's order.
    private static func groups(_ zones: [String], _ spans: [Roster.Span]) -> [[String]] {
        var groups = zones.map { Set([$0]) }
        for served in Set(spans.map { Set($0.zones).intersection(zones) }) where served.count > 1 {
            let joined = groups.filter { !$0.isDisjoint(with: served) }.reduce(into: Set<String>()) { $0.formUnion($1) }
            groups = groups.filter { $0.isDisjoint(with: served) } + [joined]
        }
        return zones.compactMap { zone in
            guard let group = groups.first(where: { $0.contains(zone) }) else { return nil }
            let ordered = zones.filter(group.contains)
            return ordered.first == zone ? ordered : nil
        }
    }

    /// Full-time equivalents for so many times the call-outs; never falling in `loadFactor`, without jumps, at least the readiness.
    package func fullTimeEquivalents(loadFactor: Double, hoursPerFullTimeEquivalent: Double) -> Double {
        shifts.reduce(0) { $0 + $1.positions(loadFactor) * $1.hoursAYear } / hoursPerFullTimeEquivalent
    }

    /// Of them those that stand whatever the load: one on watch in every group and shift.
    package func readiness(hoursPerFullTimeEquivalent: Double) -> Double {
        shifts.reduce(0) { $0 + $1.hoursAYear } / hoursPerFullTimeEquivalent
    }

    /// The part of the call-outs, 0–1, to take away at `loadFactor` so that so many full-time equivalents are enough: in each shift
    /// what goes beyond the same number of times today's load, and nothing where the one on watch carries all of it. Nil where the
    /// readiness alone asks for more.
    package func removed(loadFactor: Double, fullTimeEquivalents available: Double, hoursPerFullTimeEquivalent: Double) -> Double? {
        func isEnough(_ factor: Double) -> Bool {
            fullTimeEquivalents(loadFactor: factor, hoursPerFullTimeEquivalent: hoursPerFullTimeEquivalent) <= available + 1e-9
        }
        if isEnough(loadFactor) { return 0 }
        guard isEnough(0) else { return nil }
        var (allowed, tooMuch) = (0.0, loadFactor)
        while tooMuch - allowed > 1e-9 * loadFactor {
            let middle = (allowed + tooMuch) / 2
            if isEnough(middle) { allowed = middle } else { tooMuch = middle }
        }
        let callOuts = shifts.reduce(0) { $0 + $1.callOuts }
        guard callOuts > 0 else { return 0 }
        return shifts.reduce(0.0) { $0 + Double($1.callOuts) * $1.removed(loadFactor, allowed: allowed) } / Double(callOuts)
    }
}

extension GroupDemand {
    /// The call-outs of all shifts.
    var wholeSample: ShiftSample { samples.dropFirst().reduce(into: samples[0]) { $0.add($1) } }
}
