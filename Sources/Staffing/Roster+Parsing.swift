package import Files

extension Roster {
    /// The columns of `roster.csv`, in the order the example has them.
    package static let columns = ["zone", "role", "shift", "weekdays", "start", "end", "positions"]

    /// The most positions one row may have: more is a slip of the keyboard.
    package static let positionsMax = 500.0

    /// Reads `roster.csv`. All problems are collected before it gives up.
    ///
    /// - Parameters:
    ///   - text: the file's text, with or without a byte order mark.
    ///   - file: the file's name, for messages only.
    ///   - zones: the municipality's zone ids; nil lets every zone pass.
    /// - Throws: `FileError` with line, column, value and way out of each problem.
    package init(csv text: String, file: String = "roster.csv", zones: Set<String>? = nil) throws(FileError) {
        var problems: [FileProblem] = []
        let table = CSVTable(text, .init(columns: Roster.columns), problems: &problems)
        var shifts: [Shift] = []
        for row in table.rows {
            var reader = RosterRowReader(row: row, zones: zones)
            if let shift = reader.shift() { shifts.append(shift) }
            problems += reader.problems
        }
        if table.rows.isEmpty, problems.isEmpty {
            let wayOut = "leave out the key roster of municipality.yaml where there is no roster"
            problems.append(.init(line: 1, problem: "no rows below the header", wayOut: wayOut))
        }
        guard problems.isEmpty else { throw FileError(file: file, problems: problems) }
        self.init(shifts: shifts)
    }
}

/// Reads the cells of one row and collects what is wrong with them.
private struct RosterRowReader {
    let row: CSVTable.Row
    let zones: Set<String>?
    var problems: [FileProblem] = []

    init(row: CSVTable.Row, zones: Set<String>?) {
        self.row = row
        self.zones = zones
    }

    mutating func shift() -> Roster.Shift? {
        let zone = read("zone", "one of \((zones ?? []).sorted().joined(separator: ", "))") { [zones] cell in
            zones?.contains(cell) == false ? nil : cell
        }
        let role = read("role", "a word for who they are, such as pleie") { $0 }
        let kind = read("shift", "one of dag, kveld, natt") { ShiftKind(rawValue: $0.lowercased()) }
        let daysWayOut = "days such as man-fre, lør-søn, man,ons,fre, alle or helligdag"
        let days = read("weekdays", daysWayOut, RosterRowReader.days)
        let start = read("start", "a time of day such as 07:30") { RosterRowReader.minutes($0, max: 1439) }
        let end = read("end", "a time of day such as 15:00; 24:00 is midnight") {
            RosterRowReader.minutes($0, max: 1440)
        }
        let positions = read("positions", "a number from 0 to 500 such as 2 or 2,5", RosterRowReader.positions)
        if let start, start == end {
            let wayOut = "an end before the start means the next day; write a whole day as 00:00 to 24:00"
            fail("end", row["end"], "start and end are the same", wayOut)
        }
        guard problems.isEmpty, let zone, let role, let kind, let days, let start, let end, let positions else {
            return nil
        }
        return Roster.Shift(
            zones: [zone],
            role: role,
            kind: kind,
            days: days,
            startMinutes: start,
            endMinutes: end > start ? end : end + 1440,
            positions: positions
        )
    }

    private mutating func read<Value>(_ column: String, _ wayOut: String, _ convert: (String) -> Value?) -> Value? {
        guard let cell = row[column], !cell.isEmpty else {
            fail(column, nil, "empty cell", wayOut)
            return nil
        }
        let value = convert(cell)
        if value == nil { fail(column, cell, "not understood", wayOut) }
        return value
    }

    private mutating func fail(_ column: String, _ value: String?, _ problem: String, _ wayOut: String) {
        problems.append(.init(line: row.line, column: column, value: value, problem: problem, wayOut: wayOut))
    }

    private static let dayNames = ["man", "tir", "ons", "tor", "fre", "lør", "søn"]

    /// `man-fre`, `fre-man` (over the weekend), lists with commas, `alle`, `helligdag`.
    private static func days(_ cell: String) -> RosterDays? {
        let text = cell.lowercased()
        if text == "helligdag" { return .holidays }
        if text == "alle" { return .weekdays(Set(1...7)) }
        var result: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { end in
                dayNames.firstIndex(of: String(end.filter { $0 != " " }))
            }
            guard (1...2).contains(ends.count), let first = ends.first ?? nil, let last = ends.last ?? nil else {
                return nil
            }
            let length = (last - first + 7) % 7
            for step in 0...length { result.insert((first + step) % 7 + 1) }
        }
        return .weekdays(result)
    }

    /// Minutes of `7:30`, `07:30` or, as Excel sometimes writes, `07:30:00`.
    private static func minutes(_ cell: String, max: Int) -> Int? {
        let parts = cell.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), (1...2).contains(parts[0].count), parts[1].count == 2,
            parts.count == 2 || parts[2] == "00", cell.utf8.allSatisfy({ (48...58).contains($0) }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), minutes < 60
        else { return nil }
        let total = hours * 60 + minutes
        return total <= max ? total : nil
    }

    private static func positions(_ cell: String) -> Double? {
        let digits = cell.utf8.allSatisfy {
            (48...57).contains($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".")
        }
        guard digits, let value = Double(cell.replacing(",", with: ".")), value <= Roster.positionsMax else {
            return nil
        }
        return value
    }
}
