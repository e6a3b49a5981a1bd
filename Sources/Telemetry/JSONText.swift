/// Writes JSON: members in the order they are given, strings escaped, nothing else.
///
/// Foundation's encoder would sort or shuffle members and cannot stream; receipts and the API need neither more
/// than this.
package struct JSONText {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// - Parameter bytesLikely: how long the text is likely to be: a guess that spares copies of a long one.
    package init(bytesLikely: Int = 1024) { bytes.reserveCapacity(bytesLikely) }

    /// Gives what is written so far and forgets it: for a long text that leaves in pieces.
    package mutating func take(bytesLikely: Int) -> [UInt8] {
        let piece = bytes
        bytes = []
        bytes.reserveCapacity(bytesLikely)
        return piece
    }

    package mutating func object(_ body: (inout JSONText) throws -> Void) rethrows { try enclosed("{", "}", body) }

    package mutating func object(_ name: String, _ body: (inout JSONText) -> Void) {
        self.name(name)
        object(body)
    }

    package mutating func array<Elements: Sequence>(
        _ elements: Elements,
        _ body: (inout JSONText, Elements.Element) -> Void
    ) {
        enclosed("[", "]") { json in for element in elements { body(&json, element) } }
    }

    package mutating func array<Elements: Sequence>(
        _ name: String,
        _ elements: Elements,
        _ body: (inout JSONText, Elements.Element) -> Void
    ) {
        self.name(name)
        array(elements, body)
    }

    /// An array whose elements the body writes.
    package mutating func array(_ name: String, _ body: (inout JSONText) throws -> Void) rethrows {
        self.name(name)
        try enclosed("[", "]", body)
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
        value(number ?? .nan)
    }

    package mutating func member(_ name: String, _ flag: Bool?) {
        self.name(name)
        raw(flag.map { $0 ? "true" : "false" } ?? "null")
    }

    /// Names of members with whole numbers, as they stand in the text: for rows that come by tens of thousands.
    package struct Names: Sendable {
        /// One behind the other, with room for the last piece of a copy.
        fileprivate let written: [UInt8]
        fileprivate let ends: [Int]
        /// With a comma and the digits of the longest number each.
        fileprivate let bytesMax: Int
        /// Names are copied in pieces of this many bytes.
        fileprivate static let piece = MemoryLayout<SIMD16<UInt8>>.size

        /// The names need no escapes.
        package init(_ names: [String]) {
            var written: [UInt8] = []
            var ends: [Int] = []
            for name in names {
                written += Array("\(ends.isEmpty ? "" : ",")\"\(name)\":".utf8)
                ends.append(written.count)
            }
            self.written = written + Array(repeating: 0, count: Names.piece)
            self.ends = ends
            bytesMax = written.count + names.count * 20 + Names.piece
        }
    }

    /// A member for each name, its number by the name's place.
    package mutating func members(_ names: Names, _ numbers: Span<Int64>) {
        separate()
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: names.bytesMax) { text in
            var end = 0
            names.written.withUnsafeBytes { written in
                var place = 0
                for index in names.ends.indices {
                    let target = UnsafeMutableRawBufferPointer(text)
                    let count = names.ends[index] - place
                    for offset in stride(from: 0, to: count, by: Names.piece) {
                        let piece = written.loadUnaligned(fromByteOffset: place + offset, as: SIMD16<UInt8>.self)
                        target.storeBytes(of: piece, toByteOffset: end + offset, as: SIMD16<UInt8>.self)
                    }
                    place += count
                    end = JSONText.write(numbers[index], to: text, at: end + count)
                }
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[..<end]))
        }
        needsComma = true
    }

    package mutating func value(_ text: String?) {
        guard let text else { return raw("null") }
        separate()
        quote(text)
        needsComma = true
    }

    /// A number, or null for what JSON has none for.
    package mutating func value(_ number: Double) { raw(number.isFinite ? "\(number)" : "null") }

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

    private mutating func enclosed(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONText) throws -> Void) rethrows {
        separate()
        bytes.append(UInt8(ascii: open))
        try body(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    private mutating func digits(_ number: Int64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { text in
            let end = JSONText.write(number, to: text, at: 0)
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[..<end]))
        }
    }

    /// Writes a number of at most 20 characters; returns where it ends.
    private static func write(_ number: Int64, to text: UnsafeMutableBufferPointer<UInt8>, at start: Int) -> Int {
        var end = start
        if 0..<10 ~= number {
            text[end] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)
            return end + 1
        }
        if number < 0 {
            text[end] = UInt8(ascii: "-")
            end += 1
        }
        let first = end
        var rest = number.magnitude
        repeat {
            text[end] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            end += 1
            rest /= 10
        } while rest > 0
        if end - first > 1 { text[first..<end].reverse() }
        return end
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
