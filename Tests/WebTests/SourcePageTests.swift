import Accounts
import Foundation
import Store
import Testing

/// What an alarm central finds when it has logged in, and what whoever has logged in finds where there is no page.
@Suite("The source's page")
struct SourcePageTests {
    @Test("a central is led to the ledger of its own source, with the way to its account and out; no other source is told")
    func start() async throws {
        let site = try await ServedSite(hasStore: true)
        let central = try await Browser.loggedIn(site, "sentral", Reach(role: .central, municipalities: ["3407"], source: "a"))
        let first = try await central.get("/")
        #expect(first.status == 303 && first.headers["location"] == "/kilde")
        let page = try await central.get("/kilde")
        #expect(page.status == 200 && page.text.contains("<h1>Kilden a</h1>") && page.text.contains("<dt>Godtatt</dt><dd>") && page.text.contains("utløst"))
        for link in ["href=\"/konto\"", "action=\"/logg-ut\"", "href=\"/hjelp\"", "/api/v1/sources?municipality=3407"] {
            #expect(page.text.contains(link), "\(link)")
        }
        for word in ["x1", "d-1", "Biri", "Haugtun", "href=\"/belastning"] { #expect(!page.text.contains(word), "\(word)") }
        let other = try await Browser.loggedIn(site, "annen", Reach(role: .central, municipalities: ["3407"], source: "b"))
        let empty = try await other.get("/kilde?municipality=3407")
        #expect(empty.status == 200 && empty.text.contains("Ingenting er mottatt fra kilden"))
        #expect(try await central.get("/kilde?municipality=3440").status == 403)
    }

    @Test("a planner is led to load; an error has the bar and the way out for whoever has logged in")
    func errors() async throws {
        let site = try await ServedSite(hasStore: true)
        let planner = try await Browser.loggedIn(site, "plan", Reach(role: .planner, municipalities: ["3407"]))
        #expect(try await planner.get("/").headers["location"] == "/belastning")
        for (path, status) in [("/enheter", 403), ("/finnes-ikke", 404), ("/belastning?zone=nix", 400), ("/?municipality=3440", 403)] {
            let page = try await planner.get(path)
            #expect(
                page.status == status && page.text.contains("Logg ut <bdi translate=\"no\">plan</bdi>") && page.text.contains("aria-label=\"Sider\""),
                "\(path): \(page.status)"
            )
        }
    }

    @Test("a planner who has logged in gets sums over the API too: no cells, key figures of whole months; a program's token gets them as CONTRACT has them")
    func sums() async throws {
        let site = try await ServedSite(hasStore: true)
        let planner = try await Browser.loggedIn(site, "plan", Reach(role: .planner, municipalities: ["3407"]))
        let leader = try await Browser.loggedIn(site, "kari", Reach(role: .leader, municipalities: ["3407"]))
        let (morning, month) = ("from=2026-08-03T08:00:00Z&to=2026-08-03T12:00:00Z", "from=2026-08-01&to=2026-09-01")
        for (path, forPlanner) in [
            ("kpis?municipality=3407&\(morning)", 403), ("kpis?municipality=3407&from=2026-08-01&to=2026-08-31", 403), ("kpis?municipality=3407&\(month)", 200),
            ("loads?municipality=3407&\(morning)", 403), ("loads?municipality=3407&\(month)&step=P1D", 403),
        ] {
            #expect(try await planner.get("/api/v1/\(path)").status == forPlanner, "\(path)")
            #expect(try await leader.get("/api/v1/\(path)").status == 200, "\(path)")
        }
        let programs = try await ServedSite(tokens: ServedSite.tokens)
        for path in ["kpis", "loads"] { #expect(try await programs.get("/api/v1/\(path)?municipality=3407&\(morning)", as: "planner").status == 200) }
    }

    @Test("a zone that is not there is no zone to choose devices by")
    func devicesOfNoZone() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        #expect(try await site.get("/enheter?municipality=3407&zone=nix", as: "leader").status == 400)
        #expect(try await site.get("/enheter?municipality=3407&zone=ukjent", as: "leader").status == 200)
    }
}
