import Foundation
import Ingest
import Reports
import Staffing
import Store
import Strategy
import Telemetry
import Testing
import Web
import Workload

/// Whoever follows the figures of the pages comes to what they are made of, and finds the same sums there.
@Suite("The walk from figures")
struct FigureWalkTests {
    static let folders = ["3407-gjovik", "3440-oyer", "3441-gausdal", "5027-midtre-gauldal", "9901-plan-2040-eksempel"]
    private static let period = "2026-10"
    private static let now: EventTime = LocalTime.oslo.instant(LocalTime.Day(year: 2026, month: 11, day: 3))

    private static func text(_ path: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "config/municipalities/\(path)"), encoding: .utf8)
    }

    /// One of the municipalities that come along with its own goals and plans, two devices, and a month of alarms by hand: each day one closed
    /// at the centre, each morning a call-out of an hour, each third day one that nobody meant.
    private static func world(_ folder: String) throws -> ServedSite.World {
        let number = String(folder.prefix(4))
        let zones: [ZonePlan.Zone] = [.init(id: "nord", name: "Nord"), .init(id: "sor", name: "Sør")]
        let plan = ZonePlan(municipalities: [
            .init(
                number: number,
                name: "Kommunen",
                zones: zones,
                registry: [.init(device: "a-1", zone: "nord"), .init(device: "a-1-smoke", zone: "nord"), .init(device: "m-1", zone: "sor")]
            )
        ])
        var municipality = ReportedMunicipality(
            number: number,
            name: "Kommunen",
            zones: zones,
            devices: [
                .init(device: "a-1", zone: "nord", technology: .safetyAlarm, step: 2, from: nil, to: nil, isSafetyAlarm: true),
                .init(device: "a-1-smoke", zone: "nord", accessory: "røykvarsler", from: nil, to: nil, isSafetyAlarm: false),
                .init(device: "m-1", zone: "sor", technology: .medicationDispenser, from: nil, to: nil, isSafetyAlarm: false),
            ],
            roster: try Roster(csv: "zone;role;shift;weekdays;start;end;positions\nnord;pleie;dag;alle;07:00;15:00;2\nnord;pleie;natt;alle;23:00;07:00;1\n"),
            goals: try Goals(yaml: text("\(folder)/goals.yaml"))
        )
        let population = try Population(csv: text("\(folder)/population.csv"), municipality: number)
        let users = try UsersByAge(csv: text("\(folder)/users-by-age.csv"))
        let assumptions = try ProjectionAssumptions(yaml: text("\(folder)/projection.yaml"))
        municipality.sources = IndicatorSources(
            population: population,
            benefits: try BenefitAssumptions(yaml: text("\(folder)/benefits.yaml")),
            ledger: try BenefitLedger(csv: text("3441-gausdal/benefit-ledger.csv")),
            usersByAge: users,
            projection: assumptions
        )
        municipality.planning = PlanningSources(population: population, users: users)
        municipality.planning.assumptions = assumptions
        return .init(plan: plan, municipalities: [municipality], events: events(number), received: now - 3_600_000)
    }

    private static func events(_ number: String) -> [(topic: String, event: String)] {
        var found: [(topic: String, event: String)] = []
        func add(_ id: String, _ type: String, _ day: Int, _ clock: String, _ data: String) {
            let time = "2026-10-\(day < 10 ? "0" : "")\(day)T\(clock):00Z"
            let event = #"{"specversion":"1.0","id":"\#(id)","source":"s","type":"no.vaktlast.\#(type)","time":"\#(time)","data":{\#(data)}}"#
            found.append(("vaktlast/v1/\(number)/a/history", event))
        }
        for day in 1...31 {
            add("c\(day)-r", "alarm.raised", day, "05:00", #""alarm":"c\#(day)","device":"a-1","kind":"manual""#)
            add("c\(day)-c", "alarm.closed", day, "05:04", #""alarm":"c\#(day)","outcome":"resolved-by-voice""#)
            add("v\(day)-r", "alarm.raised", day, "08:00", #""alarm":"v\#(day)","device":"a-1","kind":"fall""#)
            add("v\(day)-d", "alarm.dispatched", day, "08:02", #""alarm":"v\#(day)""#)
            add("v\(day)-a", "alarm.arrived", day, "08:20", #""alarm":"v\#(day)""#)
            add("v\(day)-c", "alarm.closed", day, "09:02", #""alarm":"v\#(day)","outcome":"visited""#)
            add("m\(day)", "assist.performed", day, "12:00", #""device":"m-1","technology":"medication-dispenser","result":"done""#)
            guard day % 3 == 0 else { continue }
            add("u\(day)-r", "alarm.raised", day, "18:00", #""alarm":"u\#(day)","device":"a-1-smoke","kind":"smoke""#)
            add("u\(day)-d", "alarm.dispatched", day, "18:05", #""alarm":"u\#(day)""#)
            add("u\(day)-c", "alarm.closed", day, "18:35", #""alarm":"u\#(day)","outcome":"unintended""#)
        }
        // Sent at five to midnight by the clock, and over the month's end: of whole days there is a quarter of an hour less.
        add("n-r", "alarm.raised", 31, "22:50", #""alarm":"n","device":"z-9","kind":"manual""#)
        add("n-d", "alarm.dispatched", 31, "22:55", #""alarm":"n""#)
        return found
    }

    private static func links(_ html: some StringProtocol) -> [String] {
        String(html).matches(of: #/href="(\/[^"]+)"/#).map { String($0.output.1).replacingOccurrences(of: "&amp;", with: "&") }
    }

    /// The rows or items that a section's tag parts it into.
    private static func parts(_ page: String, _ section: String, _ tag: String) -> [Substring] {
        guard let start = page.range(of: section), let end = page[start.upperBound...].range(of: "</section>") else { return [] }
        return page[start.upperBound..<end.lowerBound].split(separator: "<\(tag)").dropFirst().map { $0 }
    }

    @Test("from the pages of goals, summary and years to come every figure's link answers, and what is there adds up to the figure", arguments: folders)
    func walk(folder: String) async throws {
        let site = try await ServedSite(now: { Self.now }, world: try Self.world(folder))
        let query = "municipality=\(folder.prefix(4))&period=\(Self.period)"
        var links: Set<String> = []
        let goals = try Goals(yaml: Self.text("\(folder)/goals.yaml"))
        let goalPages = goals.frameworks.map { "/maal?\(query)&rammeverk=\($0.id)" }
        for path in goalPages + ["/sammendrag?\(query)", "/framskriving?\(query)", "/belastning?\(query)"] {
            let page = try await site.page(path)
            links.formUnion(Self.links(page).filter { link in ["/maal/grunnlag?", "/bemanning?", "/maal?"].contains(where: link.hasPrefix) })
            for answer in Self.parts(page, "class=\"headlines answers\"", "li") where !["Er målet nær?", "Hvor sikre er vi?"].contains(where: answer.contains) {
                #expect(!Self.links(answer).isEmpty, "\(path): \(answer.prefix(160))")
            }
            for row in Self.parts(page, "<section id=\"belastning-teknologi\"", "tr") where row.contains("scope=\"row\"") {
                try await expectSums(row, site)
            }
        }
        #expect(
            links.contains { $0.contains("indikator=call-out-hours-per-100-users") || $0.contains("indikator=utrykningstimer") },
            "what the years to come begin from"
        )
        for link in links.sorted() {
            let page = try await site.page(link)
            guard link.hasPrefix("/maal/grunnlag?"), !link.contains("teknologi=") else { continue }
            try await expectFigure(page, link, site)
        }
    }

    /// The figures of a row of the table of technology are those of the page it leads to.
    private func expectSums(_ row: Substring, _ site: ServedSite) async throws {
        let link = try #require(Self.links(row).first)
        let page = try await site.page(link)
        let told = row.matches(of: #/<td class="n">([^<]*)<\/td>/#).map { String($0.output.1) }
        guard !page.contains("Ingen alarmer i perioden.") else {
            #expect(told.dropFirst(2).allSatisfy { ["0", "–"].contains($0) }, "\(link)")
            return
        }
        let sums = try #require(Self.parts(page, "<h2 id=\"h-alarmer\">", "tr").last).matches(of: #/<td class="n">([^<]*)<\/td>/#).map { String($0.output.1) }
        for (figure, sum) in zip(told.dropFirst(2), sums) where figure != "–" { #expect(figure == sum, "\(link)") }
        // Each column of the list adds up to what stands below it.
        let rows = Self.parts(page, "<h2 id=\"h-alarmer\">", "tr").filter { $0.contains("href=") }
        for column in 0..<5 {
            let cells = rows.map { $0.matches(of: #/<td class="n">([^<]*)<\/td>/#).map { String($0.output.1) }[column] }
            #expect("\(cells.count { $0 == "1" })" == sums[column], "\(link) \(column)")
        }
    }

    /// The JSON that a page of lineage leads to has alarms that add up to its numerator.
    private func expectFigure(_ page: String, _ link: String, _ site: ServedSite) async throws {
        let path = try #require(Self.links(page).first { $0.hasPrefix("/api/v1/goals/") }, "\(link)")
        let json = try #require(try await site.get(path).json, "\(path)")
        let figure = try #require(json["figure"] as? [String: Any])
        let measure = try #require((json["measure"] as? String).flatMap(IndicatorMeasure.init))
        guard let unit = measure.lineageUnit, let behind = json["behind"] as? [String: Any], let numerator = figure["numerator"] as? Double else { return }
        let listed = try #require(json["alarms"] as? [[String: Any]]).reduce(0.0) { $0 + ($1["numerator"] as? Double ?? 0) }
        #expect(behind["numerator"] as? Double == listed, "\(path)")
        #expect(abs(numerator - (unit == .milliseconds ? listed / 3_600_000 : listed)) < 1e-9, "\(path): \(numerator) against \(listed)")
    }

    @Test("a month's alarms, call-outs and hours are those of the report, and whole days are told apart")
    func month() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens, now: { Self.now }, world: try Self.world("3407-gjovik"))
        let path = "/maal/grunnlag?municipality=3407&period=\(Self.period)&teknologi="
        let page = String(decoding: try await site.get(path + "alle", as: "leader").body, as: UTF8.self)
        let summary = String(decoding: try await site.get("/sammendrag?municipality=3407&period=\(Self.period)", as: "leader").body, as: UTF8.self)
        // 31 closed by voice, 31 visited, 10 unintended, 1 that is still open; 31 h and 10 × 30 min at work.
        #expect(summary.contains("73\u{A0}alarmer ga 42\u{A0}utrykninger og 36,0 timer i arbeid"))
        for (name, count) in [
            ("Alarmer utløst i perioden, uten prøvealarmer", "73"), ("Av dem førte til utrykning", "42"), ("Av dem utilsiktede", "10"),
            ("Av dem tekniske", "0"), ("Utrykninger bedt om i perioden", "42"), ("I arbeid i perioden, alle ute til sammen", "36,0 timer"),
        ] {
            #expect(page.contains("<tr><th scope=\"row\">\(name)</th><td class=\"n\">\(count)</td></tr>"), "\(name)")
        }
        #expect(page.contains("Indikatorene og framskrivingen regner bare hele døgn med data: "))
        #expect(page.contains(">v1</a>") && page.contains("<td>trygghetsalarm</td>") && page.contains("<td>ikke registrert</td>"))
        #expect(try site.logged().last?.alarmCount == 73)
        let smoke = String(decoding: try await site.get(path + "r%C3%B8ykvarsler", as: "leader").body, as: UTF8.self)
        #expect(smoke.contains(">u3</a>") && !smoke.contains(">v1</a>") && smoke.contains("Hva tallet bygger på: belastningen fra røykvarsler"))
        #expect(try await site.get(path + "ingen", as: "leader").status == 404)
        // Who sees sums alone is shown no alarm, and of periods that may be told.
        let logged = try site.logged().count
        let sums = String(decoding: try await site.get("/maal/grunnlag?municipality=3407&period=2026&teknologi=alle", as: "planner").body, as: UTF8.self)
        #expect(sums.contains("Du ser antall, ikke den enkelte alarmen.") && !sums.contains(">v1<") && sums.contains(">73</td>"))
        #expect(try site.logged().count == logged)
        // What a figure of alarms lists tells their technology too; and leads to the period, not to an hour of it.
        let lineage = String(
            decoding: try await site.get("/maal/grunnlag?municipality=3407&period=\(Self.period)&rammeverk=_&maal=_&indikator=closed-at-centre", as: "leader")
                .body,
            as: UTF8.self
        )
        #expect(lineage.contains("<th scope=\"col\">Teknologi</th>") && lineage.contains("<td>trygghetsalarm</td>"))
        #expect(lineage.contains("/belastning?municipality=3407&amp;period=2026-10#belastning\">Belastningen i perioden, time for time</a>"))
        #expect(!lineage.contains("kvarter for kvarter"))
    }

    @Test("realised hours are made of the file's lines and of those that were entered on the page")
    func realised() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens, now: { Self.now }, world: try Self.world("3407-gjovik"))
        let entry = ["municipality": "3407", "dato": "2026-10-20", "timer": "5", "kroner": "0", "bruk": "flere brukere", "merknad": "prøve"]
        #expect(try await site.form("/maal/gevinst", entry, headers: ["Authorization: Bearer leader"]).status == 303)
        let path = "/api/v1/goals/_/_/realised-hours/lineage?municipality=3407&from=2026-10-01&to=2026-11-01"
        let json = try #require(try await site.get(path, as: "leader").json)
        let lines = try #require(json["sources"] as? [[String: Any]])
        #expect(lines.compactMap { $0["count"] as? Double } == [60, 32, 5])
        #expect((json["figure"] as? [String: Any])?["numerator"] as? Double == 97)
        #expect((lines.first?["name"] as? String)?.hasPrefix("filens linje ") == true && (lines.last?["name"] as? String)?.hasPrefix("linje 1: ") == true)
    }
}
