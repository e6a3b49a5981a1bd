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

    /// A kind of technology with the load it gave, as `TechnologyUse`; nil is withheld.
    package struct Load: Equatable, Sendable {
        /// Nil of all kinds together.
        package var kind: TechnologyUse.Kind?
        package var users: Int?
        package var devices: Int?
        package var alarms: Int?
        package var callOuts: Int?
        package var unintended: Int?
        package var technical: Int?
    }

    /// Those of which any is registered, in the order of the technologies.
    package var uses: [Use]
    /// The same and the further devices of homes, each with the load it gave, and their sum.
    package var kinds: [Load]
    package var kindsSum: Load
    /// Alarms of the period that came from no known device; nil when withheld.
    package var alarmsOfUnknown: (alarms: Int, callOuts: Int)?
    /// Users of all technologies; nil where nothing is registered, or it is withheld.
    package var users: Int?
    /// `users` per 1,000 inhabitants of 80 years and more; without a value where the inhabitants are not known.
    package var usersPer1000: IndicatorFigure
    package var isPopulationSynthetic: Bool
    /// Nil where nobody has said what technology saves.
    package var freed: FreedFigures?
    /// Why fewer alarms are freed than were closed at the centre; nil when withheld.
    package var reconciliation: FreedReconciliation?
    /// Whole local days that `freed` is counted over.
    package var freedDays: Int
    /// From the new year until the period's end; nil where no book is kept, and for one zone.
    package var realised: BenefitLedger.Sum?

    /// - Parameter counts: of an external report, counts of the same events that it tells already; nil of one that stays.
    init(_ data: IndicatorData, told counts: inout ToldCounts?) {
        let isExternal = counts != nil
        let told = ToldLoads(data, &counts)
        kinds = told.kinds
        kindsSum = told.sum
        alarmsOfUnknown = told.unknown
        uses = Technology.allCases.compactMap { technology in
            guard let users = data.usersByTechnology?[technology] else { return nil }
            // Where the register is not told by kinds, what the users are told by is the count alone.
            let kind = told.kinds.first { $0.kind == .technology(technology) }
            let isTold = kind.map { $0.users != nil } ?? (!isExternal || users.isTellable)
            return Use(technology: technology, users: isTold ? users : nil)
        }
        users = told.isUsersSumTold ? data.technologyUsers : nil
        usersPer1000 = IndicatorFigure(.technologyUsersPer1000, data)
        isPopulationSynthetic = data.isPopulationSynthetic
        freed = data.freed.map { FreedFigures($0, beside: told, told: &counts) }
        reconciliation = isExternal ? nil : data.freedReconciliation
        freedDays = data.freedDays
        realised = data.realised
    }
}

extension FrameworkFigures {
    /// Of all its goals.
    package var indicators: [IndicatorRow] { goals.flatMap(\.indicators) }
}
