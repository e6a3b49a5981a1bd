import Foundation
package import Logging
package import MQTT
import Store
import Synchronization
package import Telemetry
package import Workload

/// Wires gate, fold and views together and runs them on their threads (DESIGN, Threads).
package final class Pump: @unchecked Sendable {
    // Unchecked: what is mutable belongs to one thread each; start and stop are called from one.
    package struct Settings: Sendable {
        package var instance: String
        package var dataFolder: String
        package var broker: BrokerSettings
        package var folding: Folding.Setup
        package var liveness: Liveness.Limits

        package init(
            instance: String,
            dataFolder: String,
            broker: BrokerSettings,
            folding: Folding.Setup,
            liveness: Liveness.Limits = .init()
        ) {
            self.liveness = liveness
            self.instance = instance
            self.dataFolder = dataFolder
            self.broker = broker
            self.folding = folding
        }
    }

    package let status = PumpStatus()
    /// Where others ask what is known of the devices now.
    package let liveness = LivenessDesk()
    private let plans = PlanDesk()
    /// How reading refused messages again goes.
    package let replays = ReplayDesk()
    private let dataFolder: String
    private let hashKey: UInt64
    private let planCount = Atomic<Int>(0)
    private let journal: Journal
    private let views: Views
    private let checkpointer: JournalCheckpointer
    private let gate: Gate
    private let fold: FoldThread
    private let viewsThread: ViewsThread
    private let publisher: any ReceiptSender
    private let reader: JournalReader
    private var threads: [Thread] = []
    private let finished = DispatchGroup()
    private let isStopping = Atomic<Bool>(false)
    private let log: Logger
    private let clock: @Sendable () -> EventTime

    private let fatal: @Sendable (String) -> Void

    /// Opens the store and restores the state from the views. Nothing is read or acknowledged before `start`.
    ///
    /// - Parameters:
    ///   - seams: where it touches broker and files.
    ///   - opened: called when journal and views can be read, before the state is restored from them.
    ///   - fatal: called from a thread when journal or views are damaged: nothing can go on then.
    package init(
        settings: Settings,
        log: Logger,
        seams: Seams = Seams(),
        clock: @escaping @Sendable () -> EventTime = Pump.wallClock,
        opened: () throws -> Void = {},
        fatal: @escaping @Sendable (String) -> Void
    ) throws {
        self.log = log
        self.fatal = fatal
        self.clock = clock
        dataFolder = settings.dataFolder
        journal = try Journal(folder: settings.dataFolder)
        hashKey = journal.hashKey
        views = try Views(folder: settings.dataFolder, hashKey: journal.hashKey) { log.warning("\($0)") }
        checkpointer = try JournalCheckpointer(folder: settings.dataFolder)
        reader = try JournalReader(folder: settings.dataFolder)
        try opened()
        let folding = try Folding(setup: settings.folding, hashKey: journal.hashKey, views: views)
        let outbox = Outbox(stored: try views.stored().outbox, folded: folding.position)
        let statusTopic = "\(Topic.root)/service/\(settings.instance)/status"
        publisher = try seams.sender(
            settings.broker.with(clientID: settings.broker.clientID + "-out"),
            .init(
                online: OutboundMessage(topic: statusTopic, payload: Array("online".utf8), isRetained: true),
                offline: OutboundMessage(topic: statusTopic, payload: Array("offline".utf8), isRetained: true)
            ),
            { outbox.acknowledge($0) }
        )
        let queue = BoundedQueue<[JournalMessage]> { $0.reduce(0) { $0 + $1.payload.count + 200 } }
        let commits = BoundedQueue<ViewsCommit> { _ in 1 }
        gate = try Gate(
            settings: settings.broker,
            instance: settings.instance,
            foreign: settings.folding.foreign,
            link: seams.link,
            journal: seams.journal(journal),
            queue: queue,
            status: status,
            receipted: { outbox.receipted },
            log: log,
            clock: clock,
            fatal: fatal
        )
        let (hashKey, viewsFile) = (journal.hashKey, views)
        fold = FoldThread(
            folding: folding,
            queue: queue,
            commits: commits,
            outbox: outbox,
            publisher: publisher,
            status: status,
            log: log,
            receiptedBefore: journal.receipted,
            clock: clock,
            limits: settings.liveness,
            plans: plans,
            desk: liveness,
            replays: replays,
            adopt: { try viewsFile.adopt(folder: $0) },
            refold: { try Folding(setup: $0, hashKey: hashKey, views: viewsFile) }
        )
        viewsThread = ViewsThread(views: seams.views(views), commits: commits, fold: fold, status: status, log: log, fatal: fatal)
        let position = folding.position
        status.update {
            $0.viewPosition = position
            $0.foldPosition = position
        }
    }

    package static let wallClock: @Sendable () -> EventTime = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Starts the threads; the journal's tail is folded before the broker is asked for more.
    package func start() {
        run("views", niceness: Pump.background) { [viewsThread] in viewsThread.run() }
        let caughtUp = DispatchSemaphore(value: 0)
        run("fold") { [self] in
            do {
                fold.resendStored()
                try fold.catchUp(reader) { self.isStopping.load(ordering: .relaxed) }
            } catch {
                self.fatal("\(error)")
            }
            caughtUp.signal()
            fold.run()
        }
        run("gate") { [gate] in
            caughtUp.wait()
            gate.run()
        }
        run("checkpoint", isCounted: false) { [self] in
            while !isStopping.load(ordering: .relaxed) {
                usleep(250_000)
                do { try checkpointer.run() } catch { log.debug("checkpoint: \(error)") }
            }
        }
    }

    /// Has the fold go by another plan, soon; its number, which `status.planGeneration` then reaches.
    package func replan(_ plan: ZonePlan) -> Int {
        let number = planCount.add(1, ordering: .relaxed).newValue
        plans.put(.init(plan: plan, generation: number))
        return number
    }

    /// Has everything in the journal read again from a thread of its own, with the setup now in force, soon; false where that is
    /// under way already. Messages come in, and pages show the old figures, until the new ones take their place.
    ///
    /// - Parameter who: as the access log has them.
    package func replay(askedBy who: String, now: EventTime) -> Bool {
        guard replays.begin(who, now: now) else { return false }
        log.notice("refused messages are read again, asked for by \(who)")
        run("replay", niceness: Pump.background, isCounted: false) { [self] in
            do {
                guard let setup = replays.setup(isStopping: { self.isStopping.load(ordering: .relaxed) }) else { return }
                let candidate = try ReplayCandidate(dataFolder: dataFolder, hashKey: hashKey, setup: setup)
                try candidate.catchUp { isStopping.load(ordering: .relaxed) ? nil : status.current.foldPosition }
                replays.offer(candidate)
            } catch {
                log.error("refused messages cannot be read again, all stays as it was: \(error)")
                replays.end(nil, now: clock())
            }
        }
        return true
    }

    /// Stops in order: no more reading, everything read folded and in the views, goodbye to the broker.
    package func stop() {
        guard !isStopping.exchange(true, ordering: .relaxed) else { return }
        gate.stop()
        finished.wait()
        // A thread holds what it ran, and so us.
        threads = []
        publisher.close()
        do {
            try checkpointer.finish()
            try views.finish()
        } catch {
            log.warning("the databases' logs stay beside them: \(error)")
        }
        let snapshot = status.current
        log.info("stopped at position \(snapshot.journalPosition), views at \(snapshot.viewPosition)")
    }

    /// Of a thread that no alarm waits for: where there are too few cores, the others go first.
    private static let background: Int32 = 5

    /// - Parameter niceness: above that of the process (nice(2)); 0 for what alarms wait for.
    private func run(_ name: String, niceness: Int32 = 0, isCounted: Bool = true, _ body: @escaping () -> Void) {
        if isCounted { finished.enter() }
        // Safe: the thread is the only one that ever calls it.
        nonisolated(unsafe) let body = body
        let thread = Thread { [finished] in
            // From inside: a thread that has not begun has no name to set.
            Thread.current.name = name
            // On Linux of this thread alone.
            _ = nice(niceness)
            body()
            if isCounted { finished.leave() }
        }
        thread.stackSize = 8 << 20
        threads.append(thread)
        thread.start()
    }
}
