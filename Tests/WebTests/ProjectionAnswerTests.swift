import Foundation
import Reports
import Testing
import Web

@Suite("Projection over the API")
struct ProjectionAnswerTests {
    private static let path = "/api/v1/projection?municipality=3407"

    @Test("from assumptions: three levels for each year, the rule of need named; the same bytes as the command's")
    func assumed() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let answer = try await site.get("\(Self.path)&years=2040,2030", as: "planner")
        #expect(answer.status == 200, "\(answer.detail)")
        let rows = try #require(answer.json?["rows"] as? [[String: Any]])
        #expect(rows.compactMap { $0["year"] as? Int } == [2030, 2030, 2030, 2040, 2040, 2040])
        #expect(rows.compactMap { $0["level"] as? String } == ["low", "main", "high", "low", "main", "high"])
        // Twice as many of 80 and more in 2040, each calling as today.
        let main = try #require(rows.last { $0["level"] as? String == "main" })
        #expect(main["loadFactor"] as? Double == 2 && main["callOutsPer30Days"] as? Double == 140)
        #expect((answer.json?["staffingNeed"] as? [String: Any])?["method"] as? String == "square-root" && answer.json?["period"] is NSNull)
        let made = try ServedSite.projection(years: [2030, 2040])
        #expect([UInt8](answer.body) == made.json)
    }

    @Test("what is refused: bad years, zones, other municipalities, no files, and a period without a whole week")
    func refused() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        for (address, token, status) in [
            ("\(Self.path)&years=x", "leader", 400), ("\(Self.path)&years=2040,", "leader", 400), ("\(Self.path)&years=2040", "zone-leader", 403),
            ("/api/v1/projection?municipality=3440", "leader", 403), ("/api/v1/projection?municipality=3440", "admin", 404),
            ("\(Self.path)&years=2040&from=2026-10-26&to=2026-10-27", "leader", 409), ("\(Self.path)&years=2060", "leader", 422),
        ] {
            let answer = try await site.get(address, as: token)
            #expect(answer.status == status && answer.isProblem, "\(address) as \(token): \(answer.status) \(answer.detail)")
        }
        #expect(try await site.get(Self.path).status == 401)
    }

    @Test("other assumptions are taken as YAML; what is wrong in them is told line by line, and nothing is kept")
    func others() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let address = "\(Self.path)&years=2040"
        func post(_ body: String, _ type: String = "application/yaml") async throws -> HTTPAnswer {
            try await site.post(address, body, as: "leader", type: type)
        }
        let before = try await site.get(address, as: "leader")
        let more = ServedSite.assumptions.replacingOccurrences(of: "callOutsPer30Days: {main: 70", with: "callOutsPer30Days: {main: 140")
        let rows = try #require(try await post(more).json?["rows"] as? [[String: Any]])
        #expect(rows.compactMap { $0["callOutsPer30Days"] as? Double } == [280, 280, 280])
        #expect(try await site.get(address, as: "leader").body == before.body)
        let bad = try await post(ServedSite.assumptions.replacingOccurrences(of: "year: 2026", with: "year: snart"))
        #expect(bad.status == 422)
        #expect((bad.json?["rows"] as? [[String: Any]])?.first?["line"] as? Int == 2)
        #expect(try await post(more, "text/csv").status == 415)
    }
}
