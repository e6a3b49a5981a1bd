import Accounts
import Foundation
import Ingest
import MQTT
import Settings
import Testing

/// `vaktlast.yaml`, CONTRACT 10.
@Suite("vaktlast.yaml")
struct ServiceFileTests {
    @Test("every key has a default but the broker's address")
    func defaults() throws {
        let folder = try ConfigurationFolder()
        let settings = try folder.settings()
        #expect(settings.instance == "vl1")
        #expect(settings.dataFolder == folder.path + "/data")
        #expect(
            settings.broker == BrokerSettings(host: "127.0.0.1", port: 1883, clientID: "vaktlast-vl1", version: .v5)
        )
        #expect(settings.httpHost == "127.0.0.1" && settings.httpPort == 8080)
        #expect(settings.tokens.isEmpty && settings.receipts.isEmpty && settings.municipalities.isEmpty && settings.contact == nil)
        #expect(settings.warnings.isEmpty)
    }

    @Test("every key is read, paths relative to the file")
    func everything() throws {
        let digest = String(repeating: "aB", count: 32)
        let folder = try ConfigurationFolder(
            """
            instance: north-1
            contact: "Servicetorget, 61 00 00 00"
            data: ../elsewhere
            broker:
              url: "mqtts://broker.example:1884"
              clientId: other
              version: 3.1.1
              username: vaktlast
              passwordFile: secrets/password
              caFile: secrets/ca.pem
              certFile: secrets/cert.pem
              keyFile: secrets/key.pem
            http: {host: 0.0.0.0, port: 8443}
            tokens:
              - {name: board, sha256: "\(digest)", role: leader, municipalities: ["3407", "5027"], zones: [biri]}
              - {name: all, sha256: "\(String(digest.reversed()))", role: admin, municipalities: ["3407"], zones: null}
            sources:
              - {municipality: "3407", source: helsevakten, receipts: all}
              - {municipality: "3407", source: gateway, receipts: off}
              - {municipality: "5027", source: gateway}
            """
        )
        for name in ["password", "ca.pem", "cert.pem", "key.pem"] { try folder.write("secrets/\(name)", "s3cret\n") }
        let settings = try folder.settings()
        #expect(settings.contact == "Servicetorget, 61 00 00 00")
        #expect(settings.instance == "north-1")
        #expect(settings.dataFolder == (folder.path as NSString).deletingLastPathComponent + "/elsewhere")
        #expect(
            settings.broker
                == BrokerSettings(
                    host: "broker.example",
                    port: 1884,
                    usesTLS: true,
                    clientID: "other",
                    version: .v311,
                    username: "vaktlast",
                    password: "s3cret",
                    caFile: folder.path + "/secrets/ca.pem",
                    certFile: folder.path + "/secrets/cert.pem",
                    keyFile: folder.path + "/secrets/key.pem"
                )
        )
        #expect(settings.httpHost == "0.0.0.0" && settings.httpPort == 8443)
        #expect(settings.tokens.map(\.name) == ["board", "all"])
        #expect(settings.tokens[0].sha256 == digest.lowercased())
        #expect(settings.tokens[0].reach.role == .leader && settings.tokens[1].reach.role == .admin)
        #expect(settings.tokens[0].reach.municipalities == ["3407", "5027"])
        #expect(settings.tokens[0].reach.zones == ["biri"] && settings.tokens[1].reach.zones == nil)
        #expect(settings.folding.receipts == ["3407/helsevakten": .all, "3407/gateway": .off])
    }

    @Test("a token for a municipality that is not configured is a warning, no problem")
    func warning() throws {
        let folder = try ConfigurationFolder(
            ConfigurationFolder.smallest
                + """
                tokens:
                  - {name: t, sha256: "\(String(repeating: "0", count: 64))", role: central, municipalities: ["9999"]}
                """
        )
        let warnings = try folder.settings().warnings
        #expect(warnings.count == 1)
        #expect(warnings[0].contains("«t»") && warnings[0].contains("9999"))
    }

    static let addresses: [(url: String, broker: BrokerSettings?)] = [
        ("mqtt://host", .init(host: "host", port: 1883, clientID: "c")),
        ("mqtts://host", .init(host: "host", port: 8883, usesTLS: true, clientID: "c")),
        ("mqtt://host:1/", .init(host: "host", port: 1, clientID: "c")),
        ("mqtt://me:word@host:99", .init(host: "host", port: 99, clientID: "c", username: "me", password: "word")),
        ("mqtt://[::1]:1883", .init(host: "::1", port: 1883, clientID: "c")),
        ("http://host", nil), ("host:1883", nil), ("mqtt://", nil), ("mqtt://host:0", nil), ("mqtt://host:65536", nil),
        ("mqtt://host/path", nil), ("mqtt://host?x=1", nil), ("", nil),
    ]

    @Test("a broker address is mqtt or mqtts, a host and perhaps a port", arguments: addresses)
    func address(url: String, broker: BrokerSettings?) {
        #expect((try? BrokerSettings(url: url, clientID: "c")) == broker)
    }

    /// A problem is told with line and key; `lead` is how its line starts behind the file's name.
    static let broken: [(yaml: String, lead: String)] = [
        ("broker: {}\n", "1: broker.url "),
        ("", "1: broker.url "),
        ("instance: a\n\nbroker:\n  url: http://host\n", "4: broker.url "),
        ("broker:\n  url: mqtt://h\n  colour: red\n", "3: broker.colour "),
        ("broker: {url: mqtt://h}\ncolour: red\n", "2: colour "),
        ("broker: {url: mqtt://h}\nhttp:\n  host: h\n  porter: 1\n", "4: http.porter "),
        ("broker: {url: mqtt://h}\nhttp: {port: 0}\n", "2: http.port "),
        ("broker: {url: mqtt://h}\nhttp: {port: 65536}\n", "2: http.port "),
        ("broker: {url: mqtt://h}\nhttp: {port: eighty}\n", "2: http.port "),
        ("broker: {url: mqtt://h}\nhttp: 8080\n", "2: http "),
        ("broker: {url: mqtt://h}\ninstance: North_1\n", "2: instance "),
        ("broker: {url: mqtt://h}\ninstance: \"\"\n", "2: instance "),
        ("broker: {url: mqtt://h}\ninstance: [a]\n", "2: instance "),
        ("broker: {url: mqtt://h}\ndata: [a]\n", "2: data "),
        ("broker:\n  url: mqtt://h\n  version: 4.0\n", "3: broker.version "),
        ("broker:\n  url: mqtt://h\n  passwordFile: nowhere\n", "3: broker.passwordFile "),
        ("broker:\n  url: mqtt://h\n  caFile: nowhere\n", "3: broker.caFile "),
        ("broker:\n  url: mqtt://h\n\n  certFile: vaktlast.yaml\n", "4: broker.certFile "),
        ("broker: {url: mqtt://h}\ntokens: none\n", "2: tokens "),
        ("broker: {url: mqtt://h}\ntokens:\n  - plain\n", "3: tokens[0] "),
        ("broker: {url: mqtt://h}\nsources:\n  - {municipality: 340, source: a}\n", "3: sources[0].municipality "),
        ("broker: {url: mqtt://h}\nsources:\n  - {municipality: \"3407\"}\n", "3: sources[0].source "),
        ("broker: {url: mqtt://h}\nsources:\n  - {municipality: \"3407\", source: A}\n", "3: sources[0].source "),
        (
            "broker: {url: mqtt://h}\nsources:\n  - {municipality: \"3407\", source: a, receipts: some}\n",
            "3: sources[0].receipts "
        ),
        ("broker: {url: mqtt://h}\nsources:\n  - {municipality: \"3407\", source: a, x: 1}\n", "3: sources[0].x "),
    ]

    @Test("a problem names file, line and key", arguments: broken)
    func problem(yaml: String, lead: String) throws {
        let problems = try ConfigurationFolder(yaml).problems()
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.hasPrefix("vaktlast.yaml:" + lead) == true, "\(problems)")
    }

    static let tokens: [(change: (String, String), key: String)] = [
        (("name: t, ", ""), "name"), (("sha256: \"0", "sha256: \"g"), "sha256"),
        (("sha256: \"0", "sha256: \""), "sha256"),
        (("role: leader", "role: boss"), "role"), ((", role: leader", ""), "role"),
        ((", municipalities: [\"3407\"]", ""), "municipalities"), (("[\"3407\"]", "[\"34o7\"]"), "municipalities"),
        (("[\"3407\"]", "\"3407\""), "municipalities"), (("zones: null", "zones: [Biri]"), "zones"),
        (("zones: null", "zoned: null"), "zoned"),
    ]

    @Test("a token is checked member by member", arguments: tokens)
    func token(change: (String, String), key: String) throws {
        let good =
            "{name: t, sha256: \"\(String(repeating: "0", count: 64))\", role: leader, municipalities: [\"3407\"], zones: null}"
        let yaml = ConfigurationFolder.smallest + "tokens:\n  - " + good.replacing(change.0, with: change.1)
        let problems = try ConfigurationFolder(yaml).problems()
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.hasPrefix("vaktlast.yaml:3: tokens[0].\(key) ") == true, "\(problems)")
    }

    @Test("all problems are told at once")
    func atOnce() throws {
        let folder = try ConfigurationFolder(
            "instance: A\nhttp: {port: x}\ncolour: red\nbroker: {url: mqtt://h, size: 1}\n"
        )
        try folder.write("municipalities/x/municipality.yaml", "number: 1\n")
        let problems = try folder.problems()
        for lead in [
            "yaml:1: instance", "yaml:2: http.port", "yaml:3: colour", "yaml:4: broker.size", "yaml:1: number",
        ] {
            #expect(problems.contains { $0.contains(lead) }, "\(lead) in \(problems)")
        }
    }

    @Test(
        "what is no YAML mapping is told with the file",
        arguments: ["- a\n- b\n", "just text\n", "a: [\n", "a: 1\na: 2\n"]
    )
    func noMapping(yaml: String) throws {
        let problems = try ConfigurationFolder(yaml).problems()
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("vaktlast.yaml:") == true)
    }

    @Test("a folder without the file says which file is missing")
    func missing() throws {
        let problems = try ConfigurationFolder(nil).problems()
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("vaktlast.yaml is missing") == true)
    }
}
