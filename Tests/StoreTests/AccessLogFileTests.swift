import Foundation
import Store
import Testing

/// `access.db` on the disk.
@Suite("Access log file")
struct AccessLogFileTests {
    private final class Folder {
        let path = NSTemporaryDirectory() + "vaktlast-access-\(UUID().uuidString)"
        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private func view(_ time: Int64, _ alarms: [String], who: String = "w") -> AccessEntry {
        .init(
            time: time,
            who: who,
            path: "/api/v1/alarms",
            asked: "municipality=3407",
            municipality: "3407",
            zones: nil,
            alarms: alarms.map { .init(source: "a", alarm: $0) },
            position: time
        )
    }

    @Test("a national identity number in an address is masked, however it is written")
    func masked() async throws {
        let folder = try Folder()
        let log = AccessLog(folder: folder.path)
        for asked in ["zone=15068010419", "zone=150680+10419", "zone=150680%2010419", "zone=%3115068010419&zone=%31%35068010419"] {
            var view = view(1, [])
            view.asked = asked
            view.zones = ["15068010419"]
            try await log.record(view)
        }
        try log.close()
        var asked: [String] = []
        var zones: Set<String> = []
        try AccessLogReader(folder: folder.path)?.entries(.init()) { row in
            asked.append(row.entry.asked)
            zones.formUnion(row.entry.zones ?? [])
            return true
        }
        #expect(asked == ["zone=***********", "zone=***********", "zone=***********", "zone=115068010419&zone=***********"])
        #expect(zones == ["***********"])
    }

    private func times(_ folder: Folder, alarm: String? = nil, from: Int64? = nil, to: Int64? = nil) throws -> [Int64] {
        var wanted = AccessLogReader.Wanted()
        (wanted.alarm, wanted.from, wanted.to) = (alarm, from, to)
        wanted.kind = .view
        var times: [Int64] = []
        try AccessLogReader(folder: folder.path)?.entries(wanted) { row in
            times.append(row.entry.time)
            return true
        }
        return times
    }

    @Test("views are found by alarm and half-open time, also after a restart")
    func find() async throws {
        let folder = try Folder()
        #expect(try AccessLogReader(folder: folder.path) == nil)
        for start in [0, 10] {
            let log = AccessLog(folder: folder.path)
            for time in Int64(start)..<Int64(start) + 10 { try await log.record(view(time, time % 2 == 0 ? ["x", "y"] : ["z"])) }
            try await log.record(view(Int64(start), []))
            try log.close()
        }
        #expect(try times(folder).count == 22)
        #expect(try times(folder, alarm: "y") == Array(stride(from: 0, to: 20, by: 2)))
        #expect(try times(folder, alarm: "z", from: 3, to: 9) == [3, 5, 7])
        #expect(try times(folder, alarm: "no such") == [])
    }

    @Test("the same alarms shown again take no more room than a line")
    func compact() async throws {
        let folder = try Folder()
        let log = AccessLog(folder: folder.path)
        let page = (0..<500).map { "alarm-\($0)" }
        for time in 0..<Int64(200) { try await log.record(view(time, page)) }
        try log.close()
        let size = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(AccessLog.fileName)")[.size] as? Int
        // 100,000 views of an alarm; each named by itself they would need 2 MB and more.
        #expect(try #require(size) < 300_000)
        #expect(try times(folder, alarm: "alarm-499").count == 200)
    }

    @Test("deleting by time takes with it what only the deleted views named")
    func delete() async throws {
        let folder = try Folder()
        let log = AccessLog(folder: folder.path)
        for (time, alarms) in [(1, ["old"]), (2, ["old", "kept"]), (3, ["kept"]), (4, [])] {
            try await log.record(view(Int64(time), alarms))
        }
        #expect(try log.delete(before: 3, who: "w", now: 9) == 2)
        #expect(try times(folder) == [3, 4])
        #expect(try times(folder, alarm: "kept") == [3])
        try log.close()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(AccessLog.fileName)"))
        #expect(bytes.range(of: Data("old".utf8)) == nil)
        try await log.record(view(5, ["old"]))
        #expect(try times(folder, alarm: "old") == [5])
    }

    @Test("a file of a newer version is left alone")
    func newer() async throws {
        let folder = try Folder()
        let log = AccessLog(folder: folder.path)
        try await log.record(view(1, ["x"]))
        try log.close()
        let file = URL(fileURLWithPath: "\(folder.path)/\(AccessLog.fileName)")
        var bytes = try Data(contentsOf: file)
        // SQLite keeps user_version in bytes 60–63.
        bytes[63] = 3
        try bytes.write(to: file)
        await #expect(throws: StoreError.self) { try await AccessLog(folder: folder.path).record(view(2, ["x"])) }
        #expect(try Data(contentsOf: file) == bytes)
    }
}
