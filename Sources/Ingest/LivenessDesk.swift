import Synchronization
package import Workload

/// Where other threads ask the fold's thread what it knows of the devices now.
package final class LivenessDesk: Sendable {
    private struct Content {
        var snapshot: LivenessSnapshot?
        var takenAtSeconds = -Double.infinity
        var isWanted = false
        var report: LivenessReport?
    }

    /// An answer is given again for this long.
    private static let freshSeconds = 1.0
    /// After this long without a new answer the last one is given.
    private static let waitSeconds = 2.0

    private let content = Mutex(Content())

    /// What is known now, at most a second old where the fold keeps up; nil before it has begun.
    package func snapshot() async -> LivenessSnapshot? {
        let end = Gate.monotonicSeconds() + LivenessDesk.waitSeconds
        while true {
            let now = Gate.monotonicSeconds()
            let (known, isFresh) = content.withLock { content in
                let isFresh = now - content.takenAtSeconds < LivenessDesk.freshSeconds
                content.isWanted = !isFresh
                return (content.snapshot, isFresh)
            }
            if isFresh || now >= end { return known }
            do { try await Task.sleep(for: .milliseconds(10)) } catch { return known }
        }
    }

    /// What the last whole look found; nil before it.
    package var report: LivenessReport? { content.withLock(\.report) }

    func tell(_ report: LivenessReport) { content.withLock { $0.report = report } }

    /// Answers who waits; called often by the fold's thread.
    func serve(_ make: () -> LivenessSnapshot) {
        guard content.withLock(\.isWanted) else { return }
        let snapshot = make()
        content.withLock { content in
            content.snapshot = snapshot
            content.takenAtSeconds = Gate.monotonicSeconds()
            content.isWanted = false
        }
    }

    /// Throws away what was known under an earlier plan.
    func forget() {
        content.withLock { $0.takenAtSeconds = -Double.infinity }
    }
}

/// A new plan for the fold, until its thread takes it.
final class PlanDesk: Sendable {
    struct Order: Sendable {
        var plan: ZonePlan
        var generation: Int
    }

    private let order = Mutex<Order?>(nil)

    /// The newest counts; one that was not taken yet is forgotten.
    func put(_ order: Order) { self.order.withLock { $0 = order } }

    var waiting: Order? { order.withLock { $0 } }

    /// Takes an order away, unless a newer one has come.
    func remove(_ generation: Int) {
        order.withLock { if $0?.generation == generation { $0 = nil } }
    }
}
