/// A table as plain text for a terminal: columns aligned, numbers to the right.
package struct AlignedTable {
    package enum Side: Sendable { case left, right }

    private let titles: [String]
    private let sides: [Side]
    private var rows: [[String]] = []

    package init(_ columns: [(title: String, side: Side)]) {
        titles = columns.map(\.title)
        sides = columns.map(\.side)
    }

    /// - Parameter cells: one a column.
    package mutating func add(_ cells: [String]) {
        precondition(cells.count == titles.count, "a row has a cell for every column")
        // The word joiner has no width on paper, and one in a column's count.
        rows.append(cells.map { $0.replacing("\u{2060}", with: "") })
    }

    package var isEmpty: Bool { rows.isEmpty }

    /// Lines without trailing spaces; a rule below the titles. Empty without rows.
    package var text: String {
        guard !rows.isEmpty else { return "" }
        let widths = titles.indices.map { column in ([titles] + rows).reduce(0) { max($0, $1[column].count) } }
        let rule = widths.map { String(repeating: "─", count: $0) }
        return ([titles, rule] + rows).map { cells in
            let line = cells.indices.map { column -> String in
                let fill = String(repeating: " ", count: widths[column] - cells[column].count)
                return sides[column] == .left ? cells[column] + fill : fill + cells[column]
            }
            .joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
        .joined(separator: "\n")
    }
}
