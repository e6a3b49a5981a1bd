import Staffing
import Strategy
import Testing
import Workload

import Reports

@Suite("The glossary")
struct GlossaryTests {
    private func anchors(_ page: String) -> Set<String> { Set(page.matches(of: #/ id="([^"]+)"/#).map { String($0.output.1) }) }

    private func pages(_ navigation: ReportNavigation?) throws -> [String] {
        var input = try GoalFixture.input()
        input.earlierIndicators = try (1...5).map { try GoalFixture.data(input.keyFigures, minutesADay: $0 * 10) }
        input.planning = try GoalFixture.planning()
        let before = input.period.previous
        input.compared = [
            .init(place: .before, period: before, keyFigures: input.keyFigures, coveredDays: Double(before.dayCount), responseMillisecondsByDay: [])
        ]
        let report = Report(input)
        let month = Report(try ReportFixture(seed: 1, period: ReportPeriod("2026-10")).input())
        input.isExternal = true
        func load(_ report: Report) -> String { navigation.map { report.loadPage(navigation: $0, style: .inline) } ?? report.html() }
        return [load(month), load(Report(input)), load(report)]
            + (try (report.frameworks ?? []).map { report.goalsPage(try report.goals(framework: $0.framework.id), navigation: navigation) })
            + [report.summaryPage(navigation: navigation), report.planPage(navigation: navigation)]
    }

    @Test("ids and terms are there once, no text is empty, and each measure of the catalogue has one")
    func whole() {
        #expect(Set(Glossary.all.map(\.id)).count == Glossary.all.count && Set(Glossary.all.map(\.term)).count == Glossary.all.count)
        #expect(Glossary.all.allSatisfy { !$0.text.isEmpty && $0.id.hasPrefix("d-") })
        for measure in IndicatorMeasure.allCases {
            let found = Glossary.all.first { $0.id == "d-\(measure.rawValue)" }
            #expect(found?.text.contains(IndicatorDefinition.of(measure).text) == true, "\(measure)")
        }
    }

    @Test("in a file every way to a definition leads to one in the same file, and none to the service")
    func files() throws {
        for page in try pages(nil) + [StaffingAnalysis(try StaffingFixture.input()).html] {
            let own = anchors(page)
            for link in page.matches(of: #/href="#([^"]*)"/#) { #expect(own.contains(String(link.output.1)), "\(link.output.0)") }
            #expect(!page.contains("/hjelp") && !page.contains("/tilgjengelighet"))
        }
    }

    @Test("every definition is linked from where its figure stands")
    func linked() throws {
        let navigation = ReportNavigation(path: "/belastning", fields: [.init(name: "municipality", value: "3441")])
        let board = LiveBoard(zones: [.init(name: "Biri", figures: .init())], now: 0)
        var texts = try pages(navigation) + pages(nil) + [board.html, StaffingAnalysis(try StaffingFixture.input()).html]
        var devices = DevicePage(municipality: "Gausdal", counts: .init(), now: 0)
        devices.counts.registered = 1
        devices.devices = [
            .init(reference: "d-1", zoneName: "Biri", model: nil, technology: nil, lastSeen: nil, state: .alive, faults: [], battery: nil, isBatteryLow: false)
        ]
        let day = try #require(devices.devices.first)
        texts.append(devices.html(navigation: navigation, style: .inline))
        let single = SingleDevicePage(
            municipality: "Gausdal",
            device: day,
            registrations: [],
            firstDay: .init(year: 2026, month: 10, day: 1),
            heard: [true],
            now: 0
        )
        texts.append(single.html(navigation: navigation, style: .inline))
        var ledger = LedgerRecord(municipality: "3441", source: "a")
        ledger.oddities = ["x": 1]
        let service = QualityPage.Service(journalPosition: 1, viewPosition: 1, isConnected: true, canaries: nil, lanesStuck: 0, problem: nil)
        texts.append(
            QualityPage(
                municipality: "Gausdal",
                service: service,
                signals: .init(lastHeard: 0, silentDays: [], silentMillisecondsMax: 1),
                ledgers: [ledger],
                now: 0
            ).html(navigation: navigation, style: .inline)
        )
        let linked = Set(texts.flatMap { $0.matches(of: #/href="(?:\/hjelp)?#(d-[^"]+)"/#).map { String($0.output.1) } })
        // Measures are linked from the goals that use them; the shipped goals of one municipality do not use all.
        let measures = Set(IndicatorMeasure.allCases.map { "d-\($0.rawValue)" })
        let rest = Glossary.all.map(\.id).filter { !linked.contains($0) && !measures.contains($0) }
        #expect(rest.isEmpty, "\(rest)")
    }
}
