import ArgumentParser
import Ingest
import Reports
import Settings
import Store
import Strategy
import Telemetry
import Web
import Workload

struct ProjectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "project",
        abstract: "Carry today's users and load into years to come, and say what it takes to meet them.",
        discussion: """
            Reads the files that population, usersByAge and projection of municipality.yaml name. Today's rate of each age group is held \
            constant, times the named changes. With --period the call-outs, their length, the share closed at the centre and the load of the \
            week are those measured then; else those of the assumptions, even over the week.
            """
    )

    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "The municipality number, four digits.")
    var municipality: String
    @Option(help: "The years, with commas between.")
    var years = "2030,2040,2050"
    @Option(help: "Another file than the one that municipality.yaml names under projection.")
    var assumptions: String?
    @Option(help: "A measured period to begin from: 2026-W43, 2026-10, 2026-Q4 or 2026.")
    var period: String?
    @Option(help: "text, json or csv.")
    var format: PlanningFormat = .text

    func validate() throws {
        try PlanningReader.validate(municipality: municipality)
        _ = try yearList()
        if let period {
            do { _ = try ReportPeriod(period) } catch { throw ValidationError("--period \(error)") }
        }
    }

    private func yearList() throws -> [Int] {
        let list = try years.split(separator: ",", omittingEmptySubsequences: false).map { part in
            guard let year = Int(part), (2000...2200).contains(year) else {
                throw ValidationError("--years \(years): «\(part)» is not a year; write years with commas between, such as 2030,2040,2050")
            }
            return year
        }
        return Set(list).sorted()
    }

    func run() throws {
        let reader = try PlanningReader(config: configuration.config, municipality: municipality)
        let files = reader.municipality.planning
        let population = try reader.required(files.population, key: "population") { try Population(csv: $0, file: $1, municipality: municipality) }
        let users = try reader.required(files.usersByAge, key: "usersByAge") { try UsersByAge(csv: $0, file: $1) }
        let assumptionsFile = assumptions ?? files.projection
        var assumptions = try reader.required(assumptionsFile, key: "projection") { try ProjectionAssumptions(yaml: $0, file: $1) }
        var staffing = SquareRootStaffing(evenErlang: assumptions.today.erlang, rule: assumptions.staffing)
        if let period {
            let measured = try ProjectCommand.measured(reader, try ReportPeriod(period))
            guard measured.replace(&assumptions.today) else {
                throw Failure(
                    "\(period) has \(measured.wholeDays) whole days of data and \(measured.data.callOuts ?? 0) call-outs. Choose a period with a whole "
                        + "week, or leave --period out."
                )
            }
            staffing = SquareRootStaffing(hourlyErlang: measured.hourlyErlang, rule: assumptions.staffing)
        }
        let projection = try Projection(
            population: population,
            users: users,
            assumptions: assumptions,
            years: try yearList(),
            files: (files.population ?? "", files.usersByAge ?? "", assumptionsFile ?? ""),
            need: staffing.fullTimeEquivalents
        )
        let answer = ProjectionAnswer(name: reader.municipality.name, projection: projection, assumptions: assumptions, users: users)
        switch format {
        case .text: Terminal.say(answer.text)
        case .json: Terminal.say(try answer.json())
        case .csv: Terminal.say(answer.csv)
        }
    }

    private static func measured(_ reader: PlanningReader, _ period: ReportPeriod) throws -> ReportedMunicipality.Indicators {
        let views = try ViewsReader(folder: reader.settings.dataFolder)
        let reported = try ReportedMunicipality(reader.municipality, reader.settings.profiles)
        return try reported.indicators(period: period, views: views, now: Pump.wallClock())
    }
}
