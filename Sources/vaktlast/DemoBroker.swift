import Foundation
import MQTT

/// A mosquitto of our own: a child process on a free loopback port with accounts, ACL and persistence.
///
/// It never outlives us. A shell holds it by two ropes: when the pipe from us ends, also because we were killed, the
/// shell ends the broker; when the shell is killed, the kernel kills the broker.
final class DemoBroker {
    static let central = "helsevakten"
    /// Another program may take the free port before the broker does.
    private static let attemptCountMax = 3
    private static let startSeconds = 10.0
    private static let stopSeconds = 8.0

    let servicePassword = DemoBroker.newPassword()
    let centralPassword = DemoBroker.newPassword()
    private(set) var port = 0
    private let municipality: String
    /// The level of its topics that the central may use; + for all.
    private let sources: String
    private let folder: String
    private let programs: Programs
    private var process: ChildProcess?

    /// What Debian's `mosquitto` and `util-linux` install.
    struct Programs {
        let mosquitto: String
        let password: String
        let setpriv: String

        /// - Throws: `Failure` that names what to install.
        static func find() throws -> Programs {
            Programs(
                mosquitto: try path("mosquitto", package: "mosquitto"),
                password: try path("mosquitto_passwd", package: "mosquitto"),
                setpriv: try path("setpriv", package: "util-linux")
            )
        }

        /// Debian puts servers where a user's PATH may not look.
        private static func path(_ name: String, package: String) throws -> String {
            let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
            let folders = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/local/sbin", "/sbin", "/usr/bin", "/bin"]
            let places = folders.map { "\($0)/\(name)" }
            guard let found = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
                throw Failure("\(name) is not installed. Install it: apt-get install \(package) (scripts/run does).")
            }
            return found
        }
    }

    /// Runs a broker with its files in a folder.
    ///
    /// - Throws: `Failure` with what the broker said, where it does not start.
    init(_ programs: Programs, folder: String, municipality: String, sources: String = DemoBroker.central) throws {
        self.programs = programs
        self.folder = folder
        self.municipality = municipality
        self.sources = sources
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw Failure("\(folder) cannot be made: \(DataFolder.reason(error)). Choose another folder with --data.")
        }
        try writeAccounts()
        try start()
    }

    var url: String { "mqtt://127.0.0.1:\(port)" }

    func settings(user: String, password: String, clientID: String) -> BrokerSettings {
        BrokerSettings(host: "127.0.0.1", port: UInt16(port), clientID: clientID, username: user, password: password)
    }

    /// How the broker ended, where it did so by itself.
    var unexpectedEnd: String? {
        guard let process, !process.isRunning, let end = process.end else { return nil }
        return "the broker ended by itself (\(end)), and said \(said.isEmpty ? "nothing" : "«\(said)»")."
    }

    /// SIGTERM through the shell, so that it saves what it holds.
    func stop() {
        guard let process else { return }
        process.closeInput()
        if !process.wait(seconds: DemoBroker.stopSeconds) { process.kill() }
    }

    /// Waits for the end of its input and ends the broker then, at last by force; ends with it as well.
    private static let shell = """
        exec 3<&0
        "$@" </dev/null 3<&- &
        broker=$!
        {
            read -r nothing <&3
            kill -TERM $broker
            for _ in 1 2 3 4 5; do sleep 1 3<&-; kill -0 $broker || exit; done
            kill -KILL $broker
        } 2>/dev/null &
        watcher=$!
        wait $broker
        code=$?
        kill $watcher
        exit $code
        """

    private func start() throws {
        for attempt in 1...DemoBroker.attemptCountMax {
            port = try Port.anyFree()
            try writeConfiguration()
            try? FileManager.default.removeItem(atPath: log)
            let process = try ChildProcess(
                "/bin/sh",
                ["-c", DemoBroker.shell, "vaktlast-broker", programs.setpriv, "--pdeathsig", "KILL", "--", programs.mosquitto]
                    + ["-c", "\(folder)/mosquitto.conf"],
                log: log
            )
            self.process = process
            let until = Date(timeIntervalSinceNow: DemoBroker.startSeconds)
            while process.isRunning, Date() < until {
                if !Port.isFree(port, host: "127.0.0.1") { return }
                usleep(5000)
            }
            let isPortLost = said.contains("Address already in use")
            stop()
            if !isPortLost || attempt == DemoBroker.attemptCountMax { break }
        }
        let end = process?.end.map { ", \($0)" } ?? ""
        throw Failure("\(programs.mosquitto) did not start\(end): \(said.isEmpty ? "it said nothing" : said)")
    }

    private var log: String { "\(folder)/mosquitto.log" }

    /// The last lines of its log, but for a warning that is always there when root runs it.
    private var said: String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { !$0.contains("should not be run as root") }.suffix(3).joined(separator: " / ")
    }

    private func writeConfiguration() throws {
        let asRoot = geteuid() == 0 ? "user root" : ""
        try write(
            "mosquitto.conf",
            """
            # Written by vaktlast demo, anew at each start.
            listener \(port) 127.0.0.1
            allow_anonymous false
            password_file \(folder)/passwords
            acl_file \(folder)/acl
            \(asRoot)
            persistence true
            persistence_location \(folder)/
            # The default of 1800 s would lose half an hour with the machine.
            autosave_interval 10
            # The default of 1000 drops silently beyond it.
            max_queued_messages 0
            max_inflight_messages 10000
            set_tcp_nodelay true
            log_dest stderr
            log_type error
            log_type warning

            """
        )
    }

    private func writeAccounts() throws {
        try write(
            "acl",
            """
            user vaktlast
            topic read vaktlast/v1/+/+/#
            topic write vaktlast/v1/#
            user \(DemoBroker.central)
            topic readwrite vaktlast/v1/\(municipality)/\(sources)/#
            topic read vaktlast/v1/\(municipality)/zone/#
            topic read vaktlast/v1/service/#

            """
        )
        try? FileManager.default.removeItem(atPath: "\(folder)/passwords")
        _ = FileManager.default.createFile(
            atPath: "\(folder)/passwords",
            contents: nil,
            attributes: [.posixPermissions: 0o600]
        )
        for (user, password) in [("vaktlast", servicePassword), (DemoBroker.central, centralPassword)] {
            let process = try ChildProcess(programs.password, ["-b", "\(folder)/passwords", user, password], log: log)
            let end = process.wait()
            guard end == .exit(code: 0) else { throw Failure("\(programs.password) failed in \(folder), \(end): \(said)") }
        }
    }

    private func write(_ name: String, _ text: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        } catch {
            throw Failure("\(folder)/\(name) cannot be written: \(DataFolder.reason(error))")
        }
    }

    private static func newPassword() -> String {
        (0..<16).map { _ in String(UInt8.random(in: 0...15), radix: 16) }.joined()
    }
}
