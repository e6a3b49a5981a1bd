import Files

/// Reads gettext's PO: what a catalogue needs of it, and what is wrong in it.
struct CatalogueReader {
    private(set) var problems: [FileProblem] = []

    private struct Message {
        var line: Int
        var source: String?
        var translation: String?
        var translationLine = 0
        var isFuzzy = false
    }

    private enum Field { case source, translation }

    private let lines: [Substring]
    private var messages: [Message] = []
    private var current = Message(line: 1)
    private var open: Field?

    init(_ text: String) {
        // A file from Windows ends its lines with two characters, which Swift reads as one.
        let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    }

    /// The catalogue; nil where its heading is missing. What else is wrong is in `problems`.
    mutating func read() -> Catalogue? {
        for (index, line) in lines.enumerated() { take(line.trimmed, line: index + 1) }
        finish()
        guard let head = messages.first, head.source == "", let heading = heading(head) else {
            if problems.isEmpty {
                fail(1, "msgid", nil, "the heading is missing", "begin with msgid \"\" and a msgstr that holds Language: and \(Catalogue.nameField):")
            }
            return nil
        }
        var catalogue = heading
        var seen: [String: Int] = [:]
        for message in messages.dropFirst() {
            guard let entry = entry(message, &catalogue) else { continue }
            if let first = seen[entry.source] {
                fail(message.line, "msgid", entry.source, "stands on line \(first) already", "keep one of them")
            } else {
                seen[entry.source] = message.line
                catalogue.entries.append(entry)
            }
        }
        return catalogue
    }

    // MARK: Lines

    private mutating func take(_ line: Substring, line number: Int) {
        if line.isEmpty { return finish() }
        if line.hasPrefix("#") {
            // What was translated once and is no longer in use.
            if line.hasPrefix("#~") { return finish() }
            if current.translation != nil { finish() }
            if line.hasPrefix("#,"), line.contains("fuzzy") { current.isFuzzy = true }
            open = nil
            return
        }
        if line.hasPrefix("\"") {
            guard let field = open else {
                return fail(number, "text", String(line), "belongs to nothing", "write msgid or msgstr before it")
            }
            guard let text = text(line, number) else { return }
            switch field {
            case .source: current.source = (current.source ?? "") + text
            case .translation: current.translation = (current.translation ?? "") + text
            }
            return
        }
        let parts = line.split(separator: " ", maxSplits: 1)
        let rest = parts.count == 2 ? parts[1].trimmed : ""
        switch parts[0] {
        case "msgid":
            if current.source != nil { finish() }
            current.line = number
            current.source = text(rest, number)
            open = current.source == nil ? nil : .source
        case "msgstr":
            guard current.source != nil, current.translation == nil else {
                return fail(number, "msgstr", nil, "has no msgid of its own", "write each msgid before its msgstr")
            }
            current.translationLine = number
            current.translation = text(rest, number)
            open = current.translation == nil ? nil : .translation
        default:
            fail(number, String(parts[0]), nil, "is no key of this catalogue", "write msgid, msgstr or a comment that begins with #")
        }
    }

    private mutating func finish() {
        defer {
            current = Message(line: 1)
            open = nil
        }
        guard let source = current.source else { return }
        guard current.translation != nil else {
            return fail(current.line, "msgid", source, "has no msgstr", "write msgstr \"\" below it, to be filled in")
        }
        messages.append(current)
    }

    /// A text in quotation marks.
    private mutating func text(_ line: Substring, _ number: Int) -> String? {
        guard line.count >= 2, line.hasPrefix("\""), line.hasSuffix("\"") else {
            fail(number, "text", String(line), "is not within quotation marks", "write \"…\", and \\\" for a quotation mark within")
            return nil
        }
        var result = ""
        var isEscaped = false
        for scalar in line.dropFirst().dropLast().unicodeScalars {
            if isEscaped {
                switch scalar {
                case "n": result += "\n"
                case "t": result += "\t"
                case "\"", "\\": result.unicodeScalars.append(scalar)
                default:
                    fail(number, "text", "\\\(scalar)", "is an unknown escape", "write \\\", \\\\, \\n or \\t")
                    return nil
                }
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "\"" {
                fail(number, "text", String(line), "holds a bare quotation mark", "write \\\" for it")
                return nil
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        guard !isEscaped else {
            fail(number, "text", String(line), "ends in the middle of an escape", "write \\\\ for a backslash")
            return nil
        }
        return result
    }

    // MARK: What it says

    private mutating func heading(_ message: Message) -> Catalogue? {
        var fields: [String: String] = [:]
        for line in (message.translation ?? "").split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { fields[String(parts[0].trimmed)] = String(parts[1].trimmed) }
        }
        let tag = fields["Language"] ?? ""
        let isTag =
            (2...35).contains(tag.utf8.count) && tag.utf8.allSatisfy { (97...122).contains($0) || (65...90).contains($0) || $0 == 45 || (48...57).contains($0) }
        if !isTag { fail(message.line, "Language", tag, "is no language tag", "write nn, en, se or another tag of BCP 47") }
        if tag == Languages.source.tag { fail(message.line, "Language", tag, "is what the pages are written in", "translate into another language") }
        let name = fields[Catalogue.nameField] ?? ""
        if name.isEmpty { fail(message.line, Catalogue.nameField, nil, "is missing", "write what the language calls itself, e.g. Nynorsk") }
        var form: Catalogue.NumberForm?
        switch (fields[Catalogue.decimalField].map(mark), fields[Catalogue.groupField].map(mark)) {
        case (nil, nil): break
        case (let decimal??, let group??) where decimal != group:
            form = .init(decimalMark: decimal, groupMark: group, joinsPercent: fields[Catalogue.percentField] == "joined")
        default:
            fail(
                message.line,
                Catalogue.decimalField,
                fields[Catalogue.decimalField],
                "is no way of writing numbers",
                "give \(Catalogue.decimalField) and \(Catalogue.groupField) one sign each, which differ, or neither"
            )
        }
        return isTag && !name.isEmpty ? Catalogue(tag: tag, name: name, numberForm: form, entries: []) : nil
    }

    private func mark(_ text: String) -> Unicode.Scalar? {
        text == "space" ? "\u{A0}" : text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
    }

    private mutating func entry(_ message: Message, _ catalogue: inout Catalogue) -> Catalogue.Entry? {
        guard let source = message.source, let translation = message.translation else { return nil }
        if source.isEmpty {
            fail(message.line, "msgid", nil, "is empty", "only the heading has an empty msgid")
            return nil
        }
        if FoldedText(source).string != source || source.contains("\u{2060}") {
            fail(message.line, "msgid", source, "has doubled, leading or trailing spaces", "write it as the page shows it, with single spaces")
            return nil
        }
        let asked: [Template.Piece]
        do { asked = try Template.pieces(source) } catch {
            fail(message.line, "msgid", source, error.problem, error.wayOut)
            return nil
        }
        let holes = Template.holes(asked)
        if holes != Array(1..<holes.count + 1) {
            fail(message.line, "msgid", source, "its holes are not {1}, {2} and so on in this order, each once", "number them from the left")
            return nil
        }
        if Template.hasTouchingHoles(asked) {
            fail(message.line, "msgid", source, "two holes stand side by side", "make one hole of them, or write what stands between")
            return nil
        }
        if message.isFuzzy || translation.isEmpty {
            let problem = message.isFuzzy ? "is marked fuzzy" : "is not translated"
            catalogue.unfinished.append(
                .init(line: message.line, key: "msgid", value: source, problem: problem, wayOut: "its sentence stays bokmål until it is done")
            )
            return nil
        }
        do {
            let given = Template.holes(try Template.pieces(translation))
            guard given.sorted() == holes else {
                fail(
                    message.translationLine,
                    "msgstr",
                    translation,
                    "has not the holes of its msgid",
                    "use each of \(Template.shown(holes)) once, in any order"
                )
                return nil
            }
        } catch {
            fail(message.translationLine, "msgstr", translation, error.problem, error.wayOut)
            return nil
        }
        return .init(source: source, translation: translation, line: message.line)
    }

    private mutating func fail(_ line: Int, _ key: String, _ value: String?, _ problem: String, _ wayOut: String) {
        problems.append(.init(line: line, key: key, value: value, problem: problem, wayOut: wayOut))
    }
}

extension Substring {
    /// Without spaces and tabs at its ends.
    fileprivate var trimmed: Substring {
        var text = self
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" || last == "\r" { text.removeLast() }
        return text
    }
}
