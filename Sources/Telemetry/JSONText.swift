/// Writes JSON: members in the order they are given, strings escaped, nothing else.
///
/// Foundation's encoder would sort or shuffle members and cannot stream; receipts and the API need neither more
/// than this.
package struct JSONText {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init() { bytes.reserveCapacity(1024) }

    package mutating func object(_ body: (inout JSONText) -> Void) { enclosed("{", "}", body) }

    package mutating func object(_ name: String, _ body: (inout JSONText) -> Void) {
        self.name(name)
        object(body)
    }

    package mutating func array<Elements: Sequence>(
        _ name: String,
        _ elements: Elements,
        _ body: (inout JSONText, Elements.Element) -> Void
    ) {
        self.name(name)
        enclosed("[", "]") { json in for element in elements { body(&json, element) } }
    }

    package mutating func member(_ name: String, _ text: String?) {
        self.name(name)
        value(text)
    }

    package mutating func member(_ name: String, _ number: Int64?) {
        self.name(name)
        guard let number else { return raw("null") }
        digits(number)
        needsComma = true
    }

    /// A number, or null for what JSON has none for.
    package mutating func member(_ name: String, _ number: Double?) {
        self.name(name)
        raw(number.flatMap { $0.isFinite ? "\($0)" : nil } ?? "null")
    }

    package mutating func member(_ name: String, _ flag: Bool?) {
        self.name(name)
        raw(flag.map { $0 ? "true" : "false" } ?? "null")
    }

    package mutating func value(_ text: String?) {
        guard let text else { return raw("null") }
        separate()
        quote(text)
        needsComma = true
    }

    // MARK: - Characters

    private mutating func name(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func raw(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
    }

    private mutating func enclosed(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONText) -> Void) {
        separate()
        bytes.append(UInt8(ascii: open))
        body(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    private mutating func digits(_ number: Int64) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = number.magnitude
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        if bytes.count - start > 1 { bytes[start...].reverse() }
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        defer { bytes.append(UInt8(ascii: "\"")) }
        // Nearly all text needs no escape and is copied in one piece.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            return bytes.append(contentsOf: text.utf8)
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
    }
}
