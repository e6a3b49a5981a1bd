import Files
import Telemetry

/// Inhabitants, users and working people of the years to come, against the base year.
struct PeopleToCome {
    let population: Population
    let users: UsersByAge
    let assumptions: ProjectionAssumptions
    let files: (population: String, users: String, assumptions: String)

    private var baseYear: Int { assumptions.today.year }
    private static let workingAges = AgeGroup(from: 20, to: 66)
    private static let old = AgeGroup(from: 80, to: nil)

    func alternative(_ level: ProjectionAssumptions.Level) -> String { assumptions.alternatives[level] ?? "" }

    /// Everything a projection asks of the table is there; after this nothing is missing.
    func check(years: [Int]) throws(FileError) {
        for level in ProjectionAssumptions.Level.allCases where !population.alternatives.contains(alternative(level)) {
            let wayOut = "one of \(population.alternatives.joined(separator: ", ")), as \(files.population) writes them"
            let problem = "no such alternative in the population table"
            throw FileError(
                file: files.assumptions,
                problems: [
                    .init(
                        line: line("alternatives.\(level.rawValue)"),
                        key: "alternatives.\(level.rawValue)",
                        value: alternative(level),
                        problem: problem,
                        wayOut: wayOut
                    )
                ]
            )
        }
        if let year = years.first(where: { $0 <= baseYear }) {
            let wayOut = "years after today.year, \(baseYear)"
            throw FileError(
                file: files.assumptions,
                problems: [.init(line: line("today.year"), key: "today.year", value: "\(year)", problem: "nothing to project", wayOut: wayOut)]
            )
        }
        if let year = ([baseYear] + years).first(where: { !population.years.contains($0) }) {
            let wayOut = "the table has \(population.years.map(String.init).joined(separator: ", ")); fetch \(year) as well, or name other years"
            throw FileError(
                file: files.population,
                problems: [.init(line: 1, column: population.yearHeading, value: "\(year)", problem: "no such year in the table", wayOut: wayOut)]
            )
        }
        var problems: [FileProblem] = []
        for row in users.rows {
            for year in [baseYear] + years {
                let missing = ProjectionAssumptions.Level.allCases.filter { persons(row.age, year, $0) == nil }
                guard let level = missing.first else { continue }
                problems.append(
                    .init(
                        line: row.line,
                        column: users.heading("age"),
                        value: "\(row.age)",
                        problem: "the population table does not have this group in \(year)",
                        wayOut: "\(files.population) needs ages that make up \(row.age) in «\(alternative(level))»"
                    )
                )
                break
            }
            if row.users > 0, problems.isEmpty, ProjectionAssumptions.Level.allCases.contains(where: { persons(row.age, baseYear, $0) == 0 }) {
                problems.append(
                    .init(line: row.line, column: users.heading("age"), value: "\(row.age)", problem: "users but no inhabitants", wayOut: "check the group")
                )
            } else if let inhabitants = persons(row.age, baseYear, .main), row.users > inhabitants {
                problems.append(
                    .init(
                        line: row.line,
                        column: users.heading("users"),
                        value: "\(row.users)",
                        problem: "more users of \(row.technology.rawValue) than the \(inhabitants) inhabitants of \(row.age) in \(baseYear)",
                        wayOut: "count people, each once, or check \(files.population)"
                    )
                )
            }
        }
        if !problems.isEmpty { throw FileError(file: files.users, problems: problems) }
    }

    private func line(_ key: String) -> Int { assumptions.lines[key] ?? 1 }

    private func persons(_ group: AgeGroup, _ year: Int, _ level: ProjectionAssumptions.Level) -> Int? {
        population.persons(group, year: year, alternative: alternative(level))
    }

    func inhabitants80(year: Int, _ level: ProjectionAssumptions.Level) -> Int? { persons(PeopleToCome.old, year, level) }

    /// Inhabitants of a group against the base year.
    private func growth(_ group: AgeGroup, _ year: Int, _ level: ProjectionAssumptions.Level) -> Double? {
        guard let now = persons(group, year, level), let base = persons(group, baseYear, level) else { return nil }
        return base == 0 ? (now == 0 ? 1 : nil) : Double(now) / Double(base)
    }

    private func users(_ row: UsersByAge.Row, _ year: Int, _ level: ProjectionAssumptions.Level) -> Double {
        row.users == 0 ? 0 : Double(row.users) * (growth(row.age, year, level) ?? 1)
    }

    func users(year: Int, _ level: ProjectionAssumptions.Level, times factor: Double) -> [Technology: Double] {
        var sums: [Technology: Double] = [:]
        for row in users.rows { sums[row.technology, default: 0] += users(row, year, level) * factor }
        return sums
    }

    /// Weighted users of safety alarms against today.
    func loadFactor(year: Int, _ level: ProjectionAssumptions.Level) -> Double {
        let rows = users.rows.filter { $0.technology == .safetyAlarm }
        let today = rows.reduce(0) { $0 + Double($1.users) * $1.weight }
        return rows.reduce(0) { $0 + users($1, year, level) * $1.weight } / today
    }

    /// People of working age against the base year: the dependency ratio times the pensioners where it is given, else
    /// those of 20–66 years; nil where the table has neither.
    func workforceFactor(year: Int, _ level: ProjectionAssumptions.Level) -> Double? {
        guard let ratio = assumptions.dependencyRatio else { return growth(PeopleToCome.workingAges, year, level) }
        let pensioners = AgeGroup(from: ratio.pensionAge, to: nil)
        return growth(pensioners, year, level).map { $0 * ratio.ratio(in: year) / ratio.ratio(in: baseYear) }
    }
}
