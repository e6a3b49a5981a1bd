import Accounts
import Foundation
import Store
import Testing

/// The live board as server-sent events.
@Suite("Live stream")
struct LiveStreamTests {
    private func open(_ site: ServedSite, _ query: String = "municipality=3407", head: String) throws -> StreamReader {
        try StreamReader("GET /na?\(query) HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\(head)\r\n", port: site.port)
    }

    @Test("the board comes at once, a comment keeps the connection alive, and no proxy may hold it back")
    func heartbeat() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let stream = try open(site, head: "Authorization: Bearer technician\r\n")
        defer { stream.stop() }
        #expect(try await stream.holds("event: tavle\ndata: "))
        #expect(try await stream.holds(": her\nevent: tid\n"))
        let head = stream.text.lowercased()
        #expect(head.hasPrefix("http/1.1 200") && head.contains("content-type: text/event-stream\r\n"))
        #expect(head.contains("x-accel-buffering: no\r\n") && head.contains("cache-control: no-store\r\n"))
        #expect(!stream.text.contains("x2") && !stream.text.contains("d-9"), "devices alone")
        #expect(!stream.text.contains("alarmer\"") && !stream.text.contains("åpen alarm"))
        #expect(try site.logged().isEmpty)
    }

    @Test("who may see alarms is shown them, and each alarm is written down once, however long one looks")
    func alarms() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let leader = try open(site, head: "Authorization: Bearer leader\r\n")
        let bound = try open(site, head: "Authorization: Bearer zone-leader\r\n")
        defer { [leader, bound].forEach { $0.stop() } }
        #expect(try await leader.holds("x2</a>"))
        #expect(try await bound.holds("event: tavle"))
        #expect(try await leader.holds(": her"))
        #expect(!bound.text.contains("x2") && !bound.text.contains("Haugtun"))
        let rows = try site.logged()
        #expect(rows.map(\.entry.who) == ["leader"] && rows.map(\.entry.path) == ["/na"])
    }

    @Test("it ends when the session does, and says so")
    func session() async throws {
        let site = try await ServedSite(hasStore: true)
        let store = try #require(site.store)
        _ = try store.add("kari", Reach(role: .leader, municipalities: ["3407"]), hash: Password.hash("blåbær på tunet i regn"), now: 0)
        let opened = try await site.form("/logg-inn", ["navn": "kari", "passord": "blåbær på tunet i regn", "neste": "/"])
        let cookie = String(try #require(opened.headers["set-cookie"]?.split(separator: ";").first))
        let stream = try open(site, head: "Cookie: \(cookie)\r\nConnection: close\r\n")
        defer { stream.stop() }
        #expect(try await stream.holds("event: tavle"))
        try store.endSession(String(try #require(cookie.split(separator: "=").last)))
        #expect(try await stream.holds("event: slutt"))
        #expect(try await stream.ends())
    }

    @Test("what one may not see is refused before a stream begins", arguments: [("3440", "leader", 403), ("3407", "nowhere", 403), ("3407", "nobody", 401)])
    func refused(municipality: String, token: String, status: Int) async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let answer = try await site.send(Array("/na?municipality=\(municipality)".utf8), token: token, head: "Accept: text/event-stream\r\n")
        #expect(answer.status == status && answer.isProblem)
    }

    @Test("one account has so many streams and no more; one that is closed makes room")
    func bounded() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        var streams = try (0..<40).map { _ in try open(site, head: "Authorization: Bearer technician\r\n") }
        defer { streams.forEach { $0.stop() } }
        for stream in streams { #expect(try await stream.holds("event: tavle")) }
        let refused = try await site.send(Array("/na?municipality=3407".utf8), token: "technician", head: "Accept: text/event-stream\r\n")
        #expect(refused.status == 503 && refused.detail.contains("Too many live boards"))
        let other = try open(site, head: "Authorization: Bearer leader\r\n")
        streams.append(other)
        #expect(try await other.holds("event: tavle"), "another account is not shut out")
        streams[0].stop()
        var isOpen = false
        for _ in 0..<200 where !isOpen {
            let again = try open(site, head: "Authorization: Bearer technician\r\nConnection: close\r\n")
            isOpen = try await again.holds("HTTP/1.1 200") && !again.text.contains("503")
            if isOpen { streams.append(again) } else { again.stop() }
            if !isOpen { try await Task.sleep(for: .milliseconds(500)) }
        }
        #expect(isOpen)
    }
}
