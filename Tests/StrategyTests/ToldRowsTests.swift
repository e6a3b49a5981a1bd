import Strategy
import Testing
import Workload

@Suite("Rows told beside their sum")
struct ToldRowsTests {
    @Test("a handful takes the smallest row beside it along, so that what is left of the sum is five or more")
    func companion() {
        let told = ToldRows([[100, 30], [3, 20], [12, 14]])
        #expect(told.isTold == [true, false, false] && told.isSumTold)
        #expect(ToldRows([[100, 30], [0, 20]]).isTold == [true, true], "none is nobody")
        #expect(ToldRows([[3], [1]]) == ToldRows([[1], [3]]) && !ToldRows([[3], [1]]).isSumTold)
        #expect(ToldRows([[9], [8], [7]], withheld: [true, false, false]).isTold == [false, true, true])
    }

    @Test("whatever is added and taken away of told rows and their sum, no count of one to four comes out", arguments: 1...200)
    func combined(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let columns = 1 + random.next(below: 3)
        let rows = (0..<(1 + random.next(below: 6))).map { _ in
            (0..<columns).map { _ in random.next(below: 3) == 0 ? random.next(below: 6) : random.next(below: 40) }
        }
        let told = ToldRows(rows)
        // All that can be known: told rows, and where the sum is told, the rest. Any count that follows is a sum of some of these.
        let left = rows.indices.filter { !told.isTold[$0] }
        let rest = (0..<columns).map { column in left.reduce(0) { $0 + rows[$1][column] } }
        for place in rows.indices where told.isTold[place] { #expect(rows[place].allSatisfy { $0.isTellable }, "\(rows)") }
        if told.isSumTold { #expect(rest.allSatisfy { $0.isTellable }, "\(rows) \(told)") }
    }

    @Test("a share is rounded only where other counts would give the same percent, of which some may be told")
    func rounded() {
        #expect(Share(297, of: 300).roundedPercent == nil, "2 to 4 are left, whatever is meant by 99 %")
        #expect(Share(1297, of: 1300).roundedPercent == 100)
        #expect(Share(30, of: 60).roundedPercent == 50 && Share(9, of: 18).roundedPercent == nil)
        for total in 20...400 {
            for count in 0...total {
                guard let percent = Share(count, of: total).roundedPercent else { continue }
                let fits = (0...total).filter { Int((100 * Double($0) / Double(total)).rounded()) == percent }
                #expect(fits.contains { Share($0, of: total).isTellable }, "\(count) of \(total)")
            }
        }
    }

    @Test("those withheld of a line are together none or at least five where their sum is told", arguments: 1...100)
    func lines(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let columns = 2 + random.next(below: 3)
        let counts = (0..<(2 + random.next(below: 4))).map { _ in
            (0..<columns).map { _ in random.next(below: 2) == 0 ? random.next(below: 6) : random.next(below: 50) }
        }
        let found = Withholding(counts, tellsNone: true)
        func isSafe(_ line: [Int], _ withheld: [Bool]) -> Bool { zip(line, withheld).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }.isTellable }
        for row in counts.indices {
            if !found.rowSums[row] { #expect(isSafe(counts[row], found.cells[row]), "\(counts) \(found)") }
            for column in 0..<columns where !found.cells[row][column] { #expect(counts[row][column].isTellable) }
        }
        for column in 0..<columns where !found.columnSums[column] {
            #expect(isSafe(counts.map { $0[column] }, found.cells.map { $0[column] }), "\(counts) \(found)")
        }
    }
}
