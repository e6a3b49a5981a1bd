import Foundation
import LanguageCheck
import Languages
import Reports
import Strategy
import Testing
import Workload

/// Reports, workbooks and pages of goals in the other languages: nothing is left in bokmål but the municipality's own words, and no figure
/// is another.
@Suite("Reports in other languages")
struct LanguageCoverageTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func translators(_ names: Set<String>, _ titles: Set<String>) throws -> [Translator] {
        try ["nn", "en"].map { tag in
            let text = try String(contentsOf: root.appending(path: "languages/\(tag).po"), encoding: .utf8)
            return Translator(try Catalogue(po: text, file: "\(tag).po")).keeping(names, titles: titles)
        }
    }

    /// What a municipality has written in its own files, without line breaks.
    private static func own(_ folder: String) throws -> String {
        let folder = root.appending(path: "config/municipalities/\(folder)")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).filter { $0.lastPathComponent != "devices.csv" }
        let texts = try files.map { try String(contentsOf: $0, encoding: .utf8) }
        return texts.joined(separator: " ").replacing(#/[\s"#]+/#, with: " ").lowercased()
    }

    private static func titles(_ goals: Goals?) -> Set<String> {
        Set(
            (goals?.frameworks ?? []).flatMap { framework in
                [framework.name, "omsorgstrappa", "mestringstrappa"] + framework.goals.flatMap { [$0.name] + $0.indicators.map(\.name) }
            }
        )
    }

    /// Digits of a page, however its numbers are written: an apostrophe is an entity, and a whole hour is 07 or 07:00.
    private static func numbers(_ html: String) -> [String] {
        let text = html.replacing(#/<(style|script)[^>]*>[^§]*?</\1>/#, with: "").replacing(#/<[^>]*>/#, with: " ")
        return text.replacing("&#39;", with: "").replacing(":00", with: "").matches(of: #/[0-9]+/#).map { String($0.output) }.sorted()
    }

    @Test("the whole report, its pages and its workbook say all in nynorsk and English, with the same figures", arguments: ["3407-gjovik", "3441-gausdal"])
    func reports(_ folder: String) throws {
        var input = try GoalFixture.input(goals: folder)
        if folder == "3407-gjovik" { input.planning = try GoalFixture.planning(folder) }
        let report = Report(input)
        let own = try Self.own(folder) + " helsevakten haugtunn"
        let names = Set([input.municipalityName] + input.zones.map(\.name))
        let pages = [
            report.html(), report.summaryPage(), report.planPage(),
            report.goalsPage(try report.goals()),
        ]
        for translator in try Self.translators(names, Self.titles(input.goals)) {
            for page in pages {
                let made = translator.page(Array(page.utf8))
                #expect(made.unknown.filter { !Self.isOwn($0, own) } == [], "\(translator.catalogue.tag)")
                let html = String(decoding: made.html, as: UTF8.self)
                #expect(html.contains("<html lang=\"\(translator.catalogue.tag)\">"))
                #expect(Self.numbers(html) == Self.numbers(page), "\(translator.catalogue.tag): a figure is another")
                #expect(
                    leftovers(html, translator.catalogue, own: Self.folded(own), titles: Self.titles(input.goals)) == [],
                    "\(translator.catalogue.tag)"
                )
            }
            for table in report.tables() {
                let texts =
                    [table.title] + table.columns.map(\.name) + table.charts.map(\.title)
                    + table.rows.joined().compactMap { if case .text(let text) = $0 { text } else { nil } }
                let unknown = texts.flatMap { translator.translation(of: $0).unknown }.filter { !Self.isOwn($0, own) }
                #expect(unknown == [], "\(translator.catalogue.tag), sheet \(table.title)")
            }
        }
    }

    @Test("the mail that a report comes with is in the language of the report, its files named as they are", arguments: [false, true])
    func letters(isExternal: Bool) throws {
        var input = try GoalFixture.input(goals: "3407-gjovik")
        input.isExternal = isExternal
        let report = Report(input)
        let names = Set([input.municipalityName] + input.zones.map(\.name))
        for translator in try Self.translators(names, Self.titles(input.goals)) {
            for section in ReportSection.allCases {
                var unknown: [String] = []
                let letter = ReportLetter(report, section, address: "https://x.example", files: ["belastning.pdf"], due: 1_793_000_000_000) { text in
                    let made = translator.translation(of: text)
                    unknown += made.unknown
                    return made.text
                }
                #expect(unknown.filter { !Self.isOwn($0, "helsevakten haugtunn") } == [], "\(translator.catalogue.tag) \(section)")
                #expect(letter.text.hasPrefix(translator.catalogue.tag == "en" ? "Hello.\n\nHere is the report “" : "Hei.\n\nHer er rapporten «"))
                #expect(letter.text.contains(": belastning.pdf\n") && letter.text.contains("/\(section.rawValue)?municipality=") == !isExternal)
                #expect(translator.catalogue.tag == "nn" || letter.subject.contains(" in \(input.municipalityName), October 2026"))
            }
        }
    }

    /// Texts with single spaces and without punctuation, as `leftovers` looks for them.
    private static func folded(_ own: String) -> String { own.lowercased().split { !$0.isLetter }.joined(separator: " ") }

    /// Own words, also where two of them stand together; figures; measures; addresses of the API and the pages.
    private static func isOwn(_ text: String, _ own: String) -> Bool {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines.union(.punctuationCharacters)).lowercased().replacing(#/\s+/#, with: " ")
        if IndicatorMeasure(rawValue: text) != nil { return true }
        if text.hasPrefix("api/v1/") || text.hasPrefix("maal/grunnlag?") || text.wholeMatch(of: #/[0-9n=%., ]+/#) != nil { return true }
        return text.replacing(#/^og /#, with: "").components(separatedBy: " og ").allSatisfy(own.contains)
    }

    @Test("the golden files are said in nynorsk and English, with the same figures", arguments: ["report.html", "staffing.html"])
    func golden(_ file: String) throws {
        let page = try String(contentsOf: Self.root.appending(path: "Tests/Golden/\(file)"), encoding: .utf8)
        // A source, and a zone that is misspelt.
        let own = try Self.own("3407-gjovik") + " " + Self.own("3441-gausdal") + " helsevakten haugtunn"
        let titles = Self.titles(try GoalFixture.input(goals: "3407-gjovik").goals)
        for translator in try Self.translators(
            ["Gjøvik", "Biri", "Haugtun/Sentrum", "Snertingdal", "Sørbyen", "Nordbyen", "Åslundmarka/Hunndalen", "Byen"],
            titles
        ) {
            let made = translator.page(Array(page.utf8))
            #expect(made.unknown.filter { !Self.isOwn($0, own) } == [], "\(translator.catalogue.tag)")
            let html = String(decoding: made.html, as: UTF8.self)
            #expect(Self.numbers(html) == Self.numbers(page))
            let fixture = "Biri og Snertingdal deler natta, og Haugtun får en til i helga"
            #expect(leftovers(html, translator.catalogue, own: Self.folded("\(own) \(fixture)"), titles: titles) == [], "\(translator.catalogue.tag)")
        }
    }

    @Test("what a link says to who cannot see where it stands is in the language of the page, also a title with a colon in it")
    func hidden() throws {
        var report = Report(try ReportFixture(seed: 3407, period: try ReportPeriod("2026-10")).input())
        report.headlines[0].title = "Under normen: Biri om natten, 80,0\u{A0}% framme innen 45\u{A0}min, spilt mot turnusen"
        var navigation = ReportNavigation(path: "/belastning")
        navigation.staffingPath = "/bemanning"
        let page = report.loadPage(navigation: navigation, style: .inline)
        #expect(page.ranges(of: "Under normen").count == 2)
        for translator in try Self.translators(["Biri"], []) {
            let html = String(decoding: translator.page(Array(page.utf8)).html, as: UTF8.self)
            let title = translator.catalogue.tag == "nn" ? "Under norma: Biri om natta" : "Below the standard: Biri at night"
            #expect(html.ranges(of: title).count == 2 && !html.contains("Under normen"), "\(translator.catalogue.tag)")
        }
    }

    @Test("what a projection from a short period rests on, what a figure lacks and what it is counted from are said in both")
    func cautions() throws {
        var planned = try #require(try GoalFixture.planning().projection)
        planned.basis = .measured(.init(wholeDays: 31, days: 31, callOuts: 80))
        let texts = [
            try #require(planned.caution), "Andelen løst på sentralen: målt oktober 2026, n = 400 lukkede alarmer.",
            "målt oktober 2026, 30 av 31 hele døgn, alarmer uten utrykning", "ikke målt: ingen turnus", "ikke målt: føres bare for hele kommunen",
            "ikke målt: ingen folketall her",
            "ikke målt: ingen forutsetninger (benefits.yaml)", "timer på vakt: Biri, natt", "brukere med trygghetsalarm: Biri", "Side 2 av 11.",
            "Fristen er ute for 2 uten at målet er nådd.", "For 3 er målet ikke satt.", "4 er ikke målt her.",
            "Avrundet til nærmeste fem timer: i stedet for tall som er skjult, er midten av det de kan være, brukt; regnet på 31 døgn. "
                + "Et regnestykke, ikke en måling, og ikke det samme som realisert. Ikke talt opp: digitalt tilsyn.",
            "Framskrivingen er skjult",
            "Framskrivingen er skjult i den eksterne utgaven: den regner fra utrykninger eller brukere som det er for få av til å fortelle om.",
            "Det kan være tilfeldig. Hvilken vakt som oftest hadde flere ute enn på vakt, står ikke her: "
                + "noen vakter har så få utrykninger at de er skjult for rollen din.",
        ]
        for translator in try Self.translators(["Biri"], []) {
            for text in texts {
                let made = translator.translation(of: text)
                #expect(made.unknown == [], "\(translator.catalogue.tag)")
                #expect(text.hasPrefix("Side") || made.text != text, "\(translator.catalogue.tag)")
            }
        }
    }

    @Test("lists of the indicators' names of every size are said whole", arguments: ["3407-gjovik", "3441-gausdal"])
    func lists(_ folder: String) throws {
        let goals = try #require(try GoalFixture.input(goals: folder).goals)
        let names = goals.frameworks.flatMap(\.goals).flatMap(\.indicators).map { $0.name.prefix(1).lowercased() + $0.name.dropFirst() }
        for translator in try Self.translators([], Self.titles(goals)) {
            for size in 1...min(9, names.count) {
                for start in names.indices {
                    let chosen = (0..<size).map { names[(start + $0) % names.count] }
                    let list = (size == 1 ? "" : chosen.dropLast().joined(separator: ", ") + " og ") + chosen[size - 1]
                    let page = "<p>Nådd: \(list). Mål og nullpunkt er eksempler.</p>"
                    let made = translator.page(Array(page.utf8))
                    #expect(made.unknown == [])
                    #expect(leftovers(String(decoding: made.html, as: UTF8.self), translator.catalogue, own: "", titles: []) == [], "\(list)")
                }
            }
        }
    }
}
