/// Reads the XML of a SCAIP request in one pass: the texts of the elements right below the root.
///
/// Our own, because FoundationXML ends the process on some input (a processing instruction without data), and a message
/// that is journaled is read again at each start. It knows no document types, so no entities but XML's five, and looks
/// at nothing outside the message. Elements must close each other properly; lesser faults are noted and read past.
/// O(bytes).
struct SCAIPScanner {
    private let bytes: [UInt8]
    private var position = 0
    /// Names of the open elements, as written.
    private var open: [ArraySlice<UInt8>] = []
    private var elementCount = 0
    private(set) var elements: [(name: String, text: [UInt8])] = []
    private(set) var hasNested = false
    private(set) var hasBareCharacter = false
    private(set) var hasControlCharacter = false
    /// Something stands behind the root.
    private(set) var hasMoreBehind = false

    private static let notWhole = CodecRefusal("no whole XML document")

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func read() throws(CodecRefusal) {
        try skipBetween()
        guard at("<"), let name = startTagName() else { throw SCAIPScanner.notWhole }
        switch SCAIPScanner.localName(name).lowercased() {
        case "mrq": break
        case "mrs": throw CodecRefusal("an answer (mrs), not a request (mrq)")
        default: throw CodecRefusal("the root is not mrq")
        }
        try startElement(name)
        while !open.isEmpty { try step() }
        do throws(CodecRefusal) { try skipBetween() } catch { hasMoreBehind = true }
        if position < bytes.count { hasMoreBehind = true }
    }

    // MARK: - Between elements

    /// White space, zero bytes (the ends of strings in C), comments and processing instructions before and behind the root.
    private mutating func skipBetween() throws(CodecRefusal) {
        while position < bytes.count {
            if bytes[position] <= 0x20 {
                position += 1
            } else if at("<!--") {
                try skip(behind: "-->", from: position + 4)
            } else if at("<?") {
                try skip(behind: "?>", from: position + 2)
            } else if at("<!") {
                throw CodecRefusal("doctype")
            } else {
                return
            }
        }
    }

    /// Reads what comes next inside the root.
    private mutating func step() throws(CodecRefusal) {
        guard position < bytes.count else { throw SCAIPScanner.notWhole }
        guard bytes[position] == UInt8(ascii: "<") else { return readText() }
        if at("<!--") { return try skip(behind: "-->", from: position + 4) }
        if at("<?") { return try skip(behind: "?>", from: position + 2) }
        if at("<![CDATA[") {
            let start = position + 9
            try skip(behind: "]]>", from: start)
            for byte in bytes[start..<position - 3] { append(byte) }
        } else if at("<!") {
            throw CodecRefusal("doctype")
        } else if at("</") {
            try endElement()
        } else if let name = startTagName() {
            try startElement(name)
        } else {
            hasBareCharacter = true
            append(UInt8(ascii: "<"))
            position += 1
        }
    }

    // MARK: - Elements

    /// The name behind the `<` at the position; nil where none begins.
    private func startTagName() -> ArraySlice<UInt8>? {
        let name = self.name(at: position + 1)
        return name.isEmpty ? nil : name
    }

    private func name(at start: Int) -> ArraySlice<UInt8> {
        guard start < bytes.count, SCAIPScanner.isNameStart(bytes[start]) else { return [] }
        return bytes[start...].prefix { SCAIPScanner.isNameStart($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") || byte >= 0x80
    }

    /// Without the prefix of a name space.
    private static func localName(_ name: ArraySlice<UInt8>) -> String {
        let start = name.lastIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? name.startIndex
        return String(decoding: name[start...], as: UTF8.self)
    }

    private mutating func startElement(_ name: ArraySlice<UInt8>) throws(CodecRefusal) {
        elementCount += 1
        guard elementCount <= SCAIPDocument.elementsMax else { throw CodecRefusal("more than \(SCAIPDocument.elementsMax) elements") }
        guard open.count < SCAIPDocument.depthMax else { throw CodecRefusal("nested more than \(SCAIPDocument.depthMax) deep") }
        if open.count == 1 { elements.append((SCAIPScanner.localName(name), [])) }
        if open.count > 1 { hasNested = true }
        position = name.endIndex
        if try !skipAttributes() { open.append(name) }
    }

    /// Goes behind the tag's `>`; whether it closes its element itself. What attributes say is of no use here.
    private mutating func skipAttributes() throws(CodecRefusal) -> Bool {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: ">"): return bytes[position - 2] == UInt8(ascii: "/")
            case UInt8(ascii: "<"): throw SCAIPScanner.notWhole
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard let end = bytes[position...].firstIndex(of: byte) else { throw SCAIPScanner.notWhole }
                position = end + 1
            default: break
            }
        }
        throw SCAIPScanner.notWhole
    }

    private mutating func endElement() throws(CodecRefusal) {
        let name = self.name(at: position + 2)
        guard let last = open.popLast(), name.elementsEqual(last) else { throw SCAIPScanner.notWhole }
        position += 2 + name.count
        while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
        guard at(">") else { throw SCAIPScanner.notWhole }
        position += 1
    }

    // MARK: - Text

    private mutating func readText() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") {
            if bytes[position] == UInt8(ascii: "&"), let (character, end) = reference() {
                for byte in String(character).utf8 { append(byte) }
                position = end
            } else {
                if bytes[position] == UInt8(ascii: "&") { hasBareCharacter = true }
                append(bytes[position])
                position += 1
            }
        }
    }

    /// Adds to the text of the element right below the root; a control character is a space.
    private mutating func append(_ byte: UInt8) {
        let isControl = byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
        if isControl { hasControlCharacter = true }
        if open.count == 2 { elements[elements.count - 1].text.append(isControl ? 0x20 : byte) }
    }

    /// One of XML's five entities, or a character that XML allows by its number, and where it ends.
    private func reference() -> (Character, Int)? {
        guard let end = bytes[position...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = String(decoding: bytes[position + 1..<end], as: UTF8.self)
        switch name {
        case "amp": return ("&", end + 1)
        case "lt": return ("<", end + 1)
        case "gt": return (">", end + 1)
        case "quot": return ("\"", end + 1)
        case "apos": return ("'", end + 1)
        default: break
        }
        guard name.hasPrefix("#"), !name.contains("+"), !name.contains("-") else { return nil }
        let digits = name.dropFirst()
        let code = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let code, code >= 0x20 || [0x09, 0x0A, 0x0D].contains(code), let scalar = Unicode.Scalar(code) else { return nil }
        return (Character(scalar), end + 1)
    }

    // MARK: - Marks

    private func at(_ mark: StaticString) -> Bool {
        let length = mark.utf8CodeUnitCount
        guard position + length <= bytes.count else { return false }
        return (0..<length).allSatisfy { bytes[position + $0] == mark.utf8Start[$0] }
    }

    private mutating func skip(behind mark: StaticString, from start: Int) throws(CodecRefusal) {
        position = start
        while position < bytes.count {
            if at(mark) {
                position += mark.utf8CodeUnitCount
                return
            }
            position += 1
        }
        throw SCAIPScanner.notWhole
    }
}
