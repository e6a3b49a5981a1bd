import Foundation
import Testing

/// What a query may be (CONTRACT 8), asked over the wire.
@Suite("Queries")
struct QueryRuleTests {
    private static let loads = "/api/v1/loads?municipality=3407"
    private static let alarms = "/api/v1/alarms?municipality=3407&from=2026-10-26&to=2026-10-27"

    private static let refused: [(path: String, name: String)] = [
        // Empty.
        ("\(loads)&from=2026-10-26&to=2026-10-27&step=", "step"), ("\(loads)&from=2026-10-26&to=2026-10-27&published=", "published"),
        ("\(loads)&from=2026-10-26&to=2026-10-27&zone=", "zone"), ("\(loads)&from=2026-10-26&to=2026-10-27&zone", "zone"),
        ("\(loads)&from=&to=2026-10-27", "from"), ("\(alarms)&state=", "state"), ("\(alarms)&cursor=", "cursor"),
        ("\(alarms)&atLeast=", "atLeast"), ("/api/v1/status?atLeast=", "atLeast"), ("/api/v1/sources?municipality=", "municipality"),
        // Twice, also the same.
        ("\(alarms)&zone=biri&zone=haugtun", "zone"), ("\(alarms)&state=open&state=open", "state"), ("\(alarms)&municipality=3440", "municipality"),
        // Unknown.
        ("\(alarms)&zones=biri", "«zones»"), ("/api/v1/status?Municipality=3407", "«Municipality»"),
        ("\(alarms)&=1", "«»"), ("\(alarms)&%00=1", "«\u{FFFD}»"),
        // Missing.
        ("/api/v1/sources", "municipality"), (loads, "from"), ("\(loads)&from=2026-10-26", "to"),
        // Ill-formed.
        ("/api/v1/sources?municipality=340", "municipality"), ("/api/v1/sources?municipality=34O7", "municipality"),
        ("/api/v1/sources?municipality=%D9%A3%D9%A4%D9%A0%D9%A7", "municipality"), ("/api/v1/sources?municipality=3407%00", "municipality"),
        ("\(alarms)&zone=Biri", "zone"), ("\(alarms)&zone=bi%00ri", "zone"), ("\(alarms)&state=shut", "state"), ("\(alarms)&state=OPEN", "state"),
        ("\(loads)&from=2026-10-26&to=2026-10-27&step=PT2H", "step"), ("\(loads)&from=2026-10-26&to=2026-10-27&published=last", "published"),
        ("\(alarms)&cursor=x", "cursor"), ("\(alarms)&cursor=MS8y", "cursor"), ("\(alarms)&cursor=%00", "cursor"),
        ("\(alarms)&cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTkvYS94", "cursor"),
        ("/api/v1/quarantine?cursor=1", "cursor"), ("/api/v1/quarantine?cursor=1.x.2", "cursor"), ("/api/v1/quarantine?cursor=-1.0", "cursor"),
        ("/api/v1/devices?municipality=3407&cursor=a%20b", "cursor"), ("/api/v1/devices?municipality=3407&registered=maybe", "registered"),
        ("/api/v1/status?atLeast=-1", "atLeast"), ("/api/v1/status?atLeast=1.0", "atLeast"), ("/api/v1/status?atLeast=%2B1", "atLeast"),
        ("/api/v1/status?atLeast=9223372036854775808", "atLeast"), ("/api/v1/status?atLeast=1e3", "atLeast"),
        ("/api/v1/status?atLeast=99999999999999999999999999999999999999999999", "atLeast"),
    ]

    @Test("a parameter that is empty, repeated, unknown, missing or ill-formed is refused by name")
    func refusals() async throws {
        let site = try await ServedSite()
        for (path, name) in Self.refused {
            let answer = try await site.get(path)
            #expect(answer.status == 400 && answer.isProblem, "\(path): \(answer.status)")
            #expect(answer.detail.hasPrefix("\(name): "), "\(path): \(answer.detail)")
        }
    }

    /// What `from` means; nil where it is refused. In 2026 summer time ends on 25 October and begins on 29 March.
    private static let instants: [(text: String, instant: String?)] = [
        ("2026-10-25", "2026-10-24T22:00:00.000Z"), ("2026-10-26", "2026-10-25T23:00:00.000Z"),
        ("2026-03-29", "2026-03-28T23:00:00.000Z"), ("2026-03-30", "2026-03-29T22:00:00.000Z"),
        ("2026-10-05T06:15:00Z", "2026-10-05T06:15:00.000Z"), ("2026-10-05t06:15:00.000000000z", "2026-10-05T06:15:00.000Z"),
        ("2026-10-05T08:15:00+02:00", "2026-10-05T06:15:00.000Z"), ("2026-10-05T08:15:00%2B02:00", "2026-10-05T06:15:00.000Z"),
        ("2026-10-05T11:45:00%2B05:30", "2026-10-05T06:15:00.000Z"), ("2026-10-05T00:15:00-06:00", "2026-10-05T06:15:00.000Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"), ("1900-01-01", "1899-12-31T23:00:00.000Z"),
        ("9999-12-31T23:45:00Z", "9999-12-31T23:45:00.000Z"), ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
        ("2026-10-05T06:15:00", nil), ("2026-10-05T06:15:00.0005Z", nil), ("2026-10-05T06:15:00.001Z", nil),
        ("2026-10-05T06:10:00Z", nil), ("2026-10-05T06:15:01Z", nil), ("2026-10-05T06:15Z", nil), ("2026-10-5", nil),
        ("2026-02-29", nil), ("2026-13-01", nil), ("20261005", nil), ("2026-10-05T24:00:00Z", nil), ("2026-10-05T06:15:61Z", nil),
        ("0000-01-01T00:00:00%2B23:45", nil), ("9999-12-31T23:45:00-23:45", nil), ("-2026-10-05", nil), ("99999-01-01", nil),
        ("now", nil), ("1793000000000", nil), ("2026-10-05%00", nil), ("2026%E2%80%9110%E2%80%9105", nil),
    ]

    @Test("an instant has an offset and lies on a quarter; a date is its local midnight")
    func instants() async throws {
        let site = try await ServedSite()
        for (text, instant) in Self.instants {
            let answer = try await site.get("\(Self.loads)&from=\(text)&to=9999-12-31T23:45:00Z")
            #expect(answer.status == (instant == nil ? 400 : 200), "\(text): \(answer.status) \(answer.detail)")
            #expect(answer.json?["from"] as? String == instant, "\(text)")
            if instant == nil { #expect(answer.detail.hasPrefix("from: "), "\(text): \(answer.detail)") }
        }
    }

    @Test("days of 23 and 25 hours are whole days")
    func summerTime() async throws {
        let site = try await ServedSite()
        for (from, to, hours) in [("2026-03-29", "2026-03-30", 23.0), ("2026-10-25", "2026-10-26", 25)] {
            let answer = try await site.get("\(Self.loads)&from=\(from)&to=\(to)&step=P1D")
            let format = ISO8601DateFormatter()
            format.formatOptions.insert(.withFractionalSeconds)
            let ends = ["from", "to"].compactMap { (answer.json?[$0] as? String).flatMap(format.date) }
            try #require(ends.count == 2)
            #expect(ends[1].timeIntervalSince(ends[0]) == hours * 3600)
        }
    }

    @Test("a period may be empty but not turned round")
    func order() async throws {
        let site = try await ServedSite()
        #expect(try await site.get("\(Self.loads)&from=2026-10-26&to=2026-10-26").status == 200)
        let turned = try await site.get("\(Self.loads)&from=2026-10-27&to=2026-10-26")
        #expect(turned.status == 400 && turned.detail.hasPrefix("to: "))
    }

    @Test("all there ever was and will be is a period")
    func everything() async throws {
        let site = try await ServedSite()
        // Midnight by the sun lies on no quarter, and is a date's midnight all the same.
        #expect(try await site.get("\(Self.loads)&from=0001-01-02&to=9999-12-31").status == 200)
        for step in ["PT15M", "PT1H", "P1D"] {
            let answer = try await site.get("\(Self.loads)&from=0001-01-01T00:00:00Z&to=9999-12-31T23:45:00Z&step=\(step)")
            #expect((answer.json?["cells"] as? [Any])?.isEmpty == false, "\(step): \(answer.status)")
        }
    }

    @Test("a form's empty fields are none on pages")
    func pages() async throws {
        let site = try await ServedSite()
        #expect(try await site.get("/?municipality=3407&zone=&period=").status == 200)
        #expect(try await site.get("/?municipality=&fbclid=x").status == 200)
    }
}
