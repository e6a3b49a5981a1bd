/// The languages that the pages can be read in.
package struct Languages: Sendable {
    /// One of them, as a chooser names it.
    package struct Choice: Equatable, Sendable {
        package var tag: String
        package var name: String
    }

    /// What the pages are written in.
    package static let source = Choice(tag: "nb", name: "Bokmål")
    /// Only what they are written in.
    package static let none = Languages([])

    private let translators: [String: Translator]
    /// Bokmål, nynorsk, then the rest by their tags.
    package let choices: [Choice]

    /// - Parameter catalogues: one a language; of two with the same tag the later holds.
    package init(_ catalogues: [Catalogue]) {
        translators = Dictionary(catalogues.map { ($0.tag, Translator($0)) }) { $1 }
        let made = translators.values.map { Choice(tag: $0.catalogue.tag, name: $0.catalogue.name) }
        choices = [Languages.source] + made.sorted { ($0.tag == "nn" ? "" : $0.tag) < ($1.tag == "nn" ? "" : $1.tag) }
    }

    /// How a language is reached; nil for bokmål, and for one that is not here.
    package func translator(_ tag: String) -> Translator? { translators[tag] }

    /// Whether the pages can be read in it.
    package func has(_ tag: String) -> Bool { tag == Languages.source.tag || translators[tag] != nil }

    package var catalogues: [Catalogue] { translators.values.map(\.catalogue).sorted { $0.tag < $1.tag } }
}
