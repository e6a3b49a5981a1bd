import Telemetry
import Workload

/// The local days of a period with their instants, looked up once: a replay asks for wall-clock times by the thousand.
struct PeriodDays: Equatable, Sendable {
    struct Day: Equatable, Sendable {
        var day: LocalTime.Day
        var dayClass: DayClass
        /// The instant of 00:00.
        var start: EventTime
        /// Where the clock changes on this day: from this wall-clock time on, `changeMilliseconds` are added to find the instant.
        var changeFrom: Int64 = .max
        var changeMilliseconds: Int64 = 0
    }

    private(set) var days: [Day] = []

    /// From midnight to midnight of those of some days that are among them, the last until an instant.
    func bounds(of some: Set<LocalTime.Day>, until end: EventTime) -> [Range<EventTime>] {
        days.indices.filter { some.contains(days[$0].day) }.map { days[$0].start..<($0 + 1 < days.count ? days[$0 + 1].start : max(days[$0].start, end)) }
    }

    /// Also of a day that is not among them.
    func dayClass(of day: LocalTime.Day) -> DayClass {
        let place = day.number - days[0].day.number
        return days.indices.contains(place) ? days[place].dayClass : DayClass(day)
    }

    /// The days that a period touches. O(days).
    init(_ period: Range<EventTime>, localTime: LocalTime) {
        let first = localTime.day(at: period.lowerBound).number
        let last = localTime.day(at: max(period.lowerBound, period.upperBound - 1)).number
        var start = localTime.instant(LocalTime.Day(number: first))
        for number in first...last {
            let day = LocalTime.Day(number: number)
            let bounds = start..<localTime.instant(day.advanced(by: 1))
            start = bounds.upperBound
            var found = Day(day: day, dayClass: DayClass(day), start: bounds.lowerBound)
            let length = bounds.upperBound - bounds.lowerBound
            if length != TimeRule.dayMilliseconds {
                let change = PeriodDays.change(in: bounds, localTime: localTime)
                found.changeMilliseconds = length - TimeRule.dayMilliseconds
                // In the hour left out and in the hour shown twice, what `LocalTime.instant` does: the change counts after it.
                found.changeFrom = change - bounds.lowerBound + max(0, -found.changeMilliseconds)
            }
            days.append(found)
        }
    }

    /// The instant within a day at which the offset changes, by halving.
    private static func change(in bounds: Range<EventTime>, localTime: LocalTime) -> EventTime {
        let before = localTime.offsetSeconds(at: bounds.lowerBound)
        var (low, high) = (bounds.lowerBound, bounds.upperBound)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if localTime.offsetSeconds(at: middle) == before { low = middle } else { high = middle }
        }
        return high
    }

    /// The place of an instant's day, and the milliseconds since its wall clock showed 00:00. The instant lies within the
    /// days, or is counted from the first or last one. O(1) but for the days when clocks change.
    func wallClock(at time: EventTime) -> (day: Int, milliseconds: Int64) {
        var place = Int(clamping: (time - days[0].start) / TimeRule.dayMilliseconds)
        place = min(max(0, place), days.count - 1)
        while place > 0, days[place].start > time { place -= 1 }
        while place + 1 < days.count, days[place + 1].start <= time { place += 1 }
        let day = days[place]
        let elapsed = time - day.start
        let changed = elapsed - day.changeMilliseconds
        // After the change the wall clock is ahead (spring) or behind (autumn) of the time elapsed.
        let isAfter = day.changeFrom != .max && elapsed >= day.changeFrom - max(0, -day.changeMilliseconds)
        return (place, isAfter ? changed : elapsed)
    }

    /// The instant when a day's wall clock shows a time of day, as `LocalTime.instant`.
    func instant(day place: Int, milliseconds: Int64) -> EventTime {
        let day = days[place]
        return day.start + milliseconds + (milliseconds >= day.changeFrom ? day.changeMilliseconds : 0)
    }
}
