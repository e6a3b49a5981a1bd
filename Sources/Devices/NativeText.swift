/// Bytes of a device's text as UTF-8, whatever they were written in.
package enum NativeText {
    package enum Encoding: Equatable, Sendable { case utf8, utf16, latin1 }

    /// UTF-16 is told by its byte order mark or by the zero byte beside an ASCII character at the start; what is no
    /// UTF-8 is taken for Latin-1, whose every byte is a character. A byte order mark is left out. O(bytes).
    package static func utf8(_ bytes: [UInt8]) -> (bytes: [UInt8], encoding: Encoding) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return utf8(Array(bytes.dropFirst(3))) }
        if let isBigEndian = utf16IsBigEndian(bytes) {
            let hasMark = bytes[0] >= 0xFE
            return (transcoded(bytes.dropFirst(hasMark ? 2 : 0), isBigEndian: isBigEndian), .utf16)
        }
        if String(validating: bytes, as: UTF8.self) != nil { return (bytes, .utf8) }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            if byte < 0x80 { text.append(byte) } else { text += [0xC0 | byte >> 6, 0x80 | byte & 0x3F] }
        }
        return (text, .latin1)
    }

    /// Nil for what is no UTF-16.
    private static func utf16IsBigEndian(_ bytes: [UInt8]) -> Bool? {
        guard bytes.count >= 2 else { return nil }
        switch (bytes[0], bytes[1]) {
        case (0xFE, 0xFF): return true
        case (0xFF, 0xFE): return false
        case (0, 1..<0x80): return true
        case (1..<0x80, 0): return false
        default: return nil
        }
    }

    private static func transcoded(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> [UInt8] {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var index = bytes.startIndex
        while index + 1 < bytes.endIndex {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(isBigEndian ? first << 8 | second : second << 8 | first)
            index += 2
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}

/// Short fixed words for what was odd in a message: `{codec}:{word}`.
struct Oddities {
    let codec: CodecName
    private(set) var words: [String] = []

    init(_ codec: CodecName) { self.codec = codec }

    /// Each word once a message.
    mutating func note(_ word: StaticString) {
        let word = "\(codec.rawValue):\(word)"
        if !words.contains(word) { words.append(word) }
    }
}
