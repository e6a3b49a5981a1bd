package import Workload

/// Hours and money of a roster in a year of 52 weeks: the mean over a whole rotation, with the public holidays of a year.
///
/// Hours are by the wall clock: the two nights when the clock changes even out. Nights are 21–06 (working environment
/// act § 10-11), weekends Saturday and Sunday. The cost of a change is the difference between two of these.
package struct RosterCost: Equatable, Sendable {
    package static let nightMinutes = 21 * 60..<30 * 60
    /// Days of the 52 weeks.
    package static let daysAYear = 364.0

    /// Position-hours a year.
    package private(set) var hours = 0.0
    package private(set) var nightHours = 0.0
    package private(set) var weekendHours = 0.0
    /// On public holidays.
    package private(set) var holidayHours = 0.0
    /// Wages a year before supplements.
    package private(set) var wageKroner = 0.0
    /// Supplements a year.
    package private(set) var supplementKroner: [RosterRates.SupplementKind: Double] = [:]
    /// Of wages and supplements.
    package private(set) var socialKroner = 0.0
    /// Rows of one date that were left out, since other rows come again and stand for the year.
    package private(set) var datedRowsLeftOut = 0

    package var kroner: Double { wageKroner + supplementSumKroner + socialKroner }
    /// In one order, for the same bits in every run.
    private var supplementSumKroner: Double { RosterRates.SupplementKind.allCases.reduce(0) { $0 + (supplementKroner[$1] ?? 0) } }
    /// 0–1; 0 for a roster without hours.
    package var nightShare: Double { hours > 0 ? nightHours / hours : 0 }
    package var weekendShare: Double { hours > 0 ? weekendHours / hours : 0 }

    private let rates: RosterRates
    /// Hours a year of each supplement of the rates.
    private var supplementHours: [Double]

    private init(rates: RosterRates) {
        self.rates = rates
        supplementHours = Array(repeating: 0, count: rates.supplements.count)
    }

    /// The year whose every week is the typical one (`Roster.typicalWeek`). O(rows).
    ///
    /// - Parameter day: also says the calendar year whose public holidays are counted.
    package init(_ roster: Roster, rates: RosterRates, on day: LocalTime.Day) {
        self.init(rates: rates)
        if !roster.recurring(on: day).shifts.isEmpty { datedRowsLeftOut = roster.shifts.count { $0.date != nil } }
        addYear(roster.typicalWeek(on: day), year: day.year)
        finish()
    }

    /// The year of which some days' spans are a fair part.
    ///
    /// - Parameters:
    ///   - dayCount: on how many local days the spans begin, those without spans too.
    ///   - alike: for how many days a day stands, by its number; 1 where it is not among them.
    package init(spans: [Roster.Span], dayCount: Int, alike: [Int: Int] = [:], rates: RosterRates, localTime: LocalTime = .oslo) {
        self.init(rates: rates)
        var calendar = HolidayCalendar()
        for span in spans {
            // From the day on which it begins by the clock: a shift moved over midnight still counts for its own day.
            let begin = localTime.wallClock(at: span.time.lowerBound)
            let end = localTime.wallClock(at: span.time.upperBound)
            let start = Int(begin.milliseconds / 60_000)
            let endMinutes = (end.day.number - begin.day.number) * 1440 + Int(end.milliseconds / 60_000)
            let standsFor = alike[span.day.number]
            var kind = calendar.kind(of: begin.day)
            if standsFor != nil, begin.day != span.day {
                // Days that are alike are so in themselves and the next: what lies beyond is taken for no holiday.
                let own = calendar.kind(of: span.day)
                kind.isHoliday = begin.day > span.day && own.isNextHoliday
                kind.isNextHoliday = begin.day < span.day && own.isHoliday
            }
            add(span.positions * Double(standsFor ?? 1), start..<max(start, endMinutes), kind)
        }
        scale(RosterCost.daysAYear / Double(max(1, dayCount)))
        finish()
    }

    // MARK: - Days

    /// What supplements ask of a day and the next, into which its shifts reach.
    private struct DayKind: Hashable {
        var weekday: Int
        var isHoliday: Bool
        var isNextHoliday: Bool
    }

    private struct HolidayCalendar {
        private var years: [Int: Set<LocalTime.Day>] = [:]

        mutating func isHoliday(_ day: LocalTime.Day) -> Bool {
            if let days = years[day.year] { return days.contains(day) }
            let days = Set(Holidays.of(year: day.year).keys)
            years[day.year] = days
            return days.contains(day)
        }

        mutating func kind(of day: LocalTime.Day) -> DayKind {
            DayKind(weekday: day.weekday, isHoliday: isHoliday(day), isNextHoliday: isHoliday(day.advanced(by: 1)))
        }
    }

    /// Days of a calendar year that supplements make a difference between, each by its first, with how many are alike.
    static func exampleDays(year: Int) -> [(day: LocalTime.Day, count: Int)] {
        let days = LocalTime.Day(year: year, month: 1, day: 1).number..<LocalTime.Day(year: year + 1, month: 1, day: 1).number
        var calendar = HolidayCalendar()
        var examples: [DayKind: (day: LocalTime.Day, count: Int)] = [:]
        for number in days {
            let day = LocalTime.Day(number: number)
            examples[calendar.kind(of: day), default: (day, 0)].count += 1
        }
        return examples.values.sorted { $0.day < $1.day }
    }

    private mutating func addYear(_ week: Roster, year: Int) {
        let examples = RosterCost.exampleDays(year: year)
        var calendar = HolidayCalendar()
        for example in examples {
            let kind = calendar.kind(of: example.day)
            for place in week.index.places(on: example.day, isHoliday: kind.isHoliday) {
                let shift = week.shifts[place]
                add(shift.positions * Double(example.count), shift.startMinutes..<shift.endMinutes, kind)
            }
        }
        scale(RosterCost.daysAYear / Double(examples.reduce(0) { $0 + $1.count }))
    }

    // MARK: - Hours

    /// Adds a shift of some positions that begins on a day.
    private mutating func add(_ positions: Double, _ minutes: Range<Int>, _ kind: DayKind) {
        for offset in 0...max(0, (minutes.upperBound - 1) / 1440) {
            let part = minutes.clamped(to: offset * 1440..<(offset + 1) * 1440)
            guard !part.isEmpty else { continue }
            let day = part.lowerBound - offset * 1440..<part.upperBound - offset * 1440
            let isWeekend = (kind.weekday - 1 + offset) % 7 >= 5
            let isHoliday = offset == 0 ? kind.isHoliday : kind.isNextHoliday
            let positionHours = positions * Double(day.count) / 60
            hours += positionHours
            nightHours += positions * RosterCost.hours(of: day, from: RosterCost.nightMinutes.lowerBound, to: RosterCost.nightMinutes.upperBound - 1440)
            if isWeekend { weekendHours += positionHours }
            if isHoliday { holidayHours += positionHours }
            for (place, supplement) in rates.supplements.enumerated() {
                if supplement.kind == .weekend, !isWeekend { continue }
                if supplement.kind == .holiday, !isHoliday { continue }
                supplementHours[place] += positions * RosterCost.hours(of: day, from: supplement.fromMinutes, to: supplement.toMinutes)
            }
        }
    }

    /// Hours of a part of one day between two times of day; an end before the start is on the next day.
    private static func hours(of day: Range<Int>, from: Int, to: Int) -> Double {
        if from < to { return Double(day.clamped(to: from..<to).count) / 60 }
        return Double(day.clamped(to: 0..<to).count + day.clamped(to: from..<1440).count) / 60
    }

    private func kroner(_ amount: RosterRates.Amount) -> Double {
        switch amount {
        case .kroner(let kroner): kroner
        case .share(let share): share * rates.hourlyKroner.value
        }
    }

    private mutating func scale(_ factor: Double) {
        hours *= factor
        nightHours *= factor
        weekendHours *= factor
        holidayHours *= factor
        supplementHours = supplementHours.map { $0 * factor }
    }

    private mutating func finish() {
        for (supplement, hours) in zip(rates.supplements, supplementHours) {
            supplementKroner[supplement.kind, default: 0] += hours * kroner(supplement.amount)
        }
        wageKroner = hours * rates.hourlyKroner.value
        socialKroner = (wageKroner + supplementSumKroner) * rates.socialCostsShare.value
    }
}
