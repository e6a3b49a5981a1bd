import ArgumentParser
import Foundation
import Ingest
import Reports
import Settings
import Store
import Web
import Workload

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the leaders' report of a period, in bokmål.",
        discussion: "The service may run beside it. One HTML file without script, ready to print on A4."
    )

    enum Format: String, CaseIterable, ExpressibleByArgument { case html, pdf, xlsx, csv, json }

    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "The municipality number, four digits.")
    var municipality: String
    @Option(help: "2026-10-05 (day), 2026-W43 (ISO week), 2026-10, 2026-Q4 or 2026.")
    var period: String
    @Option(help: "html; pdf, xlsx, csv and json come with part F.")
    var format: Format = .html
    @Option(help: "The file to write; standard output without it.")
    var out: String?
    @Option(help: "One zone alone.")
    var zone: String?
    @Flag(help: "For others than the municipality: figures with a denominator under 5 are withheld.")
    var external = false

    func validate() throws {
        guard municipality.count == 4, municipality.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw ValidationError("--municipality \(municipality) is not a municipality number: four digits, e.g. 3407")
        }
        do { _ = try ReportPeriod(period) } catch { throw ValidationError("--period \(error)") }
        guard format == .html else {
            throw ValidationError("--format \(format.rawValue) is not made yet (part F); use --format html")
        }
    }

    func run() throws {
        let settings = try ServiceSettings(folder: configuration.config)
        guard let found = settings.municipalities.first(where: { $0.number == municipality }) else {
            let known = settings.municipalities.map { "\($0.number) \($0.name)" }.joined(separator: ", ")
            throw Failure("municipality \(municipality) is not in \(configuration.config)/municipalities. There: \(known.isEmpty ? "none" : known)")
        }
        if let zone, !found.zones.contains(where: { $0.id == zone }) {
            throw Failure("zone \(zone) is not in \(found.name). Its zones: \(found.zones.map(\.id).joined(separator: ", "))")
        }
        let views = try ViewsReader(folder: settings.dataFolder)
        let input = try ReportedMunicipality(found, settings.profiles).reportInput(
            period: try ReportPeriod(period),
            zone: zone,
            views: views,
            now: Pump.wallClock(),
            isExternal: external
        )
        let html = Report(input).html()
        do {
            if let out {
                try Data(html.utf8).write(to: URL(fileURLWithPath: out))
            } else {
                try FileHandle.standardOutput.write(contentsOf: Data(html.utf8))
            }
        } catch {
            throw Failure("\(out ?? "standard output") cannot be written: \(DataFolder.reason(error)). Name a file in a folder that exists and is writable.")
        }
    }
}
