package import Telemetry
import Workload

/// What the replay of a period gave.
package struct ReplayResult: Equatable, Sendable {
    /// How it went for one call-out, in the order of `Trace.atHome`.
    package struct Outcome: Equatable, Sendable {
        /// Place in `zones`.
        package var zone: Int
        /// The shift at work in the zone when it came; by the clock where nobody was.
        package var kind: ShiftKind
        /// Of the day on which that shift began.
        package var dayClass: DayClass
        /// When somebody was asked for.
        package var time: EventTime
        /// Nil: never taken.
        package var waitMilliseconds: Int64?
        /// Nil: never taken, or no way of the municipality is known.
        package var attendanceMilliseconds: Int64?
    }

    /// Figures of one zone and shift.
    package struct ZoneShift: Equatable, Sendable {
        package var zone: String
        package var kind: ShiftKind
        package var figures: ReplayFigures
    }

    /// Call-outs of one zone, shift, day class and hour; only those with call-outs are listed.
    package struct Hour: Equatable, Sendable {
        package var zone: String
        package var kind: ShiftKind
        /// Of the day on which the shift began: Saturday's night goes on into Sunday.
        package var dayClass: DayClass
        /// 0–23, of the wall clock.
        package var hour: Int
        package var callOuts = 0
        package var attended = 0
        package var withinNorm = 0
        package var waited = 0
        package var waitSumMilliseconds: Int64 = 0
        package var neverReached = 0
    }

    package var zones: [String]
    package var total: ReplayFigures
    /// By place in `zones`.
    package var byZone: [ReplayFigures]
    /// Zone by zone, day before evening before night.
    package var byShift: [ZoneShift]
    package var hours: [Hour]
    /// By arrival.
    package var outcomes: [Outcome]
    /// Call-outs that could not be played: responses that do not count, and those of no known zone.
    package var leftOut: Int
    /// Call-outs whose way was not measured by the zone's own people and is drawn from theirs.
    package var drawnWays: Int
}

extension ReplayResult {
    init(_ replay: Replay, _ engine: ReplayEngine) {
        zones = replay.played.zones
        leftOut = replay.played.leftOut
        drawnWays = replay.calls.drawnCount
        let count = zones.count
        let overlaps = ReplayOverlaps(engine.outcomes, zoneCount: count)
        var attendances = [ContiguousArray<Int64>](repeating: [], count: count * 3)
        for outcome in engine.outcomes where outcome.attendanceMilliseconds >= 0 {
            attendances[Int(outcome.cell)].append(outcome.attendanceMilliseconds)
        }
        func figures(_ cells: Range<Int>, _ overlapMilliseconds: [Int64]) -> ReplayFigures {
            var tally = ReplayTally()
            for cell in cells { tally.add(engine.tallies[cell]) }
            let rostered = replay.schedule.rosteredMilliseconds[cells].reduce(0, +)
            var figures = ReplayFigures(tally, rosteredMilliseconds: rostered, attendances: ContiguousArray(attendances[cells].joined()))
            figures.overlapMilliseconds = overlapMilliseconds
            return figures
        }
        total = figures(0..<count * 3, overlaps.total)
        byZone = (0..<count).map { figures($0 * 3..<$0 * 3 + 3, overlaps.byZone[$0]) }
        byShift = (0..<count * 3).map { cell in
            let found = figures(cell..<cell + 1, overlaps.byCell[cell])
            return ZoneShift(zone: replay.played.zones[cell / 3], kind: ShiftKind.allCases[cell % 3], figures: found)
        }
        outcomes = engine.outcomes.enumerated().map { place, outcome in
            let isKnown = outcome.attendanceMilliseconds >= 0 && outcome.attendanceMilliseconds != .max
            return Outcome(
                zone: Int(outcome.cell) / 3,
                kind: ShiftKind.allCases[Int(outcome.cell) % 3],
                dayClass: DayClass(rawValue: Int(outcome.dayClass)) ?? .monday,
                time: replay.calls.times[place],
                waitMilliseconds: outcome.waitMilliseconds < 0 ? nil : outcome.waitMilliseconds,
                attendanceMilliseconds: isKnown ? outcome.attendanceMilliseconds : nil
            )
        }
        hours = ReplayResult.hours(replay, engine)
        if let planned = replay.planned { addDisplaced(replay, planned, engine) }
    }

    private static func hours(_ replay: Replay, _ engine: ReplayEngine) -> [Hour] {
        let dayClasses = DayClass.allCases.count
        var cells = ContiguousArray<ReplayTally>(repeating: ReplayTally(), count: replay.played.zones.count * 3 * dayClasses * 24)
        for (place, outcome) in engine.outcomes.enumerated() {
            let clock = replay.days.wallClock(at: replay.calls.times[place])
            let hour = min(23, max(0, Int(clock.milliseconds / TimeRule.hourMilliseconds)))
            let index = (Int(outcome.cell) * dayClasses + Int(outcome.dayClass) - 1) * 24 + hour
            cells[index].callOuts += 1
            if outcome.attendanceMilliseconds >= 0 { cells[index].attended += 1 }
            if (0...replay.settings.norm.withinMilliseconds).contains(outcome.attendanceMilliseconds) { cells[index].withinNorm += 1 }
            if outcome.waitMilliseconds > 0 {
                cells[index].waited += 1
                cells[index].waitSumMilliseconds += outcome.waitMilliseconds
            }
            if outcome.waitMilliseconds < 0 { cells[index].neverReached += 1 }
        }
        return cells.indices.filter { cells[$0].callOuts > 0 }.map { index in
            let cell = index / 24 / dayClasses
            return Hour(
                zone: replay.played.zones[cell / 3],
                kind: ShiftKind.allCases[cell % 3],
                dayClass: DayClass.allCases[index / 24 % dayClasses],
                hour: index % 24,
                callOuts: cells[index].callOuts,
                attended: cells[index].attended,
                withinNorm: cells[index].withinNorm,
                waited: cells[index].waited,
                waitSumMilliseconds: cells[index].waitSumMilliseconds,
                neverReached: cells[index].neverReached
            )
        }
    }

    /// Planned work of an hour that finds fewer people than it needs, because others are out or too few are rostered: the
    /// people missing, over time. In hours of several zones' people each zone counts its even part.
    private mutating func addDisplaced(_ replay: Replay, _ planned: PlannedLoad, _ engine: ReplayEngine) {
        var sum: Int64 = 0
        for (place, zone) in zones.enumerated() {
            guard let row = planned.zones.firstIndex(of: zone) else { continue }
            var present: [(EventTime, Double)] = []
            for span in replay.plan.spans where span.zones.contains(zone) {
                present.append((span.time.lowerBound, span.positions(in: zone)))
                present.append((span.time.upperBound, -span.positions(in: zone)))
            }
            for outcome in engine.outcomes where outcome.crew >= 0 {
                let kind = replay.schedule.kinds[replay.schedule.crews[Int(outcome.crew)].crewKind]
                guard kind.place(of: Int(outcome.cell) / 3) == place else { continue }
                present.append((outcome.responseStart, -1))
                present.append((outcome.responseEnd, 1))
            }
            present.sort { $0.0 < $1.0 }
            let displaced = PlannedLoad.missing(present: present, planned, zone: row, in: replay.trace.period)
            byZone[place].displacedMilliseconds = displaced
            sum += displaced
        }
        total.displacedMilliseconds = sum
    }
}

extension ReplayFigures {
    /// Without overlaps.
    fileprivate init(_ tally: ReplayTally, rosteredMilliseconds: Double, attendances: ContiguousArray<Int64>) {
        self.init()
        callOuts = tally.callOuts
        attended = tally.attended
        withinNorm = tally.withinNorm
        waited = tally.waited
        waitSumMilliseconds = tally.waitSumMilliseconds
        waitMaxMilliseconds = tally.waitMaxMilliseconds
        neverReached = tally.neverReached
        crossZone = tally.crossZone
        shortHanded = tally.shortHanded
        overtimeMilliseconds = tally.overtimeMilliseconds
        busyMilliseconds = tally.busyMilliseconds
        self.rosteredMilliseconds = Int64(rosteredMilliseconds.rounded())
        var attendances = attendances
        let ranks = Selection.medianAndNinthDecile(&attendances)
        attendanceP50Milliseconds = ranks.flatMap { $0.median == .max ? nil : $0.median }
        attendanceP90Milliseconds = ranks.flatMap { $0.ninthDecile == .max ? nil : $0.ninthDecile }
    }
}

extension PlannedLoad {
    /// People-milliseconds that planned work lacks, given by how many the people present change and when.
    fileprivate static func missing(present: [(EventTime, Double)], _ planned: PlannedLoad, zone: Int, in period: Range<EventTime>) -> Int64 {
        var (next, people, missing) = (0, 0.0, 0.0)
        for hour in 0..<planned.hourCount {
            let span = (planned.hours[hour]..<planned.hours[hour + 1]).clamped(to: period)
            let needed = planned.people(zone: zone, hour: hour)
            var at = span.lowerBound
            while at < span.upperBound {
                while next < present.count, present[next].0 <= at {
                    people += present[next].1
                    next += 1
                }
                let until = next < present.count ? min(present[next].0, span.upperBound) : span.upperBound
                missing += max(0, needed - max(0, people)) * Double(until - at)
                at = until
            }
        }
        return Int64(missing.rounded())
    }
}
