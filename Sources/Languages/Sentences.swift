/// Where sentences of bokmål end.
enum Sentences {
    /// Sentences that are looked for together.
    static let runMax = 12

    /// Words before a point that ends no sentence where a figure follows.
    private static let abbreviations: Set<String> = ["kl", "ca", "nr", "maks"]

    /// Places after the marks that end a sentence within a range, but for its own end: there the space begins that parts it from the next.
    static func ends(in text: [Unicode.Scalar], _ range: Range<Int>) -> [Int] {
        guard range.count > 3 else { return [] }
        return (range.lowerBound + 2..<range.upperBound - 1).filter { place in
            text[place] == " " && isMark(text[place - 1]) && begins(text, at: place + 1)
                && !(text[place + 1].isDigit && isAbbreviation(text, before: place - 1))
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "!" || scalar == "?" }
    /// After a short figure only a capital letter begins a sentence: «5. 12 alarmer» is no end, «2026. 12 alarmer» and «hele 5. De andre» are.
    private static func begins(_ text: [Unicode.Scalar], at place: Int) -> Bool {
        text[place].isUppercase || text[place] == "«" || (text[place].isDigit && !endsWithShortFigure(text, at: place - 3))
    }

    /// Whether a figure of one or two digits ends there: a day or what comes first, second and so on.
    private static func endsWithShortFigure(_ text: [Unicode.Scalar], at last: Int) -> Bool {
        var count = 0
        while count <= last, count < 3, text[last - count].isDigit { count += 1 }
        return (1...2).contains(count)
    }

    private static func isAbbreviation(_ text: [Unicode.Scalar], before point: Int) -> Bool {
        var begin = point
        while begin > 0, text[begin - 1].isLetter { begin -= 1 }
        return abbreviations.contains(FoldedText.string(text[begin..<point]).lowercased())
    }
}

/// What stands between parts of a text that are translated each by itself.
enum Separators {
    /// The strongest first.
    static let all: [[Unicode.Scalar]] = [" · ", " – ", " → ", "; ", ": ", ", "].map { Array($0.unicodeScalars) }

    /// Where a separator begins, outside of parentheses and quotation marks.
    static func places(_ separator: [Unicode.Scalar], in text: [Unicode.Scalar]) -> [Int] {
        var places: [Int] = []
        var depth = 0
        var place = 0
        while place + separator.count <= text.count {
            switch text[place] {
            case "(", "«": depth += 1
            case ")", "»": depth -= 1
            default: break
            }
            if depth <= 0, text[place..<place + separator.count].elementsEqual(separator) {
                places.append(place)
                place += separator.count
            } else {
                place += 1
            }
        }
        return places
    }

    /// What may stand after a text that an entry has without it.
    static let endings: Set<Unicode.Scalar> = [".", ":", ",", ";", "?", "…"]

    private static let opening: Set<Unicode.Scalar> = [
        "(", "«", "–", "←", "→", "↑", "↓", "+", "×", "≈", "<", ">", "≥", "≤", "\"", ".", "…", ",", ":", ";", "/", "!", "?", " ",
    ]
    private static let closing: Set<Unicode.Scalar> = opening.union([")", "»", "%", "*"])

    /// A text without the punctuation around it. A parenthesis goes with the one it belongs to.
    static func core(_ text: [Unicode.Scalar]) -> Range<Int> {
        var (begin, end) = (0, text.count)
        while begin < end, opening.contains(text[begin]) { begin += 1 }
        while end > begin, closing.contains(text[end - 1]), !(text[end - 1] == ")" && text[begin..<end].contains("(")) { end -= 1 }
        return begin..<end
    }

    /// Where the last parenthesis begins that has something before it; nil without any.
    static func parenthesis(_ text: [Unicode.Scalar]) -> Int? {
        guard let open = text.lastIndex(of: "("), open > 0 else { return nil }
        return open
    }
}
