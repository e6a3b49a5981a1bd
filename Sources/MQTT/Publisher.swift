import CMosquitto
import Foundation
import Glibc
import Synchronization

/// Publishes with QoS 1 on a thread of its own, which connects again by itself.
///
/// `publish` may be called from one thread at a time; `onAcknowledged` is called from the library's thread.
package final class Publisher: Sendable {
    package struct Will: Sendable {
        package var online: OutboundMessage
        package var offline: OutboundMessage

        package init(online: OutboundMessage, offline: OutboundMessage) {
            self.online = online
            self.offline = offline
        }
    }

    private struct Pending {
        /// Numbers of the caller by message id of the library.
        var numbers: [Int32: Int64] = [:]
        var isConnected = false
        var isClosing = false
        var problem: String?
    }

    // The library's handle; its functions take their own locks.
    private nonisolated(unsafe) let client: OpaquePointer
    private let pending = Mutex(Pending())
    private let onAcknowledged: @Sendable (Int64) -> Void
    private let will: Will?
    private let usesProperties: Bool
    private let finished = DispatchSemaphore(value: 0)

    /// Starts to connect; messages published before the broker answers wait inside.
    package init(
        settings: BrokerSettings,
        will: Will? = nil,
        onAcknowledged: @escaping @Sendable (Int64) -> Void
    ) throws {
        self.onAcknowledged = onAcknowledged
        self.will = will
        usesProperties = settings.version == .v5
        let box = UnsafeMutablePointer<Unmanaged<Publisher>?>.allocate(capacity: 1)
        box.initialize(to: nil)
        client = try Library.client(settings, cleanStart: true, context: box)
        box.pointee = Unmanaged.passUnretained(self)
        if let offline = will?.offline {
            try Library.check(
                mosquitto_will_set(client, offline.topic, Int32(offline.payload.count), offline.payload, 1, true),
                "setting the last will"
            )
        }
        try Library.check(mosquitto_max_inflight_messages_set(client, 0), "setting the window")
        try Library.check(mosquitto_reconnect_delay_set(client, 1, 5, true), "setting the pauses between connections")
        mosquitto_connect_callback_set(client) { _, context, code in Publisher.from(context)?.connected(code) }
        mosquitto_disconnect_callback_set(client) { _, context, code in Publisher.from(context)?.disconnected(code) }
        mosquitto_publish_callback_set(client) { _, context, message in Publisher.from(context)?.acknowledged(message) }
        try Library.check(mosquitto_threaded_set(client, true), "setting threaded mode")
        start(host: settings.host, port: Int32(settings.port), keepAlive: settings.keepAliveSeconds)
    }

    /// The thread that connects, sends and connects again, until `close`. A broker that is not there yet is no error.
    ///
    /// It connects waiting, which it may: `mosquitto_connect_async` has been seen never to get an answer on a busy
    /// machine. The library's own loop ends for good at some errors; this one goes on.
    private func start(host: String, port: Int32, keepAlive: Int32) {
        let thread = Thread { [self] in
            var code = mosquitto_connect(client, host, port, keepAlive)
            while true {
                if code != Int32(MOSQ_ERR_SUCCESS.rawValue) { pending.withLock { $0.problem = Library.text(code) } }
                _ = mosquitto_loop_forever(client, 1000, 1)
                if pending.withLock({ $0.isClosing }) { break }
                sleep(1)
                code = mosquitto_reconnect(client)
            }
            finished.signal()
        }
        thread.name = "publisher"
        thread.start()
    }

    package var isConnected: Bool { pending.withLock { $0.isConnected } }
    package var problem: String? { pending.withLock { $0.problem } }
    package var pendingCount: Int { pending.withLock { $0.numbers.count } }

    /// Queues a message; `number` comes back in `onAcknowledged` when the broker has it.
    package func publish(_ message: OutboundMessage, number: Int64) throws(MQTTError) {
        var properties: OpaquePointer?
        defer { mosquitto_property_free_all(&properties) }
        if usesProperties, let correlation = message.correlation {
            try Library.check(
                mosquitto_property_add_binary(
                    &properties,
                    Int32(MQTT_PROP_CORRELATION_DATA.rawValue),
                    correlation,
                    UInt16(correlation.count)
                ),
                "adding the correlation data"
            )
        }
        // The lock is held over the call, so that the acknowledgement cannot come before its number is known.
        let list = properties
        let code = pending.withLock { pending in
            var identifier: Int32 = 0
            let code = mosquitto_publish_v5(
                client,
                &identifier,
                message.topic,
                Int32(message.payload.count),
                message.payload,
                1,
                message.isRetained,
                list
            )
            // Without a connection the library keeps the message and sends it later.
            if code == Int32(MOSQ_ERR_SUCCESS.rawValue) || code == Int32(MOSQ_ERR_NO_CONN.rawValue) {
                pending.numbers[identifier] = number
            }
            return code
        }
        if code != Int32(MOSQ_ERR_NO_CONN.rawValue) { try Library.check(code, "publishing on \(message.topic)") }
    }

    /// Says goodbye (`offline`, if there is a will), waits a little for what is under way, and ends the thread.
    package func close(waitMilliseconds: Int) {
        if let offline = will?.offline { try? publish(offline, number: -1) }
        var waited = 0
        while isConnected, pendingCount > 0, waited < waitMilliseconds {
            usleep(10_000)
            waited += 10
        }
        pending.withLock { $0.isClosing = true }
        _ = mosquitto_disconnect(client)
        // Without a connection it may stand in a pause between two tries: the process need not wait for that.
        _ = finished.wait(timeout: .now() + .seconds(2))
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Publisher? {
        context?.assumingMemoryBound(to: Unmanaged<Publisher>?.self).pointee?.takeUnretainedValue()
    }

    private func connected(_ code: Int32) {
        pending.withLock {
            $0.isConnected = code == 0
            $0.problem = code == 0 ? nil : String(cString: mosquitto_connack_string(code))
        }
        if code == 0, let online = will?.online { try? publish(online, number: -1) }
    }

    private func disconnected(_ code: Int32) {
        pending.withLock {
            $0.isConnected = false
            if code != 0 { $0.problem = Library.text(code) }
        }
    }

    private func acknowledged(_ message: Int32) {
        let number = pending.withLock { $0.numbers.removeValue(forKey: message) }
        if let number, number >= 0 { onAcknowledged(number) }
    }
}
