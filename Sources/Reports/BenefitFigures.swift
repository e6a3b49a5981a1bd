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

    init(_ data: IndicatorData, isExternal: Bool) {
        let told = ToldLoads(data, isExternal: isExternal)
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
        freed = data.freed.map { FreedFigures($0, isExternal: isExternal) }
        reconciliation = isExternal ? nil : data.freedReconciliation
        freedDays = data.freedDays
        realised = data.realised
    }
}

/// Which columns of which kinds may be told: each column's counts are a division of the one before it.
private struct ToldLoads {
    var kinds: [BenefitFigures.Load]
    var sum = BenefitFigures.Load()
    var unknown: (alarms: Int, callOuts: Int)?
    let isUsersSumTold: Bool

    init(_ data: IndicatorData, isExternal: Bool) {
        let uses = data.uses
        let own = uses.map { use -> [Int] in
            if case .accessory = use.kind { return [0, 0, use.users, use.devices] }
            return [use.users, use.devices, 0, 0]
        }
        func table(_ rows: [[Int]], _ withheld: [Bool] = []) -> ToldRows? { isExternal ? ToldRows(rows, withheld: withheld) : nil }
        let register = table(own)
        let others = data.alarmsOfUnknown
        let load = table(
            uses.map { [$0.callOuts, $0.alarms - $0.callOuts] } + [[others.callOuts, others.alarms - others.callOuts]],
            (register?.isTold ?? []).map { !$0 } + [false]
        )
        let withheld = (load?.isTold.dropLast() ?? []).map { !$0 }
        let unintended = table(uses.map { [$0.unintended, $0.alarms - $0.unintended] }, withheld)
        let technical = table(uses.map { [$0.technical, $0.alarms - $0.unintended - $0.technical] }, (unintended?.isTold ?? []).map { !$0 })
        func told(_ table: ToldRows?, _ place: Int, _ count: Int) -> Int? { table?.isTold[place] ?? true ? count : nil }
        kinds = uses.enumerated().map { place, use in
            BenefitFigures.Load(
                kind: use.kind,
                users: told(register, place, use.users),
                devices: told(register, place, use.devices),
                alarms: told(load, place, use.alarms),
                callOuts: told(load, place, use.callOuts),
                unintended: told(unintended, place, use.unintended),
                technical: told(technical, place, use.technical)
            )
        }
        func all(_ table: ToldRows?, _ count: (TechnologyUse) -> Int) -> Int? {
            table?.isSumTold ?? true ? uses.reduce(0) { $0 + count($1) } : nil
        }
        sum.devices = all(register, \.devices)
        sum.alarms = all(load, \.alarms).map { $0 + others.alarms }
        sum.callOuts = all(load, \.callOuts).map { $0 + others.callOuts }
        // Taken from the key figures' they would tell of devices that nobody knows.
        sum.unintended = sum.alarms == nil || isExternal && others.alarms > 0 ? nil : all(unintended, \.unintended)
        sum.technical = sum.unintended == nil ? nil : all(technical, \.technical)
        unknown = load?.isTold.last ?? true ? others : nil
        isUsersSumTold = uses.isEmpty ? !isExternal || (data.technologyUsers ?? 0).isTellable : register?.isSumTold ?? true
    }
}

extension FrameworkFigures {
    /// Of all its goals.
    package var indicators: [IndicatorRow] { goals.flatMap(\.indicators) }
}
