import Foundation
import Glibc
import MQTT

/// A real mosquitto of a test: own port, own data folder, accounts and ACL; logs every packet.
final class Broker {
    let folder: String
    let port: Int
    let tls: Certificates?
    private var process: ChildProcess?
    /// A tree outside our root that centrals write and the service reads.
    private let foreignTopics: String?

    init(tls: Certificates? = nil, foreignTopics: String? = nil) throws {
        self.foreignTopics = foreignTopics
        folder = try Folder.new("broker")
        port = try FreePort.next()
        self.tls = tls
        try writeACL()
        try run("mosquitto_passwd", ["-c", "-b", "\(folder)/passwords", "vaktlast", "secret"])
        try run("mosquitto_passwd", ["-b", "\(folder)/passwords", "central", "central-secret"])
        try start()
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func writeACL(serviceMayRead: Bool = true) throws {
        try write(
            "acl",
            """
            user vaktlast
            \(serviceMayRead ? "topic read vaktlast/v1/+/+/#" : "")
            topic write vaktlast/v1/#
            \(foreignTopics.map { "topic read \($0)" } ?? "")
            user central
            \(foreignTopics.map { "topic write \($0)" } ?? "")
            topic readwrite vaktlast/v1/3407/+/#

            """
        )
    }

    /// Lets the service's sessions stand and delivers nothing to them, as a stuck broker does; or delivers again.
    func setDelivery(_ isOn: Bool) throws {
        try writeACL(serviceMayRead: isOn)
        if let process { Glibc.kill(process.pid, SIGHUP) }
    }

    func start(replacing words: [String: String] = [:]) throws {
        let certificates =
            tls.map { "cafile \($0.ca)\ncertfile \($0.serverCertificate)\nkeyfile \($0.serverKey)\nrequire_certificate true" } ?? ""
        var text = """
            listener \(port) 127.0.0.1
            \(certificates)
            allow_anonymous false
            password_file \(folder)/passwords
            acl_file \(folder)/acl
            \(geteuid() == 0 ? "user root" : "")
            persistence true
            persistence_location \(folder)/
            autosave_interval 1
            max_queued_messages 0
            max_inflight_messages 10000
            set_tcp_nodelay true
            log_dest file \(folder)/log
            log_type all

            """
        for (word, other) in words { text.replace(word, with: other) }
        try write("mosquitto.conf", text)
        process = try ChildProcess(Programs.path("mosquitto"), ["-c", "\(folder)/mosquitto.conf"], log: "\(folder)/output")
        try waitUntil("mosquitto listens on \(port)") { !FreePort.isFree(port) && process?.isRunning == true }
    }

    /// Stops and starts with other settings: words of its configuration replaced.
    func restart(replacing words: [String: String]) throws {
        stop()
        try start(replacing: words)
    }

    /// SIGKILL: what it has not saved is lost, as with a power cut.
    func kill() { end(SIGKILL) }

    /// SIGTERM: it saves what it holds.
    func stop() { end(SIGTERM) }

    private func end(_ signal: Int32) {
        process?.end(signal)
        process = nil
    }

    /// Lines of the broker's own log: what it saw.
    func log() throws -> String { try String(contentsOfFile: "\(folder)/log", encoding: .utf8) }

    var url: String { "\(tls == nil ? "mqtt" : "mqtts")://127.0.0.1:\(port)" }

    func central(_ clientID: String, version: BrokerSettings.ProtocolVersion = .v5) -> BrokerSettings {
        BrokerSettings(
            host: "127.0.0.1",
            port: UInt16(port),
            usesTLS: tls != nil,
            clientID: clientID,
            version: version,
            username: "central",
            password: "central-secret",
            caFile: tls?.ca,
            certFile: tls?.clientCertificate,
            keyFile: tls?.clientKey
        )
    }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
}

/// A private authority with a server's and a client's certificate, made by openssl.
struct Certificates {
    let folder: String
    var ca: String { "\(folder)/ca.pem" }
    var serverCertificate: String { "\(folder)/server.pem" }
    var serverKey: String { "\(folder)/server.key" }
    var clientCertificate: String { "\(folder)/client.pem" }
    var clientKey: String { "\(folder)/client.key" }

    /// - Parameter days: for which the server's and the client's are valid; negative: they have expired.
    init(days: Int = 2) throws {
        folder = try Folder.new("certificates")
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        try run("openssl", ["req", "-x509", "-subj", "/CN=Test CA", "-days", "\(max(days, 400))", "-keyout", "\(folder)/ca.key", "-out", ca] + key)
        for (name, common) in [("server", "127.0.0.1"), ("client", "vaktlast")] {
            let request = "\(folder)/\(name).csr"
            try run("openssl", ["req", "-new", "-subj", "/CN=\(common)", "-keyout", "\(folder)/\(name).key", "-out", request] + key)
            try Data("subjectAltName=IP:127.0.0.1\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/extensions"))
            try run(
                "openssl",
                [
                    "x509", "-req", "-in", request, "-CA", ca, "-CAkey", "\(folder)/ca.key", "-CAcreateserial", "-days", "\(days)",
                    "-extfile", "\(folder)/extensions", "-out", "\(folder)/\(name).pem",
                ]
            )
        }
    }
}
