import Foundation
import Glibc
import Simulator
import Testing

extension SystemTests {
    @Suite("The demo")
    struct DemoTests {
        @Test("a device imported into it stays in its own copy of the configuration, and what we ship is untouched")
        func ownCopy() throws {
            let folder = try Folder.new("demo")
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
            let shipped = "\(root)/config/municipalities/3407-gjovik/devices.csv"
            let before = try String(contentsOfFile: shipped, encoding: .utf8)
            let port = try FreePort.next()
            for attempt in 0..<2 {
                let demo = try ChildProcess(
                    Programs.vaktlast(),
                    ["demo", "--port", "\(port)", "--data", folder, "--config", "\(root)/config"],
                    log: "\(folder).log"
                )
                defer { demo.end(SIGINT) }
                try waitUntil("the demo answers: \((try? String(contentsOfFile: "\(folder).log", encoding: .utf8)) ?? "")", seconds: 120) {
                    let asked = try ChildProcess(Programs.path("curl"), ["-sf", "http://127.0.0.1:\(port)/readyz"])
                    return asked.waitForOutput().status == 0 && demo.isRunning
                }
                let list = try run("curl", ["-sf", "http://127.0.0.1:\(port)/api/v1/devices?municipality=3407&zone=biri&registered=yes"])
                #expect(list.contains("demo-added") == (attempt == 1))
                let added = ["-H", "Content-Type: text/csv", "--data-binary", "device;zone\ndemo-added;biri\n"]
                let answer = try run("curl", ["-sf"] + added + ["http://127.0.0.1:\(port)/api/v1/devices?municipality=3407"])
                #expect(answer.contains(attempt == 0 ? #""added":1"# : #""unchanged":1"#), "\(answer)")
            }
            #expect(try String(contentsOfFile: shipped, encoding: .utf8) == before)
            try FileManager.default.removeItem(atPath: "\(folder).log")
        }
    }
}
