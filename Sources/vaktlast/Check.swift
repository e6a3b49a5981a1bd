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
        let reading = ServiceSettings.read(folder: configuration.config)
        var problems = reading.problems + reading.serviceProblems
        for municipality in reading.settings?.municipalities ?? [] {
            let zones = Set(municipality.zones.map(\.id))
            let roster = read(municipality.rosterFile, &problems) { try Roster(csv: $0, file: $1, zones: zones) }
            let goals = read(municipality.goalsFile, &problems) { try Goals(yaml: $0, file: $1) }
            Terminal.say(
                "\(municipality.number) \(municipality.name): \(municipality.zones.count) zones, "
                    + "\(municipality.registry.count) devices, "
                    + (roster.map { "\($0.shifts.count) roster rows" } ?? missing("roster", municipality.rosterFile)) + ", "
                    + (goals.map { "\($0.indicators.count) indicators" } ?? missing("goals", municipality.goalsFile))
            )
        }
        for file in scenarios() {
            guard read(file, &problems, { try Scenario(yaml: $0, file: $1) }) != nil else { continue }
            Terminal.say("scenario \((file as NSString).lastPathComponent)")
        }
        for warning in reading.warnings { Terminal.error("warning: \(warning)") }
        for problem in problems { Terminal.error(problem) }
        if !problems.isEmpty { throw ExitCode(1) }
        Terminal.say("no problems found in \(configuration.config)")
    }

    /// What a file holds; nil where it is not named or something is wrong with it, which is then among the problems.
    private func read<Value>(
        _ file: String?,
        _ problems: inout [String],
        _ parse: (_ text: String, _ file: String) throws -> Value
    ) -> Value? {
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
        let folder = "\(configuration.config)/scenarios"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
    }
}
