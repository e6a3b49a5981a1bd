/// JSON as RFC 8259 writes it, read a byte at a time, in the plainest way that is exact.
///
/// Foundation's reader is not used: it keeps neither repeated names nor the difference of 1 and true everywhere,
/// and compares strings by canonical equivalence.
indirect enum AuditJSON: Sendable {
    case null
    case bool(Bool)
    case number(Double)
    /// UTF-8, escapes resolved.
    case string([UInt8])
    case array([AuditJSON])
    /// In the order of writing, repeated names included.
    case object([(name: [UInt8], value: AuditJSON)])

    /// CONTRACT 2: nested more than this deep is no JSON.
    static let depthMax = 64

    /// Nil when the bytes, valid UTF-8, are not one JSON text, or one the contract does not take.
    static func read(_ bytes: [UInt8]) -> AuditJSON? {
        var reader = Reader(bytes: bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.index = 3 }
        reader.skipSpace()
        guard let value = reader.value(depth: 0) else { return nil }
        reader.skipSpace()
        return reader.index == bytes.count ? value : nil
    }

    /// The last value of a name; nil when there is none or it is null, which counts as missing.
    func member(_ name: String) -> AuditJSON? {
        guard case .object(let members) = self else { return nil }
        guard let last = members.last(where: { $0.name.elementsEqual(name.utf8) }) else { return nil }
        if case .null = last.value { return nil }
        return last.value
    }

    var stringBytes: [UInt8]? {
        if case .string(let bytes) = self { return bytes }
        return nil
    }

    var boolValue: Bool? {
        if case .bool(let value) = self { return value }
        return nil
    }

    var numberValue: Double? {
        if case .number(let value) = self { return value }
        return nil
    }

    var isObject: Bool {
        if case .object = self { return true }
        return false
    }

    private struct Reader {
        let bytes: [UInt8]
        var index = 0

        var current: UInt8? { index < bytes.count ? bytes[index] : nil }

        mutating func skipSpace() {
            while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { index += 1 }
        }

        mutating func take(_ word: String) -> Bool {
            guard bytes[index...].starts(with: word.utf8) else { return false }
            index += word.utf8.count
            return true
        }

        mutating func value(depth: Int) -> AuditJSON? {
            guard let byte = current else { return nil }
            switch byte {
            case UInt8(ascii: "{"): return depth < AuditJSON.depthMax ? object(depth: depth + 1) : nil
            case UInt8(ascii: "["): return depth < AuditJSON.depthMax ? array(depth: depth + 1) : nil
            case UInt8(ascii: "\""): return string().map { .string($0) }
            case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
            case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
            case UInt8(ascii: "n"): return take("null") ? .null : nil
            default: return number()
            }
        }

        mutating func object(depth: Int) -> AuditJSON? {
            var members: [(name: [UInt8], value: AuditJSON)] = []
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

        mutating func array(depth: Int) -> AuditJSON? {
            var elements: [AuditJSON] = []
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

        mutating func string() -> [UInt8]? {
            var text: [UInt8] = []
            index += 1
            while let byte = current {
                index += 1
                switch byte {
                case UInt8(ascii: "\""): return text
                case UInt8(ascii: "\\"):
                    guard let escaped = escape() else { return nil }
                    text += escaped
                case 0..<0x20: return nil
                default: text.append(byte)
                }
            }
            return nil
        }

        mutating func escape() -> [UInt8]? {
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

        mutating func codePoint() -> [UInt8]? {
            guard let first = hexadecimal() else { return nil }
            var code = first
            if (0xD800..<0xDC00).contains(first) {
                guard take("\\u"), let second = hexadecimal(), (0xDC00..<0xE000).contains(second) else { return nil }
                code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
            }
            // A surrogate that is still here stands alone: Unicode.Scalar refuses it.
            return Unicode.Scalar(code).map { Array(String(Character($0)).utf8) }
        }

        mutating func hexadecimal() -> UInt32? {
            var value: UInt32 = 0
            for _ in 0..<4 {
                guard let byte = current else { return nil }
                let digit: UInt8
                switch byte {
                case 0x30...0x39: digit = byte - 0x30
                case 0x41...0x46: digit = byte - 0x41 + 10
                case 0x61...0x66: digit = byte - 0x61 + 10
                default: return nil
                }
                value = value * 16 + UInt32(digit)
                index += 1
            }
            return value
        }

        mutating func digits() -> Int {
            let start = index
            while let byte = current, (0x30...0x39).contains(byte) { index += 1 }
            return index - start
        }

        mutating func number() -> AuditJSON? {
            let start = index
            _ = take("-")
            if !take("0") { guard digits() > 0 else { return nil } }
            if take(".") { guard digits() > 0 else { return nil } }
            if take("e") || take("E") {
                if !take("+") { _ = take("-") }
                guard digits() > 0 else { return nil }
            }
            guard let value = Double(String(decoding: bytes[start..<index], as: UTF8.self)), value.isFinite else {
                return nil
            }
            return .number(value)
        }
    }
}
