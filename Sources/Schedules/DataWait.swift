package import Telemetry

/// When there is enough to make a report of. After a start, and when the broker has been away, what it kept for us comes
/// first, so that a report does not leave out what was already on its way.
package struct DataWait: Sendable {
    /// So long the service has been ready before it is believed to have what the broker kept.
    package static let settleMilliseconds: Int64 = 30_000
    /// After so long a report is made of what there is; it says itself which days it covers.
    package static let waitMaxMilliseconds: Int64 = 3_600_000

    private let startedAt: EventTime
    private var readySince: EventTime?
    /// What the views must stand for.
    private var target: Int64?

    package init(startedAt: EventTime) { self.startedAt = startedAt }

    /// Takes a look at the service.
    package mutating func look(isReady: Bool, journal: Int64, views: Int64, now: EventTime) {
        guard isReady else {
            (readySince, target) = (nil, nil)
            return
        }
        let since = readySince ?? now
        readySince = since
        if target == nil, now - since >= DataWait.settleMilliseconds { target = journal }
        if let reached = target, views >= reached { target = .min }
    }

    /// Whether a report that fell due then may be made now.
    package func mayMake(due: EventTime, now: EventTime) -> Bool {
        target == .min || now - max(due, startedAt) >= DataWait.waitMaxMilliseconds
    }
}
