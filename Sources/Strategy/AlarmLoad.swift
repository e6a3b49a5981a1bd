package import Telemetry
package import Workload

/// An alarm and what it gave of load in a period: what the counts of technology and of the whole period are made of.
package struct AlarmLoad: Equatable, Sendable {
    package var alarm: AlarmRecord
    /// The kind of its device; nil of a device that is not registered, or none.
    package var kind: TechnologyUse.Kind?
    /// Raised in the period, in the zone asked for.
    package var isRaised: Bool
    /// Somebody was asked to go (`dispatched`) in the period, in the zone asked for.
    package var isDispatched: Bool
    /// Of responders at work in the period, in the responding zone asked for; as the load cells have them.
    package var milliseconds: Int64

    /// Raised in the period, and somebody was sent, whenever that was.
    package var isSent: Bool { isRaised && alarm.callOutTime != nil }
    package var isUnintended: Bool { isRaised && alarm.outcome == .unintended }
    package var isTechnical: Bool { isRaised && alarm.outcome == .technical }

    /// The alarms that gave load in a period, tests left out, by instant, source and alarm. O(n log n).
    ///
    /// - Parameters:
    ///   - records: alarms from a day before the period until a day after it.
    ///   - kinds: of each registered device.
    ///   - zone: nil for all.
    package static func all(_ records: [AlarmRecord], kinds: [String: TechnologyUse.Kind], in period: Range<EventTime>, zone: String?) -> [AlarmLoad] {
        let found = records.compactMap { alarm -> AlarmLoad? in
            guard !alarm.isTest else { return nil }
            let isHere = zone == nil || alarm.zone == zone
            let isAnswering = zone == nil || alarm.respondingZone == zone
            let response = isAnswering ? alarm.intervals.response?.clamped(to: period).lengthMilliseconds ?? 0 : 0
            let load = AlarmLoad(
                alarm: alarm,
                kind: alarm.device.flatMap { kinds[$0] },
                isRaised: isHere && alarm.t(.raised).map(period.contains) == true,
                isDispatched: isHere && alarm.t(.dispatched).map(period.contains) == true,
                milliseconds: response * Int64(alarm.responders)
            )
            return load.isRaised || load.isDispatched || load.milliseconds > 0 ? load : nil
        }
        return found.sorted { ($0.alarm.instant, $0.alarm.source, $0.alarm.alarm) < ($1.alarm.instant, $1.alarm.source, $1.alarm.alarm) }
    }
}
