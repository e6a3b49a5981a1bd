import Reports
import Store
import Strategy
import Telemetry
import Web
import Workload

extension ReportedMunicipality {
    /// An indicator of every measure, and the files of a projection in which those of 80 and more double until 2040.
    mutating func addPlans() {
        let indicators = IndicatorMeasure.allCases.map {
            Goals.Indicator(id: $0.rawValue, name: $0.rawValue, measure: $0, direction: .up, target: .init(value: 0.5, isExample: true))
        }
        goals = Goals(frameworks: [
            .init(
                id: "ramme",
                name: "Rammeverk",
                careLadder: "omsorgstrappa",
                goals: [.init(id: "teknologi", name: "Teknologi", notMeasured: "Egenmestring", indicators: indicators)]
            )
        ])
        sources = ServedSite.sources
    }
}

extension ServedSite {
    static let assumptions = """
        today:
          year: 2026
          callOutsPer30Days: {main: 70, source: egen telling}
          minutesPerCallOut: {main: 60, source: egen telling}
          closedAtCentre: {main: 60, source: egen telling}
        staffing: {margin: 1, hoursPerFullTimeEquivalent: 1700, source: eksempel}
        alternatives: {low: hoved, main: hoved, high: hoved}
        """

    /// Half of the doses replace half an hour; a follow-up takes a quarter.
    static var benefits: BenefitAssumptions {
        get throws {
            try BenefitAssumptions(
                yaml: """
                    benefits:
                      - technology: medication-dispenser
                        replaces: legemiddelbesøk
                        share: {main: 50, source: egen telling}
                        minutes: {main: 30, source: egen telling}
                        newWork: {follow-up: {main: 15, source: egen telling}}
                      - technology: safety-alarm
                        replaces: utrykninger
                        share: {main: 50, source: egen telling}
                        minutes: {main: 30, source: egen telling}
                    """
            )
        }
    }

    static let sources: IndicatorSources = {
        let years = [(2026, 400), (2030, 500), (2040, 800), (2050, 900)]
        let rows = years.map { "3407 Gjøvik;0-79;\($0);hoved;4000\n3407 Gjøvik;80 år eller eldre;\($0);hoved;\($1)\n" }.joined()
        do {
            return IndicatorSources(
                population: try Population(csv: "region;alder;år;alternativ;personer\n\(rows)", municipality: "3407"),
                usersByAge: try UsersByAge(csv: "age;technology;users\n80+;safety-alarm;100\n"),
                projection: try ProjectionAssumptions(yaml: assumptions)
            )
        } catch {
            fatalError("the plans of the served site: \(error)")
        }
    }()

    /// Gjøvik's projection as the command makes it.
    static func projection(years: [Int]) throws -> ProjectionAnswer {
        guard let population = sources.population, let users = sources.usersByAge, let assumptions = sources.projection else {
            throw HTTPExchange.Failure(text: "a file of the projection is missing")
        }
        return try municipalities[0].projection(.init(population: population, users: users, assumptions: assumptions, years: years), now: now)
    }
}
