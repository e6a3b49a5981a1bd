import Foundation
import Simulator
import Testing

extension SystemTests {
    /// The service against the simulator's own answer, through a real broker.
    @Suite("Verify")
    struct VerifyTests {
        private static let scenarios =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path + "/config/scenarios"

        private func vaktlast(_ arguments: [String]) throws -> (status: Int32, output: String) {
            try ChildProcess(Programs.vaktlast(), arguments, environment: ["TMPDIR=\(NSTemporaryDirectory())"]).waitForOutput()
        }

        private static let ready: [[String]] = [
            ["normal-week"], ["normal-week", "--lane", "history", "--batch", "7"], ["october-2020"], ["lillehammer-2016"], ["two-centrals"],
            ["dst-night"], ["power-cut"], ["bad-clocks"], ["sensor-noise", "--batch", "3"], ["gjovik", "--days", "1"], ["gausdal"],
            ["oyer", "--days", "2"], ["midtre-gauldal", "--days", "2"], ["plan-2040", "--days", "2"],
            ["one-million-devices", "--scale", "0.001", "--batch", "100"],
        ]

        @Test("every ready scenario passes, sent through a broker and recomputed", arguments: ready)
        func scenarios(_ words: [String]) throws {
            let run = try vaktlast(["verify", "\(Self.scenarios)/\(words[0]).yaml"] + words.dropFirst())
            #expect(run.status == 0, "\(words): \(run.output.suffix(3000))")
            #expect(run.output.contains("PASS: "))
        }

        @Test("no scenario in config is left out here")
        func complete() throws {
            let files = try FileManager.default.contentsOfDirectory(atPath: Self.scenarios).filter { $0.hasSuffix(".yaml") }
            #expect(Set(files.map { String($0.dropLast(5)) }) == Set(Self.ready.map { $0[0] }))
        }

        private func address(_ broker: Broker) -> String { broker.url.replacing("mqtt://", with: "mqtt://central:central-secret@") }

        @Test("a running service is judged by its addresses, later by what was sent; a figure that differs fails and is named")
        func ownService() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let url = "http://127.0.0.1:\(service.port)"
            let sent = "\(service.folder)/sent.jsonl"
            let scenario = "\(Self.scenarios)/dst-night.yaml"
            let run = try vaktlast(["simulate", scenario, "--broker", address(broker), "--speed", "max", "--days", "1.2", "--sent", sent])
            try #require(run.status == 0, "\(run.output)")
            let judged = try vaktlast(["verify", "--sent", sent, "--url", url])
            #expect(judged.status == 0, "\(judged.output)")
            #expect(judged.output.contains("loads PT15M"))

            // The service cannot have counted what the file says now: one alarm of Biri was of Haugtun.
            var text = try String(contentsOfFile: sent, encoding: .utf8)
            let raised = try #require(
                text.split(separator: "\n").first { $0.contains("alarm.raised") && $0.contains(#"\"zone\":\"biri\""#) }
            )
            text.replace(raised, with: raised.replacing(#"\"zone\":\"biri\""#, with: #"\"zone\":\"haugtun\""#))
            try text.write(toFile: sent, atomically: true, encoding: .utf8)
            let wrong = try vaktlast(["verify", "--sent", sent, "--config", service.folder, "--shown", "1000"])
            #expect(wrong.status == 1)
            let name = try #require(raised.firstMatch(of: /\\"alarm\\":\\"([^"\\]*)\\"/)?.1)
            #expect(wrong.output.contains("alarms helsevakten \(name): zone expected haugtun, got biri"), "\(wrong.output.suffix(3000))")
            #expect(wrong.output.contains("FAIL: "))

            let again = try vaktlast(["verify", scenario, "--broker", address(broker), "--url", url])
            #expect(again.status == 1)
            #expect(again.output.contains("has events of 3407/helsevakten already"), "\(again.output)")
        }

        @Test("wrong usage ends with 2 and says what goes together; a service that is not there is named")
        func usage() throws {
            for words in [["verify"], ["verify", "a.yaml", "--broker", "mqtt://x"], ["verify", "--sent", "x"], ["simulate", "a.yaml"]] {
                #expect(try vaktlast(words).status == 2, "\(words)")
            }
            let port = try FreePort.next()
            let run = try vaktlast([
                "verify", "\(Self.scenarios)/normal-week.yaml", "--broker", "mqtt://127.0.0.1:\(port)", "--url", "http://127.0.0.1:\(port)",
            ])
            #expect(run.status == 1)
            #expect(run.output.contains("does not answer"), "\(run.output)")
        }
    }

    /// Recording at a real broker, and playing what was recorded.
    @Suite("Record")
    struct RecordTests {
        @Test("a recording names no device and no identity number, and counts the same when it is played")
        func recordAndPlay() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker, receipts: ["a"])
            let folder = service.folder
            let address = broker.url.replacing("mqtt://", with: "mqtt://vaktlast:secret@")
            let recording = ["record", "--broker", address, "--out", "\(folder)/recording.jsonl", "--key-file", "\(folder)/key", "--count", "203"]
            let recorder = try ChildProcess(Programs.vaktlast(), recording, log: "\(folder)/record.log")
            try waitUntil("it records") { try String(contentsOfFile: "\(folder)/record.log", encoding: .utf8).contains("Recording into") }
            let central = try Central(broker)
            for number in 0..<100 {
                let device = #""device":"hemmelig-\#(number % 7)","zone":"biri""#
                try central.send(
                    Event.json("alarm.raised", id: "hemmelig-r\(number)", sequence: 2 * number, "\(device),\"alarm\":\"hemmelig-\(number)\",\"kind\":\"fall\""),
                    on: "vaktlast/v1/3407/a/alarm"
                )
                try central.send(
                    Event.json("alarm.closed", id: "hemmelig-c\(number)", sequence: 2 * number + 1, "\"alarm\":\"hemmelig-\(number)\",\"outcome\":\"visited\""),
                    on: "vaktlast/v1/3407/a/alarm"
                )
            }
            // A synthetic number (month + 80) with right control digits.
            try central.send(Event.json("device.heartbeat", id: "15815000053", #""device":"hemmelig-1""#), on: "vaktlast/v1/3407/a/telemetry")
            try central.send("<mrq><ref>hemmelig</ref><cid>hemmelig</cid><dty>3</dty><stc>10</stc></mrq>", on: "vaktlast/v1/3407/a/native/scaip/hemmelig")
            try central.send("hemmelig", on: "vaktlast/v1/3407/a/alarm")
            try central.send(Event.heartbeat(1), on: "vaktlast/v1/3407/a/telemetry")
            try central.drain()
            try waitUntil("the recorder has all") { !recorder.isRunning }
            #expect(recorder.wait() == 0)
            let text = try String(contentsOfFile: "\(folder)/recording.jsonl", encoding: .utf8)
            #expect(text.split(separator: "\n").count == 203)
            #expect(!text.contains("hemmelig"))
            #expect(!text.contains("15815000053"))
            #expect(try String(contentsOfFile: "\(folder)/record.log", encoding: .utf8).contains("1 left out: cannot be read"))

            try waitUntil("all was counted") { try service.ledger("a")?["messages"]?.number == 204 }
            let before = try service.ask("kpis", "from=2026-01-01&to=2100-01-01")
            let playBroker = try Broker()
            let player = try ServiceUnderTest(playBroker, receipts: ["a"])
            let target = playBroker.url.replacing("mqtt://", with: "mqtt://central:central-secret@")
            let play = try ChildProcess(Programs.vaktlast(), ["simulate", "\(folder)/recording.jsonl", "--broker", target, "--speed", "max"]).waitForOutput()
            #expect(play.status == 0, "\(play.output)")
            try waitUntil("all is counted again") { try player.ledger("a")?["messages"]?.number == 203 }
            let ledger = try #require(try player.ledger("a"))
            #expect(ledger["accepted"]?.number == 203)
            #expect(ledger["missing"]?.elements.isEmpty == true)
            let after = try player.ask("kpis", "from=2026-01-01&to=2100-01-01")
            #expect(before["alarms"]?.number == 101)
            #expect(before.difference(from: after) == nil)
            let over = try ChildProcess(Programs.vaktlast(), recording).waitForOutput()
            #expect(over.status == 1 && over.output.contains("exists"), "\(over.output)")
        }
    }
}
