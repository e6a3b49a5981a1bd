import Ingest
import MQTT
import Store
import Telemetry
import Testing

@Suite("What the journal is given")
struct IntakeTests {
    /// One gzip member with a file name and one stored block.
    private func gzip(_ content: [UInt8], name: String) -> [UInt8] {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in content {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        func little(_ number: UInt32, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
        let size = UInt32(content.count)
        return [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3] + Array(name.utf8) + [0, 1] + little(size, 2) + little(~size, 2) + content
            + little(~crc, 4) + little(size, 4)
    }

    private func prepared(_ payload: [UInt8]) throws -> JournalMessage {
        let message = InboundMessage(
            topic: "vaktlast/v1/3407/a/alarm",
            payload: payload,
            isRetained: false,
            responseTopic: nil,
            correlation: nil
        )
        return try #require(Intake().prepare(message, received: 0))
    }

    @Test("a national identity number in the file name that gzip keeps: the events are kept without the wrapping")
    func numberInWrapping() throws {
        let event = Array(#"{"specversion":"1.0","id":"e","source":"s"}"#.utf8)
        let plain = gzip(event, name: "events.json")
        #expect(try prepared(plain).payload == plain)
        let message = try prepared(gzip(event, name: "15068010419.json"))
        #expect(message.payload == event)
        #expect(message.form == (try prepared(event)).form)
        #expect(message.personal.isEmpty)
        let both = Array(#"{"id":"15068010419"}"#.utf8)
        #expect(try prepared(gzip(both, name: "15068010419.json")).payload == Array(#"{"id":"***********"}"#.utf8))
    }

    @Test("a number in what is packed twice or deeper is not kept, and the message is refused as it would have been")
    func numberDeeper() throws {
        let number = Array(#"{"a":"15068010419"}"#.utf8)
        var packed = gzip(number, name: "e")
        for _ in 0..<6 {
            packed = gzip(packed, name: "e")
            let message = try prepared(packed)
            #expect(message.payload.firstRange(of: Array("15068010419".utf8)) == nil && message.original != nil)
            #expect(message.payload.withUnsafeBufferPointer { CanonicalDecoder().open($0) } == .failure(.init(.notUTF8)))
        }
        let harmless = gzip(gzip(Array(#"{"a":"1506801041"}"#.utf8), name: "e"), name: "e")
        #expect(try prepared(harmless).payload == harmless)
    }

    @Test("a number in the wrapping of what is packed again, whole or broken, is not kept either")
    func numberAroundPacked() throws {
        for inner in [gzip(Array(#"{"a":1}"#.utf8), name: "e"), Array(gzip([1, 2, 3], name: "e").dropLast(6))] {
            let message = try prepared(gzip(inner, name: "15068010419"))
            #expect(message.payload.firstRange(of: Array("15068010419".utf8)) == nil && message.original != nil)
            #expect(message.payload.withUnsafeBufferPointer { CanonicalDecoder().open($0) } == .failure(.init(.notUTF8)))
            let harmless = gzip(inner, name: "1506801041")
            #expect(try prepared(harmless).payload == harmless)
        }
    }

    @Test("a number that escapes hide in a broken compressed message, whatever quotes come out of it")
    func numberInBrokenWrapping() throws {
        let hidden = Array(#"["\u003010100\u00310183"]"#.utf8)
        for (content, name) in [(#"a"b"#, #"x""#), (#"a""b"#, "x"), (#"a"b"#, "x")] {
            let message = try prepared(gzip(Array(content.utf8), name: name).dropLast(8) + hidden)
            #expect(message.form == .badCompression)
            #expect(!message.payload.isEmpty && message.payload.firstRange(of: hidden) == nil)
        }
    }

    @Test("a number whose escaped digits follow one that is masked as plain text: no reading of broken JSON finds either")
    func numberBesideMasked() throws {
        // As text the first stands alone before a backslash; as a string it runs on into the second, which then stands alone.
        let message = try prepared([0xFF] + Array(#"{"c":"010100 10183\u003010100\u00310183","0"#.utf8))
        #expect(message.payload == [0xFF] + Array(#"{"c":"**********************","0"#.utf8))
    }
}
