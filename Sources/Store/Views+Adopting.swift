import Foundation
import GRDB

extension Views {
    /// Puts the rows of the views in another folder in the place of these, in one transaction: who reads sees the old ones or the
    /// new ones. On the disk when it returns, for that they are read now is told: the journal alone would not bring them back before
    /// the next time that it is read again. Receipts under way stay. Both must stand for the same position of the same journal.
    ///
    /// - Returns: how many refused events are refused no more, and how many are.
    package func adopt(folder: String) throws -> (accepted: Int, remaining: Int) {
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "ATTACH DATABASE ? AS anew", arguments: ["\(folder)/\(Views.fileName)"])
            defer { try? db.execute(sql: "PRAGMA main.synchronous = NORMAL; DETACH DATABASE anew") }
            try db.execute(sql: "PRAGMA main.synchronous = FULL")
            var counts = (accepted: 0, remaining: 0)
            try db.inTransaction(.immediate) {
                for key in ["journal", "position"] {
                    let values = try Int64.fetchAll(
                        db,
                        sql: "SELECT value FROM main.meta WHERE key = ? UNION ALL SELECT value FROM anew.meta WHERE key = ?",
                        arguments: [key, key]
                    )
                    guard values.count == 2, values[0] == values[1] else { throw StoreError("\(folder) holds views of another \(key)") }
                }
                counts.accepted =
                    try Int.fetchOne(
                        db,
                        sql: """
                            SELECT count(*) FROM main.quarantine AS old
                            WHERE NOT EXISTS (SELECT 1 FROM anew.quarantine AS new WHERE new.position = old.position AND new.idx = old.idx)
                            """
                    ) ?? 0
                counts.remaining = try Int.fetchOne(db, sql: "SELECT count(*) FROM anew.quarantine") ?? 0
                for table in ViewsSchema.tableNames where table != "outbox" {
                    try db.execute(sql: "DELETE FROM main.\(table); INSERT INTO main.\(table) SELECT * FROM anew.\(table);")
                }
                try Views.numberAllDays(db)
                return .commit
            }
            return counts
        }
    }
}
