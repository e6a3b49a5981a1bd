package import Files
package import Strategy

/// What a municipality plans by, as its files say. Nil where there is none.
package struct PlanningSources: Sendable {
    package var population: Population?
    package var users: UsersByAge?
    package var assumptions: ProjectionAssumptions?
    package var kostra: KostraComparison?
    package var capacity: CareCapacity?
    /// Their names, for what is wrong in them.
    package var files: (population: String, users: String, assumptions: String)

    package init(
        population: Population? = nil,
        users: UsersByAge? = nil,
        assumptions: ProjectionAssumptions? = nil,
        kostra: KostraComparison? = nil,
        capacity: CareCapacity? = nil,
        files: (population: String, users: String, assumptions: String) = ("population.csv", "users-by-age.csv", "projection.yaml")
    ) {
        self.population = population
        self.users = users
        self.assumptions = assumptions
        self.kostra = kostra
        self.capacity = capacity
        self.files = files
    }

    /// The files of a projection, to every year of the population table; nil where one of them is missing.
    package var projectionInput: ReportedMunicipality.ProjectionInput? {
        guard let population, let users, let assumptions else { return nil }
        let years = population.years.filter { $0 > assumptions.today.year }
        var input = ReportedMunicipality.ProjectionInput(population: population, users: users, assumptions: assumptions, years: years)
        input.files = files
        return input
    }

    /// - Throws: `FileError` where the files of the projection do not fit together.
    package func check() throws(FileError) {
        guard let input = projectionInput else { return }
        _ = try Projection(
            population: input.population,
            users: input.users,
            assumptions: input.assumptions,
            years: input.years,
            files: input.files
        ) { $0 }
    }
}

extension ProjectionAssumptions.Today {
    /// Mean people at work of so many call-outs of such a length in 30 days.
    var erlang: Double { callOutsPer30Days.range.main * minutesPerCallOut.range.main / (30 * 24 * 60) }
}
