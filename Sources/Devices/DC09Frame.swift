import Telemetry

/// A SIA DC-09 frame taken apart (ANSI/SIA DC-09-2013, 5.4): LF, CRC, length, `"token"`, sequence, `R…`, `L…`, `#account`,
/// then `[data]` blocks and perhaps a time, or all of these encrypted; CR.
struct DC09Frame {
    /// Larger than any frame: its length has three hexadecimal digits.
    static let bytesMax = 8192

    enum Token: String { case dcs = "SIA-DCS", contactID = "ADM-CID", null = "NULL" }

    let token: Token
    let isEncrypted: Bool
    /// Four hexadecimal digits in upper case, which the frame's bytes have confirmed.
    let crc: String
    /// As it stands, four digits in a proper frame.
    let sequence: String
    /// Empty where the frame's head names none.
    let account: String
    /// All from the first `[` on.
    let content: [UInt8]
    /// What is odd in the frame.
    private(set) var oddities = Oddities(.dc09)

    init(_ payload: [UInt8]) throws(CodecRefusal) {
        guard payload.count <= DC09Frame.bytesMax else { throw CodecRefusal("larger than 8 KiB") }
        guard let quote = payload.firstIndex(of: UInt8(ascii: "\"")) else { throw CodecRefusal("no frame") }
        let head = try Head(payload[..<quote])
        let body = DC09Frame.body(payload[quote...], length: head.length)
        if DC09Frame.crc(body) != head.crc {
            // Some makers' units count the CR into CRC and length.
            guard DC09Frame.crc(Array(body) + [0x0D]) == head.crc else { throw CodecRefusal("wrong crc") }
            oddities.note("cr-counted")
        }
        crc = DC09Frame.hexadecimal(head.crc)
        if head.isBinary { oddities.note("binary-crc") }
        if head.hasMore { oddities.note("leading-bytes") }
        if body.count != head.length, !oddities.words.contains("dc09:cr-counted") { oddities.note("bad-length") }

        guard let end = body.dropFirst().firstIndex(of: UInt8(ascii: "\"")) else { throw CodecRefusal("no token") }
        var name = String(decoding: body[body.startIndex + 1..<end], as: UTF8.self)
        isEncrypted = name.hasPrefix("*")
        if isEncrypted { name.removeFirst() }
        guard let token = Token(rawValue: name) else { throw CodecRefusal("the token is not SIA-DCS, ADM-CID or NULL") }
        self.token = token
        let open = body[end...].firstIndex(of: UInt8(ascii: "[")) ?? body.endIndex
        let digits = body[(end + 1)..<open].prefix { $0 &- UInt8(ascii: "0") < 10 }
        sequence = String(decoding: digits.prefix(4), as: UTF8.self)
        if digits.count != 4 { oddities.note("bad-sequence") }
        let address = body[(end + 1)..<open].split(separator: UInt8(ascii: "#"), maxSplits: 1, omittingEmptySubsequences: false)
        account = address.count == 2 ? DC09Frame.trimmed(address[1]) : ""
        content = Array(body[open...])
    }

    static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return NativeReference.withoutSpaces(text)
    }

    // MARK: - Head and check

    /// What stands before the first quote: CRC and length.
    private struct Head {
        let crc: UInt16
        let length: Int
        /// The CRC came as two bytes, as the first edition of the standard had it.
        let isBinary: Bool
        /// Something but white space stands before it.
        let hasMore: Bool

        init(_ bytes: ArraySlice<UInt8>) throws(CodecRefusal) {
            guard bytes.count >= 6, let length = DC09Frame.number(bytes.suffix(4)) else { throw CodecRefusal("no CRC and length before the first quote") }
            self.length = Int(length)
            if bytes.count >= 8, let crc = DC09Frame.number(bytes.dropLast(4).suffix(4)) {
                self.crc = crc
                isBinary = false
                hasMore = bytes.dropLast(8).contains { $0 > 0x20 }
            } else {
                let pair = Array(bytes.dropLast(4).suffix(2))
                crc = UInt16(pair[0]) << 8 | UInt16(pair[1])
                isBinary = true
                hasMore = bytes.dropLast(6).contains { $0 > 0x20 }
            }
        }
    }

    /// From the first quote up to before CR: the frame's own length says where that is, or, where it is wrong, the first
    /// CR or the end without the white space that forwarding may have added.
    private static func body(_ bytes: ArraySlice<UInt8>, length: Int) -> ArraySlice<UInt8> {
        let announced = bytes.prefix(length)
        if announced.last == 0x0D { return announced.dropLast() }
        if announced.count == length, bytes.dropFirst(length).allSatisfy({ $0 <= 0x20 }) { return announced }
        let line = bytes.prefix { $0 != 0x0D }
        let end = line.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? line.startIndex
        return line[..<end]
    }

    /// CRC-16/ARC: polynomial 0x8005 reflected, from zero.
    static func crc(_ bytes: some Sequence<UInt8>) -> UInt16 {
        var crc: UInt16 = 0
        for byte in bytes {
            crc ^= UInt16(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xA001 : crc >> 1 }
        }
        return crc
    }

    private static func number(_ digits: some Collection<UInt8>) -> UInt16? {
        var value: UInt16 = 0
        for byte in digits {
            guard let digit = digit(byte) else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static func hexadecimal(_ number: UInt16) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// Nil unless all of it is pairs of hexadecimal digits.
    static func bytes(ofHexadecimal text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        var index = text.startIndex
        while index < text.endIndex {
            guard let high = digit(text[index]), let low = digit(text[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
            index += 2
        }
        return bytes
    }
}
