import GRDB
import Telemetry
import Workload

/// When each UTC day's figures last changed, so that a reader may remember what it has read of a day.
///
/// Numbers rise with every commit that changes a figure, whatever becomes of the rows: also where views are made anew or taken over from another
/// file. They are written in the transaction of the rows themselves. So a day that has the same number in two readings has the same rows in
/// both. They tell how the rows came to be and not what they are, so `adopt` does not take them over, and views made anew have others.
extension Views {
    private struct Day: Hashable {
        var municipality: String
        var day: Int64
    }

    /// Numbers the days that a commit is about to change. To be called before its alarms are written: an alarm that an earlier step moves to
    /// another day leaves the one that it is still stored on.
    static func number(daysOf commit: ViewsCommit, _ db: Database) throws {
        guard !commit.replacesFigures else { return try numberAllDays(db) }
        let changes = commit.changes
        var days: Set<Day> = []
        for row in changes.cells { days.insert(Day(municipality: row.municipality, day: TimeRule.floorDivide(row.quarter, quartersPerDay))) }
        for row in changes.assists { days.insert(Day(municipality: row.municipality, day: TimeRule.floorDivide(row.hour, hoursPerDay))) }
        let stored = try db.cachedStatement(sql: "SELECT instant FROM alarm WHERE municipality = ? AND source = ? AND alarm = ?")
        for row in changes.alarms {
            let before = try Int64.fetchOne(stored, arguments: [row.municipality, row.source, row.alarm])
            for instant in [row.instant, before ?? row.instant] {
                days.insert(Day(municipality: row.municipality, day: TimeRule.floorDivide(instant, TimeRule.dayMilliseconds)))
            }
        }
        guard !days.isEmpty else { return }
        try db.execute(sql: "UPDATE change_number SET last = last + 1")
        let insert = try db.cachedStatement(sql: "INSERT OR REPLACE INTO day_change SELECT ?, ?, last FROM change_number")
        for day in days { try insert.execute(arguments: [day.municipality, day.day]) }
    }

    /// All figures of all days are others from here on.
    static func numberAllDays(_ db: Database) throws {
        try db.execute(sql: "UPDATE change_number SET last = last + 1, all_days = last + 1; DELETE FROM day_change")
    }

    /// The numbers of some days of a municipality, in order. O(days).
    static func numbers(of days: Range<Int64>, municipality: String, _ db: Database) throws -> [Int64] {
        let allDays = try Int64.fetchOne(db, sql: "SELECT all_days FROM change_number") ?? 0
        var numbers = [Int64](repeating: allDays, count: days.count)
        let statement = try db.cachedStatement(sql: "SELECT day, number FROM day_change WHERE municipality = ? AND day >= ? AND day < ?")
        let rows = try Row.fetchCursor(statement, arguments: [municipality, days.lowerBound, days.upperBound])
        while let row = try rows.next() {
            let day: Int64 = row[0]
            numbers[Int(day - days.lowerBound)] = row[1]
        }
        return numbers
    }

    /// The last number given; 0 where none has been.
    static func lastNumber(_ db: Database) throws -> Int64 {
        try db.tableExists("change_number") ? Int64.fetchOne(db, sql: "SELECT last FROM change_number") ?? 0 : 0
    }

    static let quartersPerDay: Int64 = 96
    static let hoursPerDay: Int64 = 24
}
