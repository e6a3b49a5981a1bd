import Telemetry

/// Many devices of a source or a zone that fell silent together: one outage instead of an alarm each.
///
/// A source's outage goes first; its devices do not count for their zones' any more. An outage holds until fewer than
/// half of what began it is silent still.
struct Outages: Sendable {
    /// Devices of one zone that were last heard through one source.
    struct Key: Hashable {
        var zone: UInt32
        var source: UInt32
    }

    struct Outage: Equatable {
        /// Devices whose silence was noticed from here on belong to it.
        var noticedFrom: EventTime
        /// When so many of them should have been heard that it was an outage.
        var since: EventTime
    }

    struct Tally: Equatable {
        var sourceFrom = EventTime.max
        var zoneFrom = EventTime.max
        var watched = 0
        var overdue = 0
        /// Of the watched, those of whom nobody can say yet.
        var unknown = 0
        var batteryLow = 0
        /// Of the overdue, those of the source's outage, and of the others those of the zone's.
        var inSourceOutage = 0
        var inZoneOutage = 0
        /// The overdue whose silence is new, with the earliest of them.
        var recent = 0
        var recentNoticedFrom = EventTime.max
        /// When those that stand for no outage of their source should have been heard.
        var recentDueAt: [EventTime] = []

        init(_ beginnings: (source: EventTime, zone: EventTime) = (.max, .max)) {
            (sourceFrom, zoneFrom) = beginnings
        }

        mutating func count(noticedAt: EventTime, dueAt: EventTime, isRecent: Bool) {
            overdue += 1
            let isInSourceOutage = noticedAt >= sourceFrom
            if isInSourceOutage { inSourceOutage += 1 } else if noticedAt >= zoneFrom { inZoneOutage += 1 }
            guard isRecent else { return }
            recent += 1
            recentNoticedFrom = min(recentNoticedFrom, noticedAt)
            if !isInSourceOutage { recentDueAt.append(dueAt) }
        }
    }

    private var sources: [UInt32: Outage] = [:]
    private var zones: [UInt32: Outage] = [:]

    func beginnings(of key: Key) -> (source: EventTime, zone: EventTime) {
        (sources[key.source]?.noticedFrom ?? .max, zones[key.zone]?.noticedFrom ?? .max)
    }

    /// Whether a silent device belongs to one.
    func holds(_ key: Key, noticedAt: EventTime) -> Bool {
        let (source, zone) = beginnings(of: key)
        return noticedAt >= min(source, zone)
    }

    /// Ends and begins outages after a whole look.
    mutating func decide(_ tallies: [Key: Tally], _ limits: Liveness.Limits) {
        let bySource = Dictionary(grouping: tallies.filter { $0.key.source != DeviceWatch.noSource }, by: \.key.source)
        sources = Outages.decide(sources, bySource.mapValues { $0.map(\.value) }, limits, members: \.inSourceOutage)
        let others = tallies.filter { sources[$0.key.source] == nil }
        let byZone = Dictionary(grouping: others, by: \.key.zone).mapValues { $0.map(\.value) }
        zones = Outages.decide(zones, byZone, limits, members: \.inZoneOutage)
    }

    private static func decide(
        _ outages: [UInt32: Outage],
        _ groups: [UInt32: [Tally]],
        _ limits: Liveness.Limits,
        members: KeyPath<Tally, Int>
    ) -> [UInt32: Outage] {
        var decided: [UInt32: Outage] = [:]
        for (number, tallies) in groups {
            let watched = tallies.reduce(0) { $0 + $1.watched }
            if let outage = outages[number] {
                let silent = tallies.reduce(0) { $0 + $1[keyPath: members] }
                let isOver = silent * 2 < limits.outageDevicesMin || Double(silent) * 2 < limits.outageShareMin * Double(watched)
                if !isOver { decided[number] = outage }
            } else {
                let recent = tallies.reduce(0) { $0 + $1.recent }
                let needed = max(limits.outageDevicesMin, Int((limits.outageShareMin * Double(watched)).rounded(.up)))
                guard recent >= needed else { continue }
                // One that was silent long before must not date the outage.
                let dueAt = tallies.flatMap(\.recentDueAt).sorted()
                decided[number] = Outage(
                    noticedFrom: tallies.reduce(.max) { min($0, $1.recentNoticedFrom) },
                    since: dueAt[max(0, min(needed, dueAt.count) - 1)]
                )
            }
        }
        return decided
    }

    /// The outages under the numbers of another state; those whose source or zone is gone are forgotten.
    func moved(from old: State, to new: State) -> Outages {
        var moved = Outages()
        for (number, outage) in zones {
            let zone = old.zones.zones[Int(number)]
            guard let municipality = new.zones.number(ofMunicipality: old.zones.municipalities[Int(zone.municipality)]),
                let found = zone.id.withText({ new.zones.zone($0, in: municipality) })
            else { continue }
            moved.zones[found] = outage
        }
        for (number, outage) in sources {
            guard let found = new.number(ofSource: old.sources[Int(number)].name, in: old.sources[Int(number)].ledger.record.municipality) else { continue }
            moved.sources[found] = outage
        }
        return moved
    }

    // MARK: - What is told

    func report(_ tallies: [Key: Tally], _ state: State) -> LivenessReport {
        var report = LivenessReport()
        var members: [LivenessReport.Outage.Name: (outage: Outage, zones: [String: Int])] = [:]
        for (key, tally) in tallies {
            let zone = state.zones.zones[Int(key.zone)]
            let municipality = state.zones.municipalities[Int(zone.municipality)]
            let place = LivenessReport.Zone(municipality: municipality, zone: zone.id)
            var figures = report.zones[place] ?? .init()
            figures.watched += tally.watched
            figures.overdue += tally.overdue
            figures.unknown += tally.unknown
            figures.batteryLow += tally.batteryLow
            // Of an outage that begins now the tally did not know yet.
            if let outage = sources[key.source] {
                let inIt = tally.sourceFrom == outage.noticedFrom ? tally.inSourceOutage : tally.recent
                let name = LivenessReport.Outage.Name(municipality: municipality, scope: .source, name: state.sources[Int(key.source)].name)
                if inIt > 0 { members[name, default: (outage, [:])].zones[zone.id, default: 0] += inIt }
                figures.inOutage += inIt
            } else if let outage = zones[key.zone] {
                let inIt = tally.zoneFrom == outage.noticedFrom ? tally.inZoneOutage : tally.recent
                let name = LivenessReport.Outage.Name(municipality: municipality, scope: .zone, name: zone.id)
                if inIt > 0 { members[name, default: (outage, [:])].zones[zone.id, default: 0] += inIt }
                figures.inOutage += inIt
            }
            report.zones[place] = figures
        }
        report.outages = members.map { .init(name: $0.key, since: $0.value.outage.since, zones: $0.value.zones) }.sorted { $0.name < $1.name }
        return report
    }
}
