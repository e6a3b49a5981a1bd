import Foundation
import Store
import Telemetry
import Testing

/// Entries of the access log hang together, so that whatever is done to them shows.
@Suite("Chain of the access log")
struct AccessChainTests {
    /// A folder with a log in it that goes away with the test.
    private final class Folder {
        let path = NSTemporaryDirectory() + "vaktlast-chain-\(UUID().uuidString)"
        var file: String { "\(path)/\(AccessLog.fileName)" }

        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }

        /// A log of views, a change and an export.
        func fill(_ count: Int) async throws {
            let log = AccessLog(folder: path)
            for number in 1...count { try await log.record(AccessChainTests.entry(number)) }
            try log.close()
        }

        /// What someone with the file in hands does to it; false where the file refuses.
        @discardableResult
        func sql(_ text: String) throws -> Bool {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
            process.arguments = ["-bail", file, text]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus == 0
        }

        func finding(noted: (number: Int64, hash: String)? = nil) throws -> AccessChain.Finding {
            try #require(try AccessLogReader(folder: path)).verify(noted: noted)
        }

        func rows() throws -> [AccessLogReader.Row] {
            var rows: [AccessLogReader.Row] = []
            try AccessLogReader(folder: path)?.entries(.init()) { row in
                rows.append(row)
                return true
            }
            return rows
        }
    }

    /// The guards of the file, which whoever means to deceive takes away first.
    private static let disarm = [
        "entry_stays", "entry_kept", "entry_last", "page_stays", "page_kept", "alarm_stays", "alarm_kept", "page_alarm_stays", "page_alarm_kept",
    ].map { "DROP TRIGGER \($0);" }.joined()

    private static func entry(_ number: Int) -> AccessEntry {
        let alarms = (0...number % 3).map { AccessLog.AlarmName(source: "a", alarm: "x\($0)") }
        return AccessEntry(
            kind: number % 5 == 4 ? .change : .view,
            time: Int64(number) * 1000,
            who: "account:kari",
            purpose: number % 2 == 0 ? "innsyn" : nil,
            path: "/api/v1/alarms",
            asked: "municipality=3407&n=\(number)",
            municipality: "3407",
            zones: number % 2 == 0 ? ["biri", "haugtun"] : nil,
            alarms: number % 5 == 4 ? [] : alarms,
            position: Int64(number) * 7,
            subject: number % 5 == 4 ? "kontoen ola opprettet; ,12:" : nil
        )
    }

    @Test("hashes are those that anyone finds who reads how they are made")
    func twin() async throws {
        let folder = try Folder()
        try await folder.fill(12)
        let reader = try #require(try AccessLogReader(folder: folder.path))
        var previous = String(repeating: "0", count: 64)
        for row in try folder.rows() {
            let entry = row.entry
            let names = try #require(try reader.alarms(ofEntry: row.number)).map { "\($0.source)\u{1F}\($0.alarm)" }.sorted()
            let set = row.alarmCount == 0 ? nil : Digest.sha256(Array("\(entry.municipality)\n\(names.joined(separator: "\n"))".utf8))
            let fields: [String?] = [
                "\(row.number)", "\(entry.time)", entry.kind.rawValue, entry.who, entry.purpose, entry.path, entry.asked, entry.municipality,
                entry.zones?.joined(separator: ","), "\(row.alarmCount)", set, "\(entry.position)", entry.subject, row.until.map { "\($0)" },
            ]
            var text = previous
            for field in fields {
                if let field { text += "\(field.utf8.count):\(field)," } else { text += "-," }
            }
            previous = Digest.sha256(Array(text.utf8))
            #expect(row.hash == previous, "entry \(row.number)")
        }
        let finding = try folder.finding()
        #expect(finding.holds && finding.entries == 12 && finding.first == 1 && finding.last == 12 && finding.head == previous)
    }

    @Test("the file refuses changes, stray deletions and entries between others")
    func guards() async throws {
        let folder = try Folder()
        try await folder.fill(5)
        for text in [
            "UPDATE entry SET who = 'x' WHERE number = 2", "DELETE FROM entry WHERE number = 2", "DELETE FROM entry", "UPDATE page SET digest = 'x'",
            "UPDATE alarm SET alarm = 'y'", "DELETE FROM alarm", "DELETE FROM page", "DELETE FROM page_alarm", "UPDATE page_alarm SET alarm = 99",
            "INSERT OR REPLACE INTO entry SELECT 2, time, kind, 'x', purpose, path, asked, municipality, zones, alarms, page, position, subject, until, hash FROM entry WHERE number = 3",
        ] {
            #expect(try !folder.sql(text), "\(text)")
        }
        #expect(try folder.finding().holds && folder.rows().count == 5)
    }

    /// What is done to a log of nine entries, and what is then found.
    private static let deceptions: [(String, [AccessChain.Fault])] = [
        ("UPDATE entry SET who = 'account:ola' WHERE number = 3", [.changed(3)]),
        ("UPDATE entry SET purpose = NULL WHERE number = 6", [.changed(6)]),
        ("UPDATE entry SET zones = 'biri' WHERE number = 1", [.changed(1)]),
        ("UPDATE entry SET time = time + 1 WHERE number IN (2, 8)", [.changed(2), .changed(8)]),
        ("UPDATE entry SET hash = (SELECT hash FROM entry WHERE number = 1) WHERE number = 5", [.changed(5), .changed(6)]),
        ("DELETE FROM entry WHERE number = 4", [.missing(4...4)]), ("DELETE FROM entry WHERE number BETWEEN 2 AND 6", [.missing(2...6)]),
        ("DELETE FROM entry WHERE number = 1", [.missing(1...1)]), ("DELETE FROM entry WHERE number > 7", [.missing(8...9)]),
        (
            "UPDATE entry SET number = -1 WHERE number = 2; UPDATE entry SET number = 2 WHERE number = 3; UPDATE entry SET number = 3 WHERE number = -1",
            [.changed(2), .changed(3), .changed(4)]
        ),
        ("UPDATE entry SET number = number - 1 WHERE number > 9; DELETE FROM entry WHERE number = 9", [.missing(9...9)]),
        ("UPDATE alarm SET alarm = 'another' WHERE alarm = 'x2'", [.alarmsChanged(2), .alarmsChanged(5), .alarmsChanged(8)]),
        ("DELETE FROM page_alarm WHERE alarm = (SELECT number FROM alarm WHERE alarm = 'x2')", [.alarmsChanged(2), .alarmsChanged(5), .alarmsChanged(8)]),
        ("UPDATE entry SET page = (SELECT page FROM entry WHERE number = 2) WHERE number = 1", [.changed(1)]),
        ("UPDATE entry SET until = 3, kind = 'deletion' WHERE number = 9; DELETE FROM entry WHERE number <= 3", [.changed(4), .changed(9)]),
    ]

    @Test("every change, gap and exchange is found by its number", arguments: deceptions.indices)
    func found(index: Int) async throws {
        let (text, faults) = Self.deceptions[index]
        let folder = try Folder()
        try await folder.fill(9)
        #expect(try folder.sql(Self.disarm + text), "\(text)")
        #expect(try folder.finding().faults == faults, "\(text)")
    }

    @Test("a log written anew from the start is told from the one of which an entry was noted")
    func noted() async throws {
        let folder = try Folder()
        try await folder.fill(4)
        let head = try folder.finding().head
        #expect(try folder.finding(noted: (4, head)).holds)
        try FileManager.default.removeItem(atPath: folder.path)
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let log = AccessLog(folder: folder.path)
        for number in 2...7 { try await log.record(Self.entry(number)) }
        try log.close()
        #expect(try folder.finding().holds)
        #expect(try folder.finding(noted: (4, head)).faults == [.notAsNoted(4)])
        #expect(try folder.finding(noted: (40, head)).faults == [.notAsNoted(40)])
    }

    @Test("what is deleted in its time leaves a chain that holds, again and again")
    func deletion() async throws {
        let folder = try Folder()
        try await folder.fill(20)
        let log = AccessLog(folder: folder.path)
        #expect(try log.delete(before: 500, who: "w", now: 30_000) == 0)
        for (before, count) in [(Int64(8000), 7), (8500, 1), (15_000, 6)] {
            #expect(try log.delete(before: before, who: "w", now: 30_000) == count)
            #expect(try folder.finding().holds, "before \(before)")
            try await log.record(Self.entry(25))
        }
        #expect(try folder.finding().first == 15)
        // The newest entries alone say what was deleted; without them the beginning is a gap.
        #expect(try log.delete(before: .max, who: "w", now: 40_000) == 12)
        #expect(try folder.finding().holds && folder.rows().map(\.entry.kind) == [.deletion])
        try log.close()
        #expect(try folder.sql(Self.disarm + "UPDATE entry SET until = until - 1"))
        #expect(try !folder.finding().holds)
    }

    @Test("the keeper deletes what is older than its days and nothing of a log that does not hold")
    func keeper() async throws {
        let folder = try Folder()
        let log = AccessLog(folder: folder.path)
        let keeper = AccessLogKeeper(folder: folder.path, log: log, keptDays: 10)
        let day: Int64 = 86_400_000
        #expect(try keeper.look(now: 0).chain == nil && !FileManager.default.fileExists(atPath: folder.file))
        for number in 1...20 {
            var entry = Self.entry(number)
            entry.time = Int64(number) * day
            try await log.record(entry)
        }
        let look = try keeper.look(now: 20 * day)
        #expect(look.deleted == 9 && look.chain?.holds == true && keeper.lastLook?.chain?.entries == 12)
        #expect(try folder.rows().first?.entry.time == 10 * day)
        #expect(try folder.sql(Self.disarm + "UPDATE entry SET who = 'x' WHERE number = 12"))
        let broken = try keeper.look(now: 100 * day)
        #expect(broken.deleted == 0 && broken.chain?.faults == [.changed(12)])
    }

    @Test("views of version 1 are chained in their order and keep their alarms")
    func migration() async throws {
        let folder = try Folder()
        #expect(
            try folder.sql(
                """
                CREATE TABLE view (number INTEGER PRIMARY KEY, time INTEGER NOT NULL, who TEXT NOT NULL, path TEXT NOT NULL, asked TEXT NOT NULL,
                    municipality TEXT NOT NULL, zones TEXT, alarms INTEGER NOT NULL, page INTEGER, position INTEGER NOT NULL);
                CREATE TABLE page (number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE);
                CREATE TABLE alarm (number INTEGER PRIMARY KEY, municipality TEXT NOT NULL, source TEXT NOT NULL, alarm TEXT NOT NULL,
                    UNIQUE (municipality, source, alarm));
                CREATE TABLE page_alarm (alarm INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (alarm, page)) WITHOUT ROWID;
                INSERT INTO page VALUES (1, 'one order'), (2, 'another order of the same'), (3, 'x1 alone');
                INSERT INTO alarm VALUES (1, '3407', 'a', 'x1'), (2, '3407', 'a', 'x2');
                INSERT INTO page_alarm VALUES (1, 1), (2, 1), (1, 2), (2, 2), (1, 3);
                INSERT INTO view VALUES (3, 30, 'kari', '/api/v1/alarms', 'q', '3407', 'biri', 2, 1, 5), (7, 70, 'ola', '/api/v1/alarms', 'q', '3407', NULL, 2, 2, 6),
                    (8, 80, 'ola', '/api/v1/alarms', 'q', '3407', NULL, 1, 3, 6), (9, 90, 'ola', '/api/v1/alarms', 'q', '3407', NULL, 0, NULL, 6);
                PRAGMA user_version = 1;
                """
            )
        )
        let rows = try folder.rows()
        #expect(rows.map(\.entry.who) == ["kari", "ola", "ola", "ola", "vaktlast"] && rows.map(\.alarmCount) == [2, 2, 1, 0, 0])
        #expect(rows.map(\.number) == [1, 2, 3, 4, 5] && rows[0].entry.zones == ["biri"] && rows[4].entry.kind == .change)
        let reader = try #require(try AccessLogReader(folder: folder.path))
        #expect(try reader.alarms(ofEntry: 2)?.map(\.alarm) == ["x1", "x2"] && reader.alarms(ofEntry: 3)?.map(\.alarm) == ["x1"])
        #expect(try folder.finding().holds)
        let log = AccessLog(folder: folder.path)
        try await log.record(Self.entry(1))
        try log.close()
        #expect(try folder.finding().holds && folder.finding().entries == 6)
        #expect(try folder.sql(Self.disarm + "UPDATE entry SET asked = 'p' WHERE number = 1"))
        #expect(try folder.finding().faults == [.changed(1)])
    }
}
