extension Translator {
    /// A page of HTML in the other language, with what no entry knows.
    ///
    /// Texts between tags are translated, and the attributes that are read out or shown; never values of forms, addresses, ids,
    /// scripts and styles, nor what stands within an element that says its own language by `lang` or is not to be translated by
    /// `translate="no"`, which is told to be in the language of the pages. A page that is not what our
    /// templates write (a tag without an end) is left as it is from there on. Linear in the page.
    package func page(_ html: [UInt8]) -> (html: [UInt8], unknown: [String]) {
        var walk = PageWalk(html: html, translator: self)
        walk.run()
        return (walk.result, walk.unknown)
    }

    /// A script of ours with those of its texts (within quotation marks) that an entry knows as a whole.
    package func script(_ text: String) -> String {
        var pieces = text.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
        for place in stride(from: 1, to: pieces.count, by: 2) where pieces[place].contains(" ") || pieces[place].first?.isUppercase == true {
            let found = translation(of: pieces[place])
            // A text for a script must hold nothing that ends it.
            if found.unknown.isEmpty, !found.text.unicodeScalars.contains(where: { $0 == "\"" || $0 == "\\" || $0.value < 32 }) { pieces[place] = found.text }
        }
        return pieces.joined(separator: "\"")
    }
}

/// One walk through a page.
private struct PageWalk {
    let html: [UInt8]
    let translator: Translator
    private(set) var result: [UInt8] = []
    private(set) var unknown: [String] = []
    private var place = 0
    /// Texts met already: tables say the same again and again.
    private var met: [String: String] = [:]
    /// The element whose own language is said, or which is not to be translated, and how many of its name are open within it.
    private var foreign: (name: String, depth: Int)?

    /// What is no text for people, up to its end tag.
    private static let closed: Set<String> = ["script", "style", "textarea", "code", "kbd", "pre", "samp"]
    private static let shownAttributes: Set<String> = ["aria-label", "aria-description", "aria-valuetext", "title", "alt", "placeholder", "label"]
    /// Elements without an end, within which nothing can stand.
    private static let endless: Set<String> = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
    private static let buttonTypes: Set<String> = ["submit", "button", "reset"]

    init(html: [UInt8], translator: Translator) {
        self.html = html
        self.translator = translator
        result.reserveCapacity(html.count + html.count / 8)
    }

    mutating func run() {
        while place < html.count {
            if html[place] == UInt8(ascii: "<"), place + 1 < html.count, PageWalk.beginsTag(html[place + 1]) {
                guard let end = tagEnd(place) else { break }
                tag(place..<end)
            } else {
                var end = place + 1
                while end < html.count, !(html[end] == UInt8(ascii: "<") && end + 1 < html.count && PageWalk.beginsTag(html[end + 1])) { end += 1 }
                text(place..<end)
                place = end
            }
        }
        result += html[place...]
    }

    private static func beginsTag(_ byte: UInt8) -> Bool { isNameByte(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!") }
    private static func isNameByte(_ byte: UInt8) -> Bool { (97...122).contains(byte | 32) }
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    /// After the `>` of a tag, which may also stand within quotation marks.
    private func tagEnd(_ begin: Int) -> Int? {
        if html[begin...].starts(with: Array("<!--".utf8)) {
            var end = begin + 4
            while end + 2 < html.count, !html[end...].starts(with: Array("-->".utf8)) { end += 1 }
            return end + 2 < html.count ? end + 3 : nil
        }
        var quote: UInt8?
        for end in begin..<html.count {
            let byte = html[end]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return end + 1
            }
        }
        return nil
    }

    private mutating func text(_ range: Range<Int>) {
        guard foreign == nil, let decoded = HTMLText.decoded(html[range]) else {
            result += html[range]
            return
        }
        let translated = say(decoded)
        if translated == decoded { result += html[range] } else { HTMLText.append(translated, to: &result) }
    }

    private mutating func say(_ text: String) -> String {
        if let known = met[text] { return known }
        let translation = translator.translation(of: text)
        unknown += translation.unknown
        met[text] = translation.text
        return translation.text
    }

    // MARK: Tags

    private mutating func tag(_ range: Range<Int>) {
        place = range.upperBound
        let isEnd = html[range.lowerBound + 1] == UInt8(ascii: "/")
        let nameBegin = range.lowerBound + (isEnd ? 2 : 1)
        var nameEnd = nameBegin
        while nameEnd < range.upperBound, PageWalk.isNameByte(html[nameEnd]) || (48...57).contains(html[nameEnd]) { nameEnd += 1 }
        let name = String(decoding: html[nameBegin..<nameEnd].map { (65...90).contains($0) ? $0 | 32 : $0 }, as: UTF8.self)
        if isEnd || name.isEmpty {
            if isEnd { leave(name) }
            result += html[range]
            return
        }
        let attributes = attributes(nameEnd..<range.upperBound)
        if foreign?.name == name { foreign?.depth += 1 }
        let isForeign = name != "html" && attributes.contains { $0.name == "lang" || ($0.name == "translate" && html[$0.value].elementsEqual("no".utf8)) }
        // What is not to be translated is in the language that pages are written in, and is to be read out as that.
        let isUnsaid = isForeign && foreign == nil && !attributes.contains { $0.name == "lang" }
        if foreign == nil, isForeign, !PageWalk.endless.contains(name) { foreign = (name, 1) }
        if isUnsaid {
            result += html[range.lowerBound..<nameEnd] + Array(" lang=\"\(Languages.source.tag)\"".utf8) + html[nameEnd..<range.upperBound]
        } else if foreign != nil || isForeign {
            result += html[range]
        } else {
            write(range, name, attributes)
        }
        if PageWalk.closed.contains(name) { skip(to: name) }
    }

    private mutating func leave(_ name: String) {
        guard foreign?.name == name else { return }
        foreign?.depth -= 1
        if foreign?.depth == 0 { foreign = nil }
    }

    /// Copies all up to an end tag, which is then met by itself.
    private mutating func skip(to name: String) {
        let end = Array("</\(name)".utf8)
        let begin = place
        while place < html.count, !html[place...].starts(with: end) { place += 1 }
        result += html[begin..<place]
    }

    private struct Attribute {
        var name: String
        /// Within the quotation marks.
        var value: Range<Int>
    }

    /// The attributes with values within quotation marks; our templates write no others that are shown.
    private func attributes(_ range: Range<Int>) -> [Attribute] {
        var found: [Attribute] = []
        var at = range.lowerBound
        while at < range.upperBound {
            while at < range.upperBound, PageWalk.isSpace(html[at]) { at += 1 }
            let begin = at
            while at < range.upperBound, !PageWalk.isSpace(html[at]), html[at] != UInt8(ascii: "="), html[at] != UInt8(ascii: ">") { at += 1 }
            let name = String(decoding: html[begin..<at], as: UTF8.self)
            guard at < range.upperBound, html[at] == UInt8(ascii: "=") else {
                if at == begin { at += 1 }
                continue
            }
            at += 1
            guard at < range.upperBound, html[at] == UInt8(ascii: "\"") || html[at] == UInt8(ascii: "'") else { continue }
            let quote = html[at]
            at += 1
            let value = at
            while at < range.upperBound, html[at] != quote { at += 1 }
            found.append(Attribute(name: name.lowercased(), value: value..<at))
            at += 1
        }
        return found
    }

    private mutating func write(_ range: Range<Int>, _ name: String, _ attributes: [Attribute]) {
        func value(_ wanted: String) -> String? {
            attributes.first { $0.name == wanted }.map { String(decoding: html[$0.value], as: UTF8.self) }
        }
        var written = range.lowerBound
        for attribute in attributes {
            var text: String?
            if attribute.name == "lang" {
                text = translator.catalogue.tag
            } else if PageWalk.shownAttributes.contains(attribute.name)
                || (attribute.name == "value" && name == "input" && PageWalk.buttonTypes.contains(value("type") ?? ""))
                || (attribute.name == "content" && name == "meta" && value("name") == "description")
            {
                text = HTMLText.decoded(html[attribute.value]).map { say($0) }
            }
            guard let text else { continue }
            result += html[written..<attribute.value.lowerBound]
            HTMLText.append(text, to: &result)
            written = attribute.value.upperBound
        }
        result += html[written..<range.upperBound]
    }
}
