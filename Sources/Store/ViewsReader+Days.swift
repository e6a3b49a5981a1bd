import GRDB
package import Telemetry
package import Workload

/// What a reader, and those frozen of it, remember of whole UTC days.
final class RememberedDays: Sendable {
    /// Longer periods are read as if nothing were remembered: three years.
    static let daysMax = 1100

    let cells = DayMemory<LoadCells> { $0.cells.count }
    let alarms = DayMemory<[AlarmRecord]> { $0.count }
    let assists = DayMemory<[AssistRow]> { $0.count }
}

/// Cells with load, and the others counted.
struct LoadCells: Sendable {
    var cells: [LoadCell] = []
    var quiet = QuietCells()
    /// All of them counted: for who asks for some zones, and has nothing of the others but when something came.
    private var all = QuietCells()

    fileprivate mutating func add(_ zone: String, _ quarter: Int64, _ packed: UnsafeRawBufferPointer, isRevised: Bool) {
        let places = Measures.places(packed: packed)
        guard places != 0 else { return }
        let hasHeartbeats = places & 1 << Int64(Measures.heartbeatPlace) != 0
        all.add(zone: zone, quarter: quarter, isRevised: isRevised, hasHeartbeats: hasHeartbeats)
        if places & ~Measures.quiet == 0 {
            quiet.add(zone: zone, quarter: quarter, isRevised: isRevised, hasHeartbeats: hasHeartbeats)
        } else {
            let start = quarter * TimeRule.quarterMilliseconds
            cells.append(LoadCell(zone: zone, start: start, measures: Measures(packed: packed), revised: isRevised))
        }
    }

    /// Adds those of later quarters. O(cells + quarters).
    ///
    /// - Parameter zones: the cells of the others are counted alone; nil: of none.
    fileprivate mutating func add(_ later: LoadCells, zones: [String]?) {
        guard let zones else {
            cells += later.cells
            quiet.add(later.quiet)
            return
        }
        for place in later.cells.indices where zones.contains(later.cells[place].zone) { cells.append(later.cells[place]) }
        quiet.add(later.all.counting(zones, as: later.quiet))
    }
}

/// Load and alarms of a period. Of whole UTC days that have not changed since they were last read nothing is read again.
extension ViewsReader {
    /// The cells of a period with load in them, by start and zone, and the others counted; empty ones are left out of both. Where a
    /// period is a year the others are most, and are not even read: their first bytes say what kinds of figures they hold.
    ///
    /// - Parameter zones: those of the others are counted alone; nil: of none.
    package func loadCells(
        municipality: String,
        from: EventTime,
        to: EventTime,
        zones: [String]? = nil
    ) throws -> Answer<(cells: [LoadCell], quiet: QuietCells)> {
        let perDay = Views.quartersPerDay
        let first = TimeRule.quarter(of: from + TimeRule.quarterMilliseconds - 1)
        let end = max(first, TimeRule.quarter(of: to + TimeRule.quarterMilliseconds - 1))
        let firstDay = TimeRule.floorDivide(first + perDay - 1, perDay)
        let days = firstDay..<max(firstDay, TimeRule.floorDivide(end, perDay))
        return try ask { db in
            var found = LoadCells()
            guard !days.isEmpty, days.count <= RememberedDays.daysMax else {
                found.add(try ViewsReader.loadCells(db, municipality, first..<end), zones: zones)
                return (found.cells, found.quiet)
            }
            let before = try ViewsReader.loadCells(db, municipality, first..<days.lowerBound * perDay)
            let after = try ViewsReader.loadCells(db, municipality, days.upperBound * perDay..<end)
            let parts = try [before] + remembered.cells.values(municipality, days, db) { try ViewsReader.loadCells(db, municipality, days: $0) } + [after]
            if zones == nil { found.cells.reserveCapacity(parts.reduce(0) { $0 + $1.cells.count }) }
            for part in parts { found.add(part, zones: zones) }
            return (found.cells, found.quiet)
        }
    }

    /// Reads the days of a period before anybody asks for them, as far as they are remembered: cells, alarms and assists beside one another.
    package func remember(municipality: String, _ period: Range<EventTime>) throws {
        let (from, to) = (period.lowerBound, period.upperBound)
        let alarms = Beside { Result { _ = try self.alarms(municipality, from: from, to: to) } }
        let assists = Beside { Result { _ = try self.assists(municipality: municipality, in: period) } }
        _ = try loadCells(municipality: municipality, from: from, to: to)
        _ = (try alarms.value().get(), try assists.value().get())
    }

    /// The number of the last change of UTC days before one (`Views+Changes.swift`), and how many of them have changed since a number.
    package func changes(municipality: String, before day: Int64, since number: Int64) throws -> (last: Int64, days: Int) {
        try look { db in
            let allDays = try Int64.fetchOne(db, sql: "SELECT all_days FROM change_number") ?? 0
            let row = try Row.fetchOne(
                db,
                sql: "SELECT max(number), count(*) FILTER (WHERE number > ?) FROM day_change WHERE municipality = ? AND day < ?",
                arguments: [number, municipality, day]
            )
            return (max(allDays, row?[0] ?? 0), allDays > number ? .max : row?[1] ?? 0)
        }
    }

    /// Alarms of a period by instant, source and alarm.
    func alarms(_ municipality: String, from: EventTime, to: EventTime) throws -> Answer<[AlarmRecord]> {
        let firstDay = TimeRule.floorDivide(from, TimeRule.dayMilliseconds)
        let days = firstDay..<max(firstDay, TimeRule.floorDivide(to - 1, TimeRule.dayMilliseconds) + 1)
        return try ask { db in
            guard days.count <= RememberedDays.daysMax else { return try ViewsReader.alarms(db, municipality, from..<max(from, to)) }
            let parts = try remembered.alarms.values(municipality, days, db) { try ViewsReader.alarms(db, municipality, days: $0) }
            var alarms: [AlarmRecord] = []
            alarms.reserveCapacity(parts.reduce(0) { $0 + $1.count })
            for (place, part) in parts.enumerated() {
                let isWhole = place > 0 && place < parts.count - 1
                alarms += isWhole ? part : part.filter { $0.instant >= from && $0.instant < to }
            }
            return alarms
        }
    }

    private static func loadCells(_ db: Database, _ municipality: String, days: Range<Int64>) throws -> [LoadCells] {
        var found = [LoadCells](repeating: LoadCells(), count: days.count)
        try eachLoadCell(db, municipality, days.lowerBound * Views.quartersPerDay..<days.upperBound * Views.quartersPerDay) {
            zone,
            quarter,
            packed,
            isRevised in
            let place = Int(TimeRule.floorDivide(quarter, Views.quartersPerDay) - days.lowerBound)
            found[place].add(zone, quarter, packed, isRevised: isRevised)
        }
        return found
    }

    private static func loadCells(_ db: Database, _ municipality: String, _ quarters: Range<Int64>) throws -> LoadCells {
        var found = LoadCells()
        guard !quarters.isEmpty else { return found }
        try eachLoadCell(db, municipality, quarters) { found.add($0, $1, $2, isRevised: $3) }
        return found
    }

    private static func eachLoadCell(
        _ db: Database,
        _ municipality: String,
        _ quarters: Range<Int64>,
        _ body: (_ zone: String, _ quarter: Int64, _ packed: UnsafeRawBufferPointer, _ isRevised: Bool) -> Void
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                SELECT quarter, zone, present, first IS NOT NULL FROM load_cell
                WHERE municipality = ? AND quarter >= ? AND quarter < ? ORDER BY quarter, zone
                """
        )
        try statement.setArguments([municipality, quarters.lowerBound, quarters.upperBound])
        var zones = KnownTexts()
        try statement.eachRow(db) { row in
            body(zones.text(row, 1), row.integer(0), row.bytes(2), row.flag(3))
        }
    }

    private static func alarms(_ db: Database, _ municipality: String, days: Range<Int64>) throws -> [[AlarmRecord]] {
        var found = [[AlarmRecord]](repeating: [], count: days.count)
        for alarm in try alarms(db, municipality, days.lowerBound * TimeRule.dayMilliseconds..<days.upperBound * TimeRule.dayMilliseconds) {
            found[Int(TimeRule.floorDivide(alarm.instant, TimeRule.dayMilliseconds) - days.lowerBound)].append(alarm)
        }
        return found
    }

    private static func alarms(_ db: Database, _ municipality: String, _ instants: Range<EventTime>) throws -> [AlarmRecord] {
        let statement = try db.cachedStatement(
            sql: "SELECT \(alarmColumns) FROM alarm WHERE municipality = ? AND instant >= ? AND instant < ? ORDER BY instant, source, alarm"
        )
        try statement.setArguments([municipality, instants.lowerBound, instants.upperBound])
        return try AlarmRows.all(of: statement, db)
    }
}
