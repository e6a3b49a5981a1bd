import Foundation
import GRDB
import Synchronization
package import Telemetry

/// `access.db`: who was shown which alarms (CONTRACT 8), what was taken along, and who changed who may see what. It stands for
/// itself: `rebuild` and the loss of the views leave it alone, and nothing in it can be made anew.
///
/// Entries are only added, each chained to the one before (`AccessChain`). The same alarms shown again, as a program that
/// polls is, cost one row: sets of alarms are kept once.
package final class AccessLog: Sendable {
    package static let fileName = "access.db"

    /// An alarm of a municipality.
    package struct AlarmName: Hashable, Sendable {
        package var source: String
        package var alarm: String

        package init(source: String, alarm: String) {
            self.source = source
            self.alarm = alarm
        }
    }

    package let folder: String
    private let path: String
    private let opened = Mutex<DatabaseQueue?>(nil)

    /// Nothing is opened before the first entry: alarms are received also where nobody may look at them.
    package init(folder: String) {
        self.folder = folder
        path = "\(folder)/\(AccessLog.fileName)"
    }

    /// Makes an entry durable. Throws `StoreError` when it is not; then what it tells of may not happen.
    package func record(_ entry: AccessEntry) async throws {
        do {
            try await database().write { db in try AccessLog.write(entry, db) }
        } catch let error as DatabaseError {
            throw AccessLog.failure(path, error)
        }
    }

    /// The same for commands, which wait.
    package func recordNow(_ entry: AccessEntry) throws {
        do {
            try database().write { db in try AccessLog.write(entry, db) }
        } catch let error as DatabaseError {
            throw AccessLog.failure(path, error)
        }
    }

    /// Deletes the entries before the first that is not older than an instant, and what only they named; gives their number.
    /// The deletion is an entry itself, with the hash that the rest hangs on.
    package func delete(before time: EventTime, who: String, now: EventTime) throws -> Int {
        do {
            return try database().write { db in
                let kept = try Int64.fetchOne(db, sql: "SELECT min(number) FROM entry WHERE time >= ?", arguments: [time])
                let last = try Row.fetchOne(db, sql: "SELECT number, hash FROM entry WHERE number < ? ORDER BY number DESC LIMIT 1", arguments: [kept ?? .max])
                guard let last else { return 0 }
                let until: Int64 = last["number"]
                let entry = AccessEntry(kind: .deletion, time: now, who: who, path: AccessLog.fileName, subject: last["hash"])
                try AccessLog.append(entry, alarms: (0, nil, nil), until: until, db)
                try db.execute(sql: "DELETE FROM entry WHERE number <= ?", arguments: [until])
                let count = db.changesCount
                try db.execute(
                    sql: """
                        DELETE FROM page WHERE number NOT IN (SELECT page FROM entry WHERE page IS NOT NULL);
                        DELETE FROM page_alarm WHERE page NOT IN (SELECT number FROM page);
                        DELETE FROM alarm WHERE number NOT IN (SELECT alarm FROM page_alarm);
                        """
                )
                return count
            }
        } catch let error as DatabaseError {
            throw AccessLog.failure(path, error)
        }
    }

    package func close() throws {
        try opened.withLock { queue in
            try queue?.close()
            queue = nil
        }
    }

    static func failure(_ path: String, _ error: DatabaseError) -> StoreError {
        StoreError(
            "\(path): the access log cannot be used: \(error.message ?? "\(error.resultCode)"). Check the folder's owner and "
                + "free space. A damaged file is kept as evidence: move it away, and a new one is begun."
        )
    }

    /// The open file with the present tables; opened anew where someone has taken it away, for what is written into a deleted
    /// file is lost.
    @discardableResult
    func database() throws -> DatabaseQueue {
        try opened.withLock { queue in
            if let queue, FileManager.default.fileExists(atPath: path) { return queue }
            try PrivateFile.make(path)
            let new = try DatabaseQueue(path: path, configuration: Journal.configuration(walAutocheckpoint: 1000))
            try new.write { db in try AccessLog.prepare(db, path: path) }
            queue = new
            return new
        }
    }

    // MARK: - Writing

    private static func write(_ entry: AccessEntry, _ db: Database) throws {
        guard !entry.alarms.isEmpty else { return try append(entry, alarms: (0, nil, nil), db) }
        let digest = AccessChain.digest(municipality: entry.municipality, entry.alarms)
        try append(entry, alarms: (Int64(entry.alarms.count), try number(ofPage: digest, entry, db), digest), db)
    }

    /// Adds an entry at the end of the chain.
    ///
    /// - Parameter alarms: how many, and the set's number and digest, for those of `entry`.
    static func append(_ entry: AccessEntry, alarms: (count: Int64, page: Int64?, digest: String?), until: Int64? = nil, _ db: Database) throws {
        let last = try Row.fetchOne(db, sql: "SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1")
        var line = AccessChain.Line(entry, number: (last?["number"] ?? 0) + 1, alarmsDigest: alarms.digest, until: until)
        line.alarmCount = alarms.count
        try db.cachedStatement(
            sql: """
                INSERT INTO entry (number, time, kind, who, purpose, path, asked, municipality, zones, alarms, page, position, subject, until, hash)
                VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
                """
        ).execute(arguments: [
            line.number, line.time, line.kind, line.who, line.purpose, line.path, line.asked, line.municipality, line.zones, line.alarmCount,
            alarms.page, line.position, line.subject, line.until, line.hash(after: last?["hash"] ?? AccessChain.beginning),
        ])
    }

    /// The number of a set of alarms, which is written where it is new.
    private static func number(ofPage digest: String, _ entry: AccessEntry, _ db: Database) throws -> Int64 {
        if let known = try Int64.fetchOne(db, sql: "SELECT number FROM page WHERE digest = ?", arguments: [digest]) {
            return known
        }
        try db.execute(sql: "INSERT INTO page (digest) VALUES (?)", arguments: [digest])
        let page = db.lastInsertedRowID
        let name = try db.cachedStatement(
            sql: "INSERT INTO alarm (municipality, source, alarm) VALUES (?,?,?) ON CONFLICT DO NOTHING"
        )
        let member = try db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO page_alarm (alarm, page)
                SELECT number, ? FROM alarm WHERE municipality = ? AND source = ? AND alarm = ?
                """
        )
        for alarm in entry.alarms {
            try name.execute(arguments: [entry.municipality, alarm.source, alarm.alarm])
            try member.execute(arguments: [page, entry.municipality, alarm.source, alarm.alarm])
        }
        return page
    }
}
