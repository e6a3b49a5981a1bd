/// Years of age from `from` to `to`, both within; `to` nil for and above.
package struct AgeGroup: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var from: Int
    package var to: Int?

    package init(from: Int, to: Int?) {
        self.from = from
        self.to = to
    }

    package static let ageMax = 120

    /// `67`, `67 år`, `67-79`, `67–79 år`, `90+`, `105 år eller eldre`, also with Statistics Norway's code before it: `010 10 år`,
    /// `105+ 105 år eller eldre`; nil for anything else, and where code and text are two ages.
    package init?(_ text: String) {
        guard let (code, told) = AgeGroup.coded(text) else {
            self.init(plain: text)
            return
        }
        guard let age = AgeGroup(plain: told), code == age || (age.to == nil && code.from == age.from && code.to == code.from) else { return nil }
        self = age
    }

    /// The code of `010 10 år` and the text behind it; nil where no code stands before the text.
    static func coded(_ text: String) -> (code: AgeGroup, told: String)? {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count > 1, let digit = words[1].utf8.first, (48...57).contains(digit), let code = AgeGroup(plain: String(words[0])) else { return nil }
        return (code, words.dropFirst().joined(separator: " "))
    }

    /// An age without a code before it.
    init?(plain text: String) {
        var words = text.lowercased().replacing("–", with: "-").replacing("år", with: "").filter { !$0.isWhitespace }
        for ending in ["ellereldre", "ogover", "ogeldre"] where words.hasSuffix(ending) {
            words = String(words.dropLast(ending.count)) + "+"
        }
        let isOpen = words.hasSuffix("+")
        let parts = (isOpen ? String(words.dropLast()) : words).split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil }
        guard numbers.count == parts.count, (1...2).contains(numbers.count), !(isOpen && numbers.count == 2) else { return nil }
        let last = isOpen ? nil : numbers.last
        guard numbers[0] <= AgeGroup.ageMax, last.map({ $0 >= numbers[0] && $0 <= AgeGroup.ageMax }) ?? true else { return nil }
        self.init(from: numbers[0], to: last)
    }

    package var description: String { to.map { $0 == from ? "\(from)" : "\(from)-\($0)" } ?? "\(from)+" }

    package func contains(_ other: AgeGroup) -> Bool {
        from <= other.from && (to == nil || other.to.map { $0 <= to! } ?? false)
    }

    package func overlaps(_ other: AgeGroup) -> Bool {
        from <= (other.to ?? .max) && other.from <= (to ?? .max)
    }

    package static func < (left: AgeGroup, right: AgeGroup) -> Bool { (left.from, left.to ?? .max) < (right.from, right.to ?? .max) }
}
