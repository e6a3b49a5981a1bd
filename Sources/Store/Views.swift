import Foundation
import GRDB
package import Telemetry
package import Workload

/// A receipt that the broker has not acknowledged yet.
package struct OutboxEntry: Equatable, Sendable {
    /// Rises with each receipt.
    package var number: Int64
    package var position: Int64
    package var topic: String
    package var payload: [UInt8]
    package var correlation: [UInt8]?

    package init(number: Int64, position: Int64, topic: String, payload: [UInt8], correlation: [UInt8]?) {
        self.number = number
        self.position = position
        self.topic = topic
        self.payload = payload
        self.correlation = correlation
    }
}

/// A refused event or message. `municipality` is nil for topics that lead nowhere (`bad-topic`).
package struct QuarantineRow: Equatable, Sendable {
    package var position: Int64
    package var index: Int
    package var received: EventTime
    package var municipality: String?
    package var topic: String
    package var id: String?
    package var reason: String
    package var excerpt: String

    package init(
        position: Int64,
        index: Int,
        received: EventTime,
        municipality: String?,
        topic: String,
        id: String?,
        reason: String,
        excerpt: String
    ) {
        self.position = position
        self.index = index
        self.received = received
        self.municipality = municipality
        self.topic = topic
        self.id = id
        self.reason = reason
        self.excerpt = excerpt
    }
}

/// One transaction of the views: the rows that changed and the position they stand for.
package struct ViewsCommit: Sendable {
    package var position: Int64
    package var received: EventTime
    package var changes: StateChanges
    package var quarantine: [QuarantineRow]
    /// All receipts not acknowledged yet; replaces what was stored.
    package var outbox: [OutboxEntry]
    /// Cells and alarms are all there, stored ones to be thrown away: zones or registry have changed.
    package var replacesFigures: Bool
    /// Identifies zones and registry that the figures were made with.
    package var planFingerprint: Int64
    /// What codecs remember of devices, as far as it has changed.
    package var deviceMemory: [DeviceMemoryRow]

    package init(
        position: Int64,
        received: EventTime,
        changes: StateChanges,
        quarantine: [QuarantineRow],
        outbox: [OutboxEntry],
        replacesFigures: Bool,
        planFingerprint: Int64,
        deviceMemory: [DeviceMemoryRow] = []
    ) {
        self.position = position
        self.received = received
        self.changes = changes
        self.quarantine = quarantine
        self.outbox = outbox
        self.replacesFigures = replacesFigures
        self.planFingerprint = planFingerprint
        self.deviceMemory = deviceMemory
    }
}

/// `views.db`, written by the views thread alone.
package final class Views {
    package static let fileName = "views.db"

    let queue: DatabaseQueue

    /// Opens the views of a data folder; makes them where there are none. Views of another version or journal are
    /// thrown away: the journal makes them anew. A damaged file is set aside (`views.db.damaged`), which `notice` says.
    package init(folder: String, hashKey: UInt64, notice: (String) -> Void) throws {
        let path = "\(folder)/\(Views.fileName)"
        do {
            queue = try Views.open(path: path, hashKey: hashKey)
        } catch let error as DatabaseError where Views.isDamage(error) {
            notice("\(path) is damaged (\(error.message ?? "")): set aside as views.db.damaged and made anew from the journal")
            try Views.setAside(path: path)
            queue = try Views.open(path: path, hashKey: hashKey)
        } catch let error as DatabaseError {
            throw StoreError(
                "\(path): the views cannot be opened: \(error.message ?? "\(error.resultCode)"). "
                    + "Check the folder's owner and free space; the views may be deleted, the journal makes them anew."
            )
        }
    }

    private static func isDamage(_ error: DatabaseError) -> Bool {
        [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
            || error.message?.contains("no such table") == true || error.message?.contains("no such column") == true
    }

    private static func setAside(path: String) throws {
        let files = FileManager.default
        try? files.removeItem(atPath: path + ".damaged")
        try files.moveItem(atPath: path, toPath: path + ".damaged")
        for suffix in ["-wal", "-shm"] where files.fileExists(atPath: path + suffix) {
            try files.removeItem(atPath: path + suffix)
        }
    }

    private static func open(path: String, hashKey: UInt64) throws -> DatabaseQueue {
        // What the last commits hold may be lost with the machine's power: the journal has it. So each of them need not wait for
        // the disk, which alarms wait for too; and pages that change all the time are moved into the file less often.
        let queue = try DatabaseQueue(path: path, configuration: Journal.configuration(walAutocheckpoint: 1000, synchronous: "NORMAL"))
        let key = Int64(bitPattern: hashKey)
        try queue.write { db in
            let check = try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
            guard check == "ok" else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: check) }
            if try db.tableExists("meta"), try meta(db, "version") == ViewsSchema.version, try meta(db, "journal") == key {
                return
            }
            try make(db, key: key)
        }
        return queue
    }

    private static func make(_ db: Database, key: Int64) throws {
        let number = try lastNumber(db)
        for table in ViewsSchema.tableNames + ViewsSchema.changeTableNames { try db.execute(sql: "DROP TABLE IF EXISTS \(table)") }
        try db.execute(sql: ViewsSchema.tables)
        try db.execute(sql: "INSERT INTO change_number VALUES (?, ?)", arguments: [number + 1, number + 1])
        try setMeta(db, "version", ViewsSchema.version)
        try setMeta(db, "journal", key)
        try setMeta(db, "position", 0)
    }

    static func meta(_ db: Database, _ key: String) throws -> Int64? {
        try Int64.fetchOne(db, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key])
    }

    private static func setMeta(_ db: Database, _ key: String, _ value: Int64) throws {
        try db.execute(sql: "INSERT OR REPLACE INTO meta VALUES (?, ?)", arguments: [key, value])
    }

    /// Empties the views, so that the journal makes them anew.
    package func clear(hashKey: UInt64) throws {
        try queue.write { db in try Views.make(db, key: Int64(bitPattern: hashKey)) }
    }

    package func close() throws { try queue.close() }

    /// At the end: everything into the file, an empty log.
    package func finish() throws {
        _ = try queue.writeWithoutTransaction { db in try Row.fetchAll(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    }

    // MARK: - Writing

    /// Writes rows and position in one transaction.
    /// A damaged file is a `StoreError` that says so: the next start makes it anew.
    package func write(_ commit: ViewsCommit) throws {
        do { try writeRows(commit) } catch let error as DatabaseError where Views.isDamage(error) {
            throw StoreError("\(queue.path) is damaged (\(error.message ?? "")); start again, and the journal makes it anew", isDamage: true)
        }
    }

    private func writeRows(_ commit: ViewsCommit) throws {
        try queue.write { db in
            try Views.number(daysOf: commit, db)
            if commit.replacesFigures {
                try db.execute(sql: "DELETE FROM load_cell; DELETE FROM alarm;")
            }
            let changes = commit.changes
            try Views.write(alarmEvents: changes.alarmEvents, db)
            try Views.write(alarms: changes.alarms, db)
            try Views.write(cells: changes.cells, db)
            try Views.write(assists: changes.assists, db)
            try Views.write(ledgers: changes.ledgers, db)
            try Views.write(changes, db)
            try Views.write(conditions: changes, db)
            try Views.write(quarantine: commit.quarantine, db)
            try Views.write(deviceMemory: commit.deviceMemory, db)
            try Views.write(outbox: commit.outbox, db)
            try Views.setMeta(db, "position", commit.position)
            try Views.setMeta(db, "received", commit.received)
            try Views.setMeta(db, "plan", commit.planFingerprint)
            try Views.setMeta(db, "seenDroppedForCount", changes.seenDroppedForCount ? 1 : 0)
        }
    }

    private static func write(alarms: [AlarmRecord], _ db: Database) throws {
        let insert = try db.cachedStatement(sql: "INSERT OR REPLACE INTO alarm VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
        for row in alarms {
            try insert.execute(arguments: [
                row.municipality, row.source, row.alarm, row.instant, row.zone, row.respondingZone, row.device,
                row.kind?.rawValue, row.priority.map { Int($0) }, row.isTest, row.isOpen, row.isLive, row.outcome?.rawValue,
                row.cause?.rawValue, row.voice, Int(row.responders), row.repeats, AlarmRecord.StepRecord.pack(row.steps),
            ])
        }
    }

    private static func write(cells: [CellRow], _ db: Database) throws {
        let insert = try db.cachedStatement(sql: "INSERT OR REPLACE INTO load_cell VALUES (?,?,?,?,?,?,?)")
        let delete = try db.cachedStatement(
            sql: "DELETE FROM load_cell WHERE municipality = ? AND quarter = ? AND zone = ?"
        )
        for row in cells {
            if row.present.isEmpty, row.first == nil {
                try delete.execute(arguments: [row.municipality, row.quarter, row.zone])
            } else {
                try insert.execute(arguments: [
                    row.municipality, row.quarter, row.zone, row.present.packed, row.first?.packed, row.telemetry.packed,
                    row.telemetryFirst?.packed,
                ])
            }
        }
    }

    private static func write(ledgers: [LedgerRow], _ db: Database) throws {
        for row in ledgers {
            let record = row.record
            try db.execute(
                sql: "INSERT OR REPLACE INTO ledger VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                arguments: [
                    record.municipality, record.source, record.messages, record.accepted, record.duplicates,
                    record.rejected, record.late, record.noClock, record.unsetClock, record.future, record.sequenceReuse,
                    record.sequenceReuseFirst, row.arrived.packed, row.accepted.packed,
                    OddityText.text(record.oddities),
                ]
            )
        }
    }

    private static func write(_ changes: StateChanges, _ db: Database) throws {
        let device = try db.cachedStatement(sql: "INSERT OR REPLACE INTO device_days VALUES (?,?,?,?,?)")
        for row in changes.devices {
            try device.execute(arguments: [
                row.municipality, row.device, row.window, Int64(bitPattern: row.days), row.lastSeen,
            ])
        }
        for row in changes.unknownZones {
            try db.execute(
                sql: "INSERT OR REPLACE INTO unknown_zone VALUES (?,?,?)",
                arguments: [row.municipality, row.zone, row.count]
            )
        }
        if let keepFrom = changes.seenKeepFrom {
            try db.execute(sql: "DELETE FROM seen WHERE number < ?", arguments: [keepFrom])
        }
        let seen = try db.cachedStatement(sql: "INSERT OR REPLACE INTO seen VALUES (?,?,?)")
        for chunk in changes.seenChunks {
            let bytes = chunk.hashes.withUnsafeBytes { Data($0) }
            try seen.execute(arguments: [chunk.number, chunk.generationStart, bytes])
        }
    }

    /// What is there already stays: while the broker is away thousands wait, and a commit comes five times a second.
    private static func write(outbox: [OutboxEntry], _ db: Database) throws {
        let stored = Set(try Int64.fetchAll(db, sql: "SELECT number FROM outbox"))
        let delete = try db.cachedStatement(sql: "DELETE FROM outbox WHERE number = ?")
        for number in stored.subtracting(outbox.lazy.map(\.number)) { try delete.execute(arguments: [number]) }
        let insert = try db.cachedStatement(sql: "INSERT INTO outbox VALUES (?, ?, ?, ?, ?)")
        for entry in outbox where !stored.contains(entry.number) {
            let correlation = entry.correlation.map { Data($0) }
            try insert.execute(arguments: [entry.number, entry.position, entry.topic, Data(entry.payload), correlation])
        }
    }

    private static func write(quarantine: [QuarantineRow], _ db: Database) throws {
        let insert = try db.cachedStatement(sql: "INSERT OR REPLACE INTO quarantine VALUES (?,?,?,?,?,?,?,?)")
        for row in quarantine {
            try insert.execute(arguments: [
                row.position, row.index, row.received, row.municipality, row.topic, row.id, row.reason, row.excerpt,
            ])
        }
    }
}
