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
    /// What technology did in the hours that start in the period, by hour, zone, technology and result; `zone` nil for all, and then nothing is
    /// read again of whole UTC days that have not changed since they were last read.
    package func assists(municipality: String, in period: Range<EventTime>, zone: String? = nil) throws -> Answer<[AssistRow]> {
        let first = TimeRule.floorDivide(period.lowerBound + TimeRule.hourMilliseconds - 1, TimeRule.hourMilliseconds)
        let end = max(first, TimeRule.floorDivide(period.upperBound + TimeRule.hourMilliseconds - 1, TimeRule.hourMilliseconds))
        let firstDay = TimeRule.floorDivide(first, Views.hoursPerDay)
        let days = firstDay..<max(firstDay, TimeRule.floorDivide(end - 1, Views.hoursPerDay) + 1)
        return try ask { db in
            guard zone == nil, days.count <= RememberedDays.daysMax else { return try ViewsReader.assists(db, municipality, first..<end, zone: zone) }
            let parts = try remembered.assists.values(municipality, days, db) { try ViewsReader.assists(db, municipality, days: $0) }
            return parts.enumerated().flatMap { place, part in
                place > 0 && place < parts.count - 1 ? part : part.filter { (first..<end).contains($0.hour) }
            }
        }
    }

    private static func assists(_ db: Database, _ municipality: String, days: Range<Int64>) throws -> [[AssistRow]] {
        var found = [[AssistRow]](repeating: [], count: days.count)
        for row in try assists(db, municipality, days.lowerBound * Views.hoursPerDay..<days.upperBound * Views.hoursPerDay, zone: nil) {
            found[Int(TimeRule.floorDivide(row.hour, Views.hoursPerDay) - days.lowerBound)].append(row)
        }
        return found
    }

    private static func assists(_ db: Database, _ municipality: String, _ hours: Range<Int64>, zone: String?) throws -> [AssistRow] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT hour, zone, technology, result, count FROM assist
                WHERE municipality = ? AND hour >= ? AND hour < ? \(zone == nil ? "" : "AND zone = ?") ORDER BY hour, zone, technology, result
                """
        )
        try statement.setArguments([municipality, hours.lowerBound, hours.upperBound] + StatementArguments(zone.map { [$0] } ?? []))
        var (rows, zones, technologies, results) = ([AssistRow](), KnownTexts(), KnownWords<Technology>(), KnownWords<AssistResult>())
        try statement.eachRow(db) { row in
            guard let technology = technologies.word(row, 2), let result = results.word(row, 3) else { throw Views.unknownAssist }
            rows.append(
                AssistRow(
                    municipality: municipality,
                    zone: zones.text(bytes(row, 1)),
                    hour: sqlite3_column_int64(row, 0),
                    technology: technology,
                    result: result,
                    count: sqlite3_column_int64(row, 4)
                )
            )
        }
        return rows
    }
}
