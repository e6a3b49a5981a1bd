/// Looks for national identity numbers in the slow, obvious way; shares no code with the mask that it judges.
enum SlowSearch {
    /// In any text, and in the strings that quotes enclose in it, escapes taken apart.
    static func anywhere(_ bytes: [UInt8]) -> Bool { inText(bytes) || inStrings(bytes) }

    static func inText(_ bytes: [UInt8]) -> Bool { holdsNumber(Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)) }

    /// Digits outside strings are JSON's numbers, which are no personal data (CONTRACT 2).
    static func inStrings(_ bytes: [UInt8]) -> Bool {
        strings(Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)).contains { holdsNumber($0) }
    }

    private static func strings(_ text: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        var found: [[Unicode.Scalar]] = []
        var current: [Unicode.Scalar]?
        var place = 0
        while place < text.count {
            let scalar = text[place]
            place += 1
            if scalar == "\"" {
                if let string = current { found.append(string) }
                current = current == nil ? [] : nil
            } else if scalar == "\\", current != nil, place < text.count {
                let escape = text[place]
                place += 1
                let hexadecimal = text[place...].prefix(4)
                if escape == "u", hexadecimal.count == 4, hexadecimal.allSatisfy({ $0.properties.isASCIIHexDigit }) {
                    let code = hexadecimal.reduce(UInt32(0)) { $0 * 16 + UInt32(Character($1).hexDigitValue ?? 0) }
                    current?.append(Unicode.Scalar(code) ?? "\u{FFFD}")
                    place += 4
                } else {
                    current?.append("\\")
                }
            } else {
                current?.append(scalar)
            }
        }
        if let current { found.append(current) }
        return found
    }

    private static func holdsNumber(_ text: [Unicode.Scalar]) -> Bool {
        guard text.count >= 11 else { return false }
        for start in 0...(text.count - 11) where digit(text[start]) != nil {
            if start > 0, joins(text[start - 1]) { continue }
            for length in [11, 12] where start + length <= text.count {
                let end = start + length
                if end < text.count, joins(text[end]) { continue }
                var run = Array(text[start..<end])
                if length == 12 {
                    guard run[6] == " " else { continue }
                    run.remove(at: 6)
                }
                let digits = run.compactMap(digit)
                if digits.count == 11, isNumber(digits) { return true }
            }
        }
        return false
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? { scalar.isASCII ? Character(scalar).wholeNumberValue : nil }

    private static func joins(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber: true
        default: false
        }
    }

    private static func isNumber(_ d: [Int]) -> Bool {
        let (day, month) = (d[0] * 10 + d[1], d[2] * 10 + d[3])
        let days = Set(1...31).union(41...71)
        let months = Set(1...12).union(41...52).union(66...77).union(81...92)
        guard days.contains(day), months.contains(month) else { return false }
        let first = 3 * d[0] + 7 * d[1] + 6 * d[2] + d[3] + 8 * d[4] + 9 * d[5] + 4 * d[6] + 5 * d[7] + 2 * d[8]
        let second = 5 * d[0] + 4 * d[1] + 3 * d[2] + 2 * d[3] + 7 * d[4] + 6 * d[5] + 5 * d[6] + 4 * d[7] + 3 * d[8] + 2 * d[9]
        // With its control digit either sum is a multiple of 11.
        return (first + d[9]) % 11 == 0 && (second + d[10]) % 11 == 0
    }
}
