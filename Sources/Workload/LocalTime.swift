import Foundation
package import Telemetry

/// Norwegian local time, for rosters and reports and the day step of `/loads`; nothing else may use it.
///
/// Instants are milliseconds UTC. Daylight saving changes come from the system's time zone database.
package struct LocalTime: Sendable {
    package static let oslo = LocalTime(identifier: "Europe/Oslo")

    private let zone: TimeZone
    /// When the offset changes, in order, and what it is from then on: reports of a year ask some hundred thousand times.
    private let changes: [(time: EventTime, seconds: Int)]
    /// Where `changes` are known: outside the time zone itself is asked.
    private static let known: Range<EventTime> = 946_684_800_000..<4_102_444_800_000

    /// A calendar day of the Gregorian calendar.
    package struct Day: Hashable, Comparable, Sendable {
        package var year: Int
        package var month: Int
        package var day: Int

        package init(year: Int, month: Int, day: Int) {
            self.year = year
            self.month = month
            self.day = day
        }

        package static func < (left: Day, right: Day) -> Bool {
            (left.year, left.month, left.day) < (right.year, right.month, right.day)
        }

        /// Days since 1970-01-01 (Hinnant, days_from_civil).
        package var number: Int {
            let shiftedYear = month <= 2 ? year - 1 : year
            let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
            let yearOfEra = shiftedYear - era * 400
            let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
            return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        }

        package init(number: Int) {
            let shifted = number + 719_468
            let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
            let dayOfEra = shifted - era * 146_097
            let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
            let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
            let shiftedMonth = (5 * dayOfYear + 2) / 153
            day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
            month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
            year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        }

        /// 1 Monday … 7 Sunday.
        package var weekday: Int { (number + 3) %% 7 + 1 }

        package func advanced(by days: Int) -> Day { Day(number: number + days) }
    }

    package init(identifier: String) {
        guard let zone = TimeZone(identifier: identifier) else {
            preconditionFailure("the time zone \(identifier) is unknown here: install the package tzdata")
        }
        self.zone = zone
        var changes = [(LocalTime.known.lowerBound, LocalTime.offsetSeconds(zone, at: LocalTime.known.lowerBound))]
        var time = Date(timeIntervalSince1970: Double(LocalTime.known.lowerBound) / 1000)
        while let next = zone.nextDaylightSavingTimeTransition(after: time), next > time {
            let change = EventTime((next.timeIntervalSince1970 * 1000).rounded())
            guard change < LocalTime.known.upperBound else { break }
            changes.append((change, zone.secondsFromGMT(for: next)))
            time = next
        }
        self.changes = changes
    }

    /// Seconds that local time is ahead of UTC at an instant.
    package func offsetSeconds(at time: EventTime) -> Int {
        guard LocalTime.known.contains(time) else { return LocalTime.offsetSeconds(zone, at: time) }
        var (low, high) = (0, changes.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if changes[middle].time <= time { low = middle } else { high = middle }
        }
        return changes[low].seconds
    }

    private static func offsetSeconds(_ zone: TimeZone, at time: EventTime) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time) / 1000))
    }

    /// The local day and the milliseconds since its wall clock showed 00:00 (by the wall clock, not by elapsed time).
    package func wallClock(at time: EventTime) -> (day: Day, milliseconds: Int64) {
        let local = time + Int64(offsetSeconds(at: time)) * 1000
        let dayNumber = TimeRule.floorDivide(local, TimeRule.dayMilliseconds)
        return (Day(number: Int(dayNumber)), local - dayNumber * TimeRule.dayMilliseconds)
    }

    package func day(at time: EventTime) -> Day { wallClock(at: time).day }

    /// The instant when the wall clock shows a time of day; in the hour that spring leaves out, the instant
    /// after the gap; in the hour that autumn repeats, its first showing.
    package func instant(_ day: Day, milliseconds: Int64 = 0) -> EventTime {
        let asUTC = Int64(day.number) * TimeRule.dayMilliseconds + milliseconds
        let candidates = [offsetSeconds(at: asUTC - TimeRule.dayMilliseconds), offsetSeconds(at: asUTC + TimeRule.dayMilliseconds)]
            .map { asUTC - Int64($0) * 1000 }
        let showing = candidates.filter { $0 + Int64(offsetSeconds(at: $0)) * 1000 == asUTC }
        return showing.min() ?? candidates.max()!
    }

    /// The instants between which a local day lies: 23, 24 or 25 hours.
    package func bounds(of day: Day) -> Range<EventTime> {
        instant(day)..<instant(day.advanced(by: 1))
    }
}

infix operator %% : MultiplicationPrecedence

/// The remainder that has the sign of the divisor.
func %% (value: Int, divisor: Int) -> Int {
    let remainder = value % divisor
    return remainder < 0 ? remainder + divisor : remainder
}
