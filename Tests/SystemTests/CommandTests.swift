import Foundation
import Simulator
import Testing

extension SystemTests {
    /// Commands that take in or make events, from outside.
    @Suite("Commands")
    struct CommandTests {
        private func write(_ text: String, _ name: String, in folder: String) throws -> String {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
            return "\(folder)/\(name)"
        }

        private func importing(_ files: [String], with service: ServiceUnderTest) throws -> (status: Int32, output: String) {
            try service.command(["import"] + files + ["--municipality", "3407", "--source", "a"])
        }

        @Test("an import names file and line of what it rejects, and loses none of its neighbours")
        func brokenLines() throws {
            let service = try ServiceUnderTest(Broker())
            #expect(service.stop() == 0)
            let lines = [
                "\u{FEFF}" + Event.heartbeat(1), "", Event.heartbeat(2), "{\"broken", Event.heartbeat(3), "{\"specversion\":\"1.0\"}\r",
                "[" + Event.heartbeat(4) + ",7]", Event.heartbeat(5),
            ]
            let first = try write(lines.joined(separator: "\n"), "first.jsonl", in: service.folder)
            let second = try write("\u{FEFF}" + Event.heartbeat(6) + "\nno event\n", "second.jsonl", in: service.folder)
            let done = try importing([first, second], with: service)
            #expect(done.status == 0)
            #expect(done.output.contains("9 lines: 6 accepted, 0 duplicates, 4 rejected"), "\(done.output)")
            for told in ["\(first):4: not-json", "\(first):6: missing:id", "\(first):7: not-an-event", "\(second):2: not-json"] {
                #expect(done.output.contains(told), "\(told) in \(done.output)")
            }
            let again = try importing([first, second], with: service)
            #expect(again.output.contains("9 lines: 0 accepted, 6 duplicates, 4 rejected"), "\(again.output)")
            #expect(try service.command(["quarantine", "list", "--municipality", "3407"]).output.split(separator: "\n").count == 8)
        }

        @Test("an import takes in nothing when one of its files is missing, a folder, or compressed")
        func unreadableFiles() throws {
            let service = try ServiceUnderTest(Broker())
            #expect(service.stop() == 0)
            let good = try write(Event.heartbeat(1), "good.jsonl", in: service.folder)
            let packed = "\(service.folder)/packed.jsonl.gz"
            try Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]).write(to: URL(fileURLWithPath: packed))
            for (bad, said) in [("\(service.folder)/none", "no such file"), (service.folder, "is a folder"), (packed, "is compressed")] {
                let done = try importing([bad, good], with: service)
                #expect(done.status == 1)
                #expect(done.output.contains(bad) && done.output.contains(said), "\(done.output)")
            }
            #expect(try importing([good], with: service).output.contains("1 lines: 1 accepted, 0 duplicates, 0 rejected"))
        }

        @Test("simulate: seed, --days and --until name the same events, in a file as through a broker")
        func sameEventsAgain() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let file = "\(service.folder)/events.jsonl"
            let scenario = try write(
                """
                municipality: "3407"
                source: a
                seed: 3
                population: {residents: 20, seed: 1, prefix: t}
                zones: [{id: biri, weight: 1, travelMinutes: {median: 7, sigma: 0.4}, neighbours: []}]
                delivery: {duplicatedShare: 0, lostShare: 0}
                """,
                "scenario.yaml",
                in: service.folder
            )
            let run = ["simulate", scenario, "--seed", "9", "--days", "2", "--until", "2026-10-05"]
            let address = broker.url.replacing("mqtt://", with: "mqtt://central:central-secret@")
            let sent = try ChildProcess(Programs.vaktlast(), run + ["--broker", address, "--speed", "max"]).waitForOutput()
            try #require(sent.status == 0, "\(sent.output)")
            let written = try ChildProcess(Programs.vaktlast(), run + ["--out", file]).waitForOutput()
            try #require(written.status == 0, "\(written.output)")
            let count = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").count
            try #require(count > 100)
            try waitUntil("all are accepted") { try service.ledger("a")?["accepted"]?.number == Double(count) }
            #expect(try service.ledger("a")?["missing"]?.elements.isEmpty == true)
            #expect(service.stop() == 0)
            let again = try importing([file], with: service)
            #expect(again.output.contains("\(count) lines: 0 accepted, \(count) duplicates, 0 rejected"), "\(again.output)")
        }
    }
}
