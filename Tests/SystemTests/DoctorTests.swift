import Foundation
import Simulator
import Testing

extension SystemTests {
    @Suite("The doctor finds what would be lost")
    struct DoctorTests {
        /// What `vaktlast doctor --json` says of a folder.
        struct Examination {
            var status: Int32
            var findings: [(severity: String, subject: String, found: String)] = []

            init(_ folder: String, _ broker: Broker, _ arguments: [String] = [], environment: [String] = []) throws {
                let words = ["doctor", "--json", "--config", folder, "--mosquitto-conf", "\(broker.folder)/mosquitto.conf"]
                let (status, output) = try ChildProcess(Programs.vaktlast(), words + arguments, environment: environment).waitForOutput()
                self.status = status
                let json = try #require(AuditValue(json: Array(output.utf8)), "\(output)")
                for finding in json["findings"]?.elements ?? [] {
                    let severity = try #require(finding["severity"]?.text)
                    findings.append((severity, finding["subject"]?.text ?? "", finding["found"]?.text ?? ""))
                    if severity == "warning" || severity == "error" {
                        #expect(finding["loss"]?.text?.isEmpty == false && finding["mend"]?.text?.isEmpty == false)
                    }
                }
            }

            func has(_ severity: String, _ words: String) -> Bool { findings.contains { $0.severity == severity && $0.found.contains(words) } }

            /// Warnings and errors, but for what the test machine itself brings: its broker's version and its clock.
            var bad: [String] {
                findings.filter { finding in
                    (finding.severity == "warning" || finding.severity == "error") && !finding.found.contains("older than 2.0.13")
                        && !finding.found.contains("not kept by a time server")
                }.map(\.found)
            }
        }

        /// A configuration that points at a broker, with no service on it.
        static func configuration(_ broker: Broker, _ more: String = "", version: String = "5") throws -> String {
            let folder = try Folder.new("doctor")
            try FileManager.default.createDirectory(atPath: "\(folder)/municipalities/3407-gjovik", withIntermediateDirectories: true)
            try Data("secret\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/pw"))
            try Data("central-secret\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/central"))
            let port = try FreePort.next()
            let yaml = """
                data: ./data
                broker: {url: "\(broker.url)", version: "\(version)", username: vaktlast, passwordFile: pw\(more)}
                http: {port: \(port)}

                """
            try Data(yaml.utf8).write(to: URL(fileURLWithPath: "\(folder)/vaktlast.yaml"))
            try Data("number: \"3407\"\nname: Gjøvik\nzones: [{id: biri}]\n".utf8)
                .write(to: URL(fileURLWithPath: "\(folder)/municipalities/3407-gjovik/municipality.yaml"))
            return folder
        }

        @Test("beside a running service: nothing wrong, nothing harmed, nothing left at the broker")
        func healthy() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker, canarySeconds: 1)
            let central = try Central(broker)
            try central.send(Event.heartbeat(1), on: "vaktlast/v1/3407/a/telemetry")
            _ = try central.receipt(naming: "h-1")
            try waitUntil("a canary has come back") { try service.metric("vaktlast_canaries_total") ?? 0 >= 2 }
            let connects = try service.metric("vaktlast_connects_total")
            let examination = try Examination(service.folder, broker)
            #expect(examination.bad == [])
            for words in ["is ready: both sessions read", "200 messages came unacknowledged", "kept for a session that was away", "SQLite finds it whole"] {
                #expect(examination.has("ok", words), "\(words): \(examination.findings)")
            }
            #expect(try service.metric("vaktlast_connects_total") == connects)
            #expect(try service.metric("vaktlast_messages_total") == 1)
            try central.send(Event.heartbeat(2), on: "vaktlast/v1/3407/a/telemetry")
            #expect(try central.receipt(naming: "h-2")["accepted"]?.number == 1)
            #expect(try service.get("/readyz").status == 200)
            let log = try broker.log()
            #expect(!log.split(separator: "\n").contains { $0.contains("already connected") })
            // Every session of the doctor ends in order, and with it what it held.
            let lines = log.split(separator: "\n").filter { $0.contains("-doctor-") }
            let connected = lines.count { $0.contains("New client connected") }
            #expect(connected >= 5)
            #expect(lines.count { $0.contains(" disconnected.") } == connected)
        }

        @Test("a broker as it comes: no persistence, a queue of 5, a window of 1, no accounts, no ACL")
        func badSettings() throws {
            let broker = try Broker()
            try broker.restart(replacing: [
                "persistence true": "persistence false", "autosave_interval 1": "", "max_queued_messages 0": "max_queued_messages 5",
                "max_inflight_messages 10000": "max_inflight_messages 1", "allow_anonymous false": "allow_anonymous true",
                "acl_file \(broker.folder)/acl": "", "set_tcp_nodelay true": "",
            ])
            let folder = try Self.configuration(broker)
            let arguments = ["--central-user", "central", "--central-password-file", "\(folder)/central"]
            let examination = try Examination(folder, broker, arguments)
            #expect(examination.status == 1)
            for (severity, words) in [
                ("error", "persistence false"), ("warning", "max_queued_messages 5"), ("warning", "max_inflight_messages 1"),
                ("error", "allow_anonymous true"), ("error", "acl_file is missing"), ("note", "set_tcp_nodelay is missing"),
                ("error", "of 25 messages for a session that was away the broker kept 5"), ("error", "lets clients in without user name"),
                ("error", "anyone without an account writes vaktlast/v1/3407/service/alarm: allowed"),
                ("error", "anyone without an account reads vaktlast/v1/3407/doctor/receipt: allowed"),
                ("error", "central central writes vaktlast/v1/3407/service/alarm: allowed"),
                ("error", "central central reads vaktlast/v1/3407/doctor/receipt: allowed"),
            ] { #expect(examination.has(severity, words), "\(words): \(examination.findings)") }
        }

        @Test("with MQTT 3.1.1 the broker's window is in force, and it is measured")
        func window() throws {
            let broker = try Broker()
            try broker.restart(replacing: ["max_inflight_messages 10000": "max_inflight_messages 20"])
            let examination = try Examination(Self.configuration(broker, version: "3.1.1"), broker)
            #expect(examination.has("warning", "20 of 200 messages came before any was acknowledged"), "\(examination.findings)")
            #expect(examination.has("warning", "max_inflight_messages 20"))
            #expect(examination.has("ok", "200 messages were kept for a session that was away"))
        }

        @Test("an ACL that forbids the service to read, and lets a central write for others")
        func badACL() throws {
            let broker = try Broker()
            try broker.setDelivery(false)
            let folder = try Self.configuration(broker)
            let arguments = ["--central-user", "central", "--central-password-file", "\(folder)/central"]
            let examination = try Examination(folder, broker, arguments)
            #expect(examination.has("error", "the service reads vaktlast/v1/0000/service/alarm and 9 more like it: refused"), "\(examination.findings)")
            #expect(examination.has("error", "central central writes vaktlast/v1/3407/service/alarm: allowed"))
            #expect(examination.has("note", "$SYS cannot be read"))
            #expect(examination.has("ok", "a client without user name is refused"))
        }

        @Test("a wrong password, a central that cannot connect, a broker that is down")
        func refused() throws {
            let broker = try Broker()
            let folder = try Self.configuration(broker)
            try Data("wrong".utf8).write(to: URL(fileURLWithPath: "\(folder)/central"))
            let central = try Examination(folder, broker, ["--central-user", "central", "--central-password-file", "\(folder)/central"])
            #expect(central.has("error", "the central's account could not be tried: Not authorized"), "\(central.findings)")
            try Data("wrong".utf8).write(to: URL(fileURLWithPath: "\(folder)/pw"))
            #expect(try Examination(folder, broker).has("error", "refuses user vaktlast: Not authorized"))
            broker.stop()
            let down = try Examination(folder, broker)
            #expect(down.status == 1)
            #expect(down.has("error", "does not answer: Connection refused"), "\(down.findings)")
            #expect(down.has("note", "never has on this data folder"))
        }

        @Test("certificates that expire soon or have expired, that are for another host or of another authority")
        func certificates() throws {
            func examine(_ made: Certificates, caFile: String? = nil, host: String = "127.0.0.1") throws -> Examination {
                let broker = try Broker(tls: made)
                let own = ", caFile: \(caFile ?? made.ca), certFile: \(made.clientCertificate), keyFile: \(made.clientKey)"
                let folder = try Self.configuration(broker, own)
                if host != "127.0.0.1" {
                    let file = "\(folder)/vaktlast.yaml"
                    let text = try String(contentsOfFile: file, encoding: .utf8).replacing("127.0.0.1", with: host)
                    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
                }
                return try Examination(folder, broker)
            }
            let fresh = try Certificates()
            let soon = try examine(fresh)
            #expect(soon.has("warning", "the broker's certificate (/CN=127.0.0.1) expires in"), "\(soon.findings)")
            #expect(soon.has("warning", "broker.certFile \(fresh.clientCertificate): certificate (/CN=vaktlast) expires in"))
            #expect(soon.has("ok", "lets user vaktlast in"))
            #expect(try examine(Certificates(days: 400)).bad == [])
            // Without broker.caFile the system's authorities count.
            let broker = try Broker(tls: fresh)
            let folder = try Self.configuration(broker, ", certFile: \(fresh.clientCertificate), keyFile: \(fresh.clientKey)")
            #expect(try Examination(folder, broker, environment: ["SSL_CERT_FILE=\(fresh.ca)"]).has("ok", "lets user vaktlast in"))
            #expect(try Examination(folder, broker).has("error", "is not trusted"))
            let expired = try examine(Certificates(days: -1))
            #expect(expired.has("error", "the broker's certificate (/CN=127.0.0.1) expired"), "\(expired.findings)")
            #expect(expired.has("error", "does not answer"))
            #expect(try examine(fresh, host: "localhost").has("error", "is not for localhost"))
            #expect(try examine(fresh, caFile: Certificates().ca).has("error", "is not trusted"))
        }

        @Test("a central whose clock is ahead, and one whose clock is right")
        func clocks() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            for (source, offset) in [("a", Int64(600_000)), ("b", 0)] {
                let central = try Central(broker, source: source)
                for number in 1...6 {
                    let time = Event.time(Event.now + offset)
                    let event = Event.json("device.heartbeat", id: "\(source)-\(number)", time: time, #""device":"d","zone":"biri""#)
                    try central.send(event, on: "vaktlast/v1/3407/\(source)/telemetry")
                }
                _ = try central.receipt(naming: "\(source)-6")
            }
            let examination = try Examination(service.folder, broker)
            #expect(examination.bad.count == 1, "\(examination.findings)")
            #expect(examination.findings.contains { $0.severity == "error" && $0.found.hasPrefix("3407/a:") && $0.found.hasSuffix("its clock is ahead") })
            #expect(examination.has("ok", "3407/b: received − time of 6 live events"))
        }

        @Test("a service that is down, a damaged file of views, an open folder")
        func dataFolder() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            #expect(service.stop() == 0)
            let data = "\(service.folder)/data"
            chmod(data, 0o755)
            let handle = try #require(FileHandle(forUpdatingAtPath: "\(data)/views.db"))
            try handle.seek(toOffset: 8192)
            try handle.write(contentsOf: [UInt8](repeating: 0xA5, count: 20_000))
            try handle.close()
            let examination = try Examination(service.folder, broker)
            #expect(examination.has("warning", "not running: nothing answers"), "\(examination.findings)")
            #expect(examination.has("error", "views.db is damaged"))
            #expect(examination.has("ok", "journal.db: SQLite finds it whole"))
            #expect(examination.has("warning", "is open to every user of this machine (755)"))
            #expect(try Examination(service.folder, broker, ["--quick"]).findings.allSatisfy { !$0.found.contains("SQLite finds") })
        }

        @Test("wrong usage is exit code 2, a configuration that cannot be read is a finding")
        func usage() throws {
            let broker = try Broker()
            let folder = try Self.configuration(broker)
            for words in [["--mosquitto-conf", "/nowhere.conf"], ["--central-user", "central"]] {
                let (status, output) = try ChildProcess(Programs.vaktlast(), ["doctor", "--config", folder] + words).waitForOutput()
                #expect(status == 2, "\(output)")
            }
            let (status, output) = try ChildProcess(Programs.vaktlast(), ["doctor", "--config", "/nowhere"]).waitForOutput()
            #expect(status == 1)
            #expect(output.contains("error   /nowhere/vaktlast.yaml is missing"))
        }
    }
}
