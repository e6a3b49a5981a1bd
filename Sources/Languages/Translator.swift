/// Puts texts of the pages into another language by a catalogue. Made once for a catalogue; safe to be used by many at a time.
///
/// A text is looked for as it stands, then among the sentences with holes, of which the one with the most given characters wins
/// (then the one with the fewest holes, then the first in the order of their bytes). What fills a hole is translated likewise. A
/// text of several sentences is taken apart where it is not known as a whole, and so is one with separators. What no entry knows
/// stays as it is.
package struct Translator: Sendable {
    /// What became of a text.
    package struct Translation: Equatable, Sendable {
        package var text: String
        /// Parts with letters that no entry knows: names, or what the catalogue lacks.
        package var unknown: [String]
    }

    package let catalogue: Catalogue

    private let index: EntryIndex
    /// Names of zones and municipalities, which are never translated.
    private let names: Set<String>
    /// The same, the longest first.
    private let nameScalars: [Scalars]
    /// What the municipality calls its goals, without the last mark and with a small first letter; the longest first.
    private let titles: [Scalars]

    /// A hole in a hole and so on; what lies deeper stays as it is.
    private static let depthMax = 8
    /// Longer texts stay as they are: the pages hold none.
    private static let scalarsMax = 20_000

    package init(_ catalogue: Catalogue) {
        self.init(catalogue, EntryIndex(catalogue.entries), [], [])
    }

    private init(_ catalogue: Catalogue, _ index: EntryIndex, _ names: Set<String>, _ titles: Set<String>) {
        (self.catalogue, self.index, self.names) = (catalogue, index, names)
        func longestFirst(_ texts: [Scalars]) -> [Scalars] {
            texts.filter { !$0.isEmpty }.sorted { ($1.count, FoldedText.string($0[...])) < ($0.count, FoldedText.string($1[...])) }
        }
        nameScalars = longestFirst(names.map { Array($0.unicodeScalars) })
        self.titles = longestFirst(titles.map { EntryIndex.core(FoldedText($0).scalars) })
    }

    /// The same for those who write words of their own.
    ///
    /// - Parameters:
    ///   - names: what stays as it is wherever it stands though an entry reads alike, such as the name of a zone.
    ///   - titles: what stays as it is where no entry knows it as a whole, such as the title of a goal.
    package func keeping(_ names: Set<String>, titles: Set<String> = []) -> Translator { Translator(catalogue, index, names, titles) }

    /// A text in the other language. Whitespace at its ends is kept.
    package func translation(of text: String) -> Translation {
        var work = Work()
        let text = translated(Array(text.unicodeScalars), depth: 0, &work)
        return Translation(text: OwnText.plain(FoldedText.string(text[...])), unknown: work.unknown)
    }

    // MARK: - Steps

    private typealias Scalars = [Unicode.Scalar]

    /// What is done for one text.
    private struct Work {
        var unknown: [String] = []
        /// Entries that may still be tried, so that no text takes long.
        var triesLeft = 2000
    }

    private func translated(_ text: Scalars, depth: Int, _ work: inout Work) -> Scalars {
        guard text.count <= Translator.scalarsMax else { return text }
        let begin = text.firstIndex { !FoldedText.isSpace($0) } ?? text.count
        let end = (text.lastIndex { !FoldedText.isSpace($0) } ?? -1) + 1
        guard begin < end else { return text }
        let core = FoldedText(Array(text[begin..<end]))
        guard core.scalars.contains(where: \.isLetter) else { return numbers(text) }
        guard !names.contains(core.string) else { return text }
        return text[..<begin] + translated(core, depth: depth, &work) + text[end...]
    }

    private func translated(_ text: FoldedText, depth: Int, _ work: inout Work) -> Scalars {
        work.triesLeft -= 1
        if depth < Translator.depthMax, work.triesLeft > 0 {
            let candidates = index.candidates(text.scalars)
            // Members known as wholes are surer than a sentence that one of them begins.
            if let found = listed(text, depth: depth, &work) { return found }
            if let found = sentences(text, candidates, depth: depth, &work) { return found }
            if let found = titled(text, depth: depth, &work) { return found }
            if let found = index.find(text.scalars, .strong, candidates) { return filled(found, text, depth: depth, &work) }
            if let found = separated(text, depth: depth, &work) { return found }
            for found in index.weak(text.scalars, candidates) {
                let known = work.unknown.count
                let result = filled(found, text, depth: depth, &work)
                if work.unknown.count == known { return result }
                work.unknown.removeSubrange(known...)
            }
            if let found = freed(text, depth: depth, &work) { return found }
        } else if let found = index.find(text.scalars, .strict, []) {
            return filled(found, text, depth: depth, &work)
        }
        if !isMadeOfNames(text.scalars) { work.unknown.append(text.string) }
        return numbers(text.original)
    }

    /// A title of the municipality's own, which stays where no entry knows it as a whole, with what comes after it; nil for other texts.
    private func titled(_ text: FoldedText, depth: Int, _ work: inout Work) -> Scalars? {
        guard !titles.isEmpty else { return nil }
        let core = EntryIndex.core(text.scalars)
        guard let title = titles.first(where: { core.starts(with: $0) && (core.count == $0.count || !core[$0.count].isLetter) }) else { return nil }
        let rest = text.original(title.count..<text.scalars.count)
        return self.title(text.part(0..<title.count))
            + (rest.contains(where: \.isLetter) ? translated(Array(rest), depth: depth + 1, &work) : numbers(Array(rest)))
    }

    /// A title as the entry says that knows it as a whole; else as it is.
    private func title(_ text: FoldedText) -> Scalars {
        index.whole(text.scalars).map { fitted($0.literal, $0.edge, to: EntryIndex.Edge(text.scalars)) } ?? Array(text.original)
    }

    /// Whether nothing but names has letters in it: `Biri 1`, `Biri + Nordbyen`.
    private func isMadeOfNames(_ text: Scalars) -> Bool {
        guard !nameScalars.isEmpty else { return false }
        var place = 0
        while place < text.count {
            guard text[place].isLetter else {
                place += 1
                continue
            }
            guard let name = nameScalars.first(where: { text[place...].starts(with: $0) }) else { return false }
            place += name.count
            if place < text.count, text[place].isLetter { return false }
        }
        return true
    }

    /// What an entry says for a text.
    private func filled(_ found: EntryIndex.Found, _ text: FoldedText, depth: Int, _ work: inout Work) -> Scalars {
        var result: Scalars = []
        var isNoBreak = false
        for piece in found.translation {
            switch piece {
            case .text(let literal):
                // What a line is not to be broken between stays so: a figure and its unit.
                if isNoBreak, literal.first == " " { result.append(FoldedText.noBreakSpace) }
                result += isNoBreak && literal.first == " " ? literal.dropFirst() : literal[...]
                isNoBreak = false
            case .hole(let number):
                let hole = found.holes[number - 1]
                result += translated(Array(text.original(hole)), depth: depth + 1, &work)
                isNoBreak = hole.upperBound < text.scalars.count && text.isNoBreak(at: hole.upperBound)
            }
        }
        return fitted(result, found.edge, to: EntryIndex.Edge(text.scalars))
    }

    /// A translation that begins and ends as the text does where the entry does otherwise.
    private func fitted(_ translation: Scalars, _ edge: EntryIndex.Edge, to wanted: EntryIndex.Edge) -> Scalars {
        var result = translation
        if edge.mark != wanted.mark {
            if edge.mark != nil, let last = result.last, Separators.endings.contains(last) { result.removeLast() }
            if let mark = wanted.mark { result.append(mark) }
        }
        // Abbreviations keep their capitals.
        if let isCapital = wanted.isCapital, edge.isCapital == !isCapital, let head = result.first,
            isCapital || result.dropFirst().first?.isUppercase != true
        {
            let turned = isCapital ? head.properties.titlecaseMapping : head.properties.lowercaseMapping
            result = Array(turned.unicodeScalars) + result.dropFirst()
        }
        return result
    }

    // MARK: Taking apart

    /// Sentences one after the other, or one: parted so that the most is known; nil where a single one is not known.
    private func sentences(_ text: FoldedText, _ candidates: [Int], depth: Int, _ work: inout Work) -> Scalars? {
        let bounds = [0] + Sentences.ends(in: text.scalars, 0..<text.scalars.count) + [text.scalars.count]
        let count = bounds.count - 1
        guard count > 1 else {
            return index.find(text.scalars, .strict, candidates).map { filled($0, text, depth: depth, &work) }
        }
        // From the last sentence on: what is known at most from there, and how far its first run goes.
        var best = [(score: Int, end: Int, found: EntryIndex.Found?)](repeating: (0, count, nil), count: count + 1)
        for first in (0..<count).reversed() {
            best[first] = (-1, first + 1, nil)
            for last in (first + 1...min(count, first + Sentences.runMax)).reversed() {
                let begin = bounds[first] + (first > 0 ? 1 : 0)
                let found = index.find(Array(text.scalars[begin..<bounds[last]]), .strict, candidates)
                guard found != nil || last == first + 1 else { continue }
                let score = (found?.score ?? 0) + best[last].score
                if score > best[first].score { best[first] = (score, last, found) }
            }
        }
        var result: Scalars = []
        var first = 0
        while first < count {
            let (_, last, found) = best[first]
            let part = text.part(bounds[first] + (first > 0 ? 1 : 0)..<bounds[last])
            if let found {
                result += filled(found, part, depth: depth, &work)
            } else {
                result += translated(part, depth: depth + 1, &work)
            }
            if last < count { result.append(" ") }
            first = last
        }
        return result
    }

    /// A list of which each member is known as a whole, by an entry or as a title: `a, b og c`, also where a member itself holds a
    /// comma or «og». Parted so that the members are as few as can be; nil for any other text.
    private func listed(_ text: FoldedText, depth: Int, _ work: inout Work) -> Scalars? {
        let cuts = Lists.cuts(text.scalars)
        guard !cuts.isEmpty, cuts.count <= Lists.cutsMax else { return nil }
        let begins = [0] + cuts.map(\.upperBound)
        let ends = cuts.map(\.lowerBound) + [text.scalars.count]
        // From the last member on: how many there are at least from there, and where the first of them ends.
        var best = [(count: Int, end: Int)?](repeating: nil, count: begins.count + 1)
        best[begins.count] = (0, begins.count)
        for first in begins.indices.reversed() {
            for last in (first..<begins.count).reversed() {
                guard let rest = best[last + 1], begins[first] < ends[last], isMember(text.scalars[begins[first]..<ends[last]]) else { continue }
                if best[first].map({ rest.count + 1 < $0.count }) ?? true { best[first] = (rest.count + 1, last + 1) }
            }
        }
        guard let whole = best[0], whole.count > 1 else { return nil }
        var result: Scalars = []
        var first = 0
        while first < begins.count, let next = best[first]?.end {
            result += title(text.part(begins[first]..<ends[next - 1]))
            if next < begins.count {
                let joint = text.original(cuts[next - 1])
                result += joint.contains(where: \.isLetter) ? translated(Array(joint), depth: depth + 1, &work) : Array(joint)
            }
            first = next
        }
        return result
    }

    private func isMember(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
        let text = Array(text)
        return index.whole(text) != nil || titles.contains(EntryIndex.core(text)) || names.contains(FoldedText.string(text[...]))
    }

    /// Taken apart at the strongest separator in it; nil where there is none.
    private func separated(_ text: FoldedText, depth: Int, _ work: inout Work) -> Scalars? {
        for separator in Separators.all {
            let places = Separators.places(separator, in: text.scalars)
            guard !places.isEmpty else { continue }
            var result: Scalars = []
            var begin = 0
            for place in places + [text.scalars.count] {
                if begin < place { result += translated(Array(text.original(begin..<place)), depth: depth + 1, &work) }
                if place < text.scalars.count { result += text.original(place..<place + separator.count) }
                begin = place + separator.count
            }
            return result
        }
        return nil
    }

    /// Freed of the punctuation around it, or parted where parentheses begin; nil where there is none.
    private func freed(_ text: FoldedText, depth: Int, _ work: inout Work) -> Scalars? {
        let bounds = Separators.core(text.scalars)
        if bounds.count < text.scalars.count, !bounds.isEmpty {
            return text.original(0..<bounds.lowerBound) + translated(Array(text.original(bounds)), depth: depth + 1, &work)
                + text.original(bounds.upperBound..<text.scalars.count)
        }
        guard let open = Separators.parenthesis(text.scalars) else { return nil }
        return translated(Array(text.original(0..<open)), depth: depth + 1, &work)
            + translated(Array(text.original(open..<text.scalars.count)), depth: depth + 1, &work)
    }

    private func numbers(_ text: Scalars) -> Scalars { catalogue.numberForm?.written(text) ?? text }
}
