package import Strategy

/// What a municipality's indicators and projections rest on besides views, registry and roster. Nil where there is none.
package struct IndicatorSources: Sendable {
    package var population: Population?
    package var benefits: BenefitAssumptions?
    package var ledger: BenefitLedger?
    /// Entered on the pages, besides the file's.
    package var entered: [BenefitLedger.Entry] = []
    package var usersByAge: UsersByAge?
    package var projection: ProjectionAssumptions?

    package init(
        population: Population? = nil,
        benefits: BenefitAssumptions? = nil,
        ledger: BenefitLedger? = nil,
        usersByAge: UsersByAge? = nil,
        projection: ProjectionAssumptions? = nil
    ) {
        self.population = population
        self.benefits = benefits
        self.ledger = ledger
        self.usersByAge = usersByAge
        self.projection = projection
    }

    /// What is entered in the file and on the pages together; nil where neither has anything to say.
    package var wholeLedger: BenefitLedger? {
        entered.isEmpty
            ? ledger : BenefitLedger(entries: (ledger?.entries ?? []) + entered, isExample: ledger.map { $0.isExample && !$0.entries.isEmpty } ?? false)
    }

    /// Inhabitants of 80 years and more in the year of the table nearest to `year`, of its alternatives the middle one.
    func inhabitants80(year: Int) -> Int? {
        guard let population, let nearest = population.years.min(by: { abs($0 - year) < abs($1 - year) }) else { return nil }
        let alternatives = population.alternatives
        return population.persons(AgeGroup(from: 80, to: nil), year: nearest, alternative: alternatives[alternatives.count / 2])
    }
}
