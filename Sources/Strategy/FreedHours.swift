package import Telemetry

/// Hours that technology freed, less the new work it made, by technology: counts of what happened times assumptions.
/// A sum of months, zones or technologies is the sum of their figures, since all is linear in the counts.
package struct FreedHours: Equatable, Sendable {
    /// What was counted of one technology in a period.
    package struct Counts: Equatable, Sendable {
        /// Things done that may have replaced work: assists `done`; for safety alarms, those closed at the centre.
        package var done: Int
        package var newWork: [BenefitAssumptions.NewWork: Int]

        package init(done: Int, newWork: [BenefitAssumptions.NewWork: Int] = [:]) {
            self.done = done
            self.newWork = newWork
        }
    }

    package struct Row: Equatable, Sendable {
        package var technology: Technology
        package var replaces: String
        package var counts: Counts
        /// Hours.
        package var freed: Range3
        package var newWork: Range3
        /// Freed less new work; low is the least freed with the most new work.
        package var net: Range3 { freed - newWork }
        /// Something that the hours rest on is a made-up figure.
        package var hasExample: Bool
        /// New work that was counted, but that nobody has said what takes: it is in no hours.
        package var withoutMinutes: [BenefitAssumptions.NewWork] = []
        /// Hours of each thing done, and of each new work that somebody has said what takes.
        package var freedEach: Range3
        package var newWorkEach: [BenefitAssumptions.NewWork: Range3]
    }

    /// In the order of the assumptions; technologies without counts are left out.
    package private(set) var rows: [Row]
    /// Technologies with assumptions that nobody has counted yet.
    package private(set) var uncounted: [Technology]

    package init(_ assumptions: BenefitAssumptions, counts: [Technology: Counts]) {
        rows = assumptions.technologies.compactMap { assumption in
            counts[assumption.technology].map { FreedHours.row(assumption, $0) }
        }
        uncounted = assumptions.technologies.map(\.technology).filter { counts[$0] == nil }
    }

    private static func row(_ assumption: BenefitAssumptions.Technology, _ counts: Counts) -> Row {
        let saved = assumption.share.range * assumption.minutes.range
        let freed = saved.scaled(by: Double(counts.done) / 60)
        let newWork = BenefitAssumptions.NewWork.allCases.reduce(Range3.zero) { sum, kind in
            guard let minutes = assumption.newWorkMinutes[kind], let count = counts.newWork[kind] else { return sum }
            return sum + minutes.range.scaled(by: Double(count) / 60)
        }
        return Row(
            technology: assumption.technology,
            replaces: assumption.replaces,
            counts: counts,
            freed: freed,
            newWork: newWork,
            hasExample: assumption.hasExample,
            withoutMinutes: BenefitAssumptions.NewWork.allCases.filter { assumption.newWorkMinutes[$0] == nil && counts.newWork[$0] ?? 0 > 0 },
            freedEach: saved.scaled(by: 1.0 / 60),
            newWorkEach: assumption.newWorkMinutes.mapValues { $0.range.scaled(by: 1.0 / 60) }
        )
    }

    /// Hours.
    package var freed: Range3 { rows.reduce(.zero) { $0 + $1.freed } }
    package var newWork: Range3 { rows.reduce(.zero) { $0 + $1.newWork } }
    package var net: Range3 { rows.reduce(.zero) { $0 + $1.net } }

    /// Everything counted that the hours rest on.
    package var count: Int { rows.reduce(0) { $0 + $1.counts.done + $1.counts.newWork.values.reduce(0, +) } }
}
