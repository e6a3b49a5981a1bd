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
        func isUnsafe(_ rows: [[Int]]) -> Bool { ToldRows.sum(rows).contains { !$0.isTellable } }
        while isUnsafe(zip(rows, told).filter { !$1 }.map(\.0)),
            // The smallest goes along, so that least is lost.
            let next = rows.indices.filter({ told[$0] }).min(by: { (rows[$0].reduce(0, +), $0) < (rows[$1].reduce(0, +), $1) })
        {
            told[next] = false
        }
        isTold = told
        isSumTold = !isUnsafe(rows)
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

    /// Under so many, whole percent would still tell how many there are.
    private static let roundedMin = 20

    /// The share in whole percent, else to the nearest five, where that alone may leave the municipality though its counts may not: of
    /// the counts that are withheld two or more are told in the same words. Nil where it would be the only one.
    package var roundedPercent: Int? {
        guard denominator >= Share.roundedMin else { return nil }
        func percent(_ numerator: Int, _ step: Int) -> Int { Int((100 * Double(numerator) / Double(denominator * step)).rounded()) * step }
        if isTellable { return percent(numerator, 1) }
        let handful = 0..<Share.smallBelow
        var left = (handful.map { $0 } + handful.map { denominator - $0 }).filter { !Share($0, of: denominator).isTellable }
        for step in [1, 5] {
            let alike = Dictionary(grouping: left) { percent($0, step) }
            if let own = alike[percent(numerator, step)], own.count > 1, own.contains(numerator) { return percent(numerator, step) }
            left.removeAll { (alike[percent($0, step)]?.count ?? 0) > 1 }
        }
        return nil
    }
}
