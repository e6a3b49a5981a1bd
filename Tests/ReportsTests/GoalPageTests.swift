import Foundation
import Strategy
import Telemetry
import Testing
import Workload

import Reports

@Suite("The pages of goals, of the council and of years to come")
struct GoalPageTests {
    private static let municipalities = ["3407-gjovik", "3440-oyer", "3441-gausdal", "5027-midtre-gauldal", "9901-plan-2040-eksempel"]

    private func vegvalg6(_ input: ReportInput, navigation: ReportNavigation? = nil) throws -> String {
        let report = Report(input)
        return report.goalsPage(try report.goals(framework: "vegvalg", goal: "vegvalg-6"), navigation: navigation)
    }

    @Test("vegvalg 6 answers its questions first: how much, what load, what was freed, what was realised, is it near, how sure")
    func answers() throws {
        let page = try vegvalg6(GoalFixture.input())
        #expect(page.contains("<h1>Vegvalg 6 i oktober\u{A0}2026</h1>"))
        let questions = page.matches(of: #/<li class="[a-z]+"><p class="over">([^<]+)</#).map { String($0.output.1) }
        #expect(
            questions == [
                "Hvor mye teknologi er i bruk?", "Hvilken belastning tar og gir den?", "Hva ble frigjort?", "Hva ble realisert?", "Er målet nær?",
                "Hvor sikre er vi?",
            ]
        )
        #expect(page.contains("130 teknologibrukere: 12 med medisindispenser, 3 med elektronisk dørlås og 115 med trygghetsalarm"))
        #expect(page.contains("Det er 321 per 1000 innbyggere på 80 år og eldre, 95\u{A0}%: 268–381; folketallet er et eksempel."))
        // 1100 × 60 % × 12 min + 300 × 40 % × 40 min = 212 t; 30 × 15 + 12 × 40 + 2 × 40 min = 16,8 t.
        #expect(page.contains("Netto 195 timer") && page.contains("212 timer spart minus 17 timer nytt arbeid på 31 døgn"))
        // 60 + 32 timer og 24 000 + 16 000 kr til og med oktober; linjen fra november er ikke med.
        #expect(
            page.contains("92,0 timer og 40\u{A0}000\u{A0}kr ført hittil i 2026")
                && page.contains("Legges aldri sammen med frigjort tid. Linjene som fulgte med, er eksempler.")
        )
        #expect(page.contains("Gir: 30\u{A0}oppfølginger, 12\u{A0}utrykninger til utilsiktede alarmer og 2\u{A0}tekniske besøk."))
        // What came from other devices than the alarm itself.
        #expect(page.contains("Alarmer som førte til utrykning: 62 fra trygghetsalarm, 19 fra røykvarsler og 1 fra enheter som ikke er registrert."))
        #expect(page.contains("Tilleggsenheter, som ikke er regnet med: 19 med røykvarsler."))
        let smoke = ["19", "19", "41", "19", "0", "0"].map { "<td class=\"n\">\($0)</td>" }.joined()
        #expect(page.contains("<th scope=\"row\">Røykvarsler</th>\(smoke)"))
        // From those closed at the centre to those reckoned as freed.
        #expect(
            page.contains("Av 314\u{A0}alarmer lukket på sentralen er 300 regnet med: 0 kom fra enheter av annen teknologi, 12 var utilsiktet og 0 teknisk")
        )
        #expect(page.contains("Alarmer fra enheter uten egen teknologi, som røykvarslere, er regnet som trygghetsalarm."))
    }

    @Test("that technology made no new work is said as well, and that nothing can be said of any indicator in words")
    func none() throws {
        var input = try GoalFixture.input()
        let benefits = try BenefitAssumptions(yaml: GoalFixture.text("3441-gausdal/benefits.yaml"))
        input.indicatorData?.freed = FreedHours(benefits, counts: [.safetyAlarm: .init(done: 5, newWork: [.falseAlarm: 0, .technicalVisit: 0])])
        #expect(try vegvalg6(input).contains("Gir: 0\u{A0}utrykninger til utilsiktede alarmer og 0\u{A0}tekniske besøk."))
        input.keyFigures = .none
        input.indicatorData = nil
        let page = try vegvalg6(input)
        // Where nothing can be said, it is said in words and not as a count of all.
        #expect(page.firstMatch(of: #/Av (\d+).indikatorer er \1 kan ikke si ennå/#) == nil && !page.contains("ikke målt her ennå</small><small>0"))
    }

    @Test("each municipality's first page has its document's own titles, and says what cannot be measured", arguments: municipalities)
    func documents(folder: String) throws {
        let input = try GoalFixture.input(goals: folder)
        let report = Report(input)
        for framework in try #require(report.frameworks) {
            let page = report.goalsPage(try report.goals(framework: framework.framework.id))
            #expect(page.contains(framework.framework.name))
            for goal in framework.goals {
                #expect(page.contains("<h2 id=\"h-c-maal-\(goal.goal.id)\">\(goal.goal.name)</h2>"), "\(goal.goal.name)")
                #expect(page.ranges(of: "Måles ikke her: ").count == framework.goals.count { $0.goal.notMeasured != nil })
            }
        }
    }

    @Test("headings go down a step at a time, ids are unique, labels and links within the page lead somewhere", arguments: municipalities)
    func structure(folder: String) throws {
        var input = try GoalFixture.input(goals: folder)
        input.earlierIndicators = try (1...5).map { try GoalFixture.data(input.keyFigures, minutesADay: $0 * 10) }
        input.planning = try GoalFixture.planning()
        let report = Report(input)
        let navigation = ReportNavigation(path: "/maal", fields: [.init(name: "municipality", value: "3441")])
        let pages = [report.goalsPage(try report.goals(), navigation: navigation), report.summaryPage(), report.planPage(), report.html()]
        for page in pages {
            let levels = page.matches(of: /<h([1-6])/).compactMap { Int($0.output.1) }
            #expect(levels.filter { $0 == 1 }.count == 1 && zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "\(levels)")
            let ids = page.matches(of: /\sid="([^"]+)"/).map { String($0.output.1) }
            #expect(Set(ids).count == ids.count, "\(Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }.keys)")
            let labels = page.matches(of: /(?:aria-labelledby|aria-describedby|for)="([^"]+)"/).flatMap { $0.output.1.split(separator: " ").map(String.init) }
            let places = page.matches(of: /href="#([^"]+)"/).map { String($0.output.1) }
            #expect((labels + places).allSatisfy(ids.contains), "\(Set(labels + places).subtracting(ids))")
            #expect(!page.contains("<script") && !page.contains(" style=") && page.ranges(of: "<caption").count == page.ranges(of: "<table").count)
        }
    }

    @Test("in the web page every figure links to what is behind it, for the period and zone shown; a file has no such links")
    func lineage() throws {
        var input = try GoalFixture.input()
        input.zone = "biri"
        let navigation = ReportNavigation(path: "/maal", fields: [.init(name: "municipality", value: "3441")])
        let page = try vegvalg6(input, navigation: navigation)
        let links = page.matches(of: #/<small><a href="(/maal/grunnlag[^"]+indikator=[^"]+)"/#).map { String($0.output.1) }
        #expect(links.count == Report(input).frameworks?[0].goals.last?.indicators.count)
        #expect(
            links.first
                == "/maal/grunnlag?municipality=3441&amp;period=2026-10&amp;zone=biri&amp;indikator=lost-pa-sentralen&amp;maal=vegvalg-6&amp;rammeverk=vegvalg"
        )
        // Answers, the table of technology and that of freed hours lead there too.
        #expect(page.matches(of: #/Hva tallet bygger på<span/#).count >= 4 && page.matches(of: #/Hva tallene bygger på: <a/#).count >= 2)
        let file = try vegvalg6(input)
        #expect(!file.contains("href=\"/maal/grunnlag") && file.contains("<h2 id=\"h-kilder\">Kilder</h2>"))
        #expect(file.contains("Indikatorene oktober\u{A0}2026:") && !file.contains("<p class=\"note\" translate=\"no\">Vegvalg 6.</p>"))
        // Of one goal no other goal's indicators.
        #expect(!file.contains("/api/v1/goals/vegvalg/vegvalg-2/") && Report(input).html().contains("/api/v1/goals/vegvalg/vegvalg-2/"))
        #expect(
            file.contains("/api/v1/goals/vegvalg/vegvalg-6/lost-pa-sentralen/lineage?municipality=3441&amp;from=2026-10-01&amp;to=2026-11-01&amp;zone=biri")
        )
        #expect(page.contains("/maal?municipality=3441&amp;rammeverk=vegvalg&amp;maal=vegvalg-6&amp;period=2026-10&amp;zone=biri"))
    }

    @Test("follow-ups whose minutes nobody has set are said to give no hours; those that have them are not")
    func withoutMinutes() throws {
        var input = try GoalFixture.input()
        let benefits = try BenefitAssumptions(yaml: GoalFixture.text("3441-gausdal/benefits.yaml"))
        let lock = try #require(benefits.technologies.first { $0.newWorkMinutes[.followUp] == nil })
        input.indicatorData?.freed = FreedHours(
            benefits,
            counts: [lock.technology: .init(done: 50, newWork: [.followUp: 9]), .medicationDispenser: .init(done: 9, newWork: [.followUp: 8])]
        )
        let page = try vegvalg6(input)
        #expect(
            page.contains(
                "Uten satte minutter i benefits.yaml, og derfor uten timer som nytt arbeid: \(BenefitAssumptions.NewWork.followUp.bokmal) for \(lock.technology.bokmal)."
            )
        )
        #expect(try !vegvalg6(GoalFixture.input()).contains("Uten satte minutter"))
    }

    @Test("the plain report answers on technology, freed and realised, with their tables, and says where each figure leads")
    func plain() throws {
        let report = Report(try GoalFixture.input())
        let page = report.html()
        for part in ["Hva ble frigjort?", "Hva ble realisert?", "id=\"frigjort\"", "id=\"belastning-teknologi\"", "id=\"kilder\"", "Netto 195 timer"] {
            #expect(page.contains(part), "\(part)")
        }
        let sources = try #require(report.tables().first { $0.id == "kilder" })
        #expect(sources.rows.count > (report.frameworks ?? []).flatMap(\.indicators).count)
        let navigation = ReportNavigation(path: "/belastning", fields: [.init(name: "municipality", value: "3441")])
        #expect(!report.loadPage(navigation: navigation, style: .linked("/stil.css")).contains("id=\"frigjort\""))
    }

    @Test("a trend is told with its test, over the periods before; without them there is no such column")
    func trend() throws {
        var input = try GoalFixture.input()
        #expect(try !vegvalg6(input).contains(" og <a href=\"#d-utvikling\">utvikling</a></th>"))
        input.earlierIndicators = try (1...6).map { try GoalFixture.data(input.keyFigures, minutesADay: 20 + $0 * 10) }
        let report = Report(input)
        let first = report.goalsPage(try report.goals(goal: "vegvalg-1"))
        #expect(first.contains(" og <a href=\"#d-utvikling\">utvikling</a></th>"))
        #expect(first.contains("<small>Utvikling: stiger (Mann–Kendall, 7\u{A0}perioder, p\u{A0}=\u{A0}0,000)</small>"))
        #expect(first.contains("Utvikling utover tilfeldig variasjon: utrykningstimer per 100 brukere og 30 døgn stiger."))
    }

    @Test("a deadline that is out is said in the row and among the answers; so is what is not measured for want of a file, and why nothing can be said")
    func overdue() throws {
        var input = try GoalFixture.input()
        #expect(try !vegvalg6(input).contains("risten er ute"))
        func change(_ body: (inout Goals.Indicator) -> Void) throws {
            var goals = try #require(input.goals)
            for index in goals.frameworks[0].goals[5].indicators.indices { body(&goals.frameworks[0].goals[5].indicators[index]) }
            input.goals = goals
        }
        try change { $0.deadline = LocalTime.Day(year: 2026, month: 10, day: 31) }
        let rows = try #require(Report(input).frameworks?[0].goals[5].indicators)
        let late = rows.count { $0.status != .reached && $0.indicator.target != nil }
        #expect(late > 0)
        let page = try vegvalg6(input)
        #expect(page.ranges(of: "<small>fristen er ute</small>").count == late)
        #expect(page.contains("Fristen er ute for \(late) uten at målet er nådd."))
        try change { $0.deadline = LocalTime.Day(year: 2026, month: 11, day: 1) }
        #expect(try !vegvalg6(input).contains("risten er ute"))

        try change { if $0.measure == .closedAtCentre { $0.target = nil } }
        input.indicatorData?.inhabitants80 = nil
        input.indicatorData?.freed = nil
        let unknown = try vegvalg6(input)
        #expect(unknown.contains("For 1 er målet ikke satt.") && !unknown.contains("for bredt, eller"))
        #expect(unknown.contains("<small>ikke målt: ingen folketall her</small>"))
        #expect(unknown.contains("<small>ikke målt: ingen forutsetninger (benefits.yaml)</small>"))
    }

    @Test("printed from the browser the council's sheet is what the file is: no way to what figures rest on takes room")
    func paper() throws {
        let report = Report(try GoalFixture.input(goals: "3407-gjovik"))
        let page = report.summaryPage(navigation: .init(path: "/sammendrag"))
        #expect(page.contains("<span class=\"screen\"> <a href=\"/maal/grunnlag?"))
        #expect(!page.replacing(#/<span class="screen">.*?<\/a><\/span>/#, with: "").contains("Hva tall"))
        #expect(Report.siteStyleSheet.contains(#/@media print\{[^}]*\.screen\{display:none\}/#))
    }

    @Test("of one zone what leaders enter is said to be the whole municipality's, and leads there who may see it")
    func whole() throws {
        var input = try GoalFixture.input(goals: "3407-gjovik")
        input.zone = "biri"
        input.indicatorData?.realised = nil
        input.indicatorData?.isOfOneZone = true
        let report = Report(input)
        var navigation = ReportNavigation(path: "/maal", fields: [.init(name: "municipality", value: "3407")])
        func page() throws -> String { report.goalsPage(try report.goals(), navigation: navigation) }
        let link = "<a href=\"/maal?municipality=3407&amp;period=2026-10\">"
        #expect(try page().contains("<small>ikke målt: føres bare for hele kommunen</small>"))
        #expect(try page().contains("\(link)se hele kommunen<") && page().contains("\(link)Se hele kommunen<"))
        #expect(try page().contains("Føres bare for hele kommunen"))
        navigation.canChooseAllZones = false
        #expect(try !page().contains("e hele kommunen<"))
        #expect(try !report.goalsPage(report.goals()).contains("e hele kommunen<"))
    }

    @Test("a framework or goal that is not there is refused with those that are")
    func unknown() throws {
        let report = Report(try GoalFixture.input())
        let framework = try #require(throws: Report.UnknownGoal.self) { try report.goals(framework: "vegval") }
        #expect(framework.description == "there is no framework «vegval» in goals.yaml; there: vegvalg")
        let goal = try #require(throws: Report.UnknownGoal.self) { try report.goals(goal: "vegvalg-7") }
        #expect(goal.isGoal && goal.known.count == 6)
        var without = try GoalFixture.input()
        without.goals = nil
        #expect(try Report(without).goals() == nil)
    }

    @Test("the council's sheet asks in plain words, counts the goals, and never adds freed to realised")
    func summary() throws {
        var input = try GoalFixture.input()
        input.planning = try GoalFixture.planning()
        let page = Report(input).summaryPage()
        #expect(page.contains("<h1>Sammendrag for kommunestyret i oktober\u{A0}2026</h1>"))
        for question in ["Hvor mye var det å gjøre?", "Er det nok folk på vakt?", "Kommer hjelpen fram i tide?", "Hva ble frigjort?", "Hva kommer?"] {
            #expect(page.contains(question), "\(question)")
        }
        #expect(page.contains("<th scope=\"row\">Vegvalg 6: Aktiv bruk av teknologi</th>") && page.contains("de legges aldri sammen"))
        var empty = try GoalFixture.input()
        (empty.cells, empty.keyFigures, empty.keyFiguresByZone, empty.dataUntil) = ([], .none, [:], nil)
        #expect(Report(empty).summaryPage().contains("Ingen data fra perioden ennå."))
        // What is to come needs no data from the period; what it takes of working people is the document's own series.
        empty.planning = try GoalFixture.planning("5027-midtre-gauldal")
        let planned = Report(empty).summaryPage()
        #expect(planned.contains("Ingen data fra perioden ennå.") && planned.contains("Hva kommer?"))
        #expect(planned.contains("Yrkesaktive per pensjonist: 4 i 2020, 2,5 i 2040 og 2,2 i 2050."))
        // Every framework is counted, the municipality's own first.
        let gjovik = Report(try GoalFixture.input(goals: "3407-gjovik")).summaryPage()
        let (own, other) = (gjovik.range(of: "<strong>Helse- og omsorgsplan 2030.</strong>"), gjovik.range(of: "<strong>Vegvalg for"))
        #expect(own != nil && other != nil && own!.lowerBound < other!.lowerBound)
    }

    @Test("Gjøvik's comparison, places and coverage are those of its plan; what is made up says so")
    func plans() throws {
        var input = try GoalFixture.input(goals: "3407-gjovik")
        input.planning = try GoalFixture.planning()
        let page = Report(input).planPage()
        for text in ["10,8\u{A0}%", "7,8\u{A0}%", "44,8\u{A0}%", "38,3\u{A0}%", "Gjøvik har 120 flere brukere 67-79 år", "Gjøvik har 99 flere brukere 80+ år"] {
            #expect(page.contains(text), "\(text)")
        }
        let sums = ["168", "134", "230", "624"].map { "<td class=\"n\">\($0)</td>" }.joined()
        #expect(page.contains("<th scope=\"row\">Sum</th>\(sums)") && page.contains("119 boliger kan gjøres om"))
        #expect(page.contains("Syntetisk eksempel:") && page.contains("Dette er forutsatt, ikke målt"))
        input.planning?.projection?.basis = .measured(.init(wholeDays: 12, days: 31, callOuts: 34))
        let scaled = "Regnet om til 30 døgn; resten av perioden er uten hele døgn med data."
        #expect(Report(input).planPage().contains(scaled))
        input.planning?.projection?.basis = .measured(.init(wholeDays: 31, days: 31, callOuts: 80))
        #expect(!Report(input).planPage().contains(scaled))
        // Low and high hold no chance of the count: a short period says what there is of it, on both pages.
        let caution =
            "Tallet hviler på 80\u{A0}utrykninger i 31 hele døgn, og kan bli et annet neste gang: "
            + "det vanlige nivået kan være 61 til 96 per 30 døgn (95\u{A0}%)."
        #expect(Report(input).planPage().contains(caution) && Report(input).summaryPage().contains(caution))
        input.planning?.projection?.basis = .measured(.init(wholeDays: 90, days: 92, callOuts: 240))
        #expect(!Report(input).planPage().contains("Tallet hviler på") && Report(input).summaryPage().contains("Bygger på dagens belastning"))
        input.planning?.projection?.basis = .tooLittle(.init(wholeDays: 3, days: 31, callOuts: 1))
        let refused = Report(input).planPage()
        #expect(refused.contains("Dette er forutsatt, ikke målt"))
        #expect(refused.contains("for lite å bygge på: 3 av 31 hele døgn og 1\u{A0}utrykning. Det trengs minst 7"))
        // What is assumed of today says something else than what was measured of it: the council is not told both.
        let summary = Report(input).summaryPage()
        #expect(summary.contains("Perioden er for kort til å framskrive fra") && !summary.contains("årsverk"))
        let last = try #require(input.planning?.projection?.projection.rows.first { $0.year == 2050 && $0.level == .main })
        #expect(page.contains("I 2050 trengs \(Norwegian.number(last.fullTimeEquivalents, decimals: 1)) årsverk til utrykninger mot 3,0 i dag"))
        #expect(
            page.contains("må teknologi lukke på sentralen eller erstatte \(Norwegian.percent(last.replacedToKeepStaffing ?? -1, decimals: 0)) av utrykningene")
        )
        #expect(Report(try GoalFixture.input()).planPage().contains("Kommunen har ikke lagt inn noe å planlegge med."))
    }

    @Test("every page of what leaves the municipality says that it is the external edition; no other does")
    func external() throws {
        var input = try GoalFixture.input(goals: "3407-gjovik")
        input.planning = try GoalFixture.planning()
        for isExternal in [false, true] {
            input.isExternal = isExternal
            let report = Report(input)
            for page in [report.html(), report.summaryPage(), report.planPage(), report.goalsPage(try report.goals(framework: nil, goal: nil))] {
                #expect(page.contains("Ekstern utgave:") == isExternal)
            }
        }
    }

    @Test("a projection that begins from call-outs that are withheld is said to be withheld, not to be missing")
    func withheldProjection() throws {
        var input = try GoalFixture.input(goals: "3407-gjovik")
        let planned = try #require(try GoalFixture.planning().projection)
        let measured = ProjectionAnswer(
            number: planned.number,
            name: planned.name,
            projection: planned.projection,
            assumptions: planned.assumptions,
            users: planned.users,
            measured: (input.period, 1),
            need: planned.need,
            basis: .measured(.init(wholeDays: 31, days: 31, callOuts: 2))
        )
        input.planning = PlanningFigures(projection: measured)
        input.isExternal = true
        for callOuts in [2, 82] {
            input.indicatorData?.callOuts = callOuts
            let report = Report(input)
            for page in [report.planPage(), report.summaryPage()] {
                #expect(page.contains("Framskrivingen er skjult i den eksterne utgaven") == (callOuts == 2))
                #expect(!page.contains("ikke lagt inn noe"))
            }
        }
    }

    @Test("the headline and the tables are the first framework's own, with every unit, n and plan")
    func tables() throws {
        var input = try GoalFixture.input(goals: "3407-gjovik")
        let report = Report(input)
        #expect(report.headlines.contains { $0.title.hasPrefix("Helse- og omsorgsplan 2030: ") })
        #expect(Report(try GoalFixture.input()).headlines.contains { $0.title.hasPrefix("Vegvalg for helse- og omsorgstjenestene: ") })
        #expect(!report.tables().map(\.id).contains("framskriving"))
        input.planning = try GoalFixture.planning()
        let tables = Report(input).tables()
        #expect(["maal", "frigjort", "realisert", "framskriving", "kostra", "plasser"].allSatisfy(tables.map(\.id).contains))
        for table in tables { #expect(table.rows.allSatisfy { $0.count == table.columns.count }, "\(table.id)") }
        let goals = try #require(tables.first { $0.id == "maal" })
        let row = try #require(goals.rows.first { $0[3] == .text("call-out-hours-per-100-users") })
        #expect(row[4] == .text("timer per 100 brukere og 30 døgn") && row[8] == .number(31))
    }
}
