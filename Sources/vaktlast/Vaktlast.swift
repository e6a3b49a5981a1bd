import ArgumentParser
import Foundation

/// `vaktlast COMMAND`: exit code 0 good, 1 failed, 2 wrong usage (CONTRACT 9).
@main
struct Vaktlast: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "vaktlast",
        abstract: "Response load of safety alarms and home sensors, by zone and quarter of an hour.",
        discussion: """
            Alarm centrals forward device events over MQTT; Vaktlast makes them durable, counts them once, and shows \
            leaders which zone at which hours lacks people. Begin with `vaktlast demo`.
            """,
        version: version,
        subcommands: [
            Demo.self, Serve.self, Simulate.self, Import.self, ReportCommand.self, Rebuild.self, Quarantine.self,
            Check.self, Bench.self,
        ]
    )

    static func main() {
        // A broken pipe or a lost broker is an error to handle, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let code = exitCode(for: error)
            if code == .validationFailure {
                Terminal.error(fullMessage(for: error))
                Foundation.exit(2)
            }
            let isOurs = !(error is ExitCode) && !(error is CleanExit) && code == .failure
            if isOurs {
                Terminal.error("vaktlast: \(error)")
                Foundation.exit(1)
            }
            exit(withError: error)
        }
    }
}

/// Where people read.
enum Terminal {
    static func error(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// Written at once, also into a pipe.
    static func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

    /// Progress: one line rewritten on a terminal, plain lines at every tenth otherwise.
    final class Progress {
        private let label: String
        private let isTerminal = isatty(1) == 1
        private var lastShown = -1

        init(_ label: String) { self.label = label }

        func show(_ part: Double, _ detail: String = "") {
            let percent = Int(part * 100)
            let step = isTerminal ? percent : percent / 10 * 10
            guard step != lastShown else { return }
            lastShown = step
            if isTerminal {
                let filled = Int(part * 30)
                let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
                FileHandle.standardOutput.write(Data("\r\(label) \(bar) \(percent) % \(detail)\u{1B}[K".utf8))
            } else {
                Terminal.say("\(label) \(step) % \(detail)")
            }
        }

        func finish(_ text: String) {
            if isTerminal { FileHandle.standardOutput.write(Data("\r\u{1B}[K".utf8)) }
            Terminal.say("\(label): \(text)")
        }
    }
}

/// Something that the user can act on.
struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
