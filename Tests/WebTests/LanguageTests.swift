import Accounts
import Foundation
import LanguageCheck
import Languages
import Store
import Testing

/// Choosing a language, and pages in it.
@Suite("Languages of the pages")
struct LanguageTests {
    /// The catalogues of `languages/`.
    static func shipped() throws -> Languages {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return Languages(
            try ["en", "nn"].map { try Catalogue(po: String(contentsOf: root.appending(path: "languages/\($0).po"), encoding: .utf8), file: "\($0).po") }
        )
    }

    private func site(hasStore: Bool = false, language: String = "nb") async throws -> ServedSite {
        try await ServedSite(tokens: hasStore ? [] : ServedSite.tokens, hasStore: hasStore, languages: try Self.shipped(), language: language)
    }

    private func page(_ site: ServedSite, _ path: String, _ tag: String?, as token: String? = "admin") async throws -> HTTPAnswer {
        let cookie = tag.map { "Cookie: other=1; vaktlast-sprak=\($0)\r\n" } ?? ""
        return try await site.send(Array(path.utf8), token: token, head: "Accept: text/html\r\n\(cookie)")
    }

    private static let paths = [
        "/", "/belastning", "/belastning/time?time=1-07", "/bemanning", "/maal", "/framskriving", "/sammendrag", "/enheter", "/datakvalitet", "/hjelp",
        "/administrasjon", "/administrasjon/konto", "/administrasjon/tilgangsnokler", "/administrasjon/innsynslogg", "/konto", "/formaal", "/tilgjengelighet",
        "/logg-inn", "/finnes-ikke", "/belastning?period=2026-W43", "/maal?period=2026-10", "/belastning?period=i%20g%C3%A5r", "/?municipality=5027",
        "/enheter?tilstand=taus", "/?vegg=1",
    ]

    /// What the fixtures call their own, and what the wire says.
    private static let own: Set<String> = [
        "Rammeverk", "Teknologi", "Egenmestring", "omsorgstrappa", "admin", "nowhere", "leader", "zone-leader", "zone-admin", "planner", "central", "two-zones",
        "egen telling", "test", "strange", "Servicetorget", "i går", "A", "Dagens", "Haugtuns to på natt deles med Biri", "avtalt uke i turnus",
        "målt i HAUGTUN i 2025", "Gjelder også Haugtun",
    ]

    /// The same with what the fixtures' files hold, as `leftovers` looks for it.
    private static let ownTexts = own.sorted().joined(separator: " ").lowercased().split { !$0.isLetter }.joined(separator: " ")

    private func isOwn(_ text: String) -> Bool {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines.union(.punctuationCharacters))
        // Ids of devices, alarms, sources and measures; addresses and commands.
        return Self.own.contains(text)
            || text.wholeMatch(of: #/[a-z0-9]+([-_.:/][a-z0-9]+)*|/.*|vaktlast .*|POST .*|[a-z;]+|[0-9]{4}-[WQ]?[0-9]+|id [a-z0-9]+/#) != nil
    }

    @Test("every page says all of what it says in nynorsk and English, and says which language it is in")
    func coverage() async throws {
        let site = try await site()
        let languages = try Self.shipped()
        for path in Self.paths {
            let plain = try await page(site, path, nil)
            #expect(plain.text.contains("<html lang=\"nb\">"), "\(path)")
            for tag in ["nn", "en"] {
                let translator = try #require(languages.translator(tag)).keeping(["Gjøvik", "Øyer", "Biri", "Haugtun", "Tretten"], titles: Self.own)
                let unknown = translator.page(Array(plain.text.utf8)).unknown.filter { !isOwn($0) }
                #expect(unknown == [], "\(path) in \(tag)")
                let spoken = try await page(site, path, tag)
                #expect(leftovers(spoken.text, translator.catalogue, own: Self.ownTexts, titles: Self.own) == [], "\(path) in \(tag)")
                #expect(spoken.status == plain.status && spoken.headers["content-language"] == tag, "\(path)")
                #expect(spoken.text.contains("<html lang=\"\(tag)\">") && !spoken.text.contains("<html lang=\"nb\">"), "\(path)")
            }
        }
    }

    @Test("each foot names the languages by their own names, and marks the one that is shown")
    func chooser() async throws {
        let site = try await site()
        let page = try await page(site, "/belastning?municipality=3407&period=2026-10", "nn").text
        #expect(page.contains("<a href=\"?municipality=3407&amp;period=2026-10&amp;sprak=nb\" lang=\"nb\" hreflang=\"nb\">Bokmål</a>"))
        #expect(page.contains("sprak=nn\" lang=\"nn\" hreflang=\"nn\" aria-current=\"true\">Nynorsk</a>"))
        #expect(page.contains("sprak=en\" lang=\"en\" hreflang=\"en\">English</a>"))
        #expect(try await self.page(site, "/hjelp?\"><script>", nil).text.contains("<script>") == false)
        let none = try await ServedSite(tokens: ServedSite.tokens)
        #expect(try await self.page(none, "/hjelp", "nn").text.contains("sprak=") == false)
    }

    @Test("choosing one keeps it in a cookie for a year and leads to the address without it")
    func choosing() async throws {
        let site = try await site()
        let chosen = try await page(site, "/belastning?municipality=3407&sprak=nn&period=2026-10", nil)
        #expect(chosen.status == 303 && chosen.headers["location"] == "/belastning?municipality=3407&period=2026-10")
        #expect(chosen.headers["set-cookie"] == "vaktlast-sprak=nn; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax")
        #expect(chosen.headers["cache-control"] == "no-store")
        let secure = try await site.send(Array("/?sprak=en".utf8), token: "admin", head: "X-Forwarded-Proto: https\r\n")
        #expect(secure.headers["location"] == "/" && secure.headers["set-cookie"]?.hasSuffix("; Secure") == true)
        let unknown = try await page(site, "/?sprak=xx", "nn")
        #expect(unknown.status == 303 && unknown.headers["set-cookie"] == nil)
        #expect(try await page(site, "/logg-inn?neste=/maal&sprak=en", nil, as: nil).headers["location"] == "/logg-inn?neste=/maal")
        #expect(try await page(site, "/logg-inn?neste=/maal?sprak=nn", nil, as: nil).status == 200, "it is another's field")
        #expect(try await page(site, "/hjelp?%73prak=nn", nil).status == 200)
        #expect(try await page(site, "/api/v1/status?sprak=nn", nil).status == 400, "programs are answered in one language")
        #expect(try await page(site, "/", "xx").headers["content-language"] != "xx")
    }

    @Test(
        "no address leads to another site",
        arguments: [
            "//evil.example/?sprak=nn", "/\\evil.example?sprak=nn", "//evil.example?sprak=nn", "/?sprak=nn&//evil.example", "/%0d%0aSet-Cookie:x?sprak=nn",
        ]
    )
    func redirects(_ path: String) async throws {
        let site = try await site()
        let answer = try await page(site, path, nil)
        let location = answer.headers["location"] ?? "/"
        #expect(location.hasPrefix("/") && !location.hasPrefix("//") && !location.contains("\\"), "\(location)")
        #expect(answer.headers["set-cookie"]?.hasPrefix("vaktlast-sprak=nn;") ?? true)
    }

    @Test("who has not chosen reads what the municipality has set")
    func fallback() async throws {
        let site = try await site(language: "nn")
        #expect(try await page(site, "/hjelp", nil).text.contains("<html lang=\"nn\">"))
        #expect(try await page(site, "/hjelp", "nb").text.contains("<html lang=\"nb\">"))
    }

    @Test("errors, the login and what a form says are in the language too")
    func messages() async throws {
        let site = try await site(hasStore: true)
        let store = try #require(site.store)
        _ = try store.add("kari", Reach(role: .leader, municipalities: ["3407"]), hash: Password.hash("blåbær på tunet i regn"), now: 0)
        #expect(try await page(site, "/logg-inn", "en", as: nil).text.contains("<h1>Log in</h1>"))
        let wrong = try await site.form("/logg-inn", ["navn": "kari", "passord": "x", "neste": "/"], headers: ["Cookie: vaktlast-sprak=en"])
        #expect(wrong.status == 401 && wrong.text.contains("The name or the password is wrong.") && wrong.text.contains("value=\"kari\""))
        #expect(try await page(site, "/finnes-ikke", "nn", as: nil).headers["location"] != nil)
        let open = try await self.site()
        #expect(try await page(open, "/finnes-ikke", "nn").text.contains("Sida finst ikkje"))
        #expect(try await page(open, "/na.js", "en", as: nil).text.contains("\"Log in\""))
        #expect(try await page(open, "/na.js", nil, as: nil).text.contains("\"Logg inn\""))
    }

    @Test("the live board is sent in the reader's language, to each in his own")
    func stream() async throws {
        let site = try await site()
        let readers = try ["en", "nn", "nb"].map { tag in
            try StreamReader(
                "GET /na?municipality=3407 HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nAuthorization: Bearer leader\r\nCookie: vaktlast-sprak=\(tag)\r\n\r\n",
                port: site.port
            )
        }
        defer { for reader in readers { reader.stop() } }
        #expect(try await readers[0].holds("Out on call-outs"))
        #expect(try await readers[1].holds("Ute på utrykking<"))
        #expect(try await readers[2].holds("Ute på utrykning"))
        #expect(!readers[0].text.contains("på utrykning") && !readers[1].text.contains("på utrykning"))
    }

    @Test("a page that was made for one is not shown to the next in another language")
    func remembered() async throws {
        let site = try await site()
        for _ in 0..<3 {
            for (tag, word) in [("nb", "Belastning mot turnus"), ("en", "Load against the roster"), ("nn", "<html lang=\"nn\">")] {
                #expect(try await page(site, "/belastning?municipality=3407&period=2026-W44", tag).text.contains(word), "\(tag)")
            }
        }
    }

    @Test("downloads for people follow the page's language, those for programs keep their words")
    func files() async throws {
        let site = try await site()
        let query = "municipality=3407&period=2026-W44"
        for file in ["csv", "json"] {
            let (plain, spoken) = (try await page(site, "/rapport.\(file)?\(query)", "nb"), try await page(site, "/rapport.\(file)?\(query)", "en"))
            #expect(plain.status == 200 && spoken.text.contains(file == "csv" ? "Kommune" : "\"om\""), "\(file)")
        }
        #expect(try await page(site, "/rapport.xlsx?\(query)", "en").status == 200)
    }
}
