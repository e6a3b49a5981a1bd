extension DC09Code {
    // MARK: - SIA-DCS

    /// The codes of a SIA-DCS block, e.g. `Nri1/PA001`, `NFA129`, `Nti10:23/id3/ri2/OP7^text^/CL8`: modifiers in small
    /// letters, codes of two capitals with a number, perhaps a text.
    static func read(dcs data: ArraySlice<UInt8>, _ oddities: inout Oddities) -> [DC09Code] {
        var codes: [DC09Code] = []
        var rest = withoutNewOrOld(data.drop { $0 <= 0x20 })
        while let first = rest.first {
            if first == UInt8(ascii: "/") || first <= 0x20 {
                rest = rest.dropFirst()
            } else if isSmall(first) {
                rest = behindModifier(rest)
            } else if let letters = capitals(rest) {
                let digits = rest.dropFirst(2).prefix { isDigit($0) }
                codes.append(DC09Code(meaning: meaning(dcs: letters), number: number(digits)))
                rest = rest[digits.endIndex...]
                if let next = rest.first, next > 0x20, ![UInt8(ascii: "/"), UInt8(ascii: "^"), UInt8(ascii: "*")].contains(next) {
                    oddities.note("unknown-part")
                }
                rest = behindText(rest)
            } else {
                oddities.note("unknown-part")
                rest = rest.drop { $0 != UInt8(ascii: "/") }
            }
        }
        return codes
    }

    /// A block begins with N for a new or O for an old event; `NL` and `OP` are codes all the same.
    private static func withoutNewOrOld(_ data: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let first = data.first, first == UInt8(ascii: "N") || first == UInt8(ascii: "O"), let second = data.dropFirst().first else { return data }
        let behind = data.dropFirst()
        return isSmall(second) || second == UInt8(ascii: "/") || capitals(behind) != nil ? behind : data
    }

    /// Modifiers end with a slash; behind a number some leave it out.
    private static func behindModifier(_ data: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let value = data.drop(while: isSmall)
        let rest = value.drop { isDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
        if rest.startIndex > value.startIndex, capitals(rest) != nil { return rest }
        return rest.drop { $0 != UInt8(ascii: "/") }
    }

    /// A text stands between `^`, with some between `*`, and may hold slashes.
    private static func behindText(_ data: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let mark = data.first, mark == UInt8(ascii: "^") || mark == UInt8(ascii: "*") else { return data.drop { $0 != UInt8(ascii: "/") } }
        let end = data.dropFirst().firstIndex(of: mark) ?? data.endIndex
        return data[min(end, data.endIndex)...].drop { $0 != UInt8(ascii: "/") }
    }

    // MARK: - ADM-CID

    /// The codes of an ADM-CID block: `1130 01 015` is qualifier 1 and code 130, group 01, zone 015.
    static func read(contactID data: ArraySlice<UInt8>, _ oddities: inout Oddities) -> [DC09Code] {
        var words = data.split { $0 <= 0x20 }
        // Written without spaces.
        if words.count == 1, words[0].count == 9 {
            let word = words[0]
            words = [word.prefix(4), word.dropFirst(4).prefix(2), word.dropFirst(6)]
        }
        var codes: [DC09Code] = []
        while let word = words.first {
            guard word.count == 4, word.dropFirst().allSatisfy(isHexadecimal) else {
                oddities.note("unknown-part")
                words.removeFirst()
                continue
            }
            let zone = words.dropFirst(2).first
            if zone == nil { oddities.note("no-zone") }
            let code = String(decoding: word.dropFirst(), as: UTF8.self).uppercased()
            codes.append(DC09Code(meaning: meaning(of: code, qualifier: word[word.startIndex], &oddities), number: number(zone?.prefix(while: isDigit) ?? [])))
            words.removeFirst(min(3, words.count))
        }
        return codes
    }

    private static func meaning(of code: String, qualifier: UInt8, _ oddities: inout Oddities) -> Meaning {
        switch qualifier {
        case UInt8(ascii: "1"), UInt8(ascii: "E"): return meaning(contactID: code, isRestored: false)
        case UInt8(ascii: "3"), UInt8(ascii: "R"): return meaning(contactID: code, isRestored: true)
        case UInt8(ascii: "6"), UInt8(ascii: "P"):
            // What was reported before still is so: no new alarm.
            oddities.note("status-report")
            switch meaning(contactID: code, isRestored: false) {
            case .alarm: return .other(code)
            case let same: return same
            }
        default:
            oddities.note("bad-qualifier")
            return meaning(contactID: code, isRestored: false)
        }
    }

    // MARK: - Characters

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
    private static func isSmall(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }
    private static func isCapital(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }
    private static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 6 }

    /// The first two characters, if they are capital letters.
    private static func capitals(_ data: ArraySlice<UInt8>) -> String? {
        let two = data.prefix(2)
        return two.count == 2 && two.allSatisfy(isCapital) ? String(decoding: two, as: UTF8.self) : nil
    }

    /// Leading zeros do not count; none is 0, and so is what is too long for a zone.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int {
        NativeReference.number(String(decoding: digits, as: UTF8.self)) ?? 0
    }
}
