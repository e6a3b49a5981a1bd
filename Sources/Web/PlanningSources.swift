package import Reports
package import Strategy
import Workload

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

    /// Carries today into the years that the population table has.
    ///
    /// - Parameter measured: what a period says of today, taken in the place of what is assumed where it says enough.
    /// - Throws: `FileError` where the files do not fit together.
    package func figures(measured: ReportedMunicipality.Indicators?) throws -> PlanningFigures {
        var figures = PlanningFigures(kostra: kostra, capacity: capacity)
        guard let population, let users, var assumptions else { return figures }
        let isEnough = measured?.replace(&assumptions.today, of: nil) ?? false
        let staffing =
            isEnough
            ? SquareRootStaffing(hourlyErlang: measured?.hourlyErlang ?? [], rule: assumptions.staffing)
            : SquareRootStaffing(evenErlang: assumptions.today.erlang, rule: assumptions.staffing)
        let projection = try Projection(
            population: population,
            users: users,
            assumptions: assumptions,
            years: population.years.filter { $0 > assumptions.today.year },
            files: files,
            need: staffing.fullTimeEquivalents
        )
        let basis = measured.map { isEnough ? PlanningFigures.Basis.measured($0.measured) : .tooLittle($0.measured) } ?? .assumed
        figures.projection = .init(projection: projection, assumptions: assumptions, users: users, basis: basis)
        return figures
    }
}

extension ProjectionAssumptions.Today {
    /// Mean people at work of so many call-outs of such a length in 30 days.
    package var erlang: Double { callOutsPer30Days.range.main * minutesPerCallOut.range.main / (30 * 24 * 60) }
}

extension ReportedMunicipality.Indicators {
    /// What there is to begin a projection from.
    package var measured: PlanningFigures.Measured { .init(wholeDays: wholeDays, days: dayCount, callOuts: data.callOuts ?? 0) }

    /// Puts what was measured in the place of what was assumed of today: call-outs with Garwood's bounds.
    ///
    /// - Parameter period: as it is told where the figures are from; nil where the reader knows it.
    /// - Returns: false, and nothing changed, where the period has too little.
    package func replace(_ today: inout ProjectionAssumptions.Today, of period: String?) -> Bool {
        let found = measured
        guard found.isEnough else { return false }
        let source = "målt \(period.map { "\($0), " } ?? "i ")\(wholeDays) av \(dayCount) hele døgn, n = \(found.callOuts)"
        let bounds = PoissonInterval.bounds(found.callOuts)
        let months = Double(wholeDays) / 30
        let range = Range3(low: bounds.low / months, main: Double(found.callOuts) / months, high: bounds.high / months)
        today.callOutsPer30Days = Assumption(range, source: source, isExample: false)
        let milliseconds = data.responseMillisecondsByDay.reduce(0, +)
        today.minutesPerCallOut = Assumption(Range3(Double(milliseconds) / 60_000 / Double(found.callOuts)), source: source, isExample: false)
        if let share = data.keyFigures.closedAtCentre.value, let interval = data.keyFigures.closedAtCentre.interval {
            today.closedAtCentre = Assumption(Range3(low: interval.low, main: share, high: interval.high), source: source, isExample: false)
        }
        return true
    }
}
