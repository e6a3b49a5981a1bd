import ArgumentParser
import Foundation
import Settings
import Simulator
import Staffing
import Strategy
import Workload

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a configuration folder: every file, every problem with file, line and key.",
        discussion: """
            Problems and warnings go to standard error, a line each, all of them in one run. Exit code 1 when there is a \
            problem, 0 when there are warnings only.
            """
    )

    @OptionGroup var configuration: ConfigurationOption

    func run() throws {
        let check = ConfigurationCheck(folder: configuration.config)
        for line in check.seen { Terminal.say(line) }
        for warning in check.warnings { Terminal.error("warning: \(warning)") }
        for problem in check.problems { Terminal.error(problem) }
        if !check.problems.isEmpty { throw ExitCode(1) }
        Terminal.say("no problems found in \(configuration.config)")
    }
}

/// A configuration folder read as far as it can be, with all that is wrong in it.
struct ConfigurationCheck {
    let folder: String
    /// Nil where there is no readable `vaktlast.yaml`.
    let settings: ServiceSettings?
    /// What stops the service, a line each with file, line and key.
    private(set) var problems: [String]
    let warnings: [String]
    /// What was read, a line each.
    private(set) var seen: [String] = []

    init(folder: String) {
        let reading = ServiceSettings.read(folder: folder)
        self.folder = folder
        settings = reading.settings
        warnings = reading.warnings
        problems = reading.problems + reading.serviceProblems
        for municipality in reading.settings?.municipalities ?? [] {
            let zones = Set(municipality.zones.map(\.id))
            let roster = read(municipality.rosterFile) { try Roster(csv: $0, file: $1, zones: zones) }
            let goals = read(municipality.goalsFile) { try Goals(yaml: $0, file: $1) }
            seen.append(
                "\(municipality.number) \(municipality.name): \(municipality.zones.count) zones, "
                    + "\(municipality.registry.count) devices, "
                    + (roster.map { "\($0.shifts.count) roster rows" } ?? missing("roster", municipality.rosterFile)) + ", "
                    + (goals.map { "\($0.indicators.count) indicators" } ?? missing("goals", municipality.goalsFile))
            )
        }
        for file in scenarios() {
            guard read(file, { try Scenario(yaml: $0, file: $1) }) != nil else { continue }
            seen.append("scenario \((file as NSString).lastPathComponent)")
        }
    }

    /// What a file holds; nil where it is not named or something is wrong with it, which is then among the problems.
    private mutating func read<Value>(_ file: String?, _ parse: (_ text: String, _ file: String) throws -> Value) -> Value? {
        guard let file else { return nil }
        do {
            return try parse(Service.text(of: file), file)
        } catch {
            problems.append("\(error)")
            return nil
        }
    }

    private func missing(_ name: String, _ file: String?) -> String { file == nil ? "no \(name)" : "\(name) with problems" }

    private func scenarios() -> [String] {
        let folder = "\(folder)/scenarios"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
    }
}
