import Foundation
import SchemaValidator
import Telemetry
import Testing
import Yams

/// `docs/asyncapi.yaml` held against a reader of AsyncAPI, the schemas it refers to, the decoder and the topics.
@Suite("The AsyncAPI description")
struct AsyncAPITests {
    private static let schemas = ["message", "event", "receipt", "live"].map { "docs/schemas/\($0).schema.json" }
    private static let validator = SchemaValidator(schemas)

    private let document: [String: Any]

    init() throws {
        let text = try String(contentsOfFile: "\(SchemaValidator.root)/docs/asyncapi.yaml", encoding: .utf8)
        document = try #require(Yams.load(yaml: text) as? [String: Any])
    }

    private static func json(_ value: Any) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys]), as: UTF8.self)
    }

    /// What stands at a place, `#/a/b`, references followed.
    private func at(_ pointer: String) -> Any? {
        var value: Any? = document
        for name in pointer.dropFirst(2).split(separator: "/").map(String.init) {
            value = (value as? [String: Any])?[name]
            while let next = (value as? [String: Any])?["$ref"] as? String, next.hasPrefix("#/") { value = at(next) }
        }
        return value
    }

    private func objects(_ pointer: String) throws -> [String: [String: Any]] {
        let names = try #require(at(pointer) as? [String: Any], "\(pointer)").keys
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try #require(at("\(pointer)/\($0)") as? [String: Any], "\(pointer)/\($0)")) })
    }

    private static func references(in value: Any) -> [String] {
        switch value {
        case let object as [String: Any]:
            (object["$ref"] as? String).map { [$0] } ?? object.values.flatMap(references)
        case let list as [Any]: list.flatMap(references)
        default: []
        }
    }

    @Test(
        "is valid to a reader of AsyncAPI 3, MQTT bindings included; a broken one is not",
        .enabled(if: AsyncAPIValidator.isInstalled, "scripts/test could not install asyncapi3 from PyPI")
    )
    func valid() throws {
        var broken: [[String: Any]] = []
        for (path, value) in [
            (["operations", "sendAlarms", "action"], "shout"), (["operations", "sendAlarms", "bindings"], ["mqtt": ["qos": 3]]),
            (["channels", "alarm", "adress"], "x"), (["servers", "broker", "host"], 7), (["asyncapi"], "2.6.0"),
            (["components", "messages", "receipt", "payload"], true),
        ] as [([String], Any)] {
            broken.append(Self.with(document, path[...], value))
        }
        let problems = try AsyncAPIValidator.problems([document as Any].map(Self.json) + broken.map(Self.json))
        #expect(problems[0] == nil)
        #expect(problems.dropFirst().allSatisfy { $0 != nil }, "\(problems)")
    }

    private static func with(_ object: [String: Any], _ path: ArraySlice<String>, _ value: Any) -> [String: Any] {
        guard let name = path.first else { return object }
        var copy = object
        copy[name] = path.count == 1 ? value : with(object[name] as? [String: Any] ?? [:], path.dropFirst(), value)
        return copy
    }

    @Test("every reference leads somewhere")
    func references() throws {
        let references = Self.references(in: document)
        #expect(references.count > 30)
        for reference in references {
            if reference.hasPrefix("#/") {
                #expect(at(reference) != nil, "\(reference)")
            } else {
                #expect(FileManager.default.fileExists(atPath: "\(SchemaValidator.root)/docs/\(reference)"), "\(reference)")
            }
        }
    }

    @Test("every channel has its operation, which names messages of its channel")
    func operations() throws {
        let channels = try objects("#/channels")
        var used: Set<String> = []
        for (name, operation) in try objects("#/operations") {
            let channel = try #require((operation["channel"] as? [String: Any])?["$ref"] as? String)
            used.insert(String(channel.dropFirst("#/channels/".count)))
            for message in Self.references(in: operation["messages"] ?? []) { #expect(message.hasPrefix("\(channel)/messages/"), "\(name)") }
            #expect((at("\(channel)/address") is NSNull) == (channel == "#/channels/response"))
            #expect((operation["reply"] != nil) == (operation["action"] as? String == "send"), "\(name)")
        }
        #expect(used == Set(channels.keys))
        #expect(used == ["alarm", "telemetry", "history", "import", "native", "receipt", "response", "status", "live"])
    }

    @Test("a channel's address, filled in, is read by the service where it is sent to, and never where it is received from")
    func addresses() throws {
        let parameters = ["municipality": "3407", "source": "helsevakten", "instance": "vl1", "zone": "biri"]
        let actions = try objects("#/operations").values.reduce(into: [String: String]()) { actions, operation in
            let channel = try #require((operation["channel"] as? [String: Any])?["$ref"] as? String)
            actions[String(channel.dropFirst("#/channels/".count))] = operation["action"] as? String
        }
        for (name, channel) in try objects("#/channels") {
            guard let address = channel["address"] as? String else { continue }
            let named = Set(((channel["parameters"] as? [String: Any]) ?? [:]).keys)
            #expect(named == Set(address.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }), "\(name)")
            let codecs = at("#/channels/\(name)/parameters/codec/enum") as? [String] ?? [""]
            for codec in codecs {
                var topic = address.replacing("{codec}", with: codec)
                for (name, value) in parameters { topic = topic.replacing("{\(name)}", with: value) }
                let reading = Topic.read(topic)
                guard actions[name] == "send" else {
                    if case .topic = reading { Issue.record("\(topic) is read") }
                    continue
                }
                let channel: Topic.Channel = try #require(
                    ["alarm": .alarm, "telemetry": .telemetry, "history": .history, "import": .importing, "native": .native(codec: codec)][name]
                )
                guard case .topic(let read) = reading else {
                    Issue.record("\(topic) is not read")
                    continue
                }
                #expect(read.channel == channel && read.municipality == "3407" && read.source == "helsevakten", "\(topic)")
            }
        }
    }

    @Test("the examples are valid by the schemas they stand beside, and the decoder takes the events")
    func examples() throws {
        var tried: Set<String> = []
        for (name, message) in try objects("#/components/messages") {
            let payload = try #require(message["payload"] as? [String: Any])
            for example in try #require(message["examples"] as? [[String: Any]], "\(name)") {
                let json = try Self.json(try #require(example["payload"]))
                guard let file = (payload["schema"] as? [String: Any])?["$ref"] as? String else { continue }
                tried.insert(name)
                let schema = try #require(file.split(separator: "/").last).description
                #expect(try Self.validator.problems(schema, [json]) == [nil], "\(json)")
                if name == "events" { #expect(try Decoding.read(json).get().allSatisfy { $0.reason == nil }, "\(json)") }
            }
        }
        #expect(tried == ["events", "receipt", "live"])
    }
}
