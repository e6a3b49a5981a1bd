import Telemetry
import Testing

/// The checks of a whole message, CONTRACT 2.
@Suite("Checks of a message")
struct MessageCheckTests {
    static let good = EventText("device.tested").json
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// An event with a member nested so deep, brackets of event and data included.
    private static func nested(_ depth: Int, innermost: String = "[1]") -> String {
        // Event and data are two levels, the innermost container one.
        let open = String(repeating: "[", count: depth - 3)
        let close = String(repeating: "]", count: depth - 3)
        return EventText("device.tested").withMember("extra", open + innermost + close).json
    }

    @Test("white space of RFC 8259 and a leading byte order mark are skipped, nothing else is")
    func leadingBytes() throws {
        #expect(try Decoding.read(" \t\r\n" + Self.good + " \n").get().map(\.reason) == [nil])
        #expect(try Decoding.read(Self.mark + Array(Self.good.utf8)).get().map(\.reason) == [nil])
        #expect(try Decoding.read(Self.mark + Array(" [\(Self.good)]".utf8)).get().map(\.reason) == [nil])
        #expect(Decoding.refusal(Self.mark + Self.mark + Array(Self.good.utf8)) == "not-json")
        #expect(Decoding.refusal(Array(" ".utf8) + Self.mark + Array(Self.good.utf8)) == "not-json")
        #expect(Decoding.refusal("\u{A0}" + Self.good) == "not-json")
        #expect(Decoding.refusal("\u{0B}" + Self.good) == "not-json")
        #expect(Decoding.refusal("\0" + Self.good) == "not-json")
        #expect(Decoding.refusal(Self.good + "\0") == "not-json")
    }

    static let broken = [
        "", " ", "{", "[", "]", "{}{}", "[] []", "[{},]", "{\"a\":1,}", "{'a':1}", "{a:1}", "[01]", "[1.]", "[.5]",
        "[+1]", "[NaN]", "[Infinity]", "[tru]", "[\"a]", "[\"\u{1}\"]", "[\"\\x\"]", "[\"\\u12\"]", "// x\n{}",
        "[00000000000000000000]", "[1234567890123456789012-1]", "[-]",
    ]

    @Test("what is no JSON text is not-json", arguments: broken)
    func notJSON(text: String) {
        #expect(Decoding.refusal(text) == "not-json")
    }

    @Test("sixty-four levels are read, sixty-five are not, however empty the innermost container")
    func depth() throws {
        for innermost in ["[1]", "[]", "{}", "{\"a\":1}"] {
            #expect(try Decoding.read(Self.nested(64, innermost: innermost)).get().map(\.reason) == [nil])
            #expect(Decoding.refusal(Self.nested(65, innermost: innermost)) == "not-json")
            // In a batch the array is a level as well.
            #expect(Decoding.refusal("[\(Self.nested(64, innermost: innermost))]") == "not-json")
            #expect(Decoding.refusal("[\(Self.nested(63, innermost: innermost))]") == nil)
        }
        #expect(Decoding.refusal(String(repeating: "[", count: 100_000)) == "not-json")
        let brackets = EventText("device.tested").withMember("extra", quoted("[", 200) + #","x":"\"[[[""#).json
        #expect(Decoding.refusal(brackets) == nil)
    }

    @Test("depth is counted the same beside a number beyond 64 bits")
    func depthWithWideNumber() {
        for innermost in ["[123456789012345678901234567890]", "[[],123456789012345678901234567890]"] {
            let depth = innermost.hasPrefix("[[") ? 63 : 64
            #expect(Decoding.refusal(Self.nested(depth, innermost: innermost)) == nil)
            #expect(Decoding.refusal(Self.nested(depth + 1, innermost: innermost)) == "not-json")
        }
    }

    static let numbers: [(json: String, isHeld: Bool)] = [
        ("18446744073709551615", true), ("18446744073709551616", true), ("-9223372036854775809", true),
        ("123456789012345678901234567890", true), ("1" + String(repeating: "0", count: 308), true),
        ("1" + String(repeating: "0", count: 309), false), ("1e308", true), ("1.7976931348623157e308", true),
        ("1e309", false), ("1e400", false), ("-1e400", false), ("1E+400", false), ("5e-324", true),
        ("0.00000000000000000000000000000000000001", true),
    ]

    @Test("a number that a double holds is read, however long; one that none holds is not-json", arguments: numbers)
    func number(json: String, isHeld: Bool) throws {
        let observed = EventText("sensor.observed").withMember("value", json).json
        #expect(Decoding.refusal(observed) == (isHeld ? nil : "not-json"))
        #expect(Decoding.refusal("[\(observed),{\"x\":123456789012345678901}]") == (isHeld ? nil : "not-json"))
    }

    @Test("a number beyond 64 bits is out of the range of a small one, and digits in a string stay a string")
    func wideValues() throws {
        let wide = "123456789012345678901234567890"
        let priority = EventText("alarm.raised").withMember("priority", wide)
        #expect(try Decoding.only(priority).reason == "bad:priority")
        let alarm = EventText("alarm.answered").withMember("alarm", "\"\\\"\(wide)\"").withMember("extra", wide)
        #expect(try Decoding.only(alarm).event?.alarm == Array("\"\(wide)".utf8))
    }

    static let surrogates: [(text: String, reason: String?)] = [
        (#""\ud83d\ude00""#, nil), (#""\ud83d""#, "not-json"), (#""\ude00""#, "not-json"),
        (#""\ude00\ud83d""#, "not-json"), (#""\ud83dx""#, "not-json"), (#""\ud83d\ud83d""#, "not-json"),
        (#""\ud83d\n""#, "not-json"), (#""\udfff""#, "not-json"), (#""\uD800""#, "not-json"),
    ]

    @Test("a lone surrogate is not-json, in a value and in a name", arguments: surrogates)
    func surrogate(text: String, reason: String?) {
        #expect(Decoding.refusal(EventText("device.tested").withMember("extra", text).json) == reason)
        #expect(Decoding.refusal("{\(text):1}") == reason)
    }

    static let notUTF8: [[UInt8]] = [
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
    ]

    @Test("bytes that are no UTF-8 are not-utf8, also where they are no JSON either", arguments: notUTF8)
    func utf8(bytes: [UInt8]) {
        #expect(Decoding.refusal(Array("[\"".utf8) + bytes + Array("\"]".utf8)) == "not-utf8")
        #expect(Decoding.refusal(Array("{{{".utf8) + bytes) == "not-utf8")
        #expect(Decoding.refusal(bytes) == "not-utf8")
    }

    static let scalars = ["1", "-2.5", "true", "false", "null", #""text""#, " \"{}\" "]

    @Test("a text that is neither object nor array is not-an-event", arguments: scalars)
    func scalar(text: String) {
        #expect(Decoding.refusal(text) == "not-an-event")
    }

    @Test("five thousand events are read, one more is too-many-events")
    func count() throws {
        let batch = { (count: Int) in "[" + Array(repeating: "{}", count: count).joined(separator: ",") + "]" }
        #expect(try Decoding.read(batch(5000)).get().count == 5000)
        #expect(Decoding.refusal(batch(5001)) == "too-many-events")
        let scalars = "[" + Array(repeating: "0", count: 5001).joined(separator: ",") + "]"
        #expect(Decoding.refusal(scalars) == "too-many-events")
    }

    @Test("an empty array is no event, an empty object one without specversion")
    func empty() throws {
        #expect(try Decoding.read("[]").get() == [])
        #expect(try Decoding.read("{}").get() == [.rejected("missing:specversion", id: nil, sequence: nil)])
    }

    @Test("what is no object in a batch is not-an-event, and harms no neighbour")
    func batch() throws {
        let readings = try Decoding.read("[\(Self.good),7,null,[\(Self.good)],\"x\",\(Self.good)]").get()
        let reasons = [nil, "not-an-event", "not-an-event", "not-an-event", "not-an-event", nil]
        #expect(readings.map(\.reason) == reasons)
    }

    @Test("a decoder reads message after message, whatever the last one was")
    func reuse() throws {
        let decoder = CanonicalDecoder()
        func reasons(_ text: String) -> [String?]? {
            let bytes = Array(text.utf8)
            return bytes.withUnsafeBufferPointer { buffer in
                guard case .success = decoder.open(buffer) else { return nil }
                var reasons: [String?] = []
                while let decoded = decoder.next() { reasons.append(Reading(decoded).reason) }
                return reasons
            }
        }
        let wide = "[\(Self.good),{\"x\":123456789012345678901}]"
        for _ in 0..<3 {
            #expect(reasons("[\(Self.good),\(Self.good)]") == [nil, nil])
            #expect(reasons("[[") == nil)
            #expect(reasons(Self.nested(64, innermost: "[]")) == [nil])
            #expect(reasons(wide) == [nil, "missing:specversion"])
            #expect(reasons("[]") == [])
        }
    }

    @Test("an excerpt is the event's own JSON, cut to 400 bytes")
    func excerpt() throws {
        let decoder = CanonicalDecoder()
        let long = EventText("device.tested").withMember("extra", quoted("x", 500)).json
        let bytes = Array("[ { \"id\" : 1 } , \(long)]".utf8)
        try bytes.withUnsafeBufferPointer { buffer throws in
            let count = try decoder.open(buffer).get()
            #expect(count == 2)
            _ = decoder.next()
            #expect(decoder.excerpt() == Array(#"{"id":1}"#.utf8))
            _ = decoder.next()
            #expect(decoder.excerpt() == Array(long.utf8.prefix(400)))
        }
    }
}
