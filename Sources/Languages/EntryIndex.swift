/// Finds the entry of a catalogue that a text is.
///
/// First letter and last mark are left out of the comparison, so that «alarmer», «Alarmer» and «Alarmer:» are found by one entry; where
/// there is one for just what the text has, it goes first. Texts without holes go before those with; among these the one with the
/// most given characters wins (a beginning counts for more), then the one with the fewest holes, then the first in the order of their bytes.
struct EntryIndex: Sendable {
    /// Which sentences with holes are looked for.
    enum Reach {
        /// Where no hole reaches over the end of a sentence.
        case strict
        case strong
    }

    struct Found {
        var translation: [Template.Piece]
        /// Places in the text that was looked for, without its last mark.
        var holes: [Range<Int>] = []
        /// How many characters are given.
        var score: Int
        /// How the entry begins and ends; the text may do otherwise.
        var edge: Edge
    }

    /// What is left out of the comparison.
    struct Edge: Equatable, Sendable {
        /// Nil where no letter begins it, or a hole.
        var isCapital: Bool?
        /// The mark at the end, if there is one that may come and go.
        var mark: Unicode.Scalar?

        init(_ text: [Unicode.Scalar]) {
            isCapital = text.first.flatMap { $0.isLetter ? $0.isUppercase : nil }
            mark = text.count > 1 ? text.last.flatMap { Separators.endings.contains($0) ? $0 : nil } : nil
        }
    }

    private struct Whole: Sendable {
        var edge: Edge
        var translation: [Unicode.Scalar]
        var count: Int
    }

    private var whole: [[Unicode.Scalar]: [Whole]] = [:]
    /// The surest first.
    private var patterns: [Pattern] = []
    /// Places in `patterns` by a word that must be in the text, in small letters.
    private var byWord: [String: [Int]] = [:]
    /// Places of those that hold no word.
    private var wordless: [Int] = []

    init(_ entries: [Catalogue.Entry]) {
        for entry in entries {
            // The reader has seen to it that both can be read.
            guard let source = try? Template.pieces(entry.source), let translation = try? Template.pieces(entry.translation) else { continue }
            if Template.holes(source).isEmpty {
                let scalars = Array(entry.source.unicodeScalars)
                whole[EntryIndex.core(scalars), default: []].append(
                    .init(edge: Edge(scalars), translation: Array(entry.translation.unicodeScalars), count: scalars.count)
                )
            } else {
                patterns.append(Pattern(source: entry.source, pieces: source, translation: translation))
            }
        }
        patterns.sort { ($1.weight, $0.holeCount, $0.source) < ($0.weight, $1.holeCount, $1.source) }
        // Each is looked for by the rarest of its words.
        let words = patterns.map(\.words)
        var counts: [String: Int] = [:]
        for word in words.joined() { counts[word, default: 0] += 1 }
        for (place, words) in words.enumerated() {
            if let rarest = words.min(by: { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) }) {
                byWord[rarest, default: []].append(place)
            } else {
                wordless.append(place)
            }
        }
    }

    /// Without the last mark, and with a small first letter.
    static func core(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var core = Edge(text).mark == nil ? text : Array(text.dropLast())
        while core.last == " " { core.removeLast() }
        if let first = core.first, first.isUppercase, let small = EntryIndex.small(first) { core[0] = small }
        return core
    }

    private static func small(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let small = scalar.properties.lowercaseMapping.unicodeScalars
        return small.count == 1 ? small.first : nil
    }

    /// Sentences with holes that a text may be, or a part of it.
    func candidates(_ text: [Unicode.Scalar]) -> [Int] {
        var places = Set(wordless)
        for word in Words.ranges(text) { places.formUnion(byWord[EntryIndex.word(text[word])] ?? []) }
        return places.sorted()
    }

    /// A word as it is filed.
    static func word(_ word: ArraySlice<Unicode.Scalar>) -> String { FoldedText.string(word).lowercased() }

    /// The entry that a text is; nil for none.
    ///
    /// - Parameter candidates: what `candidates` gives for the text, or for one that it is a part of.
    func find(_ text: [Unicode.Scalar], _ reach: Reach, _ candidates: [Int]) -> Found? {
        let (edge, core) = (Edge(text), EntryIndex.core(text))
        if let best = entry(core, edge) { return Found(translation: [.text(best.translation)], score: best.count, edge: best.edge) }
        var best: (pattern: Pattern, holes: [Range<Int>])?
        for place in candidates {
            let pattern = patterns[place]
            if let best, pattern.weight < best.pattern.weight || pattern.holeCount > best.pattern.holeCount { break }
            guard !pattern.isWeak, best == nil || pattern.edge == edge, let holes = pattern.holes(in: core) else { continue }
            if reach == .strict, holes.contains(where: { !Sentences.ends(in: core, $0).isEmpty }) { continue }
            best = (pattern, holes)
            if pattern.edge == edge { break }
        }
        return best.map { Found(translation: $0.pattern.translation, holes: $0.holes, score: $0.pattern.weight, edge: $0.pattern.edge) }
    }

    /// What an entry without holes says for a text; nil for none.
    func whole(_ text: [Unicode.Scalar]) -> (literal: [Unicode.Scalar], edge: Edge)? {
        entry(EntryIndex.core(text), Edge(text)).map { ($0.translation, $0.edge) }
    }

    private func entry(_ core: [Unicode.Scalar], _ edge: Edge) -> Whole? {
        guard let found = whole[core] else { return nil }
        return found.first { $0.edge == edge } ?? found.first { $0.edge.isCapital == edge.isCapital } ?? found.first
    }

    /// Sentences of which little is given that a text may be, the surest first, at most `weakMax`.
    func weak(_ text: [Unicode.Scalar], _ candidates: [Int]) -> [Found] {
        let core = EntryIndex.core(text)
        var found: [Found] = []
        for place in candidates where patterns[place].isWeak && found.count < EntryIndex.weakMax {
            let pattern = patterns[place]
            guard let holes = pattern.holes(in: core) else { continue }
            found.append(Found(translation: pattern.translation, holes: holes, score: pattern.weight, edge: pattern.edge))
        }
        return found
    }

    private static let weakMax = 6
}
