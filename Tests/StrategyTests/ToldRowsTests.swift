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

    @Test("where those that went along are as large as the smallest that is told, another goes along: of 20, 20 and 4 the sum would tell the 4")
    func ties() {
        #expect(ToldRows([[20], [20], [4]]).isTold == [false, false, false])
        #expect(ToldRows([[20], [22], [4], [60]]).isTold == [false, false, false, true] && ToldRows([[20], [23], [4]]).isTold == [false, true, false])
        #expect(ToldRows([[20], [20], [1]]).isTold == [false, true, false], "one at least, as every handful is")
        #expect(ToldRows([[20, 4], [20, 9], [30, 30]]).isTold == [false, false, true], "a row with one small column may be of any size")
    }

    /// All rows of one column with a sum up to this.
    private static func rows(_ count: Int, sum: Int) -> [[Int]] {
        guard count > 1 else { return (0...sum).map { [$0] } }
        return (0...sum).flatMap { first in rows(count - 1, sum: sum - first).map { [first] + $0 } }
    }

    private struct Printed: Hashable {
        var rows: [Int?]
        var sum: Int?
    }

    @Test(
        "each row of one to four that is left out could be another number by what is printed, its sum among it or known from elsewhere",
        arguments: [(2, 30, false), (3, 26, false), (4, 18, false), (5, 12, false), (2, 30, true), (3, 16, true)]
    )
    func exhaustive(count: Int, sum: Int, hasLarge: Bool) {
        for isSumKnown in [false, true] {
            var possible: [Printed: [Set<Int>]] = [:]
            // Beside a large row those of a few more, which it could be where it is left out as well.
            var tried: Set<Printed> = []
            let all = Self.rows(count, sum: sum).flatMap { rows in hasLarge ? (1000...1010).map { rows + [$0] } : [rows] }
            for rows in all {
                let (told, sum) = (ToldRows(rows.map { [$0] }), rows.reduce(0, +))
                // A sum that may not be told itself is told nowhere.
                let isSumPrinted = told.isSumTold || isSumKnown && sum.isTellable
                let printed = Printed(rows: zip(rows, told.isTold).map { $1 ? $0 : nil }, sum: isSumPrinted ? sum : nil)
                if !hasLarge || rows.last == 1000 { tried.insert(printed) }
                let before = possible[printed] ?? rows.map { _ in [] }
                possible[printed] = zip(before, rows).map { $0.count < 2 ? $0.union([$1]) : $0 }
            }
            for (printed, rows) in possible where tried.contains(printed) {
                for (row, counts) in zip(printed.rows, rows) where row == nil && counts.count == 1 {
                    // Nothing is left to go along with five of one each, whose sum stands elsewhere.
                    let isOneEach = isSumKnown && printed.rows.allSatisfy { $0 == nil } && printed.sum == printed.rows.count
                    #expect(isOneEach || counts.allSatisfy { $0.isTellable }, "\(printed): \(counts)")
                }
            }
        }
    }

    @Test("a share with a handful on one side is told by a bound that holds for all five, and which status it has only where all have it")
    func rounded() throws {
        func words(_ count: Int, _ total: Int) -> String? { RoundedShare(Share(count, of: total)).map { "\($0.words) \($0.percent)" } }
        #expect((67...71).allSatisfy { words($0, 71) == "atLeast 94" } && (0...4).allSatisfy { words($0, 71) == "atMost 6" })
        #expect(words(19, 20) == "atLeast 80" && words(18, 19) == nil && words(5, 49) == nil && words(95, 100) == nil)
        let target = Goals.Target(value: 0.9, isExample: false)
        let indicator = Goals.Indicator(id: "i", name: "i", measure: .attendanceWithin45Minutes, direction: .up, target: target)
        for total in RoundedShare.denominatorMin...400 {
            // Whoever knows the rule looks for the counts that would have been told so.
            let told = Dictionary(grouping: 0...total) { count in
                let rounded = RoundedShare(Share(count, of: total))
                return [words(count, total), rounded.flatMap { GoalStatus($0, indicator) }.map { "\($0)" }]
            }
            for counts in told.values { #expect(counts.count >= 5, "\(counts) of \(total)") }
            for count in 0...total {
                guard let rounded = RoundedShare(Share(count, of: total)) else { continue }
                let percent = 100 * Double(count) / Double(total)
                let isRight = rounded.words == .atLeast ? percent >= Double(rounded.percent) : percent <= Double(rounded.percent)
                #expect(isRight && rounded.possible.contains(Share(count, of: total)), "\(count) of \(total)")
            }
        }
        #expect(GoalStatus(try #require(RoundedShare(Share(69, of: 71))), indicator) == nil, "of 67 the bound lies under the target, of 71 over it")
        #expect(GoalStatus(try #require(RoundedShare(Share(999, of: 1000))), indicator) == .reached)
    }

    @Test("rows that are known to hold a handful each are not told by their sum: five zones with one each take a sixth with them")
    func sumTellsEach() {
        let rows = [[1], [1], [1], [1], [1], [8], [9]]
        #expect(ToldRows(rows).isTold == [false, false, false, false, false, false, true])
        #expect(!ToldRows(Array(repeating: [1], count: 5)).isSumTold && ToldRows([[1], [1], [1], [2]]).isSumTold)
        #expect(ToldRows([[4], [4]]).isSumTold && ToldRows([[4], [4], [9]]).isTold == [false, false, false])
        #expect(ToldRows([[40, 4], [50, 4], [30, 0], [0, 0]], withheld: [false, false, false, true]).isTold == [false, false, false, false])
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
}
