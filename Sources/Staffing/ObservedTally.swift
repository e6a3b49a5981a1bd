import Telemetry
import Workload

/// What some zones did together, summed by shift, the day it began, and hour: one slot each, in flat arrays.
struct ObservedTally {
    static let kinds = ShiftKind.allCases.count
    static let slotsPerDay = 24 * kinds

    /// Sums of one day's hour in one shift.
    struct Slot {
        var quarters: Int64 = 0
        var response: Int64 = 0
        var travel: Int64 = 0
        var onSite: Int64 = 0
        var talk: Int64 = 0
        var callOuts = 0
        var rostered = 0.0
        var planned = 0.0
        /// By the clock only: the most out at an instant, and quarters in which that was more than at work.
        var peak: Int64 = 0
        var exceeded = 0
        var atOnce: InlineArray<3, Int64> = .init(repeating: 0)
        var times: InlineArray<3, Int> = .init(repeating: 0)
        var longest: InlineArray<3, Int64> = .init(repeating: 0)

        mutating func add(_ other: Slot) {
            quarters += other.quarters
            response += other.response
            travel += other.travel
            onSite += other.onSite
            talk += other.talk
            callOuts += other.callOuts
            rostered += other.rostered
            planned += other.planned
            peak = max(peak, other.peak)
            exceeded += other.exceeded
            for index in atOnce.indices {
                atOnce[index] += other.atOnce[index]
                times[index] += other.times[index]
                longest[index] = max(longest[index], other.longest[index])
            }
        }

        mutating func addQuarter(rostered: Double, planned: Double) {
            quarters += 1
            self.rostered += rostered
            self.planned += planned
        }

        var coveredMilliseconds: Int64 { quarters * TimeRule.quarterMilliseconds }
    }

    let grid: ObservedGrid
    /// By the day the shift began, then hour × shift.
    private(set) var slots: [Slot]
    /// By the day by the clock, then hour: load, call-outs, and the time of those at work who can be sent to the zones.
    private(set) var clockSlots: [Slot]
    /// Where each quarter is counted in `slots`.
    private var places: [Int32] = []
    /// Mean number at work in each quarter who can be sent to the zones.
    private var people: [Double]

    /// - Parameters:
    ///   - spans: of the roster; those that serve none of the zones are passed over.
    ///   - plannedMinutes: of a zone, kind of day and hour of the wall clock, per whole hour.
    init(zones: Set<String>, grid: ObservedGrid, spans: [Roster.Span], plannedMinutes: ((String, DayClass, Int) -> Double)?) {
        self.grid = grid
        slots = [Slot](repeating: Slot(), count: grid.days.count * ObservedTally.slotsPerDay)
        clockSlots = [Slot](repeating: Slot(), count: grid.days.count * 24)
        people = [Double](repeating: 0, count: grid.count)
        var rostered = [[Double]](repeating: [Double](repeating: 0, count: grid.count), count: ObservedTally.kinds)
        var began = [[Int32]](repeating: [Int32](repeating: -1, count: grid.count), count: ObservedTally.kinds)
        for span in spans {
            let positions = zones.reduce(0) { $0 + span.positions(in: $1) }
            let time = span.time.clamped(to: grid.covered)
            guard positions > 0, let first = grid.quarter(of: time.lowerBound), !time.isEmpty else { continue }
            let last = grid.quarter(of: time.upperBound - 1) ?? first
            let serving = span.people(serving: zones)
            let day = Int32(clamping: max(0, span.day.number - grid.days[0].number))
            for quarter in first...last {
                let start = grid.start(of: quarter)
                let part = (start..<start + TimeRule.quarterMilliseconds).clamped(to: time)
                rostered[span.kind.order][quarter] += positions * Double(part.lengthMilliseconds)
                people[quarter] += serving * Double(part.lengthMilliseconds) / Double(TimeRule.quarterMilliseconds)
                began[span.kind.order][quarter] = max(began[span.kind.order][quarter], day)
            }
        }
        let planned = plannedMinutes.map { ObservedTally.plannedMilliseconds(zones.sorted(), grid, $0) }
        places.reserveCapacity(grid.count)
        for quarter in 0..<grid.count {
            // A quarter belongs to the shift with the most rostered time in it (day before evening before night); where nobody is
            // rostered, to the shift by the clock, whose night began the day before.
            var kind = 0
            for other in 1..<ObservedTally.kinds where rostered[other][quarter] > rostered[kind][quarter] { kind = other }
            var day = Int(began[kind][quarter])
            let (clockDay, hour) = (Int(grid.dayOfQuarter[quarter]), Int(grid.hourOfQuarter[quarter]))
            if rostered[kind][quarter] == 0 {
                kind = ShiftKind.byClock(hour: hour).order
                day = clockDay - (kind == ShiftKind.night.order && hour < 12 ? 1 : 0)
            }
            let place = day * ObservedTally.slotsPerDay + hour * ObservedTally.kinds + kind
            places.append(Int32(place))
            let all = rostered[0][quarter] + rostered[1][quarter] + rostered[2][quarter]
            if grid.isSilent[clockDay] { continue }
            let planned = planned?[clockDay * 24 + hour] ?? 0
            slots[place].addQuarter(rostered: all, planned: planned)
            clockSlots[clockDay * 24 + hour].addQuarter(rostered: people[quarter] * Double(TimeRule.quarterMilliseconds), planned: planned)
        }
    }

    /// Planned work in each quarter of an hour, by day and hour.
    private static func plannedMilliseconds(_ zones: [String], _ grid: ObservedGrid, _ minutes: (String, DayClass, Int) -> Double) -> [Double] {
        var known: [DayClass: [Double]] = [:]
        return grid.dayClasses.flatMap { dayClass in
            if let found = known[dayClass] { return found }
            let found = (0..<24).map { hour in zones.reduce(0) { $0 + minutes($1, dayClass, hour) } * 15_000 }
            known[dayClass] = found
            return found
        }
    }

    /// Adds a quarter's cell of one of the zones. O(1).
    mutating func add(_ cell: ObservedCell, quarter: Int) {
        let slot = place(of: quarter)
        slots[slot].response += cell.responseMilliseconds
        slots[slot].travel += cell.travelMilliseconds
        slots[slot].onSite += cell.onSiteMilliseconds
        slots[slot].talk += cell.talkMilliseconds
        let clock = clockPlace(of: quarter)
        clockSlots[clock].response += cell.responseMilliseconds
        clockSlots[clock].peak = max(clockSlots[clock].peak, cell.openPeak)
        if Double(cell.openPeak) > people[quarter] + 1e-9 { clockSlots[clock].exceeded += 1 }
    }

    /// Adds the zones' responses: when they began, and how many were open at once. O(n log n).
    mutating func add(_ responses: [Range<EventTime>]) {
        var ends: [(time: EventTime, change: Int)] = []
        ends.reserveCapacity(responses.count * 2)
        for response in responses {
            if let quarter = grid.quarter(of: response.lowerBound) {
                slots[place(of: quarter)].callOuts += 1
                clockSlots[clockPlace(of: quarter)].callOuts += 1
            }
            ends.append((response.lowerBound, 1))
            ends.append((response.upperBound, -1))
        }
        ends.sort { $0.time < $1.time }
        var open = 0
        var since: InlineArray<3, EventTime> = .init(repeating: 0)
        var next = 0
        while next < ends.count {
            // Where one ends as another begins, as many stay open: all changes of an instant are one.
            let time = ends[next].time
            let before = open
            while next < ends.count, ends[next].time == time {
                open += ends[next].change
                next += 1
            }
            for level in since.indices {
                if before <= level, open > level { since[level] = time }
                if before > level, open <= level { addAtOnce(level: level, since[level]..<time) }
            }
        }
    }

    private mutating func addAtOnce(level: Int, _ stretch: Range<EventTime>) {
        let inside = stretch.clamped(to: grid.covered)
        guard !inside.isEmpty, let first = grid.quarter(of: inside.lowerBound), let last = grid.quarter(of: inside.upperBound - 1) else { return }
        var kind = -1
        for quarter in first...last {
            let slot = place(of: quarter)
            // Once in each shift it reaches into. A row that begins within it is the same shift, also when it begins the next day.
            if slot % ObservedTally.kinds != kind {
                kind = slot % ObservedTally.kinds
                slots[slot].times[level] += 1
                slots[slot].longest[level] = max(slots[slot].longest[level], stretch.lengthMilliseconds)
            }
            let start = grid.start(of: quarter)
            slots[slot].atOnce[level] += (start..<start + TimeRule.quarterMilliseconds).clamped(to: inside).lengthMilliseconds
        }
    }

    private func place(of quarter: Int) -> Int { Int(places[quarter]) }
    private func clockPlace(of quarter: Int) -> Int { Int(grid.dayOfQuarter[quarter]) * 24 + Int(grid.hourOfQuarter[quarter]) }
}
