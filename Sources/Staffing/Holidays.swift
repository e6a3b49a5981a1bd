package import Workload

/// The public holidays of Norway (lov om helligdager 1995 § 2, and 1 and 17 May by lov 1947), computed for any year.
package enum Holidays {
    /// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher; Meeus 1991, Astronomical Algorithms).
    package static func easterSunday(_ year: Int) -> LocalTime.Day {
        let golden = year % 19
        let (century, yearOfCentury) = (year / 100, year % 100)
        let correction = (century - (century + 8) / 25 + 1) / 3
        let epact = (19 * golden + century - century / 4 - correction + 15) % 30
        let weekday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
        let shift = (golden + 11 * epact + 22 * weekday) / 451
        let count = epact + weekday - 7 * shift + 114
        return LocalTime.Day(year: year, month: count / 31, day: count % 31 + 1)
    }

    private static let fixed: [(month: Int, day: Int, name: String)] = [
        (1, 1, "1. nyttårsdag"), (5, 1, "1. mai"), (5, 17, "17. mai"), (12, 25, "1. juledag"), (12, 26, "2. juledag"),
    ]

    /// By days after Easter Sunday.
    private static let movable: [(after: Int, name: String)] = [
        (-3, "skjærtorsdag"), (-2, "langfredag"), (0, "1. påskedag"), (1, "2. påskedag"), (39, "Kristi himmelfartsdag"),
        (49, "1. pinsedag"), (50, "2. pinsedag"),
    ]

    /// Days of a year with their names in bokmål, by day.
    package static func of(year: Int) -> [LocalTime.Day: String] {
        let easter = easterSunday(year)
        let days = fixed.map { LocalTime.Day(year: year, month: $0.month, day: $0.day) } + movable.map { easter.advanced(by: $0.after) }
        return Dictionary(days.map { ($0, name(of: $0) ?? "") }) { name, _ in name }
    }

    /// Nil: no public holiday. Two names where two fall together (17 May and Whit).
    package static func name(of day: LocalTime.Day) -> String? {
        let afterEaster = day.number - easterSunday(day.year).number
        let names =
            fixed.filter { $0.month == day.month && $0.day == day.day }.map(\.name) + movable.filter { $0.after == afterEaster }.map(\.name)
        return names.isEmpty ? nil : names.joined(separator: " og ")
    }
}
