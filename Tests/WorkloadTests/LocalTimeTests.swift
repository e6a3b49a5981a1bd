import Foundation
import Telemetry
import Testing
import Workload

@Suite("Norwegian local time")
struct LocalTimeTests {
    private let oslo = LocalTime.oslo

    private func day(_ year: Int, _ month: Int, _ day: Int) -> LocalTime.Day {
        .init(year: year, month: month, day: day)
    }

    private func utc(_ text: String) throws -> EventTime { try #require(text.withText(Timestamp.parse)) }

    static let days: [(month: Int, day: Int, start: String, hours: Int64)] = [
        (3, 28, "2026-03-27T23:00:00Z", 24), (3, 29, "2026-03-28T23:00:00Z", 23), (3, 30, "2026-03-29T22:00:00Z", 24),
        (10, 24, "2026-10-23T22:00:00Z", 24), (10, 25, "2026-10-24T22:00:00Z", 25),
        (10, 26, "2026-10-25T23:00:00Z", 24),
        (12, 31, "2026-12-30T23:00:00Z", 24),
    ]

    @Test("a day has 24 hours, 23 in spring and 25 in autumn", arguments: days)
    func bounds(month: Int, day: Int, start: String, hours: Int64) throws {
        let bounds = oslo.bounds(of: self.day(2026, month, day))
        #expect(bounds.lowerBound == (try utc(start)))
        #expect(bounds.upperBound - bounds.lowerBound == hours * TimeRule.hourMilliseconds)
        #expect(oslo.day(at: bounds.lowerBound) == self.day(2026, month, day))
        #expect(oslo.day(at: bounds.upperBound - 1) == self.day(2026, month, day))
        #expect(oslo.day(at: bounds.upperBound) == self.day(2026, month, day).advanced(by: 1))
    }

    @Test("the wall clock shows no time between two and three in spring, and shows it twice in autumn")
    func changes() throws {
        let hour = TimeRule.hourMilliseconds
        let spring = day(2026, 3, 29)
        #expect(oslo.wallClock(at: try utc("2026-03-29T00:59:59.999Z")) == (spring, 2 * hour - 1))
        #expect(oslo.wallClock(at: try utc("2026-03-29T01:00:00Z")) == (spring, 3 * hour))
        #expect(oslo.instant(spring, milliseconds: 3 * hour) == (try utc("2026-03-29T01:00:00Z")))
        // What spring leaves out is after the gap.
        #expect(oslo.instant(spring, milliseconds: 2 * hour + hour / 2) >= (try utc("2026-03-29T01:00:00Z")))
        let autumn = day(2026, 10, 25)
        #expect(oslo.wallClock(at: try utc("2026-10-25T00:30:00Z")) == (autumn, 2 * hour + hour / 2))
        #expect(oslo.wallClock(at: try utc("2026-10-25T01:30:00Z")) == (autumn, 2 * hour + hour / 2))
        // What autumn repeats is its first showing.
        #expect(oslo.instant(autumn, milliseconds: 2 * hour + hour / 2) == (try utc("2026-10-25T00:30:00Z")))
        #expect(oslo.instant(autumn, milliseconds: 3 * hour) == (try utc("2026-10-25T02:00:00Z")))
        #expect(oslo.offsetSeconds(at: try utc("2026-10-25T00:59:59Z")) == 7200)
        #expect(oslo.offsetSeconds(at: try utc("2026-10-25T01:00:00Z")) == 3600)
    }

    static let weekdays: [(year: Int, month: Int, day: Int, weekday: Int)] = [
        (1970, 1, 1, 4), (2026, 10, 5, 1), (2026, 10, 11, 7), (2000, 2, 29, 2), (1969, 12, 28, 7), (1900, 1, 1, 1),
    ]

    @Test("Monday is 1 and Sunday 7, before 1970 too", arguments: weekdays)
    func weekday(year: Int, month: Int, day: Int, weekday: Int) {
        #expect(self.day(year, month, day).weekday == weekday)
    }

    @Test("days are numbered as Foundation numbers them", arguments: [1, 2] as [UInt64])
    func dayNumbers(seed: UInt64) throws {
        var random = Seeded(seed: seed)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        // Foundation changes to the Julian calendar before 1582.
        for _ in 0..<2000 {
            let number = Int.random(in: -130_000...160_000, using: &random)
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            let day = LocalTime.Day(number: number)
            #expect([day.year, day.month, day.day] == [parts.year, parts.month, parts.day])
            #expect(day.number == number)
            // Foundation's week starts with Sunday as 1.
            #expect(day.weekday % 7 + 1 == parts.weekday)
        }
    }

    @Test("wall clock and instant are each other's inverse, but for the repeated hour", arguments: [3, 4] as [UInt64])
    func inverse(seed: UInt64) {
        var random = Seeded(seed: seed)
        for _ in 0..<2000 {
            let time = Int64.random(in: 1_420_070_400_000...2_000_000_000_000, using: &random)
            let (day, milliseconds) = oslo.wallClock(at: time)
            let back = oslo.instant(day, milliseconds: milliseconds)
            #expect(back == time || back == time - TimeRule.hourMilliseconds)
            #expect(oslo.wallClock(at: back) == (day, milliseconds))
        }
    }

    @Test("the known changes of the clock say what the time zone itself says, to the millisecond, and beyond them too")
    func changesKnown() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Oslo"))
        func said(_ time: EventTime) -> Int { zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time) / 1000)) }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let time = EventTime.random(in: -1_000_000_000_000..<5_000_000_000_000, using: &random)
            #expect(oslo.offsetSeconds(at: time) == said(time), "\(time)")
        }
        for year in 1995...2105 {
            for month in [3, 10] {
                // The last Sunday's change at 01:00 UTC.
                let last = day(year, month, 31)
                let sunday = last.advanced(by: -(last.weekday % 7))
                let change = EventTime(sunday.number) * TimeRule.dayMilliseconds + TimeRule.hourMilliseconds
                for time in [change - 1, change, change + 1] { #expect(oslo.offsetSeconds(at: time) == said(time), "\(year)-\(month)") }
            }
        }
    }
}
