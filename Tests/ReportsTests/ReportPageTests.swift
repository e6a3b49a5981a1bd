import Strategy
import Telemetry
import Testing
import Workload

import Reports

@Suite("The page")
struct ReportPageTests {
    private func fixture(_ period: String = "2026-W41") throws -> ReportInput {
        try ReportFixture(seed: 5, period: ReportPeriod(period)).input()
    }

    @Test("nothing gets out of its place: markup, quotes, and quotes hidden behind a combining accent")
    func escaping() throws {
        var input = try fixture()
        let nasty = "<script>alert(1)</script>\"\u{301} onmouseover=alert(1) '\u{301}&"
        input.municipalityName = nasty
        input.zones[0].name = nasty
        input.unknownZones = [.init(name: nasty, count: 1)]
        var navigation = ReportNavigation(path: "/\"\u{301} onclick=x", fields: [.init(name: "a", value: nasty)])
        navigation.message = nasty
        let page = Array(Report(input).loadPage(navigation: navigation, style: .linked("/stil.css")).utf8)
        func contains(_ text: String) -> Bool { page.firstRange(of: Array(text.utf8)) != nil }
        #expect(!contains("<script") && !contains("\"\u{301} on") && !contains("'\u{301}&"))
        #expect(contains("&lt;script&gt;") && contains("&quot;\u{301} onmouseover") && contains("&#39;\u{301}&amp;"))
    }

    @Test("one file: no script, no image, no address of elsewhere, no inline style attribute")
    func selfContained() throws {
        let page = Report(try fixture()).html()
        for absent in ["<script", "http", "src=", " style=", "@import", "<link", "<img"] {
            #expect(!page.contains(absent), "\(absent)")
        }
        #expect(page.contains("<style>"))
        let linked = Report(try fixture()).html(style: .linked("/rapport.css"))
        #expect(!linked.contains("<style") && linked.contains("<link rel=\"stylesheet\" href=\"/rapport.css\">"))
    }

    @Test("headings go down one step at a time, ids are unique, every label points at one")
    func structure() throws {
        let page = Report(try fixture("2026-10")).loadPage(navigation: ReportNavigation(path: "/belastning"), style: .linked("/stil.css"))
        let levels = page.matches(of: /<h([1-6])/).compactMap { Int($0.output.1) }
        #expect(levels.first == 1 && levels.filter { $0 == 1 }.count == 1)
        #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "\(levels)")
        let ids = page.matches(of: /\sid="([^"]+)"/).map { String($0.output.1) }
        #expect(Set(ids).count == ids.count)
        let references = page.matches(of: /(?:aria-labelledby|aria-describedby|for)="([^"]+)"/)
            .flatMap { $0.output.1.split(separator: " ").map(String.init) }
        #expect(!references.isEmpty && references.allSatisfy { ids.contains($0) })
        let tables = page.ranges(of: "<table").count
        #expect(page.ranges(of: "<caption").count == tables && page.ranges(of: "tabindex=\"0\"").count >= tables)
        #expect(!page.contains("<th>"))
    }

    @Test("what was odd in devices' own messages is named, the most frequent first; where nothing was, nothing is said")
    func oddities() throws {
        var input = try fixture()
        let title = "Avvik i enhetenes egne meldinger"
        #expect(!Report(input).html().contains(title))
        input.ledgers[0].oddities = ["scaip:bad-pri": 3, "dc09:no-timestamp": 1_204, "scaip:a": 3]
        let page = Report(input).html()
        #expect(page.contains(title) && page.contains("dc09:no-timestamp \(Norwegian.count(1_204)), scaip:a 3, scaip:bad-pri 3."))
        input.ledgers[0].oddities = Dictionary(uniqueKeysWithValues: (0..<20).map { ("x:\($0)", 1) })
        #expect(Report(input).html().contains("og 12 slag til."))
    }

    @Test("who may not see the sources is told that something of them lacks, not what, and is led to no page that is closed")
    func withoutSources() throws {
        let report = Report(try fixture())
        let told = report.withoutSources
        func trust(_ report: Report) -> String? { report.headlines.first { $0.subject == .trust }?.detail }
        #expect(
            trust(report)?.hasSuffix(
                "8 hendelser mangler fra sentralen og 3 hendelser er avvist. Se Datakvalitet.".replacing(" hendelser", with: "\u{A0}hendelser")
            ) == true
        )
        #expect(trust(told)?.hasSuffix("oe fra kildene mangler eller er avvist.") == true)
        for page in [told.html(), told.summaryPage()] {
            #expect(page.contains("oe fra kildene mangler eller er avvist."))
            for absent in ["helsevakten", "Haugtunn", "8112", "ligger i karantene", "ikke i registeret"] { #expect(!page.contains(absent), "\(absent)") }
        }
        var whole = try fixture()
        (whole.ledgers, whole.unknownZones) = ([], [])
        #expect(Report(whole).withoutSources.html().contains("Ingenting mangler.") && trust(Report(whole).withoutSources) == nil)
    }

    @Test("a share that may lie on either side of its target is not said to have missed it, be it on the way or not")
    func withinUncertainty() throws {
        let folder = "config/municipalities/3407-gjovik"
        var input = try ReportFixture(seed: 3407, period: ReportPeriod("2026-10")).input()
        let goals = try ReportFixture.text("\(folder)/goals.yaml")
        func sentence(baseline: Int, target: Int) throws -> String? {
            let changed = goals.replacing(
                "baseline: {value: 85, period: \"2025\", source: eksempel, example: true}\n            target: {value: 90, example: true}\n            deadline: 2027-12-31\n            owner: Leder for hjemmetjenesten",
                with:
                    "baseline: {value: \(baseline), period: \"2025\", source: eksempel, example: true}\n            target: {value: \(target), example: true}\n            deadline: 2027-12-31\n            owner: Leder for hjemmetjenesten"
            )
            input.goals = try Goals(yaml: changed)
            return Report(input).headlines.first { $0.subject == .attendance }?.detail
        }
        #expect(try sentence(baseline: 85, target: 90)?.contains("er nådd.") == true)
        let open = "er innenfor usikkerheten: vi kan ikke si ennå om det er nådd"
        #expect(try sentence(baseline: 85, target: 94)?.contains("\(open), men vi er på vei fra nullpunktet.") == true)
        #expect(try sentence(baseline: 92, target: 94)?.contains("\(open).") == true)
        #expect(try sentence(baseline: 85, target: 99)?.contains("er ikke nådd, men vi er på vei fra nullpunktet.") == true)
        #expect(try sentence(baseline: 98, target: 99)?.contains("er ikke nådd.") == true)
    }

    @Test("with nothing read yet the page is friendly, and divides by nothing")
    func empty() throws {
        let input = ReportInput(
            municipalityNumber: "3407",
            municipalityName: "Gjøvik",
            zones: ReportFixture.zones,
            period: try ReportPeriod("2026-10"),
            generatedAt: 1_793_487_600_000,
            position: 0
        )
        let report = Report(input)
        #expect(!report.hasData && report.headlines.count == 1)
        #expect(report.headlines[0].title == "Ingen data for oktober\u{A0}2026 ennå")
        let page = report.html()
        #expect(page.contains("Det er ikke lagt inn mål for kommunen.") && page.contains("Ingenting er mottatt ennå."))
        #expect(!page.contains("nan") && !page.contains("inf,"))
    }

    @Test("of a period without data no section and no file says that nothing happened: nobody knows")
    func unknown() throws {
        var input = try GoalFixture.input()
        (input.cells, input.keyFigures, input.keyFiguresByZone) = ([], .none, [:])
        (input.quiet, input.indicatorData) = (.init(), nil)
        // Data come, but from after the period; then from within it, where every day is silent.
        (input.dataFrom, input.dataUntil) = (input.period.bounds().upperBound, input.period.bounds().upperBound + 86_400_000)
        var silent = input
        (silent.dataFrom, silent.expectsSigns) = (nil, true)
        for report in [Report(input), Report(silent)] {
            let pages = [
                report.html(), report.loadPage(navigation: .init(path: "/belastning"), style: .inline), report.goalsPage(try report.goals()),
                report.summaryPage(),
            ]
            for page in pages {
                for nothing in ["Ingen alarmer", "Ingen utrykninger", "Ingen i perioden", "Ingen vakt hadde", "Turnusen holdt"] {
                    #expect(!page.contains(nothing), "\(nothing)")
                }
            }
            // Key figures, the week, the roster, overlap and what came late.
            #expect(pages[1].matches(of: #/(?:class="empty">|<\/strong> )Ingen data fra perioden\./#).count == 5)
            let tables = report.tables().map(\.id)
            #expect(!tables.contains("bemanning") && !tables.contains("uka") && !tables.contains("nokkeltall"))
        }
    }

    @Test("where data came and no alarm did, that is said, and not that data lack; where nothing came it is not")
    func noAlarms() throws {
        var input = ReportInput(
            municipalityNumber: "3407",
            municipalityName: "Gjøvik",
            zones: ReportFixture.zones,
            period: try ReportPeriod("2026-W41"),
            generatedAt: 1_793_487_600_000,
            position: 7
        )
        (input.dataUntil, input.zone) = (1_793_487_600_000, "snertingdal")
        let report = Report(input)
        #expect(!report.hasData && report.headlines.map(\.title) == ["Ingen alarmer i Snertingdal i perioden"])
        #expect(report.summaryPage().contains("Ingen alarmer i Snertingdal i perioden.") && !report.summaryPage().contains("Ingen data"))
        input.zone = nil
        #expect(Report(input).headlines.map(\.title) == ["Ingen alarmer i perioden"])
        input.expectsSigns = true
        let silent = Report(input)
        #expect(!silent.coverage.silentDays.isEmpty && silent.headlines[0].title.hasPrefix("Ingen data for uke"))
    }

    @Test("where nothing could be tested nothing is called chance, and a part of a period is never all of it")
    func untested() throws {
        func sentence(_ period: String, against other: String, days: Double, _ figures: KeyFigures = .none) throws -> Substring {
            var input = try fixture(period)
            input.keyFigures = figures
            input.compared = [
                .init(place: .before, period: try ReportPeriod(other), keyFigures: figures, coveredDays: days, responseMillisecondsByDay: [])
            ]
            return try #require(Report(input).html().firstMatch(of: #/<ul class="compared">([^§]*?)<\/ul>/#)).output.1
        }
        let untested = try sentence("2026-10", against: "2026-09", days: 30)
        #expect(untested.contains("Perioden kan ikke sammenlignes med september\u{A0}2026.") && !untested.contains("tilfeldig"))
        var few = KeyFigures.none
        few.alarms = 2
        let tooFew = try sentence("2026-10", against: "2026-09", days: 30, few)
        #expect(tooFew.contains("Mot september\u{A0}2026 er det for få til å si om noe er endret.") && !tooFew.contains("tilfeldig"))
        #expect(try sentence("2026-10", against: "2026-09", days: 29.99).contains("(data fra 99\u{A0}% av perioden)"))
        // 31 days, one of them of 23 hours.
        #expect(try !sentence("2026-04", against: "2026-03", days: 31 - 1.0 / 24).contains("data fra"))
    }

    @Test("a period without data gives the roster no praise and no empty charts")
    func noDataButRoster() throws {
        var input = ReportInput(
            municipalityNumber: "3407",
            municipalityName: "Gjøvik",
            zones: ReportFixture.zones,
            period: try ReportPeriod("2030-W01"),
            generatedAt: 1_793_487_600_000,
            position: 0
        )
        input.roster = try fixture().roster
        let page = Report(input).html()
        #expect(input.roster != nil && page.contains("Belastning mot turnus"))
        #expect(!page.contains("Ingen vakt hadde flere ute") && !page.contains("<figure"))
    }

    @Test("with too few to say, it says so")
    func few() throws {
        var input = try fixture()
        input.keyFigures = KeyFigures(
            alarms: 3,
            answer: WaitFigures(
                waits: [9000, 9000, 70_000],
                none: 0,
                negative: 0,
                limitsMilliseconds: KeyFigures.answerLimitsMilliseconds
            ),
            attendance: WaitFigures(
                waits: [60_000],
                none: 0,
                negative: 0,
                limitsMilliseconds: KeyFigures.attendanceLimitsMilliseconds
            ),
            closedAtCentre: Share(2, of: 3),
            unintended: Share(0, of: 3)
        )
        let report = Report(input)
        #expect(report.headlines.contains { $0.title.hasPrefix("Utrykningstid: for få til å si") })
        #expect(report.html().contains("2 av 3") && report.html().contains("for få til å si"))
        #expect(report.keyFigures.answerTarget?.status == .cannotSay)
    }

    @Test("what leaves the municipality has no figure with a denominator under five, nor its zone's pattern")
    func external() throws {
        var input = try fixture()
        input.isExternal = true
        input.keyFiguresByZone["biri"] = KeyFigures(
            alarms: 4,
            answer: WaitFigures(
                waits: [1000, 2000, 3000, 4321],
                none: 0,
                negative: 0,
                limitsMilliseconds: KeyFigures.answerLimitsMilliseconds
            ),
            attendance: .init(
                waits: [],
                none: 0,
                negative: 0,
                limitsMilliseconds: KeyFigures.attendanceLimitsMilliseconds
            ),
            closedAtCentre: Share(4, of: 4),
            unintended: Share(0, of: 4)
        )
        let report = Report(input)
        let row = try #require(report.keyFiguresByZone.first { $0.zone?.id == "biri" })
        #expect(row.alarms == nil && row.answer.within[0].isWithheld && row.answer.p50Milliseconds == nil)
        #expect(row.closedAtCentre.isWithheld && row.attendance.within[1].isWithheld)
        #expect(report.heatMaps.isEmpty && report.html().contains("en time i uka kan være ett besøk"))
        #expect(!report.staffing.rows.contains { $0.zone.id == "biri" })
        #expect(report.staffing.withheldZones.map(\.id).contains("biri") && report.html().contains("<td class=\"n\">skjult</td>"))
        input.isExternal = false
        #expect(Report(input).keyFiguresByZone.first { $0.zone?.id == "biri" }?.alarms == 4)
    }

    @Test("ukjent is a zone of the report when it has load, the last one")
    func unknownZone() throws {
        var input = try fixture()
        var measures = Measures()
        measures.raised = 1
        input.cells.append(
            .init(zone: "ukjent", start: input.period.bounds().lowerBound, measures: measures, revised: false)
        )
        #expect(Report(input).zones.last?.name == "Ukjent sone")
        #expect(Report(input).staffing.rows.last?.rosteredHours == nil)
    }

    @Test("the picker carries fields and zone along, percent-encoded, and offers no future")
    func navigation() throws {
        let input = try fixture("2026-10")
        let navigation = ReportNavigation(path: "/belastning", fields: [.init(name: "municipality", value: "3407 &")])
        let page = Report(input).loadPage(navigation: navigation, style: .linked("/stil.css"))
        #expect(page.contains("href=\"/belastning?municipality=3407%20%26&amp;period=2026-09\""))
        #expect(page.contains("rel=\"next\""))
        var running = input
        running.dataUntil = input.period.bounds().upperBound - 86_400_000
        #expect(!Report(running).loadPage(navigation: navigation, style: .linked("/stil.css")).contains("rel=\"next\""))
    }
}
