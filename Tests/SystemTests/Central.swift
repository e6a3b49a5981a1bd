import Foundation
import MQTT
import Simulator
import Synchronization
import Testing

/// An alarm central: publishes with QoS 1 and collects its receipts.
final class Central {
    /// Kept, because it ends with its last user.
    private let broker: Broker
    private let publisher: Publisher
    private let receiptsSession: InboundSession
    private let acknowledged: Counter
    private(set) var receipts: [AuditValue] = []
    /// Numbers of messages, in the order of sending, with their receipts.
    private(set) var receiptsBySending: [Int: AuditValue] = [:]
    private var sent = 0

    final class Counter: Sendable {
        private let count = Mutex(0)
        func add() { count.withLock { $0 += 1 } }
        var value: Int { count.withLock { $0 } }
    }

    init(_ broker: Broker, source: String = "a", version: BrokerSettings.ProtocolVersion = .v5) throws {
        self.broker = broker
        let counter = Counter()
        acknowledged = counter
        publisher = try Publisher(settings: broker.central("central-\(source)-out", version: version)) { _ in counter.add() }
        receiptsSession = try InboundSession(
            settings: broker.central("central-\(source)-in", version: version),
            filters: ["vaktlast/v1/3407/\(source)/receipt"]
        )
        try receiptsSession.connect()
        try waitUntil("the central is connected: \(publisher.problem ?? "out"), \(receiptsSession.state), \(receiptsSession.lastProblem ?? "")") {
            receiptsSession.flush()
            _ = collect()
            return publisher.isConnected && receiptsSession.state == .ready
        }
    }

    deinit { publisher.close(waitMilliseconds: 2000) }

    func send(_ payload: String, on topic: String) throws { try send(Array(payload.utf8), on: topic) }

    func send(_ payload: [UInt8], on topic: String) throws {
        try publisher.publish(OutboundMessage(topic: topic, payload: payload, correlation: Array("\(sent)".utf8)), number: 0)
        sent += 1
    }

    /// Waits until the broker has everything that was sent.
    func drain() throws {
        try waitUntil("the broker acknowledges \(sent) messages") { acknowledged.value >= sent }
    }

    /// Reads what has come.
    func collect() -> Int {
        if receiptsSession.state == .disconnected { try? receiptsSession.connect() }
        for message in receiptsSession.read(countMax: 10_000, bytesMax: 64 << 20) {
            guard let receipt = AuditValue(json: message.payload) else { continue }
            receipts.append(receipt)
            if let number = message.correlation.flatMap({ Int(String(decoding: $0, as: UTF8.self)) }) { receiptsBySending[number] = receipt }
        }
        receiptsSession.flush()
        receiptsSession.keepAlive()
        return receipts.count
    }

    /// Waits for the receipt that names an event.
    func receipt(naming id: String) throws -> AuditValue {
        var found: AuditValue?
        try waitUntil("a receipt names \(id)") {
            _ = collect()
            found = receipts.first { $0["ids"]?.elements.contains { $0.text == id } == true }
            return found != nil
        }
        return try #require(found)
    }

    /// The ids that any receipt has named.
    var namedIDs: Set<String> { Set(receipts.flatMap { $0["ids"]?.elements.compactMap(\.text) ?? [] }) }
}

/// Canonical events by hand.
enum Event {
    static func json(_ type: String, id: String, time: String? = nil, sequence: Int? = nil, _ data: String) -> String {
        let time = time.map { #","time":"\#($0)""# } ?? ""
        let sequence = sequence.map { #","sequence":"\#($0)""# } ?? ""
        return
            #"{"specversion":"1.0","id":"\#(id)","source":"test","type":"no.vaktlast.\#(type)"\#(time)\#(sequence),"data":{\#(data)}}"#
    }

    static func heartbeat(_ number: Int) -> String {
        json("device.heartbeat", id: "h-\(number)", sequence: number, #""device":"d-\#(number % 7)","zone":"biri""#)
    }

    /// Milliseconds UTC, as RFC 3339 with seconds.
    static func time(_ milliseconds: Int64) -> String {
        let formatter = ISO8601DateFormatter()
        return formatter.string(from: Date(timeIntervalSince1970: Double(milliseconds / 1000)))
    }

    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
