package import Files

extension PlannedWork {
    /// The columns of `planned.csv`, in the order the example has them.
    package static let columns = ["zone", "weekdays", "from", "to", "userMinutes", "travelMinutes"]

    /// The most planned minutes per hour in one row: 500 people.
    package static let minutesMax = 30_000.0

    /// Reads `planned.csv`, as Norwegian Excel or RFC 4180 writes it: in each hour from `from` to `to` so many minutes.
    ///
    /// - Parameters:
    ///   - text: the file's text, with or without a byte order mark.
    ///   - file: the file's name, for messages only.
    ///   - zones: the municipality's zone ids; nil lets every zone pass.
    /// - Throws: `FileError` with line, column, value and way out of each problem.
    package init(csv text: String, file: String = "planned.csv", zones: Set<String>? = nil) throws(FileError) {
        var problems: [FileProblem] = []
        let shape = CSVTable.Shape(
            columns: PlannedWork.columns,
            aliases: ["userminutes": "userMinutes", "travelminutes": "travelMinutes"],
            separators: [";", ","]
        )
        let table = CSVTable(text, shape, problems: &problems)
        var rows: [Row] = []
        for row in table.rows {
            var cells = RowReader(row)
            if let row = PlannedWork.row(&cells, zones) { rows.append(row) }
            problems += cells.problems
        }
        if table.rows.isEmpty, problems.isEmpty {
            let wayOut = "leave out the key planned of municipality.yaml where planned work is not known"
            problems.append(.init(line: 1, problem: "no rows below the header", wayOut: wayOut))
        }
        guard problems.isEmpty else { throw FileError(file: file, problems: problems) }
        self.init(rows: rows)
    }

    private static func row(_ cells: inout RowReader, _ zones: Set<String>?) -> Row? {
        let zone = cells.zone(among: zones)
        let days = cells.required("weekdays", Cells.daysWayOut, Cells.days)
        let from = cells.required("from", "a whole hour such as 07:00") { wholeHour($0, max: 23) }
        let to = cells.required("to", "a whole hour such as 15:00; 24:00 is midnight") { wholeHour($0, max: 24) }
        if let from, let to, from >= to {
            cells.fail("to", cells.row["to"], "not after from", "write two rows for work across midnight: to 24:00, and from 00:00 on the days after")
        }
        let wayOut = "minutes of all together in each hour, 0 to \(Int(minutesMax)), such as 240 or 52,5"
        let user = cells.required("userMinutes", wayOut) { Cells.number($0, max: minutesMax) }
        let travel = cells.required("travelMinutes", wayOut) { Cells.number($0, max: minutesMax) }
        guard cells.problems.isEmpty, let zone, let days, let from, let to, let user, let travel else { return nil }
        return Row(zone: zone, days: days, hours: from..<to, perHour: Minutes(user: user, travel: travel))
    }

    private static func wholeHour(_ cell: String, max: Int) -> Int? {
        guard let minutes = Cells.minutes(cell, max: max * 60), minutes % 60 == 0 else { return nil }
        return minutes / 60
    }
}
