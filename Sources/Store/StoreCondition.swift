import Foundation
import GRDB
package import Telemetry

/// What a look at the two files tells, read-only and beside the one who writes them.
extension JournalReader {
    /// The journal's extent.
    package struct Extent: Sendable {
        package var firstPosition: Int64
        package var lastPosition: Int64
        package var firstReceived: EventTime
        package var lastReceived: EventTime

        package var messages: Int64 { lastPosition - firstPosition + 1 }
    }

    /// Nil for an empty journal. O(log messages).
    package func extent() throws -> Extent? {
        try look { db in
            func end(_ order: String) throws -> Row? {
                try Row.fetchOne(db, sql: "SELECT position, received FROM message ORDER BY position \(order) LIMIT 1")
            }
            guard let first = try end("ASC"), let last = try end("DESC") else { return nil }
            return Extent(firstPosition: first[0], lastPosition: last[0], firstReceived: first[1], lastReceived: last[1])
        }
    }

    /// The first position read at or after an instant, by halving: receive times rise with positions. Nil when there
    /// is none. O(log² messages).
    package func position(receivedFrom instant: EventTime) throws -> Int64? {
        guard let extent = try extent(), extent.lastReceived >= instant else { return nil }
        return try look { db in
            var low = extent.firstPosition
            var high = extent.lastPosition
            while low < high {
                let middle = low + (high - low) / 2
                let row = try Row.fetchOne(
                    db,
                    sql: "SELECT position, received FROM message WHERE position >= ? ORDER BY position LIMIT 1",
                    arguments: [middle]
                )
                guard let row else { return nil }
                if (row[1] as Int64) >= instant { high = middle } else { low = (row[0] as Int64) + 1 }
            }
            // Positions may have gaps.
            return try Int64.fetchOne(db, sql: "SELECT min(position) FROM message WHERE position >= ?", arguments: [low])
        }
    }

    private func look<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do { return try readOnly(body) } catch let error as DatabaseError { throw StoreError.journal(path, "read", error) }
    }
}

extension ViewsReader {
    /// Refused events: all, and those read from a position on.
    package func quarantineCounts(from position: Int64) throws -> (all: Int64, recent: Int64) {
        try look { db in
            let all = try Int64.fetchOne(db, sql: "SELECT count(*) FROM quarantine") ?? 0
            let recent = try Int64.fetchOne(db, sql: "SELECT count(*) FROM quarantine WHERE position >= ?", arguments: [position]) ?? 0
            return (all, recent)
        }
    }
}

/// SQLite's own check of one file.
package enum StoreCheck {
    /// What SQLite finds wrong, at most ten lines; empty when all is well. Throws when the file cannot be opened.
    ///
    /// Reads the whole file. A service may go on writing meanwhile; its log cannot shrink until this ends.
    package static func run(folder: String, file: String) throws -> [String] {
        do {
            let queue = try DatabaseQueue(
                path: "\(folder)/\(file)",
                configuration: Journal.configuration(walAutocheckpoint: 0, readonly: true)
            )
            let lines = try queue.read { db in try String.fetchAll(db, sql: "PRAGMA quick_check(10)") }
            return lines == ["ok"] ? [] : lines
        } catch let error as DatabaseError {
            guard [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) else {
                throw StoreError("\(folder)/\(file) cannot be read: \(error.message ?? "\(error.resultCode)")")
            }
            return [error.message ?? "\(error.resultCode)"]
        }
    }
}
