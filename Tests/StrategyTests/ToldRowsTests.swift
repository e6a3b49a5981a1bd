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

    @Test("a share is rounded only where two counts or more that may not be told are told in the same words")
    func rounded() {
        #expect(Share(297, of: 300).roundedPercent == 99 && Share(299, of: 300).roundedPercent == nil, "one left alone is 100 %")
        #expect(Share(70, of: 71).roundedPercent == nil && Share(72, of: 75).roundedPercent == 95 && Share(2, of: 22).roundedPercent == nil)
        #expect(Share(1297, of: 1300).roundedPercent == 100)
        #expect(Share(30, of: 60).roundedPercent == 50 && Share(9, of: 18).roundedPercent == nil)
        for total in 20...400 {
            // Whoever knows the rule looks for the counts that would have been told so.
            let withheld = (0...total).filter { !Share($0, of: total).isTellable }
            let told = Dictionary(grouping: withheld) { Share($0, of: total).roundedPercent }
            for (percent, counts) in told where percent != nil { #expect(counts.count > 1, "\(counts) of \(total)") }
            #expect(withheld.allSatisfy { $0 < 5 || total - $0 < 5 })
        }
    }

    @Test("a second count of the same events is the same as the first, or five away; of others it may be any")
    func counts() {
        var told = ToldCounts()
        let first = told.tell([(.alarms, 470), (.callOuts, 75)])
        #expect(first && told.tell([(.alarms, 470)]) && !told.tell([(.alarms, 469)]) && !told.tell([(.unintended, 114), (.callOuts, 73)]))
        #expect(told.tell([(.alarms, 465), (.unintended, 112)]) && !told.allow([(.alarms, 466)]), "what was refused is not told, what was told counts")
    }

    @Test("a sum that is withheld takes the smallest row with it where all were told")
    func sum() {
        let rows = [[100], [20], [0]]
        var told = ToldRows(rows)
        told.withholdSum(of: rows)
        #expect(told.isTold == [true, false, true] && !told.isSumTold)
        let partly = [[100], [20], [7]]
        var withheld = ToldRows(partly, withheld: [false, false, true])
        withheld.withholdSum(of: partly)
        #expect(withheld.isTold == [true, true, false])
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
