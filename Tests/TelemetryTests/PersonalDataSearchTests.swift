import Telemetry
import Testing

/// The quick search for long runs of digits against the slow search.
@Suite("The quick search for personal data")
struct PersonalDataSearchTests {
    private static let pieces = [
        "01010010183", "010100 10183", "31129910065", "123456", "123456 12345", "010100", "10183", "0", "7", " ", "  ",
        "a", "ø", "😀", "\"", "\\", "\\\"", "\\\\", "\\u0030", "\\u0031", "\\u0020", "\\u00f8", "\\u0009",
        "\\u00a0", "\\u2013", "\\ud83d\\ude00", "\\u", "\\n", "{", "}", "[", "]", ",", ":", "\"a\":\"", "\",\"", "-",
        "+", "\u{0}",
    ]

    private static func text(_ random: inout Seeded) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...14, using: &random) {
            switch Int.random(in: 0..<8, using: &random) {
            case 0: bytes += escaped(pieces[Int.random(in: 0..<3, using: &random)], &random)
            case 1: bytes.append(UInt8.random(in: 0...255, using: &random))
            default: bytes += Array(pieces.randomElement(using: &random)?.utf8 ?? "".utf8)
            }
        }
        return bytes
    }

    /// The text with some of its characters written as escapes.
    private static func escaped(_ text: String, _ random: inout Seeded) -> [UInt8] {
        text.utf8.flatMap { byte -> [UInt8] in
            guard Bool.random(using: &random) else { return [byte] }
            let digits = String(byte, radix: 16)
            return Array("\\u00\(digits)".utf8)
        }
    }

    @Test("it never says no where masking finds something", arguments: Array(1...20) as [UInt64])
    func neverWrongWhenNo(seed: UInt64) {
        var random = Seeded(seed: seed)
        var found = 0
        var missed: [String] = []
        for _ in 0..<4000 {
            let bytes = Self.text(&random)
            let inPlain = PersonalData.maskPlain(bytes)
            let inJSON = PersonalData.maskJSON(bytes)
            guard inPlain != nil || inJSON != nil else { continue }
            found += 1
            let mayOccur = bytes.withUnsafeBufferPointer(PersonalData.mayOccur)
            if !mayOccur { missed.append(String(decoding: bytes, as: UTF8.self)) }
        }
        #expect(
            missed.isEmpty,
            "\(missed.count) of \(found) missed, the first \((missed.first ?? "").debugDescription)"
        )
        #expect(found > 100)
    }

    static let escapedNeighbours = [
        #"\u0009"#, #"\u00a0"#, #"\u2013"#, #"\u2028"#, #"\ud83d\ude00"#, #"\u0028"#, #"\t"#,
    ]

    @Test("the digits of an escape in front of a number do not hide it", arguments: escapedNeighbours)
    func escapeInFront(escape: String) throws {
        for number in ["01010010183", "010100 10183"] {
            let bytes = Array("[\"\(escape)\(number)\"]".utf8)
            #expect(try #require(PersonalData.maskJSON(bytes)).masked == Array("[\"\(escape)***********\"]".utf8))
            #expect(bytes.withUnsafeBufferPointer(PersonalData.mayOccur))
        }
    }

    @Test("masking leaves nothing to mask and every other byte as it was", arguments: Array(21...30) as [UInt64])
    func idempotent(seed: UInt64) {
        var random = Seeded(seed: seed)
        for _ in 0..<2000 {
            let bytes = Self.text(&random)
            if let masked = PersonalData.maskPlain(bytes) {
                #expect(PersonalData.maskPlain(masked) == nil)
                let stars = masked.count { $0 == UInt8(ascii: "*") } - bytes.count { $0 == UInt8(ascii: "*") }
                #expect(stars > 0 && stars % 11 == 0)
                #expect(masked.filter { $0 > 0x7F } == bytes.filter { $0 > 0x7F })
            }
            if let (masked, _) = PersonalData.maskJSON(bytes) { #expect(PersonalData.maskJSON(masked) == nil) }
        }
    }

    @Test("it finds a number at every place of a text, and says no to plain telemetry")
    func everyPlace() {
        for offset in 0..<30 {
            for number in ["01010010183", "010100 10183"] {
                let text = Array((String(repeating: "x ", count: offset).suffix(offset) + " " + number).utf8)
                #expect(text.withUnsafeBufferPointer(PersonalData.mayOccur))
            }
        }
        let event = EventText("device.tested").with("time", #""2026-10-05T05:41:12.482Z""#).with(
            "sequence",
            #""48213""#
        )
        #expect(!Array(event.json.utf8).withUnsafeBufferPointer(PersonalData.mayOccur))
    }
}
