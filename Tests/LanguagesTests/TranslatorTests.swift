import Languages
import Testing

/// Which entry a text is, and what becomes of it.
@Suite("Finding a text's translation")
struct TranslatorTests {
    static func translator(_ pairs: [(String, String)], keeping names: Set<String> = [], numbers: Bool = false) throws -> Translator {
        let form = numbers ? "\"X-Vaktlast-Decimal: .\\n\"\n\"X-Vaktlast-Thousands: ,\\n\"\n" : ""
        let heading = "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\"X-Vaktlast-Name: English\\n\"\n\(form)\n"
        let entries = pairs.map { "msgid \"\($0.0)\"\nmsgstr \"\($0.1)\"\n" }.joined(separator: "\n")
        return Translator(try Catalogue(po: heading + entries, file: "en.po")).keeping(names)
    }

    private func said(_ text: String, _ pairs: [(String, String)]) throws -> String { try Self.translator(pairs).translation(of: text).text }

    @Test("a text is found whatever its whitespace, and keeps that at its ends")
    func whitespace() throws {
        let pairs = [("Ingen åpne alarmer", "No open alarms"), ("{1} alarmer", "{1} alarms")]
        #expect(try said(" \n Ingen\u{A0}åpne\n  alarmer ", pairs) == " \n No open alarms ")
        #expect(try said("12\u{A0}alarmer", pairs) == "12\u{A0}alarms")
        #expect(try said("", pairs) == "" && said("  \n", pairs) == "  \n")
    }

    @Test("first letter and last mark follow the text")
    func edges() throws {
        let pairs = [
            ("alarmer", "alarms"), ("mandag", "Monday"), ("Prøvealarmer.", "Test alarms."), ("KOSTRA-tall", "KOSTRA figures"), ("før", "earlier"),
            ("Før", "Before"),
        ]
        #expect(try said("Alarmer:", pairs) == "Alarms:")
        #expect(try said("prøvealarmer", pairs) == "test alarms")
        #expect(try said("mandag", pairs) == "Monday")
        #expect(try said("Før", pairs) == "Before" && said("før", pairs) == "earlier" && said("før,", pairs) == "earlier,")
    }

    @Test("the sentence of which most is given wins, and ties are decided by fewer holes and then by bytes, in any order of the file")
    func ambiguity() throws {
        let pairs = [
            ("{1} av {2}", "{1} of {2}"), ("{1} av {2} alarmer", "{1} out of {2} alarms"), ("{1} av 10 alarmer", "{1} of ten alarms"),
            ("{1}: xyz {2}", "B{1}{2}".replacing("}{", with: "} {")), ("{1}: xyz", "A{1}"),
        ]
        for pairs in [pairs, pairs.reversed()] {
            #expect(try said("5 av 9", pairs) == "5 of 9")
            #expect(try said("5 av 9 alarmer", pairs) == "5 out of 9 alarms")
            #expect(try said("5 av 10 alarmer", pairs) == "5 of ten alarms")
        }
        let tied = [
            ("Sone {1} ab", "one {1}"), ("Sone {1} b {2}", "two {1} {2}"), ("alarmen {1} z", "later {1}"), ("alarmen a {1}", "earlier {1}"),
        ]
        for pairs in [tied, tied.reversed()] {
            #expect(try said("Sone b b ab", pairs) == "one b b")
            #expect(try said("alarmen a z", pairs) == "earlier z")
        }
    }

    @Test("what fills a hole is translated likewise, in the order that the translation wants")
    func recursion() throws {
        let pairs = [
            ("Vakten {1} på {2}, {3}", "{3}: shift {1} on {2}"), ("mandag {1}", "Monday {1}"), ("{1}. oktober", "{1} October"), ("natt", "night"),
            ("{1} natt", "{1} night"),
        ]
        let translator = try Self.translator(pairs, keeping: ["Biri"])
        #expect(translator.translation(of: "Vakten Biri natt på mandag 5. oktober, natt").text == "night: shift Biri night on Monday 5 October")
    }

    @Test("texts of several sentences are parted so that the most is known")
    func sentences() throws {
        let pairs = [
            ("Alt i orden.", "All well."), ("Gjesten {1} kom {2}", "Guest {1} came {2}"), ("Se kl. 14. Det er alt.", "See at 14. That is all."),
            ("Ferdig: {1}.", "Done: {1}."),
        ]
        #expect(try said("Alt i orden. Gjesten Per kom hjem. Alt i orden.", pairs) == "All well. Guest Per came hjem. All well.")
        #expect(try said("Se kl. 14. Det er alt. Ferdig: 5. Alt i orden.", pairs) == "See at 14. That is all. Done: 5. All well.")
        #expect(try said("Ukjent sak. Alt i orden.", pairs) == "Ukjent sak. All well.")
    }

    @Test("a hole right after a word may be empty, others may not")
    func emptyHoles() throws {
        let pairs = [("normen{1}: {2}", "standard{1}: {2}"), (", kanskje", ", perhaps"), ("Sone {1} er her", "Zone {1} is here")]
        #expect(try said("normen: 5", pairs) == "standard: 5")
        #expect(try said("normen, kanskje: 5", pairs) == "standard, perhaps: 5")
        #expect(try Self.translator(pairs).translation(of: "Sone er her").unknown == ["Sone er her"])
    }

    @Test("a hole holds words whole")
    func words() throws {
        #expect(try said("alarmsentral", [("alarm{1}", "alarm{1}"), ("{1}sentral", "{1} centre")]) == "alarmsentral")
        #expect(try said("Karoline", [("Karo {1}", "Diamonds {1}"), ("Karo", "Diamonds")]) == "Karoline")
    }

    @Test("what people have written themselves is never translated by halves")
    func halves() throws {
        let pairs = [
            ("{1} i {2}", "{1} in {2}"), ("{1} og {2}", "{1} and {2}"), ("{1} alarmer", "{1} alarms"), ("uke {1}", "week {1}"), ("i {1}", "in {1}"),
            ("teknologi", "technology"),
        ]
        let translator = try Self.translator(pairs).keeping(["Biri"], titles: ["Bo lengst mulig, teknologi og mer i eget hjem"])
        func said(_ text: String) -> String { translator.translation(of: text).text }
        #expect(said("Teknologi og nye arbeidsmåter") == "Teknologi og nye arbeidsmåter")
        #expect(said("mange ukjente alarmer") == "mange ukjente alarmer" && said("5 alarmer") == "5 alarms")
        #expect(said("teknologi i Biri og 5 alarmer") == "technology in Biri and 5 alarms")
        #expect(said("Bo lengst mulig, teknologi og mer i eget hjem i uke 5") == "Bo lengst mulig, teknologi og mer i eget hjem in week 5")
        #expect(translator.translation(of: "Biri 1, Biri + Biri").unknown == [])
    }

    /// Each of them with a comma, «og» or «til» in it.
    private static let members = [
        ("Frigjorte timer, netto, per 30 døgn", "Freed hours, net, per 30 days"), ("Enheter i drift", "Devices in operation"),
        ("Trygghet og helse", "Safety and health"), ("Utrykninger til natt", "Call-outs at night"), ("Svar", "Answers"),
    ]

    @Test("a list is parted into members that are known as a whole, whatever is in them, before sentences of which little is given", arguments: 1...40)
    func lists(_ seed: Int) throws {
        let pairs =
            Self.members + [
                ("{1} og {2}", "{1} and {2}"), ("og", "and"), ("{1} til {2}", "{1} up to {2}"), ("{1} i {2}", "{1} within {2}"), ("natt", "night"),
                ("nådd", "reached"), ("timer", "hours"),
            ]
        let count = 1 + seed % 5
        let chosen = (0..<count).map { Self.members[($0 * (1 + seed % 3) + seed) % Self.members.count] }
        func list(_ texts: [String], _ joint: String) -> String {
            let small = texts.map { $0.prefix(1).lowercased() + $0.dropFirst() }
            return (small.count == 1 ? [] : [small.dropLast().joined(separator: ", ")]).joined() + (small.count == 1 ? "" : " \(joint) ") + small[count - 1]
        }
        let (said, wanted) = (list(chosen.map(\.0), "og"), list(chosen.map(\.1), "and"))
        // The same with titles of the municipality's own, of which entries know none or all.
        for titles in [Set<String>(), ["Enheter i drift", "Frigjorte timer, netto, per 30 døgn"]] {
            let translator = try Self.translator(pairs).keeping([], titles: titles)
            #expect(translator.translation(of: said).text == wanted)
            #expect(translator.translation(of: "Nådd: \(said).").text == "Reached: \(wanted).")
            #expect(translator.translation(of: "Nådd: \(said).").unknown.isEmpty)
        }
    }

    @Test("a title that an entry knows is said in the other language with what follows it, another stays")
    func titles() throws {
        let pairs = [("Utilsiktede alarmer", "Unintended alarms"), ("og 6 besøk", "and 6 visits"), ("{1} utrykninger til {2}", "{1} call-outs to {2}")]
        let translator = try Self.translator(pairs).keeping([], titles: ["Utilsiktede alarmer", "Egne alarmer"])
        #expect(translator.translation(of: "5 utrykninger til utilsiktede alarmer og 6 besøk").text == "5 call-outs to unintended alarms and 6 visits")
        #expect(translator.translation(of: "5 utrykninger til egne alarmer og 6 besøk").text == "5 call-outs to egne alarmer and 6 visits")
    }

    @Test(
        "what people wrote themselves is never translated, nor its numbers, and splits no sentence",
        arguments: ["leder", "natt", "er åpen", "1\u{A0}234,5", "{1}", "", "a. B er åpen", "\u{2068}leder", "leder\u{2069} er åpen"]
    )
    func own(_ name: String) throws {
        let pairs = [("leder", "leader"), ("natt", "night"), ("Kontoen {1} er åpen.", "The account {1} is open."), ("Logg ut {1}", "Log out {1}")]
        let translator = try Self.translator(pairs, numbers: true)
        let plain = OwnText.plain(name)
        #expect(translator.translation(of: OwnText.marked(name)).text == plain)
        #expect(translator.translation(of: OwnText.marked(name)).unknown.isEmpty)
        #expect(translator.translation(of: "Kontoen \(OwnText.marked(name)) er åpen.").text == "The account \(plain) is open.")
        #expect(translator.translation(of: "Kontoen \(OwnText.marked(name)) er åpen.").unknown.isEmpty)
        let page = Array("<p title=\"\(OwnText.marked("natt"))\">Logg ut \(OwnText.marked("natt"))</p>".utf8)
        #expect(String(decoding: translator.page(page).html, as: UTF8.self) == "<p title=\"natt\">Log out natt</p>")
        #expect(String(decoding: OwnText.plain(page), as: UTF8.self) == "<p title=\"natt\">Logg ut natt</p>")
        #expect(OwnText.plain(Array("å…⁧×\u{2068}".utf8)) == Array("å…⁧×".utf8))
    }

    @Test("what no entry knows stays, and is told once for each time")
    func unknown() throws {
        let translation = try Self.translator([("Ja", "Yes")]).translation(of: "Ja, noe annet · Ja")
        #expect(translation.text == "Yes, noe annet · Yes")
        #expect(translation.unknown == ["noe annet"])
    }

    @Test("names stay though an entry reads alike, also in a hole")
    func names() throws {
        let pairs = [("natt", "night"), ("Natt", "Night"), ("{1} har {2} alarmer", "{1} has {2} alarms")]
        let translator = try Self.translator(pairs, keeping: ["Natt"])
        #expect(translator.translation(of: "Natt").text == "Natt")
        #expect(translator.translation(of: "Natt har 5 alarmer").text == "Natt has 5 alarms")
        #expect(translator.translation(of: "natt").text == "night")
    }

    @Test(
        "numbers are written as the language writes them; times, dates, weeks, years and lists are left alone",
        arguments: [
            ("1\u{A0}234,5", "1,234.5"), ("12\u{A0}345\u{A0}678", "12,345,678"), ("97,2\u{A0}%", "97.2\u{A0}%"), ("−0,5", "−0.5"), ("14:05", "14:05"),
            ("2026", "2026"), ("2026-W43", "2026-W43"), ("5, 6", "5, 6"), ("1,2,3", "1,2,3"), ("95,9–98,1", "95.9–98.1"), ("23:00–07:00", "23:00–07:00"),
            ("12\u{A0}34", "12\u{A0}34"), ("1234,5", "1234.5"), ("§\u{A0}2", "§\u{A0}2"),
        ]
    )
    func numbers(_ text: String, _ written: String) throws {
        #expect(try Self.translator([("Ja", "Yes")], numbers: true).translation(of: text).text == written)
        #expect(try Self.translator([("Ja", "Yes")]).translation(of: text).text == text)
    }

    @Test("a space within a number parts no sentence")
    func groups() throws {
        let translator = try Self.translator([("{1} av {2}", "{1} of {2}"), ("{1} av {2} {3}", "{1} of {2} {3}")], numbers: true)
        #expect(translator.translation(of: "1\u{A0}539 av 1\u{A0}900").text == "1,539 of 1,900")
    }

    @Test("no text makes it loop, trap or grow without bound", arguments: 1...20)
    func hostile(_ seed: UInt64) throws {
        let translator = try Self.translator([("{1} og {2}", "{2} and {1}"), ("{1}: {2}", "{2}; {1}"), ("({1})", "({1})"), ("a{1}", "b{1}"), ("og", "and")])
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let pieces = [
            " og ", ": ", "(", ")", "a", ". ", "Å", "\u{301}", "\u{200B}", "\u{2060}", "«", "»", "1,5", "\u{A0}", "{1}", "&", "<", "\u{FFFD}", "🏥", "\n",
        ]
        let text = (0..<next(60)).map { _ in pieces[next(pieces.count)] }.joined()
        let translation = translator.translation(of: text)
        #expect(translation.text.utf8.count <= text.utf8.count * 4 + 16)
        #expect(translator.translation(of: text) == translation)
    }
}
