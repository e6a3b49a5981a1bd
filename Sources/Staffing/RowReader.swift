import Files

/// Reads the cells of one row of a table and collects what is wrong with them.
struct RowReader {
    let row: CSVTable.Row
    private(set) var problems: [FileProblem] = []

    init(_ row: CSVTable.Row) { self.row = row }

    /// A cell that must be there.
    mutating func required<Value>(_ column: String, _ wayOut: String, _ convert: (String) -> Value?) -> Value? {
        guard let cell = row[column], !cell.isEmpty else {
            fail(column, nil, "empty cell", wayOut)
            return nil
        }
        return converted(column, cell, wayOut, convert)
    }

    /// A cell that may be empty or have no column: nil, without a problem.
    mutating func optional<Value>(_ column: String, _ wayOut: String, _ convert: (String) -> Value?) -> Value? {
        guard let cell = row[column], !cell.isEmpty else { return nil }
        return converted(column, cell, wayOut, convert)
    }

    mutating func zone(among zones: Set<String>?) -> String? {
        required("zone", RowReader.zoneWayOut(zones)) { zones?.contains($0) == false ? nil : $0 }
    }

    static func zoneWayOut(_ zones: Set<String>?) -> String { "one of \((zones ?? []).sorted().joined(separator: ", "))" }

    mutating func fail(_ column: String, _ value: String?, _ problem: String, _ wayOut: String) {
        problems.append(.init(line: row.line, column: column, value: value, problem: problem, wayOut: wayOut))
    }

    private mutating func converted<Value>(_ column: String, _ cell: String, _ wayOut: String, _ convert: (String) -> Value?) -> Value? {
        let value = convert(cell)
        if value == nil { fail(column, cell, "not understood", wayOut) }
        return value
    }
}
