import Telemetry
import Workload

/// A plan as whole people over time, laid flat for a replay.
///
/// A span with 2.5 positions is two people for the whole of it and a third for its first half: position-hours then come
/// out exactly. A part of a position is therefore strongest early in the shift.
struct Schedule: Sendable {
    /// People of one span, all alike.
    struct Crew: Sendable {
        /// Place in `kinds`.
        var crewKind: Int
        var people: Int32
        var start: EventTime
        /// When those who are out begin to work overtime.
        var end: EventTime
        /// Of the day on which the span begins.
        var dayClass: DayClass
    }

    /// Where people are at home and where they may go.
    struct CrewKind: Sendable {
        var shift: ShiftKind
        /// Places of the zones that they serve as their own: whose planned work is theirs.
        var zones: [Int]
        /// Those of them that the measured ways are of.
        var homes: [Int]
        /// Among the kinds of a schedule, by their zones in ascending order; the same for the same zones.
        var rank = 0
        /// By zone, milliseconds more to get there; −1: they do not go there.
        var helpMilliseconds: [Int64]

        var isOneZone: Bool { zones.count == 1 }

        /// Whose work it counts as when they go to a zone: the zone's own, or that of the first of those they serve.
        func place(of zone: Int) -> Int? { zones.contains(zone) ? zone : zones.first }
    }

    /// From an instant so many of a crew can go, those out counted with.
    struct Step: Sendable {
        var time: EventTime
        var crew: Int32
        var available: Int32
    }

    /// From an instant these crews can be asked for a zone's call-outs, in this order.
    struct Candidates: Sendable {
        var time: EventTime
        var zone: Int32
        /// Where they stand in `candidateCrews`.
        var crews: Range<Int32>
        /// The shift and day class of those at home, nil where nobody is.
        var shift: ShiftKind?
        var dayClass: DayClass?
    }

    let zones: [String]
    let days: PeriodDays
    private(set) var crews: [Crew] = []
    private(set) var kinds: [CrewKind] = []
    /// By time.
    private(set) var steps: [Step] = []
    private(set) var candidates: [Candidates] = []
    private(set) var candidateCrews: [Int32] = []
    /// Time of those rostered in the period but for silent days, by zone × 3 + shift; that of several zones divided evenly.
    private(set) var rosteredMilliseconds: [Double]
    /// Those whom planned work binds, before the first instant; nil where it binds nobody.
    private var bound: BoundPeople?

    /// O(spans log spans).
    ///
    /// - Parameters:
    ///   - other: of the same zones, period and planned work: what it has reckoned of these is not reckoned once more.
    ///   - isPlayed: by zone, whether its planned work binds anybody; nil: of all.
    init(
        plan: StaffingPlan,
        zones: [String],
        period: Range<EventTime>,
        silentDays: Set<LocalTime.Day> = [],
        settings: StaffingSettings,
        planned: PlannedLoad? = nil,
        days: PeriodDays,
        like other: Schedule? = nil,
        playing isPlayed: [Bool]? = nil
    ) {
        self.zones = zones
        self.days = days
        rosteredMilliseconds = Array(repeating: 0, count: zones.count * 3)
        var kindPlaces: [CrewKindKey: Int] = [:]
        let zonePlaces = Dictionary(uniqueKeysWithValues: zones.enumerated().map { ($0.element, $0.offset) })
        let silent = days.bounds(of: silentDays, until: period.upperBound)
        for span in plan.spans where span.positions > 0 && !span.time.isEmpty {
            let key = CrewKindKey(zones: span.zones, shift: span.kind)
            let kind: Int
            if let known = kindPlaces[key] {
                kind = known
            } else {
                kind = kinds.count
                kindPlaces[key] = kind
                kinds.append(CrewKind(plan, key, zonePlaces, zones, settings))
            }
            if kinds[kind].zones.isEmpty, !kinds[kind].helpMilliseconds.contains(where: { $0 >= 0 }) { continue }
            append(span, kind: kind, dayClass: days.dayClass(of: span.day), period: period, silent: silent, zonePlaces: zonePlaces)
        }
        let sets = Set(kinds.map { $0.zones.sorted() }).sorted { $0.lexicographicallyPrecedes($1) }
        for kind in kinds.indices { kinds[kind].rank = sets.firstIndex(of: kinds[kind].zones.sorted()) ?? 0 }
        if let planned, settings.firmPlannedShare > 0 {
            let (share, sharing) = (settings.firmPlannedShare, zonesSharingPeople)
            let isKnown = other?.bound.map { $0.firmShare == share && $0.isShared(as: sharing, in: isPlayed) } ?? false
            let bound = isKnown ? other?.bound : BoundPeople(planned, firmShare: share, zones: zones, sharing: sharing)
            self.bound = isPlayed.map { bound?.limited(to: $0) } ?? bound
        }
        layOut()
    }

    private mutating func append(
        _ span: Roster.Span,
        kind: Int,
        dayClass: DayClass,
        period: Range<EventTime>,
        silent: [Range<EventTime>],
        zonePlaces: [String: Int]
    ) {
        for people in [span].atWork where !people.time.isEmpty {
            // Nobody is asked on a silent day, but a night that begins there reaches into the next.
            let time = people.time.clamped(to: period)
            let length = Double(time.lengthMilliseconds - silent.reduce(0) { $0 + $1.clamped(to: time).lengthMilliseconds })
            for zone in span.zones {
                guard let place = zonePlaces[zone] else { continue }
                rosteredMilliseconds[place * 3 + span.kind.order] += people.positions * length / Double(span.zones.count)
            }
            crews.append(
                Crew(crewKind: kind, people: Int32(people.positions), start: people.time.lowerBound, end: people.time.upperBound, dayClass: dayClass)
            )
        }
    }

    /// Walks through the instants at which somebody comes, goes or is bound, and writes down what changes.
    private mutating func layOut() {
        var bound = bound
        let starting = crews.indices.sorted { (crews[$0].start, $0) < (crews[$1].start, $1) }
        let ending = crews.indices.sorted { (crews[$0].end, $0) < (crews[$1].end, $1) }
        var (nextStart, nextEnd) = (0, 0)
        var active: [Int] = []
        var binding: Binding?
        var current = [Int32](repeating: 0, count: crews.count)
        while nextEnd < ending.count {
            var time = crews[ending[nextEnd]].end
            if nextStart < starting.count { time = min(time, crews[starting[nextStart]].start) }
            if let change = bound?.nextTime, !active.isEmpty { time = min(time, change) }
            var touched: [Int] = []
            while nextEnd < ending.count, crews[ending[nextEnd]].end == time {
                touched.append(ending[nextEnd])
                active.removeAll { $0 == ending[nextEnd] }
                steps.append(Step(time: time, crew: Int32(ending[nextEnd]), available: 0))
                nextEnd += 1
            }
            while nextStart < starting.count, crews[starting[nextStart]].start == time {
                touched.append(starting[nextStart])
                active.append(starting[nextStart])
                nextStart += 1
            }
            writeCandidates(at: time, active: active, touched: touched)
            if bound != nil, binding == nil || !touched.isEmpty {
                active.sort { isBoundBefore($0, $1) }
                binding = Binding(crews: active.map { (crews[$0].people, kinds[crews[$0].crewKind].zones) }, zoneCount: zones.count)
            }
            bound?.advance(to: time)
            if let bound { binding?.bind(bound.people) }
            writeAvailable(at: time, active: active, free: binding?.free, current: &current)
        }
    }

    /// By zone, the first of the zones that it shares people with, itself too, straight or through others.
    private var zonesSharingPeople: [Int] {
        var first = Array(zones.indices)
        for kind in kinds where kind.zones.count > 1 {
            let joined = Set(kind.zones.map { first[$0] })
            let least = joined.min() ?? 0
            for zone in zones.indices where joined.contains(first[zone]) { first[zone] = least }
        }
        return first
    }

    private mutating func writeCandidates(at time: EventTime, active: [Int], touched: [Int]) {
        for zone in zones.indices where touched.contains(where: { kinds[crews[$0].crewKind].helpMilliseconds[zone] >= 0 }) {
            let able = active.filter { kinds[crews[$0].crewKind].helpMilliseconds[zone] >= 0 }
                .sorted { isBefore($0, $1, zone: zone) }
            let first = Int32(candidateCrews.count)
            candidateCrews += able.map(Int32.init)
            let atHome = able.filter { kinds[crews[$0].crewKind].zones.contains(zone) }
                .max { (crews[$0].start, kinds[crews[$0].crewKind].shift.order) < (crews[$1].start, kinds[crews[$1].crewKind].shift.order) }
            candidates.append(
                Candidates(
                    time: time,
                    zone: Int32(zone),
                    crews: first..<Int32(candidateCrews.count),
                    shift: atHome.map { kinds[crews[$0].crewKind].shift },
                    dayClass: atHome.map { crews[$0].dayClass }
                )
            )
        }
    }

    /// The zone's own people before those of several zones and of others, then the nearest, then those with most of their
    /// shift left, then by the zones that they serve, so that the order of a roster's rows makes no difference.
    private func isBefore(_ left: Int, _ right: Int, zone: Int) -> Bool {
        func rank(_ crew: Int) -> (Int, Int64, Int64, Int) {
            let kind = kinds[crews[crew].crewKind]
            return (kind.isOneZone && kind.zones[0] == zone ? 0 : 1, kind.helpMilliseconds[zone], -crews[crew].end, kind.rank)
        }
        return rank(left) != rank(right) ? rank(left) < rank(right) : left < right
    }

    /// Those who serve fewest zones first, then by these zones.
    private func isBoundBefore(_ left: Int, _ right: Int) -> Bool {
        func rank(_ crew: Int) -> (Int, Int, Int64, Int) {
            let kind = kinds[crews[crew].crewKind]
            return (kind.zones.count, kind.rank, -crews[crew].end, crew)
        }
        return rank(left) < rank(right)
    }

    private mutating func writeAvailable(at time: EventTime, active: [Int], free: [Int32]?, current: inout [Int32]) {
        for (place, crew) in active.enumerated() {
            let available = free?[place] ?? crews[crew].people
            guard current[crew] != available || crews[crew].start == time else { continue }
            current[crew] = available
            steps.append(Step(time: time, crew: Int32(crew), available: available))
        }
    }

    fileprivate struct CrewKindKey: Hashable {
        var zones: [String]
        var shift: ShiftKind
    }
}

extension Schedule {
    /// The shift of an instant for which no roster says one; the hours before the day's shift belong to the night before.
    func shiftByClock(at time: EventTime) -> (kind: ShiftKind, dayClass: DayClass) {
        let clock = days.wallClock(at: time)
        let hour = Int(clock.milliseconds / TimeRule.hourMilliseconds)
        let day = days.days[clock.day]
        let isAfterMidnight = ShiftKind.byClock(hour: hour) == .night && hour < 12
        return (ShiftKind.byClock(hour: hour), isAfterMidnight ? DayClass(day.day.advanced(by: -1)) : day.dayClass)
    }
}

extension Schedule.CrewKind {
    fileprivate init(
        _ plan: StaffingPlan,
        _ key: Schedule.CrewKindKey,
        _ places: [String: Int],
        _ zones: [String],
        _ settings: StaffingSettings
    ) {
        let together = plan.measuredTogether.contains(Set(key.zones))
        let homes = together ? key.zones : Array(key.zones.prefix(1))
        let served = plan.helped(by: key.zones, kind: key.shift).union(key.zones)
        shift = key.shift
        self.zones = key.zones.compactMap { places[$0] }
        self.homes = homes.compactMap { places[$0] }
        helpMilliseconds = zones.map { zone in
            guard served.contains(zone) else { return -1 }
            let minutes = homes.map { settings.helpMinutes(from: $0, to: zone) }.min() ?? 0
            return Int64((minutes * 60_000).rounded())
        }
    }
}
