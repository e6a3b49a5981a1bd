import Accounts
import Foundation
import Identity
import Store
import Telemetry
import TestProvider
import Testing
import Web

/// Logging in with the municipality's own account, through a provider in the test, over the wire.
@Suite("Logging in elsewhere")
struct IdentityLoginTests {
    private static let seconds = Int(ServedSite.now / 1000)
    private static let settings = IdentitySettings(
        issuer: TestProvider.issuer,
        clientID: TestProvider.clientID,
        clientSecret: TestProvider.secret,
        redirectAddress: TestProvider.redirect,
        afterLogoutAddress: "https://vaktlast.kommune.example/logg-inn",
        rules: [.init(value: "vaktlast-leder", reach: Reach(role: .leader, municipalities: ["3407"], zones: ["biri"]))],
        contact: "IKT-hjelpen, tlf. 61 00 00 00"
    )

    private func site(
        _ provider: TestProvider,
        claims: [String: any Sendable] = [:],
        without: String? = nil,
        header: [String: String] = [:]
    ) async throws -> ServedSite {
        let desk = IdentityDesk(Self.settings, isAllowed: { $0.hasPrefix("https://") }) { address, form, headers in
            var change = claims.mapValues { $0 as Any? }
            if let without { change[without] = .some(nil) }
            return provider.answer(address, form, headers, claims: change, header: header)
        }
        return try await ServedSite(hasStore: true, identity: desk)
    }

    private func get(_ site: ServedSite, _ path: String, cookies: [String] = [], secure: Bool = false) async throws -> HTTPAnswer {
        let cookie = cookies.isEmpty ? "" : "Cookie: \(cookies.joined(separator: "; "))\r\n"
        let proxy = secure ? "X-Forwarded-Proto: https\r\n" : ""
        return try await site.send(Array(path.utf8), head: "Accept: text/html\r\n\(proxy)\(cookie)")
    }

    private func cookie(_ answer: HTTPAnswer) throws -> String {
        let field = try #require(answer.headers["set-cookie"])
        return String(try #require(field.split(separator: ";").first))
    }

    /// The path that a browser is sent back to.
    private func path(_ fields: [String: String]) -> String {
        "\(IdentityDesk.returnPath)?" + fields.map { "\($0)=\($1.percentEncoded)" }.joined(separator: "&")
    }

    private func begin(_ site: ServedSite, next: String = "") async throws -> (address: String, cookie: String) {
        let begun = try await get(site, IdentityDesk.startPath + next)
        try #require(begun.status == 303, "\(String(decoding: begun.body, as: UTF8.self))")
        return (try #require(begun.headers["location"]), try cookie(begun))
    }

    @Test("with a provider nobody is let in without; its account opens a session with the reach of its role, on to where one was going")
    func session() async throws {
        let provider = TestProvider(now: Self.seconds)
        let site = try await site(provider)
        #expect(try await site.get("/api/v1/status").status == 401, "no open door on loopback beside a login")
        let login = try await get(site, "/logg-inn?neste=/belastning?zone%3Dbiri")
        #expect(String(decoding: login.body, as: UTF8.self).contains("href=\"/logg-inn/oidc?neste=%2Fbelastning%3Fzone%3Dbiri\">Logg inn med kommunens konto"))
        let begun = try await get(site, "/logg-inn/oidc?neste=%2Fbelastning%3Fzone%3Dbiri", secure: true)
        let field = try #require(begun.headers["set-cookie"])
        for word in ["; HttpOnly", "; SameSite=Lax", "__Host-vaktlast-innlogging=", "; Secure", "; Path=/;", "; Max-Age=600"] {
            #expect(field.contains(word), "\(word)")
        }
        let back = provider.login(at: try #require(begun.headers["location"]))
        let opened = try await get(site, path(back), cookies: ["x=1", try cookie(begun)], secure: true)
        #expect(opened.status == 303 && opened.headers["location"] == "/belastning?zone=biri")
        // Of two cookies the last in the head is kept by this reader: the one that ends the try.
        #expect(opened.headers["set-cookie"]?.contains("Max-Age=0") == true)
    }

    /// Logs in and gives the session's cookie.
    private func session(_ site: ServedSite, _ provider: TestProvider) async throws -> String {
        let (address, tried) = try await begin(site)
        let text = "GET \(path(provider.login(at: address))) HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: \(tried)\r\nConnection: close\r\n\r\n"
        let head = try await HTTPExchange.raw(Array(text.utf8), port: site.port)
        let fields = head.components(separatedBy: "\r\n").filter { $0.lowercased().hasPrefix("set-cookie: vaktlast=") }
        return String(try #require(fields.first?.dropFirst("Set-Cookie: ".count).split(separator: ";").first))
    }

    @Test("the session sees what its role may and is known by its name; logging out ends it, here and at the provider")
    func reach() async throws {
        let provider = TestProvider(now: Self.seconds)
        let site = try await site(provider)
        let cookie = try await session(site, provider)
        let period = "from=2026-10-26&to=2026-10-27"
        #expect(try await get(site, "/api/v1/loads?municipality=3407&zone=biri&\(period)", cookies: [cookie]).status == 200)
        #expect(try await get(site, "/api/v1/loads?municipality=3407&zone=haugtun&\(period)", cookies: [cookie]).status == 403)
        #expect(try await get(site, "/api/v1/loads?municipality=3440&\(period)", cookies: [cookie]).status == 403)
        let kari = Browser(site, cookie: cookie)
        let alarms = "/api/v1/alarms?municipality=3407&\(period)"
        #expect(try await kari.get(alarms).status == 303, "why is asked first")
        #expect(try await kari.post("/formaal", ["formaal": "klage", "neste": alarms]).status == 303)
        #expect(try await kari.get(alarms).status == 200)
        #expect(try site.logged().map(\.entry.who) == ["oidc:kari@kommune.example"] && site.logged().map(\.entry.purpose) == ["klage"])
        #expect(try await kari.get("/").text.contains("Logg ut <bdi translate=\"no\">kari@kommune.example</bdi>"))
        let own = try await kari.get("/konto")
        #expect(own.text.contains("kari@kommune.example") && own.text.contains("Passordet byttes hos kommunen") && !own.text.contains("type=\"password\""))
        #expect(try await kari.post("/konto", ["gammelt": "x", "nytt": Browser.password, "igjen": Browser.password]).status == 404)
        #expect(try await kari.send("/logg-ut", [:]).status == 403, "a form without the session's mark")
        let out = try await kari.post("/logg-ut", [:], from: "/")
        #expect(out.status == 200 && out.headers["set-cookie"]?.contains("Max-Age=0") == true)
        let address = "https://login.kommune.example/realm/logout?client_id=vaktlast&post_logout_redirect_uri=https%3A%2F%2Fvaktlast.kommune.example%2Flogg-inn"
        #expect(out.headers["refresh"] == "0; url=\(address)")
        #expect(try await get(site, "/api/v1/status", cookies: [cookie]).status == 401)
    }

    @Test("the session's secret is renewed like others', and it ends after an hour without a page and after twelve in all")
    func limits() async throws {
        let provider = TestProvider(now: Self.seconds)
        let site = try await site(provider)
        let kari = Browser(site, cookie: try await session(site, provider))
        let (first, mark) = (kari.cookie, try Browser.mark(try await kari.get("/").text))
        site.time.now += Session.secretMilliseconds
        #expect(try await kari.get("/").status == 200 && kari.cookie != first)
        #expect(try await kari.send("/formaal", ["skjema": mark, "formaal": "klage", "neste": "/"]).status == 303, "a page opened before holds")
        let step = Session.idleMilliseconds - 60_000
        for _ in 0..<(Session.lengthMilliseconds - Session.secretMilliseconds) / step {
            site.time.now += step
            #expect(try await kari.get("/").status == 200)
        }
        site.time.now += step
        #expect(try await kari.get("/").status == 303, "twelve hours are over")
        site.time.now = ServedSite.now
        let other = Browser(site, cookie: try await session(site, provider))
        site.time.now += Session.idleMilliseconds
        #expect(try await other.get("/").status == 303, "an hour without a page")
    }

    @Test("administration lists who is in with the municipality's account, and ends the sessions; another municipality's are not there")
    func administration() async throws {
        let provider = TestProvider(now: Self.seconds)
        let site = try await site(provider)
        let kari = Browser(site, cookie: try await session(site, provider))
        let sjef = try await Browser.loggedIn(site, "sjef", Reach(role: .admin, municipalities: ["3407"]))
        let elsewhere = try await Browser.loggedIn(site, "oyer", Reach(role: .admin, municipalities: ["3440"]))
        let fields = ["navn": "kari@kommune.example", "handling": "avslutt"]
        #expect(try await sjef.get("/administrasjon").text.contains("Avslutt øktene til kari@kommune.example"))
        #expect(try await !elsewhere.get("/administrasjon").text.contains("kari@kommune.example"))
        #expect(try await elsewhere.post("/administrasjon", fields).status == 404)
        #expect(try await kari.get("/").status == 200)
        let done = try await sjef.post("/administrasjon", fields)
        #expect(done.status == 200 && done.text.contains("Øktene til kari@kommune.example er avsluttet") && !done.text.contains("Avslutt øktene til"))
        #expect(try await kari.get("/").status == 303)
        #expect(try await sjef.post("/administrasjon", fields).status == 404)
    }

    @Test("sessions from elsewhere end when the service starts anew")
    func anew() async throws {
        let provider = TestProvider(now: Self.seconds)
        let site = try await site(provider)
        let cookie = try await session(site, provider)
        #expect(try await get(site, "/api/v1/status", cookies: [cookie]).status == 200)
        try #require(site.store).endVisits()
        #expect(try await get(site, "/api/v1/status", cookies: [cookie]).status == 401)
    }

    @Test("an account without a role here is told whom to ask, and gets no session")
    func noRole() async throws {
        let provider = TestProvider(now: Self.seconds)
        let site = try await site(provider, claims: ["roles": ["noe annet"]])
        let (address, tried) = try await begin(site)
        let answer = try await get(site, path(provider.login(at: address)), cookies: [tried])
        #expect(answer.status == 403 && answer.headers["set-cookie"]?.contains("vaktlast-innlogging=;") == true)
        #expect(String(decoding: answer.body, as: UTF8.self).contains("Be IKT-hjelpen, tlf. 61 00 00 00 om tilgang"))
    }

    @Test("an answer of another browser's login, one brought twice, and one without a login are refused before the provider is asked")
    func states() async throws {
        let provider = TestProvider(now: Self.seconds)
        let site = try await site(provider)
        let (mine, other) = (try await begin(site), try await begin(site))
        let back = provider.login(at: mine.address)
        let asked = provider.asked.count
        #expect(try await get(site, path(back)).status == 400)
        #expect(try await get(site, path(back), cookies: [other.cookie]).status == 400)
        #expect(try await get(site, path(back), cookies: [mine.cookie + "x"]).status == 400)
        #expect(try await get(site, path(["code": "c"]), cookies: [mine.cookie]).status == 400)
        #expect(provider.asked.count == asked)
        #expect(try await get(site, path(back), cookies: [mine.cookie]).status == 303)
        let done = provider.asked.count
        #expect(try await get(site, path(back), cookies: [mine.cookie]).status == 400)
        #expect(provider.asked.count == done)
    }

    @Test("what the provider refuses, another provider's answer and a stolen code are refused")
    func refused() async throws {
        let provider = TestProvider(now: Self.seconds)
        let site = try await site(provider)
        for fields in [["error": "access_denied", "code": ""], ["iss": "https://evil.example"], ["code": "code-stolen"], ["code": ""]] {
            let (address, tried) = try await begin(site)
            let answer = try await get(site, path(provider.login(at: address, fields: fields)), cookies: [tried])
            #expect([400, 403].contains(answer.status) && answer.headers["set-cookie"]?.contains("vaktlast=") != true, "\(fields)")
            #expect(String(decoding: answer.body, as: UTF8.self).contains("ble ikke fullført"))
        }
        // A code of another's login, brought into one's own: the verifier does not fit.
        let (theirs, mine) = (try await begin(site), try await begin(site))
        let code = try #require(provider.login(at: theirs.address)["code"])
        #expect(try await get(site, path(provider.login(at: mine.address, fields: ["code": code])), cookies: [mine.cookie]).status == 403)
    }

    static let wrongTokens: [(claim: String, value: String)] = [
        ("nonce", "another"), ("aud", "another"), ("iss", "https://evil.example"), ("azp", "another"), ("exp", ""), ("nonce", ""),
    ]

    @Test("a token made for another login, client or issuer, or without an end, opens no session", arguments: wrongTokens)
    func tokens(row: (claim: String, value: String)) async throws {
        let provider = TestProvider(now: Self.seconds)
        let site = try await site(provider, claims: row.value.isEmpty ? [:] : [row.claim: row.value], without: row.value.isEmpty ? row.claim : nil)
        let (address, tried) = try await begin(site)
        let answer = try await get(site, path(provider.login(at: address)), cookies: [tried])
        #expect(answer.status == 403)
    }

    @Test("a token that says it is not signed, has run out, or is signed by a key nobody published opens no session")
    func signatures() async throws {
        for algorithm in ["none", "HS256"] {
            let provider = TestProvider(now: Self.seconds)
            let site = try await site(provider, header: ["alg": algorithm])
            let (address, tried) = try await begin(site)
            #expect(try await get(site, path(provider.login(at: address)), cookies: [tried]).status == 403)
        }
        let late = TestProvider(now: Self.seconds - 3600)
        let site = try await site(late)
        let (address, tried) = try await begin(site)
        #expect(try await get(site, path(late.login(at: address)), cookies: [tried]).status == 403)
    }

    @Test("a new key of the provider is fetched when a token names it, once; the description is not fetched again")
    func rotation() async throws {
        let provider = TestProvider(now: Self.seconds)
        let site = try await site(provider)
        func login() async throws -> Int {
            let (address, tried) = try await begin(site)
            return try await get(site, path(provider.login(at: address)), cookies: [tried]).status
        }
        #expect(try await login() == 303)
        #expect(try await login() == 303)
        #expect(provider.asked.filter { $0 == "/keys" }.count == 1 && provider.asked.filter { $0.hasPrefix("/.well") }.count == 1)
        provider.rotate(to: Signer(.es256, id: "k2"))
        // Within a minute of the last time the keys are not fetched again: the clock of this site stands still.
        #expect(try await login() == 403)
        #expect(provider.asked.filter { $0 == "/keys" }.count == 1)
    }

    @Test("a provider that is away is told as such; passwords go on")
    func away() async throws {
        let provider = TestProvider(now: Self.seconds)
        provider.setAway(true)
        let site = try await site(provider)
        let answer = try await get(site, IdentityDesk.startPath)
        #expect(answer.status == 503 && String(decoding: answer.body, as: UTF8.self).contains("ble ikke fullført"))
        _ = try #require(site.store).add("ola", Reach(role: .planner, municipalities: ["3407"]), hash: Password.hash("blåbær på tunet i regn"), now: 0)
        #expect(try await site.form("/logg-inn", ["navn": "ola", "passord": "blåbær på tunet i regn"]).status == 303)
        provider.setAway(false)
        #expect(try await get(site, IdentityDesk.startPath).status == 303)
    }

    @Test("without a provider its addresses are none")
    func none() async throws {
        let site = try await ServedSite(hasStore: true)
        for path in [IdentityDesk.startPath, IdentityDesk.returnPath] { #expect(try await site.get(path).status == 404) }
        #expect(!String(decoding: try await site.get("/logg-inn").body, as: UTF8.self).contains("kommunens konto"))
    }
}
