import Foundation
import GRDB
package import Telemetry
package import Workload

/// Read-only questions to the views, for web and reports; may be asked from any thread.
///
/// Every answer comes with the position it stands for, read in the same transaction.
package final class ViewsReader: Sendable {
    /// An answer and the journal position that its views stand for.
    package struct Answer<Value> {
        package var value: Value
        package var position: Int64
    }

    private let pool: any DatabaseReader
    /// What a frozen reader has been asked and will be asked again, for what it sees does not change; nil where it may.
    let memory: FrozenMemory?
    /// Of days that are over, mostly: shared by all that are frozen of one.
    let remembered: RememberedDays

    /// Opens the views of a data folder, which must have been made.
    package init(folder: String) throws {
        let path = "\(folder)/\(Views.fileName)"
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreError("\(path) is missing: start the service once, or run `vaktlast rebuild`.")
        }
        do {
            (memory, remembered) = (nil, RememberedDays())
            pool = try DatabasePool(path: path, configuration: Journal.configuration(walAutocheckpoint: 1000, readonly: true))
            guard try look({ try Views.meta($0, "version") }) == ViewsSchema.version else {
                throw StoreError("\(path) was written by another version of Vaktlast: start the service once, or run `vaktlast rebuild`.")
            }
        } catch let error as DatabaseError {
            throw StoreError("\(path) cannot be read: \(error.message ?? "\(error.resultCode)").")
        }
    }

    private init(frozen pool: any DatabaseReader, _ remembered: RememberedDays) {
        (self.pool, self.remembered, memory) = (pool, remembered, FrozenMemory())
    }

    /// A reader that goes on seeing the views as they are now, so that figures and the alarms behind them, read one after the other,
    /// stand for one position. To be let go soon: meanwhile the views' log cannot be moved into its file. About a millisecond.
    package func frozen() throws -> ViewsReader {
        guard let pool = pool as? DatabasePool else { return self }
        return ViewsReader(frozen: try pool.makeSnapshot(), remembered)
    }

    func ask<Value>(_ question: (Database) throws -> Value) throws -> Answer<Value> {
        try pool.read { db in
            Answer(value: try question(db), position: try Views.meta(db, "position") ?? 0)
        }
    }

    func look<Value>(_ body: (Database) throws -> Value) throws -> Value { try pool.read(body) }

    package func position() throws -> Int64 { try ask { _ in () }.position }

    // MARK: - Alarms

    /// Where a page of alarms goes on.
    package struct AlarmPlace: Sendable {
        package var instant: EventTime
        package var source: String
        package var alarm: String

        package init(instant: EventTime, source: String, alarm: String) {
            self.instant = instant
            self.source = source
            self.alarm = alarm
        }
    }

    /// Alarms of a period by instant, source and alarm, after a place, at most `limit`; `zones` nil for all.
    package func alarms(
        municipality: String,
        from: EventTime,
        to: EventTime,
        zones: [String]? = nil,
        isOpen: Bool? = nil,
        after place: AlarmPlace? = nil,
        limit: Int = .max
    ) throws -> Answer<[AlarmRecord]> {
        if zones == nil, isOpen == nil, place == nil, limit == .max { return try alarms(municipality, from: from, to: to) }
        return try ask { db in
            var conditions = "municipality = ? AND instant >= ? AND instant < ?"
            var arguments: StatementArguments = [municipality, from, to]
            if let zones {
                conditions += " AND zone IN (\(zones.map { _ in "?" }.joined(separator: ",")))"
                arguments += StatementArguments(zones)
            }
            if let isOpen {
                conditions += " AND is_open = \(isOpen ? 1 : 0)"
            }
            if let place {
                conditions += " AND (instant, source, alarm) > (?, ?, ?)"
                arguments += [place.instant, place.source, place.alarm]
            }
            let statement = try db.cachedStatement(
                sql: "SELECT \(ViewsReader.alarmColumns) FROM alarm WHERE \(conditions) ORDER BY instant, source, alarm LIMIT ?"
            )
            try statement.setArguments(arguments + [limit])
            return try AlarmRows.all(of: statement, db)
        }
    }

    /// How many there are of them. O(alarms of the period) in the index alone.
    package func alarmCount(municipality: String, from: EventTime, to: EventTime) throws -> Int {
        try ask { db in
            try Int.fetchOne(
                db,
                sql: "SELECT count(*) FROM alarm WHERE municipality = ? AND instant >= ? AND instant < ?",
                arguments: [municipality, from, to]
            ) ?? 0
        }.value
    }

    /// In the order in which `alarm` and `AlarmRows` read them by number.
    static let alarmColumns = """
        municipality, source, alarm, zone, responding_zone, device, kind, priority, is_test, is_live, outcome, cause, voice, responders, steps, \
        repeats, instant
        """

    /// Open alarms of a municipality that are no tests. Without the index by name SQLite reads all alarms to find the few that are open.
    static let openAlarms = "alarm INDEXED BY alarm_open WHERE municipality = ? AND is_open = 1 AND is_test = 0"

    static func alarm(_ row: Row) -> AlarmRecord {
        func word<Word: RawRepresentable<String>>(_ column: Int) -> Word? {
            (row[column] as String?).flatMap(Word.init(rawValue:))
        }
        return AlarmRecord(
            municipality: row[0],
            source: row[1],
            alarm: row[2],
            zone: row[3],
            respondingZone: row[4],
            device: row[5],
            kind: word(6),
            priority: (row[7] as Int?).map { UInt8($0) },
            isTest: row[8],
            isLive: row[9],
            outcome: word(10),
            cause: word(11),
            voice: row[12],
            responders: UInt8(row[13] as Int),
            steps: AlarmRecord.StepRecord.unpack(row[14]),
            repeats: row[15],
            instant: row[16]
        )
    }

    /// Open alarms that are no tests: how many, when the oldest was raised, and how many of them only history knows, so that
    /// `zonesNow` leaves them out.
    package func openAlarms(municipality: String, zones: [String]? = nil) throws -> (count: Int, oldest: EventTime?, ofHistory: Int) {
        try ask { db in
            let ofZones = zones == nil ? "" : "AND zone IN (\(zones!.map { _ in "?" }.joined(separator: ",")))"
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT count(*), min(instant), count(*) FILTER (WHERE is_live = 0) FROM \(ViewsReader.openAlarms) \(ofZones)
                    """,
                arguments: [municipality] + StatementArguments(zones ?? [])
            )
            return (row?[0] ?? 0, row?[1], row?[2] ?? 0)
        }.value
    }

    /// What is open now in a zone; alarms that only history knows are left out, as are tests.
    package struct ZoneNow: Sendable {
        package var openAlarms = 0
        package var openResponses = 0
        /// Alarms without an answer, of the open ones, and when the one that has waited longest was raised.
        package var waiting = 0
        package var waitingSince: EventTime?
        /// Alarms raised in the last 24 hours.
        package var lastDay = 0
        /// Events of devices in this quarter and the three before.
        package var signalsLastHour: Int64 = 0

        package init() {}
    }

    package func zonesNow(municipality: String, now: EventTime) throws -> [String: ZoneNow] {
        try ask { db in
            var zones: [String: ZoneNow] = [:]
            let open = try Row.fetchCursor(
                db,
                sql: "SELECT \(ViewsReader.alarmColumns) FROM \(ViewsReader.openAlarms) AND is_live = 1",
                arguments: [municipality]
            )
            while let row = try open.next() {
                let alarm = ViewsReader.alarm(row)
                zones[alarm.zone, default: ZoneNow()].openAlarms += 1
                if [Step.dispatched, .accepted, .departed, .arrived].contains(where: { alarm.t($0) != nil }) {
                    zones[alarm.respondingZone, default: ZoneNow()].openResponses += 1
                }
                if alarm.t(.answered) == nil {
                    zones[alarm.zone, default: ZoneNow()].waiting += 1
                    let since = zones[alarm.zone, default: ZoneNow()].waitingSince
                    zones[alarm.zone, default: ZoneNow()].waitingSince = min(since ?? alarm.instant, alarm.instant)
                }
            }
            let lastDay = try Row.fetchCursor(
                db,
                sql: """
                    SELECT zone, count(*) FROM alarm WHERE municipality = ? AND instant > ? AND is_test = 0 GROUP BY zone
                    """,
                arguments: [municipality, now - TimeRule.dayMilliseconds]
            )
            while let row = try lastDay.next() { zones[row[0], default: ZoneNow()].lastDay = row[1] }
            let cells = try Row.fetchCursor(
                db,
                sql: "SELECT zone, present FROM load_cell WHERE municipality = ? AND quarter > ?",
                arguments: [municipality, TimeRule.quarter(of: now) - 4]
            )
            while let row = try cells.next() {
                let measures = Measures(packed: row[1])
                zones[row[0], default: ZoneNow()].signalsLastHour += measures.heartbeats + measures.observations
            }
            return zones
        }.value
    }

    // MARK: - Data quality

    package func ledgers(municipality: String) throws -> Answer<[LedgerRow]> {
        try ask { db in
            try Row.fetchAll(db, sql: "SELECT * FROM ledger WHERE municipality = ? ORDER BY source", arguments: [municipality])
                .map(Views.ledgerRow)
        }
    }

    package func unknownZones(municipality: String) throws -> [UnknownZoneRow] {
        try ask { db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM unknown_zone WHERE municipality = ? ORDER BY count DESC, zone LIMIT 100",
                arguments: [municipality]
            ).map { UnknownZoneRow(municipality: $0["municipality"], zone: $0["zone"], count: $0["count"]) }
        }.value
    }

    package static let quarantinePage = 200

    /// A page of refused events, the oldest first, after (position, index); without a municipality those whose
    /// topic leads to none.
    package func quarantine(
        municipality: String?,
        after place: (position: Int64, index: Int)? = nil
    ) throws -> Answer<[QuarantineRow]> {
        try ask { db in
            let (position, index) = place ?? (-1, -1)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM quarantine WHERE municipality IS ? AND (position, idx) > (?, ?)
                    ORDER BY position, idx LIMIT ?
                    """,
                arguments: [municipality, position, index, ViewsReader.quarantinePage]
            ).map(ViewsReader.quarantineRow)
        }
    }

    /// Municipalities with refused events; nil stands for topics that lead to none.
    package func quarantinedMunicipalities() throws -> [String?] {
        try ask { db in try (String?).fetchAll(db, sql: "SELECT DISTINCT municipality FROM quarantine ORDER BY 1") }.value
    }

    // MARK: - Devices

    /// From the first quarter with figures to the views' last receive time; nil when there is nothing yet.
    package func dataBounds(municipality: String) throws -> Range<EventTime>? {
        if let known = memory?.dataBounds(municipality) { return known }
        let found: Range<EventTime>? = try ask { db in
            let first = try Int64.fetchOne(
                db,
                sql: "SELECT min(quarter) FROM load_cell WHERE municipality = ?",
                arguments: [municipality]
            )
            guard let first, let received = try Views.meta(db, "received") else { return nil }
            let start = first * TimeRule.quarterMilliseconds
            return start..<max(start, received)
        }.value
        memory?.keep(dataBounds: found, municipality)
        return found
    }

    /// The end of the last quarter with figures of any kind, heartbeats too; nil when there is nothing yet.
    package func lastQuarterEnd(municipality: String) throws -> EventTime? {
        try ask { db in
            try Int64.fetchOne(db, sql: "SELECT max(quarter) FROM load_cell WHERE municipality = ?", arguments: [municipality])
        }.value.map { ($0 + 1) * TimeRule.quarterMilliseconds }
    }

    /// A device that gave a sign of life.
    package struct DeviceSeen: Equatable, Sendable {
        package var device: String
        /// Start of the quarter of its last sign of life.
        package var lastSeen: EventTime

        package init(device: String, lastSeen: EventTime) {
            self.device = device
            self.lastSeen = lastSeen
        }
    }

    /// Devices that were ever seen, in bytewise order behind one, at most `limit`.
    package func devicesSeen(municipality: String, after device: String?, limit: Int) throws -> Answer<[DeviceSeen]> {
        try ask { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT device, max(last_seen) FROM device_days WHERE municipality = ? AND device > ?
                    GROUP BY device ORDER BY device LIMIT ?
                    """,
                arguments: [municipality, device ?? "", limit]
            ).map { DeviceSeen(device: $0[0], lastSeen: $0[1]) }
        }
    }
}
