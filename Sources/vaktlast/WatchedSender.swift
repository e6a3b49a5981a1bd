import Foundation
import MQTT
import Simulator
import Synchronization

/// Sends simulated messages and collects the service's receipts for them, on a response topic of the run's own.
///
/// Used by one thread.
final class WatchedSender {
    /// Messages under way beyond which sending waits.
    private static let pendingMax = 2000
    /// Receipts read at once.
    private static let receiptsMax = 10_000
    /// So long without a new receipt means that no more will come.
    static let silenceSeconds = 30.0
    /// So long we wait for receipts when asked to end.
    static let endingSeconds = 5.0

    private let publisher: Publisher
    private let session: InboundSession
    private let responseLevel: String
    private let address: String
    private(set) var hearing = Hearing()
    /// Called with each receipt as it came and the number of its message.
    private let onReceipt: ((_ receipt: [UInt8], _ number: Int) throws -> Void)?
    private var lastNews = Date()

    /// - Parameters:
    ///   - senders: `municipality/source` of all topics that will be used.
    ///   - run: a word that no other run has.
    init(
        broker: BrokerSettings,
        senders: [String],
        run: String,
        onReceipt: ((_ receipt: [UInt8], _ number: Int) throws -> Void)? = nil
    ) throws {
        address = broker.address
        responseLevel = "verify-\(run)"
        self.onReceipt = onReceipt
        publisher = try Publisher(settings: broker.with(clientID: "vaktlast-verify-\(run)-out")) { _ in }
        session = try InboundSession(
            settings: broker.with(clientID: "vaktlast-verify-\(run)-in"),
            filters: senders.map { "vaktlast/v1/\($0)/verify-\(run)" },
            isPersistent: false
        )
    }

    /// Waits until the broker has taken us in and the receipts can come.
    func waitUntilConnected(seconds: Double = 15) throws {
        let end = Date(timeIntervalSinceNow: seconds)
        var problem: String?
        do { try session.connect() } catch { problem = "\(error)" }
        while !publisher.isConnected || session.state != .ready {
            guard Date() < end else {
                let said = publisher.problem ?? session.lastProblem ?? problem ?? "no connection"
                throw Failure(
                    "the broker at \(address) does not answer: \(said.trimmingCharacters(in: ["."])). Check --broker, user and password; "
                        + "the account must write and read vaktlast/v1/{municipality}/{source}/# of every source in the scenario, over MQTT 5."
                )
            }
            usleep(10_000)
            if session.state == .disconnected { do { try session.connect() } catch { problem = "\(error)" } }
            try read()
        }
    }

    func send(_ message: SimulatedMessage) throws {
        while publisher.pendingCount > WatchedSender.pendingMax {
            try collect()
            usleep(500)
        }
        let number = hearing.sent(message)
        let root = message.topic.split(separator: "/").prefix(4).joined(separator: "/")
        try publisher.publish(
            OutboundMessage(
                topic: message.topic,
                payload: message.payload,
                correlation: Array("\(number)".utf8),
                responseTopic: "\(root)/\(responseLevel)"
            ),
            number: 0
        )
        if number % 64 == 0 { try collect() }
    }

    /// Reads the receipts that have come.
    ///
    /// - Throws: `Failure` when they can come no more.
    func collect() throws {
        try read()
        if session.state == .disconnected {
            throw Failure("the connection for receipts was lost: \(session.lastProblem ?? "no reason given"). What was sent cannot be judged; run it again.")
        }
    }

    private func read() throws {
        for message in session.read(countMax: WatchedSender.receiptsMax, bytesMax: 8 << 20) {
            guard let number = message.correlation.flatMap({ Int(String(decoding: $0, as: UTF8.self)) }) else { continue }
            guard let receipt = AuditValue(json: message.payload) else { throw Failure("a receipt is no JSON") }
            try hearing.answered(number, with: receipt)
            try onReceipt?(message.payload, number)
            lastNews = Date()
        }
        session.flush()
        session.keepAlive()
    }

    /// Waits until every message has its receipt; gives up when none has come for a while, and soon when asked to end.
    func waitForReceipts(interruption: Interruption? = nil, progress: (_ answered: Int, _ of: Int) -> Void) throws {
        lastNews = Date()
        var asked: Date?
        while hearing.answeredCount < hearing.messageCount {
            if asked == nil, interruption?.isAsked == true { asked = Date() }
            guard Date().timeIntervalSince(lastNews) < WatchedSender.silenceSeconds else { return }
            if let asked, Date().timeIntervalSince(asked) > WatchedSender.endingSeconds { return }
            try collect()
            progress(hearing.answeredCount, hearing.messageCount)
            usleep(5000)
        }
    }

    func close() {
        session.disconnect()
        publisher.close(waitMilliseconds: 2000)
    }
}
