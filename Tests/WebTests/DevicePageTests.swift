import Foundation
import Store
import Testing

/// The pages about devices, over HTTP.
@Suite("The page of devices")
struct DevicePageTests {
    private func text(_ answer: HTTPAnswer) -> String { String(decoding: answer.body, as: UTF8.self) }

    private func references(_ page: String) -> [String] { page.matches(of: #/<th scope="row"[^>]*><a href="[^"]*">([^<]+)</#).map { String($0.output.1) } }

    @Test("counts come first in words, then every device once, and unregistered ones are told apart")
    func list() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let page = text(try await site.get("/enheter?municipality=3407", as: "leader"))
        #expect(page.contains("3\u{A0}registrerte enheter: ingen har meldt feil og ingen har lavt batteri."))
        #expect(page.contains("2\u{A0}enheter sender uten å stå i registeret."))
        #expect(references(page) == ["d-1", "d-2", "d-3", "d-5", "d-9"])
        #expect(page.contains("aldri") && page.contains("ikke i registeret") && page.contains("vaktlast devices import"))
        #expect(!page.contains("x1") && !page.contains("alarm-"), "no alarm is on it")
    }

    @Test(
        "the form narrows the list, and the file holds the same",
        arguments: [
            ("zone=biri", ["d-1", "d-3"]), ("zone=ukjent", ["d-2", "d-9"]), ("tilstand=uregistrert", ["d-2", "d-9"]), ("sok=D-3", ["d-3"]), ("sok=%3Cb%3E", []),
            ("zone=haugtun&tilstand=registrert", ["d-5"]), ("tilstand=taus", []),
        ]
    )
    func choices(query: String, expected: [String]) async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let page = text(try await site.get("/enheter?municipality=3407&\(query)", as: "leader"))
        #expect(references(page) == expected)
        #expect(page.contains("Ingen enheter passer med valget.") == expected.isEmpty && !page.contains("<b>"))
        let file = try await site.get("/enheter.csv?municipality=3407&\(query)", as: "leader")
        #expect(file.status == 200 && file.headers["content-disposition"]?.contains("3407-enheter.csv") == true)
        let rows = text(file).split(separator: "\r\n").dropFirst().map { String($0.prefix { $0 != ";" }) }
        #expect(rows == expected)
    }

    @Test("whoever is bound to a zone sees its devices alone, and is not told whether there are others")
    func zones() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        #expect(references(text(try await site.get("/enheter?municipality=3407", as: "zone-leader"))) == ["d-1", "d-3"])
        for path in ["/enheter?municipality=3407&zone=haugtun", "/enheter?municipality=3407&enhet=d-5", "/enheter?municipality=3407&enhet=none"] {
            #expect(try await site.get(path, as: "zone-leader").status == 403, "\(path)")
        }
        let own = text(try await site.get("/enheter?municipality=3407&enhet=d-3", as: "zone-leader"))
        #expect(own.contains("Enhet d-3") && !own.contains("Haugtun"), "where it was before is another zone's")
    }

    @Test("a device's own page tells its signs of life and where it was registered, and no alarm")
    func single() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let page = text(try await site.get("/enheter?municipality=3407&enhet=d-3", as: "leader"))
        #expect(page.contains("<h1>Enhet d-3</h1>") && page.contains("Livstegn på 1 av de siste 28\u{A0}døgn."))
        #expect(page.contains("Haugtun") && page.contains("Biri") && page.contains("Ingen åpne feil er meldt."))
        #expect(try await site.get("/enheter?municipality=3407&enhet=none", as: "leader").status == 404)
        let unknown = text(try await site.get("/enheter?municipality=3407&enhet=d-2", as: "leader"))
        #expect(unknown.contains("Enheten sender, men står ikke i registeret."))
    }

    @Test("a municipality without devices is told what to do, and an address that cannot be is refused")
    func empty() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        #expect(text(try await site.get("/enheter?municipality=3440", as: "admin")).contains("Ingen enheter ennå."))
        for query in ["side=0", "side=2", "side=x", "tilstand=borte", "zone=A%20B"] {
            #expect(try await site.get("/enheter?municipality=3407&\(query)", as: "leader").status == 400, "\(query)")
        }
    }

    @Test("the table that somebody takes along is in the access log")
    func export() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        _ = try await site.get("/enheter.csv?municipality=3407&zone=biri", as: "leader")
        let rows = try site.logged()
        let entry = try #require(rows.first?.entry)
        #expect(rows.count == 1 && entry.kind == .export && entry.path == "/enheter.csv" && entry.who == "leader" && entry.asked.contains("zone=biri"))
    }
}
