import Accounts
import Foundation
import Store
import Testing
import Workload

/// The benefit ledger on the page of goals: entering, refusing, taking back.
@Suite("The form of the benefit ledger")
struct BenefitFormTests {
    private static let path = "/maal/gevinst"
    private static let good = [
        "municipality": "3407", "dato": "2026-10-01", "timer": "12,5", "kroner": "4000", "bruk": "færre vakter", "merknad": "to netter i Biri",
    ]

    private func text(_ answer: HTTPAnswer) -> String { String(decoding: answer.body, as: UTF8.self) }

    private func enter(_ site: ServedSite, _ fields: [String: String], as token: String = "leader") async throws -> HTTPAnswer {
        try await site.form(Self.path, fields, headers: ["Authorization: Bearer \(token)"])
    }

    private func page(_ site: ServedSite, as token: String = "leader", _ rest: String = "") async throws -> String {
        text(try await site.get("/maal?municipality=3407&period=2026-10\(rest)", as: token))
    }

    @Test("what is entered is on the disk with its author, in the list, in the sums and in the answers")
    func entering() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let answer = try await enter(site, Self.good)
        let place = try #require(answer.headers["location"])
        #expect(answer.status == 303 && place == "/maal?municipality=3407&fort=1#gevinst")
        let line = try #require(try BenefitBook(folder: site.folder).lines(municipality: "3407").first)
        #expect(line.who == "leader" && line.enteredAt == ServedSite.now && line.entry.hours == 12.5 && line.entry.kroner == 4000)
        #expect(line.entry.day == .init(year: 2026, month: 10, day: 1) && line.entry.use == "færre vakter")
        let shown = try await page(site, "&fort=1")
        #expect(shown.contains("Ført som linje 1.") && shown.contains("to netter i Biri") && shown.contains("ført av leader"))
        #expect(shown.contains("12,5\u{A0}t") && shown.contains("12,5 timer og 4\u{A0}000\u{A0}kr ført hittil i 2026"), "the sum and the answer above it")
        #expect(try BenefitBook(folder: site.folder).lines(municipality: "3440").isEmpty)
    }

    @Test("a line is taken back once, by its counter on the same day, and nothing is erased")
    func takingBack() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        _ = try await enter(site, Self.good)
        #expect(try await page(site).contains("class=\"plain-button\""))
        #expect(try await enter(site, ["municipality": "3407", "retter": "1"]).status == 303)
        let lines = try BenefitBook(folder: site.folder).lines(municipality: "3407")
        #expect(lines.map(\.entry.hours) == [12.5, -12.5] && lines.map(\.entry.kroner) == [4000, -4000] && lines[1].entry.corrects == 1)
        #expect(lines[0].entry.day == lines[1].entry.day)
        let shown = try await page(site)
        #expect(shown.contains("retter linje 1") && !shown.contains("class=\"plain-button\""))
        #expect(try await enter(site, ["municipality": "3407", "retter": "1"]).status == 422, "not twice")
        #expect(try await enter(site, ["municipality": "3407", "retter": "2"]).status == 422, "nor what takes back")
        #expect(try await enter(site, ["municipality": "3407", "retter": "9"]).status == 404)
        #expect(try BenefitBook(folder: site.folder).lines(municipality: "3407").count == 2)
    }

    @Test(
        "what is wrong is said at its field, what was typed stays, and nothing is entered",
        arguments: [
            ("dato", "2026-13-01", "g-dato-feil"), ("dato", "2026-11-01", "g-dato-feil"), ("dato", "", "g-dato-feil"), ("timer", "1.000", "g-timer-feil"),
            ("timer", "mye", "g-timer-feil"), ("kroner", "1e3", "g-kroner-feil"), ("bruk", "", "g-bruk-feil"), ("bruk", "kaffe", "g-bruk-feil"),
            ("teknologi", "robot", "g-teknologi-feil"), ("gevinstmaal", "ingen", "g-maal-feil"), ("merknad", "gjelder 01017000027", "g-merknad-feil"),
            ("merknad", "010170 00027", "g-merknad-feil"),
        ]
    )
    func mistakes(field: String, value: String, problem: String) async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let answer = try await enter(site, Self.good.merging([field: value]) { $1 })
        let page = text(answer)
        #expect(
            answer.status == 422 && page.contains("id=\"\(problem)\"") && page.contains("aria-describedby=\"\(problem)\"") || page.contains(" \(problem)\"")
        )
        // At the top, where it is seen, and no word of a period: the form's date is none.
        let title = try #require(page.range(of: "<h1>"))
        let before = page[..<title.lowerBound]
        #expect(before.contains("Ingenting er ført: 1\u{A0}felt må rettes. <a href=\"#h-for\">Til skjemaet</a>") && page.contains("id=\"h-for\""))
        #expect(!page.contains("Velg om du vil se") && !page.contains("Under står"))
        #expect(field == "timer" || page.contains("value=\"12,5\""), "what was right stays")
        #expect(!page.contains("01017000027") && !page.contains("010170 00027"), "what may be somebody's number is not shown again")
        #expect(try BenefitBook(folder: site.folder).lines(municipality: "3407").isEmpty)
    }

    @Test("neither hours nor kroner is no benefit")
    func nothing() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let answer = try await enter(site, Self.good.merging(["timer": "", "kroner": "0"]) { $1 })
        #expect(answer.status == 422 && text(answer).contains("Skriv timer, kroner eller begge."))
    }

    @Test("only leaders and administrators of the whole municipality enter", arguments: ["zone-leader", "planner", "central", "zone-admin", "nowhere"])
    func rights(token: String) async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        #expect(try await enter(site, Self.good, as: token).status == 403)
        #expect(try await enter(site, Self.good.merging(["municipality": "3440"]) { $1 }).status == 403)
        #expect(try BenefitBook(folder: site.folder).lines(municipality: "3407").isEmpty)
        #expect(try await !page(site, as: "planner").contains("Før en gevinst"))
    }

    @Test("with a session the form must be the session's own")
    func forged() async throws {
        let site = try await ServedSite(hasStore: true)
        let store = try #require(site.store)
        _ = try store.add("kari", Reach(role: .leader, municipalities: ["3407"]), hash: "-", now: 0)
        let secret = try store.beginSession(of: "kari", now: ServedSite.now)
        let name = try #require(try store.session(secret, now: ServedSite.now)).name
        let cookie = ["Cookie: vaktlast=\(secret)"]
        #expect(try await site.form(Self.path, Self.good, headers: cookie).status == 403)
        #expect(try await site.form(Self.path, Self.good.merging(["skjema": Secret.formToken(of: name)]) { $1 }, headers: cookie).status == 303)
        #expect(try BenefitBook(folder: site.folder).lines(municipality: "3407").map(\.who) == ["account:kari"])
    }
}
