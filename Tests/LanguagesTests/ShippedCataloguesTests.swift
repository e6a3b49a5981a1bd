import Foundation
import Languages
import Testing

/// The catalogues of `languages/` against the sources whose sentences they translate.
@Suite("The catalogues that come along")
struct ShippedCataloguesTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func catalogues() throws -> [Catalogue] {
        let folder = root.appending(path: "languages")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".po") }.sorted().map { name in
            try Catalogue(po: String(contentsOf: folder.appending(path: name), encoding: .utf8), file: name)
        }
    }

    @Test("nynorsk and English are whole, and translate the same sentences")
    func same() throws {
        let catalogues = try Self.catalogues()
        #expect(Set(["en", "nn"]).isSubset(of: catalogues.map(\.tag)))
        for catalogue in catalogues { #expect(catalogue.unfinished.isEmpty, "\(catalogue.tag)") }
        let sources = catalogues.map { Set($0.entries.map(\.source)) }
        for (catalogue, own) in zip(catalogues, sources) {
            #expect(own == sources[0], "\(catalogue.tag): \(own.symmetricDifference(sources[0]).sorted().prefix(9))")
        }
    }

    /// The words of all sources in their order, and where each stands. Comments are no sentences of the pages.
    private struct Words {
        private var words: [Int] = []
        private var numbers: [String: Int] = [:]
        private var places: [[Int]] = []

        init(_ texts: [String]) {
            for text in texts {
                let lines = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
                // No-break spaces and dashes are written by their names.
                let plain = lines.replacing("\\(Norwegian.space)", with: " ").replacing("\\(Norwegian.dash)", with: " ").replacing("\\u{A0}", with: " ")
                for word in Self.split(plain) {
                    let number = numbers[word] ?? numbers.count
                    if number == numbers.count {
                        numbers[word] = number
                        places.append([])
                    }
                    places[number].append(words.count)
                    words.append(number)
                }
            }
        }

        static func split(_ text: String) -> [String] { text.lowercased().split { !$0.isLetter }.map(String.init) }

        private func stand(_ wanted: ArraySlice<Int?>) -> Bool {
            guard let rarest = wanted.indices.min(by: { places(wanted[$0]).count < places(wanted[$1]).count }) else { return false }
            let offset = rarest - wanted.startIndex
            return places(wanted[rarest]).contains { place in
                place >= offset && place - offset + wanted.count <= words.count
                    && zip(words[(place - offset)...], wanted).allSatisfy { $0 == $1 }
            }
        }

        private func places(_ word: Int?) -> [Int] { word.map { places[$0] } ?? [] }

        /// How many pieces that stand together in the sources a text is made of; nil where a word is nowhere. A word may have another ending:
        /// «dagvaktene» is made of «dagvakter».
        func pieces(_ text: String) -> Int? {
            let texts = Words.split(text)
            let wanted = texts.map { numbers[$0] }
            var (count, begin) = (0, 0)
            while begin < wanted.count {
                var end = wanted.count
                while end > begin, !stand(wanted[begin..<end]) { end -= 1 }
                if end == begin {
                    guard texts[begin].count > 5, numbers.keys.contains(where: { $0.hasPrefix(texts[begin].dropLast(2)) }) else { return nil }
                    end = begin + 1
                }
                (count, begin) = (count + 1, end)
            }
            return count
        }
    }

    /// A sentence of a page may be put together of so many that stand apart in the sources.
    private static let piecesMax = 3

    @Test("what stands between the holes of an entry stands in the sources, or in files that come along: no entry is for a sentence that is gone")
    func stale() throws {
        var texts: [String] = []
        for (folder, ending) in [("Sources", "swift"), ("devices", "yaml"), ("config/municipalities", "yaml")] {
            let files = try #require(FileManager.default.enumerator(at: Self.root.appending(path: folder), includingPropertiesForKeys: nil))
            for case let file as URL in files where file.pathExtension == ending && !file.path.contains("/Sources/Languages/") {
                texts.append(try String(contentsOf: file, encoding: .utf8))
            }
        }
        let words = Words(texts)
        for entry in try #require(try Self.catalogues().first).entries {
            for literal in entry.source.split(separator: #/\{[1-9]\}/#) {
                let pieces = words.pieces(String(literal))
                #expect(pieces.map { $0 <= Self.piecesMax } ?? false, "line \(entry.line): «\(entry.source)»: «\(literal)» is nowhere in the sources")
            }
        }
    }
}
