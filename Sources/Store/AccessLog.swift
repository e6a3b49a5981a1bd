import Foundation
import GRDB
import Synchronization
package import Telemetry

/// `access.db`: who was shown which alarms (CONTRACT 8). It stands for itself: `rebuild` and the loss of the views
/// leave it alone, and nothing in it can be made anew.
///
/// The same alarms shown again, as a program that polls is, cost one row: sets of alarms are kept once.
package final class AccessLog: Sendable {
    package static let fileName = "access.db"
    static let version = 1

    /// An alarm of a municipality.
    package struct AlarmName: Equatable, Sendable {
        package var source: String
        package var alarm: String

        package init(source: String, alarm: String) {
            self.source = source
            self.alarm = alarm
        }
    }

    /// One answer that showed alarms to someone.
    package struct View: Sendable {
        package var time: EventTime
        /// The token's name.
        package var who: String
        package var path: String
        /// The query as it was asked.
        package var asked: String
        package var municipality: String
        /// The zones the answer was limited to; nil for all.
        package var zones: [String]?
        package var alarms: [AlarmName]
        /// The position that the answer stood for.
        package var position: Int64

        package init(
            time: EventTime,
            who: String,
            path: String,
            asked: String,
            municipality: String,
            zones: [String]?,
            alarms: [AlarmName],
            position: Int64
        ) {
            self.time = time
            self.who = who
            self.path = path
            self.asked = asked
            self.municipality = municipality
            self.zones = zones
            self.alarms = alarms
            self.position = position
        }
    }

    private let path: String
    private let opened = Mutex<DatabaseQueue?>(nil)

    /// Nothing is opened before the first view: alarms are received also where nobody may look at them.
    package init(folder: String) { path = "\(folder)/\(AccessLog.fileName)" }

    /// Makes a view durable. Throws `StoreError` when it is not; then the alarms may not be shown.
    package func record(_ view: View) async throws {
        do {
            try await database().write { db in try AccessLog.write(view, db) }
        } catch let error as DatabaseError {
            throw AccessLog.failure(path, error)
        }
    }

    /// Deletes the views before an instant, and what only they named; gives their number.
    package func delete(before time: EventTime) throws -> Int {
        do {
            return try database().write { db in
                try db.execute(sql: "DELETE FROM view WHERE time < ?", arguments: [time])
                let count = db.changesCount
                try db.execute(
                    sql: """
                        DELETE FROM page WHERE number NOT IN (SELECT page FROM view WHERE page IS NOT NULL);
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

    // MARK: - Writing

    /// The open file; opened anew where someone has taken it away, for what is written into a deleted file is lost.
    private func database() throws -> DatabaseQueue {
        try opened.withLock { queue in
            if let queue, FileManager.default.fileExists(atPath: path) { return queue }
            try PrivateFile.make(path)
            let new = try DatabaseQueue(path: path, configuration: Journal.configuration(walAutocheckpoint: 1000))
            try new.write { db in
                let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                guard found <= AccessLog.version else {
                    throw StoreError("\(path) was made by a newer version of the program: run that, or move the file away.")
                }
                try db.execute(sql: AccessLog.tables)
            }
            queue = new
            return new
        }
    }

    private static func write(_ view: View, _ db: Database) throws {
        var page: Int64?
        if !view.alarms.isEmpty { page = try number(ofPage: view, db) }
        try db.cachedStatement(
            sql: """
                INSERT INTO view (time, who, path, asked, municipality, zones, alarms, page, position)
                VALUES (?,?,?,?,?,?,?,?,?)
                """
        ).execute(arguments: [
            view.time, view.who, view.path, masked(view.asked), view.municipality, view.zones.map { masked($0.joined(separator: ",")) },
            view.alarms.count, page, view.position,
        ])
    }

    /// What people type into an address may hold a national identity number, percent-encoded or not.
    private static func masked(_ asked: String) -> String {
        let decoded = asked.replacing("+", with: " ").removingPercentEncoding ?? asked
        guard let masked = PersonalData.maskPlain(Array(decoded.utf8)) else { return asked }
        return String(decoding: masked, as: UTF8.self)
    }

    /// The number of a set of alarms, which is written where it is new.
    private static func number(ofPage view: View, _ db: Database) throws -> Int64 {
        // No part can hold a control character.
        let names = view.alarms.map { "\($0.source)\u{1F}\($0.alarm)" }.joined(separator: "\n")
        let digest = Digest.sha256(Array("\(view.municipality)\n\(names)".utf8))
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
        for alarm in view.alarms {
            try name.execute(arguments: [view.municipality, alarm.source, alarm.alarm])
            try member.execute(arguments: [page, view.municipality, alarm.source, alarm.alarm])
        }
        return page
    }

    private static let tables = """
        CREATE TABLE IF NOT EXISTS view (
            number INTEGER PRIMARY KEY, time INTEGER NOT NULL, who TEXT NOT NULL, path TEXT NOT NULL, asked TEXT NOT NULL,
            municipality TEXT NOT NULL, zones TEXT, alarms INTEGER NOT NULL, page INTEGER, position INTEGER NOT NULL
        );
        CREATE INDEX IF NOT EXISTS view_by_time ON view (time);
        CREATE INDEX IF NOT EXISTS view_by_page ON view (page) WHERE page IS NOT NULL;
        CREATE TABLE IF NOT EXISTS page (number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE);
        CREATE TABLE IF NOT EXISTS alarm (
            number INTEGER PRIMARY KEY, municipality TEXT NOT NULL, source TEXT NOT NULL, alarm TEXT NOT NULL,
            UNIQUE (municipality, source, alarm)
        );
        CREATE TABLE IF NOT EXISTS page_alarm (
            alarm INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (alarm, page)
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS page_alarm_by_page ON page_alarm (page);
        PRAGMA user_version = \(version);
        """
}
