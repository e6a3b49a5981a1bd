/// A SCAIP document's text made ready for the XML parser: the declaration away, for the text is UTF-8 now whatever it
/// says, document types refused, and what senders forget to write properly written properly. O(bytes).
struct SCAIPText {
    private let bytes: [UInt8]
    private(set) var hasBareAmpersand = false
    private(set) var hasControlCharacter = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func cleaned() throws(CodecRefusal) -> [UInt8] {
        // Senders written in C add their string's end.
        let isBlank = { (byte: UInt8) in byte <= 0x20 }
        let start = bytes.firstIndex { !isBlank($0) } ?? bytes.endIndex
        let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
        var body = bytes[start..<max(start, end)]
        if body.starts(with: "<?xml".utf8), let end = SCAIPText.end(of: "?>", in: body) { body = body[end...] }
        try refuseDocumentType(body)
        return escaped(body)
    }

    /// Only comments and processing instructions may stand before the root (XML 1.0, 2.8); behind it a document type is
    /// no XML.
    private func refuseDocumentType(_ body: ArraySlice<UInt8>) throws(CodecRefusal) {
        var rest = body
        while true {
            rest = rest.drop { $0 <= 0x20 }
            if rest.starts(with: "<!--".utf8), let end = SCAIPText.end(of: "-->", in: rest.dropFirst(4)) {
                rest = rest[end...]
            } else if rest.starts(with: "<?".utf8), let end = SCAIPText.end(of: "?>", in: rest) {
                rest = rest[end...]
            } else {
                break
            }
        }
        if rest.starts(with: "<!".utf8) { throw CodecRefusal("doctype") }
    }

    /// The index behind the first occurrence of an ASCII mark.
    private static func end(of mark: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
        let length = mark.utf8CodeUnitCount
        let wanted = UnsafeBufferPointer(start: mark.utf8Start, count: length)
        guard bytes.count >= length else { return nil }
        for index in bytes.startIndex...bytes.endIndex - length where bytes[index..<index + length].elementsEqual(wanted) {
            return index + length
        }
        return nil
    }

    /// Writes `&amp;` for an ampersand that begins no reference XML knows, and a space for a control character. What
    /// stands in comments and CDATA is left alone, but for control characters.
    private mutating func escaped(_ body: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(body.count + 16)
        var literalEnd = body.startIndex
        for index in body.indices {
            let byte = body[index]
            if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D {
                hasControlCharacter = true
                text.append(UInt8(ascii: " "))
                continue
            }
            text.append(byte)
            guard index >= literalEnd else { continue }
            if byte == UInt8(ascii: "<") {
                let rest = body[index...]
                if rest.starts(with: "<![CDATA[".utf8) {
                    literalEnd = SCAIPText.end(of: "]]>", in: rest) ?? body.endIndex
                } else if rest.starts(with: "<!--".utf8) {
                    literalEnd = SCAIPText.end(of: "-->", in: rest) ?? body.endIndex
                }
            } else if byte == UInt8(ascii: "&"), !SCAIPText.isReference(body[index...]) {
                hasBareAmpersand = true
                text += Array("amp;".utf8)
            }
        }
        return text
    }

    private static let entities = ["amp", "lt", "gt", "quot", "apos"]

    /// One of XML's five entities, or a number of a character that XML allows.
    private static func isReference(_ bytes: ArraySlice<UInt8>) -> Bool {
        let tail = bytes.dropFirst().prefix(12)
        guard let end = tail.firstIndex(of: UInt8(ascii: ";")) else { return false }
        let name = String(decoding: tail[..<end], as: UTF8.self)
        guard name.hasPrefix("#") else { return entities.contains(name) }
        let digits = name.dropFirst()
        let code = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let code, !digits.contains("+"), !digits.contains("-") else { return false }
        switch code {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: return true
        default: return false
        }
    }
}
