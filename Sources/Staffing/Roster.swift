package import Telemetry
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
package enum RosterDays: Equatable, Sendable {
    case weekdays(Set<Int>)
    /// Public holidays only.
    case holidays
}

/// How many are at work, per zone and shift: weekly rows now, rotating weeks in a later edition.
///
/// Everything that reads a roster goes through `spans(on:)`, so that other kinds of rows change nothing else.
/// On a public holiday the rows of Sunday hold, unless the zone and shift has rows for `helligdag`: then those alone.
/// The day of a span is the day it begins.
package struct Roster: Equatable, Sendable {
    /// One row of `roster.csv`.
    package struct Shift: Equatable, Sendable {
        /// At least one; those at work serve all of them.
        package var zones: [String]
        package var role: String
        package var kind: ShiftKind
        package var days: RosterDays
        /// Minutes of the wall clock from the day's 00:00, 0–1439.
        package var startMinutes: Int
        /// Minutes from the same 00:00, more than `startMinutes`; over 1440 the shift ends on the next day.
        package var endMinutes: Int
        /// People at work at once; halves and other parts allowed.
        package var positions: Double

        package init(
            zones: [String],
            role: String,
            kind: ShiftKind,
            days: RosterDays,
            startMinutes: Int,
            endMinutes: Int,
            positions: Double
        ) {
            self.zones = zones
            self.role = role
            self.kind = kind
            self.days = days
            self.startMinutes = startMinutes
            self.endMinutes = endMinutes
            self.positions = positions
        }
    }

    package var shifts: [Shift]

    package init(shifts: [Shift]) {
        self.shifts = shifts
        holidayRows = Set(shifts.filter { $0.days == .holidays }.map { ZoneShift(zones: $0.zones, kind: $0.kind) })
    }

    private struct ZoneShift: Hashable {
        var zones: [String]
        var kind: ShiftKind
    }

    /// Zones and shifts that have rows of their own for public holidays.
    private var holidayRows: Set<ZoneShift>

    package var zones: Set<String> { Set(shifts.flatMap(\.zones)) }

    /// A shift on one day, between instants.
    package struct Span: Equatable, Sendable {
        /// At least one; those at work serve all of them.
        package var zones: [String]
        package var role: String
        package var kind: ShiftKind
        /// The local day on which it begins.
        package var day: LocalTime.Day
        package var time: Range<EventTime>
        package var positions: Double

        /// Positions × hours, true over the nights when the clock changes.
        package var positionHours: Double {
            positions * Double(time.upperBound - time.lowerBound) / Double(TimeRule.hourMilliseconds)
        }

        /// A zone's even part of the positions: those that serve several zones are counted once in all.
        package func positions(in zone: String) -> Double {
            zones.contains(zone) ? positions / Double(zones.count) : 0
        }

        package func positionHours(in zone: String) -> Double {
            zones.contains(zone) ? positionHours / Double(zones.count) : 0
        }
    }

    /// The shifts that begin on a local day, in the order of the rows. O(rows).
    package func spans(on day: LocalTime.Day, localTime: LocalTime = .oslo) -> [Span] {
        let isHoliday = Holidays.name(of: day) != nil
        var instants: [Int: EventTime] = [:]
        func instant(_ minutes: Int) -> EventTime {
            if let known = instants[minutes] { return known }
            let local = day.advanced(by: minutes / 1440)
            let time = localTime.instant(local, milliseconds: Int64(minutes % 1440) * 60_000)
            instants[minutes] = time
            return time
        }
        return shifts.filter { applies($0, to: day, isHoliday: isHoliday) }.map { shift in
            let start = instant(shift.startMinutes)
            return Span(
                zones: shift.zones,
                role: shift.role,
                kind: shift.kind,
                day: day,
                time: start..<max(start, instant(shift.endMinutes)),
                positions: shift.positions
            )
        }
    }

    /// All shifts with a part between two instants, those of the evening before too.
    package func spans(in range: Range<EventTime>, localTime: LocalTime = .oslo) -> [Span] {
        guard !range.isEmpty else { return [] }
        let first = localTime.day(at: range.lowerBound).number - 1
        let last = localTime.day(at: range.upperBound - 1).number
        return (first...last).flatMap { number in
            spans(on: LocalTime.Day(number: number), localTime: localTime).filter { $0.time.overlaps(range) }
        }
    }

    /// People at work in a zone at an instant.
    package func positions(zone: String, at instant: EventTime, localTime: LocalTime = .oslo) -> Double {
        spans(in: instant..<(instant + 1), localTime: localTime).reduce(0) { $0 + $1.positions(in: zone) }
    }

    /// Position-hours of the shifts that begin on a local day, by true length: a night of 23:00–07:00 is 7 h or
    /// 9 h when the clock changes.
    package func positionHours(
        zone: String,
        kind: ShiftKind,
        on day: LocalTime.Day,
        localTime: LocalTime = .oslo
    ) -> Double {
        spans(on: day, localTime: localTime).reduce(0) {
            $0 + ($1.kind == kind ? $1.positionHours(in: zone) : 0)
        }
    }

    private func applies(_ shift: Shift, to day: LocalTime.Day, isHoliday: Bool) -> Bool {
        let hasHolidayRows = holidayRows.contains(ZoneShift(zones: shift.zones, kind: shift.kind))
        switch shift.days {
        case .holidays: return isHoliday
        case .weekdays(let weekdays):
            if isHoliday { return !hasHolidayRows && weekdays.contains(7) }
            return weekdays.contains(day.weekday)
        }
    }
}
