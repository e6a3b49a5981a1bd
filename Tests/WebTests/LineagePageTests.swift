import Foundation
import Reports
import Staffing
import Store
import Strategy
import Telemetry
import Testing
import Web
import Workload

/// What a figure was made of where that is long, and where it is no alarms.
@Suite("The pages behind a figure")
struct LineagePageTests {
    private static let now: EventTime = LocalTime.oslo.instant(LocalTime.Day(year: 2026, month: 11, day: 3))
    private static let alarmsADay = 12

    /// A month with twelve alarms a day, with long names, and every fourth of them a call-out; a roster in one of two zones.
    private static func world() throws -> ServedSite.World {
        let zones: [ZonePlan.Zone] = [.init(id: "nord", name: "Nord"), .init(id: "sor", name: "Sør")]
        let plan = ZonePlan(municipalities: [
            .init(number: "3407", name: "Gjøvik", zones: zones, registry: [.init(device: "a-1", zone: "nord"), .init(device: "a-2", zone: "sor")])
        ])
        let municipality = ReportedMunicipality(
            number: "3407",
            name: "Gjøvik",
            zones: zones,
            devices: [
                .init(device: "a-1", zone: "nord", technology: .safetyAlarm, step: 2, from: nil, to: nil, isSafetyAlarm: true),
                .init(device: "a-2", zone: "sor", technology: .safetyAlarm, step: 2, from: nil, to: nil, isSafetyAlarm: true),
            ],
            roster: try Roster(csv: "zone;role;shift;weekdays;start;end;positions\nnord;pleie;dag;alle;07:00;15:00;2\nnord;pleie;natt;alle;23:00;07:00;1\n"),
            goals: Goals(frameworks: [])
        )
        return .init(plan: plan, municipalities: [municipality], events: events, received: now - 3_600_000)
    }

    private static var events: [(topic: String, event: String)] {
        var found: [(topic: String, event: String)] = []
        let end = String(repeating: "x", count: 40)
        for (day, number) in (1...31).flatMap({ day in (0..<alarmsADay).map { (day, $0) } }) {
            let alarm = "nummer-\(day)-\(number)-\(end)"
            func add(_ type: String, _ minute: String, _ data: String) {
                let time = "2026-10-\(day < 10 ? "0" : "")\(day)T\(number < 10 ? "0" : "")\(number):\(minute):00Z"
                let name = #""id":"\#(day)-\#(number)-\#(type)","type":"no.vaktlast.alarm.\#(type)""#
                let event = #"{"specversion":"1.0",\#(name),"source":"s","time":"\#(time)","data":{"alarm":"\#(alarm)"\#(data)}}"#
                found.append(("vaktlast/v1/3407/a/history", event))
            }
            add("raised", "00", #","device":"a-1","kind":"manual""#)
            if number % 4 == 0 { add("dispatched", "05", "") }
            add("closed", "30", number % 4 == 0 ? #","outcome":"visited""# : #","outcome":"resolved-by-voice""#)
        }
        return found
    }

    @Test(
        "a long list goes on page by page to its end, each under 100 kB, and the access log holds what each showed",
        arguments: ["rammeverk=_&maal=_&indikator=unanswered", "teknologi=alle"]
    )
    func sides(_ subject: String) async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens, now: { Self.now }, world: try Self.world())
        let first = "/maal/grunnlag?municipality=3407&period=2026-10&\(subject)"
        var (path, names, counts): (String?, [String], [Int]) = (first, [], [])
        while let next = path, counts.count < 9 {
            let page = try await site.page(next, as: "leader")
            #expect(page.utf8.count < 100_000)
            let listed = page.matches(of: #/>(nummer-[0-9]+-[0-9]+)-x+<\/a>/#).map { String($0.output.1) }
            names += listed
            counts.append(listed.count)
            #expect(try site.logged().last?.alarmCount == listed.count)
            #expect(page.contains("rel=\"prev\"") == (counts.count > 1))
            path = page.firstMatch(of: #/rel="next" href="([^"]+)"/#).map { String($0.output.1).replacingOccurrences(of: "&amp;", with: "&") }
        }
        #expect(counts.allSatisfy { (1...200).contains($0) } && counts.count > 1)
        #expect(names.count == 31 * Self.alarmsADay && Set(names).count == names.count)
        // Behind the last page there is none: the last one is shown.
        let last = try await site.page("\(first)&side=99", as: "leader")
        #expect(last.contains(">nummer-31-\(Self.alarmsADay - 1)-") && !last.contains("rel=\"next\""))
    }

    private func sources(_ measure: IndicatorMeasure, _ site: ServedSite) async throws -> (denominator: Double, sources: [[String: Any]]) {
        let path = "/api/v1/goals/_/_/\(measure.rawValue)/lineage?municipality=3407&from=2026-10-01&to=2026-11-01"
        let json = try #require(try await site.get(path, as: "leader").json)
        let figure = try #require(json["figure"] as? [String: Any])
        return (try #require(figure["denominator"] as? Double), try #require(json["sources"] as? [[String: Any]]))
    }

    @Test("of a period without data no page behind a figure says that there were no alarms")
    func unknown() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens, now: { Self.now }, world: try Self.world())
        for (subject, text) in [
            ("rammeverk=_&maal=_&indikator=unanswered", "Ingen alarmer ligger bak tallet."), ("teknologi=alle", "Ingen data fra perioden."),
        ] {
            let page = try await site.page("/maal/grunnlag?municipality=3407&period=2026-08&\(subject)", as: "leader")
            #expect(page.contains("<p class=\"empty\">\(text)</p>") && !page.contains("Ingen alarmer i perioden") && !page.contains("<td class=\"n\">0</td>"))
        }
    }

    @Test("what leaders enter is the whole municipality's: the page of a zone leads there who may see all zones")
    func whole() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens, now: { Self.now }, world: try Self.world())
        let path = "/maal/grunnlag?municipality=3407&period=2026-10"
        let query = "rammeverk=_&maal=_&indikator=realised-hours"
        let page = try await site.page("\(path)&zone=nord&\(query)", as: "leader")
        #expect(page.contains("ikke målt: føres bare for hele kommunen") && page.contains(">Se hele kommunen</a>"))
        #expect(try await !site.page("\(path)&\(query)", as: "leader").contains(">Se hele kommunen</a>"))
    }

    @Test("denominators that no alarm makes are counted out: rostered hours by zone and shift, users by zone and whole days")
    func denominators() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens, now: { Self.now }, world: try Self.world())
        let rostered = try await sources(.unplannedShare, site)
        #expect(rostered.sources.compactMap { $0["name"] as? String } == ["timer på vakt: Nord, dag", "timer på vakt: Nord, natt"])
        #expect(rostered.sources.allSatisfy { $0["kind"] as? String == "rostered-hours" })
        let hours = rostered.sources.compactMap { $0["count"] as? Double }.reduce(0, +)
        #expect(rostered.denominator > 0 && abs(hours - rostered.denominator) < 1e-6)
        for measure in [IndicatorMeasure.callOutsPer100Users, .nightCallOutsPer100Users, .callOutHoursPer100Users] {
            let found = try await sources(measure, site)
            func counts(_ kind: String) -> [Double] { found.sources.filter { $0["kind"] as? String == kind }.compactMap { $0["count"] as? Double } }
            #expect(counts("users") == [1, 1] && counts("days").count == 1, "\(measure)")
            #expect(found.denominator > 0 && abs(2 * (counts("days").first ?? 0) / 3000 - found.denominator) < 1e-9, "\(measure)")
        }
        let page = try await site.page("/maal/grunnlag?municipality=3407&period=2026-10&rammeverk=_&maal=_&indikator=unplanned-share", as: "leader")
        #expect(page.contains("<th scope=\"row\">timer på vakt: Nord, natt</th>"))
    }
}
