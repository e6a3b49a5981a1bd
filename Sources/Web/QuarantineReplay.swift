package import Telemetry

/// Reading refused messages again, given by the one who wires, so that Web knows no threads.
package struct QuarantineReplay: Sendable {
    package struct Outcome: Sendable {
        package var endedAt: EventTime
        package var who: String
        /// Nil where it did not work.
        package var counts: (accepted: Int, remaining: Int)?

        package init(endedAt: EventTime, who: String, counts: (accepted: Int, remaining: Int)?) {
            (self.endedAt, self.who, self.counts) = (endedAt, who, counts)
        }
    }

    package struct Progress: Sendable {
        /// Nil while nothing is read again.
        package var running: (since: EventTime, who: String)?
        package var last: Outcome?

        package init(running: (since: EventTime, who: String)?, last: Outcome?) { (self.running, self.last) = (running, last) }
    }

    package var progress: @Sendable () -> Progress
    /// False where it is under way already.
    package var begin: @Sendable (_ who: String) -> Bool

    package init(progress: @escaping @Sendable () -> Progress, begin: @escaping @Sendable (_ who: String) -> Bool) {
        (self.progress, self.begin) = (progress, begin)
    }
}
