import Foundation
import Testing

extension SystemTests {
    /// Programs that the service starts.
    @Suite("A program that the service starts")
    struct ProgramTests {
        /// Processes whose parent this is (fourth field of proc(5) stat, the second after the name in parentheses).
        private func children(of parent: pid_t) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
                guard Int(name) != nil, let stat = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8) else { return false }
                return stat.split(separator: ")").last?.split(separator: " ").dropFirst().first == "\(parent)"
            }
        }

        @Test("holds nothing of ours: killed while a PDF is made, the service starts again on its port at once")
        func holdsNoPort() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let address = "http://127.0.0.1:\(service.port)/rapport.pdf?municipality=3407&period=2026-10"
            let asking = try ChildProcess(Programs.path("curl"), ["--silent", "--output", "/dev/null", "--max-time", "60", address])
            var maker = ""
            try waitUntil("the PDF is being made; log: \(service.log())", seconds: 60) {
                maker = try children(of: service.pid).first ?? ""
                let words = (try? String(contentsOfFile: "/proc/\(maker)/cmdline", encoding: .utf8)) ?? ""
                return words.contains("weasyprint")
            }
            let files = "/proc/\(maker)/fd"
            let held = try FileManager.default.contentsOfDirectory(atPath: files).compactMap {
                try? FileManager.default.destinationOfSymbolicLink(atPath: "\(files)/\($0)")
            }
            service.killHard()
            #expect(!held.isEmpty && !held.contains { $0.hasPrefix("socket:") || $0.hasSuffix(".db") }, "\(held)")
            try service.start()
            #expect(service.stop() == 0)
            _ = asking.end(SIGKILL)
        }
    }
}
