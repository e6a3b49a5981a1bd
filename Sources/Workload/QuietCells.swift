package import Telemetry

/// Quarter cells in which nothing but signs of life, readings, faults and assists came: of a year's cells they are most, and the load
/// of none, so that who asks for load counts them instead of keeping them.
package struct QuietCells: Equatable, Sendable {
    package struct Count: Equatable, Sendable {
        package var cells = 0
        /// Of them those that differ from what was first published.
        package var revised = 0
    }

    package private(set) var byZone: [String: Count] = [:]
    package private(set) var hasHeartbeats = false
    /// From the first one's start to the last one's end; nil without any.
    package private(set) var span: Range<EventTime>?
    /// The quarters that they are of, each once where cells come in order.
    private(set) var quarters: [Int64] = []

    package init() {}

    /// Counts another. O(1).
    package mutating func add(zone: String, quarter: Int64, isRevised: Bool, hasHeartbeats: Bool) {
        byZone[zone, default: Count()].cells += 1
        if isRevised { byZone[zone, default: Count()].revised += 1 }
        if hasHeartbeats { self.hasHeartbeats = true }
        if quarters.last != quarter { quarters.append(quarter) }
        let start = quarter * TimeRule.quarterMilliseconds
        let end = start + TimeRule.quarterMilliseconds
        span = span.map { min($0.lowerBound, start)..<max($0.upperBound, end) } ?? start..<end
    }

    /// Adds others, of later quarters. O(quarters).
    package mutating func add(_ later: QuietCells) {
        for (zone, count) in later.byZone {
            byZone[zone, default: Count()].cells += count.cells
            byZone[zone, default: Count()].revised += count.revised
        }
        hasHeartbeats = hasHeartbeats || later.hasHeartbeats
        quarters += later.quarters.first == quarters.last ? later.quarters.dropFirst() : later.quarters[...]
        if let other = later.span { span = span.map { min($0.lowerBound, other.lowerBound)..<max($0.upperBound, other.upperBound) } ?? other }
    }

    /// The same with as many of some zones as others have.
    package func counting(_ zones: [String], as other: QuietCells) -> QuietCells {
        var result = self
        for zone in zones { result.byZone[zone] = other.byZone[zone] }
        return result
    }
}

extension Measures {
    /// Where in `figures` a quiet cell may have something: heartbeats, observations, faults and assists.
    package static let quietPlaces = 15..<19
    /// Of them heartbeats.
    package static let heartbeatPlace = 15
}
