import GRDB
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

    fileprivate static func assistRow(_ row: Row) throws -> AssistRow {
        guard let technology = Technology(rawValue: row["technology"]), let result = AssistResult(rawValue: row["result"]) else {
            throw StoreError("views.db holds an assist that this version does not know: run `vaktlast rebuild`")
        }
        return AssistRow(
            municipality: row["municipality"],
            zone: row["zone"],
            hour: row["hour"],
            technology: technology,
            result: result,
            count: row["count"]
        )
    }
}

extension ViewsReader {
    /// What technology did in the hours that start in the period, by hour, zone, technology and result; `zone` nil for all.
    package func assists(municipality: String, in period: Range<EventTime>, zone: String? = nil) throws -> Answer<[AssistRow]> {
        let hours = [period.lowerBound, period.upperBound].map { TimeRule.floorDivide($0 + TimeRule.hourMilliseconds - 1, TimeRule.hourMilliseconds) }
        return try ask { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM assist WHERE municipality = ? AND hour >= ? AND hour < ? \(zone == nil ? "" : "AND zone = ?")
                    ORDER BY hour, zone, technology, result
                    """,
                arguments: [municipality, hours[0], hours[1]] + StatementArguments(zone.map { [$0] } ?? [])
            ).map(Views.assistRow)
        }
    }
}
