import GRDB
import GRDBSQLite
package import Telemetry
package import Workload

/// What technology did, in the views.
extension Views {
    static func write(assists: [AssistRow], _ db: Database) throws {
        let insert = try db.cachedStatement(sql: "INSERT OR REPLACE INTO assist VALUES (?,?,?,?,?,?)")
        for row in assists {
            try insert.execute(arguments: [row.municipality, row.hour, row.zone, row.technology.rawValue, row.result.rawValue, row.count])
        }
    }

    static func restoreAssists(_ db: Database, _ state: inout State) throws {
        let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM assist")
        while let row = try cursor.next() { state.restore(try assistRow(row)) }
    }

    private static func assistRow(_ row: Row) throws -> AssistRow {
        guard let technology = Technology(rawValue: row["technology"]), let result = AssistResult(rawValue: row["result"]) else { throw unknownAssist }
        return AssistRow(
            municipality: row["municipality"],
            zone: row["zone"],
            hour: row["hour"],
            technology: technology,
            result: result,
            count: row["count"]
        )
    }

    fileprivate static let unknownAssist = StoreError("views.db holds an assist that this version does not know: run `vaktlast rebuild`")
}

extension ViewsReader {
    /// What technology did in the hours that start in the period, by hour, zone, technology and result; `zone` nil for all.
    package func assists(municipality: String, in period: Range<EventTime>, zone: String? = nil) throws -> Answer<[AssistRow]> {
        let hours = [period.lowerBound, period.upperBound].map { TimeRule.floorDivide($0 + TimeRule.hourMilliseconds - 1, TimeRule.hourMilliseconds) }
        return try look { db in
            let position = try Views.meta(db, "position") ?? 0
            let statement = try db.cachedStatement(
                sql: """
                    SELECT hour, zone, technology, result, count FROM assist
                    WHERE municipality = ? AND hour >= ? AND hour < ? \(zone == nil ? "" : "AND zone = ?") ORDER BY hour, zone, technology, result
                    """
            )
            try statement.setArguments([municipality, hours[0], hours[1]] + StatementArguments(zone.map { [$0] } ?? []))
            let row = statement.sqliteStatement
            defer { sqlite3_reset(row) }
            var (rows, zones, technologies, results) = ([AssistRow](), KnownTexts(), KnownWords<Technology>(), KnownWords<AssistResult>())
            while true {
                let code = sqlite3_step(row)
                guard code == SQLITE_ROW else {
                    guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage) }
                    return Answer(value: rows, position: position)
                }
                guard let technology = technologies.word(row, 2), let result = results.word(row, 3) else { throw Views.unknownAssist }
                rows.append(
                    AssistRow(
                        municipality: municipality,
                        zone: zones.text(ViewsReader.bytes(row, 1)),
                        hour: sqlite3_column_int64(row, 0),
                        technology: technology,
                        result: result,
                        count: sqlite3_column_int64(row, 4)
                    )
                )
            }
        }
    }
}
