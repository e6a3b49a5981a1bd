import Accounts
import Foundation
import Store
import Testing

/// Logging in, and what each role may then see.
@Suite("Accounts")
struct LoginTests {
    private static let password = "blåbær på tunet i regn"
    private static let period = "from=2026-10-26&to=2026-10-27"

    private func site(_ accounts: [(name: String, reach: Reach)]) async throws -> ServedSite {
        let site = try await ServedSite(hasStore: true)
        let store = try #require(site.store)
        for account in accounts { _ = try store.add(account.name, account.reach, hash: Password.hash(Self.password), now: 0) }
        return site
    }

    private static let kari = (name: "kari", reach: Reach(role: .leader, municipalities: ["3407"], zones: ["biri"]))

    private func login(_ site: ServedSite, _ name: String, _ password: String = Self.password, next: String = "/") async throws -> HTTPAnswer {
        try await site.form("/logg-inn", ["navn": name, "passord": password, "neste": next])
    }

    private func cookie(_ answer: HTTPAnswer) throws -> String {
        let field = try #require(answer.headers["set-cookie"])
        return String(try #require(field.split(separator: ";").first))
    }

    @Test("without accounts everyone on loopback sees all; with the first nobody does without logging in")
    func firstAccount() async throws {
        let site = try await site([])
        #expect(try await site.get("/api/v1/status").status == 200)
        let proxied = try await site.send(Array("/api/v1/status".utf8), head: "X-Forwarded-For: 192.0.2.7\r\n")
        #expect(proxied.status == 401, "a proxy lets nobody in who has no account")
        _ = try #require(site.store).add("kari", Self.kari.reach, hash: Password.hash(Self.password), now: 0)
        #expect(try await site.get("/api/v1/status").status == 401)
        let page = try await site.send(Array("/belastning?municipality=3407&period=2026-10".utf8), head: "Accept: text/html\r\n")
        #expect(page.status == 303)
        #expect(
            page.headers["location"] == "/logg-inn?neste=/belastning?municipality%3D3407%26period%3D2026-10"
                || page.headers["location"] == "/logg-inn?neste=/belastning?municipality=3407%26period=2026-10"
        )
        #expect(try await site.get("/logg-inn").status == 200)
        #expect(try await site.get("/stil.css").status == 200)
    }

    @Test("the right password opens a session that its cookie carries, on to where one was going; logging out ends it")
    func session() async throws {
        let site = try await site([Self.kari])
        let opened = try await login(site, "kari", next: "/belastning?zone=biri")
        #expect(opened.status == 303 && opened.headers["location"] == "/belastning?zone=biri")
        let field = try #require(opened.headers["set-cookie"])
        #expect(field.contains("; HttpOnly") && field.contains("; SameSite=Lax") && field.contains("; Path=/"))
        let cookie = try cookie(opened)
        let page = try await site.send(Array("/".utf8), head: "Cookie: other=1; \(cookie)\r\n")
        #expect(page.status == 200)
        let html = String(decoding: page.body, as: UTF8.self)
        #expect(html.contains("Logg ut <bdi translate=\"no\">kari</bdi>"))
        #expect(try await site.send(Array("/api/v1/loads?municipality=3407&\(Self.period)".utf8), head: "Cookie: \(cookie)\r\n").status == 200)
        let beyond = try await site.send(Array("/api/v1/loads?municipality=3407&zone=haugtun&\(Self.period)".utf8), head: "Cookie: \(cookie)\r\n")
        #expect(beyond.status == 403)

        let secret = String(try #require(cookie.split(separator: "=").last))
        let mark = try Browser.mark(html)
        #expect(mark != Secret.formToken(of: secret), "the cookie alone makes no form")
        let forged = try await site.form("/logg-ut", ["skjema": Secret.digest(secret)], headers: ["Cookie: \(cookie)"])
        #expect(forged.status == 403)
        let out = try await site.form("/logg-ut", ["skjema": mark], headers: ["Cookie: \(cookie)"])
        #expect(out.status == 303 && out.headers["set-cookie"]?.contains("Max-Age=0") == true)
        #expect(try await site.send(Array("/api/v1/status".utf8), head: "Cookie: \(cookie)\r\n").status == 401)
    }

    @Test("a wrong password, an unknown name and a disabled account are told alike, and guesses wait")
    func wrong() async throws {
        let site = try await site([Self.kari, ("ola", Self.kari.reach)])
        _ = try #require(site.store).change("ola", isActive: false)
        var bodies: Set<String> = []
        for name in ["kari", "ingen", "ola", "<b>x</b>"] {
            let answer = try await login(site, name, name == "ola" ? Self.password : "wrong")
            #expect(answer.status == 401 && answer.headers["set-cookie"] == nil)
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect(!text.contains("<b>x"))
            bodies.insert(text.replacing(#/value="[^"]*"/#, with: ""))
        }
        #expect(bodies.count == 1)
        for _ in 1...4 { #expect(try await login(site, "kari", "wrong").status == 401) }
        let waiting = try await login(site, "kari")
        #expect(waiting.status == 429 && waiting.headers["retry-after"] == "1")
        #expect(try await site.form("/logg-inn", ["navn": "kari", "passord": Self.password], headers: ["X-Forwarded-For: 10.0.0.9"]).status == 303)
    }

    @Test("a page from elsewhere neither reads nor changes what stands open on loopback, whatever name it comes by")
    func rebinding() async throws {
        let site = try await site([])
        func status(_ method: String, _ head: String) async throws -> Int {
            let text =
                "\(method) /api/v1/roster?municipality=3407 HTTP/1.1\r\n\(head)\r\nContent-Type: text/csv\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            return try await HTTPExchange.send(Array(text.utf8), port: site.port).status
        }
        for host in ["127.0.0.1", "localhost:\(site.port)", "[::1]:80", "LOCALHOST"] { #expect(try await status("GET", "Host: \(host)") == 200, "\(host)") }
        for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"] {
            #expect(try await status("GET", "Host: \(host)") == 421, "\(host)")
            #expect(try await status("POST", "Host: \(host)\r\nOrigin: http://\(host)") == 421, "\(host)")
        }
        for head in ["Origin: http://evil.example", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"] {
            #expect(try await status("POST", "Host: 127.0.0.1\r\n\(head)") == 403, "\(head)")
        }
    }

    @Test("logging in anew ends the session that the browser had")
    func again() async throws {
        let site = try await site([Self.kari])
        let old = try cookie(try await login(site, "kari"))
        let fields = ["navn": "kari", "passord": Self.password]
        let new = try cookie(try await site.form("/logg-inn", fields, headers: ["Cookie: \(old)"]))
        #expect(try await site.send(Array("/api/v1/status".utf8), head: "Cookie: \(old)\r\n").status == 401)
        #expect(try await site.send(Array("/api/v1/status".utf8), head: "Cookie: \(new)\r\n").status == 200)
    }

    static let elsewhere = ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/logg-inn", "/a\r\nSet-Cookie: x=1"]

    @Test("nobody is led away from this site by logging in", arguments: elsewhere)
    func redirect(next: String) async throws {
        let site = try await site([Self.kari])
        #expect(try await login(site, "kari", next: next).headers["location"] == "/")
    }

    @Test("a form from another site, of another kind or too large is refused")
    func forms() async throws {
        let site = try await site([Self.kari])
        let fields = ["navn": "kari", "passord": Self.password]
        #expect(try await site.form("/logg-inn", fields, headers: ["Sec-Fetch-Site: cross-site"]).status == 403)
        #expect(try await site.form("/logg-inn", fields, headers: ["Sec-Fetch-Site: same-origin"]).status == 303)
        #expect(try await site.form("/logg-inn", fields, headers: ["Origin: https://evil.example"]).status == 403)
        #expect(try await site.form("/logg-inn", fields, headers: ["Origin: null"]).status == 403)
        #expect(try await site.form("/logg-inn", fields, headers: ["Origin: http://127.0.0.1"]).status == 303)
        #expect(try await site.post("/logg-inn", "{}", as: nil, type: "application/json").status == 415)
        #expect(try await site.form("/logg-inn", ["navn": String(repeating: "x", count: 9000)]).status == 413)
        let secure = try await site.form("/logg-inn", fields, headers: ["X-Forwarded-Proto: https"])
        #expect(secure.headers["set-cookie"]?.contains("; Secure") == true)
    }

    /// By role: leader, technician, planner, central, admin.
    static let rights: [(path: String, statuses: [Int])] = [
        ("/api/v1/status", [200, 200, 200, 200, 200]), ("/api/v1/municipalities", [200, 200, 200, 200, 200]),
        ("/api/v1/loads?municipality=3407&\(period)", [200, 403, 403, 403, 200]),
        ("/api/v1/kpis?municipality=3407&from=2026-09-01&to=2026-10-01", [200, 403, 200, 403, 200]),
        ("/belastning?municipality=3407&period=2026-W43", [200, 403, 400, 403, 200]),
        ("/belastning?municipality=3407&period=2026", [200, 403, 200, 403, 200]), ("/kilde?municipality=3407", [403, 403, 403, 200, 403]),
        ("/api/v1/alarms?municipality=3407&\(period)", [200, 403, 403, 403, 200]),
        ("/api/v1/devices?municipality=3407", [200, 200, 403, 403, 200]),
        ("/api/v1/sources?municipality=3407", [200, 200, 403, 200, 200]),
        ("/api/v1/quarantine?municipality=3407", [200, 200, 403, 403, 200]),
        ("/api/v1/quarantine", [403, 403, 403, 403, 200]),
        ("/enheter?municipality=3407", [200, 200, 403, 403, 200]), ("/enheter.csv?municipality=3407", [200, 200, 403, 403, 200]),
        ("/enheter?municipality=3440", [403, 403, 403, 403, 403]), ("/datakvalitet?municipality=3407", [200, 200, 403, 403, 200]),
        ("/hjelp", [200, 200, 200, 200, 200]), ("/tilgjengelighet", [200, 200, 200, 200, 200]),
        ("/", [200, 200, 303, 303, 200]), ("/na", [200, 200, 403, 403, 200]), ("/?municipality=3407", [200, 200, 403, 403, 200]),
        ("/api/v1/alarms?municipality=3440&\(period)", [403, 403, 403, 403, 403]), ("/?municipality=3440", [403, 403, 403, 403, 403]),
    ]

    @Test("every path answers every role as the table says, by session and by token")
    func roles() async throws {
        let site = try await site(
            Role.allCases.map { role in
                (role.rawValue, Reach(role: role, municipalities: ["3407"], source: role == .central ? "helsevakten" : nil))
            }
        )
        let store = try #require(site.store)
        for (place, role) in Role.allCases.enumerated() {
            let reach = try #require(try store.account(role.rawValue)).account.reach
            let token = try #require(try store.issueToken("t-\(role.rawValue)", reach, expiresAt: nil, now: 0))
            let cookie = try cookie(try await login(site, role.rawValue))
            let secret = String(try #require(cookie.split(separator: "=").last))
            try store.setPurpose(.control, ofSession: try #require(try store.session(secret, now: ServedSite.now)).name)
            for row in Self.rights {
                let bySession = try await site.send(Array(row.path.utf8), head: "Cookie: \(cookie)\r\n").status
                let byToken = try await site.get(row.path, as: token).status
                // Cells by the quarter are for a planner's programs alone.
                let forToken = role == .planner && row.path.hasPrefix("/api/v1/loads") ? 200 : row.statuses[place]
                #expect(bySession == row.statuses[place] && byToken == forToken, "\(role) \(row.path): \(bySession), \(byToken)")
            }
        }
    }

    @Test("a central sees the ledger of its own source alone")
    func ownLedger() async throws {
        let site = try await site([("all", Reach(role: .admin, municipalities: ["3407"]))])
        let store = try #require(site.store)
        func sources(_ reach: Reach, _ name: String) async throws -> [String] {
            let token = try #require(try store.issueToken(name, reach, expiresAt: nil, now: 0))
            let answer = try await site.get("/api/v1/sources?municipality=3407", as: token)
            return try #require(answer.json?["sources"] as? [[String: Any]]).compactMap { $0["source"] as? String }
        }
        let all = try await sources(Reach(role: .admin, municipalities: ["3407"]), "a")
        let own = try #require(all.first)
        #expect(try await sources(Reach(role: .central, municipalities: ["3407"], source: own), "b") == [own])
        #expect(try await sources(Reach(role: .central, municipalities: ["3407"], source: "another"), "c") == [])
    }
}
