/// A sentence of a catalogue as it is looked for in a page, with what it becomes.
struct Pattern: Sendable {
    /// The texts before, between and after the holes: one more than there are holes; the first and last may be empty.
    let literals: [[Unicode.Scalar]]
    let translation: [Template.Piece]
    /// How many characters are given: the longer, the surer.
    let literalCount: Int
    /// What stands first where two are alike.
    let source: String
    /// How it begins and ends, which `literals` leave out.
    let edge: EntryIndex.Edge

    var holeCount: Int { literals.count - 1 }

    /// Whether so little of it is given that a text is rather taken apart at its separators first, and that it counts only where all
    /// that fills its holes is known: `{1} og {2}`, `{1} alarmer`. What people have written in their own files would otherwise be put
    /// into the other language by halves.
    let isWeak: Bool

    /// How sure it is where several fit: what is given, and more where a text begins as it does.
    let weight: Int

    /// Holes right after a word hold what may come after it, or nothing: `normen{1}` is «normen» or «normen, men det kan være tilfeldig».
    private let mayBeEmpty: [Bool]

    private static let weakLettersMax = 4
    /// Of what begins with a hole: a number and what is counted.
    private static let weakTailLettersMax = 13
    private static let beginningWeight = 20

    /// - Parameters:
    ///   - source: pieces whose holes are 1, 2, … and do not touch.
    init(source: String, pieces: [Template.Piece], translation: [Template.Piece]) {
        var literals: [[Unicode.Scalar]] = [[]]
        for piece in pieces {
            switch piece {
            case .text(let text): literals[literals.count - 1] = text
            case .hole: literals.append([])
            }
        }
        edge = EntryIndex.Edge(Array(source.unicodeScalars))
        if edge.isCapital == true { literals[0] = EntryIndex.core(literals[0] + ["x"]).dropLast() }
        if edge.mark != nil, let last = literals.last { literals[literals.count - 1] = Array(last.dropLast()) }
        self.literals = literals
        self.translation = translation
        self.source = source
        literalCount = literals.reduce(0) { $0 + $1.count }
        weight = literalCount + (literals[0].contains(where: \.isLetter) ? Pattern.beginningWeight : 0)
        mayBeEmpty = literals.dropLast().map { $0.last.map { $0.isLetter || $0 == ")" } ?? false }
        let letters = literals.reduce(0) { $0 + $1.count { $0.isLetter } }
        isWeak = letters <= (literals[0].contains(where: \.isLetter) ? Pattern.weakLettersMax : Pattern.weakTailLettersMax)
    }

    /// What fills the holes: words whole, and as little as can be from the left (from the right for a weak one: in «a og b og c» the
    /// last word joins). Nil where the text is another. Linear in the text for each literal, whatever the text holds.
    func holes(in text: [Unicode.Scalar]) -> [Range<Int>]? {
        let (first, last) = (literals[0], literals[literals.count - 1])
        let end = text.count - last.count
        guard first.count <= end, Pattern.holds(text, first, at: 0), Pattern.holds(text, last, at: end),
            !Pattern.splitsWord(text, first.count), !Pattern.splitsWord(text, end)
        else { return nil }
        var holes: [Range<Int>] = []
        var begin = first.count
        for (index, literal) in literals.enumerated().dropFirst().dropLast() {
            guard let place = place(of: literal, in: text, from: begin + (mayBeEmpty[index - 1] ? 0 : 1), to: end) else { return nil }
            holes.append(begin..<place)
            begin = place + literal.count
        }
        guard begin < end || (begin == end && mayBeEmpty[holeCount - 1]) else { return nil }
        holes.append(begin..<end)
        return holes
    }

    /// Where a literal stands whole, with something after it.
    private func place(of literal: [Unicode.Scalar], in text: [Unicode.Scalar], from begin: Int, to end: Int) -> Int? {
        let last = end - literal.count - (mayBeEmpty[holeCount - 1] ? 0 : 1)
        guard begin <= last else { return nil }
        func stands(_ place: Int) -> Bool {
            // A space between the groups of a number parts nothing.
            if literal == [" "], place > 0, place + 1 < text.count, text[place - 1].isDigit, text[place + 1].isDigit { return false }
            return Pattern.holds(text, literal, at: place) && !Pattern.splitsWord(text, place) && !Pattern.splitsWord(text, place + literal.count)
        }
        return isWeak && holeCount == 2 ? (begin...last).last(where: stands) : (begin...last).first(where: stands)
    }

    private static func splitsWord(_ text: [Unicode.Scalar], _ place: Int) -> Bool {
        place > 0 && place < text.count && text[place - 1].isLetter && text[place].isLetter
    }

    private static func holds(_ text: [Unicode.Scalar], _ literal: [Unicode.Scalar], at place: Int) -> Bool {
        guard place >= 0, place + literal.count <= text.count else { return false }
        for offset in 0..<literal.count where text[place + offset] != literal[offset] { return false }
        return true
    }

    /// The words that stand whole in it, in small letters: every text it matches holds them.
    var words: Set<String> {
        var words: Set<String> = []
        for (index, literal) in literals.enumerated() {
            for word in Words.ranges(literal) {
                // One that touches a hole may be a part of a longer word.
                if word.lowerBound == 0, index > 0 { continue }
                if word.upperBound == literal.count, index < literals.count - 1 { continue }
                words.insert(EntryIndex.word(literal[word]))
            }
        }
        return words
    }
}

/// Runs of letters.
enum Words {
    static func ranges(_ text: [Unicode.Scalar]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var begin: Int?
        for (place, scalar) in text.enumerated() {
            if scalar.isLetter {
                if begin == nil { begin = place }
            } else if let from = begin {
                ranges.append(from..<place)
                begin = nil
            }
        }
        if let from = begin { ranges.append(from..<text.count) }
        return ranges
    }
}
