import Telemetry

extension JSONValue {
    /// Nested more than this deep is no JSON, as in CONTRACT 2.
    static let depthMax = 64

    /// Reads one JSON text as RFC 8259 writes it; a leading byte order mark is skipped. Nil when the bytes are none, or
    /// hold a number that no double does or half a surrogate pair. O(bytes).
    ///
    /// Not Foundation's: on Linux JSONSerialization's numbers cannot be told from its bools by a cast and its objects
    /// lose the order of their members, which the ids of events are made from; and for 32 KiB it takes 1.4 ms where
    /// JSONDecoder takes 7. simdjson's tape is for the one shape of canonical events.
    package static func read(_ bytes: [UInt8]) -> JSONValue? {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        return bytes.withUnsafeBufferPointer { buffer in
            var reader = JSONReader(bytes: buffer)
            if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { reader.index = 3 }
            reader.skipSpace()
            guard let value = reader.value(depth: 0) else { return nil }
            reader.skipSpace()
            return reader.index == buffer.count ? value : nil
        }
    }
}

/// Walks valid UTF-8 a byte at a time. The bytes are read only within the call that lends them.
private struct JSONReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var index = 0

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { index += 1 }
    }

    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: byte) else { return false }
        index += 1
        return true
    }

    private mutating func take(word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard index + count <= bytes.count else { return false }
        for offset in 0..<count where bytes[index + offset] != word.utf8Start[offset] { return false }
        index += count
        return true
    }

    mutating func value(depth: Int) -> JSONValue? {
        switch current {
        case UInt8(ascii: "{"): return depth < JSONValue.depthMax ? object(depth: depth + 1) : nil
        case UInt8(ascii: "["): return depth < JSONValue.depthMax ? array(depth: depth + 1) : nil
        case UInt8(ascii: "\""): return string().map { .text($0) }
        case UInt8(ascii: "t"): return take(word: "true") ? .flag(true) : nil
        case UInt8(ascii: "f"): return take(word: "false") ? .flag(false) : nil
        case UInt8(ascii: "n"): return take(word: "null") ? .null : nil
        default: return number()
        }
    }

    private mutating func object(depth: Int) -> JSONValue? {
        var members: [(name: String, value: JSONValue)] = []
        index += 1
        skipSpace()
        if take("}") { return .object([]) }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\""), let name = string() else { return nil }
            skipSpace()
            guard take(":") else { return nil }
            skipSpace()
            guard let value = value(depth: depth) else { return nil }
            members.append((name, value))
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { return nil }
        }
    }

    private mutating func array(depth: Int) -> JSONValue? {
        var elements: [JSONValue] = []
        index += 1
        skipSpace()
        if take("]") { return .array([]) }
        while true {
            skipSpace()
            guard let value = value(depth: depth) else { return nil }
            elements.append(value)
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { return nil }
        }
    }

    private mutating func string() -> String? {
        index += 1
        let start = index
        // Nearly all texts have no escape and are copied in one piece.
        while let byte = current {
            if byte == UInt8(ascii: "\"") {
                defer { index += 1 }
                return String(decoding: bytes[start..<index], as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\") { return escaped(Array(bytes[start..<index])) }
            if byte < 0x20 { return nil }
            index += 1
        }
        return nil
    }

    private mutating func escaped(_ beginning: [UInt8]) -> String? {
        var text = beginning
        while let byte = current {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escape = escape() else { return nil }
                text += escape
            case 0..<0x20: return nil
            default: text.append(byte)
            }
        }
        return nil
    }

    private mutating func escape() -> [UInt8]? {
        guard let byte = current else { return nil }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return codePoint()
        default: return nil
        }
    }

    private mutating func codePoint() -> [UInt8]? {
        guard let first = hexadecimal() else { return nil }
        var code = first
        if (0xD800..<0xDC00).contains(first) {
            guard take("\\"), take("u"), let second = hexadecimal(), (0xDC00..<0xE000).contains(second) else { return nil }
            code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        }
        // A surrogate that is still here stands alone: Unicode.Scalar refuses it.
        return Unicode.Scalar(code).map { Array(String(Character($0)).utf8) }
    }

    private mutating func hexadecimal() -> UInt32? {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current else { return nil }
            switch byte {
            case 0x30...0x39: value = value * 16 + UInt32(byte - 0x30)
            case 0x41...0x46: value = value * 16 + UInt32(byte - 0x41 + 10)
            case 0x61...0x66: value = value * 16 + UInt32(byte - 0x61 + 10)
            default: return nil
            }
            index += 1
        }
        return value
    }

    private mutating func digits() -> Bool {
        let start = index
        while let byte = current, (0x30...0x39).contains(byte) { index += 1 }
        return index > start
    }

    private mutating func number() -> JSONValue? {
        let start = index
        _ = take("-")
        if !take("0") { guard digits() else { return nil } }
        if take(".") { guard digits() else { return nil } }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            guard digits() else { return nil }
        }
        guard let value = Double(String(decoding: bytes[start..<index], as: UTF8.self)), value.isFinite else { return nil }
        return .number(value)
    }
}
