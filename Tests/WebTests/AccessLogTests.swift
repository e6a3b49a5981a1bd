import Foundation
import Store
import Testing

/// Every view of an alarm stands in the access log before it is shown (CONTRACT 8).
@Suite("Access log of the API")
struct AccessLogTests {
    private static let alarms = "/api/v1/alarms?municipality=3407&from=2026-10-26&to=2026-10-27"

    @Test("a view says when, who, what was asked and which alarms were shown")
    func view() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        #expect(try await site.get(Self.alarms, as: "leader").status == 200)
        #expect(try await site.get("\(Self.alarms)&state=closed", as: "zone-leader").status == 200)
        let rows = try site.logged()
        try #require(rows.count == 2)
        #expect(rows.map(\.entry.who) == ["leader", "zone-leader"])
        #expect(rows.map(\.entry.zones) == [nil, ["biri"]])
        #expect(rows.map(\.alarmCount) == [2, 1])
        #expect(rows[1].entry.path == "/api/v1/alarms" && rows[1].entry.asked == "municipality=3407&from=2026-10-26&to=2026-10-27&state=closed")
        #expect(rows.allSatisfy { $0.entry.municipality == "3407" && $0.entry.time == ServedSite.now && $0.entry.position == Int64(ServedSite.position) })
        #expect(try site.accessLog?.alarms(ofEntry: rows[0].number)?.map(\.alarm) == ["x1", "x2"])
        #expect(try site.accessLog?.alarms(ofEntry: rows[1].number) == [.init(source: "a", alarm: "x1")])
    }

    @Test("nothing but answers with single alarms is a view")
    func others() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let period = "from=2026-10-26&to=2026-10-27"
        for path in ["/na", "/belastning", "/bemanning", "/api/v1/kpis?municipality=3407&\(period)", "/api/v1/loads?municipality=3407&\(period)"] {
            #expect(try await site.get(path, as: "leader").status == 200, "\(path)")
        }
        for (token, status) in [("nobody", 401), ("nowhere", 403)] {
            #expect(try await site.get(Self.alarms, as: token).status == status)
        }
        #expect(try await site.get("\(Self.alarms)&state=", as: "leader").status == 400)
        #expect(try site.logged().isEmpty)
    }

    @Test("one can say who saw an alarm, also when many saw the same page")
    func whoSaw() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        for token in ["leader", "admin", "leader", "zone-leader"] {
            #expect(try await site.get(Self.alarms, as: token).status == 200)
        }
        var wanted = AccessLogReader.Wanted()
        wanted.alarm = "x2"
        #expect(try site.logged(wanted).map(\.entry.who) == ["leader", "admin", "leader"])
        wanted.alarm = "x1"
        #expect(try site.logged(wanted).count == 4)
        wanted.who = "zone-leader"
        #expect(try site.logged(wanted).count == 1)
        wanted.source = "b"
        #expect(try site.logged(wanted).isEmpty)
    }

    @Test("alarms are not shown while the access log cannot be written; the rest is")
    func notWritable() async throws {
        let site = try await ServedSite()
        let file = "\(site.folder)/\(AccessLog.fileName)"
        try Data("this is no database, long enough to be read as the head of one, and then a little more than that".utf8)
            .write(to: URL(fileURLWithPath: file))
        let refused = try await site.get(Self.alarms)
        #expect(refused.status == 503 && refused.isProblem && refused.json?["alarms"] == nil)
        #expect(try await site.get("/api/v1/kpis?municipality=3407&from=2026-10-26&to=2026-10-27").status == 200)
        // With the file moved away, as the log's message says, a new one is begun.
        try FileManager.default.moveItem(atPath: file, toPath: file + ".damaged")
        #expect(try await site.get(Self.alarms).status == 200)
        #expect(try site.logged().count == 1)
    }

    @Test("a log that was taken away under the running service is begun anew")
    func takenAway() async throws {
        let site = try await ServedSite()
        #expect(try await site.get(Self.alarms).status == 200)
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: "\(site.folder)/\(AccessLog.fileName)\(suffix)")
        }
        #expect(try await site.get(Self.alarms).status == 200)
        #expect(try site.logged().count == 1)
    }
}
