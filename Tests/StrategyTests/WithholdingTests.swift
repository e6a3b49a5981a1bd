import Strategy
import Testing

@Suite("What leaves the municipality")
struct WithholdingTests {
    @Test("one cell under five takes the smallest beside it along, in its row and in its column, so that no sum tells it")
    func companions() {
        let withholding = Withholding([[3, 20, 30], [40, 50, 60], [12, 14, 16]])
        #expect(withholding.cells == [[true, true, false], [false, false, false], [true, true, false]])
        #expect(withholding.rowSums == [false, false, false] && withholding.columnSums == [false, false, false])
    }

    @Test("a table without small cells is told whole")
    func nothing() {
        let withholding = Withholding([[5, 20], [40, 50]])
        #expect(!withholding.cells.joined().contains(true) && !withholding.rowSums.contains(true) && !withholding.columnSums.contains(true))
    }

    @Test("a single row: two zones, one of them small, and both are withheld; the sum stays")
    func row() {
        let withholding = Withholding([[3, 20, 9]])
        #expect(withholding.cells == [[true, false, true]])
    }

    /// Every table of counts 0 to `largest` with the same told cells and sums: what a patient reader could think of.
    private func readings(_ counts: [[Int]], _ withholding: Withholding, largest: Int) -> [[[Int]]] {
        var found: [[[Int]]] = []
        var guess = counts
        let places = counts.indices.flatMap { row in counts[row].indices.filter { withholding.cells[row][$0] }.map { (row, $0) } }
        func sums(_ table: [[Int]]) -> [Int?] {
            let rows = table.indices.map { withholding.rowSums[$0] ? nil : table[$0].reduce(0, +) }
            let columns = table[0].indices.map { column in withholding.columnSums[column] ? nil : table.reduce(0) { $0 + $1[column] } }
            return rows + columns + [withholding.total ? nil : table.joined().reduce(0, +)]
        }
        let told = sums(counts)
        func go(_ index: Int) {
            guard index < places.count else {
                if sums(guess) == told { found.append(guess) }
                return
            }
            for value in 0...largest {
                guess[places[index].0][places[index].1] = value
                go(index + 1)
            }
        }
        go(0)
        return found
    }

    @Test("no withheld cell has one possible value alone, for a reader who tries every table", arguments: 1...60)
    func attacked(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let (rows, columns) = (2 + random.next(below: 2), 2)
        let counts = (0..<rows).map { _ in (0..<columns).map { _ in random.next(below: 9) } }
        let withholding = Withholding(counts)
        let readings = readings(counts, withholding, largest: 9)
        for row in 0..<rows {
            for column in 0..<columns {
                if counts[row][column] < 5 { #expect(withholding.cells[row][column]) }
                guard withholding.cells[row][column] else { continue }
                #expect(Set(readings.map { $0[row][column] }).count > 1, "\(counts) \(withholding)")
            }
        }
    }
}
