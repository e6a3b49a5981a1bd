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
            week are those measured then, and with a roster the attendance norm says how many are needed; else those of the assumptions, even over \
            the week, with square root staffing.
            """
    )

    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "The municipality number, four digits.")
    var municipality: String
    @Option(help: "The years, with commas between.")
    var years = ReportedMunicipality.projectionYears
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
        guard let list = ReportedMunicipality.years(years) else {
            throw ValidationError("--years \(years): write years from 2000 to 2200 with commas between, such as 2030,2040,2050")
        }
        return list
    }

    func run() throws {
        let reader = try PlanningReader(config: configuration.config, municipality: municipality)
        let files = reader.municipality.planning
        let population = try reader.required(files.population, key: "population") { try Population(csv: $0, file: $1, municipality: municipality) }
        let users = try reader.required(files.usersByAge, key: "usersByAge") { try UsersByAge(csv: $0, file: $1) }
        let assumptionsFile = assumptions ?? files.projection
        let assumptions = try reader.required(assumptionsFile, key: "projection") { try ProjectionAssumptions(yaml: $0, file: $1) }
        var input = ReportedMunicipality.ProjectionInput(population: population, users: users, assumptions: assumptions, years: try yearList())
        input.files = (files.population ?? "", files.usersByAge ?? "", assumptionsFile ?? "")
        let answer: ProjectionAnswer
        do {
            let measured = try period.map { (try ReportPeriod($0), try ViewsReader(folder: reader.settings.dataFolder).frozen()) }
            let reported = try ReportedMunicipality(reader.municipality, reader.settings.profiles, BenefitBook.existing(reader.settings.dataFolder))
            answer = try reported.projection(input, measured: measured, now: Pump.wallClock())
        } catch let error as ReportedMunicipality.TooLittleMeasured {
            throw Failure("\(error)")
        }
        switch format {
        case .text: Terminal.say(answer.text)
        case .json: Terminal.say(String(decoding: answer.json, as: UTF8.self))
        case .csv: Terminal.say(answer.csv)
        }
    }
}
