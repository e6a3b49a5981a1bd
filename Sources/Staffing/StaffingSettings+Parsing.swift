package import Files
import Telemetry
import Yams

extension StaffingSettings {
    /// The fewest replays behind an interval, of which the smallest and the largest are then its ends; and the most.
    package static let replaysRange = 20...100_000

    /// Reads `staffing.yaml`: every key has a default, an unknown one is an error, and all problems are collected before
    /// it gives up.
    ///
    /// - Parameters:
    ///   - text: the file's text.
    ///   - file: the file's name, for messages only.
    ///   - zones: the municipality's zone ids; nil lets every zone pass.
    /// - Throws: `FileError` with line, key, value and allowed values of each problem.
    package init(yaml text: String, file: String = "staffing.yaml", zones: Set<String>? = nil) throws(FileError) {
        self = try YAMLReader.read(text, file: file, beginning: "norm") { yaml, root in
            var reader = StaffingSettingsReader(yaml: yaml, zones: zones)
            let settings = reader.settings(root)
            yaml = reader.yaml
            return settings
        }
    }
}

/// Turns the tree of `staffing.yaml` into values.
private struct StaffingSettingsReader {
    var yaml: YAMLReader
    let zones: Set<String>?

    private static let keys = [
        "norm", "turnoutMinutes", "urgentKinds", "firmPlannedSharePercent", "travel", "betweenZonesMinutes", "callOutsMin", "replays", "seed", "zoneGroups",
        "rates", "restRules", "demandFactors", "capacity",
    ]

    mutating func settings(_ root: Node) -> StaffingSettings {
        var settings = StaffingSettings()
        guard let top = yaml.mapping(root, at: "", required: [], optional: StaffingSettingsReader.keys) else { return settings }
        if let node = top.values["norm"], let norm = yaml.attendanceNorm(node, "norm") { settings.norm = norm }
        if let minutes = yaml.number(top, "turnoutMinutes", in: 0...240) { settings.turnoutMilliseconds = Int64((minutes * 60_000).rounded()) }
        if top.values["urgentKinds"] != nil { settings.urgentKinds = urgentKinds(top) }
        if let percent = yaml.number(top, "firmPlannedSharePercent", in: 0...100) { settings.firmPlannedShare = percent / 100 }
        travel(top, &settings)
        if let count = yaml.whole(top, "callOutsMin", in: 1...100_000) { settings.callOutsMin = count }
        if let count = yaml.whole(top, "replays", in: StaffingSettings.replaysRange) { settings.replays = count }
        if let seed = yaml.whole(top, "seed", in: 0...999_999_999) { settings.seed = UInt64(seed) }
        settings.zoneGroups = zoneGroups(top)
        if let node = top.values["rates"] { yaml.read(&settings.rates, node, "rates") }
        if let node = top.values["restRules"] { restRules(node, &settings.restRules) }
        settings.demandFactors = demandFactors(top)
        if let node = top.values["capacity"] { yaml.read(&settings.capacity, node, "capacity") }
        return settings
    }

    private mutating func urgentKinds(_ top: YAMLReader.Section) -> Set<AlarmKind> {
        var kinds: Set<AlarmKind> = []
        for (path, node) in yaml.list(top, "urgentKinds", canBeEmpty: true) {
            if let kind = node.string.flatMap(AlarmKind.init(rawValue:)) {
                kinds.insert(kind)
            } else {
                let wayOut = "allowed: \(AlarmKind.allCases.map(\.rawValue).joined(separator: ", "))"
                yaml.fail(node, path, value: node.string, "not a kind of alarm", wayOut)
            }
        }
        return kinds
    }

    private mutating func travel(_ top: YAMLReader.Section, _ settings: inout StaffingSettings) {
        if let minutes = yaml.number(top, "betweenZonesMinutes", in: 0...600) { settings.betweenZonesMinutes = minutes }
        for (path, node) in yaml.list(top, "travel", canBeEmpty: true) {
            guard let keys = yaml.mapping(node, at: path, required: ["from", "to", "minutes"], optional: []) else { continue }
            let (from, to) = (yaml.zone(keys, "from", among: zones), yaml.zone(keys, "to", among: zones))
            guard let minutes = yaml.number(keys, "minutes", in: 0...600), let from, let to else { continue }
            if from == to { yaml.fail(node, path, value: to, "from and to are the same zone", "leave it out: 0 minutes within a zone") }
            if settings.travelMinutes.updateValue(minutes, forKey: .init(from: from, to: to)) != nil {
                yaml.fail(node, path, value: "\(from)–\(to)", "written twice", "keep one of them")
            }
        }
    }

    private mutating func zoneGroups(_ top: YAMLReader.Section) -> [StaffingSettings.ZoneGroup] {
        yaml.list(top, "zoneGroups", canBeEmpty: true).compactMap { path, node in
            guard let keys = yaml.mapping(node, at: path, required: ["name", "zones"], optional: []) else { return nil }
            let zones = yaml.zones(keys, "zones", among: zones)
            if zones.count == 1 { yaml.fail(keys.values["zones"], "\(path).zones", value: zones[0], "one zone only", "name at least two") }
            return yaml.text(keys, "name").map { .init(name: $0, zones: zones) }
        }
    }

    private mutating func restRules(_ node: Node, _ rules: inout RestRules) {
        guard let keys = yaml.mapping(node, at: "restRules", required: ["source"], optional: ["dailyHours", "weeklyHours"]) else { return }
        let daily = yaml.number(keys, "dailyHours", in: RestRules.agreementMin.dailyHours...RestRules.law.dailyHours)
        let weekly = yaml.number(keys, "weeklyHours", in: RestRules.agreementMin.weeklyHours...RestRules.law.weeklyHours)
        guard let source = yaml.text(keys, "source") else { return }
        rules = RestRules(dailyHours: daily ?? rules.dailyHours, weeklyHours: weekly ?? rules.weeklyHours, source: source)
    }

    private mutating func demandFactors(_ top: YAMLReader.Section) -> [StaffingSettings.DemandFactor] {
        var factors: [StaffingSettings.DemandFactor] = []
        for (path, node) in yaml.list(top, "demandFactors", canBeEmpty: true) {
            guard let keys = yaml.mapping(node, at: path, required: ["year", "factor", "source"], optional: ["example"]),
                let year = yaml.whole(keys, "year", in: 2020...2100), let factor = yaml.number(keys, "factor", in: 0.1...10),
                let source = yaml.text(keys, "source")
            else { continue }
            let isExample = yaml.flag(keys, "example", otherwise: false)
            if factors.contains(where: { $0.year == year }) {
                yaml.fail(keys.values["year"], "\(path).year", value: "\(year)", "written twice", "keep one of them")
            }
            factors.append(.init(year: year, factor: SourcedFigure(factor, source: source, isExample: isExample)))
        }
        return factors.sorted { $0.year < $1.year }
    }
}

extension YAMLReader {
    /// `{sharePercent: 90, withinMinutes: 45, source: …}`.
    mutating func attendanceNorm(_ node: Node, _ path: String) -> AttendanceNorm? {
        guard let keys = mapping(node, at: path, required: ["sharePercent", "withinMinutes", "source"], optional: []) else { return nil }
        let share = number(keys, "sharePercent", in: 1...100)
        let minutes = number(keys, "withinMinutes", in: 1...360)
        guard let share, let minutes, let source = text(keys, "source") else { return nil }
        return AttendanceNorm(share: share / 100, withinMilliseconds: Int64((minutes * 60_000).rounded()), source: source)
    }

    mutating func whole(_ section: Section, _ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = text(section, name) else { return nil }
        if let number = Cells.whole(text, in: range) { return number }
        fail(
            section.values[name],
            join(section.path, name),
            value: text,
            "not an allowed value",
            "a whole number from \(range.lowerBound) to \(range.upperBound)"
        )
        return nil
    }

    mutating func zone(_ section: Section, _ name: String, among zones: Set<String>?) -> String? {
        guard let zone = text(section, name) else { return nil }
        guard zones?.contains(zone) != false else {
            fail(section.values[name], join(section.path, name), value: zone, "not a zone here", RowReader.zoneWayOut(zones))
            return nil
        }
        return zone
    }

    /// A list of zones, each once.
    mutating func zones(_ section: Section, _ name: String, among zones: Set<String>?) -> [String] {
        var found: [String] = []
        for (path, node) in list(section, name, canBeEmpty: false) {
            guard let zone = node.string, zones?.contains(zone) != false, !found.contains(zone) else {
                fail(node, path, value: node.string, "not a zone here, or written twice", RowReader.zoneWayOut(zones))
                continue
            }
            found.append(zone)
        }
        return found
    }
}
