import Foundation
import Testing

/// `GET` and `POST /api/v1/roster`: who may, what is refused, what comes back.
@Suite("A roster over the API")
struct RosterExchangeTests {
    private static let path = "/api/v1/roster?municipality=3407"

    static let refusals: [(path: String, token: String?, type: String, status: Int)] = [
        (path, nil, "text/csv", 401), (path, "nobody", "text/csv", 401), (path, "leader", "text/csv", 403), (path, "zone-admin", "text/csv", 403),
        ("/api/v1/roster?municipality=5027", "admin", "text/csv", 403), ("/api/v1/roster", "admin", "text/csv", 400),
        (path + "&colour=red", "admin", "text/csv", 400), (path, "admin", "application/x-www-form-urlencoded", 415), (path, "admin", "", 415),
        (path, "admin", "text/csv; charset=utf-8", 200), ("/api/v1/roster?municipality=3440", "admin", "text/csv", 409),
    ]

    @Test("who may send one, and how it must come", arguments: refusals)
    func refusal(path: String, token: String?, type: String, status: Int) async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let answer = try await site.post(path, "zone;role\nbiri;pleie\n", as: token, type: type)
        #expect(answer.status == status, "\(answer.detail)")
        #expect(status == 200 || answer.isProblem)
    }

    @Test("what was taken is told; what is wrong comes back with line and reason, and what cannot be written is no fault of the sender")
    func outcome() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let good = try await site.post(Self.path, "zone;role\nbiri;pleie\n", as: "admin")
        #expect(good.json?["rows"] as? Int == 1 && good.json?["keptCopy"] as? String == "roster.2026.csv" && good.json?["inForce"] as? Bool == true)
        let bad = try await site.post(Self.path, "zone;role\nbiri;pleie\nbad;row\n", as: "admin")
        let rows = try #require(bad.json?["rows"] as? [[String: Any]])
        #expect(bad.status == 422 && bad.isProblem && rows.count == 1 && rows[0]["line"] as? Int == 3 && rows[0]["reason"] as? String == "bad")
        #expect(try await site.post(Self.path, "zone;role\nfull\n", as: "admin").status == 503)
        #expect(try await site.post(Self.path, String(repeating: "x", count: 2000), as: "admin").status == 413)
    }

    @Test("it is given as CSV to who may see the whole municipality", arguments: [("admin", 200), ("leader", 200), ("zone-leader", 403), ("nowhere", 403)])
    func given(token: String, status: Int) async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let answer = try await site.get(Self.path, as: token)
        #expect(answer.status == status)
        guard status == 200 else { return }
        #expect(answer.headers["content-type"] == "text/csv; charset=utf-8" && answer.body == Data(ServedSite.rosterText.utf8))
    }

    @Test("where there is none, that is said")
    func none() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let answer = try await site.get("/api/v1/roster?municipality=3440", as: "admin")
        #expect(answer.status == 404 && answer.isProblem && answer.detail.contains("3440 has no roster"))
    }
}
