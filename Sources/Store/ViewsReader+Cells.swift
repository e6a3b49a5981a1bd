import Foundation
import GRDB
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
                let start = row.integer(0) * TimeRule.quarterMilliseconds
                let end = start + TimeRule.quarterMilliseconds
                if publishedFirst, received < end + TimeRule.publishAfterMilliseconds { return }
                let isRevised = !row.isNull(3)
                let measures = Measures(packed: row.bytes(publishedFirst && isRevised ? 3 : 2))
                try body(LoadCell(zone: zones.text(row, 1), start: start, measures: measures, revised: isRevised))
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
}
