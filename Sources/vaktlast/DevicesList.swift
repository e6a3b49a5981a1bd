import ArgumentParser
import Foundation
import Settings
import Simulator
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

            With --key-file the registry alone is listed, devices under the pseudonyms that `vaktlast record` gives them with that \
            key, as `vaktlast devices import` reads it: for the service that a recording is played to.
            """
    )

    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "The municipality number, four digits.")
    var municipality: String
    @Option(help: "One zone alone.")
    var zone: String?
    @Option(help: "One device alone.")
    var device: String?
    @Option(help: "The key of a recording: list pseudonyms in place of devices.")
    var keyFile: String?

    func validate() throws {
        guard Topic.isMunicipality(municipality) else { throw ValidationError("--municipality is four digits, e.g. 3407") }
    }

    func run() throws {
        let settings = try ServiceSettings(folder: configuration.config)
        let registry = try DevicesImport.registry(of: municipality, settings, folder: configuration.config)
        let rows = try registry.stored().rows.map(\.device).filter { row in
            (zone.map { $0 == row.zone } ?? true) && (device.map { $0 == row.device } ?? true)
        }
        if let keyFile { return list(rows, under: Pseudonyms(key: try PseudonymKey.read(keyFile))) }
        let known = try Known(settings.dataFolder, municipality)
        Terminal.say("device;zone;profile;dwelling;step;from;to;lastSeen;faults;battery")
        for row in rows {
            let condition = known.conditions[row.device]
            let faults = condition?.faults.map(\.fault.rawValue).joined(separator: " ") ?? ""
            let battery = condition?.battery.map { ($0.percent.map { "\($0) %" } ?? "") + ($0.isLow ? " low" : "") } ?? ""
            Terminal.say(
                [
                    Self.registration(row, as: row.device), known.lastSeen[row.device].map(Timestamp.format) ?? "", faults,
                    battery.trimmingCharacters(in: .whitespaces),
                ].joined(separator: ";")
            )
        }
    }

    /// The registry's own columns of a row.
    private static func registration(_ row: Settings.RegisteredDevice, as name: String) -> String {
        [
            name, row.zone, row.profile ?? "", row.dwelling?.rawValue ?? "", row.step.map { "\($0)" } ?? "",
            RegistryFile.date(row.from), RegistryFile.date(row.to),
        ].joined(separator: ";")
    }

    /// By pseudonym, an order that tells nothing of the registry's; what is registered of one device stays in its own.
    private func list(_ rows: [Settings.RegisteredDevice], under pseudonyms: Pseudonyms) {
        Terminal.say("device;zone;profile;dwelling;step;from;to")
        let named = rows.enumerated().map { (name: pseudonyms.device($1.device), place: $0, row: $1) }
        for entry in named.sorted(by: { ($0.name, $0.place) < ($1.name, $1.place) }) {
            Terminal.say(Self.registration(entry.row, as: entry.name))
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
