/// A text as it is looked for: whitespace collapsed and no-break spaces as spaces, word joiners left out, each place with where it
/// stands in the text itself, so that what fills a hole is taken over unchanged.
struct FoldedText: Sendable {
    private(set) var scalars: [Unicode.Scalar] = []
    /// Where each of `scalars` begins in `original`, and the end.
    private(set) var starts: [Int] = []
    let original: [Unicode.Scalar]

    init(_ text: String) { self.init(Array(text.unicodeScalars)) }

    init(_ text: [Unicode.Scalar]) {
        original = text
        var end = 0
        // Where people's own words go on to; they stand here as one sign.
        var ownEnd = 0
        for (place, scalar) in text.enumerated() where place >= ownEnd {
            if let after = OwnText.end(text, from: place) {
                ownEnd = after
                scalars.append(OwnText.placeholder)
                starts.append(place)
                end = scalars.count
                continue
            }
            if scalar == FoldedText.joiner || scalar == FoldedText.breakPoint { continue }
            if FoldedText.isSpace(scalar) {
                guard let last = scalars.last, last != " " else { continue }
                scalars.append(" ")
            } else {
                scalars.append(scalar)
                end = scalars.count
            }
            starts.append(place)
        }
        // What follows the last word is no part of it.
        let rest = end < starts.count ? starts[end] : text.count
        scalars.removeSubrange(end...)
        starts.removeSubrange(end...)
        starts.append(rest)
    }

    /// Shown as nothing; it keeps a line from breaking.
    static let joiner: Unicode.Scalar = "\u{2060}"
    /// Shown as nothing; a line may break there.
    static let breakPoint: Unicode.Scalar = "\u{200B}"
    static let noBreakSpace: Unicode.Scalar = "\u{A0}"

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r" || scalar == noBreakSpace || scalar == "\u{202F}"
    }

    var string: String { FoldedText.string(scalars[...]) }

    static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// What stands in the text itself at a place of the folded one.
    func original(_ range: Range<Int>) -> ArraySlice<Unicode.Scalar> { original[starts[range.lowerBound]..<starts[range.upperBound]] }

    /// Whether a line may not break at the space at a place.
    func isNoBreak(at place: Int) -> Bool { scalars[place] == " " && original(place..<place + 1).contains(FoldedText.noBreakSpace) }

    /// A part of it, as a text by itself.
    func part(_ range: Range<Int>) -> FoldedText { FoldedText(Array(original(range))) }
}

extension Unicode.Scalar {
    /// Letters; the rest of what a word may hold is decided by who asks.
    var isLetter: Bool { isASCII ? (value | 32) >= 97 && (value | 32) <= 122 : properties.isAlphabetic }
    var isDigit: Bool { value >= 48 && value <= 57 }
    var isUppercase: Bool { isASCII ? value >= 65 && value <= 90 : properties.isUppercase }
}
