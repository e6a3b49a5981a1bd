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
        try queue.read { db in
            try Views.restoreLedgers(db, &state)
            try Views.restoreSeen(db, &state)
            try Views.restoreDevices(db, &state)
            try Views.restoreConditions(db, &state)
            try Views.restoreCells(db, &state)
            try Views.restoreAssists(db, &state)
            try Views.restoreAlarmEvents(db, &state)
        }
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

    private static func restoreSeen(_ db: Database, _ state: inout State) throws {
        let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM seen ORDER BY number")
        while let row = try cursor.next() {
            let bytes: Data = row["hashes"]
            let hashes = bytes.withUnsafeBytes { Array($0.bindMemory(to: UInt64.self)) }
            state.restore(SeenIDs.Chunk(number: row["number"], generationStart: row["generation_start"], hashes: hashes))
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
        let cursor = try Row.fetchCursor(db, sql: "SELECT municipality, quarter, zone, telemetry, telemetry_first FROM load_cell")
        while let row = try cursor.next() {
            let first: Data? = row["telemetry_first"]
            state.restoreTelemetry(
                CellRow(
                    municipality: row["municipality"],
                    zone: row["zone"],
                    quarter: row["quarter"],
                    present: Measures(),
                    first: nil,
                    telemetry: Measures(packed: row["telemetry"]),
                    telemetryFirst: first.map(Measures.init(packed:))
                )
            )
        }
    }

    private static func restoreAlarmEvents(_ db: Database, _ state: inout State) throws {
        let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM alarm_event ORDER BY position, idx")
        while let row = try cursor.next() {
            guard let event = alarmEventRow(row) else {
                throw StoreError("views.db holds an alarm event that this version does not know: run `vaktlast rebuild`")
            }
            state.restore(event)
        }
    }

    private static func alarmEventRow(_ row: Row) -> AlarmEventRow? {
        let typeValue: Int = row["type"]
        guard let type = EventType(rawValue: UInt8(typeValue)) else { return nil }
        func word<Word: RawRepresentable<String>>(_ column: String) -> Word? {
            (row[column] as String?).flatMap(Word.init(rawValue:))
        }
        func small(_ column: String) -> UInt8? { (row[column] as Int?).map { UInt8($0) } }
        var event = AlarmEventRow(
            position: row["position"],
            index: row["idx"],
            received: row["received"],
            isHistory: row["is_history"],
            municipality: row["municipality"],
            source: row["source"],
            alarm: row["alarm"],
            id: row["id"],
            type: type,
            t: row["t"],
            flag: small("flag").flatMap(ClockFlag.init(rawValue:)),
            late: row["late"]
        )
        event.device = row["device"]
        event.zone = row["zone"]
        event.kind = word("kind")
        event.priority = small("priority")
        event.test = row["test"]
        event.voice = row["voice"]
        event.respondingZone = row["responding_zone"]
        event.responders = small("responders")
        event.outcome = word("outcome")
        event.cause = word("cause")
        return event
    }
}
