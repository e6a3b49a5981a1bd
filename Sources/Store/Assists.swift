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
        let statement = try db.makeStatement(sql: "SELECT municipality, zone, hour, technology, result, count FROM assist")
        var rows = AssistRows()
        try statement.eachRow(db) { state.restore(try rows.assist($0)) }
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
                SELECT municipality, zone, hour, technology, result, count FROM assist
                WHERE municipality = ? AND hour >= ? AND hour < ? \(zone == nil ? "" : "AND zone = ?") ORDER BY hour, zone, technology, result
                """
        )
        try statement.setArguments([municipality, hours.lowerBound, hours.upperBound] + StatementArguments(zone.map { [$0] } ?? []))
        var (rows, assists) = (AssistRows(), [AssistRow]())
        try statement.eachRow(db) { assists.append(try rows.assist($0)) }
        return assists
    }
}

/// Reads rows of municipality, zone, hour, technology, result and count; what comes again and again is made once.
private struct AssistRows {
    private var (municipalities, zones) = (KnownTexts(), KnownTexts())
    private var (technologies, results) = (KnownWords<Technology>(), KnownWords<AssistResult>())

    mutating func assist(_ row: StoredRow) throws -> AssistRow {
        guard let technology = technologies.word(row, 3), let result = results.word(row, 4) else { throw Views.unknownAssist }
        return AssistRow(
            municipality: municipalities.text(row, 0),
            zone: zones.text(row, 1),
            hour: row.integer(2),
            technology: technology,
            result: result,
            count: row.integer(5)
        )
    }
}
