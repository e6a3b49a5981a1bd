import Foundation
import Logging
import MQTT
import Store
import Synchronization
import Telemetry
import Workload

/// Folds what the gate hands over, sends the receipts, and gives changed rows to the views thread.
final class FoldThread {
    /// At least this long from one commit of the views to the next.
    static let commitPauseSeconds = 0.2

    var folding: Folding
    let queue: BoundedQueue<[JournalMessage]>
    private let commits: BoundedQueue<ViewsCommit>
    let viewsAreIdle: Atomic<Bool>
    private let outbox: Outbox
    let publisher: any ReceiptSender
    let status: PumpStatus
    let log: Logger
    let clock: @Sendable () -> EventTime
    /// A folding under another setup that starts from what the views hold.
    let refold: (Folding.Setup) throws -> Folding
    let plans: PlanDesk
    let replays: ReplayDesk
    /// Puts the views of another folder in the place of those there are.
    let adopt: (_ folder: String) throws -> (accepted: Int, remaining: Int)
    let desk: LivenessDesk
    /// Receipts up to here were acknowledged before this start.
    private let receiptedBefore: Int64
    private var lastCommit = 0.0
    var liveness: Liveness
    var connection = ConnectionWatch()
    var lookedAt = EventTime.min
    var nextLook = 0.0
    /// What the boards say of silent devices.
    var told = LivenessReport()
    var boards: [LivenessReport.Zone: ZoneBoard] = [:]
    var nextReplan = 0.0
    /// Counts the plans since the start.
    var generation = 0

    init(
        folding: Folding,
        queue: BoundedQueue<[JournalMessage]>,
        commits: BoundedQueue<ViewsCommit>,
        outbox: Outbox,
        publisher: any ReceiptSender,
        status: PumpStatus,
        log: Logger,
        receiptedBefore: Int64,
        clock: @escaping @Sendable () -> EventTime,
        limits: Liveness.Limits,
        plans: PlanDesk,
        desk: LivenessDesk,
        replays: ReplayDesk,
        adopt: @escaping (_ folder: String) throws -> (accepted: Int, remaining: Int),
        refold: @escaping (Folding.Setup) throws -> Folding
    ) {
        self.clock = clock
        self.refold = refold
        self.plans = plans
        self.desk = desk
        self.replays = replays
        self.adopt = adopt
        liveness = Liveness(state: folding.state, startedAt: clock(), limits: limits)
        self.folding = folding
        self.queue = queue
        self.commits = commits
        self.viewsAreIdle = Atomic(true)
        self.outbox = outbox
        self.publisher = publisher
        self.status = status
        self.log = log
        self.receiptedBefore = receiptedBefore
    }

    /// Sends again what was under way when the service last ended.
    func resendStored() {
        for entry in outbox.pending { send(entry) }
    }

    /// Folds the tail of the journal that the views do not hold yet.
    func catchUp(_ reader: JournalReader, isStopping: () -> Bool) throws {
        while !isStopping() {
            let messages = try reader.messages(after: folding.position)
            if messages.isEmpty { return }
            fold(messages)
            commitIfDue(isLast: false)
        }
    }

    /// The thread's whole life; ends when the queue is closed and empty, with everything in the views.
    func run() {
        while let batches = queue.takeAll(timeoutMilliseconds: 50) {
            for messages in batches {
                fold(messages)
                commitIfDue(isLast: false)
            }
            commitIfDue(isLast: false)
            watchDevices()
            replanIfAsked()
            takeReplayIfReady()
            // Acknowledgements come on the publisher's thread, also while nothing is folded.
            let pending = outbox.pendingCount
            status.update { $0.receiptsPending = pending }
        }
        while !viewsAreIdle.load(ordering: .acquiring) { usleep(2000) }
        commitIfDue(isLast: true)
        commits.close()
    }

    func viewsDone() { viewsAreIdle.store(true, ordering: .releasing) }

    private func fold(_ messages: [JournalMessage]) {
        while outbox.pendingCount > Outbox.pendingMax { usleep(5000) }
        for message in messages {
            guard let (topic, payload) = folding.fold(message), message.position > receiptedBefore else { continue }
            send(
                outbox.add(
                    position: message.position,
                    topic: topic,
                    payload: payload,
                    correlation: message.correlation
                )
            )
        }
        outbox.folded(to: folding.position)
        let (position, counts) = (folding.position, folding.counts)
        status.update {
            $0.foldPosition = position
            $0.accepted = counts.accepted
            $0.duplicates = counts.duplicates
            $0.rejected = counts.rejected
        }
    }

    private func send(_ entry: OutboxEntry) {
        do {
            try publisher.publish(
                OutboundMessage(topic: entry.topic, payload: entry.payload, correlation: entry.correlation),
                number: entry.number
            )
        } catch {
            // Refused by the library, not lost on the way: a topic it cannot send to.
            log.error("receipt for position \(entry.position) on \(entry.topic) cannot be sent: \(error)")
            outbox.acknowledge(entry.number)
        }
    }

    private func commitIfDue(isLast: Bool) {
        let isDue = isLast || Gate.monotonicSeconds() - lastCommit >= FoldThread.commitPauseSeconds
        if isDue, viewsAreIdle.load(ordering: .acquiring) { _ = commit() }
    }

    /// Gives what has changed to the views thread, which must be idle; false where nothing has.
    func commit() -> Bool {
        guard let commit = folding.takeCommit(outbox: outbox.pending) else { return false }
        lastCommit = Gate.monotonicSeconds()
        viewsAreIdle.store(false, ordering: .releasing)
        commits.put(commit)
        tellBoards()
        return true
    }
}

/// Writes the views, one commit at a time; tries again as long as it must.
final class ViewsThread {
    private let views: any ViewsWriter
    private let commits: BoundedQueue<ViewsCommit>
    private let fold: FoldThread
    private let status: PumpStatus
    private let log: Logger

    private let fatal: @Sendable (String) -> Void

    init(
        views: any ViewsWriter,
        commits: BoundedQueue<ViewsCommit>,
        fold: FoldThread,
        status: PumpStatus,
        log: Logger,
        fatal: @escaping @Sendable (String) -> Void
    ) {
        self.fatal = fatal
        self.views = views
        self.commits = commits
        self.fold = fold
        self.status = status
        self.log = log
    }

    func run() {
        while let waiting = commits.takeAll(timeoutMilliseconds: 1000) {
            for commit in waiting {
                write(commit)
                fold.viewsDone()
            }
        }
    }

    private func write(_ commit: ViewsCommit) {
        while true {
            do {
                try views.write(commit)
                status.update {
                    $0.viewPosition = commit.position
                    $0.viewsProblem = nil
                }
                return
            } catch let error as StoreError where error.isDamage {
                return fatal("\(error)")
            } catch {
                log.error("views: \(error); next try in 1 s, alarms are journaled meanwhile")
                status.update { $0.viewsProblem = "\(error)" }
                sleep(1)
            }
        }
    }
}
