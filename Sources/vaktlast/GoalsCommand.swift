import ArgumentParser
import Ingest
import Reports
import Settings
import Store
import Strategy
import Telemetry
import Web
import Workload

struct GoalsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "goals",
        abstract: "A period's indicators against the municipality's goals, in bokmål: value, interval, n, status and trend.",
        discussion: """
            Reads goals.yaml and, where municipality.yaml names them, population, benefits and benefitLedger. The service may run beside it. \
            A trend is told over the period and those of the same kind before it that are wholly covered by data, and only when it is more \
            than noise.
            """
    )

    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "The municipality number, four digits.")
    var municipality: String
    @Option(help: "2026-10-05 (day), 2026-W43 (ISO week), 2026-10, 2026-Q4 or 2026.")
    var period: String
    @Option(help: "One zone alone.")
    var zone: String?
    @Option(help: "text, json or csv.")
    var format: PlanningFormat = .text

    func validate() throws {
        try PlanningReader.validate(municipality: municipality)
        do { _ = try ReportPeriod(period) } catch { throw ValidationError("--period \(error)") }
    }

    func run() throws {
        let reader = try PlanningReader(config: configuration.config, municipality: municipality)
        if let zone, !reader.municipality.zones.contains(where: { $0.id == zone }) {
            let zones = reader.municipality.zones.map(\.id).joined(separator: ", ")
            throw Failure("zone \(zone) is not in \(reader.municipality.name). Its zones: \(zones)")
        }
        let goals = try reader.required(reader.municipality.goalsFile, key: "goals") { try Goals(yaml: $0, file: $1) }
        let reported = try ReportedMunicipality(reader.municipality, reader.settings.profiles, BenefitBook.existing(reader.settings.dataFolder))
        let views = try ViewsReader(folder: reader.settings.dataFolder).frozen()
        let now = Pump.wallClock()
        let period = try ReportPeriod(period)
        let answer = try reported.goalsAnswer(goals, period: period, zone: zone, views: views, now: now)
        switch format {
        case .text: Terminal.say(answer.text)
        case .json: Terminal.say(String(decoding: answer.json, as: UTF8.self))
        case .csv: Terminal.say(answer.csv)
        }
    }
}
