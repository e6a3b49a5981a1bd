package import Workload

/// Which rows of a table may leave the municipality beside their sum: those whose every count is none or at least five, and where
/// others are left out, those left out together must be so too, since whoever has the sum has them by subtraction. What is told are
/// thus the parts of a division whose smallest part is five: no sum or difference of them is smaller, whatever is added or taken away.
package struct ToldRows: Equatable, Sendable {
    package private(set) var isTold: [Bool]
    package private(set) var isSumTold: Bool

    /// - Parameters:
    ///   - rows: of equal length; the counts of a row lie beside one another, none within another.
    ///   - withheld: rows that another table has left out already, with the same sum; they stay left out.
    package init(_ rows: [[Int]], withheld: [Bool] = []) {
        var told = rows.enumerated().map { place, row in !(withheld.indices.contains(place) && withheld[place]) && row.allSatisfy(\.isTellable) }
        func sum(_ row: Int) -> Int { rows[row].reduce(0) { $0 + abs($1) } }
        func isUnsafe(_ rows: [[Int]]) -> Bool {
            ToldRows.sum(rows).contains { !$0.isTellable } || ToldRows.isEach(1, rows) || ToldRows.isEach(Share.smallBelow - 1, rows)
        }
        let few = rows.indices.filter { !told[$0] }
        // Whoever knows that a row went along for being the smallest knows that it is no larger than the smallest that is told: where the
        // sum of what is left out leaves little beside, that is a handful. So another goes along; that it did tells of the handful that it
        // is no single one. Where a row is left out for one small column its size is open, and says nothing.
        func isTied() -> Bool {
            let along = rows.indices.filter { !told[$0] && !few.contains($0) && sum($0) > 0 }
            guard !along.isEmpty, few.allSatisfy({ sum($0) < Share.smallBelow }), let next = smallest(from: 1) else { return false }
            return (few + along).reduce(0) { $0 + sum($1) } > along.count * sum(next) + few.count { sum($0) > 0 }
        }
        func smallest(from least: Int) -> Int? {
            rows.indices.filter { told[$0] && sum($0) >= least }.min { (sum($0), $0) < (sum($1), $1) }
        }
        // The smallest goes along, so that least is lost; rows of nothing too, or those that hold one each would be known by their number.
        while let next = isUnsafe(zip(rows, told).filter { !$1 }.map(\.0)) ? smallest(from: 0) : isTied() ? smallest(from: 1) : nil {
            told[next] = false
        }
        isTold = told
        let left = zip(rows, told).filter { !$1 }.map(\.0)
        // Where all are left out, fours have the sum of other counts that would be left out too; ones have not.
        isSumTold = (ToldRows.sum(rows) + ToldRows.sum(left)).allSatisfy(\.isTellable) && !ToldRows.isEach(1, left)
    }

    /// Leaves out the sum, and a row with it where all are told, since whoever has them all has their sum.
    ///
    /// - Parameter rows: those that it was made of.
    package mutating func withholdSum(of rows: [[Int]]) {
        isSumTold = false
        let some = rows.indices.filter { rows[$0].contains { $0 != 0 } }
        guard some.allSatisfy({ isTold[$0] }), let smallest = some.min(by: { rows[$0].reduce(0, +) < rows[$1].reduce(0, +) }) else { return }
        isTold[smallest] = false
    }

    /// Whether all rows hold the same in some column: rows that are known to hold a handful each are told by their sum where all hold
    /// one, or all four. Rows of nothing hide nobody.
    private static func isEach(_ count: Int, _ rows: [[Int]]) -> Bool {
        let rows = rows.filter { $0.contains { $0 != 0 } }
        guard let first = rows.first, rows.count > 1 else { return false }
        return first.indices.contains { column in rows.allSatisfy { $0[column] == count } }
    }

    private static func sum(_ rows: [[Int]]) -> [Int] {
        guard let first = rows.first else { return [] }
        return first.indices.map { column in rows.reduce(0) { $0 + $1[column] } }
    }
}

extension Int {
    /// May leave the municipality: none, or so many that nobody is told of.
    package var isTellable: Bool { self == 0 || abs(self) >= Share.smallBelow }
}

extension Share {
    /// Neither what counts nor the rest of it is a handful.
    package var isTellable: Bool { numerator.isTellable && (denominator - numerator).isTellable }
}
