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
    /// What one transaction takes of a lane: of the rest little, because an alarm may come while it is written.
    static let takenOfAlarms = (count: 2000, bytes: 8 << 20)
    static let takenOfRest = (count: 500, bytes: 2 << 20)
    /// Payload bytes waiting for the fold beyond which the rest, and then alarms too, are left with the broker.
    static let restBytesMax = 2 << 20
    static let alarmBytesMax = 64 << 20

    private let lanes: [Lane]
    private let journal: any MessageJournal
    private let queue: BoundedQueue<[JournalMessage]>
    private let status: PumpStatus
    private let receipted: @Sendable () -> Int64
    private let log: Logger
    private let clock: @Sendable () -> EventTime
    /// Told what nothing can be done about here; ends the process.
    private let fatal: @Sendable (String) -> Void
    private let intake: Intake
    private let isStopping = Atomic<Bool>(false)
    private var journalRetryAt: Double = 0
    private var lastKeepAlive: Double = 0

    init(
        settings: BrokerSettings,
        instance: String,
        foreign: ForeignTopics,
        link: (BrokerSettings, [String]) throws -> any InboundLink,
        journal: any MessageJournal,
        queue: BoundedQueue<[JournalMessage]>,
        status: PumpStatus,
        receipted: @escaping @Sendable () -> Int64,
        log: Logger,
        clock: @escaping @Sendable () -> EventTime,
        fatal: @escaping @Sendable (String) -> Void
    ) throws {
        self.fatal = fatal
        intake = Intake(foreign: foreign)
        lanes = try [("alarm", Topic.alarmFilters + foreign.filters, "alarm"), ("rest", Topic.restFilters, "telemetry")].map { name, filters, channel in
            Lane(
                name: name,
                session: try link(settings.with(clientID: "\(settings.clientID)-\(name)"), filters),
                canary: Canary(channel: channel, instance: instance, intervalSeconds: settings.canarySeconds)
            )
        }
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
        for lane in lanes { lane.session.disconnect() }
        queue.close()
    }

    private func round() {
        let now = Gate.monotonicSeconds()
        for lane in lanes { lane.watch(now, log: log) }
        connectWhereDue(now)
        let waiting = queue.waitingWeight
        let takesAlarms = waiting < Gate.alarmBytesMax && now >= journalRetryAt
        let takesRest = waiting < Gate.restBytesMax && now >= journalRetryAt
        wait(milliseconds: takesAlarms && takesRest ? 200 : 2, alarms: takesAlarms, rest: takesRest)

        var batch: [InboundMessage] = []
        let limits = [takesAlarms ? Gate.takenOfAlarms : nil, takesRest ? Gate.takenOfRest : nil]
        for case (let lane, let limit?) in zip(lanes, limits) {
            let messages = lane.session.read(countMax: limit.count, bytesMax: limit.bytes)
            if !messages.isEmpty { lane.canary.came(isOwn: false) }
            batch += messages
        }
        if batch.isEmpty || commit(batch, now) {
            for lane in lanes { lane.session.flush() }
        }
        if now - lastKeepAlive > 1 {
            lastKeepAlive = now
            for lane in lanes { lane.session.keepAlive() }
            if takesAlarms && takesRest {
                for lane in lanes { lane.sendCanary(now, log: log) }
            }
        }
        report(waiting: waiting)
    }

    /// Journals a batch and hands it on. False when it could not be made durable: then nothing is acknowledged.
    private func commit(_ batch: [InboundMessage], _ now: Double) -> Bool {
        let received = max(clock(), journal.lastReceived)
        var position = journal.lastPosition
        var messages: [JournalMessage] = []
        messages.reserveCapacity(batch.count)
        var canaries: Int64 = 0
        for message in batch {
            guard var prepared = intake.prepare(message, received: received) else {
                if let lane = lanes.first(where: { $0.canary.topic == message.topic }) {
                    canaries += 1
                    lane.canary.came(isOwn: true)
                }
                continue
            }
            position += 1
            prepared.position = position
            messages.append(prepared)
        }
        let (returned, ignored) = (canaries, Int64(batch.count - messages.count) - canaries)
        status.update {
            $0.ignored += ignored
            $0.canaries += returned
        }
        guard !messages.isEmpty else { return true }
        do {
            try journal.append(messages, receipted: receipted())
        } catch let error as StoreError where error.isDamage {
            isStopping.store(true, ordering: .relaxed)
            for lane in lanes { lane.drop(because: "the journal is damaged") }
            fatal("\(error)")
            return false
        } catch {
            log.error("journal: \(error); nothing was acknowledged, the broker keeps the messages; next try in 1 s")
            for lane in lanes { lane.drop(because: "the journal could not be written") }
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
            $0.commits += 1
        }
        queue.put(messages)
        return true
    }

    // MARK: - Connections

    private func connectWhereDue(_ now: Double) {
        guard now >= journalRetryAt, journalIsWritable(now) else { return }
        for lane in lanes where lane.isDue(now) {
            let problem = lane.connect(now, log: log)
            status.update {
                if let problem { $0.brokerProblem = "\(problem)" }
                $0.reconnects += 1
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
        let alarm = "\(lanes[0].session.state)"
        let rest = "\(lanes[1].session.state)"
        let problem = lanes.compactMap(\.problem).first
        let stuck = lanes.count { $0.canary.isMissing }
        status.update {
            $0.alarmSession = alarm
            $0.restSession = rest
            $0.queuedBytes = waiting
            $0.brokerProblem = problem
            $0.lanesStuck = stuck
        }
    }

    /// Waits until a lane that may be read has something. One that may not is not waited for: its bytes stay there.
    private func wait(milliseconds: Int32, alarms: Bool, rest: Bool) {
        var polls: [pollfd] = []
        for (lane, isWanted) in zip(lanes, [alarms, rest]) where isWanted && lane.session.socket >= 0 {
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
