import CMosquitto
import Glibc

/// A short-lived client that tries a broker out, step by step; every step waits for its answer.
///
/// Owned by one thread. It never uses a client id of the service, for that would take its session over.
package final class TrialSession {
    /// What the broker announced.
    package struct Greeting: Sendable {
        package var maximumPacketBytes: Int?
        package var sessionExpirySeconds: Int?
        package var isRetainAvailable = true
        package var maximumQoS: Int?
    }

    package enum Answer: Sendable {
        case accepted(Greeting)
        /// The broker's own words.
        case refused(String)
        case unreachable(String)
    }

    /// Seconds that one step may take.
    package static let waitSeconds = 5.0
    /// A session that is not ended in order ends by itself after this long.
    package static let sessionExpirySeconds: UInt32 = 60

    private let settings: BrokerSettings
    private var client: OpaquePointer?
    private var greeting: Greeting?
    private var refusal: String?
    private var failure: String?
    private var isConnected = false
    private var grantedCodes: [Int32: [Int32]] = [:]
    private var reasons: [Int32: Int32] = [:]
    private var unsubscribed: Set<Int32> = []
    /// What came, in order.
    package private(set) var messages: [InboundMessage] = []
    /// Off: what comes is read, and no acknowledgement leaves.
    package var acknowledges = true

    package init(settings: BrokerSettings, cleanStart: Bool = true) throws {
        self.settings = settings
        let context = Unmanaged.passUnretained(self).toOpaque()
        let client = try Library.client(settings, cleanStart: cleanStart, context: context)
        self.client = client
        try Library.check(mosquitto_threaded_set(client, true), "setting threaded mode")
        if settings.version == .v5 {
            let window = InboundSession.receiveMaximum
            try Library.check(mosquitto_int_option(client, MOSQ_OPT_RECEIVE_MAXIMUM, window), "setting the receive maximum")
        }
        setCallbacks(client)
    }

    deinit { if let client { mosquitto_destroy(client) } }

    // MARK: - Steps

    /// - Parameter keepsSession: it outlives the connection by `sessionExpirySeconds`; in MQTT 3.1.1, which has no such limit, `cleanStart` decides.
    package func connect(keepsSession: Bool = false) -> Answer {
        guard let client else { return .unreachable("the client was ended") }
        // The library's own connecting has no time limit.
        do {
            close(try TCP.connect(host: settings.host, port: settings.port, waitSeconds: TrialSession.waitSeconds))
        } catch { return .unreachable("\(error)") }
        var properties: OpaquePointer?
        defer { mosquitto_property_free_all(&properties) }
        if keepsSession, settings.version == .v5 {
            let identifier = Int32(MQTT_PROP_SESSION_EXPIRY_INTERVAL.rawValue)
            _ = mosquitto_property_add_int32(&properties, identifier, TrialSession.sessionExpirySeconds)
        }
        let code = mosquitto_connect_bind_v5(client, settings.host, Int32(settings.port), settings.keepAliveSeconds, nil, properties)
        guard code == Int32(MOSQ_ERR_SUCCESS.rawValue) else {
            let isErrno = code == Int32(MOSQ_ERR_ERRNO.rawValue)
            return .unreachable(isErrno ? String(cString: strerror(errno)) : Library.text(code))
        }
        isConnected = true
        run { self.greeting != nil || self.refusal != nil }
        if let refusal { return .refused(refusal) }
        if let greeting { return .accepted(greeting) }
        if isConnected { return .unreachable("no answer in \(Int(TrialSession.waitSeconds)) s") }
        return .unreachable(failure ?? "the connection was closed")
    }

    /// Subscribes with QoS 1; whether the broker granted all of it.
    package func subscribe(_ filters: [String]) -> Bool {
        filters.allSatisfy { filter in
            var message: Int32 = 0
            guard let client, mosquitto_subscribe_v5(client, &message, filter, 1, 0, nil) == Int32(MOSQ_ERR_SUCCESS.rawValue) else { return false }
            run { self.grantedCodes[message] != nil }
            return grantedCodes[message]?.allSatisfy { $0 < 0x80 } == true
        }
    }

    /// Publishes with QoS 1 and waits; true when the broker took all, false when it refused one, nil when it did not answer.
    package func publish(_ payloads: [[UInt8]], on topic: String) -> Bool? {
        guard let client, isConnected else { return nil }
        var sent: [Int32] = []
        for payload in payloads {
            var message: Int32 = 0
            let code = mosquitto_publish_v5(client, &message, topic, Int32(payload.count), payload, 1, false, nil)
            guard code == Int32(MOSQ_ERR_SUCCESS.rawValue) else { return nil }
            sent.append(message)
        }
        guard run(until: { sent.allSatisfy { self.reasons[$0] != nil } }) else { return nil }
        return sent.allSatisfy { (self.reasons[$0] ?? 0x80) < 0x80 }
    }

    /// Publishes with QoS 0, without an answer.
    package func publishUnanswered(_ payload: [UInt8], on topic: String) {
        guard let client, isConnected else { return }
        _ = mosquitto_publish_v5(client, nil, topic, Int32(payload.count), payload, 0, false, nil)
        run { !mosquitto_want_write(client) }
    }

    /// Asks for something that changes nothing, and waits for the answer: all that the broker sent before has come,
    /// and all that we acknowledged before is known to it.
    package func roundTrip() {
        var message: Int32 = 0
        guard let client, isConnected, mosquitto_unsubscribe_v5(client, &message, "trial/none", nil) == Int32(MOSQ_ERR_SUCCESS.rawValue) else { return }
        run { self.unsubscribed.contains(message) }
    }

    /// Reads and writes until something is so; false when it is not after `seconds` or the connection is lost.
    @discardableResult
    package func run(seconds: Double = waitSeconds, until isSo: () -> Bool) -> Bool {
        let end = TCP.now() + seconds
        while !isSo() {
            guard let client, isConnected, TCP.now() < end else { return isSo() }
            let wantsWrite = acknowledges && mosquitto_want_write(client)
            var poll = pollfd(fd: mosquitto_socket(client), events: Int16(wantsWrite ? POLLIN | POLLOUT : POLLIN), revents: 0)
            _ = Glibc.poll(&poll, 1, 20)
            if wantsWrite { lost(mosquitto_loop_write(client, 1)) }
            if isConnected { lost(mosquitto_loop_read(client, 1)) }
        }
        return true
    }

    /// Ends the connection; the session stays for a while if it was to be kept.
    package func leave() { disconnect(nil) }

    /// Ends connection and session: nothing stays with the broker.
    package func end() {
        acknowledges = true
        // The library closes its socket at once: with something unread in it, the goodbye would be lost too.
        roundTrip()
        var properties: OpaquePointer?
        defer { mosquitto_property_free_all(&properties) }
        if settings.version == .v5 {
            _ = mosquitto_property_add_int32(&properties, Int32(MQTT_PROP_SESSION_EXPIRY_INTERVAL.rawValue), 0)
        }
        disconnect(properties)
    }

    private func disconnect(_ properties: OpaquePointer?) {
        guard let client, isConnected else { return }
        _ = mosquitto_disconnect_v5(client, 0, properties)
        run(seconds: 1) { !mosquitto_want_write(client) }
        isConnected = false
    }

    private func lost(_ code: Int32) {
        guard code != Int32(MOSQ_ERR_SUCCESS.rawValue) else { return }
        isConnected = false
        failure = Library.text(code)
    }

    // MARK: - Callbacks: they only note and copy

    private func setCallbacks(_ client: OpaquePointer) {
        mosquitto_connect_v5_callback_set(client) { _, context, code, _, properties in
            TrialSession.from(context).connected(code, properties)
        }
        mosquitto_disconnect_v5_callback_set(client) { _, context, _, _ in TrialSession.from(context).isConnected = false }
        mosquitto_subscribe_v5_callback_set(client) { _, context, message, count, granted, _ in
            TrialSession.from(context).grantedCodes[message] = Array(UnsafeBufferPointer(start: granted, count: Int(count)))
        }
        mosquitto_unsubscribe_v5_callback_set(client) { _, context, message, _ in
            TrialSession.from(context).unsubscribed.insert(message)
        }
        mosquitto_publish_v5_callback_set(client) { _, context, message, reason, _ in
            TrialSession.from(context).reasons[message] = reason
        }
        mosquitto_message_v5_callback_set(client) { _, context, message, _ in
            guard let message = message?.pointee else { return }
            let payload = UnsafeRawBufferPointer(start: message.payload, count: Int(message.payloadlen))
            TrialSession.from(context).messages.append(
                InboundMessage(topic: String(cString: message.topic), payload: Array(payload), isRetained: message.retain)
            )
        }
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> TrialSession {
        guard let context else { preconditionFailure("libmosquitto gives back the context it was made with") }
        return Unmanaged<TrialSession>.fromOpaque(context).takeUnretainedValue()
    }

    private func connected(_ code: Int32, _ properties: OpaquePointer?) {
        guard code == 0 else {
            refusal = settings.version == .v5 ? Library.reasonText(code) : String(cString: mosquitto_connack_string(code))
            return
        }
        var greeting = Greeting()
        greeting.maximumPacketBytes = Properties.number(properties, MQTT_PROP_MAXIMUM_PACKET_SIZE)
        greeting.sessionExpirySeconds = Properties.number(properties, MQTT_PROP_SESSION_EXPIRY_INTERVAL)
        greeting.isRetainAvailable = Properties.byte(properties, MQTT_PROP_RETAIN_AVAILABLE) != 0
        greeting.maximumQoS = Properties.byte(properties, MQTT_PROP_MAXIMUM_QOS)
        self.greeting = greeting
    }
}

extension Properties {
    static func number(_ list: OpaquePointer?, _ identifier: mqtt5_property) -> Int? {
        var value: UInt32 = 0
        guard list != nil, mosquitto_property_read_int32(list, Int32(identifier.rawValue), &value, false) != nil else { return nil }
        return Int(value)
    }

    static func byte(_ list: OpaquePointer?, _ identifier: mqtt5_property) -> Int? {
        var value: UInt8 = 0
        guard list != nil, mosquitto_property_read_byte(list, Int32(identifier.rawValue), &value, false) != nil else { return nil }
        return Int(value)
    }
}
