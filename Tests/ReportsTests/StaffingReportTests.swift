import Foundation
import Staffing
import Telemetry
import Testing
import Workload

import Reports

/// The month of `StaffingFixture` in the leaders' report: load, roster and replay of the same call-outs.
@Suite("Load against staffing in the report")
struct StaffingReportTests {
    private static func report(perDay: Int, withinMinutes: Int64) throws -> Report {
        var input = try ReportFixture(seed: 3407, period: try ReportPeriod("2026-10")).input()
        let staffing = try StaffingFixture.input(perDay: perDay, withinMinutes: withinMinutes)
        (input.cells, input.roster) = (StaffingFixture.cells(staffing.alarms), staffing.roster)
        input.staffing = StaffingAnalysis(staffing, effort: .page)
        return Report(input)
    }

    private static let strict = Result { try report(perDay: 40, withinMinutes: 25) }
    private static let lenient = Result { try report(perDay: 40, withinMinutes: 60) }

    @Test("CSV, JSON and the workbook's tables carry the replay, and the page shows the same figures")
    func tables() throws {
        let report = try Self.strict.get()
        let tables = report.tables()
        let page = report.html().replacing("\u{200B}", with: "")
        let ids = tables.map(\.id).filter { $0.hasPrefix("bemanning-") }
        #expect(
            ids == [
                "bemanning-avspilt", "bemanning-steg", "bemanning-sammen", "bemanning-alternativer", "bemanning-hvile", "bemanning-krav",
                "bemanning-kapasitet",
            ]
        )
        for table in tables {
            #expect(table.title.count <= 31 && table.rows.allSatisfy { $0.count == table.columns.count }, "\(table.id)")
        }
        let analysis = try #require(report.staffing.analysis)
        let replayed = try #require(tables.first { $0.id == "bemanning-avspilt" })
        #expect(replayed.rows.count == (try #require(analysis.replay)).byShift.count { $0.figures.callOuts > 0 } + 1)
        for row in replayed.rows.dropLast() {
            guard case .number(let share) = row[3], case .number(let low) = row[4], case .number(let high) = row[5] else { continue }
            #expect(page.contains("\(Norwegian.percent(share))<small>\(Norwegian.percentRange(low, high))</small>"), "\(row)")
        }
        let rest = try #require(tables.first { $0.id == "bemanning-hvile" })
        #expect(rest.rows.count == analysis.alternatives.reduce(0) { $0 + $1.figures.rest.findings.count })
        let csv = try #require(report.csv(.rfc4180, table: "bemanning-krav"))
        #expect(csv.split(separator: "\r\n").count == 1 + analysis.required.count { $0.days == .all })
        let json = String(decoding: report.json(), as: UTF8.self)
        for id in ids { #expect(json.contains("\"id\":\"\(id)\"") || json.contains("\"id\": \"\(id)\"")) }
    }

    @Test("the first headline never says that people lack where the replay holds the norm, and says how the two belong together")
    func oneStory() throws {
        for report in [try Self.strict.get(), try Self.lenient.get()] {
            let analysis = try #require(report.staffing.analysis)
            let gap = try #require(report.staffing.gaps.first)
            let first = try #require(report.headlines.first)
            let scope = try #require(analysis.replay?.byShift.first { $0.zone == gap.zone.id && $0.kind == gap.kind })
            let share = try #require(scope.figures.withinNormShare)
            #expect(gap.isClearGap && scope.tooFew == nil)
            let worst = try #require(analysis.worst?.scope)
            if worst.withinNorm?.high ?? 1 < analysis.settings.norm.share, worst.zone != gap.zone.id || worst.kind != gap.kind {
                // The shift that the staffing section calls the weakest comes first, and the one with the gap after it.
                #expect(
                    first.title.hasPrefix("Under normen: \(analysis.name([worst.zone ?? ""])) \(worst.kind == .night ? "om natten" : "om ")"),
                    "\(first.title)"
                )
                #expect(first.detail.contains("Oftest flere ute enn på vakt: \(gap.zone.name)") && first.tone == .problem)
            } else if share >= analysis.settings.norm.share {
                #expect(first.title.contains("normen holdes") && first.tone == .neutral, "\(first.title)")
            } else {
                #expect(first.title.contains("mangler folk") && first.detail.contains("Normen brytes også"), "\(first.title)")
            }
            #expect(first.detail.contains(Norwegian.percent(share)))
            #expect(report.html().contains("Flere ute enn på vakt» sier at"))
        }
        #expect(try Self.lenient.get().headlines[0].title.contains("normen holdes"))
    }

    @Test("where the shift with most out and the weakest by the norm are two, each page names the other after its own")
    func otherWorst() throws {
        for report in [try Self.strict.get(), try Self.lenient.get()] {
            let analysis = try #require(report.staffing.analysis)
            let (gap, worst) = (try #require(report.staffing.mostOut), try #require(analysis.worst?.scope))
            let share = try #require(worst.withinNorm)
            let areTwo = share.value < 1 && (worst.zone != gap.zone.id || worst.kind != gap.kind)
            let first = report.headlines[0]
            let weakest = "Svakest mot normen er en annen: \(analysis.name([worst.zone ?? ""])) "
            #expect(first.detail.contains(" \(weakest)") == (areTwo && !first.title.hasPrefix("Under normen")), "\(first)")
            let page = Self.page(analysis, mostOut: gap)
            let shifts = "\(gap.shiftsExceeded.numerator) av \(gap.shiftsExceeded.denominator) vakter"
            #expect(page.contains("Oftest flere ute enn på vakt er en annen: \(gap.zone.name) ") == areTwo)
            #expect(page.contains("(\(shifts)). <a href=\"/belastning?period=2026-10\">Se Belastning.</a>") == areTwo)
            #expect(!Self.page(analysis, mostOut: nil).contains("er en annen"))
            // What the reader is to see is a link to the same period, but in a file.
            let load = report.loadPage(navigation: Self.navigation("/belastning"), style: .inline)
            #expect(load.contains("<a href=\"/bemanning?period=2026-10\">Se Bemanning.</a>") == first.detail.contains("Se Bemanning."))
            #expect(!report.html().contains(">Se Bemanning.</a>"))
            // The planner's figures, of which some are withheld, name none.
            var withheld = report
            withheld.staffing.withheldZones = [gap.zone]
            #expect(withheld.staffing.mostOut == nil)
        }
    }

    @Test("where some shifts are withheld the first headline says what is not told of them, beside the weakest by the norm, which may be")
    func partlyWithheld() throws {
        let hidden = "Hvilken vakt som oftest hadde flere ute enn på vakt, står ikke her: noen vakter har så få utrykninger"
        for report in [try Self.strict.get(), try Self.lenient.get()] {
            var few = report
            for place in few.staffing.rows.indices { few.staffing.rows[place].callOuts = place == 0 ? 2 : 20 }
            let told = few.ofSums
            let first = try #require(told.headlines.first)
            let norm = told.staffing.analysis?.settings.norm.share ?? 0
            let isBelow = told.staffing.analysis?.worst?.scope.withinNorm.map { $0.value < norm } ?? false
            #expect(told.staffing.isPartlyWithheld && first.detail.contains(hidden))
            #expect(first.title.hasPrefix("Under normen: ") == isBelow, "\(first.title)")
            #expect(!told.headlines.contains { $0.detail.contains("der flere er ute enn på vakt") }, "nobody knows where most are")
        }
    }

    @Test("what would help is said at the top, and is what the search found")
    func advice() throws {
        func top(_ analysis: StaffingAnalysis) throws -> Substring {
            let page = Self.page(analysis)
            return page[..<(try #require(page.range(of: "id=\"bemanning\"")).lowerBound)]
        }
        var analysis = StaffingAnalysis(try StaffingFixture.input(withinMinutes: 25), effort: .page)
        let search = try #require(analysis.mend?.search)
        try #require(!search.changes.isEmpty && analysis.unstaffed.isEmpty)
        let kroner = Norwegian.number((search.kronerAYear / 1000).rounded() * 1000, decimals: 0)
        let words = search.verdict == .mended ? "Det billigste som holder normen: +1 på vakt: " : "Det som hjelper mest: "
        #expect(try top(analysis).contains(words))
        #expect(try top(analysis).contains("\(kroner)\u{A0}kr i året."))
        let held = StaffingAnalysis(try StaffingFixture.input(withinMinutes: 90), effort: .page)
        try #require(held.mend?.search.verdict == .met)
        #expect(try top(held).contains("Normen krever ingen endring."))
        var input = try StaffingFixture.input(withinMinutes: 90)
        input.roster = try Roster(
            csv: "zone;role;shift;weekdays;start;end;positions\n" + input.zones.map { "\($0.id);pleie;dag;alle;07:00;23:00;3\n" }.joined()
        )
        analysis = StaffingAnalysis(input, effort: .page)
        try #require(!analysis.unstaffed.isEmpty)
        #expect(try top(analysis).contains("Gjør først: sett noen på vakt i timene uten folk i "))
    }

    @Test("a page that takes too long says so, and leads to what can be worked out, without a word of data that lack")
    func tooLong() throws {
        let page = Self.page(nil, message: "99 alarmer er for mange.", shorter: [.init(title: "4. kvartal 2026", path: "/bemanning?period=2026-Q4")])
        #expect(page.contains("99 alarmer er for mange.") && page.contains("<a href=\"/bemanning?period=2026-Q4\">4. kvartal 2026</a>"))
        #expect(!page.contains("Ingen data") && !page.contains("class=\"cover\""))
    }

    /// The bar of a page, with two pages of the same month.
    private static func navigation(_ path: String) -> ReportNavigation {
        var navigation = ReportNavigation(path: path)
        navigation.pages = [("Belastning", "/belastning"), ("Bemanning", "/bemanning")].map {
            .init(title: $0.0, path: "\($0.1)?period=2026-10", isCurrent: $0.1 == path)
        }
        return navigation
    }

    private static func page(
        _ analysis: StaffingAnalysis?,
        mostOut: ShiftRow? = nil,
        message: String? = nil,
        shorter: [ReportNavigation.Link] = []
    ) -> String {
        let page = StaffingSitePage(
            municipalityName: "Gjøvik",
            municipalityNumber: "3407",
            zones: ReportFixture.zones,
            zone: nil,
            period: ReportPeriod(.month, containing: .init(year: 2026, month: 10, day: 1)),
            analysis: analysis,
            mostOut: mostOut,
            form: nil,
            answer: nil,
            answerPath: "/bemanning",
            plainPath: "/bemanning",
            dataUntil: nil,
            message: message,
            shorter: shorter
        )
        return page.html(navigation: navigation("/bemanning"), style: .linked("/stil.css"))
    }
}
