import ArgumentParser
import Foundation
import Settings
import Simulator
import Staffing
import Strategy
import Web

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a configuration folder: every file, every problem with file, line and key."
    )

    @OptionGroup var configuration: ConfigurationOption

    func run() throws {
        var problems: [String] = []
        var seen: [String] = []
        do {
            let settings = try ServiceSettings(folder: configuration.config)
            for warning in settings.warnings { Terminal.error("warning: \(warning)") }
            for municipality in settings.municipalities {
                do {
                    let reported = try ReportedMunicipality(municipality)
                    let roster = reported.roster.map { "\($0.shifts.count) roster rows" } ?? "no roster"
                    let goals = reported.goals.map { "\($0.indicators.count) indicators" } ?? "no goals"
                    seen.append(
                        "\(municipality.number) \(municipality.name): \(municipality.zones.count) zones, "
                            + "\(municipality.registry.count) devices, \(roster), \(goals)"
                    )
                } catch {
                    problems.append("\(error)")
                }
            }
        } catch {
            problems.append("\(error)")
        }
        for file in scenarios() {
            do {
                _ = try Scenario(yaml: try Service.text(of: file), file: file)
                seen.append("scenario \((file as NSString).lastPathComponent)")
            } catch {
                problems.append("\(error)")
            }
        }
        for line in seen { Terminal.say(line) }
        for problem in problems { Terminal.error(problem) }
        if !problems.isEmpty { throw ExitCode(1) }
        Terminal.say("no problems found in \(configuration.config)")
    }

    private func scenarios() -> [String] {
        let folder = "\(configuration.config)/scenarios"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
    }
}
