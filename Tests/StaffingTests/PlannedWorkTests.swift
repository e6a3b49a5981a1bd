import Files
import Staffing
import Testing
import Workload

@Suite("planned.csv")
struct PlannedWorkTests {
    private static let header = "zone;weekdays;from;to;userMinutes;travelMinutes\n"

    private func work(_ rows: String) throws -> PlannedWork { try PlannedWork(csv: Self.header + rows, zones: ["biri", "haugtun"]) }

    @Test("minutes are those of every hour from the first to before the last; rows of an hour are added up")
    func hours() throws {
        let work = try work("biri;man-fre;07:00;10:00;120;30,5\nbiri;alle;09:00;24:00;60;10\n")
        #expect(work.minutes(zone: "biri", weekday: 1, hour: 6) == .init())
        #expect(work.minutes(zone: "biri", weekday: 1, hour: 7) == .init(user: 120, travel: 30.5))
        #expect(work.minutes(zone: "biri", weekday: 5, hour: 9) == .init(user: 180, travel: 40.5))
        #expect(work.minutes(zone: "biri", weekday: 6, hour: 9) == .init(user: 60, travel: 10))
        #expect(work.minutes(zone: "biri", weekday: 7, hour: 23) == .init(user: 60, travel: 10))
        #expect(work.minutes(zone: "haugtun", weekday: 1, hour: 9) == .init())
        // 5 days × 3 hours and 7 days × 15 hours.
        #expect(work.weekMinutes(zone: "biri") == .init(user: 8100, travel: 1507.5))
        #expect(work.zones == ["biri"])
    }

    @Test("a public holiday is a Sunday, unless the zone has rows of its own for it")
    func holidays() throws {
        let work = try work("biri;alle;07:00;10:00;60;0\nhaugtun;alle;07:00;10:00;90;0\nhaugtun;helligdag;08:00;09:00;40;5\n")
        let ascension = LocalTime.Day(year: 2026, month: 5, day: 14)
        #expect(work.minutes(zone: "biri", on: ascension, hour: 7) == .init(user: 60, travel: 0))
        #expect(work.minutes(zone: "haugtun", on: ascension, hour: 7) == .init())
        #expect(work.minutes(zone: "haugtun", on: ascension, hour: 8) == .init(user: 40, travel: 5))
        #expect(work.minutes(zone: "haugtun", on: ascension.advanced(by: 1), hour: 8) == .init(user: 90, travel: 0))
    }

    @Test(
        "what is wrong is named with line, column, value and way out",
        arguments: [
            ("oslo;alle;07:00;10:00;1;1", "column zone: \"oslo\": not understood (one of biri, haugtun)"),
            ("biri;mon;07:00;10:00;1;1", "column weekdays: \"mon\": not understood"),
            ("biri;alle;07:30;10:00;1;1", "column from: \"07:30\": not understood (a whole hour"),
            ("biri;alle;22:00;02:00;1;1", "column to: \"02:00\": not after from (write two rows"),
            ("biri;alle;07:00;10:00;-1;1", "column userMinutes: \"-1\": not understood"),
            ("biri;alle;07:00;10:00;1;30001", "column travelMinutes: \"30001\": not understood"),
            ("biri;alle;07:00;10:00;1", "column travelMinutes: empty cell"),
        ]
    )
    func problems(row: String, message: String) throws {
        let error = try #require(throws: FileError.self) { try work(row) }
        #expect(error.description.hasPrefix("planned.csv:2: \(message)"), "\(error.description)")
    }

    @Test("a file without rows says what to do")
    func empty() throws {
        let error = try #require(throws: FileError.self) { try work("# nothing\n") }
        #expect(error.description.contains("no rows below the header (leave out the key planned"))
    }
}
