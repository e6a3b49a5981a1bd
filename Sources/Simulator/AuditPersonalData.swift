/// National identity numbers in text, as CONTRACT 2 describes them.
enum AuditPersonalData {
    /// Whether a string value at any depth holds one.
    static func isIn(_ value: AuditJSON) -> Bool {
        switch value {
        case .string(let bytes): masked(bytes) != nil
        case .array(let elements): elements.contains { isIn($0) }
        case .object(let members): members.contains { isIn($0.value) }
        case .null, .bool, .number: false
        }
    }

    /// The text with eleven stars for each number; nil when there is none in it.
    static func masked(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count(where: { (0x30...0x39).contains($0) }) >= 11 else { return nil }
        let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        var result: [Unicode.Scalar] = []
        var found = false
        var index = 0
        while index < scalars.count {
            if let length = length(of: scalars, at: index) {
                found = true
                result += [Unicode.Scalar](repeating: "*", count: 11)
                index += length
            } else {
                result.append(scalars[index])
                index += 1
            }
        }
        guard found else { return nil }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: result)
        return Array(String(text).utf8)
    }

    /// 11, or 12 with a space, when a number stands at this place.
    private static func length(of scalars: [Unicode.Scalar], at start: Int) -> Int? {
        for length in [11, 12] where start + length <= scalars.count {
            var part = Array(scalars[start..<(start + length)])
            if length == 12 {
                guard part[6] == " " else { continue }
                part.remove(at: 6)
            }
            let digits = part.compactMap { ("0"..."9").contains($0) ? Int($0.value) - 48 : nil }
            guard digits.count == 11, isNumber(digits) else { continue }
            let before = start > 0 ? scalars[start - 1] : " "
            let after = start + length < scalars.count ? scalars[start + length] : " "
            if !isLetterOrDigit(before) && !isLetterOrDigit(after) { return length }
        }
        return nil
    }

    private static func isNumber(_ digits: [Int]) -> Bool {
        let day = digits[0] * 10 + digits[1]
        let month = digits[2] * 10 + digits[3]
        guard (1...31).contains(day) || (41...71).contains(day) else { return false }
        guard [1...12, 41...52, 66...77, 81...92].contains(where: { $0.contains(month) }) else { return false }
        let first = zip([3, 7, 6, 1, 8, 9, 4, 5, 2, 1], digits).map { $0 * $1 }.reduce(0, +)
        let second = zip([5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], digits).map { $0 * $1 }.reduce(0, +)
        return first % 11 == 0 && second % 11 == 0
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber: true
        default: false
        }
    }
}
