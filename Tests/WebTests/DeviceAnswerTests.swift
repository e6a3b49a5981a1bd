import Foundation
import Testing

/// `/api/v1/devices` and the unknown zones of `/api/v1/sources`.
@Suite("Devices and unknown zones")
struct DeviceAnswerTests {
    private func devices(_ query: String, as token: String = "leader") async throws -> [String] {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let answer = try await site.get("/api/v1/devices?municipality=3407\(query)", as: token)
        let rows = try #require(answer.json?["devices"] as? [[String: Any]], "\(answer.status) \(answer.detail)")
        return rows.map { row in
            "\(row["device"] ?? "") \(row["zone"] ?? "") \(row["registered"] as? Bool == true) \(row["lastSeen"] as? String ?? "never")"
        }
    }

    @Test("devices of the registry and others are listed in one order, with their zone now and last sign of life")
    func all() async throws {
        #expect(
            try await devices("") == [
                "d-1 biri true 2026-10-26T06:00:00.000Z", "d-2 ukjent false 2026-10-26T06:30:00.000Z",
                "d-3 biri true 2026-10-26T06:15:00.000Z", "d-5 haugtun true never", "d-9 ukjent false 2026-10-26T06:00:00.000Z",
            ]
        )
    }

    private static let limits: [(query: String, token: String, devices: [String])] = [
        ("&registered=yes", "leader", ["d-1", "d-3", "d-5"]), ("&registered=no", "leader", ["d-2", "d-9"]),
        ("&zone=biri", "leader", ["d-1", "d-3"]), ("&zone=ukjent", "leader", ["d-2", "d-9"]),
        ("", "zone-leader", ["d-1", "d-3"]), ("&registered=no", "zone-leader", []), ("&cursor=d-2", "leader", ["d-3", "d-5", "d-9"]),
        ("&cursor=d-4", "leader", ["d-5", "d-9"]), ("&cursor=d-9", "leader", []),
    ]

    @Test("the list can be limited, and goes on behind a cursor", arguments: limits)
    func limited(query: String, token: String, expected: [String]) async throws {
        #expect(try await devices(query, as: token).map { String($0.prefix { $0 != " " }) } == expected)
    }

    @Test("zones that nobody configured are counted and listed")
    func unknownZones() async throws {
        let site = try await ServedSite()
        let answer = try await site.get("/api/v1/sources?municipality=3407")
        let zones = try #require(answer.json?["unknownZones"] as? [[String: Any]])
        #expect(zones.map { "\($0["zone"] ?? "") \($0["count"] ?? "")" } == ["strange 1"])
    }
}
