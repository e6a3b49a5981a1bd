import Foundation
import Simulator
import Testing

extension SystemTests {
    /// `goals`, `kostra` and `project` with the shipped configuration, and files that change under a running service.
    @Suite("Goals and plans")
    struct PlanningCommandTests {
        private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

        private func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
            try ChildProcess(Programs.vaktlast(), arguments).waitForOutput()
        }

        /// The shipped configuration; with days before 1 November 2026 simulated and taken in where there are any.
        private func configured(days: Int = 0) throws -> String {
            let folder = try Folder.new("planning")
            try FileManager.default.copyItem(atPath: Self.repository.appending(path: "config").path, toPath: "\(folder)/config")
            try Data("instance: t\ndata: ../data\nbroker: {url: \"mqtt://127.0.0.1:1\"}\n".utf8)
                .write(to: URL(fileURLWithPath: "\(folder)/config/vaktlast.yaml"))
            guard days > 0 else { return folder }
            let scenario = "\(folder)/config/scenarios/gausdal.yaml"
            let made = try run(["simulate", scenario, "--days", "\(days)", "--until", "2026-11-01", "--seed", "1", "--out", "\(folder)/e"])
            try #require(made.status == 0, "\(made.output)")
            let taken = try run(["import", "\(folder)/e", "--config", "\(folder)/config", "--municipality", "3441", "--source", "vakta"])
            try #require(taken.status == 0, "\(taken.output)")
            return folder
        }

        private func edit(_ file: String, _ change: (String) -> String) throws {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try Data(change(text).utf8).write(to: URL(fileURLWithPath: file))
        }

        @Test("goals: what technology did becomes freed hours of each technology, in text, CSV and JSON; a period without data says so")
        func goals() throws {
            let folder = try configured(days: 8)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            func goals(_ period: String, _ more: String...) throws -> (status: Int32, output: String) {
                try run(["goals", "--config", "\(folder)/config", "--municipality", "3441", "--period", period] + more)
            }
            let text = try goals("2026-W44")
            #expect(text.status == 0 && text.output.contains("Frigjort tid i perioden"), "\(text.output)")
            for technology in ["digitalt tilsyn", "medisindispenser", "elektronisk dørlås", "trygghetsalarm"] {
                #expect(text.output.contains(technology), "\(technology) in \(text.output)")
            }
            let json = try #require(jsonObject(try goals("2026-W44", "--format", "json").output))
            #expect(json["period"] as? String == "2026-W44" && (json["frameworks"] as? [Any])?.isEmpty == false)
            #expect(try goals("2026-W44", "--format", "csv").output.contains("freed-hours-net"))
            #expect(try goals("2026-W44", "--zone", "mars").output.contains("zone mars is not in Gausdal. Its zones: "))
            #expect(try goals("2025-01").output.contains("0 hele døgn med data"))
            let wrong = try goals("2026-13")
            #expect(wrong.status != 0 && wrong.output.contains("--period"), "\(wrong.output)")
            let nobody = try run(["goals", "--config", "\(folder)/config", "--municipality", "9999", "--period", "2026-10"])
            #expect(nobody.status == 1 && nobody.output.contains("municipality 9999 is not in") && nobody.output.contains("3441 Gausdal"), "\(nobody.output)")
        }

        @Test("kostra: Gjøvik's 120 and 99, its places, and what is wrong in a file by line and column")
        func kostra() throws {
            let folder = try configured()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            func kostra(_ more: String...) throws -> (status: Int32, output: String) {
                try run(["kostra", "--config", "\(folder)/config", "--municipality", "3407"] + more)
            }
            let text = try kostra()
            #expect(text.status == 0, "\(text.output)")
            for part in ["10,8", "7,8", "120", "44,8", "38,3", "99", "168", "134", "230", "624", "119"] { #expect(text.output.contains(part), "\(part)") }
            let rows = try #require(jsonObject(try kostra("--format", "json").output)?["ageGroups"] as? [[String: Any]])
            #expect(rows.compactMap { $0["usersAbove"] as? Int } == [120, 99])
            #expect(try kostra("--format", "csv").output.contains("year;age;municipalityPercent"))
            let bad = "\(folder)/bad.csv"
            try Data("year;age;who;home;institution;inhabitants\n2020;67-79;3407;109,58;1,22;4010\n".utf8).write(to: URL(fileURLWithPath: bad))
            let refused = try kostra("--file", bad)
            #expect(refused.status == 1 && refused.output.contains("\(bad):2: column home: \"109,58\""), "\(refused.output)")
            let none = try run(["kostra", "--config", "\(folder)/config", "--municipality", "3440"])
            #expect(none.status == 1 && none.output.contains("names no kostra: add the key kostra"), "\(none.output)")
        }

        @Test("project: years to come from assumptions and from a measured period, which it names; too little of one is refused")
        func project() throws {
            let folder = try configured(days: 12)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            func project(_ more: String...) throws -> (status: Int32, output: String) {
                try run(["project", "--config", "\(folder)/config", "--municipality", "3441"] + more)
            }
            let assumed = try project()
            #expect(assumed.status == 0 && assumed.output.contains("2050") && !assumed.output.contains("målt 2026-10"), "\(assumed.output)")
            let measured = try project("--period", "2026-10", "--years", "2040")
            #expect(measured.status == 0 && measured.output.contains(#/målt oktober.2026, 1[0-9] av 31 hele døgn, n = [0-9]+/#), "\(measured.output)")
            #expect(jsonObject(try project("--format", "json").output)?["rows"] is [Any])
            let day = try project("--period", "2026-10-30")
            #expect(day.status == 1 && day.output.contains("2026-10-30 has 1 whole days of data of 1") && day.output.contains("needs at least 7 whole days"))
            let years = try project("--years", "1999,tomorrow")
            #expect(years.status != 0 && years.output.contains("write years from 2000 to 2200"), "\(years.output)")
            let file = "\(folder)/config/municipalities/3441-gausdal/projection.yaml"
            try edit(file) { $0.replacing("today:", with: "todday:") }
            let broken = try project()
            #expect(broken.status == 1 && broken.output.contains("projection.yaml:") && broken.output.contains("todday"), "\(broken.output)")
        }

        @Test("a running service takes changed goals and plans without a restart; of a broken file what it held before stays in force, and is said")
        func changedFiles() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            #expect(service.stop() == 0)
            let municipality = "municipalities/3407-gjovik"
            for name in ["goals.yaml", "kostra.csv", "benefits.yaml"] {
                let text = try String(contentsOf: Self.repository.appending(path: "config/\(municipality)/\(name)"), encoding: .utf8)
                try service.write("\(municipality)/\(name)", text)
            }
            let settings = try String(contentsOfFile: "\(service.folder)/\(municipality)/municipality.yaml", encoding: .utf8)
            try service.write("\(municipality)/municipality.yaml", settings + "goals: goals.yaml\nkostra: kostra.csv\nbenefits: benefits.yaml\n")
            try service.start()
            func names() throws -> [String] {
                let answer = try service.ask("goals", "")
                return answer["frameworks"]?.elements.compactMap { $0["name"]?.text } ?? []
            }
            func isRefused() throws -> Bool { try service.metric("vaktlast_planning_refused") == 1 }
            let first = try names()
            try #require(!first.isEmpty)
            let goals = "\(service.folder)/\(municipality)/goals.yaml"
            try edit(goals) { $0.replacing(first[0], with: "Rammen som ble endret") }
            try waitUntil("the changed goals are taken") { try names().first == "Rammen som ble endret" }
            #expect(try isRefused() == false)
            try edit(goals) { "goalz: []\n" + $0 }
            try waitUntil("the broken goals are refused") { try isRefused() }
            #expect(try names().first == "Rammen som ble endret")
            // Another file is taken all the same, and the first when it is whole again.
            try edit(goals) { String($0.dropFirst("goalz: []\n".count)).replacing("Rammen som ble endret", with: "Rammen igjen") }
            try waitUntil("the mended goals are taken") { try names().first == "Rammen igjen" }
            #expect(try isRefused() == false)
            #expect(service.stop() == 0)
        }
    }
}

/// A JSON object as a dictionary; nil for anything else.
private func jsonObject(_ text: String) -> [String: Any]? {
    (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
}
