import ArgumentParser
import Foundation
import Settings
import Store
import Telemetry
import Workload

struct DevicesList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List a municipality's registry, with last signs of life and open faults.",
        discussion: """
            One row a registration, as CSV with ; so that a spreadsheet reads it. lastSeen is the start of the quarter; whether a \
            device is overdue only the running service can say: /api/v1/devices?municipality=M&overdue=true
            """
    )

    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "The municipality number, four digits.")
    var municipality: String
    @Option(help: "One zone alone.")
    var zone: String?
    @Option(help: "One device alone.")
    var device: String?

    func validate() throws {
        guard Topic.isMunicipality(municipality) else { throw ValidationError("--municipality is four digits, e.g. 3407") }
    }

    func run() throws {
        let settings = try ServiceSettings(folder: configuration.config)
        let registry = try DevicesImport.registry(of: municipality, settings, folder: configuration.config)
        let rows = try registry.stored().rows.map(\.device).filter { row in
            (zone.map { $0 == row.zone } ?? true) && (device.map { $0 == row.device } ?? true)
        }
        let known = try Known(settings.dataFolder, municipality)
        Terminal.say("device;zone;profile;dwelling;step;from;to;lastSeen;faults;battery")
        for row in rows {
            let condition = known.conditions[row.device]
            let faults = condition?.faults.map(\.fault.rawValue).joined(separator: " ") ?? ""
            let battery = condition?.battery.map { ($0.percent.map { "\($0) %" } ?? "") + ($0.isLow ? " low" : "") } ?? ""
            Terminal.say(
                [
                    row.device, row.zone, row.profile ?? "", row.dwelling?.rawValue ?? "", row.step.map { "\($0)" } ?? "",
                    RegistryFile.date(row.from), RegistryFile.date(row.to), known.lastSeen[row.device].map(Timestamp.format) ?? "", faults,
                    battery.trimmingCharacters(in: .whitespaces),
                ].joined(separator: ";")
            )
        }
    }

    /// What the views know, where there are any yet.
    private struct Known {
        var lastSeen: [String: EventTime] = [:]
        var conditions: [String: ViewsReader.DeviceCondition] = [:]

        init(_ dataFolder: String, _ municipality: String) throws {
            guard FileManager.default.fileExists(atPath: "\(dataFolder)/\(Views.fileName)") else { return }
            let views = try ViewsReader(folder: dataFolder)
            let seen = try views.devicesSeen(municipality: municipality, after: nil, limit: .max).value
            lastSeen = Dictionary(seen.map { ($0.device, $0.lastSeen) }) { first, _ in first }
            conditions = try views.deviceConditions(municipality: municipality, from: "", to: "\u{7F}")
        }
    }
}
