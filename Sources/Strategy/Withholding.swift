import Workload

/// Which counts of a table may leave the municipality where its sums are told beside: none under five, and none that could
/// be found by subtraction (primary and complementary suppression; Hundepool et al., Statistical Disclosure Control, 2012).
package struct Withholding: Equatable, Sendable {
    /// By row and column: true for what is withheld.
    package private(set) var cells: [[Bool]]
    /// Sums of rows and of columns that are withheld as well: where nothing else in the line was left to hide behind.
    package private(set) var rowSums: [Bool]
    package private(set) var columnSums: [Bool]
    package private(set) var total: Bool

    /// - Parameters:
    ///   - counts: rows of equal length, not negative.
    ///   - limit: the smallest count that may be told.
    ///   - columns: columns that another table has left out already: they are withheld with their sums.
    ///   - tellsNone: 0 may be told, since there is nobody to tell of.
    ///
    /// O(cells³) at worst: tables of zones and months, not of residents.
    package init(_ counts: [[Int]], under limit: Int = Share.smallBelow, withheld columnsWithheld: Set<Int> = [], tellsNone: Bool = false) {
        let columns = counts.first?.count ?? 0
        precondition(counts.allSatisfy { $0.count == columns }, "rows of equal length")
        // The sums are a last row and column, the whole the corner: so every line adds up to nothing outside the table.
        let rows = counts.map { $0 + [$0.reduce(0, +)] }
        let sums = (0...columns).map { column in rows.reduce(0) { $0 + $1[column] } }
        var grid = SuppressedGrid(values: rows + [sums], limit: limit, columns: columnsWithheld, tellsNone: tellsNone)
        grid.complete()
        cells = grid.isWithheld.dropLast().map { Array($0.dropLast()) }
        rowSums = grid.isWithheld.dropLast().map { $0[columns] }
        columnSums = Array(grid.isWithheld[counts.count].dropLast())
        total = grid.isWithheld[counts.count][columns]
    }
}

/// A table in which the last of each line is the sum of the others, and what is withheld of it.
private struct SuppressedGrid {
    let values: [[Int]]
    let limit: Int
    private let tellsNone: Bool
    var isWithheld: [[Bool]]

    private struct Cell: Hashable {
        var row: Int
        var column: Int
    }

    init(values: [[Int]], limit: Int, columns: Set<Int>, tellsNone: Bool) {
        self.values = values
        self.limit = limit
        self.tellsNone = tellsNone
        isWithheld = values.map { row in row.enumerated().map { $1 < limit && !(tellsNone && $1 == 0) || columns.contains($0) } }
    }

    private var rows: Range<Int> { values.indices }
    private var columns: Range<Int> { 0..<(values.first?.count ?? 0) }

    /// Withholds more until nothing withheld can be reckoned from what is told.
    mutating func complete() {
        while let other = nextExposed ?? nextFew { isWithheld[other.row][other.column] = true }
    }

    private var nextExposed: Cell? {
        let exposed = exposed
        // Where a line has one withheld cell alone it is plain what is missing; help those first.
        let cell = exposed.first { isAlone($0, inRow: true) || isAlone($0, inRow: false) } ?? exposed.first
        return cell.flatMap(companion)
    }

    /// What to withhold besides where those withheld of a line, taken from its sum, are together a handful.
    private var nextFew: Cell? {
        for line in rows.map({ line(Cell(row: $0, column: 0), inRow: true) }) + columns.map({ line(Cell(row: 0, column: $0), inRow: false) }) {
            guard let sum = line.last, !isWithheld[sum.row][sum.column] else { continue }
            let left = line.dropLast().filter { isWithheld[$0.row][$0.column] }.reduce(0) { $0 + values[$1.row][$1.column] }
            if 0 < left, left < limit { return smallest(line.filter { values[$0.row][$0.column] > 0 }) }
        }
        return nil
    }

    /// Withheld cells whose value follows from the others.
    private var exposed: [Cell] {
        rows.flatMap { row in columns.map { Cell(row: row, column: $0) } }.filter { cell in
            isWithheld[cell.row][cell.column] && !isOnRing(cell, rising: true) && !isOnRing(cell, rising: false)
        }
    }

    private func isAlone(_ cell: Cell, inRow: Bool) -> Bool { line(cell, inRow: inRow).count { isWithheld[$0.row][$0.column] } == 1 }

    private func line(_ cell: Cell, inRow: Bool) -> [Cell] {
        inRow ? columns.map { Cell(row: cell.row, column: $0) } : rows.map { Cell(row: $0, column: cell.column) }
    }

    /// Whether a withheld cell could be one more (or less) without any line adding up differently and without a count under
    /// nothing: along a ring of withheld cells, more and less by turns. A cell is an edge between its row and its column;
    /// from row to column it rises. A sum counts against its line, so there more is less.
    private func isOnRing(_ cell: Cell, rising: Bool) -> Bool {
        guard isAllowed(cell, rising: rising) else { return false }
        // Rows are 0 …, columns behind them.
        let (row, column) = (cell.row, rows.count + cell.column)
        let (start, end) = rising ? (column, row) : (row, column)
        var seen: Set<Int> = [start]
        var left = [start]
        while let place = left.popLast() {
            let isRow = place < rows.count
            for other in isRow ? columns : rows {
                let next = isRow ? Cell(row: place, column: other) : Cell(row: other, column: place - rows.count)
                guard next != cell, isWithheld[next.row][next.column], isAllowed(next, rising: isRow) else { continue }
                let target = isRow ? rows.count + other : other
                if target == end { return true }
                if seen.insert(target).inserted { left.append(target) }
            }
        }
        return false
    }

    private func isAllowed(_ cell: Cell, rising: Bool) -> Bool {
        let isLine = (cell.row == rows.count - 1) != (cell.column == columns.count - 1)
        return rising != isLine || values[cell.row][cell.column] > 0
    }

    /// The smallest cell told in the line where an exposed one stands alone, so that least is lost; sums last.
    private func companion(of cell: Cell) -> Cell? {
        let inRow = isAlone(cell, inRow: true) || !isAlone(cell, inRow: false)
        return smallest(line(cell, inRow: inRow)) ?? smallest(line(cell, inRow: !inRow))
            ?? smallest(rows.flatMap { row in columns.map { Cell(row: row, column: $0) } })
    }

    private func smallest(_ cells: [Cell]) -> Cell? {
        cells.filter { !isWithheld[$0.row][$0.column] && !(tellsNone && values[$0.row][$0.column] == 0) }.min { left, right in
            (isSum(left) ? 1 : 0, values[left.row][left.column]) < (isSum(right) ? 1 : 0, values[right.row][right.column])
        }
    }

    private func isSum(_ cell: Cell) -> Bool { cell.row == rows.count - 1 || cell.column == columns.count - 1 }
}
