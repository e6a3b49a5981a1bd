import Foundation
import Simulator
import Testing

extension SystemTests {
    /// What `simulate --sent` keeps, and what is judged by it.
    @Suite("Sent files")
    struct SentFileTests {
        private static let scenarios =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path + "/config/scenarios"

        private func vaktlast(_ arguments: [String]) throws -> (status: Int32, output: String) {
            try ChildProcess(Programs.vaktlast(), arguments).waitForOutput()
        }

        @Test("a file without messages, one cut in a line and one without receipts are errors that name the file, never a pass")
        func nothing() throws {
            let service = try ServiceUnderTest(Broker())
            let sent = "\(service.folder)/sent.jsonl"
            let message = #"{"time":"2026-10-05T06:00:00.000Z","topic":"vaktlast/v1/3407/helsevakten/alarm","payload":"{}"}"#
            let cases = [("", "holds no message"), ("\n \n", "holds no message"), (String(message.dropLast(9)), "was cut"), (message + "\n", "no receipt")]
            for (text, words) in cases {
                try Data(text.utf8).write(to: URL(fileURLWithPath: sent))
                let run = try vaktlast(["verify", "--sent", sent, "--url", "http://127.0.0.1:\(service.port)"])
                #expect(run.status == 1, "\(run.output)")
                #expect(run.output.contains(sent) && run.output.contains(words), "\(words): \(run.output)")
                #expect(!run.output.contains("PASS"), "\(run.output)")
            }
        }

        private func lines(_ file: String) -> [Substring] {
            ((try? String(contentsOfFile: file, encoding: .utf8)) ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        }

        @Test("real time ended by a signal leaves a whole file that passes; it says to whom it sends; killed, every line is whole")
        func realTime() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let address = broker.url.replacing("mqtt://", with: "mqtt://central:central-secret@")
            let (sent, log) = ("\(service.folder)/sent.jsonl", "\(service.folder)/simulate.log")
            let words = ["simulate", "\(Self.scenarios)/dst-night.yaml", "--scale", "300", "--broker", address, "--sent"]
            let player = try ChildProcess(Programs.vaktlast(), words + [sent], log: log)
            try waitUntil("some is sent") { lines(sent).count > 20 }
            #expect(player.end(SIGINT) == 0)
            let said = try String(contentsOfFile: log, encoding: .utf8)
            #expect(
                said.contains("Connected to mqtt://127.0.0.1") && said.contains("3407/helsevakten in real time") && said.contains("Ctrl-C ends it"),
                "\(said)"
            )
            #expect(said.contains("messages with a receipt, in \(sent)"), "\(said)")
            let judged = try vaktlast(["verify", "--sent", sent, "--url", "http://127.0.0.1:\(service.port)"])
            #expect(judged.status == 0 && judged.output.contains("PASS: "), "\(judged.output)")

            let killed = try ChildProcess(Programs.vaktlast(), words + ["\(sent).2"], log: log)
            try waitUntil("some is sent") { lines("\(sent).2").count > 20 }
            #expect(killed.end(SIGKILL) == 128 + SIGKILL)
            let left = lines("\(sent).2")
            #expect(left.last?.isEmpty == true)
            for line in left.dropLast() { _ = try MessageFile.read(Array(line.utf8)) }
        }

        @Test("what has an end and is stopped before says so with 1, and what it sent is kept")
        func stopped() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let address = broker.url.replacing("mqtt://", with: "mqtt://central:central-secret@")
            let (sent, log) = ("\(service.folder)/sent.jsonl", "\(service.folder)/simulate.log")
            let words = ["simulate", "\(Self.scenarios)/dst-night.yaml", "--broker", address, "--speed", "3600", "--sent", sent]
            let player = try ChildProcess(Programs.vaktlast(), words, log: log)
            try waitUntil("some is sent") { lines(sent).count > 20 }
            #expect(player.end(SIGTERM) == 1)
            let said = try String(contentsOfFile: log, encoding: .utf8)
            #expect(said.contains("stopped before everything was sent"), "\(said)")
            let judged = try vaktlast(["verify", "--sent", sent, "--url", "http://127.0.0.1:\(service.port)"])
            #expect(judged.status == 0 && judged.output.contains("PASS: "), "\(judged.output)")
        }

        @Test("a broker that does not answer is told in the same words, with receipts and without")
        func noBroker() throws {
            let address = "mqtt://127.0.0.1:\(try FreePort.next())"
            let folder = try Folder.new("no-broker")
            for words in [[], ["--sent", "\(folder)/sent.jsonl"]] {
                let run = try vaktlast(["simulate", "\(Self.scenarios)/dst-night.yaml", "--broker", address] + words)
                #expect(run.status == 1)
                #expect(run.output.contains("the broker at \(address) does not answer: Connection refused. Check --broker"), "\(run.output)")
            }
        }
    }
}
