/// Counts of the same events that one edition tells in different places: two that differ by a handful tell of that handful, however
/// large they are themselves (469 closed of 470 raised tell of one that is open).
package struct ToldCounts: Equatable, Sendable {
    /// Counts of which one may lie within another.
    package enum Events: Hashable, Sendable {
        case alarms, callOuts, closedAtCentre, unintended, users, devices

        /// What may lie within these, or these within it.
        fileprivate var kin: [Events] {
            switch self {
            case .alarms: [.alarms, .callOuts, .closedAtCentre, .unintended]
            case .callOuts, .closedAtCentre, .unintended: [self, .alarms]
            case .users, .devices: [self]
            }
        }
    }

    private var counts: [Events: Set<Int>] = [:]

    package init() {}

    /// Whether all of them may be told beside what has been told already.
    package func allow(_ wanted: [(events: Events, count: Int)]) -> Bool {
        wanted.allSatisfy { wanted in
            wanted.events.kin.allSatisfy { counts[$0, default: []].allSatisfy { ($0 - wanted.count).isTellable } }
        }
    }

    /// Remembers them as told where they may be.
    ///
    /// - Returns: whether they may.
    package mutating func tell(_ wanted: [(events: Events, count: Int)]) -> Bool {
        guard allow(wanted) else { return false }
        for (events, count) in wanted { counts[events, default: []].insert(count) }
        return true
    }
}
