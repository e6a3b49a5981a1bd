import Accounts
import Foundation
import Store
import Testing

/// Why alarms are looked at is asked once a session, and stands in the access log.
@Suite("Purpose")
struct PurposeTests {
    private static let alarms = "/api/v1/alarms?municipality=3407&from=2026-10-26&to=2026-10-27"
    private static let lineage = "/api/v1/goals/ramme/teknologi/unanswered/lineage?municipality=3407&from=2026-10-26&to=2026-10-27"

    private func rows(_ site: ServedSite) throws -> [AccessLogReader.Row] {
        var rows: [AccessLogReader.Row] = []
        try site.accessLog?.entries(.init()) { row in
            rows.append(row)
            return true
        }
        return rows
    }

    @Test("a person is asked before the first alarms, is led on to them, and is not asked again in the session")
    func asked() async throws {
        let site = try await ServedSite(hasStore: true)
        let kari = try await Browser.loggedIn(site, "kari", Reach(role: .leader, municipalities: ["3407"], zones: ["biri"]))
        let first = try await kari.get(Self.alarms)
        #expect(first.status == 303 && !first.text.contains("x1"))
        let form = try #require(first.headers["location"])
        #expect(try form.hasPrefix("/formaal?neste=/api/v1/alarms") && rows(site).isEmpty)
        #expect(try await kari.get(Self.lineage).status == 303)
        let page = try await kari.get(form)
        #expect(page.status == 200 && page.text.contains("Oppfølging av tjenesten") && page.text.contains("type=\"radio\""))
        #expect(try await kari.post("/formaal", ["formaal": "nysgjerrighet", "neste": "/"]).status == 422)
        #expect(try await kari.send("/formaal", ["formaal": "klage", "neste": "/"]).status == 403, "a form without the session's mark")
        let on = try await kari.post("/formaal", ["formaal": "klage", "neste": Self.alarms])
        #expect(on.status == 303 && on.headers["location"] == Self.alarms)
        #expect(try await kari.get(Self.alarms).json?["alarms"] != nil)
        #expect(try await kari.get(Self.lineage).status == 200)
        #expect(try rows(site).map(\.entry.purpose) == ["klage", "klage"] && rows(site).map(\.entry.who) == ["account:kari", "account:kari"])
        _ = try await kari.post("/formaal", ["formaal": "innsyn", "neste": "https://evil.example/"])
        _ = try await kari.get(Self.alarms)
        #expect(try rows(site).last?.entry.purpose == "innsyn")
        _ = try await kari.post("/logg-ut", [:], from: "/")
        _ = try await kari.login("kari")
        #expect(try await kari.get(Self.alarms).status == 303, "another session is asked again")
    }

    @Test("a script within a session is refused in words, and sums need no purpose")
    func scripts() async throws {
        let site = try await ServedSite(hasStore: true)
        let kari = try await Browser.loggedIn(site, "kari", Reach(role: .leader, municipalities: ["3407"]))
        let cookie = try #require(kari.cookie)
        let refused = try await site.send(Array(Self.alarms.utf8), head: "Cookie: \(cookie)\r\n")
        #expect(refused.status == 403 && refused.isProblem && refused.detail.contains("/formaal"))
        for path in ["/", "/api/v1/kpis?municipality=3407&from=2026-10-26&to=2026-10-27"] { #expect(try await kari.get(path).status == 200) }
        #expect(try rows(site).isEmpty)
    }

    @Test("a program says why with its token or its request, and need not")
    func programs() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens, hasStore: true)
        let reach = Reach(role: .leader, municipalities: ["3407"])
        let fixed = try #require(try site.store?.issueToken("fixed", reach, expiresAt: nil, purpose: .control, now: 0))
        func ask(_ token: String, _ purpose: String?) async throws -> Int {
            try await site.send(Array(Self.alarms.utf8), token: token, head: purpose.map { "Vaktlast-Purpose: \($0)\r\n" } ?? "").status
        }
        for (token, purpose) in [("leader", nil), ("leader", "drift"), (fixed, nil), (fixed, "drift")] { #expect(try await ask(token, purpose) == 200) }
        #expect(try await ask("leader", "nysgjerrighet") == 400)
        #expect(try rows(site).map(\.entry.purpose) == [nil, "drift", "kontroll", "kontroll"])
    }

    @Test("files taken along are written down with their name and reach")
    func exports() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        for kind in ["pdf", "csv"] {
            #expect(try await site.get("/rapport.\(kind)?municipality=3407&period=2026-W44&zone=biri", as: "zone-leader").status == 200)
        }
        #expect(try await site.get("/rapport.csv?municipality=3440&period=2026-W44", as: "leader").status == 403)
        let rows = try rows(site)
        #expect(rows.map(\.entry.kind) == [.export, .export] && rows.map(\.entry.subject) == ["pdf", "csv"].map { "vaktlast-3407-2026-W44-biri.\($0)" })
        #expect(rows.allSatisfy { $0.entry.municipality == "3407" && $0.entry.zones == ["biri"] && $0.entry.who == "zone-leader" })
    }

    @Test("a person is asked before the first file and the first devices too, is led back to them, and the log says why")
    func filesAndDevices() async throws {
        let site = try await ServedSite(hasStore: true)
        let paths = ["/enheter.csv?municipality=3407", "/rapport.pdf?municipality=3407&period=2026-10", "/rapport.csv?municipality=3407&period=2026-10"]
        let kari = try await Browser.loggedIn(site, "kari", Reach(role: .leader, municipalities: ["3407"]))
        for path in paths + ["/enheter?municipality=3407", "/enheter?municipality=3407&enhet=d-1", "/api/v1/devices?municipality=3407"] {
            let asked = try await kari.get(path)
            #expect(asked.status == 303 && asked.headers["location"]?.hasPrefix("/formaal?neste=/") == true && !asked.text.contains("d-1"), "\(path)")
        }
        #expect(try rows(site).isEmpty)
        #expect(try await kari.get("/rapport.csv?municipality=3440&period=2026-10").status == 403, "what is refused is refused before that")
        #expect(try await kari.get("/rapport.csv?municipality=3407").status == 400)
        let form = try #require(try await kari.get(paths[0]).headers["location"])
        #expect(try await kari.get(form).text.contains("lastes filen ned, og du kan gå tilbake"))
        #expect(try await !kari.get("/formaal?neste=/enheter").text.contains("lastes filen ned"), "a page is no file")
        let on = try await kari.post("/formaal", ["formaal": "kontroll", "neste": paths[0]], from: form)
        #expect(on.status == 200 && on.headers["refresh"] == "0;url=\(paths[0])", "the browser stays on the page, which says what comes")
        #expect(on.text.contains("Filen er på vei") && on.text.contains("href=\"\(paths[0])\"") && on.text.contains("href=\"/enheter\""))
        for path in paths { #expect(try await kari.get(path).status == 200, "\(path)") }
        #expect(try await kari.get("/enheter?municipality=3407").text.contains("d-1"))
        #expect(try rows(site).map(\.entry.purpose) == ["kontroll", "kontroll", "kontroll"] && rows(site).allSatisfy { $0.entry.kind == .export })
        let admin = try await Browser.loggedIn(site, "sjef", Reach(role: .admin, municipalities: ["3407"]))
        #expect(try await admin.get("/administrasjon/innsynslogg.csv").status == 303)
    }
}
