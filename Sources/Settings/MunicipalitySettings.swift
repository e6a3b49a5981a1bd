import Foundation
package import Telemetry
package import Workload

/// One `municipality.yaml` and the registry it names.
package struct MunicipalitySettings: Sendable {
    package var number: String
    package var name: String
    package var zones: [ZonePlan.Zone]
    package var registry: [RegisteredDevice]
    /// Absolute; nil where there is none.
    package var rosterFile: String?
    package var goalsFile: String?
    /// The file it was read from.
    package var file: String

    package var plan: ZonePlan.Municipality {
        .init(
            number: number,
            name: name,
            zones: zones,
            registry: registry.map { .init(device: $0.device, zone: $0.zone, from: $0.from, to: $0.to) }
        )
    }

    static func readAll(folder: String, problems: YAMLReader.Problems) -> [MunicipalitySettings] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var municipalities: [MunicipalitySettings] = []
        for name in names.sorted() where !name.hasPrefix(".") {
            let file = "\(folder)/\(name)/municipality.yaml"
            guard FileManager.default.fileExists(atPath: file) else {
                var isFolder: ObjCBool = false
                if FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder), isFolder.boolValue {
                    problems.lines.append("\(file) is missing: every folder in municipalities/ holds one")
                }
                continue
            }
            guard let municipality = read(file: file, folder: "\(folder)/\(name)", problems: problems) else { continue }
            if let other = municipalities.first(where: { $0.number == municipality.number }) {
                problems.lines.append("\(file): number «\(municipality.number)» is used by \(other.file) already")
            }
            municipalities.append(municipality)
        }
        return municipalities
    }

    private static func read(file: String, folder: String, problems: YAMLReader.Problems) -> MunicipalitySettings? {
        guard let reader = YAMLReader.open(file: file, problems: problems) else { return nil }
        let number = reader.required("number", "the municipality number, four digits in quotes", where: Topic.isMunicipality)
        let name = reader.required("name")
        var zones: [ZonePlan.Zone] = []
        for section in reader.sections("zones") ?? [] {
            let rule = "1–32 of a–z, 0–9 and -, and not «\(ZonePlan.unknownZone)»"
            let id = section.required("id", rule) { Topic.isSource($0) && $0 != ZonePlan.unknownZone }
            let zoneName = section.text("name")
            section.finish()
            guard let id else { continue }
            if zones.contains(where: { $0.id == id }) { section.problem(key: "id", "«\(id)» stands twice") }
            zones.append(.init(id: id, name: zoneName ?? id))
        }
        func path(_ key: String) -> String? {
            guard let path = reader.text(key).map({ Paths.resolve($0, in: folder) }) else { return nil }
            guard FileManager.default.isReadableFile(atPath: path) else {
                reader.problem(key: key, "cannot be read: \(path)")
                return nil
            }
            return path
        }
        let devices = path("devices")
        let roster = path("roster")
        let goals = path("goals")
        reader.finish()
        guard let number, let name else { return nil }
        let registry = devices.map { DeviceRegistry.read(file: $0, zones: zones, problems: problems) } ?? []
        return MunicipalitySettings(
            number: number,
            name: name,
            zones: zones,
            registry: registry,
            rosterFile: roster,
            goalsFile: goals,
            file: file
        )
    }
}

/// A row of `devices.csv`.
package struct RegisteredDevice: Sendable, Equatable {
    package var device: String
    package var zone: String
    package var profile: String?
    package var dwelling: String?
    package var step: String?
    /// Valid from this instant (local midnight of the date), nil for always.
    package var from: EventTime?
    /// Until this instant, excluded.
    package var to: EventTime?
}

/// Reads `devices.csv`: `device;zone[;profile;dwelling;step;from;to]`, as Norwegian Excel writes it.
enum DeviceRegistry {
    private static let columns = ["device", "zone", "profile", "dwelling", "step", "from", "to"]

    static func read(file: String, zones: [ZonePlan.Zone], problems: YAMLReader.Problems) -> [RegisteredDevice] {
        guard let data = FileManager.default.contents(atPath: file) else { return [] }
        let text = (String(data: data, encoding: .utf8) ?? String(data: data, encoding: .windowsCP1252) ?? "")
            .trimmingPrefix("\u{FEFF}")
        var rows: [RegisteredDevice] = []
        var header: [String]?
        let zoneIDs = Set(zones.map(\.id))
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimmingCharacters(in: CharacterSet(charactersIn: "\r"))
            if line.trimmingCharacters(in: .whitespaces).isEmpty || line.hasPrefix("#") { continue }
            let fields = line.split(separator: ";", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces).trimmingCharacters(in: CharacterSet(charactersIn: "\"")) }
            guard let names = header else {
                header = fields
                let unknown = fields.filter { !columns.contains($0) }
                if !fields.contains("device") || !fields.contains("zone") || !unknown.isEmpty {
                    problems.lines.append(
                        "\(file):\(index + 1): the first line names the columns, device;zone and if wanted "
                            + "profile;dwelling;step;from;to; found: \(fields.joined(separator: ";"))"
                    )
                    return []
                }
                continue
            }
            let values = Dictionary(zip(names, fields).filter { !$0.1.isEmpty }, uniquingKeysWith: { first, _ in first })
            if let row = row(values, zoneIDs, "\(file):\(index + 1)", problems) { rows.append(row) }
        }
        return rows
    }

    private static func row(
        _ values: [String: String],
        _ zones: Set<String>,
        _ place: String,
        _ problems: YAMLReader.Problems
    ) -> RegisteredDevice? {
        guard let device = values["device"], device.withText(\.isDeviceReference) else {
            problems.lines.append("\(place): device «\(values["device"] ?? "")» is not 1–64 of A–Z, a–z, 0–9 . _ : -")
            return nil
        }
        guard let zone = values["zone"], zones.contains(zone) else {
            let known = zones.sorted().joined(separator: ", ")
            problems.lines.append("\(place): zone «\(values["zone"] ?? "")» is not among this municipality's: \(known)")
            return nil
        }
        func instant(_ column: String) -> EventTime? {
            guard let text = values[column] else { return nil }
            if let instant = text.withText(Timestamp.parse) { return instant }
            if let midnight = "\(text)T00:00:00Z".withText(Timestamp.parse) {
                return LocalTime.oslo.instant(.init(number: Int(midnight / TimeRule.dayMilliseconds)))
            }
            problems.lines.append("\(place): \(column) «\(text)» is no date (2026-10-05)")
            return nil
        }
        return RegisteredDevice(
            device: device,
            zone: zone,
            profile: values["profile"],
            dwelling: values["dwelling"],
            step: values["step"],
            from: instant("from"),
            to: instant("to")
        )
    }
}
