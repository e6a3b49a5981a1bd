import Files
import Languages
import Testing

/// What a catalogue file may hold, and what is said of one that holds something else.
@Suite("Catalogues")
struct CatalogueTests {
    static let heading = "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\"X-Vaktlast-Name: English\\n\"\n\n"

    static func catalogue(_ entries: String) throws -> Catalogue { try Catalogue(po: heading + entries, file: "en.po") }

    @Test("comments, texts over several lines, escapes and the heading are read as gettext writes them")
    func reading() throws {
        let catalogue = try Self.catalogue(
            """
            # translators: keep it short
            #. Sources/Reports/NowPage.swift
            #: where it stands
            msgid "Ingen "
            "åpne alarmer"
            msgstr ""
            "No open "
            "\\"alarms\\"\\\\"

            #~ msgid "Borte"
            #~ msgstr "Gone"
            """
        )
        #expect(catalogue.tag == "en" && catalogue.name == "English" && catalogue.numberForm == nil)
        #expect(catalogue.entries.map(\.source) == ["Ingen åpne alarmer"])
        #expect(catalogue.entries.map(\.translation) == ["No open \"alarms\"\\"])
        #expect(catalogue.entries.map(\.line) == [9])
        let windows = try Catalogue(po: "\u{FEFF}" + (Self.heading + "msgid \"Ja\"\nmsgstr \"Yes\"\n").replacing("\n", with: "\r\n"), file: "en.po")
        #expect(windows.entries.map(\.translation) == ["Yes"])
    }

    @Test("what is fuzzy or empty is left out and told, and is no error")
    func unfinished() throws {
        let catalogue = try Self.catalogue("#, fuzzy\nmsgid \"Ja\"\nmsgstr \"Yes\"\n\nmsgid \"Nei\"\nmsgstr \"\"\n\nmsgid \"Alt\"\nmsgstr \"All\"\n")
        #expect(catalogue.entries.map(\.source) == ["Alt"])
        #expect(catalogue.unfinished.map(\.line) == [7, 10])
    }

    @Test(
        "what is wrong is told with line, key and way out",
        arguments: [
            ("msgid \"Alarm {1}\"\nmsgstr \"Alarm\"\n", 7, "msgstr", "has not the holes"),
            ("msgid \"Alarm {1}\"\nmsgstr \"Alarm {1} {1}\"\n", 7, "msgstr", "has not the holes"),
            ("msgid \"Alarm {2}\"\nmsgstr \"Alarm {2}\"\n", 6, "msgid", "not {1}, {2}"),
            ("msgid \"{1}{2} alarm\"\nmsgstr \"{1}{2} alarm\"\n", 6, "msgid", "side by side"),
            ("msgid \"{navn}\"\nmsgstr \"{navn}\"\n", 6, "msgid", "no hole"),
            ("msgid \"To  rom\"\nmsgstr \"Two\"\n", 6, "msgid", "spaces"),
            ("msgid \"Ja\"\nmsgstr \"Yes\"\nmsgid \"Ja\"\nmsgstr \"Yea\"\n", 8, "msgid", "line 6 already"),
            ("msgid \"Ja\"\n", 6, "msgid", "has no msgstr"), ("msgstr \"Yes\"\n", 6, "msgstr", "no msgid"),
            ("msgid Ja\nmsgstr \"Yes\"\n", 6, "text", "not within quotation marks"), ("msgid \"J\"a\"\nmsgstr \"Yes\"\n", 6, "text", "bare quotation mark"),
            ("msgid \"J\\q\"\nmsgstr \"Yes\"\n", 6, "text", "unknown escape"), ("msgctxt \"side\"\nmsgid \"Ja\"\nmsgstr \"Yes\"\n", 6, "msgctxt", "no key"),
        ]
    )
    func wrong(_ text: String, _ line: Int, _ place: String, _ problem: String) {
        #expect {
            try Self.catalogue(text)
        } throws: { error in
            let problems = (error as? FileError)?.problems ?? []
            return problems.contains { $0.line == line && $0.place == place && $0.problem.contains(problem) && !$0.wayOut.isEmpty }
        }
    }

    @Test(
        "a heading says language, name and numbers, or the file is refused",
        arguments: [
            "msgid \"Ja\"\nmsgstr \"Yes\"\n", "msgid \"\"\nmsgstr \"Language: en\\n\"\n", "msgid \"\"\nmsgstr \"X-Vaktlast-Name: English\\n\"\n",
            "msgid \"\"\nmsgstr \"Language: nb\\nX-Vaktlast-Name: Bokmål\\n\"\n", "msgid \"\"\nmsgstr \"Language: e<n\\nX-Vaktlast-Name: x\\n\"\n",
            "msgid \"\"\nmsgstr \"Language: en\\nX-Vaktlast-Name: English\\nX-Vaktlast-Decimal: .\\n\"\n", "",
        ]
    )
    func headings(_ text: String) {
        #expect(throws: FileError.self) { try Catalogue(po: text, file: "x.po") }
    }
}
