import Doctor
import Testing

@Suite("A mosquitto.conf is read and judged")
struct MosquittoFileTests {
    /// One that loses nothing.
    static let good = """
        # comment
        listener 1883 127.0.0.1
        allow_anonymous false
        password_file /etc/mosquitto/passwords
        acl_file /etc/mosquitto/acl
        persistence true
        persistence_location /var/lib/mosquitto/
        autosave_interval 10
        max_queued_messages 0
        max_inflight_messages 10000
        set_tcp_nodelay true
        """

    static func read(_ text: String, others: [String: String] = [:], folders: [String: [String]] = [:]) -> MosquittoFile {
        MosquittoFile(
            path: "m.conf",
            reader: .init(text: { $0 == "m.conf" ? text : others[$0] }, names: { folders[$0] })
        )
    }

    /// The good one with a line changed: the key's own is replaced, or the line added.
    static func changed(_ line: String) -> MosquittoFile {
        let key = line.drop { $0 == "-" }.prefix { $0 != " " }
        var lines = good.split(separator: "\n").map(String.init)
        let index = lines.firstIndex { $0.hasPrefix(key + " ") }
        if line.hasPrefix("-") {
            lines.removeAll { $0.hasPrefix(key + " ") }
        } else if let index {
            lines[index] = line
        } else {
            lines.append(line)
        }
        return read(lines.joined(separator: "\n"))
    }

    @Test("the good one has no findings but ok")
    func goodOne() {
        let bad = Self.read(Self.good).findings(clientID: "vaktlast-vl1").filter { $0.severity != .ok }
        #expect(bad == [])
    }

    /// A line (`-key` takes it away), the severity, and a word of the finding.
    static let faults: [(String, Severity, String)] = [
        ("persistence false", .error, "persistence false"),
        ("-persistence", .error, "persistence is missing"),
        ("autosave_interval 1800", .warning, "autosave_interval 1800"),
        ("-autosave_interval", .warning, "autosave_interval is missing, so 1800"),
        ("autosave_interval 0", .warning, "autosave_interval 0"),
        ("autosave_on_changes true", .note, "counted in changes"),
        ("max_queued_messages 5", .warning, "max_queued_messages 5"),
        ("-max_queued_messages", .warning, "max_queued_messages is missing, so 1000"),
        ("max_queued_messages 200000", .note, "max_queued_messages 200000"),
        ("max_queued_bytes 1000", .warning, "max_queued_bytes 1000"),
        ("memory_limit 1000000", .warning, "memory_limit"),
        ("max_inflight_messages 1", .warning, "max_inflight_messages 1"),
        ("-max_inflight_messages", .note, "max_inflight_messages is missing, so 20"),
        ("max_inflight_messages 2000", .note, "max_inflight_messages 2000"),
        ("max_inflight_bytes 1000", .note, "max_inflight_bytes"),
        ("-set_tcp_nodelay", .note, "set_tcp_nodelay is missing"),
        ("queue_qos0_messages true", .note, "queue_qos0_messages"),
        ("message_size_limit 65536", .warning, "message_size_limit 65536"),
        ("max_packet_size 1048576", .warning, "max_packet_size 1048576"),
        ("persistent_client_expiration 2d", .warning, "persistent_client_expiration 2d"),
        ("persistent_client_expiration 1h", .warning, "persistent_client_expiration 1h"),
        ("persistent_client_expiration 2m", .note, "persistent_client_expiration 2m"),
        ("clientid_prefixes other-", .error, "clientid_prefixes"),
        ("retain_available false", .warning, "retain_available"),
        ("max_qos 0", .error, "max_qos 0"),
        ("allow_anonymous true", .error, "allow_anonymous true"),
        ("-password_file", .error, "password_file is missing"),
        ("-acl_file", .error, "acl_file is missing"),
        ("listener 1883", .error, "without TLS"),
        ("listener 1883 0.0.0.0", .error, "without TLS"),
        ("sys_interval 0", .note, "$SYS is off"),
        ("max_inflight_mesages 1", .note, "max_inflight_mesages"),
        ("include_dir /nowhere", .warning, "/nowhere cannot be read"),
    ]

    @Test("each fault is found, once, with what would be lost and the way out", arguments: faults)
    func eachFault(_ line: String, _ severity: Severity, _ words: String) throws {
        let found = Self.changed(line).findings(clientID: "vaktlast-vl1").filter { $0.severity != .ok }
        try #require(found.count == 1, "\(found)")
        #expect(found[0].severity == severity)
        #expect(found[0].found.contains(words))
        if severity >= .warning { #expect(found[0].loss?.isEmpty == false && found[0].mend?.isEmpty == false) }
    }

    @Test("a small window holds the service back with MQTT 3.1.1 only: with 5 its Receive Maximum is in force")
    func windowByVersion() {
        let file = Self.changed("-max_inflight_messages")
        #expect(file.findings(clientID: "vaktlast", usesVersion5: false).filter { $0.severity == .warning }.count == 1)
        #expect(file.findings(clientID: "vaktlast", usesVersion5: true).filter { $0.severity == .warning }.isEmpty)
    }

    /// Lines that are no fault.
    static let harmless = [
        "message_size_limit 0", "message_size_limit 1048576", "max_packet_size 2000000", "max_inflight_messages 0", "clientid_prefixes vaktlast-",
        "listener 0 /run/mosquitto.sock", "listener 1883 ::1", "plugin_opt_anything 1", "#listener 1884",
    ]

    @Test("what is no fault is none", arguments: harmless)
    func noFault(_ line: String) {
        #expect(Self.changed(line).findings(clientID: "vaktlast-vl1").filter { $0.severity != .ok } == [])
    }

    @Test("an empty file: loopback only, everyone may do all, nothing survives")
    func empty() {
        let found = Self.read("").findings(clientID: "x")
        #expect(found.filter { $0.severity == .error }.count == 3)
        #expect(found.contains { $0.found.contains("everyone on this machine") })
        #expect(found.contains { $0.found.contains("this machine only") })
    }

    @Test("TLS below a listener covers that listener alone")
    func tls() {
        let text = Self.good.replacing("listener 1883 127.0.0.1", with: "listener 8883\ncertfile /c\nkeyfile /k\nlistener 1883")
        let open = Self.read(text).findings(clientID: "x").filter { $0.severity == .error }
        #expect(open.map(\.found) == ["m.conf:5 listener 1883: reachable from outside, without TLS"])
    }

    @Test("per-listener settings: a listener without password and ACL is found beside one that has them")
    func perListener() {
        let text = "per_listener_settings true\n" + Self.good + "\nlistener 1884 127.0.0.1\nallow_anonymous true"
        let errors = Self.read(text).findings(clientID: "x").filter { $0.severity == .error }.map(\.found)
        #expect(errors == ["m.conf:14 allow_anonymous true", "m.conf:13 listener 1884 127.0.0.1: acl_file is missing"])
    }

    @Test("included files are read in bytewise order, the last entry counts, and places name the file")
    func including() {
        let file = Self.read(
            Self.good + "\ninclude_dir /d",
            others: ["/d/B.conf": "persistence false", "/d/a.conf": "  max_queued_messages   7  \r\n"],
            folders: ["/d": ["a.conf", "B.conf", "readme.txt"]]
        )
        #expect(file["max_queued_messages"]?.place == "/d/a.conf:1 max_queued_messages 7")
        #expect(file.entries.suffix(2).map(\.file) == ["/d/B.conf", "/d/a.conf"])
        let bad = file.findings(clientID: "vaktlast").filter { $0.severity >= .warning }.map(\.found)
        #expect(bad == ["/d/B.conf:1 persistence false", "/d/a.conf:1 max_queued_messages 7"])
    }

    @Test("a folder that includes itself ends")
    func includingItself() {
        let file = Self.read("include_dir /d", others: ["/d/a.conf": "include_dir /d"], folders: ["/d": ["a.conf"]])
        #expect(file.entries.count == MosquittoFile.includeDepthMax + 1)
        #expect(file.unreadable == ["/d/a.conf"])
    }
}
