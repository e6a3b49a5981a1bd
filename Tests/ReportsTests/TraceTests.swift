import Foundation
import Strategy
import Telemetry
import Testing
import Workload

import Reports

@Suite("Every figure leads to what it is made of")
struct TraceTests {
    static let municipalities = ["3407-gjovik", "3440-oyer", "3441-gausdal", "5027-midtre-gauldal", "9901-plan-2040-eksempel"]

    private static func report(_ folder: String, isExternal: Bool = false) throws -> Report {
        var input = try GoalFixture.input(goals: folder)
        input.planning = try GoalFixture.planning(folder)
        input.planning?.projection?.basis = .measured(.init(wholeDays: 31, days: 31, callOuts: 82))
        input.isExternal = isExternal
        return Report(input)
    }

    private static func navigation(_ folder: String, _ path: String) -> ReportNavigation {
        var navigation = ReportNavigation(path: path, fields: [.init(name: "municipality", value: String(folder.prefix(4)))])
        navigation.staffingPath = "/bemanning"
        return navigation
    }

    /// The query of an address.
    private static func fields(_ link: String) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in link.drop(while: { $0 != "?" }).dropFirst().split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { fields[String(parts[0])] = String(parts[1]).removingPercentEncoding }
        }
        return fields
    }

    /// The items of a list or rows of a table body, by the tag they are in.
    private static func parts(_ page: String, _ section: String, _ tag: String) -> [Substring] {
        guard let start = page.range(of: section), let end = page[start.upperBound...].range(of: "</section>") else { return [] }
        return page[start.upperBound..<end.lowerBound].split(separator: "<\(tag)").dropFirst().map { $0 }
    }

    private static func links(_ html: some StringProtocol) -> [String] {
        String(html).matches(of: #/href="(\/[^"]+)"/#).map { String($0.output.1).replacing("&amp;", with: "&") }
    }

    @Test(
        "each answer, each row of technology and each goal that is counted has its link, and each link names a figure that there is",
        arguments: municipalities
    )
    func pages(folder: String) throws {
        let report = try Self.report(folder)
        let goals = try Goals(yaml: GoalFixture.text("\(folder)/goals.yaml"))
        let summary = report.summaryPage(navigation: Self.navigation(folder, "/sammendrag"))
        // What is said of the goals together leads by the goals; all else by its own figure.
        let plain = ["Er målet nær?", "Hvor sikre er vi?"]
        var pages = [summary, report.planPage(navigation: Self.navigation(folder, "/framskriving"))]
        for framework in goals.frameworks {
            let choice = try report.goals(framework: framework.id)
            pages.append(report.goalsPage(choice, navigation: Self.navigation(folder, "/maal")))
        }
        for page in [summary] + pages.dropFirst(2) {
            let answers = Self.parts(page, "class=\"headlines answers\"", "li")
            #expect(answers.count >= 2)
            for answer in answers where !plain.contains(where: answer.contains) {
                #expect(!Self.links(answer).isEmpty, "\(folder): \(answer.prefix(120))")
            }
            for row in Self.parts(page, "<section id=\"belastning-teknologi\"", "tr").dropFirst() {
                #expect(Self.links(row).first?.contains("teknologi=") == true, "\(folder): \(row.prefix(120))")
            }
        }
        for row in Self.parts(summary, "<h2 id=\"h-maal\">", "tr") where row.contains("scope=\"row\"") {
            #expect(Self.links(row).first?.hasPrefix("/maal?") == true)
        }
        let kinds = (report.benefits?.kinds ?? []).compactMap(\.kind)
        for link in pages.flatMap(Self.links) where link.hasPrefix("/maal/grunnlag?") {
            let fields = Self.fields(link)
            #expect(fields["municipality"] == String(folder.prefix(4)) && fields["period"] == "2026-10", "\(link)")
            if let word = fields["teknologi"] {
                #expect(LoadLineage.Choice(word, of: kinds) != nil, "\(link)")
            } else {
                #expect(goals.indicator(at: ["rammeverk", "maal", "indikator"].map { fields[$0] ?? "" }) != nil, "\(link)")
            }
        }
    }

    @Test(
        "each figure that years to come begin from has its own link, to call-outs, to their time and to those solved at the centre",
        arguments: municipalities
    )
    func starts(folder: String) throws {
        var input = try GoalFixture.input(goals: folder)
        input.planning = try GoalFixture.planning(folder)
        // What is assumed was not counted, and leads to no count.
        #expect(!Report(input).planPage(navigation: Self.navigation(folder, "/framskriving")).contains("Hva dagens tall bygger på"))
        let page = try Self.report(folder).planPage(navigation: Self.navigation(folder, "/framskriving"))
        let start = try #require(page.range(of: "Hva dagens tall bygger på:"))
        let links = Self.links(page[start.upperBound...].prefix { $0 != "\n" })
        let goals = try Goals(yaml: GoalFixture.text("\(folder)/goals.yaml"))
        let measures = links.map { link -> IndicatorMeasure? in
            let fields = Self.fields(link)
            return goals.indicator(at: ["rammeverk", "maal", "indikator"].map { fields[$0] ?? "" })?.measure
        }
        #expect(measures == [.callOutsPer100Users, .callOutHoursPer100Users, .closedAtCentre])
    }

    @Test("a measure that no goal has is an indicator of its own, under no goal; what is no measure is none")
    func noGoal() throws {
        let goals = try Goals(yaml: GoalFixture.text("3440-oyer/goals.yaml"))
        #expect(goals.indicator(at: ["_", "_", "silent"])?.measure == .silent)
        #expect(
            goals.indicator(at: ["_", "_", "ingen"]) == nil && goals.indicator(at: ["_", "vegvalg", "silent"]) == nil && goals.indicator(at: ["_"]) == nil
        )
        #expect(goals.indicator(at: ["mandat-2021-2050", "omsorgstrappa", "laveste-niva"])?.measure == .lowestEffectiveStep)
    }

    @Test("files of every section say where their figures lead, the council's sheet in one line; nothing links out of a file", arguments: municipalities)
    func files(folder: String) throws {
        for isExternal in [false, true] {
            let report = try Self.report(folder, isExternal: isExternal)
            let pages = [report.html(), report.planPage(), report.goalsPage(try report.goals()), report.summaryPage()]
            for page in pages { #expect(page.contains("id=\"kilder\"") && !page.contains("href=\"/"), "\(folder)") }
            #expect(pages[1].contains("/lineage?municipality=\(folder.prefix(4))&amp;from=2026-10-01&amp;to=2026-11-01"))
            #expect(pages[3].contains("<code>/sammendrag?municipality=\(folder.prefix(4))&amp;period=2026-10</code>") && !pages[3].contains("h-kilder"))
            let table = try #require(report.tables().first { $0.id == "kilder" })
            let names = table.rows.map { row in if case .text(let text) = row[2] { text } else { "" } }
            for name in ["Alarmer, utrykninger og timer i arbeid", "Belastningen fra trygghetsalarm", "Dagens tall: utrykninger"] {
                #expect(names.contains(name))
            }
            let measures = Set(table.rows.map { row in if case .text(let text) = row[3] { text } else { "" } })
            for measure in ["technology-users-per-1000-80plus", "attendance-within-45min", "freed-hours-net", "call-outs-per-100-users"] {
                #expect(measures.contains(measure), "\(folder) \(measure)")
            }
        }
    }

    @Test("the ledger's sums of the year are those of the answer: until the period's end, and what comes behind it is said")
    func ledger() throws {
        let ledger = try BenefitLedger(csv: GoalFixture.text("3441-gausdal/benefit-ledger.csv"))
        let section = LedgerSection(lines: ledger.entries.reversed().map { .init(entry: $0) }, isExample: true, end: .init(year: 2026, month: 11, day: 1))
        let report = try Self.report("3441-gausdal")
        let page = report.goalsPage(try report.goals(), ledger: section, navigation: Self.navigation("3441-gausdal", "/maal"))
        #expect(page.contains("92,0 timer og 40\u{A0}000\u{A0}kr ført hittil i 2026"))
        let sum = try #require(Self.parts(page, "<section id=\"gevinst\"", "tr").first { $0.contains(">Alt<") })
        #expect(sum.contains("<td class=\"n\">92\u{A0}t</td>") && sum.contains("<td class=\"n\">100\u{A0}t</td>"))
        #expect(page.contains("I 2026 er fra nyttår til og med 31.\u{A0}oktober\u{A0}2026"))
        #expect(page.contains("1\u{A0}linje på 8\u{A0}t og 0\u{A0}kr har dato etter perioden, og er bare med i alt."))
        let year = LedgerSection(lines: ledger.entries.map { .init(entry: $0) }, isExample: true, end: .init(year: 2027, month: 1, day: 1))
        #expect(!report.goalsPage(try report.goals(), ledger: year, navigation: Self.navigation("3441-gausdal", "/maal")).contains("har dato etter perioden"))
    }
}
