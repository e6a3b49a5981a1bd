import CSimdjson
import Glibc

/// Finds and masks Norwegian national identity numbers (CONTRACT 2, `personal-data`).
///
/// A run is exactly 11 digits, or 6, one space and 5, not next to a letter or digit, whose first six are a date
/// and whose two control digits are right.
package enum PersonalData {
    package static let mask = [UInt8](repeating: UInt8(ascii: "*"), count: 11)

    /// Whether bytes may hold a run, plain or with JSON escapes. Cheap, and never wrong when it says no: a run has at
    /// least six digits in a row, or an escape.
    package static func mayOccur(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.baseAddress else { return false }
        var index = vl_next_digit_run(first, bytes.count, 0)
        while index < bytes.count {
            var end = index + 6
            while end < bytes.count, isDigit(bytes[end]) { end += 1 }
            if isCandidate(bytes, index..<end) { return true }
            index = vl_next_digit_run(first, bytes.count, end)
        }
        return hasEscapedDigit(bytes)
    }

    /// Whether six digits or more can be a run or a part of one.
    private static func isCandidate(_ bytes: UnsafeBufferPointer<UInt8>, _ digits: Range<Int>) -> Bool {
        // The last digits of an escape such as \u2013 may stand before a run and look like a part of it.
        if bytes[max(0, digits.lowerBound - 6)..<digits.lowerBound].contains(UInt8(ascii: "\\")) { return true }
        let end = digits.upperBound
        return digits.count == 11 || (digits.count == 6 && end + 1 < bytes.count && bytes[end] == UInt8(ascii: " ") && isDigit(bytes[end + 1]))
    }

    /// A `\u003x` or `\u0020`: a digit or space that the plain search does not see.
    private static func hasEscapedDigit(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.baseAddress else { return false }
        var place = 0
        while place < bytes.count, let found = memchr(first + place, Int32(UInt8(ascii: "\\")), bytes.count - place) {
            let backslash = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - first
            let tail = bytes[min(backslash + 1, bytes.endIndex)...].prefix(4)
            if tail.elementsEqual("u003".utf8) || tail.elementsEqual("u002".utf8) { return true }
            place = backslash + 2
        }
        return false
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// Masks every run in text that is no JSON; nil when there is none.
    package static func maskPlain(_ bytes: [UInt8]) -> [UInt8]? {
        let runs = self.runs(in: units(ofUTF8: bytes, bytes.indices))
        return runs.isEmpty ? nil : replace(runs, in: bytes)
    }

    /// Masks every run inside JSON strings; `events` are the indexes of the events that hold one in a value
    /// (0 for a single event), ascending. Nil when there is none. Reads broken JSON as far as it goes.
    package static func maskJSON(_ bytes: [UInt8]) -> (masked: [UInt8], events: [Int])? {
        var scanner = JSONStringScanner(bytes: bytes)
        var found: [Range<Int>] = []
        var events: [Int] = []
        while let literal = scanner.next() {
            let runs = self.runs(in: literal.units)
            guard !runs.isEmpty else { continue }
            found += runs
            if !literal.isName, events.last != literal.event { events.append(literal.event) }
        }
        return found.isEmpty ? nil : (replace(found, in: bytes), events)
    }

    private static func replace(_ runs: [Range<Int>], in bytes: [UInt8]) -> [UInt8] {
        var masked: [UInt8] = []
        masked.reserveCapacity(bytes.count)
        var position = 0
        for run in runs {
            masked += bytes[position..<run.lowerBound]
            masked += mask
            position = run.upperBound
        }
        return masked + bytes[position...]
    }

    // MARK: - Runs

    /// One character and the bytes that write it, which are more than one in an escape.
    struct Unit {
        var scalar: UInt32
        var bytes: Range<Int>

        var digit: Int? { (0x30...0x39).contains(scalar) ? Int(scalar) - 0x30 : nil }

        var isLetterOrDigit: Bool {
            guard let scalar = Unicode.Scalar(scalar) else { return false }
            if scalar.isASCII { return ("0"..."9") ~= scalar || ("a"..."z") ~= scalar || ("A"..."Z") ~= scalar }
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
                return true
            default: return false
            }
        }
    }

    /// Characters of UTF-8; a byte that is none stands for itself as U+FFFD.
    static func units(ofUTF8 bytes: [UInt8], _ range: Range<Int>) -> [Unit] {
        var units: [Unit] = []
        var position = range.lowerBound
        while position < range.upperBound {
            let unit = self.unit(ofUTF8: bytes, at: position, before: range.upperBound)
            units.append(unit)
            position = unit.bytes.upperBound
        }
        return units
    }

    static func unit(ofUTF8 bytes: [UInt8], at position: Int, before end: Int) -> Unit {
        let first = bytes[position]
        if first < 0x80 { return Unit(scalar: UInt32(first), bytes: position..<position + 1) }
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = bytes[position..<end].makeIterator()
        if case .valid(let encoded) = decoder.parseScalar(from: &iterator) {
            return Unit(scalar: Unicode.UTF8.decode(encoded).value, bytes: position..<position + encoded.count)
        }
        return Unit(scalar: 0xFFFD, bytes: position..<position + 1)
    }

    static func runs(in units: [Unit]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        while start < units.count {
            guard units[start].digit != nil else {
                start += 1
                continue
            }
            let end = endOfDigits(units, start)
            let isFree = start == 0 || !units[start - 1].isLetterOrDigit
            if isFree, let runEnd = runEnd(units, start, end) {
                runs.append(units[start].bytes.lowerBound..<units[runEnd - 1].bytes.upperBound)
                start = runEnd
            } else {
                start = end
            }
        }
        return runs
    }

    private static func endOfDigits(_ units: [Unit], _ start: Int) -> Int {
        var end = start
        while end < units.count, units[end].digit != nil { end += 1 }
        return end
    }

    /// The end of the run that starts with these digits, nil when they start none.
    private static func runEnd(_ units: [Unit], _ start: Int, _ end: Int) -> Int? {
        var runEnd = end
        if end - start == 6, end < units.count, units[end].scalar == 0x20 {
            runEnd = endOfDigits(units, end + 1)
            guard runEnd - end == 6 else { return nil }
        }
        let digits = units[start..<runEnd].compactMap(\.digit)
        guard digits.count == 11, runEnd == units.count || !units[runEnd].isLetterOrDigit, isIdentityNumber(digits)
        else { return nil }
        return runEnd
    }

    /// Eleven digits: a date DDMMYY, D-, H-, synthetic and test numbers included, and two control digits modulo 11.
    static func isIdentityNumber(_ digits: [Int]) -> Bool {
        let day = digits[0] * 10 + digits[1]
        let month = digits[2] * 10 + digits[3]
        guard (1...31).contains(day) || (41...71).contains(day),
            (1...12).contains(month) || (41...52).contains(month) || (66...77).contains(month)
                || (81...92).contains(month)
        else { return false }
        return control(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2]) == digits[9]
            && control(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) == digits[10]
    }

    /// 11 − (weighted sum mod 11), where 11 is 0 and 10 fits no digit.
    private static func control(_ digits: [Int], _ weights: [Int]) -> Int {
        let remainder = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11
        return remainder == 0 ? 0 : 11 - remainder
    }
}
