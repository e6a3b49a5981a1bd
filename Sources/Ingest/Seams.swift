package import MQTT
package import Store
package import Telemetry

/// What the gate needs of a session with the broker.
package protocol InboundLink: AnyObject {
    var settings: BrokerSettings { get }
    var state: InboundSession.State { get }
    var lastProblem: String? { get }
    var wasTakenOver: Bool { get }
    /// For `poll`; negative without a connection.
    var socket: Int32 { get }
    func connect() throws(MQTTError)
    func read(countMax: Int, bytesMax: Int) -> [InboundMessage]
    func publish(topic: String, payload: [UInt8]) throws(MQTTError)
    /// Sends the acknowledgements of everything read.
    func flush()
    func keepAlive()
    func drop(because reason: String)
    func disconnect()
}

/// What the gate needs of the journal.
package protocol MessageJournal: AnyObject {
    var lastPosition: Int64 { get }
    var lastReceived: EventTime { get }
    func append(_ messages: [JournalMessage], receipted: Int64) throws
    func probe() throws
}

/// What the views thread needs of the views.
package protocol ViewsWriter: AnyObject {
    func write(_ commit: ViewsCommit) throws
}

/// What the fold needs to send receipts and boards.
package protocol ReceiptSender: AnyObject {
    func publish(_ message: OutboundMessage, number: Int64) throws(MQTTError)
    func close()
}

extension InboundSession: InboundLink {}
extension Journal: MessageJournal {}
extension Views: ViewsWriter {}
extension Publisher: ReceiptSender {
    package func close() { close(waitMilliseconds: 2000) }
}

/// Where the pump touches the world. The real ones by default; the tests that end it between any two steps put
/// others around them.
package struct Seams {
    package var link: (BrokerSettings, [String]) throws -> any InboundLink = { try InboundSession(settings: $0, filters: $1) }
    package var journal: (Journal) -> any MessageJournal = { $0 }
    package var views: (Views) -> any ViewsWriter = { $0 }
    package var sender: (BrokerSettings, Publisher.Will, @escaping @Sendable (Int64) -> Void) throws -> any ReceiptSender = {
        try Publisher(settings: $0, will: $1, onAcknowledged: $2)
    }

    package init() {}
}
