import Foundation
import SchemaValidator
import Telemetry
import Testing

/// `docs/schemas/event.schema.json` and `message.schema.json` held against the decoder, both ways.
@Suite("The schemas of events and messages")
struct EventSchemaTests {
    private static let files = ["docs/schemas/event.schema.json", "docs/schemas/message.schema.json"]
    private static let validator = SchemaValidator(files)
    /// AsyncAPI's own tools know this draft and no later one.
    private static let draft07 = SchemaValidator(files, readAs: "http://json-schema.org/draft-07/schema#")

    /// Whether the decoder takes all events of a message.
    private static func takes(_ message: String) -> Bool {
        guard case .success(let readings) = Decoding.read(message) else { return false }
        return readings.allSatisfy { $0.reason == nil }
    }

    /// The decoder must say of each document what the schema says; returns how many both take.
    private func compare(_ schema: String, _ documents: [String], by validator: SchemaValidator = validator) throws -> Int {
        let problems = try validator.problems(schema, documents)
        var taken = 0
        for (document, problem) in zip(documents, problems) {
            let isTaken = Self.takes(document)
            taken += isTaken ? 1 : 0
            guard isTaken != (problem == nil) else { continue }
            Issue.record("the schema says «\(problem ?? "valid")» and the decoder \(isTaken ? "takes" : "refuses") \(document.prefix(500))")
        }
        return taken
    }

    // MARK: - What is generated

    /// The optional members of each type, beside device and zone, with good values.
    private static let optionalMembers: [String: [(String, [String])]] = [
        "alarm.raised": [("priority", ["0", "9", "2.0"]), ("test", ["true", "false"])], "alarm.answered": [("voice", ["true", "false"])],
        "alarm.dispatched": [("respondingZone", [#""biri""#])], "alarm.accepted": [("responders", ["1", "9.0"])],
        "alarm.closed": [("cause", [#""fall""#, #""other-care""#])], "sensor.observed": [("unit", [#""""#, #""°C""#])],
        "device.heartbeat": [("battery", ["0", "57.5", "100"]), ("signal", ["-71.5"])],
    ]
    private static let attributes = ["specversion", "id", "source", "type", "time", "subject", "sequence", "data", "data_base64", "datacontenttype"]
    private static let members = [
        "device", "alarm", "kind", "priority", "test", "voice", "respondingZone", "responders", "outcome", "cause", "property", "value", "unit",
        "technology", "result", "battery", "signal", "fault", "zone", "other",
    ]

    /// Every shape of JSON, numbers at limits, lengths at limits in characters, control characters.
    private static let values: [String] =
        [
            "null", "true", "false", "0", "-0", "-0.0", "1", "2.0", "0.2e1", "2.5", "9", "9.0", "10", "-1", "100", "100.0", "100.5", "100.1", "-0.1", "1e300",
            "1e-400",
            "9007199254740993", "18446744073709551616", "123456789012345678901234567890", "{}", "[]", "[1]", #"["x"]"#, #"{"device":"d-1"}"#, #""""#, #"" ""#,
            #""x""#,
            #""1.0""#, #""1.1""#, #""1\u002e0""#, #""true""#, #""2""#, #""d 1""#, #""d/1""#, #""Az09._:-""#, #""dør""#, #""a\n""#, #""d-1\n""#, #""12\n""#,
            #""a\u0000b""#, #""a\u001f""#, #""\tb""#, #""a\u007fb""#, #""a\u0085b""#, #""a\u009f""#, #""a\u00a0b""#, #""a\u2028b""#, #""e\u0301""#,
            #""\ud83d\ude00""#,
            #""١""#, #""0""#, #""42""#, #""-1""#, #""+1""#, #""1.0e1""#, #""000000000000000007""#, #""999999999999999999""#, #""1000000000000000000""#,
            #""manual""#, #""Manual""#, #""manual ""#, #""visited""#, #""fall""#, #""tamper""#, #""location""#, #""done""#, #""biri""#, #""no such zone""#,
        ] + [31, 32, 33, 63, 64, 65].flatMap { [quoted("x", $0), quoted("ø", $0)] } + [64, 65].map { quoted("😀", $0) }
        + [32, 33].map { quoted("e\u{301}", $0) }

    private static let ids = [127, 128, 129].map { quoted("x", $0) } + [quoted("😀", 32), quoted("ø", 129)]

    /// No schema counts bytes: an id that fits in characters and not in bytes is left out, and named in `beyond`.
    private static func isBeyond(_ name: String, _ value: String?) -> Bool {
        guard name == "id", let value else { return false }
        return value.unicodeScalars.count <= 130 && value.utf8.count > 130
    }

    private static let times: [String] = {
        let texts =
            TimestampTests.good.map(\.text) + TimestampTests.bad.filter { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } } + [
                "2026-10-05T05:41:12Z", "2026-10-05T05:41:12.Z", "2026-10-05T05:41:12+14:00", "2026-10-05T05:41:12-23:59", "2026-10-05T05:41:12+1:00",
                "2026-10-05T5:41:12Z",
                "2023-02-29T00:00:00Z", "2024-02-29T00:00:00Z", "2024-02-30T00:00:00Z", "2100-02-29T00:00:00Z", "2400-02-29T00:00:00Z", "2026-06-31T00:00:00Z",
                "2026-09-30T00:00:00Z", "2026-09-31T00:00:00Z", "2026-11-31T00:00:00Z", "2026-12-31T23:59:59Z", "2026-01-32T00:00:00Z", "-2026-10-05T05:41:12Z",
                "2026-10-05T05:41:12z", "2026-10-05t05:41:12.1Z", "2026-10-05T05:41:12 Z", "2026-10-05T05:41:60.5+02:00", "2026-10-05T05:41:12.482Z\\n",
                "\\n2026-10-05T05:41:12Z",
                "2026-10-05T05:41:12+02:00:00", "Mon, 05 Oct 2026 05:41:12 GMT", "1791178872", "2026-10-05T05:41:1\u{0662}Z",
            ]
        return texts.map { "\"\($0)\"" } + [#""2026-10-05T05:41:12Z\u0000""#]
    }()

    private static let types: [String] =
        EventType.allCases.map { "\"no.vaktlast.\($0.word)\"" } + [
            #""no.vaktlast.""#, #""alarm.raised""#, #""no.vaktlast.alarm.exploded""#, #""No.vaktlast.alarm.raised""#, #""no.vaktlast.alarm.raised ""#,
            #""no.vaktlast.alarm.raised\n""#, "1", "null",
        ]

    /// A type with every optional member it may have.
    private static func full(_ type: String) -> EventText {
        let event = EventText(type).with("time", #""2026-10-05T05:41:12.482Z""#).with("subject", #""s-1""#).with("sequence", #""4711""#)
            .withMember("device", #""d-1""#).withMember("zone", #""biri""#)
        return (optionalMembers[type] ?? []).reduce(event) { $0.withMember($1.0, $1.1[0]) }
    }

    private static func generated() -> [String] {
        var documents = values
        for type in EventType.allCases.map(\.word) {
            let (bare, full) = (EventText(type), Self.full(type))
            documents += [bare.json, full.json]
            for (name, good) in optionalMembers[type] ?? [] { documents += good.map { bare.withMember(name, $0).json } }
            for name in attributes.dropLast(2) {
                documents += [(name == "data" ? full.with("no-data", "1") : full.with(name, nil)).json, full.with(name, "null").json]
            }
            let own = Set((EventText.goodMembers[type] ?? []).map(\.0) + (optionalMembers[type] ?? []).map(\.0) + ["device", "zone"])
            for name in members {
                documents += [nil, "null"].map { full.withMember(name, $0).json }
                documents += (own.contains(name) ? values : ["7", "{}", #""""#]).map { bare.withMember(name, $0).json }
            }
            // The device's three places.
            for subject in [nil, "null", #""s-1""#, #""room 4""#, #""s-1\n""#, quoted("s", 64), quoted("s", 65), "7"] {
                for device in [nil, "null", #""d-1""#, #""d 1""#] { documents.append(bare.with("subject", subject).withMember("device", device).json) }
            }
        }
        let words =
            MemberRuleTests.words + [("device.restored", "fault", Fault.allCases.map(\.rawValue)), ("assist.performed", "result", ["done", "follow-up"])]
        for (type, name, words) in words {
            for word in words { documents += [word, "\(word)x", word.uppercased()].map { EventText(type).withMember(name, "\"\($0)\"").json } }
        }
        for type in ["alarm.raised", "alarm.closed", "device.heartbeat"] {
            for name in attributes { documents += values.filter { !isBeyond(name, $0) }.map { EventText(type).with(name, $0).json } }
            documents += ids.map { EventText(type).with("id", $0).json } + times.map { EventText(type).with("time", $0).json }
            documents += types.map { EventText(type).with("type", $0).json }
        }
        return documents
    }

    private static func random(_ seed: UInt64, count: Int) -> [String] {
        var random = Seeded(seed: seed)
        return (0..<count).map { _ in
            let type = EventType.allCases.randomElement(using: &random)?.word ?? ""
            var event = Bool.random(using: &random) ? EventText(type) : full(type)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let value = values.randomElement(using: &random)
                if Int.random(in: 0..<6, using: &random) == 0 {
                    event = event.with("type", types.randomElement(using: &random))
                } else if Int.random(in: 0..<4, using: &random) == 0 {
                    let name = attributes.randomElement(using: &random) ?? ""
                    if !isBeyond(name, value) { event = event.with(name, value) }
                } else {
                    event = event.withMember(members.randomElement(using: &random) ?? "", value)
                }
            }
            return event.json
        }
    }

    // MARK: - The tests

    @Test("an event is valid where the decoder takes it: every type, every member, systematically broken")
    func systematic() throws {
        // Bare values are messages of another kind to the decoder, and no events to the schema.
        let documents = Self.generated().filter { !$0.hasPrefix("[") }
        let taken = try compare("event.schema.json", documents)
        #expect(taken > 1000 && documents.count - taken > 1000, "\(taken) of \(documents.count)")
    }

    @Test("… and with several things wrong at once", arguments: [1, 2] as [UInt64])
    func several(seed: UInt64) throws {
        let documents = Self.random(seed, count: 3000)
        let taken = try compare("event.schema.json", documents)
        #expect(taken > 100 && documents.count - taken > 1000, "\(taken) of \(documents.count)")
    }

    @Test("… and read as draft-07, as the AsyncAPI description has it, batches too")
    func draft07() throws {
        let documents = Self.random(3, count: 1500)
        let messages = stride(from: 0, to: documents.count - 1, by: 2).map { "[\(documents[$0]),\(documents[$0 + 1])]" }
        #expect(try compare("message.schema.json", documents + messages, by: Self.draft07) > 50)
    }

    @Test("a message is valid where the decoder takes all its events, up to 5,000 of them")
    func messages() throws {
        let (good, other, bad) = (EventText("device.heartbeat").json, Self.full("alarm.raised").json, EventText("alarm.closed").withMember("outcome", nil).json)
        var documents = [
            "[]", "[\(good)]", "[\(good),\(other)]", "[\(good),\(bad)]", "[\(bad)]", "[7]", "[[\(good)]]", "[null]", "[{}]", good, bad, "7", "null", "{}",
            #""x""#,
        ]
        documents += [5000, 5001].map { "[\(Array(repeating: good, count: $0).joined(separator: ","))]" }
        #expect(try compare("message.schema.json", documents) == 5)
    }

    @Test("the examples in the schema are valid events")
    func examples() throws {
        let file = URL(fileURLWithPath: "\(SchemaValidator.root)/docs/schemas/event.schema.json")
        let schema = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        let examples = try #require(schema["examples"] as? [Any]).map { String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) }
        #expect(try examples.count == 3 && compare("event.schema.json", examples) == 3)
    }

    /// What no schema can say: valid, and refused all the same. Each has its word in the schema's comment.
    private static let beyond: [(word: String, json: String, reason: String)] = [
        ("id-bytes", EventText("alarm.raised").with("id", quoted("ø", 65)).json, "bad:id"),
        ("not-json", EventText("sensor.observed").withMember("value", "1e400").json, "not-json"),
        ("not-json", EventText("device.tested").with("other", #""\ud800""#).json, "not-json"),
        ("not-json", EventText("device.tested").with("other", String(repeating: "[", count: 64) + String(repeating: "]", count: 64)).json, "not-json"),
    ]

    @Test("what it cannot say is named in its comment, and refused by the decoder")
    func beyondSchema() throws {
        let text = try String(contentsOfFile: "\(SchemaValidator.root)/docs/schemas/event.schema.json", encoding: .utf8)
        let comment = try #require(text.split(separator: "\n").first { $0.contains("\"$comment\"") })
        #expect(try Self.validator.problems("event.schema.json", Self.beyond.map(\.json)) == [nil, nil, nil, nil])
        for (word, json, reason) in Self.beyond {
            #expect(comment.contains("\(word):"))
            switch Decoding.read(json) {
            case .success(let readings): #expect(readings.first?.reason == reason, "\(json)")
            case .failure(let refusal): #expect(refusal.reason.word == reason, "\(json)")
            }
        }
        // The gate finds it before the decoder reads: no schema knows control digits.
        let personal = EventText("sensor.observed").withMember("value", #""01017000027""#).json
        #expect(try comment.contains("personal-data:") && Self.validator.problems("event.schema.json", [personal]) == [nil])
        #expect(PersonalData.maskJSON(Array(personal.utf8))?.events == [0])
    }
}
