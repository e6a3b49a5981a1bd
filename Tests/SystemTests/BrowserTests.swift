import Foundation
import SchemaValidator
import Testing

extension SystemTests {
    /// Tests/Browser drives Debian's Chromium through the pages of two real services: one with five simulated weeks, one with nothing.
    @Suite("The pages in a browser")
    struct BrowserTests {
        private static let password = "et langt ord for 2026"

        /// A configuration folder with Gjøvik and its accounts, and an address for its service.
        private func configured(_ folder: String, broker: String) throws -> (config: String, port: Int) {
            let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            let (config, port) = ("\(folder)/config", try FreePort.next())
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: repository.appending(path: "config").path, toPath: config)
            let settings = "instance: t\ndata: ../data\nbroker: {url: \"\(broker)\", username: vaktlast, passwordFile: password}\nhttp: {port: \(port)}\n"
            try Data(settings.utf8).write(to: URL(fileURLWithPath: "\(config)/vaktlast.yaml"))
            try Data("secret\n".utf8).write(to: URL(fileURLWithPath: "\(config)/password"))
            try Data("\(Self.password)\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/words"))
            for name in ["leader", "technician", "planner", "central", "admin", "biri"] {
                let reach =
                    switch name {
                    case "biri": ["--role", "leader", "--zone", "biri"]
                    case "central": ["--role", name, "--source", "helsevakten"]
                    default: ["--role", name]
                    }
                try run(["users", "add", name, "--municipality", "3407", "--password-file", "\(folder)/words", "--config", config] + reach)
            }
            return (config, port)
        }

        @discardableResult
        private func run(_ arguments: [String]) throws -> String {
            let (status, output) = try ChildProcess(Programs.vaktlast(), arguments).waitForOutput()
            try #require(status == 0, "\(arguments.joined(separator: " ")): \(output)")
            return output
        }

        @Test(
            "every page in every state: axe-core finds nothing, Tab reaches everything, nothing is cut off, heavy, or asked of another host",
            .enabled(if: PythonTools.areInstalled, "scripts/test could not install playwright and axe-playwright-python from PyPI")
        )
        func pages() throws {
            let folder = try Folder.new("browser")
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let broker = try Broker()
            let full = try configured("\(folder)/full", broker: broker.url)
            // Without a broker, as it is on the day when everything is new.
            let empty = try configured("\(folder)/empty", broker: "mqtt://127.0.0.1:1")
            try run(["simulate", "\(full.config)/scenarios/gjovik.yaml", "--days", "35", "--seed", "5", "--out", "\(folder)/events"])
            try run(["import", "\(folder)/events", "--config", full.config, "--municipality", "3407", "--source", "helsevakten"])
            let services = try [full, empty].map { try ChildProcess(Programs.vaktlast(), ["serve", "--config", $0.config], log: "\($0.config)/log") }
            defer { for service in services { service.end(SIGTERM) } }
            for (config, port) in [full, empty] {
                try waitUntil("it answers: \((try? String(contentsOfFile: "\(config)/log", encoding: .utf8)) ?? "")") { !FreePort.isFree(port) }
            }
            let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Browser/pages.py").path
            let addresses = [full, empty].map { "http://127.0.0.1:\($0.port)" }
            let shots = ProcessInfo.processInfo.environment["VAKTLAST_SHOTS"].map { ["--shots", $0] } ?? []
            // Chromium leaves files where these lead.
            let environment = ["HOME=\(folder)", "TMPDIR=\(folder)"]
            let look = try ChildProcess(PythonTools.python, [script] + addresses + [Self.password] + shots, environment: environment)
            let (status, output) = look.waitForOutput()
            print(output)
            #expect(status == 0, "\(output)")
        }
    }
}
