package import Files
import Workload

extension Roster {
    /// The columns of `roster.csv` that must be there, in the order the example has them, and those that may.
    package static let columns = ["zone", "role", "shift", "weekdays", "start", "end", "positions"]
    package static let optionalColumns = ["rotation", "rotationStart", "weeks", "line", "date", "from", "to"]

    /// The most positions one row may have: more is a slip of the keyboard.
    package static let positionsMax = 500.0

    /// Reads `roster.csv`: cells between `;` as Norwegian Excel writes them, or between `,` as RFC 4180 has it. All
    /// problems are collected before it gives up.
    ///
    /// - Parameters:
    ///   - text: the file's text, with or without a byte order mark.
    ///   - file: the file's name, for messages only.
    ///   - zones: the municipality's zone ids; nil lets every zone pass.
    /// - Throws: `FileError` with line, column, value and way out of each problem.
    package init(csv text: String, file: String = "roster.csv", zones: Set<String>? = nil) throws(FileError) {
        var problems: [FileProblem] = []
        let shape = CSVTable.Shape(
            columns: Roster.columns,
            optional: Roster.optionalColumns,
            aliases: ["rotationstart": "rotationStart"],
            separators: [";", ","]
        )
        let table = CSVTable(text, shape, problems: &problems)
        var shifts: [Shift] = []
        var rotations: [String: Rotation?] = [:]
        for row in table.rows {
            var reader = RosterRowReader(row, zones: zones)
            if let shift = reader.shift(&rotations) { shifts.append(shift) }
            problems += reader.cells.problems
        }
        if table.rows.isEmpty, problems.isEmpty {
            let wayOut = "leave out the key roster of municipality.yaml where there is no roster"
            problems.append(.init(line: 1, problem: "no rows below the header", wayOut: wayOut))
        }
        guard problems.isEmpty else { throw FileError(file: file, problems: problems) }
        self.init(shifts: shifts)
    }
}

/// Makes a row of a roster of the cells of one row.
private struct RosterRowReader {
    private let zones: Set<String>?
    var cells: RowReader

    init(_ row: CSVTable.Row, zones: Set<String>?) {
        self.zones = zones
        cells = RowReader(row)
    }

    /// - Parameter rotations: the rotation of each line met so far, without its weeks.
    mutating func shift(_ rotations: inout [String: Roster.Rotation?]) -> Roster.Shift? {
        let zoneWayOut = RowReader.zoneWayOut(zones) + "; several that the same people serve as haugtun+biri, each once"
        let zone = cells.required("zone", zoneWayOut) { [zones] in Cells.zones($0, among: zones) }
        let role = cells.required("role", "a word for who they are, such as pleie") { $0 }
        let kind = cells.required("shift", "one of dag, kveld, natt") { ShiftKind(rawValue: $0.lowercased()) }
        let date = cells.optional("date", Cells.dateWayOut, Cells.date)
        let days = days(date: date)
        let start = cells.required("start", "a time of day such as 07:30") { Cells.minutes($0, max: 1439) }
        let end = cells.required("end", "a time of day such as 15:00; 24:00 is midnight") { Cells.minutes($0, max: 1440) }
        let positions = cells.required("positions", "a number from 0 to 500 such as 2 or 2,5") { Cells.number($0, max: Roster.positionsMax) }
        if let start, start == end {
            let wayOut = "an end before the start means the next day; write a whole day as 00:00 to 24:00"
            cells.fail("end", cells.row["end"], "start and end are the same", wayOut)
        }
        let rotation = rotation(date: date)
        let line = line(rotation, date, positions, &rotations)
        let (from, to) = validity(date: date)
        guard cells.problems.isEmpty, let zone, let role, let kind, let days, let start, let end, let positions else { return nil }
        return Roster.Shift(
            zones: zone,
            role: role,
            kind: kind,
            days: days,
            startMinutes: start,
            endMinutes: end > start ? end : end + 1440,
            positions: positions,
            rotation: rotation,
            line: line,
            date: date,
            from: from,
            to: to
        )
    }

    private mutating func days(date: LocalTime.Day?) -> RosterDays? {
        guard let cell = cells.row["date"], !cell.isEmpty else { return cells.required("weekdays", Cells.daysWayOut, Cells.days) }
        mustBeEmpty("weekdays", "not empty beside date", "leave it empty: the date says the day")
        return date.map { .weekdays([$0.weekday]) }
    }

    private mutating func rotation(date: LocalTime.Day?) -> Roster.Rotation? {
        let count = cells.optional("rotation", "a number of weeks from 1 to \(Roster.Rotation.weekCountMax)") {
            Cells.whole($0, in: 1...Roster.Rotation.weekCountMax)
        }
        let start = cells.optional("rotationStart", "a Monday, \(Cells.dateWayOut)") { Cells.date($0).flatMap { $0.weekday == 1 ? $0 : nil } }
        guard let cell = cells.row["rotation"], !cell.isEmpty else {
            mustBeEmpty("rotationStart", "without rotation", "write the rotation's number of weeks too")
            mustBeEmpty("weeks", "without rotation", "write the rotation's number of weeks too")
            return nil
        }
        if date != nil { mustBeEmpty("rotation", "not empty beside date", "leave it empty: a row of one date does not come again") }
        if cells.row["rotationStart"]?.isEmpty != false {
            cells.fail("rotationStart", nil, "empty cell beside rotation", "the Monday on which week 1 begins, \(Cells.dateWayOut)")
        }
        guard let count else { return nil }
        let wayOut = "weeks from 1 to \(count) such as 1 or 1,3 (Excel may make a date of 1-3: then write 1,2,3)"
        let weeks = cells.row["weeks"]?.isEmpty != false ? Set(1...count) : cells.optional("weeks", wayOut) { Cells.weeks($0, count: count) }
        guard let start, let weeks else { return nil }
        return Roster.Rotation(weekCount: count, start: start, weeks: weeks)
    }

    /// All rows of a line turn together: else nobody could say in which week its rest is too short.
    private mutating func line(
        _ rotation: Roster.Rotation?,
        _ date: LocalTime.Day?,
        _ positions: Double?,
        _ rotations: inout [String: Roster.Rotation?]
    ) -> String? {
        guard let line = cells.row["line"], !line.isEmpty else { return nil }
        if let positions, positions > 1 {
            cells.fail("positions", cells.row["positions"], "more than one position in a line", "a line is the roster of one position: at most 1")
        }
        guard date == nil, cells.problems.isEmpty else { return line }
        let turn = rotation.map { Roster.Rotation(weekCount: $0.weekCount, start: $0.start, weeks: []) }
        if let known = rotations.updateValue(turn, forKey: line), known != turn {
            cells.fail("rotation", cells.row["rotation"], "not as in the rows before of the line \(line)", "one rotation and rotationStart a line")
        }
        return line
    }

    private mutating func validity(date: LocalTime.Day?) -> (from: LocalTime.Day?, to: LocalTime.Day?) {
        let from = cells.optional("from", Cells.dateWayOut, Cells.date)
        let to = cells.optional("to", Cells.dateWayOut + ", the first day that no longer counts", Cells.date)
        if let from, let to, from >= to {
            cells.fail("to", cells.row["to"], "not after from", "the first day on which the row no longer holds")
        }
        if date != nil {
            mustBeEmpty("from", "not empty beside date", "leave it empty: the date says when")
            mustBeEmpty("to", "not empty beside date", "leave it empty: the date says when")
        }
        return (from, to)
    }

    private mutating func mustBeEmpty(_ column: String, _ problem: String, _ wayOut: String) {
        guard let cell = cells.row[column], !cell.isEmpty else { return }
        cells.fail(column, cell, problem, wayOut)
    }
}
