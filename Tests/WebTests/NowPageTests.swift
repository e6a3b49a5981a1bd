import Foundation
import Store
import Synchronization
import Telemetry
import Testing
import Web

/// The page that is opened first.
@Suite("Nå")
struct NowPageTests {
    @Test("who may see alarms gets the open ones with device and the way to each; others counts alone; each showing is written down")
    func alarms() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let leader = try await site.page("/?municipality=3407", as: "leader")
        #expect(leader.contains("<h1>Nå</h1>") && leader.contains("d-9") && leader.contains("venter på svar") && leader.contains("1\u{A0}åpen alarm"))
        #expect(leader.contains("/belastning/time?municipality=3407&amp;period=2026-10-26&amp;time=1-07&amp;zone=haugtun#alarm-a-x2"))
        #expect(try site.logged().map(\.entry.who) == ["leader"])
        #expect(try site.accessLog?.alarms(ofEntry: 1) == [.init(source: "a", alarm: "x2")])
        let technician = try await site.page("/?municipality=3407", as: "technician")
        #expect(!technician.contains("x2") && !technician.contains("d-9") && technician.contains("Du ser enhetene") && technician.contains("Lavt batteri"))
        for word in ["åpen alarm", "Åpne alarmer", "Siste alarm", "Venter lengst", "Siste fire uker"] { #expect(!technician.contains(word), "\(word)") }
        let counts = try await site.page("/na?municipality=3407", as: "leader")
        #expect(!counts.contains("x2") && counts.contains("Du ser antall") && counts.contains("1\u{A0}åpen alarm"))
        let bound = try await site.page("/?municipality=3407", as: "zone-leader")
        #expect(!bound.contains("x2") && !bound.contains("Haugtun") && bound.contains("Ingen åpne alarmer"))
        #expect(try site.logged().count == 1)
    }

    @Test("while the access log cannot be written the page shows counts and says why")
    func notWritable() async throws {
        let site = try await ServedSite()
        try Data("this is no database, long enough to be read as the head of one, and then a little more than that".utf8)
            .write(to: URL(fileURLWithPath: "\(site.folder)/\(AccessLog.fileName)"))
        for path in ["/?municipality=3407", "/belastning/time?municipality=3407&period=2026-10&time=1-07"] {
            let page = try await site.page(path)
            #expect(page.contains("innsynsloggen ikke kan skrives") && !page.contains("d-9") && !page.contains("x1</th>"), "\(path)")
        }
    }

    @Test("links to the report from before it had an address of its own lead on")
    func moved() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let answer = try await site.get("/?municipality=3407&period=2026-10&zone=biri", as: "leader")
        #expect(answer.status == 301 && answer.headers["location"] == "/belastning?municipality=3407&period=2026-10&zone=biri")
        #expect(try await site.get("/?municipality=3440&period=2026-10", as: "leader").status == 403)
    }

    @Test("beside the board stand the first sentences of the last four weeks, with the way to the report of the same")
    func headlines() async throws {
        let site = try await ServedSite()
        let page = try await site.page("/?municipality=3407")
        let report = try await site.page("/belastning?municipality=3407&period=2026-10-26-28d")
        let sentence = try #require(report.firstMatch(of: /<span class="mark"[^>]*>[^<]*<\/span>([^<]+)<\/p>/)?.output.1)
        #expect(page.contains(sentence) && page.contains("href=\"/belastning?municipality=3407&amp;period=2026-10-26-28d\""))
        let wall = try await site.page("/?municipality=3407&vegg=1")
        #expect(wall.contains("class=\"now wall\"") && wall.contains("class=\"waiting\"") && wall.contains("x2") && !wall.contains("d-9"))
        #expect(wall.contains("href=\"/tavle.css\""))
        #expect(try await site.get("/tavle.css").text.contains(".wall"))
    }

    @Test("a broker that is away is told at once, views that lag when they have lagged for a while")
    func faults() async throws {
        let service = Service()
        let site = try await ServedSite(status: { service.status.withLock { $0 } }, now: { service.now.withLock { $0 } })
        func page() async throws -> String { try await site.page("/?municipality=3407") }
        #expect(!(try await page()).contains("class=\"message fault\""))
        service.status.withLock { $0.journalPosition = 1000 }
        service.now.withLock { $0 += 5000 }
        #expect(!(try await page()).contains("henger etter"), "the views are always a little behind")
        service.now.withLock { $0 += 11_000 }
        #expect(try await page().contains("990\u{A0}meldinger er mottatt, men ikke regnet med ennå"))
        service.now.withLock { $0 += 5000 }
        service.status.withLock { $0.broker = "alarm connecting, rest ready" }
        #expect(try await page().contains("ikke kontakt med meldingstjeneren"))
        service.status.withLock { $0 = .init(journalPosition: 0, broker: "ready", isReady: true, problem: nil) }
        service.now.withLock { $0 += 5000 }
        #expect(!(try await page()).contains("class=\"message fault\""))
    }

    private final class Service: Sendable {
        let now = Mutex(ServedSite.now)
        let status = Mutex(ServiceFace.Status(journalPosition: 0, broker: "ready", isReady: true, problem: nil))
    }
}
