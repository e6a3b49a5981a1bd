import Telemetry
import Testing

/// National identity numbers, CONTRACT 2. All numbers here are made up by rule; the last three of `good` are
/// examples that the Norwegian tax administration publishes.
@Suite("Personal data")
struct PersonalDataTests {
    static let good = [
        // Born numbers, with the first and last day and month.
        "01010010183", "31129910065", "31123010038", "29020010027", "31020010005",
        // D-numbers: day + 40.
        "41010010096", "71019910010", "41016610060",
        // H-numbers: month + 40.
        "01410010085", "01529910025",
        // Synthetic: month + 65 and month + 80.
        "01660010021", "01770010140", "01810010068", "01929910008",
        "13097248022", "53097248016", "13527248013",
    ]

    static let wrongDate = [
        "00010010063", "32010010054", "40010010057", "72010010048", "99010010043", "01000010002", "01130010020",
        "01400010095", "01530010003", "01650010031", "01780010130", "01800010078", "01930010096", "01990010036",
    ]

    private func plain(_ text: String) -> String? {
        PersonalData.maskPlain(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    private func json(_ text: String) -> (masked: String, events: [Int])? {
        PersonalData.maskJSON(Array(text.utf8)).map { (String(decoding: $0.masked, as: UTF8.self), $0.events) }
    }

    private func mayOccur(_ text: String) -> Bool { Array(text.utf8).withUnsafeBufferPointer(PersonalData.mayOccur) }

    @Test("a valid number is found, in one piece and as six, a space and five", arguments: good)
    func found(number: String) {
        #expect(plain("x \(number), y") == "x ***********, y")
        #expect(json("[\"\(number)\"]")?.masked == "[\"***********\"]")
        let split = "\(number.prefix(6)) \(number.suffix(5))"
        #expect(plain(split) == "***********")
        #expect(json("{\"a\":\"nr \(split).\"}")?.masked == "{\"a\":\"nr ***********.\"}")
        #expect(mayOccur(number) && mayOccur(split))
    }

    @Test("right control digits do not make a number of what is no date", arguments: wrongDate)
    func noDate(number: String) {
        #expect(plain(number) == nil)
        #expect(json("[\"\(number)\"]") == nil)
    }

    @Test("a wrong digit anywhere makes it no number", arguments: good.prefix(4))
    func wrongDigit(number: String) {
        // Both control digits weigh every place but their own, so no single change keeps both.
        let digits = Array(number.utf8)
        for place in digits.indices {
            var other = digits
            other[place] = other[place] == UInt8(ascii: "9") ? UInt8(ascii: "0") : other[place] + 1
            #expect(PersonalData.maskPlain(other) == nil, "place \(place)")
        }
    }

    static let neighbours: [(before: String, after: String, isFound: Bool)] = [
        ("", "", true), (" ", " ", true), ("-", "-", true), ("_", "_", true), (":", "/", true), ("«", "»", true),
        ("a", "", false), ("", "a", false), ("Z", "", false), ("", "Z", false), ("1", "", false), ("", "1", false),
        ("ø", "", false), ("", "ø", false), ("ж", "", false), ("", "ж", false), ("漢", "", false), ("", "漢", false),
        // A decimal digit and a letter beyond the first plane.
        ("٣", "", false), ("", "٣", false), ("𝔞", "", false), ("", "𝔞", false), ("😀", "😀", true),
        ("\u{A0}", "\u{A0}", true), ("\u{2013}", "\u{2013}", true),
    ]

    @Test("a run next to a letter or a digit is none, of whatever script", arguments: neighbours)
    func neighbour(before: String, after: String, isFound: Bool) {
        for number in ["01010010183", "010100 10183"] {
            let expected = isFound ? "\(before)***********\(after)" : nil
            #expect(plain(before + number + after) == expected)
            #expect(json("[\"\(before)\(number)\(after)\"]")?.masked == expected.map { "[\"\($0)\"]" })
        }
    }

    static let shapes = [
        "0101001018", "010100101834", "010100  10183", "010100\t10183", "010100\u{A0}10183", "01010 010183",
        "0101001 0183", "010100-10183", "010 100 10183", "010100 101834", "0101001018 3", "1010100 10183",
        "0 1 0 1 0 0 1 0 1 8 3", "", "010100 1018",
    ]

    @Test("other ways to group eleven digits are no run", arguments: shapes)
    func shape(text: String) {
        #expect(plain(text) == nil)
        #expect(json("[\"\(text)\"]".replacing("\t", with: "\\t")) == nil)
    }

    @Test("runs beside each other are each found")
    func several() {
        #expect(plain("01010010183 31129910065,010100 10183") == "*********** ***********,***********")
        // Six digits and a space in front of a run belong to no other.
        #expect(plain("123456 01010010183") == "123456 ***********")
        #expect(plain("123456 010100 10183") == "123456 ***********")
        #expect(plain("01010010183 12345") == "*********** 12345")
    }

    static let escapes = [
        #"\u00301010010183"#, #"0101001018\u0033"#,
        #"\u0030\u0031\u0030\u0031\u0030\u0030\u0031\u0030\u0031\u0038\u0033"#,
        #"010100\u002010183"#, #"01010\u0030 10183"#, #"\u00301010\u0030\u002010183"#,
    ]

    @Test("escapes hide no digit and no space", arguments: escapes)
    func escape(text: String) throws {
        let masked = try #require(json(#"{"data":{"x":"\#(text)"}}"#))
        #expect(masked.masked == #"{"data":{"x":"***********"}}"#)
        #expect(masked.events == [0])
        #expect(mayOccur(#"["\#(text)"]"#))
    }

    static let notEscapes: [(text: String, masked: String?)] = [
        // An escaped backslash is no escape of what follows, whose u is a letter beside nothing but digits.
        (#"\\u00301010010183"#, nil),
        // Escaped letters and digits are neighbours as well.
        (#"\u006101010010183"#, nil), (#"01010010183\u00f8"#, nil), (#"\u003101010010183"#, nil),
        (#"\ud835\udd1e01010010183"#, nil), (#"\ud83d\ude0001010010183"#, #"\ud83d\ude00***********"#),
        // The n of a line feed is no letter.
        (#"\n01010010183\n"#, #"\n***********\n"#), (#"\"01010010183\""#, #"\"***********\""#),
        (#"\/01010010183"#, #"\/***********"#), (#"010100\n10183"#, nil),
    ]

    @Test("an escape counts as the character that it writes", arguments: notEscapes)
    func escapedNeighbour(text: String, masked: String?) {
        #expect(json("[\"\(text)\"]")?.masked == masked.map { "[\"\($0)\"]" })
    }

    @Test("digits outside strings are numbers and stay, names are masked but not counted")
    func values() throws {
        #expect(json("[01010010183]") == nil)
        #expect(json(#"{"a":01010010183,"b":"x"}"#) == nil)
        let names = try #require(json(#"{"01010010183":1,"b": {"01010010183" : []}}"#))
        #expect(names.masked == #"{"***********":1,"b": {"***********" : []}}"#)
        #expect(names.events.isEmpty)
        let both = try #require(json(#"{"01010010183":"01010010183"}"#))
        #expect(both.masked == #"{"***********":"***********"}"#)
        #expect(both.events == [0])
    }

    @Test("events of a batch that hold a number are told by their indexes, once each")
    func batch() throws {
        let number = "\"01010010183\""
        let text =
            "[{},{\"a\":[1,2,{\"b\":\(number)}],\"c\":\(number)},[\"x\",{},[]],\(number),{\"d\":\"[,\"},{\"e\":\(number)}]"
        let masked = try #require(json(text))
        #expect(masked.events == [1, 3, 5])
        #expect(!masked.masked.contains("0101001"))
        #expect(try #require(json("  {\"a\":[1,2,3,\(number)]}")).events == [0])
    }

    @Test("broken JSON is read as far as it goes")
    func broken() throws {
        #expect(json("[\"01010010183")?.masked == "[\"***********")
        #expect(json("{\"a\":\"01010010183\\")?.masked == "{\"a\":\"***********\\")
        #expect(json("]]]{{{,,,\"01010010183\"")?.masked == "]]]{{{,,,\"***********\"")
        let bytes: [UInt8] = [0xFF] + Array("01010010183".utf8) + [0xC3]
        #expect(PersonalData.maskPlain(bytes) == [0xFF] + PersonalData.mask + [0xC3])
    }
}
