import Foundation
import Telemetry
import Testing
import Web
import Workload

/// Load and staffing as a planner is told them: no row of one to four call-outs, and no figure beside it, whatever form is asked for.
@Suite("Sums alone")
struct SumsAloneTests {
    private static let month = "2026-09"
    private static let now: EventTime = LocalTime.oslo.instant(LocalTime.Day(year: 2026, month: 10, day: 20))
    private static let staffing = "/api/v1/staffing?municipality=3407&from=2026-08-31T22:00:00Z&to=2026-09-30T22:00:00Z"

    /// September: each Monday two call-outs in Biri at 09 and four at 10, and on one Monday one in Haugtun at 09; each other evening
    /// one in Biri.
    private static var world: ServedSite.World {
        var world = ServedSite.World.own
        world.received = now - 3_600_000
        world.events = (1...30).flatMap { date -> [Sent] in
            let isMonday = date % 7 == 0
            guard isMonday else { return visit("e\(date)", date, "19:05", 31, "biri") }
            let mornings = (0..<2).flatMap { visit("m\(date)-\($0)", date, "09:\(10 + $0)", 11 + $0, "biri") }
            let later = (0..<4).flatMap { visit("l\(date)-\($0)", date, "10:\(10 + $0)", 21 + $0, "biri") }
            return mornings + later + (date == 14 ? visit("h", date, "09:20", 13, "haugtun") : [])
        }
        return world
    }

    private typealias Sent = (topic: String, event: String)

    /// - Parameter clock: when somebody is sent.
    private static func visit(_ alarm: String, _ date: Int, _ clock: String, _ minutes: Int, _ zone: String) -> [Sent] {
        let clockMinutes = (Int(clock.prefix(2)) ?? 0) * 60 + (Int(clock.suffix(2)) ?? 0)
        let start = LocalTime.oslo.instant(LocalTime.Day(year: 2026, month: 9, day: date)) + Int64(clockMinutes) * 60_000
        func event(_ type: String, _ time: EventTime, _ data: String) -> Sent {
            let head = #"{"specversion":"1.0","id":"\#(alarm)-\#(type)","source":"s","type":"no.vaktlast.alarm.\#(type)""#
            return ("vaktlast/v1/3407/a/history", head + #","time":"\#(Timestamp.format(time))","data":{"alarm":"\#(alarm)"\#(data)}}"#)
        }
        return [
            event("raised", start - 120_000, #","device":"p-1","kind":"manual","zone":"\#(zone)""#), event("answered", start - 60_000, ""),
            event("dispatched", start, ""), event("arrived", start + 300_000, ""),
            event("closed", start + Int64(minutes) * 60_000, #","outcome":"visited""#),
        ]
    }

    private static func site() async throws -> ServedSite {
        try await ServedSite(tokens: ServedSite.tokens, now: { now }, world: world)
    }

    /// Every object of an answer.
    private static func objects(_ value: Any?) -> [[String: Any]] {
        if let object = value as? [String: Any] { return [object] + object.values.flatMap { objects($0) } }
        return (value as? [Any])?.flatMap { objects($0) } ?? []
    }

    private static func isFew(_ object: [String: Any]) -> Bool { (object["callOuts"] as? Int).map { (1...4).contains($0) } ?? false }

    private static func observed(_ answer: HTTPAnswer, _ list: String) throws -> [[String: Any]] {
        try #require((answer.json?["observed"] as? [String: Any])?[list] as? [[String: Any]])
    }

    private static let figures = ["loadErlang", "responseMinutes", "travelMinutes", "onSiteMinutes", "talkMinutes", "freeHours", "unplannedShare"]

    @Test("over the API no row has one to four call-outs, nor a figure of one; a leader has them", arguments: ["", "&zone=biri", "&zone=haugtun"])
    func answers(zone: String) async throws {
        let site = try await Self.site()
        let (leader, planner) = (try await site.get(Self.staffing + zone, as: "leader"), try await site.get(Self.staffing + zone, as: "planner"))
        #expect(leader.status == 200 && planner.status == 200)
        #expect(Self.objects(leader.json).contains(where: Self.isFew))
        #expect(!Self.objects(planner.json).contains(where: Self.isFew))
        for list in ["shifts", "days", "hours"] {
            let rows = try Self.observed(planner, list)
            #expect(rows.count == (try Self.observed(leader, list)).count, "a row that is withheld is still there")
            for row in rows {
                #expect(row["loadP90Erlang"] is NSNull && row["talkMinutes"] is NSNull, "a percentile is one shift's")
                let levels = try #require(row["atOnce"] as? [[String: Any]])
                #expect(levels.allSatisfy { $0["longestMinutes"] is NSNull })
                guard row["callOuts"] is NSNull else { continue }
                #expect(Self.figures.allSatisfy { row[$0] is NSNull } && levels.allSatisfy { $0["minutes"] is NSNull && $0["share"] is NSNull })
            }
        }
    }

    @Test("a sum of zones is withheld where one zone's part would follow; a zone's row of five and more is told")
    func sums() async throws {
        let site = try await Self.site()
        let answer = try await site.get(Self.staffing, as: "planner")
        let monday = try Self.observed(answer, "hours").filter { $0["day"] as? String == "man" && $0["shift"] as? String == "dag" }
        func callOuts(_ zones: [String], _ hour: Int) -> Int? {
            monday.first { $0["zones"] as? [String] == zones && $0["hour"] as? Int == hour }?["callOuts"] as? Int
        }
        #expect(callOuts(["biri"], 9) == 8 && callOuts(["biri"], 10) == 16)
        #expect(callOuts(["haugtun"], 9) == nil && callOuts(["biri", "haugtun"], 9) == nil && callOuts(["biri", "haugtun"], 10) == 16)
        let weeks = try Self.observed(answer, "weeks")
        func erlang(_ zones: [String], _ hour: Int) -> Double? {
            let week = weeks.first { $0["zones"] as? [String] == zones }?["hours"] as? [[String: Any]]
            return week?.first { $0["hourOfWeek"] as? Int == hour }?["meanErlang"] as? Double
        }
        #expect(erlang(["biri"], 9) ?? 0 > 0 && erlang(["haugtun"], 9) == nil && erlang(["biri", "haugtun"], 9) == nil)
        #expect(erlang(["biri"], 3 * 24 + 19) == nil, "four Thursday evenings")
    }

    @Test("the file and the page of staffing withhold the same")
    func files() async throws {
        let site = try await Self.site()
        let path = "/rapport.csv?municipality=3407&seksjon=bemanning&period=\(Self.month)"
        for (reader, hasFew) in [("leader", true), ("planner", false)] {
            let answer = try await site.get(path, as: reader)
            #expect(answer.status == 200)
            let lines = String(decoding: answer.body, as: UTF8.self).split(separator: "\r\n").map { $0.split(separator: ";", omittingEmptySubsequences: false) }
            let rows = lines.filter { ["vakt", "dag", "time"].contains($0[0]) }
            #expect(rows.contains { (1...4).contains(Int($0[6]) ?? 0) } == hasFew, "\(reader)")
            for row in rows where row[6].isEmpty { #expect(row[7...15].allSatisfy(\.isEmpty) && row[22...26].allSatisfy(\.isEmpty)) }
        }
        let page = try await site.page("/bemanning?municipality=3407&period=\(Self.month)&zone=biri", as: "planner")
        #expect(page.contains("skjult") && page.contains("&lt;5/1"))
        #expect(try await !site.page("/bemanning?municipality=3407&period=\(Self.month)&zone=biri", as: "leader").contains("&lt;5/1"))
    }

    @Test("who may not see the municipality's sources is told of none of them, on the page and in the files")
    func sources() async throws {
        let site = try await Self.site()
        let query = "municipality=3407&period=\(Self.month)"
        for (reader, seesThem) in [("leader", true), ("zone-leader", false), ("planner", false)] {
            let page = try await site.page("/belastning?\(query)", as: reader)
            #expect(page.contains("Kildene:") != seesThem && page.contains("Manglende hendelser:") == seesThem, "\(reader)")
            let tables = try #require(try await site.get("/rapport.json?\(query)", as: reader).json?["tables"] as? [[String: Any]])
            #expect(tables.contains { $0["id"] as? String == "datakvalitet" } == seesThem, "\(reader)")
        }
    }

    @Test("the report withholds hours of the week on its page and in its files, with a zone and without", arguments: ["", "&zone=biri", "&zone=haugtun"])
    func report(zone: String) async throws {
        let site = try await Self.site()
        let query = "municipality=3407&period=\(Self.month)\(zone)"
        for reader in ["leader", "planner"] {
            let page = try await site.page("/belastning?\(query)", as: reader)
            #expect(page.contains(">&lt;5<") == (reader == "planner"))
            let answer = try await site.get("/rapport.json?\(query)", as: reader)
            let tables = try #require(answer.json?["tables"] as? [[String: Any]])
            let week = try #require(tables.first { $0["id"] as? String == "uka" }?["rows"] as? [[Any]])
            let wanted = zone == "&zone=biri" ? ["Biri", "torsdag", "19"] : ["Haugtun", "mandag", "09"]
            let hour = try #require(week.first { $0.prefix(3).compactMap { $0 as? String } == wanted })
            #expect((hour[3] as? String == "withheld" && hour[6] as? String == "withheld") == (reader == "planner"), "\(reader): \(hour)")
            let csv = String(decoding: try await site.get("/rapport.csv?\(query)", as: reader).body, as: UTF8.self)
            #expect(csv.contains(";skjult") == (reader == "planner"))
            // Who has the file alone is told of which zones shifts are missing.
            #expect(
                csv.contains("Skjult, fordi noen vakter har færre enn 5 utrykninger: ")
                    == page.contains("Skjult, fordi noen vakter har færre enn 5 utrykninger: ")
            )
            if zone.isEmpty { #expect(csv.contains("Skjult, fordi noen vakter") == (reader == "planner")) }
        }
    }

    @Test("the page of an hour withholds the call-outs of few, also where a zone's would follow from the sum")
    func hours() async throws {
        let site = try await Self.site()
        let path = "/belastning/time?municipality=3407&period=\(Self.month)&time=1-09"
        #expect(try await site.page(path, as: "planner").contains("tallene vises ikke"))
        #expect(try await site.page(path + "&zone=biri", as: "planner").contains("på utrykning."))
        #expect(try await site.page(path + "&zone=haugtun", as: "planner").contains("tallene vises ikke"))
    }

    @Test("a planner who names no hour is not led to the busiest one, whose figures may be withheld; a leader is")
    func hourOfChoice() async throws {
        let site = try await Self.site()
        func heading(_ reader: String, _ zone: String) async throws -> String {
            let page = try await site.page("/belastning/time?municipality=3407&period=\(Self.month)&zone=\(zone)", as: reader)
            let start = try #require(page.range(of: "<h1>")).upperBound
            return String(page[start..<(try #require(page.range(of: "</h1>", range: start..<page.endIndex)).lowerBound)])
        }
        let planner = [try await heading("planner", "biri"), try await heading("planner", "haugtun")]
        let leader = [try await heading("leader", "biri"), try await heading("leader", "haugtun")]
        #expect(planner[0] == planner[1] && planner[0].contains("Mandag") && planner[0].contains("08"), "\(planner)")
        #expect(leader[0] != planner[0] && leader[1] != leader[0], "\(leader)")
    }
}
