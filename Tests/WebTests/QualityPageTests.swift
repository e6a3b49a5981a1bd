import Accounts
import Foundation
import Store
import Testing

/// Data quality over HTTP, and the form that has refused messages read again.
@Suite("The page of data quality")
struct QualityPageTests {
    private func text(_ answer: HTTPAnswer) -> String { String(decoding: answer.body, as: UTF8.self) }

    @Test("what is wrong stands with what it means and what to do, and what is right is said too")
    func checks() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let page = text(try await site.get("/datakvalitet?municipality=3407", as: "leader"))
        #expect(page.contains("har en sone som ikke er satt opp: «strange» (1).") && page.contains("<strong>Gjør:</strong> Be kilden bruke sonenavnene"))
        #expect(page.contains("1\u{A0}enhet sender uten å stå i registeret.") || page.contains("enheter sender uten å stå i registeret."))
        #expect(page.contains("Ingen hull i nummereringen."))
        #expect(page.contains(#/<th scope="row"[^>]*>a<\/th>/#), "the source's ledger")
        #expect(page.contains("<code>missing:") && page.contains("Be kilden sende det.") && page.contains("Prøv igjen</button>"))
        let other = text(try await site.get("/datakvalitet?municipality=3440", as: "admin"))
        #expect(other.contains("Ingenting ligger i karantene.") && !other.contains("Prøv igjen</button>"), "nothing to try again")
    }

    @Test("whoever is bound to zones, or may not look at data quality, is kept out", arguments: ["zone-leader", "planner", "central", "nowhere"])
    func refused(token: String) async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        #expect(try await site.get("/datakvalitet?municipality=3407", as: token).status == 403)
        let field = ["municipality": "3407"]
        #expect(try await site.form("/datakvalitet/prov-igjen", field, headers: ["Authorization: Bearer \(token)"]).status == 403)
        #expect(site.replays.asked.isEmpty)
    }

    @Test("reading again is asked for by a form of the session's own, and the one who asked is named")
    func replay() async throws {
        let site = try await ServedSite(hasStore: true)
        let reach = Reach(role: .technician, municipalities: ["3407"])
        let store = try #require(site.store)
        _ = try store.add("tove", reach, hash: "-", now: 0)
        let secret = try store.beginSession(of: "tove", now: ServedSite.now)
        let name = try #require(try store.session(secret, now: ServedSite.now)).name
        let cookie = "Cookie: vaktlast=\(secret)"
        for token in ["", "x", Secret.digest(secret)] {
            let answer = try await site.form("/datakvalitet/prov-igjen", ["municipality": "3407", "skjema": token], headers: [cookie])
            #expect(answer.status == 403)
        }
        #expect(site.replays.asked.isEmpty)
        let fields = ["municipality": "3407", "skjema": Secret.formToken(of: name)]
        #expect(try await site.form("/datakvalitet/prov-igjen", fields, headers: [cookie, "Origin: https://evil.example"]).status == 403)
        let asked = try await site.form("/datakvalitet/prov-igjen", fields, headers: [cookie])
        #expect(asked.status == 303 && asked.headers["location"] == "/datakvalitet?municipality=3407#karantene")
        #expect(site.replays.asked == ["account:tove"])
        let page = try await site.send(Array("/datakvalitet?municipality=3407".utf8), head: "\(cookie)\r\n")
        #expect(text(page).contains("Leses på nytt nå, etter ønske fra tove"))
        #expect(
            try await site.form("/datakvalitet/prov-igjen", ["municipality": "3440", "skjema": Secret.formToken(of: name)], headers: [cookie]).status == 403
        )
    }
}
