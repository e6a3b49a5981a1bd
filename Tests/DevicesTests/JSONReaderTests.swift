import Devices
import Testing

@Suite("JSON of devices")
struct JSONReaderTests {
    private static let broken = [
        "", " ", "{", "}", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "01", "1.", ".5", "1e", "1e999", "-", "+1", "NaN", "Infinity", "nul", "tru",
        "truex", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\u{1}\"", "{} {}", "[1 2]", "'a'", "\u{FEFF}",
        String(repeating: "[", count: 65) + String(repeating: "]", count: 65), String(repeating: "{\"a\":", count: 100_000),
    ]

    @Test("what is none is told from what is", arguments: broken)
    func bad(text: String) { #expect(JSONValue.read(Array(text.utf8)) == nil) }

    private static let whole: [(text: String, value: JSONValue)] = [
        ("1", .number(1)), ("-0.5e-3", .number(-0.0005)), ("9007199254740993", .number(9_007_199_254_740_992)),
        ("123456789012345678901234567890", .number(1.2345678901234568e29)), ("\"\\u00e6\\ud83d\\ude00\\n\"", .text("æ😀\n")),
        (" [ true , false , null ] ", .array([.flag(true), .flag(false), .null])), ("\u{FEFF}{}", .object([])),
        ("{\"a\":1,\"a\":2}", .object([("a", .number(2))])), ("\"\u{0}\"".replacing("\u{0}", with: "\\u0000"), .text("\u{0}")),
        (String(repeating: "[", count: 64) + String(repeating: "]", count: 64), JSONReaderTests.nested(64)),
    ]

    private static func nested(_ depth: Int) -> JSONValue { depth == 0 ? .array([]) : (1..<depth).reduce(.array([])) { value, _ in .array([value]) } }

    @Test("what is one is read", arguments: whole)
    func good(text: String, value: JSONValue) { #expect(JSONValue.read(Array(text.utf8)) == value) }

    @Test("bytes that are no UTF-8 are no JSON")
    func notUTF8() {
        #expect(JSONValue.read([0x22, 0xFF, 0x22]) == nil)
        #expect(JSONValue.read([0x22, 0xC0, 0x80, 0x22]) == nil)
    }

    @Test("what is written is read the same")
    func writing() {
        let value = JSONValue.object([("æ\"\\\u{1F}", .array([.number(1.5), .number(-3), .flag(true), .null])), ("b", .text("\n"))])
        #expect(JSONValue.read(Array(value.json.utf8)) == value)
    }
}
