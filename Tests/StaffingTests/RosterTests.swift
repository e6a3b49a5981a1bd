import Foundation
import Staffing
import Telemetry
import Testing
import Workload

@Suite("Rosters")
struct RosterTests {
    static let header = "zone;role;shift;weekdays;start;end;positions\n"

    private func roster(_ rows: String) throws -> Roster { try Roster(csv: RosterTests.header + rows) }

    private func day(_ month: Int, _ day: Int) -> LocalTime.Day { LocalTime.Day(year: 2026, month: month, day: day) }

    private func at(_ month: Int, _ day: Int, _ hour: Int, _ minute: Int = 0) -> EventTime {
        LocalTime.oslo.instant(self.day(month, day), milliseconds: Int64(hour * 60 + minute) * 60_000)
    }

    @Test("a night shift across midnight is at work on both days, its end excluded")
    func midnight() throws {
        let roster = try roster("biri;pleie;natt;fre;23:00;07:00;1,5")
        // 9 October 2026 is a Friday.
        #expect(roster.positions(zone: "biri", at: at(10, 9, 22, 59)) == 0)
        #expect(roster.positions(zone: "biri", at: at(10, 9, 23)) == 1.5)
        #expect(roster.positions(zone: "biri", at: at(10, 10, 6, 59)) == 1.5)
        #expect(roster.positions(zone: "biri", at: at(10, 10, 7)) == 0)
        #expect(roster.positions(zone: "haugtun", at: at(10, 9, 23)) == 0)
    }

    @Test(
        "nights when the clock changes are 7 and 9 hours, and count so",
        arguments: [(3, 28, 7.0), (10, 24, 9.0), (10, 23, 8.0)]
    )
    func daylightSaving(month: Int, day: Int, hours: Double) throws {
        let roster = try roster("biri;pleie;natt;alle;23:00;07:00;2")
        #expect(roster.positionHours(zone: "biri", kind: .night, on: self.day(month, day)) == hours * 2)
    }

    @Test("a public holiday has Sunday's rows, a movable one too")
    func holidayIsSunday() throws {
        let roster = try roster("biri;pleie;dag;man-fre;07:00;15:00;5\nbiri;pleie;dag;lør-søn;07:00;15:00;3")
        #expect(roster.positions(zone: "biri", at: at(5, 14, 12)) == 3)  // Thursday, Ascension Day
        #expect(roster.positions(zone: "biri", at: at(5, 13, 12)) == 5)
        #expect(roster.positions(zone: "biri", at: at(12, 25, 12)) == 3)
    }

    @Test("rows for helligdag take the place of Sunday's, for their zone and shift only")
    func holidayRows() throws {
        let roster = try roster(
            """
            biri;pleie;dag;alle;07:00;15:00;5
            biri;pleie;dag;helligdag;08:00;14:00;2
            biri;pleie;natt;alle;23:00;07:00;1
            sorbyen;pleie;dag;alle;07:00;15:00;4
            """
        )
        #expect(roster.positions(zone: "biri", at: at(5, 1, 12)) == 2)
        #expect(roster.positions(zone: "biri", at: at(5, 1, 7, 30)) == 0)
        #expect(roster.positions(zone: "biri", at: at(5, 1, 23, 30)) == 1)
        #expect(roster.positions(zone: "sorbyen", at: at(5, 1, 12)) == 4)
        #expect(roster.positions(zone: "biri", at: at(5, 2, 12)) == 5)
    }

    @Test("roles of a shift add up, and spans of a range take the evening before with them")
    func roles() throws {
        let roster = try roster("biri;pleie;natt;alle;23:00;07:00;1\nbiri;sykepleier;natt;alle;22:00;06:00;0,5")
        #expect(roster.positions(zone: "biri", at: at(10, 6, 2)) == 1.5)
        let spans = roster.spans(in: at(10, 6, 2)..<at(10, 6, 3))
        #expect(spans.map(\.role) == ["pleie", "sykepleier"])
        #expect(spans.allSatisfy { $0.day == day(10, 5) })
    }

    @Test("Gjøvik's example roster covers six zones, three shifts, every hour of the week")
    func gjovik() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "config/municipalities/3407-gjovik/roster.csv")
        let zones: Set = ["haugtun", "snertingdal", "aslundmarka", "sorbyen", "biri", "nordbyen"]
        let roster = try Roster(csv: String(contentsOf: file, encoding: .utf8), zones: zones)
        #expect(roster.zones == zones)
        for zone in zones {
            for hour in 0..<168 {
                #expect(roster.positions(zone: zone, at: at(10, 5, 0) + Int64(hour) * 3_600_000) > 0)
            }
        }
    }

    @Test("parts of positions are people for the first part of their shift, with the same position-hours", arguments: [0.25, 0.5, 1, 1.5, 2.75])
    func atWork(positions: Double) {
        let night = LocalTime.Day(year: 2026, month: 10, day: 24)
        let spans = Roster(shifts: [ReplayTown.shift(["a"], .night, (23, 31), positions)]).spans(on: night)
        let people = spans.atWork
        #expect(abs(people.reduce(0) { $0 + $1.positionHours } - 9 * positions) < 1e-9)
        #expect(people.allSatisfy { $0.positions == $0.positions.rounded() && $0.time.lowerBound == spans[0].time.lowerBound })
        func most(at hours: Double) -> Double {
            let instant = spans[0].time.lowerBound + Int64(hours * 3_600_000)
            return people.filter { $0.time.contains(instant) }.reduce(0) { $0 + $1.positions }
        }
        #expect(most(at: 0) == positions.rounded(.up) && most(at: 8.99) == positions.rounded(.down))
    }
}
