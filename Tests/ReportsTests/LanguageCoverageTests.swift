import Foundation
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
                [framework.name] + framework.goals.flatMap { [$0.name] + $0.indicators.map(\.name) }
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
            #expect(Self.numbers(String(decoding: made.html, as: UTF8.self)) == Self.numbers(page))
        }
    }
}
