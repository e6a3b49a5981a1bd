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
        /// `net` is to the nearest `roundedToHours`, and rests on ranges in place of what is withheld.
        package var isRounded = false
        package var hasExample: Bool
        /// New work counted that nobody has said what takes.
        package var withoutMinutes: [BenefitAssumptions.NewWork] = []
    }

    package internal(set) var rows: [Row]
    package internal(set) var sum: Row
    /// Technologies with assumptions that nobody has counted yet.
    package let uncounted: [Technology]
    /// Counted kinds of new work; nil when withheld.
    package internal(set) var newWork: [BenefitAssumptions.NewWork: Int]?
    /// Something is counted to reckon from.
    package let isCounted: Bool

    /// Some hours are left out or in round numbers.
    package var isPartlyWithheld: Bool { (rows + [sum]).contains { $0.net == nil || $0.isRounded } }

    /// What net hours are rounded to where their parts are withheld.
    package static let roundedToHours = 5.0

    /// - Parameters:
    ///   - loads: the technologies' alarms as the report tells them beside.
    ///   - told: of an external report, counts of the same events that it tells already; nil of one that stays.
    init(_ freed: FreedHours, beside loads: ToldLoads, told: inout ToldCounts?) {
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
        newWork = freed.rows.reduce(into: [:]) { $0.merge($1.counts.newWork, uniquingKeysWith: +) }
        guard var counts = told else { return }
        withhold(freed.rows, loads, &counts)
        told = counts
    }
}
