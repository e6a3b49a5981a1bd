package import Files
import Yams

extension WhatIf {
    /// The most changes in one file.
    package static let changesMax = 50

    /// Reads a what-if: YAML, or JSON, which is YAML. All problems are collected before it gives up.
    ///
    /// ```yaml
    /// name: Biri og Snertingdal deler natta
    /// changes:
    ///   - {positions: +1, zones: [haugtun], shift: natt, weekdays: lør-søn}
    ///   - {pool: [biri, snertingdal], shifts: [natt]}
    ///   - {shift: kveld, laterMinutes: -30}        # or start: "14:30"
    ///   - {closedAtCentrePercent: 10}
    ///   - {travelFactor: 1.2}
    ///   - {loadFactor: 1.3}                        # or year: 2030, by demandFactors of staffing.yaml
    ///   - {norm: {sharePercent: 90, withinMinutes: 30, source: eksempel}}
    /// ```
    ///
    /// - Parameters:
    ///   - text: the file's text.
    ///   - file: the file's name, for messages only.
    ///   - zones: the municipality's zone ids; nil lets every zone pass.
    ///   - settings: whose demand factors `year` stands for.
    ///   - roster: against whose starts `start` is counted; nil: `laterMinutes` alone is understood.
    /// - Throws: `FileError` with line, key, value and way out of each problem.
    package init(
        yaml text: String,
        file: String = "what-if",
        zones: Set<String>? = nil,
        settings: StaffingSettings = StaffingSettings(),
        roster: Roster? = nil
    ) throws(FileError) {
        self = try YAMLReader.read(text, file: file, beginning: "changes") { yaml, root in
            var reader = WhatIfReader(yaml: yaml, zones: zones, settings: settings, roster: roster)
            let whatIf = reader.whatIf(root)
            yaml = reader.yaml
            return whatIf
        }
    }
}

/// Turns the tree of a what-if into changes.
private struct WhatIfReader {
    var yaml: YAMLReader
    let zones: Set<String>?
    let settings: StaffingSettings
    let roster: Roster?
    /// What stands once, and minutes moved in all by shift and zone.
    private var said: Set<String> = []
    private var moves: [String: Int] = [:]

    init(yaml: YAMLReader, zones: Set<String>?, settings: StaffingSettings, roster: Roster?) {
        self.yaml = yaml
        self.zones = zones
        self.settings = settings
        self.roster = roster
    }

    /// The key that says what a change is, with those that may stand beside it.
    private static let kinds: [(key: String, required: [String], optional: [String])] = [
        ("positions", ["shift"], ["zones", "weekdays"]),
        ("pool", [], ["shifts"]),
        ("laterMinutes", ["shift"], ["zones"]),
        ("start", ["shift"], ["zones"]),
        ("closedAtCentrePercent", [], []),
        ("travelFactor", [], []),
        ("loadFactor", [], []),
        ("year", [], []),
        ("norm", [], []),
    ]

    mutating func whatIf(_ root: Node) -> WhatIf? {
        guard let top = yaml.mapping(root, at: "", required: ["changes"], optional: ["name"]) else { return nil }
        let nodes = yaml.list(top, "changes", canBeEmpty: false)
        guard nodes.count <= WhatIf.changesMax else {
            yaml.fail(top.values["changes"], "changes", value: "\(nodes.count)", "too many changes", "at most \(WhatIf.changesMax)")
            return nil
        }
        let changes = nodes.compactMap { node in change(node.node, node.path).map { (node, $0) } }
        for ((path, node), change) in changes { bound(change, node, path) }
        return WhatIf(name: yaml.text(top, "name") ?? "Hva om", changes: changes.map(\.1))
    }

    /// Changes that would multiply one another stand once, and starts are moved by half a day in all: so a what-if is as
    /// much work as it looks.
    private mutating func bound(_ change: StaffingChange, _ node: Node, _ path: String) {
        switch change {
        case .closedAtCentre: once("closedAtCentrePercent", node, path)
        case .travel: once("travelFactor", node, path)
        case .load: once("loadFactor or year", node, path)
        case .norm: once("norm", node, path)
        case .start(let moved, let kind, let minutes):
            for zone in moved.isEmpty ? ["*"] : moved {
                let sum = moves["\(kind) \(zone)", default: 0] + minutes
                moves["\(kind) \(zone)"] = sum
                if abs(sum) > 720 { yaml.fail(node, path, value: "\(sum)", "moved by more than half a day in all", "at most 720 minutes either way") }
            }
        case .positions, .pool: break
        }
    }

    private mutating func once(_ key: String, _ node: Node, _ path: String) {
        if !said.insert(key).inserted { yaml.fail(node, path, "\(key) stands twice", "write one change with what both give together") }
    }

    private mutating func change(_ node: Node, _ path: String) -> StaffingChange? {
        let names = node.mapping?.keys.compactMap(\.string) ?? []
        let found = WhatIfReader.kinds.filter { names.contains($0.key) }
        let known = Set(WhatIfReader.kinds.flatMap { [$0.key] + $0.required + $0.optional })
        if found.isEmpty, let unknown = names.first(where: { !known.contains($0) }) {
            yaml.fail(node, yaml.join(path, unknown), "unknown key", "allowed: \(WhatIfReader.kinds.map(\.key).joined(separator: ", "))")
            return nil
        }
        guard let kind = found.first, found.count == 1 else {
            let wayOut = "write exactly one of \(WhatIfReader.kinds.map(\.key).joined(separator: ", "))"
            yaml.fail(node, path, found.isEmpty ? "says no change" : "says several changes at once", wayOut)
            return nil
        }
        guard let keys = yaml.mapping(node, at: path, required: [kind.key] + kind.required, optional: kind.optional) else { return nil }
        switch kind.key {
        case "positions": return positions(keys)
        case "pool": return pool(keys)
        case "laterMinutes", "start": return start(keys, node)
        case "closedAtCentrePercent": return yaml.number(keys, kind.key, in: 0...100).map { .closedAtCentre(share: $0 / 100) }
        case "travelFactor": return yaml.number(keys, kind.key, in: 0.1...10).map { .travel(factor: $0) }
        case "loadFactor": return yaml.number(keys, kind.key, in: 0.1...10).map { .load(factor: $0) }
        case "year": return year(keys)
        default: return keys.values["norm"].flatMap { yaml.attendanceNorm($0, yaml.join(path, "norm")) }.map { .norm($0) }
        }
    }

    private mutating func positions(_ keys: YAMLReader.Section) -> StaffingChange? {
        let delta = yaml.number(keys, "positions", in: -Roster.positionsMax...Roster.positionsMax)
        let kind = yaml.word(keys, "shift", ShiftKind.self)
        let zones = yaml.zones(keys, "zones", among: zones)
        var days: RosterDays?
        if let text = yaml.text(keys, "weekdays") {
            days = Cells.days(text)
            if days == nil { yaml.fail(keys.values["weekdays"], yaml.join(keys.path, "weekdays"), value: text, "not understood", Cells.daysWayOut) }
        }
        guard let delta, let kind else { return nil }
        if delta == 0 { yaml.fail(keys.values["positions"], yaml.join(keys.path, "positions"), value: "0", "no change", "such as +1 or -0.5") }
        return .positions(zones: zones, kind: kind, days: days, delta: delta)
    }

    private mutating func pool(_ keys: YAMLReader.Section) -> StaffingChange? {
        let pooled = yaml.zones(keys, "pool", among: zones)
        if pooled.count == 1 { yaml.fail(keys.values["pool"], yaml.join(keys.path, "pool"), value: pooled[0], "one zone only", "name at least two") }
        var kinds: [ShiftKind] = []
        for (path, node) in yaml.list(keys, "shifts", canBeEmpty: false) {
            if let kind = node.string.flatMap(ShiftKind.init(rawValue:)) {
                kinds.append(kind)
            } else {
                yaml.fail(node, path, value: node.string, "not a shift", "allowed: dag, kveld, natt")
            }
        }
        return .pool(zones: pooled, kinds: kinds)
    }

    private mutating func start(_ keys: YAMLReader.Section, _ node: Node) -> StaffingChange? {
        let kind = yaml.word(keys, "shift", ShiftKind.self)
        let zones = yaml.zones(keys, "zones", among: zones)
        if keys.values["laterMinutes"] != nil {
            let minutes = yaml.number(keys, "laterMinutes", in: -720...720)
            guard let kind, let minutes else { return nil }
            guard minutes == minutes.rounded() else {
                let value = yaml.text(keys, "laterMinutes")
                yaml.fail(keys.values["laterMinutes"], yaml.join(keys.path, "laterMinutes"), value: value, "not a whole number", "whole minutes such as 30")
                return nil
            }
            return .start(zones: zones, kind: kind, laterMinutes: Int(minutes))
        }
        guard let minutes = yaml.clock(keys, "start", max: 1439), let kind else { return nil }
        let starts = Set((roster?.shifts ?? []).filter { $0.kind == kind && (zones.isEmpty || $0.zones.contains(where: zones.contains)) }.map(\.startMinutes))
        guard let known = starts.first, starts.count == 1 else {
            let problem = starts.isEmpty ? "no such shift in the roster" : "these shifts begin at different times"
            yaml.fail(
                keys.values["start"],
                yaml.join(keys.path, "start"),
                value: yaml.text(keys, "start"),
                problem,
                "write laterMinutes: 30, or -30 for earlier"
            )
            return nil
        }
        // The shorter way round the clock: a night that begins at 00:30 instead of 23:00 begins later, not earlier.
        let later = ((minutes - known) % 1440 + 1440) % 1440
        return .start(zones: zones, kind: kind, laterMinutes: later > 720 ? later - 1440 : later)
    }

    private mutating func year(_ keys: YAMLReader.Section) -> StaffingChange? {
        guard let year = yaml.whole(keys, "year", in: 2020...2100) else { return nil }
        guard let demand = settings.demandFactors.first(where: { $0.year == year }) else {
            let known = settings.demandFactors.map { "\($0.year)" }.joined(separator: ", ")
            let wayOut = known.isEmpty ? "write demandFactors in staffing.yaml, or loadFactor here" : "known: \(known); or write loadFactor"
            yaml.fail(keys.values["year"], yaml.join(keys.path, "year"), value: "\(year)", "no demand factor for that year", wayOut)
            return nil
        }
        return .load(factor: demand.factor.value)
    }
}
