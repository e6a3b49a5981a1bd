import Foundation
import Testing

extension SystemTests {
    /// What `check` warns of in a configuration that the service would take.
    @Suite("check warns of what is no error and seldom meant")
    struct CheckTests {
        private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

        /// A folder with the shipped configuration in it.
        private func configured() throws -> String {
            let folder = try Folder.new("check")
            try FileManager.default.copyItem(atPath: Self.repository.appending(path: "config").path, toPath: "\(folder)/config")
            return folder
        }

        private func check(_ folder: String) throws -> (status: Int32, output: String) {
            try ChildProcess(Programs.vaktlast(), ["check", "--config", folder]).waitForOutput()
        }

        private func append(_ text: String, to file: String) throws {
            let whole = try String(contentsOfFile: file, encoding: .utf8) + text
            try Data(whole.utf8).write(to: URL(fileURLWithPath: file))
        }

        @Test("one measure with two targets in one goal, with both lines")
        func contradictions() throws {
            let folder = try configured()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let file = "\(folder)/config/municipalities/3441-gausdal/goals.yaml"
            let goals = try String(contentsOfFile: file, encoding: .utf8)
            #expect(try !check("\(folder)/config").output.contains("has the same measure"))
            try Data(goals.replacing("measure: lowest-effective-step", with: "measure: closed-at-centre").utf8).write(to: URL(fileURLWithPath: file))
            let after = try check("\(folder)/config")
            let warning = #/goals\.yaml:(\d+): laveste-niva has the same measure \(closed-at-centre\) as lost-pa-sentralen on line (\d+) in the goal vegvalg-6/#
            let found = try #require(after.output.firstMatch(of: warning), "\(after.output)")
            let lines = goals.split(separator: "\n", omittingEmptySubsequences: false)
            let (second, first) = (try #require(Int(found.output.1)), try #require(Int(found.output.2)))
            #expect(lines[second - 1].contains("id: laveste-niva") && lines[first - 1].contains("id: lost-pa-sentralen"))
            #expect(after.status == 0)
        }

        @Test("goals that no report will answer as meant: fractions, opposite directions, deadlines that are out or over, files that are not there")
        func goals() throws {
            let folder = try configured()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let municipality = "\(folder)/config/municipalities/3441-gausdal"
            let before = try check("\(folder)/config").output
            for text in ["did you mean", "is to go", "is not after the baseline's period", "is never measured without"] {
                #expect(!before.contains(text), "\(before)")
            }
            let goals = try String(contentsOfFile: "\(municipality)/goals.yaml", encoding: .utf8)
                .replacing("deadline: 2027-12-31", with: "deadline: 2025-12-31")
                .replacing("deadline: 2029-12-31", with: "deadline: 2026-01-31")
            let added = "          - {id: motsatt, name: Motsatt, measure: closed-at-centre, direction: down, target: {value: 0.2}}\n"
            try Data((goals + added).utf8).write(to: URL(fileURLWithPath: "\(municipality)/goals.yaml"))
            let settings = try String(contentsOfFile: "\(municipality)/municipality.yaml", encoding: .utf8).split(separator: "\n")
            let left = settings.filter { !$0.hasPrefix("population:") && !$0.hasPrefix("benefits:") }.joined(separator: "\n") + "\n"
            try Data(left.utf8).write(to: URL(fileURLWithPath: "\(municipality)/municipality.yaml"))
            let after = try check("\(folder)/config")
            #expect(after.status == 0, "\(after.output)")
            let line = goals.split(separator: "\n", omittingEmptySubsequences: false).count
            let said = [
                "goals.yaml:\(line): motsatt: target.value: 0.2 is 0.2 %: did you mean 20?",
                "goals.yaml:\(line): motsatt: closed-at-centre is to go down, and up in lost-pa-sentralen",
                "deadline: 2025-12-31 is not after the baseline's period 2025", "deadline: 2026-01-31 is over: give a new target",
                "freed-hours-net is never measured without benefits", "per-1000-80plus is never measured without population",
            ]
            for warning in said { #expect(after.output.contains(warning), "\(warning)\nin \(after.output)") }
        }

        @Test("rows said twice, hours without anybody, and external reports that can be taken from one another, by file and line")
        func warnings() throws {
            let folder = try configured()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let config = "\(folder)/config"
            let before = try check(config)
            #expect(before.status == 0 && !before.output.contains("same row") && !before.output.contains("taken from"), "\(before.output)")

            let gjovik = "\(config)/municipalities/3407-gjovik"
            let row = "haugtun;man-fre;07:00;08:00;1;1"
            try append("\(row)\n\(row)\n", to: "\(gjovik)/planned.csv")
            let lines = try String(contentsOfFile: "\(gjovik)/planned.csv", encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false).count - 1
            try Data("zone;role;shift;weekdays;start;end;positions\nhaugtun;pleie;dag;man-fre;07:00;15:00;2\n".utf8)
                .write(to: URL(fileURLWithPath: "\(gjovik)/roster.csv"))
            try append("schedule: schedule.yaml\n", to: "\(gjovik)/municipality.yaml")
            let schedules = """
                reports:
                  - {name: uka, every: week, weekday: monday, at: "07:00", external: true, folder: \(folder)}
                  - {name: maaned, every: month, day: 1, at: "07:00", external: true, folder: \(folder)/none}

                """
            try Data(schedules.utf8).write(to: URL(fileURLWithPath: "\(gjovik)/schedule.yaml"))

            let after = try check(config)
            #expect(after.status == 0, "\(after.output)")
            let said = [
                "planned.csv:\(lines): the same row as line \(lines - 1): both count; delete one, or write its minutes in the other",
                "roster.csv: nobody is at work for the zone biri",
                "schedule.yaml: external reports of several kinds of period: uka (week), maaned (month)",
                "schedule.yaml: uka: an external report of a week can be taken from that of the month",
                "schedule.yaml: maaned: folder \(folder)/none does not exist",
            ]
            for warning in said { #expect(after.output.contains(warning), "\(warning)\nin \(after.output)") }
        }
    }
}
