import Foundation
import GRDB
package import Telemetry

/// Questions to the access log, beside a running service.
package final class AccessLogReader {
    /// An entry as the log has it.
    package struct Row: Equatable, Sendable {
        package var number: Int64
        /// Without its alarms, which `alarms(ofEntry:)` names.
        package var entry: AccessEntry
        package var alarmCount: Int
        /// Of a deletion: the number of the last entry deleted.
        package var until: Int64?
        package var hash: String
    }

    /// Which entries are wanted; nil members let all pass.
    package struct Wanted: Sendable {
        package var from: EventTime?
        package var to: EventTime?
        package var municipality: String?
        package var who: String?
        package var kind: AccessEntry.Kind?
        /// Entries that showed this alarm, of any source unless `source` says which.
        package var alarm: String?
        package var source: String?
        /// Only entries with a smaller number.
        package var before: Int64?
        /// The newest first.
        package var isNewestFirst = false

        package init() {}
    }

    private let queue: DatabaseQueue
    private let path: String

    /// Opens the log of a data folder; nil where there was never an entry. One of an older version gets the present tables first.
    package init?(folder: String) throws {
        path = "\(folder)/\(AccessLog.fileName)"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            let readonly = Journal.configuration(walAutocheckpoint: 1000, readonly: true)
            var queue = try DatabaseQueue(path: path, configuration: readonly)
            if try queue.read({ try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }) != AccessLog.version {
                try queue.close()
                let log = AccessLog(folder: folder)
                try log.database()
                try log.close()
                queue = try DatabaseQueue(path: path, configuration: readonly)
            }
            self.queue = queue
        } catch let error as DatabaseError {
            throw AccessLog.failure(path, error)
        }
    }

    /// The entries that are wanted, by number, one at a time, until the body says false.
    package func entries(_ wanted: Wanted, _ body: (Row) throws -> Bool) throws {
        var conditions = ["true"]
        var arguments: StatementArguments = []
        func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments += [value]
        }
        add("time >= ?", wanted.from)
        add("time < ?", wanted.to)
        add("(',' || municipality || ',') LIKE '%,' || ? || ',%'", wanted.municipality)
        add("who = ?", wanted.who)
        add("kind = ?", wanted.kind?.rawValue)
        add("number < ?", wanted.before)
        if let alarm = wanted.alarm {
            let ofSource = wanted.source == nil ? "" : "AND source = ?"
            conditions.append(
                "page IN (SELECT page FROM page_alarm WHERE alarm IN (SELECT number FROM alarm WHERE alarm = ? \(ofSource)))"
            )
            arguments += [alarm]
            if let source = wanted.source { arguments += [source] }
        }
        let order = wanted.isNewestFirst ? "DESC" : "ASC"
        let sql = "SELECT * FROM entry WHERE \(conditions.joined(separator: " AND ")) ORDER BY number \(order)"
        try ask { db in
            let rows = try GRDB.Row.fetchCursor(db, sql: sql, arguments: arguments)
            while let row = try rows.next() {
                guard try body(AccessLogReader.row(row)) else { return }
            }
        }
    }

    /// The entry of a number; nil where the log has none.
    package func entry(_ number: Int64) throws -> Row? {
        try ask { db in try GRDB.Row.fetchOne(db, sql: "SELECT * FROM entry WHERE number = ?", arguments: [number]).map(AccessLogReader.row) }
    }

    private static func row(_ row: GRDB.Row) -> Row {
        Row(
            number: row["number"],
            entry: AccessEntry(
                // A kind that a newer program wrote is told as a change.
                kind: AccessEntry.Kind(rawValue: row["kind"]) ?? .change,
                time: row["time"],
                who: row["who"],
                purpose: row["purpose"],
                path: row["path"],
                asked: row["asked"],
                municipality: row["municipality"],
                zones: (row["zones"] as String?)?.split(separator: ",").map(String.init),
                position: row["position"],
                subject: row["subject"]
            ),
            alarmCount: row["alarms"],
            until: row["until"],
            hash: row["hash"]
        )
    }

    /// The alarms that an entry showed, by source and alarm; nil where the log has no such entry.
    package func alarms(ofEntry number: Int64) throws -> [AccessLog.AlarmName]? {
        try ask { db in
            guard try Bool.fetchOne(db, sql: "SELECT true FROM entry WHERE number = ?", arguments: [number]) == true else {
                return nil
            }
            return try GRDB.Row.fetchAll(
                db,
                sql: """
                    SELECT source, alarm FROM alarm WHERE number IN
                    (SELECT alarm FROM page_alarm WHERE page = (SELECT page FROM entry WHERE number = ?))
                    ORDER BY source, alarm
                    """,
                arguments: [number]
            ).map { .init(source: $0["source"], alarm: $0["alarm"]) }
        }
    }

    /// Goes through the whole log: each entry's hash, alarms and place. Reads all of it.
    ///
    /// - Parameter noted: number and hash of an entry, noted earlier and elsewhere: it must be there still.
    package func verify(noted: (number: Int64, hash: String)? = nil) throws -> AccessChain.Finding {
        try ask { db in try AccessChain.verify(db, noted: noted) }
    }

    private func ask<Value>(_ question: (Database) throws -> Value) throws -> Value {
        do {
            return try queue.read(question)
        } catch let error as DatabaseError {
            throw AccessLog.failure(path, error)
        }
    }
}
