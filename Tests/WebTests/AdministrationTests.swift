import Accounts
import Foundation
import Store
import Testing

/// Accounts, tokens and the access log on pages.
@Suite("Administration")
struct AdministrationTests {
    private static let admin = Reach(role: .admin, municipalities: ["3407"])

    private func site() async throws -> (ServedSite, Browser) {
        let site = try await ServedSite(hasStore: true)
        return (site, try await Browser.loggedIn(site, "sjef", Self.admin))
    }

    private func changes(_ site: ServedSite) throws -> [String] {
        var found: [String] = []
        try site.accessLog?.entries(.init()) { row in
            if row.entry.kind == .change { found.append("\(row.entry.who): \(row.entry.subject ?? "")") }
            return true
        }
        return found
    }

    /// The link that is shown once.
    private func link(_ answer: HTTPAnswer) throws -> String {
        String(try #require(answer.text.firstMatch(of: #/<code class="once">http://127.0.0.1(/velg-passord\?lenke=[A-Za-z0-9_-]{43})</#)).1)
    }

    private static let kari = ["navn": "kari@gjovik.no", "rolle": "leader", "kommune-3407": "ja", "sone-3407-biri": "ja"]

    @Test("a new account chooses its own password by a link that holds once; each step is logged")
    func add() async throws {
        let (site, sjef) = try await site()
        let made = try await sjef.post("/administrasjon", Self.kari)
        #expect(made.status == 200 && made.text.contains("kari@gjovik.no"))
        let reach = try #require(try site.store?.account("kari@gjovik.no")).account.reach
        #expect(reach == Reach(role: .leader, municipalities: ["3407"], zones: ["biri"]))
        let link = try link(made)
        let kari = Browser(site)
        #expect(try await kari.login("kari@gjovik.no", "").status == 401)
        let page = try await kari.get(link)
        #expect(page.status == 200 && page.text.contains("kari@gjovik.no"))
        let secret = String(try #require(link.split(separator: "=").last))
        #expect(try await kari.send("/velg-passord", ["lenke": secret, "nytt": "kort", "igjen": "kort"]).status == 422)
        #expect(try await kari.send("/velg-passord", ["lenke": secret, "nytt": Browser.password, "igjen": Browser.password]).status == 303)
        #expect(try await kari.get(link).status == 404)
        #expect(try await kari.send("/velg-passord", ["lenke": secret, "nytt": Browser.password, "igjen": Browser.password]).status == 404)
        #expect(try await kari.login("kari@gjovik.no").status == 303)
        #expect(try await kari.get("/administrasjon").status == 403)
        #expect(
            try changes(site) == [
                "account:sjef: kontoen kari@gjovik.no opprettet: leder, kommune 3407, sone biri",
                "account:kari@gjovik.no: kari@gjovik.no har valgt nytt passord",
            ]
        )
    }

    /// What is filled in wrongly, and what is then said at which field.
    private static let mistakes: [(fields: [String: String], text: String)] = [
        (["navn": "kari nordmann"], "1–64 tegn"), (["navn": "sjef"], "Navnet er i bruk"), (["navn": "ny", "rolle": "konge"], "Velg en av rollene"),
        (["navn": "ny", "kommune-3407": ""], "Velg minst én kommune"), (["navn": "ny", "kommune-3440": "ja"], "Velg blant kommunene i listen"),
        (["navn": "ny", "kommune-9999": "ja"], "Velg blant kommunene i listen"), (["navn": "ny", "sone-3407-nowhere": "ja"], "Velg soner i kommunene"),
        (["navn": "ny", "sone-3440-tretten": "ja"], "Velg soner i kommunene"), (["navn": "ny", "rolle": "central"], "trenger kilden sin"),
        (["navn": "ny", "kilde": "helsevakten"], "Bare rollen alarmsentral"),
    ]

    @Test("what is wrong is said at its field, what was filled in stays, and nothing is made", arguments: mistakes.indices)
    func mistaken(index: Int) async throws {
        let (site, sjef) = try await site()
        let (fields, text) = Self.mistakes[index]
        let answer = try await sjef.post("/administrasjon", Self.kari.merging(fields) { $1 })
        #expect(answer.status == 422 && answer.text.contains(text), "\(text)")
        #expect(answer.text.contains("aria-describedby") && answer.text.contains("-problem\""))
        #expect(try site.store?.accounts().map(\.name) == ["sjef"] && changes(site).isEmpty)
    }

    @Test("role and reach are changed, sessions ended, accounts closed, opened and removed")
    func change() async throws {
        let (site, sjef) = try await site()
        let ola = try await Browser.loggedIn(site, "ola", Reach(role: .leader, municipalities: ["3407"]))
        let page = "/administrasjon/konto?navn=ola"
        func handle(_ handling: String, _ fields: [String: String] = [:]) async throws -> HTTPAnswer {
            try await sjef.post("/administrasjon/konto", fields.merging(["navn": "ola", "handling": handling]) { $1 }, from: page)
        }
        #expect(try await handle("tilgang", ["rolle": "planner", "kommune-3407": "ja"]).status == 200)
        #expect(try await ola.get("/").status == 303, "a changed role ends the sessions")
        _ = try await ola.login("ola")
        #expect(try await handle("avslutt").status == 200)
        #expect(try await ola.get("/").status == 303)
        #expect(try await handle("steng").status == 200)
        #expect(try await ola.login("ola").status == 401)
        #expect(try await handle("apne").status == 200)
        #expect(try await ola.login("ola").status == 303)
        _ = try link(try await handle("lenke"))
        #expect(try await handle("kroning").status == 400)
        #expect(try await handle("slett").status == 200)
        #expect(try await sjef.get(page).status == 404)
        #expect(try changes(site).count == 6 && changes(site).allSatisfy { $0.hasPrefix("account:sjef: ") })
    }

    @Test("the last administrator of a municipality stays one")
    func last() async throws {
        let (site, sjef) = try await site()
        _ = try site.store?.add("sone", Reach(role: .admin, municipalities: ["3407"], zones: ["biri"]), hash: "h", now: 0)
        _ = try site.store?.add("annen", Reach(role: .admin, municipalities: ["3440"]), hash: "h", now: 0)
        func handle(_ handling: String, _ fields: [String: String] = [:]) async throws -> HTTPAnswer {
            try await sjef.post("/administrasjon/konto", fields.merging(["navn": "sjef", "handling": handling]) { $1 }, from: "/administrasjon")
        }
        let demoted = ["rolle": "leader", "kommune-3407": "ja"]
        for answer in [try await handle("steng"), try await handle("slett"), try await handle("tilgang", demoted)] {
            #expect(answer.status == 422 && answer.text.contains("den siste administratoren i kommune 3407"))
        }
        #expect(try changes(site).isEmpty)
        _ = try site.store?.add("to", Self.admin, hash: "h", now: 0)
        _ = try await handle("tilgang", demoted)
        #expect(try site.store?.account("sjef")?.account.reach.role == .leader)
        #expect(try await sjef.get("/administrasjon").status == 303, "the changed role has ended the session")
    }

    @Test("an account of another municipality is as one that does not exist")
    func beyond() async throws {
        let (site, sjef) = try await site()
        for (name, reach) in [("annen", ["3440"]), ("begge", ["3407", "3440"])] {
            _ = try site.store?.add(name, Reach(role: .leader, municipalities: reach), hash: "h", now: 0)
            _ = try site.store?.issueToken("t-\(name)", Reach(role: .leader, municipalities: reach), expiresAt: nil, now: 0)
        }
        let list = try await sjef.get("/administrasjon").text
        #expect(list.contains("sjef") && !list.contains("annen") && !list.contains("begge") && !list.contains("Øyer"))
        #expect(try await !sjef.get("/administrasjon/tilgangsnokler").text.contains("t-annen"))
        var answers: Set<String> = []
        for name in ["annen", "begge", "ingen"] {
            let page = try await sjef.get("/administrasjon/konto?navn=\(name)")
            let sent = try await sjef.post("/administrasjon/konto", ["navn": name, "handling": "slett"], from: "/administrasjon")
            let revoked = try await sjef.post("/administrasjon/tilgangsnokler", ["navn": "t-\(name)", "handling": "trekk"])
            answers.insert("\(page.status)\(page.text)\(sent.status)\(sent.text)\(revoked.status)\(revoked.text)")
        }
        #expect(answers.count == 1 && answers.first?.hasPrefix("404") == true)
        #expect(try site.store?.accounts().count == 3)
    }

    @Test("tokens are shown once, hold, and are revoked")
    func tokens() async throws {
        let (site, sjef) = try await site()
        let fields = ["navn": "excel", "rolle": "planner", "kommune-3407": "ja", "dager": "30", "formaal": "kontroll"]
        #expect(try await sjef.post("/administrasjon/tilgangsnokler", fields.merging(["dager": "0"]) { $1 }).text.contains("helt tall fra 1 til 3650"))
        let made = try await sjef.post("/administrasjon/tilgangsnokler", fields)
        let secret = String(try #require(made.text.firstMatch(of: #/<code class="once">([A-Za-z0-9_-]{43})</#)).1)
        #expect(try await !sjef.get("/administrasjon/tilgangsnokler").text.contains(secret))
        #expect(try await site.get("/api/v1/kpis?municipality=3407&from=2026-10-26&to=2026-10-27", as: secret).status == 200)
        #expect(try site.store?.tokens().first?.purpose == .control && site.store?.tokens().first?.expiresAt == ServedSite.now + 30 * 86_400_000)
        #expect(try await sjef.post("/administrasjon/tilgangsnokler", fields).text.contains("Navnet er i bruk"))
        #expect(try await sjef.post("/administrasjon/tilgangsnokler", ["navn": "excel", "handling": "trekk"]).status == 200)
        #expect(try await site.get("/api/v1/status", as: secret).status == 401)
        #expect(try changes(site).count == 2)
    }

    @Test("a form without the session's mark, or from another site, changes nothing")
    func forged() async throws {
        let (site, sjef) = try await site()
        #expect(try await sjef.send("/administrasjon", Self.kari).status == 403)
        let other = try await Browser.loggedIn(site, "to", Self.admin)
        let mark = try Browser.mark(try await other.get("/administrasjon").text)
        #expect(try await sjef.send("/administrasjon", Self.kari.merging(["skjema": mark]) { $1 }).status == 403, "another session's mark")
        let crossing = Browser(site, headers: ["Sec-Fetch-Site: cross-site"])
        #expect(try await crossing.send("/administrasjon", Self.kari).status == 403)
        #expect(try site.store?.accounts().count == 2)
    }

    @Test("the first account is made on loopback and must be one that can make others")
    func first() async throws {
        let site = try await ServedSite(hasStore: true)
        let refused = try await site.form("/administrasjon", Self.kari)
        #expect(refused.status == 422 && refused.text.contains("Den første kontoen må være administrator"))
        let made = try await site.form("/administrasjon", ["navn": "sjef", "rolle": "admin", "kommune-3407": "ja"])
        #expect(try made.status == 200 && link(made).hasPrefix("/velg-passord"))
        #expect(try await site.get("/administrasjon").status == 401)
    }

    @Test("scheduled reports are told with what failed first, of the caller's municipalities alone")
    func deliveries() async throws {
        let (_, sjef) = try await site()
        let page = try await sjef.get("/administrasjon/utsendinger").text
        #expect(page.contains("maaned-3407") && page.contains("2026-10-27 kl. 08:33") && page.contains("postkassen er full"))
        let waiting = try #require(page.range(of: "waiting@3407.no"))
        let sent = try #require(page.range(of: "sent@3407.no"))
        #expect(waiting.upperBound < sent.lowerBound && page.contains("skipped@3407.no") && page.contains("givenUp@3407.no"))
        #expect(!page.contains("3440"))
    }

    @Test("what people wrote is not translated: an account named as a role, or as a time of day")
    func ownWords() async throws {
        let site = try await ServedSite(hasStore: true, languages: try LanguageTests.shipped())
        let leader = try await Browser.loggedIn(site, "leder", Self.admin)
        for (tag, words) in [
            ("nn", ["Brukarnamn</dt><dd>leder<", "Logg ut <bdi lang=\"nb\" translate=\"no\">leder</bdi>"]),
            ("en", ["<dd>leder<", "Log out <bdi lang=\"nb\" translate=\"no\">leder</bdi>"]),
        ] {
            let head = "Accept: text/html\r\nCookie: \(leader.cookie ?? ""); vaktlast-sprak=\(tag)\r\n"
            let own = try await site.send(Array("/konto".utf8), head: head).text
            for word in words { #expect(own.contains(word), "\(tag): \(word)") }
            let accounts = try await site.send(Array("/administrasjon".utf8), head: head).text
            #expect(accounts.contains(">leder</a>") && !accounts.contains("\u{2068}"))
        }
        let plain = try await leader.get("/konto").text
        #expect(plain.contains("<dd>leder</dd>") && !plain.contains("\u{2068}") && !plain.contains("\u{2069}"))
    }

    @Test("the access log is filtered, shown with its alarms, and taken along; both are entries themselves")
    func log() async throws {
        let (site, sjef) = try await site()
        let alarms = "/api/v1/alarms?municipality=3407&from=2026-10-26&to=2026-10-27"
        _ = try await sjef.post("/formaal", ["formaal": "klage", "neste": "/"])
        #expect(try await sjef.get(alarms).status == 200)
        let row = AccessEntry(
            time: ServedSite.now,
            who: "account:fremmed",
            path: "/api/v1/alarms",
            municipality: "3440",
            alarms: [.init(source: "b", alarm: "hemmelig")]
        )
        let log = AccessLog(folder: site.folder)
        try await log.record(row)
        let page = try await sjef.get("/administrasjon/innsynslogg").text
        #expect(page.contains("account:sjef") && page.contains("Avvik eller klage") && page.contains("2026-10-26 kl. 08:33") && !page.contains("fremmed"))
        #expect(page.contains("ikke kontrollert siden tjenesten startet"))
        #expect(try await sjef.get("/administrasjon/innsynslogg?kontroll=ja").text.contains("Kjeden holder: 2 linjer"))
        for (filter, isShown) in [
            ("hvem=account%3Asjef&type=view", true), ("type=export", false), ("fra=2026-10-27", false), ("til=2026-10-26", true), ("kommune=3407", true),
        ] {
            let text = try await sjef.get("/administrasjon/innsynslogg?\(filter)").text
            #expect(text.contains("nummer=1\"") == isShown, "\(filter)")
        }
        #expect(try await sjef.get("/administrasjon/innsynslogg?fra=i%20g%C3%A5r").status == 400)
        #expect(try await sjef.get("/administrasjon/innsynslogg?nummer=1").text.contains("<td>x2</td>"))
        let beyond = try await sjef.get("/administrasjon/innsynslogg?nummer=2")
        let none = try await sjef.get("/administrasjon/innsynslogg?nummer=99")
        #expect(beyond.status == 404 && beyond.body == none.body)
        let csv = try await sjef.get("/administrasjon/innsynslogg.csv")
        #expect(csv.body.starts(with: [0xEF, 0xBB, 0xBF]) && csv.text.contains(";a/x1 a/x2;") && !csv.text.contains("fremmed"))
        #expect(csv.headers["content-disposition"] == "attachment; filename=\"innsynslogg-2026-10-26.csv\"")
        let json = try await sjef.get("/administrasjon/innsynslogg.json?type=view")
        let entries = try #require(json.json?["entries"] as? [[String: Any]])
        #expect(entries.count == 2 && entries[0]["purpose"] as? String == "klage" && (entries[0]["alarms"] as? [Any])?.count == 2)
        var kinds: [AccessEntry.Kind] = []
        try site.accessLog?.entries(.init()) { row in
            kinds.append(row.entry.kind)
            return true
        }
        #expect(kinds == [.view, .view, .view, .export, .export], "the second view is of what the first showed")
    }

    @Test("a formula in an address is no formula in Excel")
    func formulas() async throws {
        let (site, sjef) = try await site()
        _ = try await sjef.post("/formaal", ["formaal": "klage", "neste": "/"])
        let log = AccessLog(folder: site.folder)
        try await log.record(.init(time: 1, who: "=1+1", path: "/", asked: "@SUM(A1)", municipality: "3407", subject: "a;\"b\""))
        let text = try await sjef.get("/administrasjon/innsynslogg.csv").text
        #expect(text.contains(";'=1+1;") && text.contains(";'@SUM(A1);") && text.contains(";\"a;\"\"b\"\"\";"))
    }
}
