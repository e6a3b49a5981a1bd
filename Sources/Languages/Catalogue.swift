package import Files

/// The sentences of the pages in another language, as a catalogue file (gettext's PO) holds them.
package struct Catalogue: Sendable {
    /// One sentence: as the pages write it in bokmål, and as it is to be read.
    package struct Entry: Equatable, Sendable {
        /// With holes `{1}`, `{2}` for figures, names and dates; whitespace collapsed.
        package var source: String
        /// With the same holes, in any order.
        package var translation: String
        /// The line of its msgid, from 1.
        package var line: Int
    }

    /// How numbers are written where they differ from bokmål's `1 234,5`.
    package struct NumberForm: Equatable, Sendable {
        /// Between whole part and decimals.
        package var decimalMark: Unicode.Scalar
        /// Between thousands.
        package var groupMark: Unicode.Scalar
        /// Whether the percent sign stands right after the number.
        package var joinsPercent = false
    }

    /// The tag of HTML's `lang` (BCP 47): `nn`, `en`, `se`.
    package var tag: String
    /// What the language calls itself: `Nynorsk`.
    package var name: String
    /// Nil where numbers are written as in bokmål.
    package var numberForm: NumberForm?
    /// In the file's order; each source once.
    package var entries: [Entry]
    /// Sources whose translation is marked fuzzy or is missing: their sentences stay bokmål.
    package var unfinished: [FileProblem] = []

    /// The most bytes of a file.
    package static let bytesMax = 4 << 20
    /// The keys of the heading that are ours.
    static let nameField = "X-Vaktlast-Name"
    static let decimalField = "X-Vaktlast-Decimal"
    static let groupField = "X-Vaktlast-Thousands"
    static let percentField = "X-Vaktlast-Percent"
}

extension Catalogue {
    /// Reads a catalogue.
    ///
    /// - Parameters:
    ///   - po: the file's text: UTF-8, comments, texts over several lines and escapes as gettext writes them.
    ///   - file: its name, for messages.
    /// - Throws: `FileError` with every problem, by line.
    package init(po: String, file: String) throws(FileError) {
        var reader = CatalogueReader(po)
        let catalogue = reader.read()
        guard let catalogue, reader.problems.isEmpty else { throw FileError(file: file, problems: reader.problems.sorted { $0.line < $1.line }) }
        self = catalogue
    }
}
