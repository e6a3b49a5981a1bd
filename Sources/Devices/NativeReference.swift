import Telemetry

/// Devices' own numbers and names as the canonical format takes them. Nothing is lost for an odd name: what does not
/// fit is changed, always in the same way, so that the same name stays the same device.
enum NativeReference {
    /// An event's id, which is an alarm's name too: no control characters, and so short that both may hold it (64
    /// characters, 128 bytes). A longer one keeps its beginning, with the SHA-256 of the whole behind it.
    static func eventID(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let cleaned = scalars.map { isControl($0) ? "_" : $0 }
        if scalars.count <= 64, text.utf8.count <= 128 { return string(cleaned) }
        // At most four bytes a character.
        return string(cleaned.prefix(20)) + "~" + Digest.sha256(Array(text.utf8)).prefix(32)
    }

    /// A device reference (1–64 of `A-Za-z0-9._:-`); other characters become `_`, the end of a longer one the SHA-256
    /// of the whole.
    static func device(_ text: String) -> String {
        let cleaned = text.unicodeScalars.map { isAllowed($0) ? $0 : "_" }
        if cleaned.count <= 64 { return string(cleaned) }
        return string(cleaned.prefix(31)) + "-" + Digest.sha256(Array(text.utf8)).prefix(32)
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "A"..."Z", "a"..."z", "0"..."9", ".", "_", ":", "-": true
        default: false
        }
    }

    /// Without white space at both ends.
    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        guard let first = scalars.firstIndex(where: { !isSpace($0) }), let last = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(scalars[first...last])
    }

    static func withoutSpaces(_ text: String) -> String {
        string(text.unicodeScalars.filter { !$0.properties.isWhitespace })
    }

    /// A decimal number without sign, leading zeros allowed, below a thousand million; nil for anything else.
    static func number(_ text: String?) -> Int? {
        guard let text, !text.isEmpty else { return nil }
        var value = 0
        for byte in text.utf8 {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
            if value >= 1_000_000_000 { return nil }
        }
        return value
    }
}
