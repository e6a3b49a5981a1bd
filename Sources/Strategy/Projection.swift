package import Files
package import Telemetry

/// Today's use and load carried into years to come, and what it would take to meet them with today's people.
///
/// Users of an age group follow its inhabitants: today's rate held constant, times the named changes. Call-outs follow the
/// users of safety alarms by their weights, hours follow call-outs. What people this asks for, a closure says.
package struct Projection: Equatable, Sendable {
    package typealias Level = ProjectionAssumptions.Level

    package struct Row: Equatable, Sendable {
        package var year: Int
        package var level: Level
        package var alternative: String
        /// Inhabitants of 80 years and more; nil where the population's ages do not make them up.
        package var inhabitants80: Int?
        package var usersByTechnology: [Technology: Double]
        /// Alarms, with today's share closed at the centre; nil where today all of them are.
        package var alarmsPer30Days: Double?
        package var callOutsPer30Days: Double
        package var responseHoursPerYear: Double
        /// Times the main load of today.
        package var loadFactor: Double
        package var fullTimeEquivalents: Double
        /// People of working age against today; nil where nothing says so.
        package var workforceFactor: Double?
        /// Today's staffing times `workforceFactor`.
        package var available: Double?
        /// The part of the call-outs, 0–1, that technology would have to close at the centre or replace so that today's staffing
        /// is enough; nil where not even all of them would do.
        package var replacedToKeepStaffing: Double?
        /// The same, so that the people there will be are enough.
        package var replacedToMeetWorkforce: Double?
        /// The share of alarms closed at the centre that the first of them means.
        package var closedAtCentreToKeepStaffing: Double?

        /// Full-time equivalents needed beyond those there will be; under 0 to spare.
        package var gap: Double? { available.map { fullTimeEquivalents - $0 } }
    }

    /// By year, low, main and high within.
    package private(set) var rows: [Row] = []
    /// Full-time equivalents today.
    package private(set) var staffingToday: Double
    /// Of them, and of those of every year, those that stand whatever the load: somebody has to be on watch.
    package private(set) var readiness: Double
    package private(set) var isSynthetic: Bool
    package private(set) var hasExample: Bool

    /// - Parameters:
    ///   - years: to project to, after the base year.
    ///   - need: full-time equivalents for so many times today's load.
    /// - Throws: `FileError` where population and users do not fit together, with the way out.
    package init(
        population: Population,
        users: UsersByAge,
        assumptions: ProjectionAssumptions,
        years: [Int],
        files: (population: String, users: String, assumptions: String) = ("population.csv", "users-by-age.csv", "projection.yaml"),
        need: StaffingNeed
    ) throws(FileError) {
        let people = PeopleToCome(population: population, users: users, assumptions: assumptions, files: files)
        try people.check(years: years)
        let today = assumptions.today
        staffingToday = today.fullTimeEquivalents?.range.main ?? need.fullTimeEquivalents(1)
        readiness = need.readiness
        isSynthetic = population.isSynthetic || users.isSynthetic
        hasExample = assumptions.hasExample
        let hoursToday = today.callOutsPer30Days.range.main * today.minutesPerCallOut.range.main
        let sent = 1 - today.closedAtCentre.range.main
        for year in years {
            for level in Level.allCases {
                let userFactor = assumptions.factor(\.users, year: year, level)
                let callOuts =
                    today.callOutsPer30Days.range[level] * people.loadFactor(year: year, level) * userFactor
                    * assumptions.factor(\.callOutsPerUser, year: year, level)
                let minutes = today.minutesPerCallOut.range[level] * assumptions.factor(\.minutesPerCallOut, year: year, level)
                let factor = hoursToday > 0 ? callOuts * minutes / hoursToday : 0
                let workforce = people.workforceFactor(year: year, level)
                let available = workforce.map { $0 * staffingToday }
                let replaced = need.removed(factor, staffingToday)
                rows.append(
                    Row(
                        year: year,
                        level: level,
                        alternative: people.alternative(level),
                        inhabitants80: people.inhabitants80(year: year, level),
                        usersByTechnology: people.users(year: year, level, times: userFactor),
                        alarmsPer30Days: sent > 0 ? callOuts / sent : nil,
                        callOutsPer30Days: callOuts,
                        responseHoursPerYear: callOuts * minutes / 60 * 365.25 / 30,
                        loadFactor: factor,
                        fullTimeEquivalents: need.fullTimeEquivalents(factor),
                        workforceFactor: workforce,
                        available: available,
                        replacedToKeepStaffing: replaced,
                        replacedToMeetWorkforce: available.flatMap { need.removed(factor, $0) },
                        closedAtCentreToKeepStaffing: replaced.map { 1 - (1 - today.closedAtCentre.range.main) * (1 - $0) }
                    )
                )
            }
        }
    }

    /// The same with full-time equivalents that never fall with the load, and no readiness.
    package init(
        population: Population,
        users: UsersByAge,
        assumptions: ProjectionAssumptions,
        years: [Int],
        files: (population: String, users: String, assumptions: String) = ("population.csv", "users-by-age.csv", "projection.yaml"),
        need: @escaping (Double) -> Double
    ) throws(FileError) {
        try self.init(
            population: population,
            users: users,
            assumptions: assumptions,
            years: years,
            files: files,
            need: StaffingNeed(fullTimeEquivalents: need)
        )
    }

    /// As it may leave the municipality: each figure as rounded as a page shows it, shares in whole percent, so that nobody reckons back
    /// to the counts that today's load was measured from.
    package var rounded: Projection {
        func round(_ value: Double, _ parts: Double) -> Double { (value * parts).rounded() / parts }
        func round(_ value: Double?, _ parts: Double) -> Double? { value.map { round($0, parts) } }
        // Sentences tell tenths, and rounding twice could tell another than the municipality's own report: 5.546, 5.55, 5.6.
        func hundredths(_ value: Double) -> Double {
            let near = round(value, 100)
            return round(near, 10) == round(value, 10) ? near : near - 0.01
        }
        var projection = self
        projection.staffingToday = hundredths(staffingToday)
        projection.readiness = hundredths(readiness)
        projection.rows = rows.map { row in
            var row = row
            row.usersByTechnology = row.usersByTechnology.mapValues { round($0, 1) }
            row.alarmsPer30Days = round(row.alarmsPer30Days, 1)
            row.callOutsPer30Days = round(row.callOutsPer30Days, 1)
            row.responseHoursPerYear = round(row.responseHoursPerYear, 1)
            row.loadFactor = round(row.loadFactor, 100)
            row.fullTimeEquivalents = hundredths(row.fullTimeEquivalents)
            row.workforceFactor = round(row.workforceFactor, 100)
            row.available = round(row.available, 100)
            row.replacedToKeepStaffing = round(row.replacedToKeepStaffing, 100)
            row.replacedToMeetWorkforce = round(row.replacedToMeetWorkforce, 100)
            row.closedAtCentreToKeepStaffing = round(row.closedAtCentreToKeepStaffing, 100)
            return row
        }
        return projection
    }
}
