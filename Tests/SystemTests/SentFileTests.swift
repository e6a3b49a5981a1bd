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
    }
}
