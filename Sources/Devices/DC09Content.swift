import Telemetry

/// What a DC-09 frame says, in the clear: the data of its first block and its time. Further blocks hold places, texts and
/// the like, which no event needs.
struct DC09Content {
    /// Behind `#account|`.
    let data: ArraySlice<UInt8>
    /// What stands before the data's bar; empty where there is none.
    let account: String
    /// As the time is written; nil where there is none.
    let time: ArraySlice<UInt8>?

    /// Nil where there is no whole `[…]`.
    init?(clear content: [UInt8]) {
        guard content.first == UInt8(ascii: "[") else { return nil }
        self.init(behindOpening: content.dropFirst())
    }

    /// - Parameter behindOpening: from the character behind the first `[` on.
    private init?(behindOpening text: ArraySlice<UInt8>) {
        guard let close = text.firstIndex(of: UInt8(ascii: "]")), let last = text.lastIndex(of: UInt8(ascii: "]")) else { return nil }
        let block = text[..<close]
        if let bar = block.firstIndex(of: UInt8(ascii: "|")) {
            account = DC09Frame.trimmed(block[..<bar].drop { $0 == UInt8(ascii: "#") || $0 <= 0x20 })
            data = block[(bar + 1)...]
        } else {
            account = ""
            data = block
        }
        let tail = text[(last + 1)...].drop { $0 <= 0x20 }
        time = tail.first == UInt8(ascii: "_") ? tail.dropFirst() : nil
    }

    /// Reads an encrypted frame's content: all behind `[`, as hexadecimal digits.
    ///
    /// The sender's padding goes up to a bar; some fill with zeros and leave the account out. A right key shows in the
    /// closing bracket and the time behind it, which the standard asks of every encrypted frame.
    init(encrypted content: [UInt8], key: [UInt8]) throws(CodecRefusal) {
        let digits = content.dropFirst().filter { $0 > 0x20 && $0 != UInt8(ascii: "]") }
        guard let cipher = DC09Frame.bytes(ofHexadecimal: digits[...]), let clear = DC09Cipher.decrypt(cipher, key: key) else {
            throw CodecRefusal("encrypted, no whole AES blocks")
        }
        let isKeyWrong = CodecRefusal("encrypted, the key is wrong")
        guard let close = clear.firstIndex(of: UInt8(ascii: "]")) else { throw isKeyWrong }
        let padding = clear[..<close].firstIndex(of: UInt8(ascii: "|")).map { $0 + 1 } ?? clear.startIndex
        guard let content = DC09Content(behindOpening: clear[padding...]), let time = content.time, DC09Content.time(time) != nil else {
            throw isKeyWrong
        }
        self = content
    }

    /// Reads `HH:MM:SS,MM-DD-YYYY` (UTC); nil for anything else.
    static func time(_ text: ArraySlice<UInt8>) -> EventTime? {
        let text = Array(text.prefix { $0 > 0x20 })
        guard text.count == 19, text[8] == UInt8(ascii: ",") else { return nil }
        let (clock, month, day, year) = (text[0..<8], text[9..<11], text[12..<14], text[15..<19])
        guard text[11] == UInt8(ascii: "-"), text[14] == UInt8(ascii: "-") else { return nil }
        let dash = [UInt8(ascii: "-")]
        let rfc = Array(year) + dash + month + dash + day + [UInt8(ascii: "T")] + clock + [UInt8(ascii: "Z")]
        return rfc.withUnsafeBufferPointer { Timestamp.parse(Text($0)) }
    }
}
