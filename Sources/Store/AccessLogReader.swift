import Foundation
import GRDB
package import Telemetry

/// Questions to the access log, beside a running service.
package final class AccessLogReader {
    /// A view as the log has it.
    package struct Row: Equatable, Sendable {
        package var number: Int64
        package var time: EventTime
        package var who: String
        package var path: String
        package var asked: String
        package var municipality: String
        /// The zones the answer was limited to; nil for all.
        package var zones: [String]?
        package var alarmCount: Int
        package var position: Int64
    }

    /// Which views are wanted; nil members let all pass.
    package struct Wanted: Sendable {
        package var from: EventTime?
        package var to: EventTime?
        package var municipality: String?
        package var who: String?
        /// Views that showed this alarm, of any source unless `source` says which.
        package var alarm: String?
        package var source: String?

        package init() {}
    }

    private let queue: DatabaseQueue
    private let path: String

    /// Opens the log of a data folder; nil where no alarm was ever shown.
    package init?(folder: String) throws {
        path = "\(folder)/\(AccessLog.fileName)"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            queue = try DatabaseQueue(path: path, configuration: Journal.configuration(walAutocheckpoint: 1000, readonly: true))
        } catch let error as DatabaseError {
            throw AccessLog.failure(path, error)
        }
    }

    /// The views that are wanted, the oldest first, one at a time.
    package func views(_ wanted: Wanted, _ body: (Row) throws -> Void) throws {
        var conditions = ["true"]
        var arguments: StatementArguments = []
        func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments += [value]
        }
        add("time >= ?", wanted.from)
        add("time < ?", wanted.to)
        add("municipality = ?", wanted.municipality)
        add("who = ?", wanted.who)
        if let alarm = wanted.alarm {
            let ofSource = wanted.source == nil ? "" : "AND source = ?"
            conditions.append(
                "page IN (SELECT page FROM page_alarm WHERE alarm IN (SELECT number FROM alarm WHERE alarm = ? \(ofSource)))"
            )
            arguments += [alarm]
            if let source = wanted.source { arguments += [source] }
        }
        let sql = "SELECT * FROM view WHERE \(conditions.joined(separator: " AND ")) ORDER BY time, number"
        try ask { db in
            let rows = try GRDB.Row.fetchCursor(db, sql: sql, arguments: arguments)
            while let row = try rows.next() {
                try body(
                    Row(
                        number: row["number"],
                        time: row["time"],
                        who: row["who"],
                        path: row["path"],
                        asked: row["asked"],
                        municipality: row["municipality"],
                        zones: (row["zones"] as String?)?.split(separator: ",").map(String.init),
                        alarmCount: row["alarms"],
                        position: row["position"]
                    )
                )
            }
        }
    }

    /// The alarms that a view showed, by source and alarm; nil where the log has no such view.
    package func alarms(ofView number: Int64) throws -> [AccessLog.AlarmName]? {
        try ask { db in
            guard try Bool.fetchOne(db, sql: "SELECT true FROM view WHERE number = ?", arguments: [number]) == true else {
                return nil
            }
            return try GRDB.Row.fetchAll(
                db,
                sql: """
                    SELECT source, alarm FROM alarm WHERE number IN
                    (SELECT alarm FROM page_alarm WHERE page = (SELECT page FROM view WHERE number = ?))
                    ORDER BY source, alarm
                    """,
                arguments: [number]
            ).map { AccessLog.AlarmName(source: $0["source"], alarm: $0["alarm"]) }
        }
    }

    private func ask<Value>(_ question: (Database) throws -> Value) throws -> Value {
        do {
            return try queue.read(question)
        } catch let error as DatabaseError {
            throw AccessLog.failure(path, error)
        }
    }
}
