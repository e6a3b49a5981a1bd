/// Reads centrals, clocks, incidents and native groups.
extension Scenario.Central {
    private static let sourceRule = "1–32 of a–z, 0–9 and -, not zone or service"

    static func all(_ top: ScenarioReader) throws -> [Scenario.Central] {
        let readers = try top.list("centrals", keys: ["source", "share", "answerSeconds", "localTime"])
        if readers.isEmpty {
            let source = try top.text("source", default: nil, allowed: sourceRule + "; or a list under centrals") { isSource($0) }
            return [Scenario.Central(source: source, share: 1, answerSeconds: nil, writesLocalTime: false)]
        }
        if top.has("source") { throw top.wrong("source", value: "beside centrals", allowed: "one of the two") }
        var centrals: [Scenario.Central] = []
        for reader in readers {
            let source = try reader.text("source", default: nil, allowed: sourceRule + ", once each") { text in
                isSource(text) && !centrals.contains { $0.source == text }
            }
            let seconds = Scenario.Answer.standard.seconds
            centrals.append(
                Scenario.Central(
                    source: source,
                    share: try reader.number("share", default: 1, in: 0...1_000_000),
                    answerSeconds: reader.has("answerSeconds") ? try reader.spread("answerSeconds", default: seconds, in: 0.1...60) : nil,
                    writesLocalTime: try reader.flag("localTime", default: false)
                )
            )
        }
        guard centrals.contains(where: { $0.share > 0 }) else { throw top.wrong("centrals", value: "shares of 0", allowed: "a share above 0 for one at least") }
        return centrals
    }

    private static func isSource(_ text: String) -> Bool { Scenario.isWord(text, countMax: 32) && text != "zone" && text != "service" }
}

extension Scenario.Clocks {
    init(_ top: ScenarioReader) throws {
        let section = try top.section(
            "clocks",
            keys: [
                "offsetShare", "offsetMinutes", "driftShare", "driftSecondsPerDay", "unsetShare", "futureShare", "futureDays",
                "missingShare",
            ]
        )
        offsetShare = try section.number("offsetShare", default: 0, in: 0...1)
        offsetMinutes = try section.spread("offsetMinutes", default: Spread(median: 20, sigma: 1), in: 0.001...100_000)
        driftShare = try section.number("driftShare", default: 0, in: 0...1)
        driftSecondsPerDay = try section.spread("driftSecondsPerDay", default: Spread(median: 4, sigma: 1), in: 0.001...86_400)
        unsetShare = try section.number("unsetShare", default: 0, in: 0...1)
        futureShare = try section.number("futureShare", default: 0, in: 0...1)
        futureDays = try section.spread("futureDays", default: Spread(median: 365, sigma: 1), in: 0.001...20_000)
        missingShare = try section.number("missingShare", default: 0, in: 0...1)
        let sum = offsetShare + driftShare + unsetShare + futureShare + missingShare
        guard sum <= 1 + 1e-9 else { throw top.wrong("clocks", value: "shares that sum to \(sum)", allowed: "at most 1 in all") }
    }
}

extension Scenario.Incident {
    private static let common = ["kind", "atHour", "hours"]

    /// The keys that a kind takes besides the common ones.
    private static func keys(_ kind: Kind) -> [String] {
        switch kind {
        case .outage: ["share", "sources", "zones"]
        case .delay, .duplicate, .reorder: ["share", "sources", "zones", "minutes"]
        case .lost, .malformed, .restamp: ["share", "sources", "zones"]
        case .clock: ["share", "sources", "zones", "minutes"]
        case .powerCut: ["share", "zones", "batteryHours"]
        case .linkLoss: ["share", "zones", "toldShare"]
        case .testFlood: ["perMinute"]
        case .repeatPresses: ["share", "zones", "presses"]
        case .lateAnswer: ["share", "sources", "minutes"]
        case .switchOver: ["from", "to", "bothShare"]
        }
    }

    private static func standardMinutes(_ kind: Kind) -> Double {
        switch kind {
        case .delay, .lateAnswer: 300
        case .duplicate: 1
        case .reorder: 0.2
        default: 60
        }
    }

    static func all(_ top: ScenarioReader, zones: [String], sources: [String]) throws -> [Scenario.Incident] {
        let every = Set(Kind.allCases.flatMap { keys($0) }).sorted()
        return try top.list("incidents", keys: common + every).map { reader in
            let kinds = Kind.allCases.map(\.rawValue)
            let word = try reader.text("kind", default: nil, allowed: kinds.joined(separator: ", ")) { kinds.contains($0) }
            guard let kind = Kind(rawValue: word) else { preconditionFailure("the word was checked") }
            try reader.checkKeys(common + keys(kind))
            func central(_ key: String) throws -> Int {
                guard kind == .switchOver else { return 0 }
                let name = try reader.text(key, default: nil, allowed: "a source under centrals: \(sources.joined(separator: ", "))") {
                    sources.contains($0)
                }
                return sources.firstIndex(of: name) ?? 0
            }
            let minutesRange = kind == .clock ? -10_000_000.0...10_000_000 : 0.0...100_000
            return Scenario.Incident(
                kind: kind,
                atHour: try reader.number("atHour", default: 0, in: 0...100_000),
                hours: try reader.number("hours", default: 1, in: 0...100_000),
                share: try reader.number("share", default: 1, in: 0...1),
                zones: try reader.texts("zones", allowed: zones).compactMap { zones.firstIndex(of: $0) },
                centrals: try reader.texts("sources", allowed: sources).compactMap { sources.firstIndex(of: $0) },
                minutes: try reader.number("minutes", default: standardMinutes(kind), in: minutesRange),
                perMinute: try reader.number("perMinute", default: 10, in: 0.001...100_000),
                presses: try reader.whole("presses", default: 3, in: 1...100),
                batteryHours: try reader.spread("batteryHours", default: Spread(median: 6, sigma: 0.5), in: 0.01...1000),
                toldShare: try reader.number("toldShare", default: 0, in: 0...1),
                from: try central("from"),
                to: try central("to"),
                bothShare: try reader.number("bothShare", default: 0, in: 0...1)
            )
        }
    }
}

extension Scenario.NativeGroup {
    static func all(_ top: ScenarioReader) throws -> [Scenario.NativeGroup] {
        try top.list("natives", keys: ["devices", "codec", "profile", "share"]).map { reader in
            let kinds = DeviceKind.allCases.map(\.rawValue)
            let codecs = NativeCodec.allCases.map(\.rawValue)
            let kind = try reader.text("devices", default: nil, allowed: kinds.joined(separator: ", ")) { kinds.contains($0) }
            let codec = try reader.text("codec", default: nil, allowed: codecs.joined(separator: ", ")) { codecs.contains($0) }
            let profiles = SensorProfile.allCases.filter { $0.kind.rawValue == kind && $0.codec.rawValue == codec }.map(\.rawValue)
            let isJSON = SensorProfile.allCases.contains { $0.codec.rawValue == codec }
            let allowed = profiles.isEmpty ? "none: no profile of \(codec) is known for \(kind)" : profiles.joined(separator: ", ")
            let profile = try reader.text("profile", default: isJSON ? nil : "", allowed: allowed) { profiles.contains($0) }
            return Scenario.NativeGroup(
                kind: DeviceKind(rawValue: kind) ?? .safetyAlarm,
                codec: NativeCodec(rawValue: codec) ?? .scaip,
                profile: SensorProfile(rawValue: profile),
                share: try reader.number("share", default: 1, in: 0...1)
            )
        }
    }
}
