import Telemetry
import Workload

/// The whole hours of a period by the wall clock, once for all groups of zones.
struct PeriodHours: Sendable {
    struct Clock: Sendable {
        var hour: Int
        var dayNumber: Int
        /// Nothing at all came on its day.
        var isSilent: Bool
    }

    /// The first whole hour begins here.
    let start: EventTime
    let clocks: [Clock]
    /// By day number, from the day before the first hour's.
    private let dayClasses: [Int: DayClass]

    init(period: Range<EventTime>, silentDays: Set<LocalTime.Day> = [], localTime: LocalTime) {
        let length = TimeRule.hourMilliseconds
        // Norway's offsets are whole hours, so that hours by UTC are hours by the wall clock.
        let first = TimeRule.floorDivide(period.lowerBound + length - 1, length)
        let count = max(0, Int(TimeRule.floorDivide(period.upperBound, length) - first))
        start = first * length
        clocks = (0..<count).map { place in
            let wall = localTime.wallClock(at: (first + Int64(place)) * length)
            return Clock(hour: Int(wall.milliseconds / length), dayNumber: wall.day.number, isSilent: silentDays.contains(wall.day))
        }
        var classes: [Int: DayClass] = [:]
        if let from = clocks.first?.dayNumber, let last = clocks.last?.dayNumber {
            for number in (from - 1)...(last + 1) { classes[number] = DayClass(LocalTime.Day(number: number)) }
        }
        dayClasses = classes
    }

    /// Of a day of the period or the day before it. A span of the roster begins no earlier.
    func dayClass(_ dayNumber: Int) -> DayClass {
        dayClasses[dayNumber] ?? DayClass(LocalTime.Day(number: dayNumber))
    }

    /// The place of the hour that an instant lies in; nil outside the whole hours.
    func place(of time: EventTime) -> Int? {
        let place = Int(TimeRule.floorDivide(time - start, TimeRule.hourMilliseconds))
        return clocks.indices.contains(place) ? place : nil
    }
}

/// The hours of a period as a group of zones has them: which shift each belongs to, who is at work, what was asked.
struct GroupHours: Sendable {
    struct Hour: Sendable {
        var kind: ShiftKind
        /// Of the day on which the shift begins, and of the hour's own day.
        var shiftDay: DayClass
        var clockDay: DayClass
        /// 0–23, and 24 more where the shift began the day before.
        var shiftHour: Int
        var callOuts = 0
        /// Mean number at work who can be sent to the zones, and the even part of those who serve others too.
        var rostered = 0.0
        var ownPart = 0.0
        /// Nothing at all came on its day: it counts for nothing.
        var isSilent = false
    }

    /// As many as the period has, by place.
    private(set) var hours: [Hour]
    /// There is a roster, whether it serves these zones or leaves them to nobody.
    let hasRoster: Bool

    /// An hour belongs to the shift of the roster with the most people at work in it, else to the shift by the clock.
    init(period: PeriodHours, zones: Set<String>, spans: [Roster.Span], callOutTimes: [EventTime]) {
        let kinds = ShiftKind.allCases.count
        var atWork = [Double](repeating: 0, count: period.clocks.count * kinds)
        var ownParts = [Double](repeating: 0, count: period.clocks.count)
        var shiftDays = [Int](repeating: 0, count: period.clocks.count * kinds)
        let length = TimeRule.hourMilliseconds
        let own = spans.filter { !zones.isDisjoint(with: $0.zones) }
        for span in own where !span.time.isEmpty {
            let part = Double(span.zones.count { zones.contains($0) }) / Double(span.zones.count)
            let first = max(0, Int(TimeRule.floorDivide(span.time.lowerBound - period.start, length)))
            let last = min(period.clocks.count - 1, Int(TimeRule.floorDivide(span.time.upperBound - 1 - period.start, length)))
            guard first <= last else { continue }
            for place in first...last {
                let hour = period.start + Int64(place) * length
                let overlap = min(span.time.upperBound, hour + length) - max(span.time.lowerBound, hour)
                let people = span.positions * Double(overlap) / Double(length)
                atWork[place * kinds + span.kind.order] += people
                ownParts[place] += people * part
                shiftDays[place * kinds + span.kind.order] = span.day.number
            }
        }
        hasRoster = !spans.isEmpty
        hours = period.clocks.enumerated().map { place, clock in
            var kind = ShiftKind.byClock(hour: clock.hour)
            // By the clock, the small hours belong to the night that began the evening before.
            var day = clock.hour < 7 ? clock.dayNumber - 1 : clock.dayNumber
            var most = 0.0
            var sum = 0.0
            for rostered in ShiftKind.allCases {
                let people = atWork[place * kinds + rostered.order]
                sum += people
                if people > most { (most, kind, day) = (people, rostered, shiftDays[place * kinds + rostered.order]) }
            }
            return Hour(
                kind: kind,
                shiftDay: period.dayClass(day),
                clockDay: period.dayClass(clock.dayNumber),
                shiftHour: clock.hour + (day < clock.dayNumber ? 24 : 0),
                rostered: sum,
                ownPart: ownParts[place],
                isSilent: clock.isSilent
            )
        }
        for time in callOutTimes {
            if let place = period.place(of: time) { hours[place].callOuts += 1 }
        }
    }

    /// The counts of all hours of a shift that are the same hour of the week, for the check of Poisson arrivals.
    func countsByClass(kind: ShiftKind) -> [[Int]] {
        var counts = [[Int]](repeating: [], count: 9 * 48)
        for hour in hours where hour.kind == kind && !hour.isSilent { counts[hour.shiftDay.rawValue * 48 + hour.shiftHour].append(hour.callOuts) }
        return counts.filter { !$0.isEmpty }
    }

    /// One hour of the shift over some days.
    struct Cell: Sendable {
        var callOuts = 0
        var hours = 0
        var rostered = 0.0
        /// The fewest at work in any of the hours.
        var rosteredMin = Double.infinity
        var ownPartMin = Double.infinity
    }

    /// By `shiftHour`; hours that the shift does not have stay empty.
    func cells(kind: ShiftKind, days: RequiredDays) -> [Cell] {
        var cells = [Cell](repeating: Cell(), count: 48)
        for hour in hours where hour.kind == kind && !hour.isSilent && days.contains(hour.shiftDay) {
            cells[hour.shiftHour].callOuts += hour.callOuts
            cells[hour.shiftHour].hours += 1
            cells[hour.shiftHour].rostered += hour.rostered
            cells[hour.shiftHour].rosteredMin = min(cells[hour.shiftHour].rosteredMin, hour.rostered)
            cells[hour.shiftHour].ownPartMin = min(cells[hour.shiftHour].ownPartMin, hour.ownPart)
        }
        return cells
    }
}
