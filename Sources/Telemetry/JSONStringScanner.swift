/// Walks the strings of a JSON text and says of each whether it is a name and which event of the batch it is in.
///
/// Only for masking: whether the text is JSON at all is decided elsewhere. O(bytes).
struct JSONStringScanner {
    let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    private var isBatch = false
    private var event = 0

    struct Literal {
        var units: [PersonalData.Unit]
        var isName: Bool
        var event: Int
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> Literal? {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                if depth == 0 { isBatch = byte == UInt8(ascii: "[") }
                depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ","): if depth == 1, isBatch { event += 1 }
            case UInt8(ascii: "\""):
                let units = literal()
                return Literal(units: units, isName: isFollowedByColon, event: event)
            default: break
            }
        }
        return nil
    }

    private var isFollowedByColon: Bool {
        bytes[position...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: ":")
    }

    /// Reads to the closing quote, taking escapes apart.
    private mutating func literal() -> [PersonalData.Unit] {
        var units: [PersonalData.Unit] = []
        while position < bytes.count {
            let start = position
            if bytes[start] == UInt8(ascii: "\"") {
                position += 1
                break
            }
            if bytes[start] == UInt8(ascii: "\\") {
                units.append(escape(at: start))
            } else {
                units.append(PersonalData.unit(ofUTF8: bytes, at: start, before: bytes.count))
            }
            position = units[units.count - 1].bytes.upperBound
        }
        return units
    }

    private func escape(at start: Int) -> PersonalData.Unit {
        let end = min(start + 6, bytes.count)
        if end == start + 6, bytes[start + 1] == UInt8(ascii: "u"),
            let code = UInt32(String(decoding: bytes[start + 2..<end], as: UTF8.self), radix: 16)
        {
            if (0xD800..<0xDC00).contains(code), let low = lowSurrogate(at: end) {
                return .init(scalar: 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00), bytes: start..<end + 6)
            }
            return .init(scalar: code, bytes: start..<end)
        }
        // \n and its kin: no letter, no digit, no space.
        return .init(scalar: 0x5C, bytes: start..<min(start + 2, bytes.count))
    }

    private func lowSurrogate(at start: Int) -> UInt32? {
        let end = start + 6
        guard end <= bytes.count, bytes[start] == UInt8(ascii: "\\"), bytes[start + 1] == UInt8(ascii: "u"),
            let code = UInt32(String(decoding: bytes[start + 2..<end], as: UTF8.self), radix: 16),
            (0xDC00..<0xE000).contains(code)
        else { return nil }
        return code
    }
}
