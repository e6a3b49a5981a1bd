import Telemetry

extension Scenario {
    private static let share = 0.0...1.0
    private static let rate = 0.0...10_000.0
    private static let duration = 0.001...100_000.0
    private static let topKeys = [
        "municipality", "source", "centrals", "seed", "start", "days", "population", "zones", "rhythm", "alarms", "answer", "response",
        "heartbeats", "observations", "assists", "faults", "delivery", "clocks", "incidents", "natives",
    ]

    /// Reads a scenario file; `file` is its name in messages.
    ///
    /// Throws ``ScenarioError`` at the first unknown key or value out of bounds.
    package init(yaml: String, file: String) throws {
        let top = try ScenarioReader(yaml: yaml, file: file)
        try top.checkKeys(Scenario.topKeys)
        municipality = try top.text("municipality", default: nil, allowed: "4 digits in quotes") {
            $0.utf8.count == 4 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        centrals = try Central.all(top)
        seed = UInt64(try top.whole("seed", default: 1, in: 0...Int.max))
        population = try Population(top)
        zones = try Zone.all(top)
        rhythm = try Rhythm(top)
        alarms = try Alarms(top)
        answer = try Answer(top)
        response = try Response(top)
        heartbeats = try Heartbeats(top)
        observations = try Scenario.activities(top)
        assists = try Scenario.assists(top)
        faults = try Scenario.faults(top)
        delivery = try Delivery(top)
        clocks = try Clocks(top)
        incidents = try Incident.all(top, zones: zones.map(\.id), sources: centrals.map(\.source))
        natives = try NativeGroup.all(top)
        let date = try top.text("start", default: "", allowed: "a local date in quotes, e.g. \"2026-10-24\"") { text in
            AuditClock.milliseconds(Array("\(text)T00:00:00Z".utf8)) != nil
        }
        start = date.isEmpty ? nil : date
        days = top.has("days") ? try top.number("days", default: 7, in: 0.01...3660) : nil
    }

    /// `[a-z0-9-]{1,countMax}`, the form of zone ids and sources.
    static func isWord(_ text: String, countMax: Int) -> Bool {
        (1...countMax).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    private static func activities(_ top: ScenarioReader) throws -> [DeviceKind: Activity] {
        let kinds = DeviceKind.allCases.filter { $0.property != nil }
        let section = try top.section("observations", keys: kinds.map(\.rawValue))
        var activities = standardActivities
        for kind in kinds {
            guard let standard = standardActivities[kind] else { continue }
            let entry = try section.section(kind.rawValue, keys: ["perDeviceDay", "hours"])
            activities[kind] = Activity(
                perDeviceDay: try entry.number("perDeviceDay", default: standard.perDeviceDay, in: rate),
                hours: try entry.profile("hours", default: standard.hours)
            )
        }
        return activities
    }

    private static func assists(_ top: ScenarioReader) throws -> [DeviceKind: Assist] {
        let kinds = DeviceKind.allCases.filter { $0.technology != nil }
        let section = try top.section("assists", keys: kinds.map(\.rawValue))
        var assists = standardAssists
        for kind in kinds {
            guard let standard = standardAssists[kind] else { continue }
            let entry = try section.section(kind.rawValue, keys: ["perDeviceDay", "followUpShare", "hours"])
            assists[kind] = Assist(
                perDeviceDay: try entry.number("perDeviceDay", default: standard.perDeviceDay, in: rate),
                followUpShare: try entry.number("followUpShare", default: standard.followUpShare, in: share),
                hours: try entry.profile("hours", default: standard.hours)
            )
        }
        return assists
    }

    private static func faults(_ top: ScenarioReader) throws -> [Fault: FaultRate] {
        let section = try top.section("faults", keys: Fault.allCases.map(\.rawValue))
        var faults = standardFaults
        for fault in Fault.allCases where section.has(fault.rawValue) {
            let standard = standardFaults[fault]
            let entry = try section.section(fault.rawValue, keys: ["perDeviceMonth", "restoredAfterHours"])
            faults[fault] = FaultRate(
                perDeviceMonth: try entry.number("perDeviceMonth", default: standard?.perDeviceMonth ?? 0, in: rate),
                restoredAfterHours: try entry.spread(
                    "restoredAfterHours",
                    default: standard?.restoredAfterHours ?? Spread(median: 12, sigma: 0.7),
                    in: duration
                )
            )
        }
        return faults
    }
}

extension Scenario.Population {
    private static let residentCountMax = 1_000_000

    fileprivate init(_ top: ScenarioReader) throws {
        let keys = ["residents", "seed", "prefix", "activitySigma", "dwellings", "steps", "devices"]
        let section = try top.section("population", keys: keys)
        residents = try section.whole("residents", default: 100, in: 1...Scenario.Population.residentCountMax)
        seed = UInt64(try section.whole("seed", default: 1, in: 0...Int.max))
        prefix = try section.text("prefix", default: "vl", allowed: "1–8 of a–z, 0–9 and -") {
            Scenario.isWord($0, countMax: 8)
        }
        activitySigma = try section.number("activitySigma", default: 0.9, in: 0...3)
        dwellings = try section.weights(
            "dwellings",
            words: ["own-home", "municipal-rental", "care-home"],
            default: Scenario.Population.standardDwellings
        )
        steps = try section.weights(
            "steps",
            words: ["1", "2", "3", "4", "5", "6"],
            default: Scenario.Population.standardSteps
        )
        let further = DeviceKind.allCases.filter { $0 != .safetyAlarm }
        let shares = try section.section("devices", keys: further.map(\.rawValue))
        devices = Scenario.Population.standardDevices
        for kind in further {
            devices[kind] = try shares.number(kind.rawValue, default: devices[kind] ?? 0, in: 0...1)
        }
    }
}

extension Scenario.Zone {
    fileprivate static func all(_ top: ScenarioReader) throws -> [Scenario.Zone] {
        let readers = try top.list("zones", keys: ["id", "weight", "travelMinutes", "neighbours", "responders"])
        guard !readers.isEmpty else { throw top.missing("zones", allowed: "a list with at least one zone") }
        var ids: [String] = []
        for reader in readers {
            let id = try reader.text("id", default: nil, allowed: "1–32 of a–z, 0–9 and -, not ukjent, once each") {
                Scenario.isWord($0, countMax: 32) && $0 != "ukjent" && !ids.contains($0)
            }
            ids.append(id)
        }
        return try zip(readers, ids).map { reader, id in
            Scenario.Zone(
                id: id,
                weight: try reader.number("weight", default: 1, in: 0.001...1_000_000),
                travelMinutes: try reader.spread(
                    "travelMinutes",
                    default: Spread(median: 8, sigma: 0.45),
                    in: 0.1...300
                ),
                neighbours: try reader.texts("neighbours", allowed: ids.filter { $0 != id }),
                responders: reader.has("responders") ? try reader.whole("responders", default: 1, in: 1...10_000) : nil
            )
        }
    }
}

extension Scenario.Rhythm {
    fileprivate init(_ top: ScenarioReader) throws {
        let section = try top.section("rhythm", keys: ["hours", "weekdays", "testHours", "testWeekdays"])
        let standard = Scenario.Rhythm.standard
        hours = try section.profile("hours", default: standard.hours)
        weekdays = try section.profile("weekdays", default: standard.weekdays)
        testHours = try section.profile("testHours", default: standard.testHours)
        testWeekdays = try section.profile("testWeekdays", default: standard.testWeekdays)
    }
}
