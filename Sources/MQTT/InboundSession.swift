import CMosquitto
import Glibc

/// One session, persistent unless it is told otherwise, that acknowledges only when told (DESIGN, the gate).
///
/// Owned by one thread, which polls `socket`, calls `read`, makes the messages durable, and only then `flush`:
/// libmosquitto queues a PUBACK before it hands a message over, and in its threaded mode writes nothing by itself.
/// To acknowledge nothing of what was read, call `drop`: the queued PUBACKs are thrown away with the connection
/// and the broker delivers again.
package final class InboundSession {
    package enum State: Equatable, Sendable {
        case disconnected
        case connecting
        /// Connected; the subscriptions are not all acknowledged.
        case connected
        case ready
    }

    /// Unacknowledged messages the broker may send; libmosquitto's own default of 20 would make commits of 20.
    package static let receiveMaximum: Int32 = 10_000

    package let settings: BrokerSettings
    private let filters: [String]
    private let isPersistent: Bool
    private var client: OpaquePointer?
    package private(set) var state: State = .disconnected
    /// Why the last connection ended or could not be made.
    package private(set) var lastProblem: String?
    /// Another client took the session over.
    package private(set) var wasTakenOver = false
    private var messages: [InboundMessage] = []
    private var pendingSubscriptions: Set<Int32> = []
    private var mustSubscribe = false
    private var hasConnectedOnce = false

    /// - Parameter isPersistent: whether the broker keeps the session, and what comes meanwhile, when we are away.
    package init(settings: BrokerSettings, filters: [String], isPersistent: Bool = true) throws {
        self.settings = settings
        self.isPersistent = isPersistent
        self.filters = filters
        let context = Unmanaged.passUnretained(self).toOpaque()
        let client = try Library.client(settings, cleanStart: !isPersistent, context: context)
        self.client = client
        try Library.check(mosquitto_threaded_set(client, true), "setting threaded mode")
        if settings.version == .v5 {
            try Library.check(
                mosquitto_int_option(client, MOSQ_OPT_RECEIVE_MAXIMUM, InboundSession.receiveMaximum),
                "setting the receive maximum"
            )
        }
        setCallbacks(client)
    }

    deinit { if let client { mosquitto_destroy(client) } }

    package var socket: Int32 { client.map { mosquitto_socket($0) } ?? -1 }
    package var wantsWrite: Bool { client.map { mosquitto_want_write($0) } ?? false }

    /// Connects or connects again; waits for TCP and TLS, not for the broker's answer.
    package func connect() throws(MQTTError) {
        guard let client else { return }
        wasTakenOver = false
        let code: Int32
        if hasConnectedOnce {
            code = mosquitto_reconnect(client)
        } else {
            var properties: OpaquePointer?
            defer { mosquitto_property_free_all(&properties) }
            if settings.version == .v5, isPersistent {
                try Library.check(
                    mosquitto_property_add_int32(&properties, Int32(MQTT_PROP_SESSION_EXPIRY_INTERVAL.rawValue), .max),
                    "setting the session expiry"
                )
            }
            code = mosquitto_connect_bind_v5(
                client,
                settings.host,
                Int32(settings.port),
                settings.keepAliveSeconds,
                nil,
                properties
            )
        }
        try Library.check(code, "connecting to \(settings.address)")
        hasConnectedOnce = true
        state = .connecting
    }

    /// Reads packets until one brings no message, there are `countMax`, or their payloads reach `bytesMax`; the messages
    /// belong to the caller.
    package func read(countMax: Int, bytesMax: Int) -> [InboundMessage] {
        guard let client, state != .disconnected else { return [] }
        var bytes = 0
        while messages.count < countMax, bytes < bytesMax {
            let before = messages.count
            let code = mosquitto_loop_read(client, 1)
            if code != Int32(MOSQ_ERR_SUCCESS.rawValue) {
                lost(code)
                break
            }
            if messages.count == before { break }
            bytes += messages[before...].reduce(0) { $0 + $1.payload.count }
        }
        if mustSubscribe { subscribe() }
        defer { messages = [] }
        return messages
    }

    /// Writes what is queued, acknowledgements first of all. Nothing read before may be undurable.
    package func flush() {
        guard let client, state != .disconnected, mosquitto_want_write(client) else { return }
        // libmosquitto writes each acknowledgement on its own; corked they leave in whole segments, which spares us and
        // the broker a segment and a wake-up a message.
        let descriptor = socket
        InboundSession.cork(descriptor, true)
        defer { InboundSession.cork(descriptor, false) }
        while state != .disconnected, mosquitto_want_write(client) {
            let code = mosquitto_loop_write(client, 1)
            if code != Int32(MOSQ_ERR_SUCCESS.rawValue) { return lost(code) }
            guard mosquitto_want_write(client) else { return }
            var poll = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
            if Glibc.poll(&poll, 1, 1000) == 0 { return }
        }
    }

    /// Taking the cork out sends what waits. Without effect on a socket that the library has closed meanwhile.
    private static func cork(_ descriptor: Int32, _ isCorked: Bool) {
        guard descriptor >= 0 else { return }
        var value: Int32 = isCorked ? 1 : 0
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_CORK, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Queues a message with QoS 1; `flush` sends it.
    package func publish(topic: String, payload: [UInt8]) throws(MQTTError) {
        guard let client, state != .disconnected else { return }
        try Library.check(
            mosquitto_publish_v5(client, nil, topic, Int32(payload.count), payload, 1, false, nil),
            "publishing on \(topic)"
        )
    }

    /// Keeps the session alive; call about once a second.
    package func keepAlive() {
        guard let client, state != .disconnected else { return }
        let code = mosquitto_loop_misc(client)
        if code != Int32(MOSQ_ERR_SUCCESS.rawValue) { lost(code) }
    }

    /// Cuts the connection without acknowledging what was read and not flushed.
    package func drop(because reason: String) {
        guard let client else { return }
        let descriptor = socket
        if descriptor >= 0 { shutdown(descriptor, Int32(SHUT_RDWR)) }
        // The library notices at its next read, and throws its queue away when it connects again.
        _ = mosquitto_loop_read(client, 1)
        messages = []
        state = .disconnected
        lastProblem = reason
    }

    /// Ends the connection in order; the session stays with the broker.
    package func disconnect() {
        guard let client, state != .disconnected else { return }
        _ = mosquitto_disconnect(client)
        flush()
        state = .disconnected
    }

    private func lost(_ code: Int32) {
        guard state != .disconnected else { return }
        state = .disconnected
        if lastProblem == nil { lastProblem = Library.text(code) }
    }

    private func subscribe() {
        guard let client else { return }
        mustSubscribe = false
        // Retained messages only for a new subscription, and marked as what they are.
        let options = settings.version == .v5 ? Int32(MQTT_SUB_OPT_SEND_RETAIN_NEW.rawValue | MQTT_SUB_OPT_RETAIN_AS_PUBLISHED.rawValue) : 0
        for filter in filters {
            var message: Int32 = 0
            let code = mosquitto_subscribe_v5(client, &message, filter, 1, options, nil)
            if code != Int32(MOSQ_ERR_SUCCESS.rawValue) { return lost(code) }
            pendingSubscriptions.insert(message)
        }
    }

    // MARK: - Callbacks: they only note and copy

    private func setCallbacks(_ client: OpaquePointer) {
        mosquitto_connect_v5_callback_set(client) { _, context, code, _, _ in
            InboundSession.from(context).connected(code)
        }
        mosquitto_disconnect_v5_callback_set(client) { _, context, code, _ in
            InboundSession.from(context).disconnected(code)
        }
        mosquitto_subscribe_v5_callback_set(client) { _, context, message, count, granted, _ in
            let codes = UnsafeBufferPointer(start: granted, count: Int(count))
            InboundSession.from(context).subscribed(message, Array(codes))
        }
        mosquitto_message_v5_callback_set(client) { _, context, message, properties in
            guard let message else { return }
            InboundSession.from(context).received(message.pointee, properties)
        }
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> InboundSession {
        guard let context else { preconditionFailure("libmosquitto gives back the context it was made with") }
        return Unmanaged<InboundSession>.fromOpaque(context).takeUnretainedValue()
    }

    private func connected(_ code: Int32) {
        guard code == 0 else {
            let words = settings.version == .v5 ? Library.reasonText(code) : String(cString: mosquitto_connack_string(code))
            lastProblem = "the broker refuses \(settings.clientID): \(words)"
            return
        }
        state = .connected
        lastProblem = nil
        pendingSubscriptions = []
        mustSubscribe = true
    }

    private func disconnected(_ code: Int32) {
        state = .disconnected
        let takenOver: Int32 = 0x8E
        wasTakenOver = settings.version == .v5 && code == takenOver
        if wasTakenOver {
            lastProblem = "another client took over the session \(settings.clientID)"
        } else if lastProblem == nil {
            lastProblem = code < 0x80 ? Library.text(code) : Library.reasonText(code)
        }
    }

    private func subscribed(_ message: Int32, _ granted: [Int32]) {
        pendingSubscriptions.remove(message)
        if granted.contains(where: { $0 >= 0x80 }) {
            lastProblem = "the broker refuses a subscription of \(settings.clientID): check its ACL"
            return
        }
        if pendingSubscriptions.isEmpty, lastProblem == nil { state = .ready }
    }

    private func received(_ message: mosquitto_message, _ properties: OpaquePointer?) {
        let payload = UnsafeRawBufferPointer(start: message.payload, count: Int(message.payloadlen))
        messages.append(
            InboundMessage(
                topic: String(cString: message.topic),
                payload: Array(payload),
                isRetained: message.retain,
                responseTopic: Properties.text(properties, MQTT_PROP_RESPONSE_TOPIC),
                correlation: Properties.bytes(properties, MQTT_PROP_CORRELATION_DATA)
            )
        )
    }
}

/// Reads MQTT 5 properties.
enum Properties {
    static func text(_ list: OpaquePointer?, _ identifier: mqtt5_property) -> String? {
        guard list != nil else { return nil }
        var value: UnsafeMutablePointer<CChar>?
        guard mosquitto_property_read_string(list, Int32(identifier.rawValue), &value, false) != nil, let value else {
            return nil
        }
        defer { free(value) }
        return String(cString: value)
    }

    static func bytes(_ list: OpaquePointer?, _ identifier: mqtt5_property) -> [UInt8]? {
        guard list != nil else { return nil }
        var value: UnsafeMutableRawPointer?
        var length: UInt16 = 0
        guard mosquitto_property_read_binary(list, Int32(identifier.rawValue), &value, &length, false) != nil else {
            return nil
        }
        defer { free(value) }
        return Array(UnsafeRawBufferPointer(start: value, count: Int(length)))
    }
}
