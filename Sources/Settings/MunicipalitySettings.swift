import Foundation
import Telemetry
package import Workload

/// One `municipality.yaml` and the registry it names.
package struct MunicipalitySettings: Sendable {
    package var number: String
    package var name: String
    package var zones: [ZonePlan.Zone]
    package var registry: [RegisteredDevice]
    /// Absolute; nil where there is none.
    package var devicesFile: String?
    package var rosterFile: String?
    package var plannedFile: String?
    package var staffingFile: String?
    package var alternativesFile: String?
    package var goalsFile: String?
    package var planning = PlanningFiles()
    /// Reports that go out by themselves.
    package var scheduleFile: String?
    /// The file it was read from.
    package var file: String

    package var plan: ZonePlan.Municipality {
        .init(
            number: number,
            name: name,
            zones: zones,
            registry: registry.map { .init(device: $0.device, zone: $0.zone, profile: $0.profile, from: $0.from, to: $0.to) }
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
        let planned = path("planned")
        let staffing = path("staffing")
        let alternatives = path("alternatives")
        let goals = path("goals")
        let planning = PlanningFiles(path: path)
        let schedule = path("schedule")
        reader.finish()
        guard let number, let name else { return nil }
        let registry = devices.map { DeviceRegistry.read(file: $0, municipality: number, zones: zones, problems: problems) } ?? []
        return MunicipalitySettings(
            number: number,
            name: name,
            zones: zones,
            registry: registry,
            devicesFile: devices,
            rosterFile: roster,
            plannedFile: planned,
            staffingFile: staffing,
            alternativesFile: alternatives,
            goalsFile: goals,
            planning: planning,
            scheduleFile: schedule,
            file: file
        )
    }
}
