import Foundation
package import Languages

/// Words of bokmål that no translation of a catalogue holds, found in a page that was put into its language: what was taken for a
/// translation as a whole, and is one by halves. Looked for in pieces between punctuation, and not in what is not to be translated.
package func leftovers(_ html: String, _ catalogue: Catalogue, own: String, titles: Set<String>) -> [String] {
    func words(_ text: some StringProtocol) -> [String] { text.lowercased().split { !$0.isLetter }.map(String.init) }
    let given = Set(catalogue.entries.flatMap { words($0.translation) })
    let bokmal = Set(catalogue.entries.flatMap { words($0.source) }.filter { $0.count > 1 }).subtracting(given)
    var page = html.replacing(#/<(style|script|code|pre|textarea)[^>]*>[^§]*?<\/\1>/#, with: "")
    page = page.replacing(#/<([a-z]+)[^>]*(translate="no"|hreflang=)[^>]*>[^§]*?<\/\1>/#, with: "")
    page = page.replacing("&amp;", with: "&").replacing("&#39;", with: "'").replacing("&quot;", with: "\"").replacing("\u{2060}", with: "")
    page = page.replacing("\u{200B}", with: "").replacing("\u{A0}", with: " ")
    for title in titles.sorted(by: { $0.count > $1.count }) { page = page.replacing(title, with: "") }
    let texts = page.matches(of: #/>([^<]+)</#).map { String($0.1) } + page.matches(of: #/(?:aria-label|title|alt)="([^"]+)"/#).map { String($0.1) }
    var found: Set<String> = []
    for piece in texts.joined(separator: ";").split(whereSeparator: { ".:;,()«»·–→!?\"\n".contains($0) }) {
        let left = words(piece).filter(bokmal.contains)
        let text = words(piece).joined(separator: " ")
        if !left.isEmpty, !own.contains(text) { found.insert("\(piece.trimmingCharacters(in: .whitespaces)) [\(left.joined(separator: ", "))]") }
    }
    return found.sorted()
}
