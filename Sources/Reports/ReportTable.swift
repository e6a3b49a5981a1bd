package import Workload

/// A part of the report as a table of plain values: what CSV, XLSX and JSON are written from.
package struct ReportTable: Sendable {
    /// What a column's numbers are. Its words stand in JSON and, in parentheses, behind the column's name in CSV.
    package enum Unit: String, Sendable {
        case text, count = "antall", share = "%", hours = "t", seconds = "s", minutes = "min", kroner = "kr", erlang, positions = "på vakt", day = "dato"
        /// A number whose unit another column names.
        case number = "tall"
    }

    package struct Column: Equatable, Sendable {
        package var name: String
        package var unit: Unit

        package init(_ name: String, _ unit: Unit) {
            self.name = name
            self.unit = unit
        }
    }

    package enum Cell: Equatable, Sendable {
        case text(String)
        /// In the column's unit; shares are 0–1.
        case number(Double)
        case day(LocalTime.Day)
        /// Left out because under 5 are behind it.
        case withheld
        /// There is no such figure: nothing was measured, or too little to say.
        case none

        static func count(_ value: some BinaryInteger) -> Cell { .number(Double(value)) }
        static func count(_ value: (some BinaryInteger)?) -> Cell { value.map { .count($0) } ?? .none }
        static func number(_ value: Double?) -> Cell { value.map { .number($0) } ?? .none }
        static func seconds(milliseconds value: Int64?) -> Cell { value.map { .number(Double($0) / 1000) } ?? .none }
    }

    /// A picture of some of the table's columns.
    package struct Chart: Sendable {
        package enum Kind: Sendable { case columns, lines }

        package var kind: Kind
        package var title: String
        /// Columns, by their places, whose texts name the points.
        package var categories: ClosedRange<Int>
        package var values: [Int]
        /// Rows, by their places, that it shows.
        package var rows: Range<Int>
    }

    /// The name of the section's place in the HTML report, which is also the name of its file.
    package var id: String
    /// At most 31 characters: a sheet's name.
    package var title: String
    package var columns: [Column]
    package var rows: [[Cell]]
    package var charts: [Chart] = []

    static let titleLengthMax = 31

    /// The same in another language: all that is read, and no figure.
    func said(_ said: (String) -> String) -> ReportTable {
        var table = self
        table.title = said(title)
        for place in columns.indices { table.columns[place].name = said(columns[place].name) }
        for place in charts.indices { table.charts[place].title = said(charts[place].title) }
        table.rows = rows.map { row in
            row.map { cell in
                if case .text(let text) = cell { .text(said(text)) } else { cell }
            }
        }
        return table
    }
}
