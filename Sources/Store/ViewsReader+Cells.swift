import Foundation
import GRDB
import GRDBSQLite
package import Telemetry
package import Workload

extension ViewsReader {
    /// Stored quarter cells that start in the period, by start and zone, also those that are empty now but were not
    /// when published. `publishedFirst` asks for the figures as first published, of cells that are published by the
    /// views' last receive time.
    package func cells(
        municipality: String,
        from: EventTime,
        to: EventTime,
        zone: String? = nil,
        publishedFirst: Bool = false
    ) throws -> Answer<[LoadCell]> {
        var cells: [LoadCell] = []
        let position = try eachCell(municipality: municipality, from: from, to: to, zone: zone, publishedFirst: publishedFirst) { cells.append($0) }
        return Answer(value: cells, position: position)
    }

    /// Gives the same cells one by one, without keeping them, and first the position they stand for, which is also returned.
    ///
    /// A month of quarters has tens of thousands, so their columns are read where SQLite has them.
    package func eachCell(
        municipality: String,
        from: EventTime,
        to: EventTime,
        zone: String? = nil,
        publishedFirst: Bool = false,
        begun: (Int64) -> Void = { _ in },
        _ body: (borrowing LoadCell) throws -> Void
    ) throws -> Int64 {
        try look { db in
            let position = try Views.meta(db, "position") ?? 0
            begun(position)
            let received = try Views.meta(db, "received") ?? 0
            let statement = try db.cachedStatement(
                sql: """
                    SELECT quarter, zone, present, first FROM load_cell
                    WHERE municipality = ? AND quarter >= ? AND quarter < ? \(zone == nil ? "" : "AND zone = ?") ORDER BY quarter, zone
                    """
            )
            let quarters = [from, to].map { TimeRule.quarter(of: $0 + TimeRule.quarterMilliseconds - 1) }
            try statement.setArguments([municipality, quarters[0], quarters[1]] + (zone.map { [$0] } ?? []))
            var zones = KnownTexts()
            try statement.eachRow(db) { row in
                let start = sqlite3_column_int64(row, 0) * TimeRule.quarterMilliseconds
                let end = start + TimeRule.quarterMilliseconds
                if publishedFirst, received < end + TimeRule.publishAfterMilliseconds { return }
                let isRevised = sqlite3_column_type(row, 3) != SQLITE_NULL
                let measures = Measures(packed: ViewsReader.bytes(row, publishedFirst && isRevised ? 3 : 2))
                try body(LoadCell(zone: zones.text(ViewsReader.bytes(row, 1)), start: start, measures: measures, revised: isRevised))
            }
            return position
        }
    }

    /// Whether any device of a municipality has ever given a sign of life. Where it has, one of the newest cells mostly says so.
    package func hasHeartbeats(municipality: String) throws -> Bool {
        if let known = memory?.hasHeartbeats(municipality) { return known }
        let found = try ask { db in
            let cells = try Data.fetchCursor(db, sql: "SELECT present FROM load_cell WHERE municipality = ? ORDER BY quarter DESC", arguments: [municipality])
            while let packed = try cells.next() {
                if packed.withUnsafeBytes({ Measures.places(packed: $0) }) & 1 << Int64(Measures.heartbeatPlace) != 0 { return true }
            }
            return false
        }.value
        memory?.keep(hasHeartbeats: found, municipality)
        return found
    }

    static func isSame(_ left: [UInt8], _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count else { return false }
        return left.withUnsafeBytes { left in
            guard let mine = left.baseAddress, let theirs = right.baseAddress else { return true }
            return memcmp(mine, theirs, right.count) == 0
        }
    }

    /// A column's bytes, as long as the statement stands on its row.
    static func bytes(_ row: OpaquePointer, _ column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: sqlite3_column_blob(row, column), count: Int(sqlite3_column_bytes(row, column)))
    }
}

/// Texts that come again and again in the same turn: each is made once.
struct KnownTexts {
    private var texts: [(bytes: [UInt8], text: String)] = []
    private var next = 0

    mutating func text(_ bytes: UnsafeRawBufferPointer) -> String {
        for step in texts.indices {
            let place = (next + step) % texts.count
            if ViewsReader.isSame(texts[place].bytes, bytes) {
                next = place + 1
                return texts[place].text
            }
        }
        texts.append((Array(bytes), String(decoding: bytes, as: UTF8.self)))
        next = 0
        return texts[texts.count - 1].text
    }
}
