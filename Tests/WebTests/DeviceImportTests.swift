import Foundation
import Testing

/// `POST /api/v1/devices`: who may, what is refused, what comes back.
@Suite("Taking devices over the API")
struct DeviceImportTests {
    private static let path = "/api/v1/devices?municipality=3407"

    static let refusals: [(path: String, token: String?, type: String, status: Int)] = [
        (path, nil, "text/csv", 401), (path, "nobody", "text/csv", 401), (path, "leader", "text/csv", 403), (path, "zone-admin", "text/csv", 403),
        ("/api/v1/devices?municipality=5027", "admin", "text/csv", 403), ("/api/v1/devices", "admin", "text/csv", 400),
        (path + "&partial=perhaps", "admin", "text/csv", 400), (path + "&zone=biri", "admin", "text/csv", 200),
        (path + "&colour=red", "admin", "text/csv", 400), (path, "admin", "application/x-www-form-urlencoded", 415), (path, "admin", "", 415),
        (path, "admin", "text/csv; charset=utf-8", 200), ("/api/v1/loads?municipality=3407", "admin", "text/csv", 405),
        ("/api/v1/devices?municipality=3440", "admin", "text/csv", 409),
    ]

    @Test("who may, and how it must come", arguments: refusals)
    func refusal(path: String, token: String?, type: String, status: Int) async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let answer = try await site.post(path, "device;zone\nd-9;biri\n", as: token, type: type)
        #expect(answer.status == status, "\(answer.detail)")
        #expect(status == 200 || answer.isProblem)
    }

    @Test("what became of the rows comes back; bad ones with line and reason, and nothing is taken without partial")
    func outcome() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let good = try await site.post(Self.path, "device;zone\nd-9;biri\n", as: "admin")
        #expect(good.json?["added"] as? Int == 1 && good.json?["inForce"] as? Bool == true)
        let bad = try await site.post(Self.path, "device;zone\nd-9;biri\nbad;row\n", as: "admin")
        #expect(bad.status == 422 && bad.isProblem)
        let rows = try #require(bad.json?["rows"] as? [[String: Any]])
        #expect(rows.count == 1 && rows[0]["line"] as? Int == 3 && rows[0]["reason"] as? String == "bad")
        let partial = try await site.post(Self.path + "&partial=true", "device;zone\nd-9;biri\nbad;row\n", as: "admin")
        #expect(partial.status == 200 && (partial.json?["bad"] as? [Any])?.count == 1)
    }

    @Test("a table that is too large is refused")
    func tooLarge() async throws {
        let site = try await ServedSite()
        let answer = try await site.post(Self.path, String(repeating: "x", count: 2000), as: nil)
        #expect(answer.status == 413 && answer.isProblem)
    }
}
