package import Workload

/// The kind of a day for rosters and their figures: the seven weekdays, and public holidays whatever their weekday.
package enum DayClass: Int, CaseIterable, Comparable, Hashable, Sendable {
    case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday, holiday

    package init(_ day: LocalTime.Day) {
        self = Holidays.name(of: day) != nil ? .holiday : DayClass(rawValue: day.weekday)!
    }

    package static func < (left: DayClass, right: DayClass) -> Bool { left.rawValue < right.rawValue }
}
