package import Reports
import Staffing
package import Store
package import Strategy
package import Telemetry
import Workload

extension ReportedMunicipality {
    /// A measured period that is too short, or with too few call-outs, to begin a projection from.
    package struct TooLittleMeasured: Error, CustomStringConvertible {
        package var period: String
        package var found: PlanningFigures.Measured

        package var description: String {
            "\(period) has \(found.wholeDays) whole days of data of \(found.days), and \(found.callOuts) call-outs on them: a projection needs at least "
                + "\(PlanningFigures.Measured.wholeDaysMin) whole days and \(PlanningFigures.Measured.callOutsMin) call-outs. Choose a longer period, or leave "
                + "the period out and begin from the assumptions."
        }
    }

    /// What a projection is made from besides the municipality.
    package struct ProjectionInput: Sendable {
        package var population: Population
        package var users: UsersByAge
        package var assumptions: ProjectionAssumptions
        package var years: [Int]
        /// As they are named where something is wrong in them.
        package var files = (population: "population.csv", users: "users-by-age.csv", assumptions: "projection.yaml")

        package init(population: Population, users: UsersByAge, assumptions: ProjectionAssumptions, years: [Int]) {
            self.population = population
            self.users = users
            self.assumptions = assumptions
            self.years = years
        }
    }

    /// The years that are projected to where nobody asks for others.
    package static let projectionYears = "2030,2040,2050"
    /// Years in one projection.
    private static let projectionYearsMax = 50

    /// Years with commas between, each from 2000 to 2200, in order and each once; nil for anything else.
    package static func years(_ text: String) -> [Int]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let years = parts.compactMap { Int($0) }.filter { (2000...2200).contains($0) }
        return years.count == parts.count && parts.count <= projectionYearsMax ? Set(years).sorted() : nil
    }

    /// Carries today's users and load into years to come. From a measured period call-outs, their length, the share closed at the
    /// centre and the week are those measured then, and where there is a roster the attendance norm says how many are needed.
    ///
    /// - Throws: `TooLittleMeasured`; `FileError` where population and users do not fit together.
    package func projection(_ input: ProjectionInput, measured: (period: ReportPeriod, views: ViewsReader)? = nil, now: EventTime) throws -> ProjectionAnswer {
        var assumptions = input.assumptions
        let today = assumptions.today
        let evenErlang = today.callOutsPer30Days.range.main * today.minutesPerCallOut.range.main / (30 * 24 * 60)
        var squareRoot = SquareRootStaffing(evenErlang: evenErlang, rule: assumptions.staffing)
        var required: RequiredByLoad?
        var basis: (period: ReportPeriod, position: Int64)?
        if let measured {
            let found = try indicators(period: measured.period, views: measured.views, now: now)
            guard found.replace(&assumptions.today, of: measured.period.description) else {
                throw TooLittleMeasured(period: measured.period.description, found: found.measured)
            }
            squareRoot = SquareRootStaffing(hourlyErlang: found.hourlyErlang, rule: assumptions.staffing)
            required = RequiredByLoad(try staffingInput(period: measured.period.bounds(), views: measured.views, now: now))
            basis = (measured.period, found.position)
        }
        let hours = assumptions.staffing.hoursPerFullTimeEquivalent
        let projection = try Projection(
            population: input.population,
            users: input.users,
            assumptions: assumptions,
            years: input.years,
            files: input.files
        ) { load in
            required?.fullTimeEquivalents(loadFactor: load, hoursPerFullTimeEquivalent: hours) ?? squareRoot.fullTimeEquivalents(loadFactor: load)
        }
        return ProjectionAnswer(
            number: number,
            name: name,
            projection: projection,
            assumptions: assumptions,
            users: input.users,
            measured: basis,
            need: required.map { .requiredPositions(byNorm: $0.byNorm, asRostered: $0.asRostered) } ?? .squareRoot
        )
    }
}
