/// What people have written themselves, such as the name of an account, within a sentence of ours: it is never translated, whatever
/// an entry says of a word like it.
///
/// Between marks that no reader sees: first strong isolate and pop directional isolate (Unicode UAX 9), as message formats for
/// many languages put them around what fills a sentence. Translating takes them away again, and so must whoever sends a page as it is.
/// In a template the same is said by `translate="no"`.
package enum OwnText {
    static let begin: Unicode.Scalar = "\u{2068}"
    static let end: Unicode.Scalar = "\u{2069}"
    /// What a marked text is looked for as: one sign that is no letter.
    static let placeholder: Unicode.Scalar = "\u{FFFC}"

    /// A text with marks around it; marks within it would end it early and are left out.
    package static func marked(_ text: String) -> String { "\u{2068}\(plain(text))\u{2069}" }

    /// A text without marks.
    package static func plain(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        plain.append(contentsOf: text.unicodeScalars.filter { !isMark($0) })
        return String(plain)
    }

    /// The bytes of a page without marks. Linear in the page.
    package static func plain(_ page: [UInt8]) -> [UInt8] {
        guard page.contains(0xE2) else { return page }
        var plain: [UInt8] = []
        plain.reserveCapacity(page.count)
        var place = 0
        while place < page.count {
            // Both in UTF-8: E2 81 A8 and E2 81 A9.
            if page[place] == 0xE2, place + 2 < page.count, page[place + 1] == 0x81, page[place + 2] == 0xA8 || page[place + 2] == 0xA9 {
                place += 3
            } else {
                plain.append(page[place])
                place += 1
            }
        }
        return plain
    }

    static func isMark(_ scalar: Unicode.Scalar) -> Bool { scalar == begin || scalar == end }

    /// Where a marked text ends that begins at a place, after its mark; nil where none begins there.
    static func end(_ text: [Unicode.Scalar], from begin: Int) -> Int? {
        guard text[begin] == OwnText.begin else { return nil }
        return text[begin...].firstIndex(of: OwnText.end).map { $0 + 1 }
    }
}
