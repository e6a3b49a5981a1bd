import Foundation
import SchemaValidator
import Simulator
import Testing

extension SystemTests {
    @Suite("docs/alarm-central.md")
    struct AlarmCentralPageTests {
        /// A fenced block of the page.
        private struct Block {
            let language: String
            let text: String
        }

        private let page: String
        private static let validator = SchemaValidator(["docs/schemas/receipt.schema.json", "docs/schemas/live.schema.json"])

        init() throws { page = try String(contentsOfFile: "\(SchemaValidator.root)/docs/alarm-central.md", encoding: .utf8) }

        private func blocks() -> [Block] {
            page.split(separator: "```", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }.map { _, fenced in
                let parts = fenced.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
                return Block(language: String(parts[0]), text: String(parts[1]))
            }
        }

        /// What a reader replaces, and with what here.
        private func filledIn(_ text: String, _ words: [String: String]) throws -> String {
            try words.reduce(text) { text, word in
                try #require(page.contains(word.key), "\(word.key)")
                return text.replacing(word.key, with: word.value)
            }
        }

        /// A broker that asks centrals for a password and not for a certificate, with the account of the page.
        private func broker() throws -> Broker {
            let broker = try Broker(tls: try Certificates())
            try run("mosquitto_passwd", ["-b", "\(broker.folder)/passwords", "helsevakten", "page secret"])
            let acl = try String(contentsOfFile: "\(broker.folder)/acl", encoding: .utf8) + "user helsevakten\ntopic readwrite vaktlast/v1/3407/helsevakten/#\n"
            try Data(acl.utf8).write(to: URL(fileURLWithPath: "\(broker.folder)/acl"))
            try broker.restart(replacing: ["require_certificate true": "require_certificate false"])
            return broker
        }

        @Test("every command runs as it stands, over TLS, in its order, and is answered as the page says")
        func commands() throws {
            let broker = try broker()
            let service = try ServiceUnderTest(broker)
            let blocks = blocks()
            #expect(blocks.allSatisfy { ["sh", "json", "text"].contains($0.language) })
            let commands = blocks.filter { $0.language == "sh" }
            #expect(commands.count >= 10)

            let home = try Folder.new("central")
            defer { try? FileManager.default.removeItem(atPath: home) }
            let script = "set -eu\ncd\n" + commands.map { $0.text + "echo '@@@'\n" }.joined()
            let words = [
                "broker.example.no": "127.0.0.1", "8883": "\(broker.port)", "/etc/ssl/certs/vaktlast-ca.pem": try #require(broker.tls).ca,
                "PASSWORD": "page secret",
            ]
            let (status, output) = try ChildProcess(Programs.path("sh"), ["-c", filledIn(script, words)], environment: ["HOME=\(home)"]).waitForOutput()
            #expect(status == 0, "\(output); \(service.log())")
            let said = output.split(separator: "@@@\n", omittingEmptySubsequences: false).map(String.init)
            try #require(said.count == commands.count + 1, "\(output)")

            // What stands behind a command is what it prints.
            var receipts: [String] = []
            var number = -1
            for (index, block) in blocks.enumerated() {
                guard block.language == "sh" else { continue }
                number += 1
                let next = index + 1 < blocks.count ? blocks[index + 1] : block
                switch next.language {
                case "sh": #expect(said[number] == "", "\(block.text)")
                case "text": #expect(said[number] == next.text)
                default:
                    #expect(try Self.withoutMoment(said[number]) == Self.withoutMoment(next.text), "\(block.text)")
                    receipts.append(said[number].trimmingCharacters(in: .newlines))
                }
            }
            #expect(receipts.count >= 9)
            #expect(try Self.validator.problems("receipt.schema.json", receipts).allSatisfy { $0 == nil })
            let positions = receipts.compactMap { AuditValue(json: Array($0.utf8))?["position"]?.number }
            #expect(zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 } && positions.count == receipts.count)

            try figures(service, atLeast: Int(try #require(positions.last)))
            try retained(broker)
        }

        /// A receipt without what differs from one moment to another, those members looked at.
        private static func withoutMoment(_ text: String) throws -> AuditValue {
            guard case .object(var members) = try #require(AuditValue(json: Array(text.utf8)), "\(text)") else { throw CocoaError(.coderReadCorrupt) }
            #expect(members["position"]?.number ?? 0 > 0 && members["received"]?.text?.hasSuffix("Z") == true)
            (members["position"], members["received"]) = (nil, nil)
            return .object(members)
        }

        /// What the page promises of the figures: the copy counted once, the refused named, nothing missing.
        private func figures(_ service: ServiceUnderTest, atLeast position: Int) throws {
            let ledger = try #require(try service.ask("sources", "atLeast=\(position)")["sources"]?.elements.first)
            #expect(ledger["source"]?.text == "helsevakten")
            let wanted = ["received": 15.0, "accepted": 11, "duplicates": 2, "rejected": 2]
            for (name, count) in wanted { #expect(ledger[name]?.number == count, "\(name)") }
            #expect(ledger["lastSequence"]?.text == "6" && ledger["missing"]?.elements.isEmpty == true)
        }

        /// The retained topics that `docs/asyncapi.yaml` describes.
        private func retained(_ broker: Broker) throws {
            let tls = try #require(broker.tls)
            func take(_ topic: String) throws -> String {
                let access = ["-h", "127.0.0.1", "-p", "\(broker.port)", "--cafile", tls.ca, "-u", "vaktlast", "-P", "secret"]
                return try run("mosquitto_sub", access + ["-t", topic, "-C", "1", "-W", "30"]).trimmingCharacters(in: .newlines)
            }
            #expect(try take("vaktlast/v1/service/vl1/status") == "online")
            #expect(try Self.validator.problems("live.schema.json", [take("vaktlast/v1/3407/zone/biri/live")]) == [nil])
        }

        // MARK: - Reasons

        /// A message that is refused with each reason of the page's tables.
        private static func refused() -> [(reason: String, topic: String, payload: [UInt8])] {
            func event(_ type: String, _ data: String) -> String { Event.json(type, id: "r", data) }
            let texts: [(String, String, String)] = [
                ("not-json", "alarm", "{"), ("too-many-events", "telemetry", "[\(Array(repeating: "{}", count: 5001).joined(separator: ","))]"),
                ("unknown-codec", "native/knx", "{}"), ("codec:missing ref", "native/scaip", "<mrq><cid>1</cid><dty>3</dty></mrq>"),
                ("not-an-event", "alarm", "7"),
                ("not-an-event", "alarm", "[7]"), ("personal-data", "alarm", event("device.tested", #""device":"d","note":"01017000027""#)),
                ("missing:device", "alarm", event("device.tested", "")), ("bad:battery", "alarm", event("device.heartbeat", #""device":"d","battery":true"#)),
                ("unknown-type", "alarm", event("alarm.exploded", "")),
                ("bad-time", "alarm", Event.json("device.tested", id: "r", time: "2026-10-05T07:41:12", #""device":"d""#)),
            ]
            return texts.map { ($0, $1, Array($2.utf8)) } + [
                ("too-large", "telemetry", Array(repeating: 0x20, count: 1_048_577)), ("bad-compression", "alarm", [0x1F, 0x8B, 8, 0]),
                ("not-utf8", "alarm", [0x22, 0xE6, 0x22]),
            ]
        }

        @Test("its tables have every reason, and each is what such a message is refused with")
        func reasons() throws {
            let listed = Set(
                page.split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
            )
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let central = try Central(broker)
            let refused = Self.refused()
            for (_, topic, payload) in refused { try central.send(payload, on: "vaktlast/v1/3407/a/\(topic)") }
            try waitUntil("all are answered: \(service.log())") {
                _ = central.collect()
                return central.receiptsBySending.count == refused.count
            }
            var words: Set<String> = []
            for (number, message) in refused.enumerated() {
                let rejected = central.receiptsBySending[number]?["rejected"]?.elements ?? []
                #expect(rejected.map { $0["reason"]?.text } == [message.reason], "\(message.topic)")
                let parts = message.reason.split(separator: ":")
                words.insert(parts.count == 1 ? message.reason : "\(parts[0]):\(parts[0] == "codec" ? "…" : "NAME")")
            }
            #expect(words == listed)
            #expect(listed.count == 13)
        }
    }
}
