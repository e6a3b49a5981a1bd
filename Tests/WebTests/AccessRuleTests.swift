import Testing

/// Who may ask what, and which refusal comes first (CONTRACT 8).
@Suite("Reach of tokens")
struct AccessRuleTests {
    private static let period = "from=2026-10-26&to=2026-10-27"

    /// Without a token, then by token in the order of `who`.
    private static let who = ["admin", "zone-admin", "leader", "zone-leader", "nowhere"]

    private static let table: [(path: String, statuses: [Int])] = [
        // What is open to everyone who reaches the address.
        ("/healthz", [200, 200, 200, 200, 200, 200]),
        ("/readyz", [200, 200, 200, 200, 200, 200]),
        ("/metrics", [200, 200, 200, 200, 200, 200]),
        ("/openapi.json", [200, 200, 200, 200, 200, 200]),
        // What needs a token, any.
        ("/api/v1/status", [401, 200, 200, 200, 200, 200]),
        ("/api/v1/municipalities", [401, 200, 200, 200, 200, 200]),
        ("/api/v1/nothing", [401, 404, 404, 404, 404, 404]),
        ("/nothing", [401, 404, 404, 404, 404, 404]),
        // Own municipality.
        ("/api/v1/loads?municipality=3407&\(period)", [401, 200, 200, 200, 200, 403]),
        ("/api/v1/alarms?municipality=3407&\(period)", [401, 200, 200, 200, 200, 403]),
        ("/api/v1/kpis?municipality=3407&\(period)", [401, 200, 200, 200, 200, 403]),
        ("/api/v1/devices?municipality=3407", [401, 200, 200, 200, 200, 403]),
        ("/?municipality=3407", [401, 200, 200, 200, 200, 403]),
        ("/na?municipality=3407", [401, 200, 200, 200, 200, 403]),
        ("/belastning?municipality=3407", [401, 200, 200, 200, 200, 403]),
        ("/belastning?municipality=3440", [401, 200, 403, 403, 403, 403]),
        ("/belastning/time?municipality=3407&period=2026-10&time=1-07", [401, 200, 200, 200, 200, 403]),
        ("/belastning/time?municipality=3407&zone=haugtun", [401, 200, 403, 200, 403, 403]),
        ("/belastning/time?municipality=3407&time=8-07", [401, 400, 400, 400, 400, 403]),
        ("/bemanning?municipality=3407", [401, 200, 200, 200, 200, 403]),
        ("/bemanning?municipality=3407&zone=haugtun&vakt.haugtun.natt=1", [401, 200, 403, 200, 403, 403]),
        ("/bemanning?municipality=3440", [401, 200, 403, 403, 403, 403]),
        ("/maal?municipality=3407", [401, 200, 200, 200, 200, 403]),
        ("/sammendrag?municipality=3407", [401, 200, 200, 200, 200, 403]),
        // Nobody's zone has ages or places of its own.
        ("/framskriving?municipality=3407", [401, 200, 403, 200, 403, 403]),
        ("/maal?municipality=3407&zone=haugtun", [401, 200, 403, 200, 403, 403]),
        ("/maal/grunnlag?municipality=3407&rammeverk=ramme&maal=teknologi&indikator=unanswered", [401, 200, 200, 200, 200, 403]),
        ("/maal?municipality=3407&rammeverk=nothing", [401, 400, 400, 400, 400, 403]),
        // Of one zone only: one's own, another, that of the whole municipality.
        ("/api/v1/loads?municipality=3407&zone=biri&\(period)", [401, 200, 200, 200, 200, 403]),
        ("/api/v1/loads?municipality=3407&zone=haugtun&\(period)", [401, 200, 403, 200, 403, 403]),
        ("/api/v1/alarms?municipality=3407&zone=ukjent&\(period)", [401, 200, 403, 200, 403, 403]),
        ("/api/v1/kpis?municipality=3407&zone=haugtun&\(period)", [401, 200, 403, 200, 403, 403]),
        ("/api/v1/devices?municipality=3407&zone=haugtun", [401, 200, 403, 200, 403, 403]),
        ("/?municipality=3407&zone=haugtun", [401, 200, 403, 200, 403, 403]),
        // What belongs to the whole municipality.
        ("/api/v1/sources?municipality=3407", [401, 200, 403, 200, 403, 403]),
        ("/api/v1/quarantine?municipality=3407", [401, 200, 403, 200, 403, 403]),
        // What lies in none.
        ("/api/v1/quarantine", [401, 200, 403, 403, 403, 403]),
        // Another's municipality.
        ("/api/v1/loads?municipality=3440&\(period)", [401, 200, 403, 403, 403, 403]),
        ("/api/v1/alarms?municipality=3440&\(period)", [401, 200, 403, 403, 403, 403]),
        ("/api/v1/kpis?municipality=3440&\(period)", [401, 200, 403, 403, 403, 403]),
        ("/api/v1/sources?municipality=3440", [401, 200, 403, 403, 403, 403]),
        ("/api/v1/devices?municipality=3440", [401, 200, 403, 403, 403, 403]),
        // One that no token names, configured or not.
        ("/api/v1/sources?municipality=5027", [401, 403, 403, 403, 403, 403]),
        // The form of the query comes before the reach, the reach before the values.
        ("/api/v1/loads?municipality=3440&\(period)&step=", [401, 400, 400, 400, 400, 400]),
        ("/api/v1/loads?municipality=3440&\(period)&step=P1Y", [401, 400, 403, 403, 403, 403]),
        ("/api/v1/loads?municipality=3407", [401, 400, 400, 400, 400, 403]),
        ("/api/v1/loads", [401, 400, 400, 400, 400, 400]),
        // Nobody waits for what is refused.
        ("/api/v1/sources?municipality=3440&atLeast=999999999", [401, 503, 403, 403, 403, 403]),
    ]

    @Test("every path answers every token as the table says")
    func reach() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        for (path, statuses) in Self.table {
            for (token, status) in zip([nil] + Self.who, statuses) {
                let answer = try await site.get(path, as: token)
                #expect(answer.status == status, "\(path) as \(token ?? "nobody"): \(answer.status) \(answer.detail)")
                if status >= 400 { #expect(answer.isProblem, "\(path) as \(token ?? "nobody")") }
                #expect(answer.headers["vaktlast-position"] == "\(ServedSite.position)", "\(path)")
            }
            #expect(try await site.get(path, as: "no such token").status == statuses[0], "\(path) with a wrong token")
        }
    }

    @Test("without configured tokens whoever reaches loopback is admin")
    func loopback() async throws {
        let site = try await ServedSite()
        for (path, statuses) in Self.table where !path.contains("5027") {
            #expect(try await site.get(path).status == statuses[1], "\(path)")
        }
        let answer = try await site.get("/api/v1/quarantine")
        let refused = try #require(answer.json?["items"] as? [[String: Any]])
        #expect(refused.map { $0["reason"] as? String } == ["bad-topic"])
    }

    @Test("a token bound to zones sees their alarms alone")
    func zones() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        for (token, alarms) in [("leader", ["x1", "x2"]), ("zone-leader", ["x1"])] {
            let answer = try await site.get("/api/v1/alarms?municipality=3407&\(Self.period)", as: token)
            let shown = try #require(answer.json?["alarms"] as? [[String: Any]])
            #expect(shown.compactMap { $0["alarm"] as? String } == alarms, "\(token)")
        }
    }
}
