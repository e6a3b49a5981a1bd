import Foundation
import Ingest
import MQTT
import Store
import Synchronization
import Telemetry

/// A broker, and a process around the real files that ends before any chosen step: from then on nothing that it
/// does has an effect, as after kill -9.
final class CrashingWorld: Sendable {
    struct Dead: Error {}

    private struct Content {
        /// By lane: what the broker holds, oldest first, and how much of it is sent and not acknowledged.
        var held: [String: [InboundMessage]] = [:]
        var sent: [String: Int] = [:]
        var receipts: [[UInt8]] = []
        var steps: [String] = []
        var crashAt = Int.max
    }

    private let content = Mutex(Content())

    /// What has happened in this life.
    var steps: [String] { content.withLock { $0.steps } }
    var receipts: [String] { content.withLock { $0.receipts.map { String(decoding: $0, as: UTF8.self) } } }
    var hasCrashed: Bool { content.withLock { $0.steps.count >= $0.crashAt } }
    var isDelivered: Bool { content.withLock { $0.held.values.allSatisfy(\.isEmpty) } }

    func send(_ payload: String, on topic: String) {
        let lane = topic.hasSuffix("/alarm") ? "alarm" : "rest"
        content.withLock { $0.held[lane, default: []].append(InboundMessage(topic: topic, payload: Array(payload.utf8), isRetained: false)) }
    }

    /// A new process, which ends before its step number `crashAt`.
    func begin(crashAt: Int) {
        content.withLock {
            $0.steps = []
            $0.crashAt = crashAt
            $0.sent = [:]
        }
    }

    /// True when the step may happen.
    private static func step(_ name: String, _ content: inout Content) -> Bool {
        guard content.steps.count < content.crashAt else { return false }
        content.steps.append(name)
        return true
    }

    func step(_ name: String) -> Bool { content.withLock { CrashingWorld.step(name, &$0) } }

    /// The next messages of a lane that were not sent yet; a step where there are any.
    fileprivate func deliver(_ lane: String, countMax: Int) -> [InboundMessage] {
        content.withLock { content in
            let waiting = (content.held[lane] ?? []).dropFirst(content.sent[lane] ?? 0).prefix(countMax)
            guard !waiting.isEmpty, CrashingWorld.step("read \(lane)", &content) else { return [] }
            content.sent[lane, default: 0] += waiting.count
            return Array(waiting)
        }
    }

    fileprivate func acknowledge(_ lane: String) {
        content.withLock { content in
            guard let sent = content.sent[lane], sent > 0, CrashingWorld.step("acknowledge \(lane)", &content) else { return }
            content.held[lane]?.removeFirst(sent)
            content.sent[lane] = 0
        }
    }

    fileprivate func forget(_ lane: String) { content.withLock { $0.sent[lane] = 0 } }

    fileprivate func keep(receipt: OutboundMessage) -> Bool {
        content.withLock { content in
            guard CrashingWorld.step("send receipt", &content) else { return false }
            content.receipts.append(receipt.payload)
            return true
        }
    }

    var seams: Seams {
        var seams = Seams()
        seams.link = { settings, _ in Link(self, settings) }
        seams.journal = { Journaling(self, $0) }
        seams.views = { Viewing(self, $0) }
        seams.sender = { _, _, acknowledged in Sending(self, acknowledged) }
        return seams
    }

    private final class Link: InboundLink {
        let settings: BrokerSettings
        private let world: CrashingWorld
        private let lane: String
        private(set) var state = InboundSession.State.disconnected
        let lastProblem: String? = nil
        let wasTakenOver = false
        /// Always readable, so that the gate never waits.
        let socket = open("/dev/zero", O_RDONLY | O_CLOEXEC)

        init(_ world: CrashingWorld, _ settings: BrokerSettings) {
            self.world = world
            self.settings = settings
            lane = settings.clientID.hasSuffix("-alarm") ? "alarm" : "rest"
        }

        deinit { close(socket) }

        func connect() throws(MQTTError) {
            world.forget(lane)
            state = .ready
        }
        func read(countMax: Int, bytesMax: Int) -> [InboundMessage] {
            usleep(500)
            // Two at a time, so that a run has several transactions.
            return world.deliver(lane, countMax: 2)
        }
        func publish(topic: String, payload: [UInt8]) throws(MQTTError) {}
        func flush() { world.acknowledge(lane) }
        func keepAlive() {}
        func drop(because reason: String) { state = .disconnected }
        func disconnect() { state = .disconnected }
    }

    private final class Journaling: MessageJournal {
        private let world: CrashingWorld
        private let journal: Journal
        init(_ world: CrashingWorld, _ journal: Journal) {
            self.world = world
            self.journal = journal
        }
        var lastPosition: Int64 { journal.lastPosition }
        var lastReceived: EventTime { journal.lastReceived }
        func append(_ messages: [JournalMessage], receipted: Int64) throws {
            guard world.step("journal") else { throw Dead() }
            try journal.append(messages, receipted: receipted)
        }
        func probe() throws {
            if world.hasCrashed { throw Dead() }
        }
    }

    private final class Viewing: ViewsWriter {
        private let world: CrashingWorld
        private let views: Views
        init(_ world: CrashingWorld, _ views: Views) {
            self.world = world
            self.views = views
        }
        func write(_ commit: ViewsCommit) throws {
            if world.step("views") { try views.write(commit) }
        }
    }

    private final class Sending: ReceiptSender {
        private let world: CrashingWorld
        private let acknowledged: @Sendable (Int64) -> Void
        init(_ world: CrashingWorld, _ acknowledged: @escaping @Sendable (Int64) -> Void) {
            self.world = world
            self.acknowledged = acknowledged
        }
        func publish(_ message: OutboundMessage, number: Int64) throws(MQTTError) {
            guard number >= 0, world.keep(receipt: message), world.step("receipt arrived") else { return }
            acknowledged(number)
        }
        func close() {}
    }
}
