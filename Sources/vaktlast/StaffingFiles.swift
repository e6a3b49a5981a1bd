import Files
import Foundation
import Settings
import Staffing
import Workload

/// What a municipality has in files about its staffing, read as the keys of `municipality.yaml` name them.
struct StaffingFiles {
    /// The largest roster taken in: 20,000 rows are under 2 MiB.
    static let rosterBytesMax = 4 << 20

    private let municipality: MunicipalitySettings
    private let zones: Set<String>

    init(_ municipality: MunicipalitySettings) {
        self.municipality = municipality
        zones = Set(municipality.zones.map(\.id))
    }

    /// The roster with the text it was read from; nil where none is named.
    func roster() throws -> (roster: Roster, text: String)? {
        guard let file = municipality.rosterFile else { return nil }
        let text = try Service.text(of: file)
        return (try roster(text, file: file), text)
    }

    /// Reads a roster that came otherwise by the rules of the municipality's file.
    func roster(_ text: String, file: String) throws(FileError) -> Roster { try Roster(csv: text, file: file, zones: zones) }

    func planned() throws -> PlannedWork? {
        try municipality.plannedFile.map { try PlannedWork(csv: Service.text(of: $0), file: $0, zones: zones) }
    }

    /// All defaults where no file is named.
    func settings() throws -> StaffingSettings {
        guard let file = municipality.staffingFile else { return StaffingSettings() }
        return try StaffingSettings(yaml: Service.text(of: file), file: file, zones: zones)
    }

    /// The alternatives with the files that their rosters were read from.
    func alternatives() throws -> (alternatives: [RosterAlternative], files: [String]) {
        guard let file = municipality.alternativesFile else { return ([], []) }
        return try alternatives(file)
    }

    /// Reads another file of alternatives by the municipality's zones.
    func alternatives(_ file: String) throws -> (alternatives: [RosterAlternative], files: [String]) {
        let folder = (file as NSString).deletingLastPathComponent
        var files: [String] = []
        let alternatives = try RosterAlternative.read(yaml: Service.text(of: file), file: file, zones: zones) { path in
            let path = (path as NSString).isAbsolutePath ? path : (folder as NSString).appendingPathComponent(path)
            files.append(path)
            return .init(name: path, text: try Service.text(of: path))
        }
        return (alternatives, files)
    }

    /// Reads a what-if against the municipality's roster and settings; it may change no others than some zones where these are named.
    func whatIf(_ file: String, zones asked: Set<String>? = nil) throws -> WhatIf {
        try WhatIf(yaml: Service.text(of: file), file: file, zones: asked ?? zones, settings: settings(), roster: roster()?.roster)
    }

    /// Files named `what-if….yaml` beside `municipality.yaml`.
    var whatIfs: [String] {
        let folder = (municipality.file as NSString).deletingLastPathComponent
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix("what-if") && $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
    }
}
