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

    /// Days of a year with their names in bokmål, by day. Two names where two fall together (17 May and Whit).
    package static func of(year: Int) -> [LocalTime.Day: String] {
        let easter = easterSunday(year)
        let fixed = [
            (1, 1, "1. nyttårsdag"), (5, 1, "1. mai"), (5, 17, "17. mai"), (12, 25, "1. juledag"),
            (12, 26, "2. juledag"),
        ]
        let movable = [
            (-3, "skjærtorsdag"), (-2, "langfredag"), (0, "1. påskedag"), (1, "2. påskedag"),
            (39, "Kristi himmelfartsdag"), (49, "1. pinsedag"), (50, "2. pinsedag"),
        ]
        let days =
            fixed.map { (LocalTime.Day(year: year, month: $0.0, day: $0.1), $0.2) }
            + movable.map { (easter.advanced(by: $0.0), $0.1) }
        return Dictionary(days) { "\($0) og \($1)" }
    }

    package static func name(of day: LocalTime.Day) -> String? { of(year: day.year)[day] }
}
