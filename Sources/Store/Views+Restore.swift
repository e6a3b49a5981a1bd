import Foundation
import GRDB
package import Telemetry
package import Workload

extension Views {
    /// What the views hold of the state, lent row by row.
    package struct Stored {
        package var position: Int64
        /// When the message at the position was received.
        package var received: EventTime
        package var planFingerprint: Int64?
        package var outbox: [OutboxEntry]
        package var seenDroppedForCount: Bool
    }

    package func stored() throws -> Stored {
        try queue.read { db in
            let outbox = try Row.fetchAll(db, sql: "SELECT * FROM outbox ORDER BY number").map { row in
                let payload: Data = row["payload"]
                let correlation: Data? = row["correlation"]
                return OutboxEntry(
                    number: row["number"],
                    position: row["position"],
                    topic: row["topic"],
                    payload: [UInt8](payload),
                    correlation: correlation.map { [UInt8]($0) }
                )
            }
            return Stored(
                position: try Views.meta(db, "position") ?? 0,
                received: try Views.meta(db, "received") ?? 0,
                planFingerprint: try Views.meta(db, "plan"),
                outbox: outbox,
                seenDroppedForCount: try Views.meta(db, "seenDroppedForCount") == 1
            )
        }
    }

    /// Puts everything stored back into a fresh state.
    package func restore(into state: inout State) throws {
        // The remembered ids take as long as all the rest, which has no need of them: another thread reads them.
        let seen = Beside { [path = queue.path, seen = state.seen] in Result { try Views.restoredSeen(path, seen) } }
        try queue.read { db in
            try Views.restoreLedgers(db, &state)
            try Views.restoreDevices(db, &state)
            try Views.restoreConditions(db, &state)
            try Views.restoreCells(db, &state)
            try Views.restoreAssists(db, &state)
            try Views.restoreAlarmEvents(db, &state)
        }
        state.seen = try seen.value().get()
    }

    private static func restoreLedgers(_ db: Database, _ state: inout State) throws {
        for row in try Row.fetchAll(db, sql: "SELECT * FROM ledger ORDER BY municipality, source") {
            state.restore(ledgerRow(row))
        }
        for row in try Row.fetchAll(db, sql: "SELECT * FROM unknown_zone") {
            state.restore(UnknownZoneRow(municipality: row["municipality"], zone: row["zone"], count: row["count"]))
        }
    }

    static func ledgerRow(_ row: Row) -> LedgerRow {
        var record = LedgerRecord(municipality: row["municipality"], source: row["source"])
        record.messages = row["messages"]
        record.accepted = row["accepted"]
        record.duplicates = row["duplicates"]
        record.rejected = row["rejected"]
        record.late = row["late"]
        record.noClock = row["no_clock"]
        record.unsetClock = row["unset_clock"]
        record.future = row["future"]
        record.sequenceReuse = row["sequence_reuse"]
        record.sequenceReuseFirst = row["sequence_reuse_first"]
        record.oddities = OddityText.counts(row["oddities"])
        let arrived = SequenceSet(packed: row["arrived_sequences"])
        record.firstSequence = arrived.first
        record.lastSequence = arrived.last
        record.missing = arrived.missing
        return LedgerRow(record: record, arrived: arrived, accepted: SequenceSet(packed: row["accepted_sequences"]))
    }

    private static func restoredSeen(_ path: String, _ fresh: SeenIDs) throws -> SeenIDs {
        let queue = try DatabaseQueue(path: path, configuration: Journal.configuration(walAutocheckpoint: 1000, readonly: true))
        return try queue.read { db in
            var seen = fresh
            let bytes = try Int.fetchOne(db, sql: "SELECT sum(length(hashes)) FROM seen") ?? 0
            seen.reserve(bytes / MemoryLayout<UInt64>.size)
            let cursor = try Row.fetchCursor(db, sql: "SELECT number, generation_start, hashes FROM seen ORDER BY number")
            while let row = try cursor.next() {
                let bytes: Data = row[2]
                let hashes = bytes.withUnsafeBytes { Array($0.bindMemory(to: UInt64.self)) }
                seen.restore(SeenIDs.Chunk(number: row[0], generationStart: row[1], hashes: hashes))
            }
            return seen
        }
    }

    private static func restoreDevices(_ db: Database, _ state: inout State) throws {
        let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM device_days")
        while let row = try cursor.next() {
            state.restore(
                DeviceRow(
                    municipality: row["municipality"],
                    device: row["device"],
                    window: row["window"],
                    days: UInt64(bitPattern: row["days"]),
                    lastSeen: row["last_seen"]
                )
            )
        }
    }

    private static func restoreCells(_ db: Database, _ state: inout State) throws {
        let statement = try db.makeStatement(sql: "SELECT municipality, quarter, zone, telemetry, telemetry_first FROM load_cell")
        var (municipalities, zones) = (KnownTexts(), KnownTexts())
        try statement.eachRow(db) { row in
            state.restoreTelemetry(
                CellRow(
                    municipality: municipalities.text(row, 0),
                    zone: zones.text(row, 2),
                    quarter: row.integer(1),
                    present: Measures(),
                    first: nil,
                    telemetry: Measures(packed: row.bytes(3)),
                    telemetryFirst: row.unlessNull(4) { Measures(packed: row.bytes($0)) }
                )
            )
        }
    }
}
