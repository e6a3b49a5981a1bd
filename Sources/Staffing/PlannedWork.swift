package import Workload

/// The home service's planned work: minutes per zone and hour of the week, by the wall clock.
///
/// On a public holiday the rows of Sunday hold, unless the zone has rows for `helligdag`: then those alone.
package struct PlannedWork: Equatable, Sendable {
    /// Minutes of work per hour, of all people together.
    package struct Minutes: Equatable, Sendable {
        /// Face to face with users.
        package var user: Double
        /// On the way between them.
        package var travel: Double

        package init(user: Double = 0, travel: Double = 0) {
            self.user = user
            self.travel = travel
        }

        package var sum: Double { user + travel }

        package static func + (left: Minutes, right: Minutes) -> Minutes {
            Minutes(user: left.user + right.user, travel: left.travel + right.travel)
        }
    }

    /// One row of `planned.csv`.
    package struct Row: Equatable, Sendable {
        package var zone: String
        package var days: RosterDays
        /// Whole hours of the wall clock, within 0–24.
        package var hours: Range<Int>
        package var perHour: Minutes

        package init(zone: String, days: RosterDays, hours: Range<Int>, perHour: Minutes) {
            self.zone = zone
            self.days = days
            self.hours = hours
            self.perHour = perHour
        }
    }

    package let rows: [Row]
    /// By zone: 8 day classes × 24 hours.
    private let week: [String: [Minutes]]

    /// Rows of the same zone and hour are added up.
    package init(rows: [Row]) {
        self.rows = rows
        let withHolidays = Set(rows.filter { $0.days == .holidays }.map(\.zone))
        var week: [String: [Minutes]] = [:]
        for row in rows {
            var minutes = week[row.zone] ?? Array(repeating: Minutes(), count: DayClass.allCases.count * 24)
            for day in PlannedWork.dayClasses(row.days, ownHolidays: withHolidays.contains(row.zone)) {
                for hour in row.hours { minutes[(day.rawValue - 1) * 24 + hour] = minutes[(day.rawValue - 1) * 24 + hour] + row.perHour }
            }
            week[row.zone] = minutes
        }
        self.week = week
    }

    private static func dayClasses(_ days: RosterDays, ownHolidays: Bool) -> [DayClass] {
        switch days {
        case .holidays: return [.holiday]
        case .weekdays(let weekdays):
            let classes = weekdays.compactMap { DayClass(rawValue: $0) }
            return classes.contains(.sunday) && !ownHolidays ? classes + [.holiday] : classes
        }
    }

    package var zones: Set<String> { Set(week.keys) }

    /// Planned minutes in an hour of the wall clock; none in a zone without rows. O(1).
    package func minutes(zone: String, dayClass: DayClass, hour: Int) -> Minutes {
        week[zone]?[(dayClass.rawValue - 1) * 24 + hour] ?? Minutes()
    }

    /// - Parameter weekday: 1 Monday … 7 Sunday, none of them a public holiday.
    package func minutes(zone: String, weekday: Int, hour: Int) -> Minutes {
        guard let dayClass = DayClass(rawValue: weekday), weekday <= 7 else { return Minutes() }
        return minutes(zone: zone, dayClass: dayClass, hour: hour)
    }

    package func minutes(zone: String, on day: LocalTime.Day, hour: Int) -> Minutes {
        minutes(zone: zone, dayClass: DayClass(day), hour: hour)
    }

    /// Planned minutes of a week without public holidays.
    package func weekMinutes(zone: String) -> Minutes {
        guard let week = week[zone] else { return Minutes() }
        return week[..<(7 * 24)].reduce(Minutes(), +)
    }
}
