import Reports
import Schedules
import Telemetry
import Testing
import Workload

@Suite("When a report falls due")
struct OccasionTests {
    private func instant(_ text: String) throws -> EventTime { try #require(text.withText(Timestamp.parse), "\(text)") }

    private func schedule(_ rhythm: ReportSchedule.Rhythm, _ minutes: Int, _ kind: ReportPeriod.Kind) -> ReportSchedule {
        ReportSchedule(name: "r", rhythm: rhythm, atMinutes: minutes, periodKind: kind, folder: "/tmp")
    }

    private func texts(_ schedule: ReportSchedule, _ from: String, _ to: String) throws -> [String] {
        let (start, end) = (try instant(from), try instant(to))
        return schedule.occasions(after: start, through: end).map { "\(Timestamp.format($0.due)) \($0.period)" }
    }

    @Test("monthly on day 1 at 06:30 is about the month before, by the wall clock of summer and winter")
    func monthly() throws {
        let found = try texts(schedule(.monthly(day: 1), 390, .month), "2026-09-15T00:00:00Z", "2026-12-15T00:00:00Z")
        #expect(found == ["2026-10-01T04:30:00.000Z 2026-09", "2026-11-01T05:30:00.000Z 2026-10", "2026-12-01T05:30:00.000Z 2026-11"])
    }

    @Test("a day that a month does not have is its last")
    func monthEnds() throws {
        let found = try texts(schedule(.monthly(day: 31), 0, .month), "2027-01-15T00:00:00Z", "2027-05-15T00:00:00Z")
        #expect(found.map { $0.prefix(10) } == ["2027-01-30", "2027-02-27", "2027-03-30", "2027-04-29"])
        let leap = try texts(schedule(.monthly(day: 30), 720, .month), "2028-02-15T00:00:00Z", "2028-03-01T00:00:00Z")
        #expect(leap == ["2028-02-29T11:00:00.000Z 2028-01"])
    }

    @Test("a time that spring leaves out is the first instant after the gap; one that autumn repeats is once, its first showing")
    func clockChanges() throws {
        let daily = schedule(.daily, 150, .day)
        let spring = try texts(daily, "2026-03-27T12:00:00Z", "2026-03-30T12:00:00Z")
        #expect(spring == ["2026-03-28T01:30:00.000Z 2026-03-27", "2026-03-29T01:00:00.000Z 2026-03-28", "2026-03-30T00:30:00.000Z 2026-03-29"])
        let autumn = try texts(daily, "2026-10-23T12:00:00Z", "2026-10-26T12:00:00Z")
        #expect(autumn == ["2026-10-24T00:30:00.000Z 2026-10-23", "2026-10-25T00:30:00.000Z 2026-10-24", "2026-10-26T01:30:00.000Z 2026-10-25"])
    }

    @Test("weeks, quarters and years are the last whole ones")
    func periods() throws {
        #expect(
            try texts(schedule(.weekly(weekday: 1), 420, .week), "2026-12-27T00:00:00Z", "2027-01-05T00:00:00Z") == [
                "2026-12-28T06:00:00.000Z 2026-W52", "2027-01-04T06:00:00.000Z 2026-W53",
            ]
        )
        #expect(
            try texts(schedule(.monthly(day: 2), 420, .quarter), "2026-12-27T00:00:00Z", "2027-05-05T00:00:00Z") == [
                "2027-01-02T06:00:00.000Z 2026-Q4", "2027-04-02T05:00:00.000Z 2027-Q1",
            ]
        )
        #expect(
            try texts(schedule(.daily, 0, .year), "2026-12-27T00:00:00Z", "2027-01-05T00:00:00Z") == [
                "2026-12-27T23:00:00.000Z 2025", "2026-12-31T23:00:00.000Z 2026",
            ]
        )
    }

    @Test("whoever looks in pieces finds what one look finds, each once", arguments: 1...6)
    func pieces(seed: UInt64) throws {
        var random = SplitMix(seed)
        let rhythms: [ReportSchedule.Rhythm] = [
            .daily, .weekly(weekday: Int.random(in: 1...7, using: &random)), .monthly(day: Int.random(in: 1...31, using: &random)),
        ]
        for rhythm in rhythms {
            let schedule = schedule(rhythm, Int.random(in: 0...1439, using: &random), .day)
            let (start, end) = (try instant("2026-02-20T00:00:00Z"), try instant("2026-11-20T00:00:00Z"))
            let whole = schedule.occasions(after: start, through: end)
            var (pieces, from): ([ReportSchedule.Occasion], EventTime) = ([], start)
            while from < end {
                let to = min(end, from + Int64.random(in: 1...40 * 3_600_000, using: &random))
                pieces += schedule.occasions(after: from, through: to)
                from = to
            }
            #expect(pieces == whole)
            #expect(!whole.isEmpty)
        }
    }

    /// The slow way: the clock is looked at every minute, and the first minute of a day that shows the time or a later one counts.
    @Test("the arithmetic agrees with someone who looks at the clock every minute", arguments: ["2026-03-25", "2026-10-21", "2027-03-24"])
    func twin(from: String) throws {
        let start = try instant("\(from)T12:00:00Z")
        let end = start + 8 * TimeRule.dayMilliseconds
        for minutes in [0, 1, 119, 120, 121, 150, 179, 180, 181, 390, 1439] {
            var seen: [EventTime] = []
            var lastDay = LocalTime.oslo.day(at: start - 60_000)
            var isDone = LocalTime.oslo.wallClock(at: start - 60_000).milliseconds >= Int64(minutes) * 60_000
            for time in stride(from: start, through: end, by: 60_000) {
                let clock = LocalTime.oslo.wallClock(at: time)
                if clock.day != lastDay { (lastDay, isDone) = (clock.day, false) }
                guard !isDone, clock.milliseconds >= Int64(minutes) * 60_000 else { continue }
                isDone = true
                seen.append(time)
            }
            let found = schedule(.daily, minutes, .day).occasions(after: start - 1, through: end).map(\.due)
            #expect(found == seen, "at \(minutes)")
        }
    }

    @Test("pauses grow to a limit, and after five days nothing more is tried")
    func tries() {
        let pauses = (1...10).map { (DeliveryRule.nextTry(tries: $0, firstTry: 0, now: 0) ?? -1) / 60_000 }
        #expect(pauses == [1, 2, 4, 8, 16, 32, 64, 120, 120, 120])
        let last: EventTime = 5 * 86_400_000 - 1
        #expect(DeliveryRule.nextTry(tries: 1_000_000, firstTry: 0, now: last) == last + 7_200_000)
        #expect(DeliveryRule.nextTry(tries: 2, firstTry: 0, now: 432_000_000) == nil)
    }

    @Test("a mail's id is the same for the same delivery, and another for another")
    func ids() {
        let key = ["3407", "m", "2026-10", "pdf", "a@b.no"]
        let id = DeliveryRule.messageID(instance: "vl1", key: key, domain: "b.no")
        #expect(id == DeliveryRule.messageID(instance: "vl1", key: key, domain: "b.no") && id.hasSuffix("@b.no"))
        let others = [("vl2", key), ("vl1", ["3407", "m", "2026-10", "pdf", "c@b.no"]), ("vl1", ["3407", "m2026", "-10", "pdf", "a@b.no"])]
        for (instance, key) in others { #expect(DeliveryRule.messageID(instance: instance, key: key, domain: "b.no") != id) }
    }
}

/// Seeded draws (Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
