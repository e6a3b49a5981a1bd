package import Telemetry

/// What technology did, by zone, UTC hour, technology and result. Hours, since Oslo's days begin on one, and so that
/// nights can be told apart; counts are sums, so order and lateness change nothing, and copies never come here.
struct AssistCounts {
    struct Key: Hashable {
        var zone: UInt32
        var hour: Int32
        var technology: Technology
        var result: AssistResult
    }

    private var counts: [Key: UInt32] = [:]
    private var dirty: Set<Key> = []

    /// Counts an accepted `assist.performed`: one of a hundred events, and so never inlined into the hot path.
    @inline(never)
    mutating func count(_ event: UnsafePointer<Event>, zone: UInt32, t: EventTime) {
        guard let technology = event.pointee.technology, let result = event.pointee.result else { return }
        let hour = Int32(TimeRule.floorDivide(t, TimeRule.hourMilliseconds))
        let key = Key(zone: zone, hour: hour, technology: technology, result: result)
        counts[key, default: 0] += 1
        dirty.insert(key)
    }

    mutating func restore(_ key: Key, count: Int64) { counts[key] = UInt32(count) }

    mutating func takeDirty() -> [(key: Key, count: UInt32)] {
        defer { dirty = [] }
        return dirty.map { ($0, counts[$0] ?? 0) }
    }
}

extension State {
    func assistRow(_ key: AssistCounts.Key, _ count: UInt32) -> AssistRow {
        let zone = zones.zones[Int(key.zone)]
        return AssistRow(
            municipality: zones.municipalities[Int(zone.municipality)],
            zone: zone.id,
            hour: Int64(key.hour),
            technology: key.technology,
            result: key.result,
            count: Int64(count)
        )
    }

    /// Puts a stored count back. As all telemetry it keeps its zone until `rebuild`, even one that is no longer configured.
    package mutating func restore(_ row: AssistRow) {
        let zone = zones.zoneKeepingRetired(row.zone, in: zones.municipality(row.municipality))
        assists.restore(.init(zone: zone, hour: Int32(row.hour), technology: row.technology, result: row.result), count: row.count)
    }
}

/// How often a technology did something in a zone in an hour, and how it ended.
package struct AssistRow: Equatable, Sendable {
    package var municipality: String
    package var zone: String
    /// Hours since 1970, UTC.
    package var hour: Int64
    package var technology: Technology
    package var result: AssistResult
    package var count: Int64

    package init(municipality: String, zone: String, hour: Int64, technology: Technology, result: AssistResult, count: Int64) {
        self.municipality = municipality
        self.zone = zone
        self.hour = hour
        self.technology = technology
        self.result = result
        self.count = count
    }

    /// When the hour begins.
    package var start: EventTime { hour * TimeRule.hourMilliseconds }
}
