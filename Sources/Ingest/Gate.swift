import Foundation
import Glibc
import Logging
import MQTT
import Store
import Synchronization
import Telemetry

/// The gate: read until dry, one transaction, then the acknowledgements (DESIGN).
///
/// One thread owns both sessions and the journal's writer. Alarms are read first in every round; the rest waits
/// while the fold is behind, so that an alarm never has much in front of it.
final class Gate {
    /// Messages of a lane in one transaction.
    static let alarmCountMax = 2000
    static let restCountMax = 2000
    /// Payload bytes waiting for the fold beyond which the rest, and then alarms too, are left with the broker.
    static let restBytesMax = 2 << 20
    static let alarmBytesMax = 64 << 20
    static let reconnectPauseMax: Double = 30

    private let sessions: [Lane]
    private let journal: Journal
    private let queue: BoundedQueue<[JournalMessage]>
    private let status: PumpStatus
    private let receipted: @Sendable () -> Int64
    private let log: Logger
    private let clock: @Sendable () -> EventTime
    private let intake = Intake()
    private let isStopping = Atomic<Bool>(false)
    private var journalRetryAt: Double = 0
    private var lastKeepAlive: Double = 0

    /// A session and when to try again.
    final class Lane {
        let name: String
        let session: InboundSession
        var retryAt: Double = 0
        var pause = Lane.pauseMin
        var readySince: Double?

        static let pauseMin = 0.25
        /// A session that holds this long has recovered; one that another client keeps taking over has not.
        static let recoveredAfterSeconds = 20.0

        init(name: String, session: InboundSession) {
            self.name = name
            self.session = session
        }
    }

    init(
        settings: BrokerSettings,
        journal: Journal,
        queue: BoundedQueue<[JournalMessage]>,
        status: PumpStatus,
        receipted: @escaping @Sendable () -> Int64,
        log: Logger,
        clock: @escaping @Sendable () -> EventTime
    ) throws {
        sessions = [
            Lane(
                name: "alarm",
                session: try InboundSession(
                    settings: settings.with(clientID: settings.clientID + "-alarm"),
                    filters: Topic.alarmFilters
                )
            ),
            Lane(
                name: "rest",
                session: try InboundSession(
                    settings: settings.with(clientID: settings.clientID + "-rest"),
                    filters: Topic.restFilters
                )
            ),
        ]
        self.journal = journal
        self.queue = queue
        self.status = status
        self.receipted = receipted
        self.log = log
        self.clock = clock
        status.update { $0.journalPosition = journal.lastPosition }
    }

    func stop() { isStopping.store(true, ordering: .relaxed) }

    /// The thread's whole life.
    func run() {
        while !isStopping.load(ordering: .relaxed) { round() }
        for lane in sessions { lane.session.disconnect() }
        queue.close()
    }

    private func round() {
        let now = Gate.monotonicSeconds()
        connectWhereDue(now)
        let waiting = queue.waitingWeight
        let takesAlarms = waiting < Gate.alarmBytesMax && now >= journalRetryAt
        let takesRest = waiting < Gate.restBytesMax && now >= journalRetryAt
        wait(milliseconds: takesAlarms && takesRest ? 200 : 2, alarms: takesAlarms, rest: takesRest)

        var batch: [InboundMessage] = []
        if takesAlarms { batch += sessions[0].session.read(countMax: Gate.alarmCountMax) }
        if takesRest { batch += sessions[1].session.read(countMax: Gate.restCountMax) }
        if batch.isEmpty || commit(batch, now) {
            for lane in sessions { lane.session.flush() }
        }
        if now - lastKeepAlive > 1 {
            lastKeepAlive = now
            for lane in sessions { lane.session.keepAlive() }
        }
        report(waiting: waiting)
    }

    /// Journals a batch and hands it on. False when it could not be made durable: then nothing is acknowledged.
    private func commit(_ batch: [InboundMessage], _ now: Double) -> Bool {
        let received = max(clock(), journal.lastReceived)
        var position = journal.lastPosition
        var messages: [JournalMessage] = []
        messages.reserveCapacity(batch.count)
        for message in batch {
            guard var prepared = intake.prepare(message, received: received) else { continue }
            position += 1
            prepared.position = position
            messages.append(prepared)
        }
        let ignored = Int64(batch.count - messages.count)
        guard !messages.isEmpty else {
            status.update { $0.ignored += ignored }
            return true
        }
        do {
            try journal.append(messages, receipted: receipted())
        } catch {
            log.error("journal: \(error); nothing was acknowledged, the broker keeps the messages; next try in 1 s")
            for lane in sessions { lane.session.drop(because: "the journal could not be written") }
            journalRetryAt = now + 1
            status.update { $0.journalProblem = "\(error)" }
            return false
        }
        let last = position
        let count = Int64(messages.count)
        status.update {
            $0.journalProblem = nil
            $0.journalPosition = last
            $0.messages += count
            $0.ignored += ignored
            $0.commits += 1
        }
        queue.put(messages)
        return true
    }

    // MARK: - Connections

    private func connectWhereDue(_ now: Double) {
        guard now >= journalRetryAt, journalIsWritable(now) else { return }
        for lane in sessions where lane.session.state == .disconnected && now >= lane.retryAt {
            if let problem = lane.session.lastProblem { log.warning("broker, \(lane.name) lane: \(problem)") }
            do {
                try lane.session.connect()
                lane.session.flush()
            } catch {
                log.warning("broker, \(lane.name) lane: \(error); next try in \(lane.pause) s")
                status.update { $0.brokerProblem = "\(error)" }
            }
            lane.retryAt = now + lane.pause
            lane.pause = min(lane.pause * 2, Gate.reconnectPauseMax)
            status.update { $0.reconnects += 1 }
        }
        for lane in sessions {
            guard lane.session.state == .ready else {
                lane.readySince = nil
                continue
            }
            if let since = lane.readySince, now - since > Lane.recoveredAfterSeconds { lane.pause = Lane.pauseMin }
            if lane.readySince == nil {
                lane.readySince = now
                log.info("broker, \(lane.name) lane: ready")
            }
        }
    }

    /// After a failed commit: tries the journal before the broker is asked for anything again.
    private func journalIsWritable(_ now: Double) -> Bool {
        guard status.current.journalProblem != nil else { return true }
        do {
            try journal.probe()
            log.notice("journal: writable again")
            status.update { $0.journalProblem = nil }
            return true
        } catch {
            journalRetryAt = now + 1
            status.update { $0.journalProblem = "\(error)" }
            return false
        }
    }

    private func report(waiting: Int) {
        let alarm = "\(sessions[0].session.state)"
        let rest = "\(sessions[1].session.state)"
        let problem = sessions.compactMap(\.session.lastProblem).first
        status.update {
            $0.alarmSession = alarm
            $0.restSession = rest
            $0.queuedBytes = waiting
            $0.brokerProblem = problem
        }
    }

    /// Waits until a lane that may be read has something. One that may not is not waited for: its bytes stay there.
    private func wait(milliseconds: Int32, alarms: Bool, rest: Bool) {
        var polls: [pollfd] = []
        for (lane, isWanted) in zip(sessions, [alarms, rest]) where isWanted && lane.session.socket >= 0 {
            polls.append(pollfd(fd: lane.session.socket, events: Int16(POLLIN), revents: 0))
        }
        poll(&polls, nfds_t(polls.count), milliseconds)
    }

    static func monotonicSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
