package import Workload

/// The three shifts of the home service. Raw values are the words in `roster.csv` and in reports.
package enum ShiftKind: String, CaseIterable, Comparable, Sendable {
    case day = "dag", evening = "kveld", night = "natt"

    package static func < (left: ShiftKind, right: ShiftKind) -> Bool { left.order < right.order }

    /// 0 day, 1 evening, 2 night.
    package var order: Int {
        switch self {
        case .day: 0
        case .evening: 1
        case .night: 2
        }
    }

    /// The shift of a wall-clock hour where no roster says otherwise: 07–15, 15–23, 23–07 (example hours).
    package static func byClock(hour: Int) -> ShiftKind {
        switch hour {
        case 7..<15: .day
        case 15..<23: .evening
        default: .night
        }
    }
}

/// Which days a roster row holds for. Weekdays are 1 Monday … 7 Sunday.
package enum RosterDays: Hashable, Sendable {
    case weekdays(Set<Int>)
    /// Public holidays only.
    case holidays
}

/// How many are at work, per zone and shift: weekly rows, rows of rotating weeks (turnus) and rows of one date.
///
/// Everything that reads a roster goes through `spans(on:)`, so that other kinds of rows change nothing else. Which rows
/// hold on a day (the key of a row is its zones, in any order, with its shift):
/// - a row with a date holds on that date, and where a key has such a row, all its other rows rest that day;
/// - on a public holiday the rows of Sunday hold, those of the same week of the rotation, unless the key has rows for
///   `helligdag`: then those alone;
/// - otherwise the rows of the weekday, in their weeks of the rotation.
///
/// The day of a span is the day it begins.
package struct Roster: Equatable, Sendable {
    /// Weeks that come again: turnus.
    package struct Rotation: Hashable, Sendable {
        package static let weekCountMax = 52

        /// 1–52.
        package var weekCount: Int
        /// A Monday on which week 1 begins; earlier and later turns follow from it.
        package var start: LocalTime.Day
        /// The weeks in which the row holds, 1 … `weekCount`.
        package var weeks: Set<Int>

        package init(weekCount: Int, start: LocalTime.Day, weeks: Set<Int>) {
            precondition((1...Rotation.weekCountMax).contains(weekCount) && start.weekday == 1, "a rotation has 1–52 weeks and begins on a Monday")
            precondition(weeks.allSatisfy { (1...weekCount).contains($0) }, "the weeks of a rotation are counted from 1")
            self.weekCount = weekCount
            self.start = start
            self.weeks = weeks
        }

        /// The week of the rotation in which a day lies, 1 … `weekCount`, before the start too.
        package func week(of day: LocalTime.Day) -> Int {
            let days = day.number - start.number
            let weeks = (days >= 0 ? days : days - 6) / 7
            return ((weeks % weekCount) + weekCount) % weekCount + 1
        }
    }

    /// One row of `roster.csv`.
    package struct Shift: Equatable, Sendable {
        /// At least one; those at work serve all of them.
        package var zones: [String]
        package var role: String
        package var kind: ShiftKind
        /// For a row with a date, that date's weekday.
        package var days: RosterDays
        /// Minutes of the wall clock from the day's 00:00, 0–1439.
        package var startMinutes: Int
        /// Minutes from the same 00:00, more than `startMinutes`; over 1440 the shift ends on the next day.
        package var endMinutes: Int
        /// People at work at once; halves and other parts allowed.
        package var positions: Double
        /// Nil: every week.
        package var rotation: Rotation?
        /// The rotation line that the row is part of: one position's roster, at most one position, never a person.
        package var line: String?
        /// The only day on which the row holds.
        package var date: LocalTime.Day?
        /// The first day on which the row is in force, and the first on which it is no longer; nil: no such bound.
        package var from: LocalTime.Day?
        package var to: LocalTime.Day?

        package init(
            zones: [String],
            role: String,
            kind: ShiftKind,
            days: RosterDays,
            startMinutes: Int,
            endMinutes: Int,
            positions: Double,
            rotation: Rotation? = nil,
            line: String? = nil,
            date: LocalTime.Day? = nil,
            from: LocalTime.Day? = nil,
            to: LocalTime.Day? = nil
        ) {
            self.zones = zones
            self.role = role
            self.kind = kind
            self.days = days
            self.startMinutes = startMinutes
            self.endMinutes = endMinutes
            self.positions = positions
            self.rotation = rotation
            self.line = line
            self.date = date
            self.from = from
            self.to = to
        }

        /// Whether a day lies between `from` and `to`.
        package func isInForce(on day: LocalTime.Day) -> Bool {
            (from.map { $0 <= day } ?? true) && (to.map { day < $0 } ?? true)
        }

        /// Minutes by the wall clock.
        package var minutes: Int { endMinutes - startMinutes }
    }

    /// Change them as a whole: each change of one makes the index anew, O(rows).
    package var shifts: [Shift] {
        didSet { index = RosterIndex(shifts) }
    }

    /// What `spans(on:)` looks up, made once.
    var index: RosterIndex

    package init(shifts: [Shift]) {
        self.shifts = shifts
        index = RosterIndex(shifts)
    }

    package var zones: Set<String> { Set(shifts.flatMap(\.zones)) }

    /// The rows that serve any of some zones, whole: who is at work for them.
    package func serving(_ zones: Set<String>) -> Roster { Roster(shifts: shifts.filter { !zones.isDisjoint(with: $0.zones) }) }

    /// What some zones have of it: their rows, and their even part of the positions that they share with others.
    package func part(of zones: Set<String>) -> Roster {
        Roster(
            shifts: serving(zones).shifts.map { shift in
                var shift = shift
                let own = shift.zones.filter(zones.contains)
                shift.positions *= Double(own.count) / Double(shift.zones.count)
                shift.zones = own
                return shift
            }
        )
    }

    /// The week that stands for all weeks of a year: the mean week of the rows that come again and are in force on a day. Of a
    /// roster that has only rows of single dates, their mean from the first date to the last.
    func typicalWeek(on day: LocalTime.Day) -> Roster {
        let recurring = recurring(on: day)
        return recurring.shifts.isEmpty ? meanWeekOfDates : recurring.meanWeek
    }

    /// Rows of single dates as rows of their weekday, or of public holidays, each with its part of the positions. A weekday that is
    /// not between the first date and the last has the mean of all days; without a holiday among them holidays are as Sundays.
    private var meanWeekOfDates: Roster {
        let dates = shifts.compactMap { $0.date?.number }
        guard let first = dates.min(), let last = dates.max() else { return Roster(shifts: []) }
        func days(_ day: LocalTime.Day) -> RosterDays { Holidays.name(of: day) == nil ? .weekdays([day.weekday]) : .holidays }
        let counts = Dictionary(grouping: (first...last).map { days(LocalTime.Day(number: $0)) }, by: \.self).mapValues(\.count)
        let unknown = Set((1...7).filter { counts[.weekdays([$0])] == nil })
        return Roster(
            shifts: shifts.flatMap { shift -> [Shift] in
                guard let date = shift.date, let count = counts[days(date)] else { return [] }
                func row(_ days: RosterDays, of dayCount: Int) -> Shift {
                    var row = shift
                    (row.date, row.days, row.positions) = (nil, days, shift.positions / Double(dayCount))
                    return row
                }
                return [row(days(date), of: count)] + (unknown.isEmpty ? [] : [row(.weekdays(unknown), of: last - first + 1)])
            }
        )
    }

    /// The mean week of its rotations: each row in every week, with its part of the positions and without bounds in time.
    private var meanWeek: Roster {
        Roster(
            shifts: shifts.map { shift in
                var shift = shift
                if let rotation = shift.rotation { shift.positions *= Double(rotation.weeks.count) / Double(rotation.weekCount) }
                shift.rotation = nil
                shift.from = nil
                shift.to = nil
                return shift
            }
        )
    }

    /// The rows that come again and are in force on a day, without rows of one date: the roster as it would go on.
    package func recurring(on day: LocalTime.Day) -> Roster {
        Roster(shifts: shifts.filter { $0.date == nil && $0.isInForce(on: day) })
    }
}
