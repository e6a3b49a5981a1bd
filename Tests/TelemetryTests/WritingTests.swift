import Foundation
import Telemetry
import Testing

@Suite("Texts, digests and JSON")
struct WritingTests {
    @Test("SHA-256 of the vectors of FIPS 180-4")
    func digest() {
        #expect(Digest.sha256([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            Digest.sha256(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(
            Digest.sha256(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
                == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        )
    }

    @Test("members come in the order they are given, with commas between them and nowhere else")
    func order() {
        var json = JSONText()
        json.object { json in
            json.member("b", Int64(-3))
            json.member("a", Optional<Int64>.none)
            json.object("o") { _ in }
            json.array("n", [1, 2] as [Int64]) { json, number in json.object { $0.member("i", number) } }
            json.array("e", [] as [String]) { json, text in json.value(text) }
            json.array("t", ["x", nil, "y"]) { json, text in json.value(text) }
            json.member("f", true)
            json.member("d", 0.5)
            json.member("u", Double.nan)
            json.member("v", -Double.infinity)
            json.member("z", Optional<Bool>.none)
        }
        let expected =
            #"{"b":-3,"a":null,"o":{},"n":[{"i":1},{"i":2}],"e":[],"t":["x",null,"y"],"f":true,"d":0.5,"u":null,"#
            + #""v":null,"z":null}"#
        #expect(String(decoding: json.bytes, as: UTF8.self) == expected)
    }

    static let quotedTexts: [(text: String, json: String)] = [
        ("", #""""#), ("plain", #""plain""#), ("\"", #""\"""#), ("\\", #""\\""#), ("a/b", #""a/b""#),
        ("\n", #""\u000a""#), ("\u{0}", #""\u0000""#), ("\u{1F}", #""\u001f""#), ("\u{7F}", "\"\u{7F}\""),
        ("ærlig 😀", "\"ærlig 😀\""), ("\u{2028}", "\"\u{2028}\""), ("e\u{301}", "\"e\u{301}\""),
    ]

    @Test("a string is quoted and escaped as little as RFC 8259 allows", arguments: quotedTexts)
    func quote(text: String, json: String) {
        var written = JSONText()
        written.value(text)
        #expect(written.bytes == Array(json.utf8))
    }

    @Test("what is written, Foundation reads back bytewise", arguments: [1, 2, 3] as [UInt64])
    func roundtrip(seed: UInt64) throws {
        var random = Seeded(seed: seed)
        for _ in 0..<300 {
            let scalars = (0..<20).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...(Bool.random(using: &random) ? 0x80 : 0xFFFF), using: &random))
            }
            let text = String(String.UnicodeScalarView(scalars))
            var json = JSONText()
            json.object { $0.member(text, text) }
            let read = try #require(try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: String])
            let (name, value) = try #require(read.first)
            #expect(Array(name.utf8) == Array(text.utf8))
            #expect(Array(value.utf8) == Array(text.utf8))
        }
    }

    static let pairs: [(left: String, right: String, isLess: Bool)] = [
        ("a", "b", true), ("b", "a", false), ("a", "a", false), ("a", "aa", true), ("", "a", true), ("aa", "b", true),
        ("Z", "a", true), ("z", "ø", true), ("10", "9", true),
        // The same to Swift's String, but other bytes.
        ("e\u{301}", "\u{E9}", true), ("\u{E9}", "e\u{301}", false),
        // Bytewise order of UTF-8 is the order of scalars, not of UTF-16.
        ("\u{FFFD}", "\u{10000}", true),
    ]

    @Test("texts are compared byte for byte", arguments: pairs)
    func compare(left: String, right: String, isLess: Bool) {
        left.withText { left in
            right.withText { right in
                #expect((left < right) == isLess)
                #expect((left == right) == (left.bytes == right.bytes))
            }
        }
    }

    @Test("texts that Swift calls equal are not")
    func notCanonical() {
        #expect("e\u{301}" == "\u{E9}")
        #expect(!"e\u{301}".withText { left in "\u{E9}".withText { left == $0 } })
    }
}
