import Foundation
import Store
import Strategy
import Testing

@Suite("Goals over the API")
struct GoalsAnswerTests {
    private static let period = "from=2026-10-26&to=2026-10-27"
    private static let path = "/api/v1/goals?municipality=3407&\(period)"

    private func lineage(_ measure: IndicatorMeasure, _ more: String = "") -> String {
        "/api/v1/goals/ramme/teknologi/\(measure.rawValue)/lineage?municipality=3407&\(Self.period)\(more)"
    }

    private func indicators(_ answer: HTTPAnswer) throws -> [[String: Any]] {
        let frameworks = try #require(answer.json?["frameworks"] as? [[String: Any]])
        return frameworks.flatMap { $0["goals"] as? [[String: Any]] ?? [] }.flatMap { $0["indicators"] as? [[String: Any]] ?? [] }
    }

    private func views(_ site: ServedSite) throws -> [AccessLogReader.Row] {
        var rows: [AccessLogReader.Row] = []
        try site.accessLog?.entries(.init()) { row in
            rows.append(row)
            return true
        }
        return rows
    }

    @Test("frameworks hold goals, goals indicators, each with value, n, status and what is not measured")
    func goals() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let answer = try await site.get(Self.path, as: "leader")
        #expect(answer.status == 200 && answer.json?["position"] as? Int == ServedSite.position && answer.json?["period"] as? String == "2026-10-26")
        let framework = try #require((answer.json?["frameworks"] as? [[String: Any]])?.first)
        let goal = try #require((framework["goals"] as? [[String: Any]])?.first)
        #expect(framework["careLadder"] as? String == "omsorgstrappa" && goal["notMeasured"] as? String == "Egenmestring")
        let found = try indicators(answer)
        #expect(found.compactMap { $0["measure"] as? String } == IndicatorMeasure.allCases.map(\.rawValue))
        // Of two alarms one was answered, after 40 s, and went to a visit.
        let answered = try #require(found.first { $0["measure"] as? String == "answer-within-60s" })
        #expect(answered["numerator"] as? Int == 1 && answered["denominator"] as? Int == 1 && answered["n"] as? Int == 1)
        #expect(answered["low"] is NSNull && answered["status"] as? String == "cannotSay" && answered["isExample"] as? Bool == true)
        let unanswered = try #require(found.first { $0["measure"] as? String == "unanswered" })
        #expect(unanswered["numerator"] as? Int == 1 && unanswered["denominator"] as? Int == 2)
    }

    @Test("without from and to it is the 28 days that ended with yesterday; with one of them the 28 days beside it")
    func periods() async throws {
        let site = try await ServedSite()
        func period(_ more: String) async throws -> String? {
            try await site.get("/api/v1/goals?municipality=3407\(more)").json?["period"] as? String
        }
        #expect(try await period("") == "2026-10-25-28d")
        #expect(try await period("&from=2026-10-01") == "2026-10-28-28d")
        #expect(try await period("&to=2026-10-27") == "2026-10-26-28d")
        #expect(try await period("&from=2026-10-01&to=2026-11-01") == "2026-10")
        #expect(try await period("&from=2026-10-19&to=2026-10-26") == "2026-W43")
        for bad in ["&from=2026-10-01&to=2026-10-04", "&from=2026-10-02&to=2026-10-01", "&from=2026-10-26T06:00:00Z", "&from=1999-01-01"] {
            let answer = try await site.get("/api/v1/goals?municipality=3407\(bad)")
            #expect(answer.status == 400 && answer.isProblem, "\(bad)")
        }
    }

    @Test("who may see what: roles, zones, other municipalities, and those without goals")
    func reach() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let lineage = lineage(.unanswered)
        for path in [Self.path, lineage] {
            let zone = path + "&zone=haugtun"
            for (token, address, status) in [
                (nil, path, 401), ("nowhere", path, 403), ("central", path, 403), ("planner", path, 403), ("zone-leader", path, 200),
                ("zone-leader", zone, 403), ("two-zones", path, 400), ("two-zones", zone, 200), ("leader", zone, 200),
                ("leader", path.replacingOccurrences(of: "3407", with: "3440"), 403), ("admin", path.replacingOccurrences(of: "3407", with: "3440"), 404),
            ] as [(String?, String, Int)] {
                let answer = try await site.get(address, as: token)
                #expect(answer.status == status, "\(address) as \(token ?? "nobody"): \(answer.detail)")
            }
        }
        // A zone that is not there is not a quiet one.
        for path in [Self.path, lineage] {
            let unknown = try await site.get(path + "&zone=xx", as: "leader")
            #expect(unknown.status == 404 && unknown.detail.contains("has no zone xx"), "\(unknown.detail)")
        }
        let own = try await site.get(Self.path, as: "zone-leader")
        #expect(own.json?["zone"] as? String == "biri")
        let unanswered = try #require(try indicators(own).first { $0["measure"] as? String == "unanswered" })
        #expect(unanswered["numerator"] as? Int == 0 && unanswered["denominator"] as? Int == 1)
        #expect(try await site.get("/api/v1/goals/ramme/teknologi/ingen/lineage?municipality=3407", as: "leader").status == 404)
        #expect(try await site.get("/api/v1/goals/ramme/lineage?municipality=3407", as: "leader").status == 404)
    }

    @Test("each indicator's lineage adds up to its figure, and leads to its cells")
    func lineages() async throws {
        let site = try await ServedSite()
        for indicator in try indicators(try await site.get(Self.path)) {
            let answer = try await site.get(try #require(indicator["lineage"] as? String))
            #expect(answer.status == 200, "\(answer.detail)")
            let json = try #require(answer.json)
            let measure = try #require((json["measure"] as? String).flatMap(IndicatorMeasure.init))
            let figure = try #require(json["figure"] as? [String: Any])
            for name in ["numerator", "denominator", "n"] { #expect(figure[name] as? Double == indicator[name] as? Double, "\(measure) \(name)") }
            #expect(try await site.get(try #require(json["cells"] as? String)).status == 200)
            let listed = try #require(json["alarms"] as? [[String: Any]])
            guard let behind = json["behind"] as? [String: Any] else {
                #expect(measure.lineageUnit == nil && listed.isEmpty, "\(measure)")
                // What it is counted from instead, as numbers of things; nothing where there is no such file or register.
                let sources = try #require(json["sources"] as? [[String: Any]])
                #expect(sources.allSatisfy { $0["name"] is String && $0["count"] is Double && $0["kind"] is String })
                #expect(!sources.isEmpty || [.ladderNotRisen, .freedHours, .realisedHours, .realisedKroner].contains(measure), "\(measure)")
                continue
            }
            let numerator = listed.reduce(0) { $0 + ($1["numerator"] as? Int ?? 0) }
            #expect(behind["numerator"] as? Int == numerator && behind["alarms"] as? Int == listed.count, "\(measure)")
            // The one day of data is not over, so that figures of whole days have nothing yet.
            if measure.isShareOfAlarms {
                #expect(figure["numerator"] as? Int == numerator, "\(measure)")
                #expect(figure["denominator"] as? Int == listed.reduce(0) { $0 + ($1["denominator"] as? Int ?? 0) }, "\(measure)")
            }
        }
    }

    @Test("alarms of a lineage stand in the access log; who may not see alarms is shown the sums alone, and nothing is logged")
    func logged() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let year = lineage(.unanswered).prefix { $0 != "&" } + "&from=2026-01-01&to=2027-01-01"
        let sums = try await site.get(String(year), as: "planner")
        #expect(sums.json?["alarms"] is NSNull && (sums.json?["behind"] as? [String: Any])?["denominator"] as? Int == 2)
        #expect(!String(decoding: sums.body, as: UTF8.self).contains("x1"))
        #expect(try await site.get(lineage(.deviceAvailability), as: "leader").status == 200)
        #expect(try views(site).isEmpty)
        let first = try await site.get(lineage(.unanswered), as: "leader")
        #expect((first.json?["alarms"] as? [[String: Any]])?.compactMap { $0["alarm"] as? String } == ["x1", "x2"])
        let rows = try views(site)
        #expect(rows.map(\.entry.who) == ["leader"] && rows.map(\.alarmCount) == [2])
        #expect(try site.accessLog?.alarms(ofEntry: try #require(rows.first).number)?.map(\.alarm) == ["x1", "x2"])
    }

    @Test("what a figure is made of is a page too: the same rights, the same log, and a way to each alarm's hour")
    func page() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let path = "/maal/grunnlag?municipality=3407&period=2026-10-26&rammeverk=ramme&maal=teknologi&indikator="
        func text(_ indicator: IndicatorMeasure, _ who: String) async throws -> String {
            String(decoding: try await site.get(path + indicator.rawValue, as: who).body, as: UTF8.self)
        }
        let counts = try await text(.unanswered, "planner")
        #expect(counts.contains("Du ser antall, ikke den enkelte alarmen.") && !counts.contains(">x1<"))
        #expect(try views(site).isEmpty)
        let listed = try await text(.unanswered, "leader")
        #expect(listed.contains(">x1</a>") && listed.contains("/belastning/time?") && listed.contains("#alarm-"))
        #expect(listed.contains("/api/v1/goals/ramme/teknologi/unanswered/lineage?municipality=3407"))
        #expect(listed.contains("vaktlast goals --config config --municipality 3407 --period 2026-10-26") && listed.contains("Definisjonens versjon"))
        #expect(try views(site).map(\.alarmCount) == [2])
        for measure in IndicatorMeasure.allCases { #expect(try await site.get(path + measure.rawValue, as: "leader").status == 200, "\(measure)") }
        #expect(try await site.get(path + "ingen", as: "leader").status == 404)
        let goals = String(decoding: try await site.get("/maal?municipality=3407&period=2026-10-26", as: "leader").body, as: UTF8.self)
        #expect(goals.contains("/maal/grunnlag?municipality=3407&amp;period=2026-10-26&amp;indikator=") && !goals.contains("href=\"/api/"))
    }

    @Test("a page goes on after its cursor; a cursor that no page gave is refused")
    func pages() async throws {
        let site = try await ServedSite()
        let after = Data("1792994400000/a/x1".utf8).base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
        let answer = try await site.get(lineage(.unanswered, "&cursor=\(after)"))
        #expect((answer.json?["alarms"] as? [[String: Any]])?.compactMap { $0["alarm"] as? String } == ["x2"] && answer.json?["next"] is NSNull)
        // The sums are of all pages.
        #expect((answer.json?["behind"] as? [String: Any])?["alarms"] as? Int == 2)
        #expect(try await site.get(lineage(.unanswered, "&cursor=zz")).status == 400)
    }
}
