package import Strategy
package import Telemetry
import Workload

/// What technology is in use and what it gives: freed hours as reckoned, and apart from them what leaders have realised.
package struct BenefitFigures: Sendable {
    /// Users of a technology: residents with at least one device of it.
    package struct Use: Equatable, Sendable {
        package var technology: Technology
        /// Nil when withheld.
        package var users: Int?
    }

    /// Those of which any is registered, in the order of the technologies.
    package var uses: [Use]
    /// The same and the further devices of homes, each with the load it gave; empty when any of it is withheld.
    package var kinds: [TechnologyUse]
    /// Alarms of the period that came from no known device.
    package var alarmsOfUnknown: (alarms: Int, callOuts: Int)
    /// All of them together; nil where nothing is registered, or it is withheld.
    package var users: Int?
    /// `users` per 1,000 inhabitants of 80 years and more; without a value where the inhabitants are not known.
    package var usersPer1000: IndicatorFigure
    package var isPopulationSynthetic: Bool
    /// Nil where nobody has said what technology saves.
    package var freed: FreedHours?
    /// Why fewer alarms are freed than were closed at the centre.
    package var reconciliation: FreedReconciliation?
    /// Whole local days that `freed` is counted over.
    package var freedDays: Int
    /// From the new year until the period's end; nil where no book is kept, and for one zone.
    package var realised: BenefitLedger.Sum?
    /// In whole local days, and how many of these there are.
    package var callOuts: Int?
    package var wholeDays: Int
    package var responseHours: Double

    init(_ data: IndicatorData, isExternal: Bool) {
        let known = Technology.allCases.compactMap { technology in (data.usersByTechnology?[technology]).map { (technology, $0) } }
        let withheld = isExternal ? SumWithholding(known.map(\.1)) : nil
        uses = known.enumerated().map { place, use in Use(technology: use.0, users: withheld?.zones[place] == true ? nil : use.1) }
        users = withheld?.sum == true ? nil : data.technologyUsers
        // Counts add up to the report's own: one that is withheld would be found from the others.
        let counts = data.uses.flatMap { [$0.users, $0.devices, $0.alarms, $0.callOuts, $0.unintended, $0.technical] }
        let isHidden = isExternal && (counts + [data.alarmsOfUnknown.alarms, data.alarmsOfUnknown.callOuts]).contains { (1..<Share.smallBelow).contains($0) }
        kinds = isHidden ? [] : data.uses
        alarmsOfUnknown = isHidden ? (0, 0) : data.alarmsOfUnknown
        usersPer1000 = IndicatorFigure(.technologyUsersPer1000, data)
        isPopulationSynthetic = data.isPopulationSynthetic
        // Hours of a handful of things done would tell how many they were.
        let hasFew = data.freed?.rows.contains { row in
            row.counts.done < Share.smallBelow || row.counts.newWork.values.contains { (1..<Share.smallBelow).contains($0) }
        }
        freed = isExternal && hasFew == true ? nil : data.freed
        reconciliation = freed == nil || isExternal ? nil : data.freedReconciliation
        freedDays = data.freedDays
        realised = data.realised
        callOuts = isExternal && (data.callOuts ?? 0) < Share.smallBelow ? nil : data.callOuts
        wholeDays = data.responseMillisecondsByDay.count
        responseHours = Double(data.responseMillisecondsByDay.reduce(0, +)) / 3_600_000
    }
}

extension FrameworkFigures {
    /// Of all its goals.
    package var indicators: [IndicatorRow] { goals.flatMap(\.indicators) }
}
