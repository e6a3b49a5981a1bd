import Foundation
import MQTT
import Simulator

/// Sends simulated events to a broker and knows what the broker has acknowledged.
final class EventSender: Sendable {
    /// Messages under way beyond which sending waits.
    static let pendingMax = 2000
    /// So long the broker may take for the last acknowledgements.
    static let drainSeconds = 60.0

    private let publisher: Publisher
    private let address: String
    private let root: String

    init(broker: BrokerSettings, municipality: String, source: String) throws {
        address = broker.address
        root = "vaktlast/v1/\(municipality)/\(source)"
        publisher = try Publisher(settings: broker) { _ in }
    }

    /// Waits until the broker has taken us in.
    func waitUntilConnected(seconds: Double = 10) throws {
        let end = Date(timeIntervalSinceNow: seconds)
        while !publisher.isConnected {
            guard Date() < end else {
                let problem = (publisher.problem ?? "no connection").trimmingCharacters(in: ["."])
                let tls = address.hasPrefix("mqtts") ? ", and --ca-file with the authority that signed the broker's certificate" : ""
                throw Failure("the broker at \(address) does not answer: \(problem). Check --broker, user and password\(tls).")
            }
            usleep(10_000)
        }
    }

    func send(_ event: SimulatedEvent) throws { try send(event.json, on: event.isAlarm ? "alarm" : "telemetry") }

    func send(_ payload: [UInt8], on channel: String) throws {
        while publisher.pendingCount > EventSender.pendingMax { usleep(1000) }
        try publisher.publish(OutboundMessage(topic: "\(root)/\(channel)", payload: payload), number: 0)
    }

    /// Sends on the message's own topic; waits no longer for the broker when asked to end.
    func send(_ message: SimulatedMessage, interruption: Interruption? = nil) throws {
        while publisher.pendingCount > EventSender.pendingMax {
            if interruption?.isAsked == true { return }
            usleep(1000)
        }
        try publisher.publish(OutboundMessage(topic: message.topic, payload: message.payload), number: 0)
    }

    /// Waits until everything sent is acknowledged.
    func drain(seconds: Double = drainSeconds) throws {
        let end = Date(timeIntervalSinceNow: seconds)
        while publisher.pendingCount > 0 {
            guard Date() < end else {
                throw Failure("\(publisher.pendingCount) messages are not acknowledged by the broker after \(Int(seconds)) s")
            }
            usleep(2000)
        }
    }

    /// Whether the broker has acknowledged everything sent.
    var isDrained: Bool { publisher.pendingCount == 0 }

    func close() { publisher.close(waitMilliseconds: 2000) }
}
