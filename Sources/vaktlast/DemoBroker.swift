import Foundation
import MQTT

/// A mosquitto of our own: a child process on a free loopback port with accounts, ACL and persistence.
///
/// It dies with us, also when we are killed: the kernel sends it SIGKILL when the thread that started it ends, so
/// it must be started by a thread that lives as long as the process.
final class DemoBroker {
    static let central = "helsevakten"

    let port: Int
    let servicePassword: String
    let centralPassword: String
    private let process = Process()
    private let folder: String

    init(folder: String, municipality: String) throws {
        self.folder = folder
        port = try Port.anyFree()
        servicePassword = DemoBroker.newPassword()
        centralPassword = DemoBroker.newPassword()
        guard let mosquitto = DemoBroker.find("mosquitto") else {
            throw Failure("mosquitto is not installed. Install it: apt-get install mosquitto (scripts/run does).")
        }
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try writeConfiguration(municipality: municipality)
        try start(mosquitto)
    }

    var url: String { "mqtt://127.0.0.1:\(port)" }

    func settings(user: String, password: String, clientID: String) -> BrokerSettings {
        BrokerSettings(host: "127.0.0.1", port: UInt16(port), clientID: clientID, username: user, password: password)
    }

    var isRunning: Bool { process.isRunning }

    /// SIGTERM, so that it saves what it holds.
    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    private func start(_ mosquitto: String) throws {
        // setpriv (util-linux) asks the kernel for the signal that ends the broker with us.
        process.executableURL = URL(fileURLWithPath: DemoBroker.find("setpriv") ?? "/usr/bin/setpriv")
        process.arguments = ["--pdeathsig", "KILL", "--", mosquitto, "-c", "\(folder)/mosquitto.conf"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let log = "\(folder)/mosquitto.log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: log)
        do { try process.run() } catch { throw Failure("mosquitto cannot be started: \(DataFolder.reason(error))") }
        for _ in 0..<200 {
            if !process.isRunning { break }
            if !Port.isFree(port, host: "127.0.0.1") { return }
            usleep(20_000)
        }
        let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        process.terminate()
        throw Failure("mosquitto did not start: \(said.isEmpty ? "no message" : said)")
    }

    private func writeConfiguration(municipality: String) throws {
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
        try write(
            "acl",
            """
            user vaktlast
            topic read vaktlast/v1/+/+/#
            topic write vaktlast/v1/#
            user \(DemoBroker.central)
            topic readwrite vaktlast/v1/\(municipality)/\(DemoBroker.central)/#
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
            guard let tool = DemoBroker.find("mosquitto_passwd") else {
                throw Failure("mosquitto_passwd is not installed; it comes with mosquitto: apt-get install mosquitto")
            }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: tool)
            process.arguments = ["-b", "\(folder)/passwords", user, password]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw Failure("mosquitto_passwd failed in \(folder)") }
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

    /// Programs that Debian puts where a user's PATH may not look.
    private static func find(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/local/sbin", "/sbin", "/usr/bin", "/bin"]
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
