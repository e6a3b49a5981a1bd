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
            Demo.self, Serve.self, Simulate.self, Verify.self, Record.self, Import.self, ReportCommand.self, ScheduleCommand.self, StaffingCommand.self,
            GoalsCommand.self, KostraCommand.self, ProjectCommand.self, Rebuild.self, Quarantine.self, AccessCommand.self, UsersCommand.self,
            TokensCommand.self, Check.self, DevicesCommand.self, DoctorCommand.self, Bench.self,
        ]
    )

    static func main() {
        // A broken pipe, a lost broker or a file at its size limit is an error to handle, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
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

/// Something that the user can act on.
struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
