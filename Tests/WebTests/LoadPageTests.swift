import Foundation
import Store
import Testing

/// The page of load, and the hours behind its heat map.
@Suite("Belastning")
struct LoadPageTests {
    @Test("a cell of the heat map leads to its hour, with the quarters and, for who may see them, the alarms")
    func hours() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let page = try await site.page("/belastning?municipality=3407&period=2026-10", as: "leader")
        let path = "/belastning/time?municipality=3407&period=2026-10&time=1-07"
        #expect(page.contains("<a href=\"\(path.replacing("&", with: "&amp;"))\">"))
        #expect(try site.logged().isEmpty)
        let hour = try await site.page(path, as: "leader")
        #expect(hour.contains("<h1>Mandag kl.\u{A0}07–\u{2060}08</h1>") && hour.contains("besøkt") && hour.contains(">x1</th>") && hour.contains(">x2</th>"))
        #expect(hour.contains("id=\"alarm-a-x1\""))
        let rows = try site.logged()
        #expect(rows.map(\.alarmCount) == [2] && rows.map(\.entry.path) == ["/belastning/time"])
        // From sent until done, which came with a clock that is ahead and counts from when it was received.
        #expect(hour.contains("31\u{A0}min på utrykning"))
        let planner = try await site.page("/belastning/time?municipality=3407&period=2026&time=1-07", as: "planner")
        #expect(!planner.contains("x1") && !planner.contains("d-1") && planner.contains("Under fem alarmer") && !planner.contains("på utrykning."))
        let bound = try await site.page(path, as: "zone-leader")
        #expect(bound.contains(">x1</th>") && !bound.contains("x2") && !bound.contains("Haugtun"))
        #expect(try site.logged().count == 2)
    }

    @Test("without an hour the busiest is shown; an hour without anything says so")
    func otherHours() async throws {
        let site = try await ServedSite()
        #expect(try await site.page("/belastning/time?municipality=3407&period=2026-10").contains("<h1>Mandag kl.\u{A0}07"))
        let quiet = try await site.page("/belastning/time?municipality=3407&period=2026-10&time=1-08")
        #expect(quiet.contains("Ingen alarmer eller utrykninger i denne timen."))
        // Of the hour before the first data nobody knows anything.
        let before = try await site.page("/belastning/time?municipality=3407&period=2026-10&time=1-06")
        #expect(before.contains("ingen data fra denne timen") && !before.contains("Ingen alarmer"))
        for bad in ["0-07", "8-07", "1-24", "1-7", "1", "x-07", "1-07-00", "%00"] {
            #expect(try await site.get("/belastning/time?municipality=3407&time=\(bad)").status == 400, "\(bad)")
        }
        let unknown = try await site.page("/belastning/time?municipality=3440&period=2025-10")
        #expect(unknown.contains("ingen data fra denne timen") && !unknown.contains("Ingen alarmer"))
    }

    @Test(
        "a period chosen by kind and day gets the address that can be shared, with zone and what else was chosen",
        arguments: [
            ("/belastning?municipality=3407&slag=uke&dato=2026-10-26", "/belastning?municipality=3407&period=2026-W44"),
            ("/belastning?municipality=3407&slag=aar&dato=2026-10-26&zone=biri", "/belastning?municipality=3407&period=2026&zone=biri"),
            ("/maal?municipality=3407&rammeverk=ramme&slag=kvartal&dato=2026-10-26", "/maal?municipality=3407&rammeverk=ramme&period=2026-Q4"),
            (
                "/bemanning?municipality=3407&slag=fire-uker&dato=2026-10-26&vakt.biri.natt=1",
                "/bemanning?municipality=3407&period=2026-10-26-28d&vakt.biri.natt=1"
            ),
        ]
    )
    func chosen(path: String, location: String) async throws {
        let site = try await ServedSite()
        let answer = try await site.get(path)
        #expect(answer.status == 303 && answer.headers["location"] == location)
        #expect(try await site.get(location).status == 200)
    }

    @Test("an address that cannot be read is refused, and not answered for what could be read of it")
    func unreadable() async throws {
        let site = try await ServedSite()
        for path in ["/", "/belastning", "/bemanning", "/maal", "/belastning/time", "/enheter", "/hjelp"] {
            for query in ["zone=%FF", "zone=%zz", "period=%E6&zone=biri", "x=" + String(repeating: "9", count: 9000)] {
                let answer = try await site.get("\(path)?municipality=3407&\(query)")
                #expect(answer.status == 400, "\(path) \(query.prefix(40)): \(answer.status)")
            }
        }
        let stream = try await site.send(Array("/na?municipality=3407&zone=%FF".utf8), head: "Accept: text/event-stream\r\n")
        #expect(stream.status == 400 && stream.isProblem)
        let page = try await site.get("/belastning?municipality=3407&period=%00" + String(repeating: "9", count: 3000))
        #expect(page.status == 400 && !page.text.contains("\0") && page.text.contains("«\u{FFFD}" + String(repeating: "9", count: 39) + "…» er ingen periode"))
    }

    @Test("what is no period, or has not begun, is said before the figures of the one that is shown instead")
    func notChosen() async throws {
        let site = try await ServedSite()
        for (query, sentence) in [
            ("slag=uke&dato=26.10.2026", "er ingen dato"), ("slag=time&dato=2026-10-26", "Velg om du vil se"), ("period=uke", "er ingen periode"),
            ("period=1999", "«1999» er ingen periode fra 2000 til 2199"), ("period=2031-02", "Perioden februar\u{A0}2031 har ikke begynt ennå."),
            ("slag=aar&dato=2031-02-01", "Perioden 2031 har ikke begynt ennå."),
        ] {
            for path in ["/belastning", "/bemanning", "/maal", "/sammendrag", "/framskriving"] {
                let answer = try await site.get("\(path)?municipality=3407&\(query)")
                #expect(answer.status == 400, "\(path) \(query): \(answer.status)")
                let title = try #require(answer.text.range(of: "<h1>"))
                let before = answer.text[..<title.lowerBound]
                #expect(before.contains(sentence) && before.contains(" Under står "), "\(path) \(query)")
            }
        }
        for file in ["csv", "json", "xlsx"] {
            let answer = try await site.get("/rapport.\(file)?municipality=3407&period=2031-02")
            #expect(answer.status == 400 && answer.text.contains("has not begun yet"), "\(file): \(answer.text)")
        }
    }

    @Test("the period before and last year are said to be without data where they are, never compared with nothing")
    func comparison() async throws {
        let site = try await ServedSite()
        let page = try await site.page("/belastning?municipality=3407&period=2026-10")
        #expect(page.contains("Det er ingen data fra september\u{A0}2026.") && page.contains("Det er ingen data fra oktober\u{A0}2025."))
        #expect(!page.contains("mer enn tilfeldig</small>"))
        // In the running week everything is compared with a week without anything.
        let before = try await site.page("/belastning?municipality=3407&period=2026-10-26")
        #expect(before.contains("Det er ingen data fra søndag 25.\u{A0}oktober\u{A0}2026."))
    }
}
