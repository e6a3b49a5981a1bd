import Foundation
import Ingest
import MQTT
import Store
import Telemetry
import Testing
import Workload

/// Named hostile messages the whole way: masked, folded and answered, each with its reason by CONTRACT 2, and with good
/// neighbours that are not harmed.
@Suite("Hostile input")
struct HostileInputTests {
    private static let good = #"{"specversion":"1.0","id":"e-1","source":"s","type":"no.vaktlast.device.tested","data":{"device":"d-1"}}"#

    /// A good event with further members of `data`.
    private static func event(_ members: String, id: String = "e-1") -> [UInt8] {
        Array(#"{"specversion":"1.0","id":"\#(id)","source":"s","type":"no.vaktlast.device.tested","data":{"device":"d-1",\#(members)}}"#.utf8)
    }

    private static func observed(_ value: String) -> [UInt8] {
        Array(
            #"{"specversion":"1.0","id":"e-1","source":"s","type":"no.vaktlast.sensor.observed","data":{"device":"d-1","property":"p","value":\#(value)}}"#
                .utf8
        )
    }

    private static func nested(_ levels: Int) -> [UInt8] {
        event(#""x":"# + String(repeating: "[", count: levels - 2) + String(repeating: "]", count: levels - 2))
    }

    private static func batch(_ count: Int) -> [UInt8] {
        Array(("[" + (0..<count).map { #"{"id":"e-\#($0)"}"# }.joined(separator: ",") + "]").utf8)
    }

    /// A good event, filled up with white space.
    private static func sized(_ count: Int) -> [UInt8] {
        Array(good.utf8) + [UInt8](repeating: 0x20, count: count - good.utf8.count)
    }

    struct Named: CustomTestStringConvertible, Sendable {
        var name: String
        var payload: [UInt8]
        /// The only reason; nil where all is accepted.
        var reason: String?
        /// Events in the receipt.
        var events = 1
        var testDescription: String { name }
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    static let messages: [Named] = [
        .init(name: "64 levels", payload: nested(64), reason: nil),
        .init(name: "65 levels", payload: nested(65), reason: "not-json"),
        .init(name: "100,000 levels", payload: nested(100_000), reason: "not-json"),
        .init(name: "100,000 opening brackets", payload: [UInt8](repeating: 0x5B, count: 100_000), reason: "not-json"),
        .init(name: "a string that fills the message", payload: event(#""x":"\#(String(repeating: "y", count: 1_048_000))""#), reason: nil),
        .init(name: "a string of 1 MiB", payload: event(#""x":"\#(String(repeating: "y", count: 1_048_576))""#), reason: "too-large"),
        .init(name: "invalid UTF-8 in a value", payload: bytes(#"{"x":""#) + [0xC3, 0x28] + bytes(#""}"#), reason: "not-utf8"),
        .init(name: "invalid UTF-8 in a name", payload: bytes(#"{""#) + [0xFF] + bytes(#"":1}"#), reason: "not-utf8"),
        .init(name: "a slash in two bytes", payload: bytes(#"["#) + [0x22, 0xC0, 0xAF, 0x22, 0x5D], reason: "not-utf8"),
        .init(name: "a NUL in two bytes", payload: [0x5B, 0x22, 0xC0, 0x80, 0x22, 0x5D], reason: "not-utf8"),
        .init(name: "a surrogate in UTF-8", payload: [0x5B, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x5D], reason: "not-utf8"),
        .init(name: "a raw NUL in a string", payload: bytes("[\"a\0b\"]"), reason: "not-json"),
        .init(name: "an escaped NUL in an id", payload: bytes(good.replacing("e-1", with: #"e\u0000"#)), reason: "bad:id"),
        .init(name: "an escaped NUL beside the contract's members", payload: event(#""x":"\u0000""#), reason: nil),
        .init(name: "1e400", payload: observed("1e400"), reason: "not-json"),
        .init(name: "-1e400", payload: observed("-1e400"), reason: "not-json"),
        .init(name: "1e-400", payload: observed("1e-400"), reason: nil),
        .init(name: "-0", payload: observed("-0"), reason: nil),
        .init(name: "thirty digits", payload: observed("123456789012345678901234567890"), reason: nil),
        .init(name: "a thousand digits", payload: observed(String(repeating: "9", count: 1000)), reason: "not-json"),
        .init(name: "a thousand decimals", payload: observed("0." + String(repeating: "9", count: 1000)), reason: nil),
        .init(name: "a mark in front", payload: [0xEF, 0xBB, 0xBF] + bytes(good), reason: nil),
        .init(name: "two marks in front", payload: [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF] + bytes(good), reason: "not-json"),
        .init(name: "UTF-16", payload: good.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, reason: "not-json"),
        .init(name: "a lone high surrogate", payload: event(#""x":"\ud800""#), reason: "not-json"),
        .init(name: "a lone low surrogate", payload: event(#""x":"\udc00""#), reason: "not-json"),
        .init(name: "surrogates the wrong way round", payload: event(#""x":"\ude00\ud83d""#), reason: "not-json"),
        .init(name: "a second event behind the first", payload: bytes(good + good), reason: "not-json"),
        .init(name: "a NUL behind the event", payload: bytes(good + "\0"), reason: "not-json"),
        .init(name: "nothing", payload: [], reason: "not-json"),
        .init(name: "an empty array", payload: bytes("[]"), reason: nil, events: 0),
        .init(name: "an empty object", payload: bytes("{}"), reason: "missing:specversion"),
        .init(name: "a number", payload: bytes("0"), reason: "not-an-event"),
        .init(name: "5,000 events", payload: batch(5000), reason: "missing:specversion", events: 5000),
        .init(name: "5,001 events", payload: batch(5001), reason: "too-many-events"),
        .init(name: "1,048,576 bytes", payload: sized(1_048_576), reason: nil),
        .init(name: "1,048,577 bytes", payload: sized(1_048_577), reason: "too-large"),
        .init(name: "gzip's magic alone", payload: [0x1F, 0x8B], reason: "bad-compression"),
        .init(name: "zstd's magic alone", payload: [0x28, 0xB5, 0x2F, 0xFD], reason: "bad-compression"),
        // Of repeated names the last counts, at every level.
        .init(name: "an id repeated, the last good", payload: bytes(good.replacing(#""id":"e-1""#, with: #""id":7,"id":"e-1""#)), reason: nil),
        .init(name: "an id repeated, the last bad", payload: bytes(good.replacing(#""id":"e-1""#, with: #""id":"e-1","id":7"#)), reason: "bad:id"),
        .init(name: "an id repeated, the last null", payload: bytes(good.replacing(#""id":"e-1""#, with: #""id":"e-1","id":null"#)), reason: "missing:id"),
        .init(name: "data repeated, the last without a device", payload: bytes(good.dropLast() + #","data":{}}"#), reason: "missing:device"),
        .init(name: "a device repeated, the last bad", payload: event(#""device":"å""#), reason: "bad:device"),
        .init(name: "a device repeated, the last good", payload: bytes(good.replacing(#""device""#, with: #""device":[{}],"device""#)), reason: nil),
    ]

    private struct Receipt: Decodable {
        struct Rejected: Decodable { var index: Int, reason: String }
        var events: Int, accepted: Int, duplicates: Int
        var rejected: [Rejected]
    }

    private static func receipt(_ folding: Folding, _ payload: [UInt8], position: Int64) throws -> Receipt {
        let inbound = InboundMessage(topic: "vaktlast/v1/3407/a/alarm", payload: payload, isRetained: false)
        var message = try #require(Intake().prepare(inbound, received: 1_791_180_000_000))
        message.position = position
        let receipt = try #require(folding.fold(message))
        return try JSONDecoder().decode(Receipt.self, from: Data(receipt.payload))
    }

    private static func folding() -> Folding { Folding(setup: .init(plan: ZonePlan(municipalities: [])), hashKey: 1) }

    @Test("a named hostile message is refused for the contract's reason or read, and the next message is read", arguments: messages)
    func named(message: Named) throws {
        let folding = Self.folding()
        let receipt = try Self.receipt(folding, message.payload, position: 1)
        #expect(receipt.events == message.events)
        #expect(receipt.accepted + receipt.duplicates + receipt.rejected.count == receipt.events)
        #expect(Set(receipt.rejected.map(\.reason)) == (message.reason.map { [$0] } ?? []))
        #expect(receipt.rejected.count == (message.reason == nil ? 0 : message.events))
        let next = try Self.receipt(folding, Self.event(#""x":1"#, id: "next"), position: 2)
        #expect(next.accepted == 1)
    }

    @Test("topics with NUL bytes, invalid UTF-8, endless levels or a million characters are bad or ignored; answers on them are not sent")
    func topics() throws {
        let root = "vaktlast/v1/3407/a"
        #expect(Topic.read("vaktlast/v1/34\u{0}7/a/alarm") == .bad)
        #expect(Topic.read("vaktlast/v1/3407/a\u{0}/alarm") == .bad)
        #expect(Topic.read("vaktlast/v1/3407/\(String(decoding: [0xFF, 0x61], as: UTF8.self))/alarm") == .bad)
        #expect(Topic.read("vaktlast/v1/３４０７/a/alarm") == .bad)
        #expect(Topic.read("\(root)/alarm\u{0}") == .ignored)
        #expect(Topic.read("\(root)/alarm/") == .ignored)
        #expect(Topic.read(String(repeating: "/", count: 65_535)) == .ignored)
        #expect(Topic.read("vaktlast/v1/" + String(repeating: "3", count: 1_000_000) + "/a/alarm") == .bad)
        guard case .topic(let topic) = Topic.read("\(root)/alarm") else { throw CocoaError(.coderReadCorrupt) }
        for answer in ["\(root)/x\u{0}", "\(root)/#", "\(root)/+/x", "\(root)/" + String(repeating: "x", count: 65_535), "\(root)2/x", root] {
            #expect(!topic.allowsResponse(on: answer))
        }
    }
}
