import Synchronization

/// What the threads of the pump tell the outside: read by web and metrics, written by the threads.
package final class PumpStatus: Sendable {
    package struct Snapshot: Sendable {
        package var alarmSession = "disconnected"
        package var restSession = "disconnected"
        package var publisher = "disconnected"
        package var journalPosition: Int64 = 0
        package var foldPosition: Int64 = 0
        package var viewPosition: Int64 = 0
        package var journalProblem: String?
        package var viewsProblem: String?
        package var brokerProblem: String?
        package var messages: Int64 = 0
        package var commits: Int64 = 0
        package var ignored: Int64 = 0
        package var accepted: Int64 = 0
        package var duplicates: Int64 = 0
        package var rejected: Int64 = 0
        package var receiptsPending: Int = 0
        package var reconnects: Int64 = 0
        package var canaries: Int64 = 0
        /// Lanes that were stuck and have delivered nothing since.
        package var lanesStuck: Int = 0
        package var queuedBytes: Int = 0
        package var devicesWatched = 0
        package var devicesOverdue = 0
        package var devicesUnknown = 0
        package var batteriesLow = 0
        package var outages = 0
        /// The plan that the fold goes by, counted from the start.
        package var planGeneration = 0
        /// Why a changed registry is not in force.
        package var registryProblem: String?

        /// Both sessions have all their subscriptions, and the store takes what comes.
        package var isReady: Bool {
            alarmSession == "ready" && restSession == "ready" && journalProblem == nil && viewsProblem == nil
                && lanesStuck == 0
        }
    }

    private let snapshot = Mutex(Snapshot())

    package init() {}

    package var current: Snapshot { snapshot.withLock { $0 } }

    package func update(_ change: (inout sending Snapshot) -> Void) { snapshot.withLock { change(&$0) } }
}
