import Telemetry
import Workload

/// When somebody is at work for each of some zones: their own people, people who serve several zones, or those of a zone that helps
/// them in the shift. A part of a position is somebody for its part of the shift.
struct StaffedTimes: Equatable, Sendable {
    let zones: [String]
    /// By place of the zone: ascending, none touching another, within the period.
    let times: [[Range<EventTime>]]

    private init(zones: [String], times: [[Range<EventTime>]]) {
        self.zones = zones
        self.times = times
    }

    /// O(spans log spans).
    init(_ plan: StaffingPlan, zones: [String], in period: Range<EventTime>) {
        struct Key: Hashable {
            var zones: [String]
            var kind: ShiftKind
        }
        let places = Dictionary(uniqueKeysWithValues: zones.enumerated().map { ($0.element, $0.offset) })
        var served: [Key: [Int]] = [:]
        var times = [[Range<EventTime>]](repeating: [], count: zones.count)
        for span in plan.spans where span.positions > 0 {
            let time = span.time(of: 1).clamped(to: period)
            guard !time.isEmpty else { continue }
            let key = Key(zones: span.zones, kind: span.kind)
            let found = served[key] ?? plan.helped(by: span.zones, kind: span.kind).union(span.zones).compactMap { places[$0] }
            served[key] = found
            for zone in found { times[zone].append(time) }
        }
        self.zones = zones
        self.times = times.map(StaffedTimes.merged)
    }

    /// Somebody at all times: what is missing of it is all that is unstaffed.
    static func always(zones: [String], in period: Range<EventTime>) -> StaffedTimes {
        StaffedTimes(zones: zones, times: zones.map { _ in period.isEmpty ? [] : [period] })
    }

    /// By zone, the times that these have and others lack.
    func missing(in other: StaffedTimes) -> [[Range<EventTime>]] {
        precondition(zones == other.zones, "both are of the same zones")
        return times.indices.map { StaffedTimes.difference(times[$0], other.times[$0]) }
    }

    /// Whether others lack any time that these have.
    func isMissingAnything(in other: StaffedTimes) -> Bool { missing(in: other).contains { !$0.isEmpty } }

    private static func merged(_ times: [Range<EventTime>]) -> [Range<EventTime>] {
        var result: [Range<EventTime>] = []
        for next in times.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, next.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
            } else {
                result.append(next)
            }
        }
        return result
    }

    /// What is in the first and not in the second; both ascending.
    private static func difference(_ first: [Range<EventTime>], _ second: [Range<EventTime>]) -> [Range<EventTime>] {
        var result: [Range<EventTime>] = []
        var next = 0
        for time in first {
            var start = time.lowerBound
            while next < second.count, second[next].upperBound <= start { next += 1 }
            var place = next
            while place < second.count, second[place].lowerBound < time.upperBound {
                if second[place].lowerBound > start { result.append(start..<second[place].lowerBound) }
                start = max(start, second[place].upperBound)
                place += 1
            }
            if start < time.upperBound { result.append(start..<time.upperBound) }
        }
        return result
    }
}
