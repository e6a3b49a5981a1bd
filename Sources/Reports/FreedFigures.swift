package import Strategy
package import Telemetry
import Workload

/// Freed hours as they may be told: all of them in the municipality; outside it no hours of a handful of things, nor any that could be
/// had by subtraction.
package struct FreedFigures: Sendable {
    package struct Row: Equatable, Sendable {
        /// Nil for all technologies together.
        package var technology: Technology?
        package var replaces: String
        /// What was done; with the hours, nil when withheld.
        package var done: Int?
        package var freed: Range3?
        package var newWork: Range3?
        package var net: Range3?
        package var hasExample: Bool
        /// New work counted that nobody has said what takes.
        package var withoutMinutes: [BenefitAssumptions.NewWork] = []
    }

    package private(set) var rows: [Row]
    package private(set) var sum: Row
    /// Technologies with assumptions that nobody has counted yet.
    package let uncounted: [Technology]
    /// Counted kinds of new work; empty when withheld.
    package private(set) var newWork: [BenefitAssumptions.NewWork: Int] = [:]
    /// All new work; nil when withheld.
    package private(set) var newWorkCount: Int?
    /// Something is counted to reckon from.
    package let isCounted: Bool

    /// Some hours are left out, and the rest are in round numbers.
    package var isPartlyWithheld: Bool { (rows + [sum]).contains { $0.net == nil || $0.newWork == nil } }

    /// What net hours are rounded to where their parts are withheld.
    private static let stepHours = 5.0

    init(_ freed: FreedHours, isExternal: Bool) {
        rows = freed.rows.map { row in
            Row(
                technology: row.technology,
                replaces: row.replaces,
                done: row.counts.done,
                freed: row.freed,
                newWork: row.newWork,
                net: row.net,
                hasExample: row.hasExample,
                withoutMinutes: row.withoutMinutes
            )
        }
        let done = freed.rows.reduce(0) { $0 + $1.counts.done }
        sum = Row(
            technology: nil,
            replaces: "",
            done: done,
            freed: freed.freed,
            newWork: freed.newWork,
            net: freed.net,
            hasExample: freed.rows.contains(where: \.hasExample)
        )
        uncounted = freed.uncounted
        isCounted = freed.count > 0
        for row in freed.rows { newWork.merge(row.counts.newWork, uniquingKeysWith: +) }
        newWorkCount = newWork.values.reduce(0, +)
        if isExternal { withhold(freed.rows) }
    }

    /// A technology whose things done are a handful is left out, with another where the sum would tell of it. Where only its new work
    /// is, its net hours are told in round numbers, without what they were reckoned from: two unknown counts behind one figure.
    private mutating func withhold(_ counted: [FreedHours.Row]) {
        let newWorks = counted.map { $0.counts.newWork.values.reduce(0, +) }
        // New work alone decides where nothing was done: then the hours are of it.
        let told = ToldRows(zip(counted, newWorks).map { row, newWork in row.counts.done == 0 ? [newWork] : [row.counts.done] })
        let isWhole = told.isTold.allSatisfy(\.self) && newWorks.allSatisfy(\.isTellable)
        for place in rows.indices {
            if !told.isTold[place] {
                (rows[place].done, rows[place].freed, rows[place].newWork, rows[place].net) = (nil, nil, nil, nil)
            } else if !isWhole {
                if !newWorks[place].isTellable { (rows[place].done, rows[place].freed, rows[place].newWork) = (nil, nil, nil) }
                rows[place].net = rows[place].net?.rounded(to: FreedFigures.stepHours)
            }
        }
        if !isWhole {
            (sum.done, sum.freed, sum.newWork) = (nil, nil, nil)
            sum.net = told.isSumTold ? sum.net?.rounded(to: FreedFigures.stepHours) : nil
        }
        if !newWork.values.allSatisfy(\.isTellable) { newWork = [:] }
        if newWorkCount?.isTellable == false { newWorkCount = nil }
    }
}

extension Range3 {
    fileprivate func rounded(to step: Double) -> Range3 {
        func round(_ value: Double) -> Double { (value / step).rounded() * step }
        return Range3(low: round(low), main: round(main), high: round(high))
    }
}
