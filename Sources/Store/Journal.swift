import Foundation
import GRDB
import GRDBSQLite
package import Telemetry

/// What can go wrong with the two files, said so that someone can act on it.
package struct StoreError: Error, CustomStringConvertible {
    package let description: String
    /// The file itself is broken: trying again does not help.
    package let isDamage: Bool
    package init(_ description: String, isDamage: Bool = false) {
        self.description = description
        self.isDamage = isDamage
    }

    /// What SQLite says about the journal, with the way out.
    static func journal(_ path: String, _ doing: String, _ error: DatabaseError) -> StoreError {
        let said = error.message ?? "\(error.resultCode)"
        guard [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) else {
            return StoreError("\(path): the journal cannot be \(doing): \(said). Check the folder's owner and free space. Nothing was changed.")
        }
        return StoreError(
            "\(path) is damaged (\(said)). Nothing was changed. Keep the file, restore the last backup of journal.db, or save what can be read: "
                + "sqlite3 journal.db .recover | sqlite3 new.db; the broker keeps what was not acknowledged.",
            isDamage: true
        )
    }
}

/// `journal.db`, written by the gate alone: every message before its acknowledgement.
///
/// Owned by one thread. A commit is on the disk when `append` returns (WAL, `synchronous=FULL`). SQLite's own
/// checkpoint is switched off here, because it would make one commit in many a hundred times as slow.
package final class Journal {
    package static let fileName = "journal.db"

    private let queue: DatabaseQueue
    package private(set) var lastPosition: Int64
    package private(set) var lastReceived: EventTime
    /// The key of this journal's id hashes.
    package let hashKey: UInt64
    /// Up to here every receipt has been acknowledged by the broker; known when the journal was opened.
    package let receipted: Int64
    private var writtenReceipted: Int64

    /// Opens or makes the journal of a data folder.
    package init(folder: String) throws {
        let path = "\(folder)/\(Journal.fileName)"
        do {
            queue = try DatabaseQueue(path: path, configuration: Journal.configuration(walAutocheckpoint: 0))
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: Journal.schema)
                try db.execute(
                    sql: "INSERT OR IGNORE INTO meta VALUES ('hashKey', ?)",
                    arguments: [Int64.random(in: .min ... .max)]
                )
                try db.execute(sql: "INSERT OR IGNORE INTO meta VALUES ('receipted', 0), ('lastPosition', 0), ('lastReceived', 0)")
            }
            (lastPosition, lastReceived, hashKey, receipted) = try queue.read { db in
                func meta(_ key: String) throws -> Int64 {
                    try Int64.fetchOne(db, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key]) ?? 0
                }
                let last = try Row.fetchOne(db, sql: "SELECT position, received FROM message ORDER BY position DESC LIMIT 1")
                return (
                    max(last?["position"] ?? 0, try meta("lastPosition")), max(last?["received"] ?? 0, try meta("lastReceived")),
                    UInt64(bitPattern: try meta("hashKey")), try meta("receipted")
                )
            }
            writtenReceipted = receipted
        } catch let error as DatabaseError {
            throw StoreError.journal(path, "opened", error)
        }
    }

    static func configuration(walAutocheckpoint: Int, synchronous: String = "FULL", readonly: Bool = false) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            guard !readonly else {
                // Alarms of a month are looked up all over their table: with SQLite's own 2 MB each page of it is read again and again.
                try db.execute(sql: "PRAGMA cache_size = -16000")
                return
            }
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = \(synchronous)")
            try db.execute(sql: "PRAGMA wal_autocheckpoint = \(walAutocheckpoint)")
            try db.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }

    private static let schema = """
        CREATE TABLE IF NOT EXISTS message (
            position INTEGER PRIMARY KEY, received INTEGER NOT NULL, topic TEXT NOT NULL, payload BLOB NOT NULL,
            is_compressed INTEGER NOT NULL, form INTEGER NOT NULL, original TEXT, personal TEXT,
            response_topic TEXT, correlation BLOB
        );
        CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """

    /// Makes messages durable in one transaction. Throws when they are not; then none of them is.
    package func append(_ messages: [JournalMessage], receipted: Int64) throws {
        do {
            try queue.writeWithoutTransaction { db in
                try db.inTransaction {
                    let insert = try db.cachedStatement(sql: "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    for message in messages { try Journal.insert(message, insert) }
                    if receipted != writtenReceipted {
                        try db.execute(sql: "UPDATE meta SET value = ? WHERE key = 'receipted'", arguments: [receipted])
                    }
                    return .commit
                }
            }
        } catch let error as DatabaseError {
            throw StoreError.journal(queue.path, "written", error)
        }
        writtenReceipted = receipted
        if let last = messages.last {
            lastPosition = last.position
            lastReceived = last.received
        }
    }

    /// Writes a row and takes it away again, durably both times: throws as long as the journal cannot be written.
    package func probe() throws {
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "INSERT OR REPLACE INTO meta VALUES ('probe', 1); DELETE FROM meta WHERE key = 'probe'")
        }
    }

    /// Binds through SQLite's own interface: the bytes are lent for the step and not copied, which is a third of what
    /// a small message costs here.
    private static func insert(_ message: JournalMessage, _ statement: Statement) throws {
        let compressed = message.payload.count >= Compression.bytesMin ? Compression.compress(message.payload) : nil
        let row = RowBinding(statement.sqliteStatement)
        row.bind(1, message.position)
        row.bind(2, message.received)
        row.bind(5, compressed == nil ? 0 : 1)
        row.bind(6, Int64(message.form.rawValue))
        row.bind(7, message.original)
        row.bind(8, message.personal.isEmpty ? nil : message.personal.map(String.init).joined(separator: ","))
        row.bind(9, message.responseTopic)
        let code = row.lending(3, message.topic) {
            row.lending(4, compressed ?? message.payload) {
                guard let correlation = message.correlation else { return row.step() }
                return row.lending(10, correlation) { row.step() }
            }
        }
        guard code == SQLITE_DONE else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: row.problem)
        }
    }

    package func close() throws { try queue.close() }
}

/// Moves what the journal's write-ahead log holds into the file, from a thread that no alarm waits for.
package final class JournalCheckpointer {
    private let queue: DatabaseQueue

    package init(folder: String) throws {
        queue = try DatabaseQueue(
            path: "\(folder)/\(Journal.fileName)",
            configuration: Journal.configuration(walAutocheckpoint: 0)
        )
    }

    /// At the end: everything into the file, an empty log.
    package func finish() throws {
        _ = try queue.writeWithoutTransaction { db in try Row.fetchAll(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    }

    package func run() throws {
        _ = try queue.writeWithoutTransaction { db in try Row.fetchAll(db, sql: "PRAGMA wal_checkpoint(PASSIVE)") }
    }

    package func close() throws { try queue.close() }
}

/// Reads the journal, beside the one who writes it.
package final class JournalReader {
    private let queue: DatabaseQueue

    package init(folder: String) throws {
        let path = "\(folder)/\(Journal.fileName)"
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreError("\(path) is missing: there is no journal in this data folder yet.")
        }
        queue = try DatabaseQueue(path: path, configuration: Journal.configuration(walAutocheckpoint: 0, readonly: true))
    }

    package func close() throws { try queue.close() }

    var path: String { queue.path }

    func readOnly<Value>(_ body: (Database) throws -> Value) throws -> Value { try queue.read(body) }

    package func hashKey() throws -> UInt64 {
        try queue.read { db in
            UInt64(bitPattern: try Int64.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'hashKey'") ?? 0)
        }
    }

    package func lastPosition() throws -> Int64 {
        try queue.read { db in try Int64.fetchOne(db, sql: "SELECT max(position) FROM message") ?? 0 }
    }

    /// The next messages after a position, at most `countMax` and about `bytesMax` of payload.
    package func messages(after position: Int64, countMax: Int = 2000, bytesMax: Int = 16 << 20) throws -> [JournalMessage] {
        do {
            return try queue.read { db in
                var messages: [JournalMessage] = []
                var bytes = 0
                let cursor = try Row.fetchCursor(
                    db,
                    sql: "SELECT * FROM message WHERE position > ? ORDER BY position LIMIT ?",
                    arguments: [position, countMax]
                )
                while bytes < bytesMax, let row = try cursor.next() {
                    let message = try JournalReader.message(row)
                    bytes += message.payload.count
                    messages.append(message)
                }
                return messages
            }
        } catch let error as DatabaseError {
            throw StoreError.journal(queue.path, "read", error)
        }
    }

    private static func message(_ row: Row) throws -> JournalMessage {
        let position: Int64 = row["position"]
        let data: Data = row["payload"]
        var payload = [UInt8](data)
        if row["is_compressed"] {
            guard let whole = Compression.decompress(payload) else {
                throw StoreError("journal.db: the message at position \(position) is damaged; restore the last backup.", isDamage: true)
            }
            payload = whole
        }
        guard let form = JournalMessage.Form(rawValue: row["form"]) else {
            throw StoreError("journal.db: the message at position \(position) has a form this version does not know.")
        }
        let personal: String? = row["personal"]
        let correlation: Data? = row["correlation"]
        return JournalMessage(
            position: position,
            received: row["received"],
            topic: row["topic"],
            payload: payload,
            form: form,
            original: row["original"],
            personal: personal?.split(separator: ",").compactMap { Int($0) } ?? [],
            responseTopic: row["response_topic"],
            correlation: correlation.map { [UInt8]($0) }
        )
    }
}
