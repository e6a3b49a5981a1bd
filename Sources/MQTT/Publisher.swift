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

    // Unsafe: the library's handle. In threaded mode, set in init, publishing takes its locks; all else is the thread's.
    private nonisolated(unsafe) let client: OpaquePointer
    private let pending = Mutex(Pending())
    private let onAcknowledged: @Sendable (Int64) -> Void
    private let will: Will?
    private let usesProperties: Bool
    private let finished = DispatchSemaphore(value: 0)
    /// Both ends of a pipe that ends the thread's waiting.
    private let wakeReading: Int32
    private let wakeWriting: Int32

    /// Starts to connect; messages published before the broker answers wait inside.
    package init(
        settings: BrokerSettings,
        will: Will? = nil,
        onAcknowledged: @escaping @Sendable (Int64) -> Void
    ) throws {
        self.onAcknowledged = onAcknowledged
        self.will = will
        usesProperties = settings.version == .v5
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw MQTTError("no pipe for the publisher: \(String(cString: strerror(errno)))") }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (wakeReading, wakeWriting) = (ends[0], ends[1])
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
        mosquitto_connect_callback_set(client) { _, context, code in Publisher.from(context)?.connected(code) }
        mosquitto_disconnect_callback_set(client) { _, context, code in Publisher.from(context)?.disconnected(code) }
        mosquitto_publish_callback_set(client) { _, context, message in Publisher.from(context)?.acknowledged(message) }
        try Library.check(mosquitto_threaded_set(client, true), "setting threaded mode")
        let (host, port, keepAlive) = (settings.host, Int32(settings.port), settings.keepAliveSeconds)
        let thread = Thread { [self] in
            run { mosquitto_connect(self.client, host, port, keepAlive) }
            finished.signal()
        }
        thread.name = "publisher"
        thread.start()
    }

    deinit {
        Glibc.close(wakeReading)
        Glibc.close(wakeWriting)
    }

    // MARK: - The thread

    private static let pauseMax: Int32 = 5000

    /// Connects, sends, reads acknowledgements, and connects again until `close`. A broker that is not there yet is no
    /// error. Not the library's own loop: that one waits with `select`, which cannot see the files beyond the 1024th of a
    /// process, waits idly for a first connection, and ends for good at some errors.
    private func run(connect: () -> Int32) {
        var pause: Int32 = 250
        var hasTried = false
        while !isClosing {
            if mosquitto_socket(client) < 0 {
                let code = hasTried ? mosquitto_reconnect(client) : connect()
                hasTried = true
                guard code == Int32(MOSQ_ERR_SUCCESS.rawValue) else {
                    pending.withLock { $0.problem = Library.text(code) }
                    waitForWork(milliseconds: pause)
                    pause = min(pause * 2, Publisher.pauseMax)
                    continue
                }
            }
            waitForWork(milliseconds: 500)
            let socket = mosquitto_socket(client)
            var poll = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            if socket >= 0, Glibc.poll(&poll, 1, 0) > 0 { _ = mosquitto_loop_read(client, 1) }
            if mosquitto_want_write(client) { _ = mosquitto_loop_write(client, 1) }
            _ = mosquitto_loop_misc(client)
            if isConnected {
                pause = 250
            } else if mosquitto_socket(client) < 0 {
                // Refused or lost: the next try after a while.
                waitForWork(milliseconds: pause)
                pause = min(pause * 2, Publisher.pauseMax)
            }
        }
        _ = mosquitto_disconnect(client)
        var tries = 0
        while mosquitto_socket(client) >= 0, mosquitto_want_write(client), tries < 200 {
            if mosquitto_loop_write(client, 1) != Int32(MOSQ_ERR_SUCCESS.rawValue) { break }
            usleep(1000)
            tries += 1
        }
    }

    /// Until the broker sends something, something is to be sent and can be, `wake` is called, or the time is over.
    private func waitForWork(milliseconds: Int32) {
        let socket = mosquitto_socket(client)
        let events = POLLIN | (mosquitto_want_write(client) ? POLLOUT : 0)
        var polls = [pollfd(fd: wakeReading, events: Int16(POLLIN), revents: 0)]
        if socket >= 0 { polls.append(pollfd(fd: socket, events: Int16(events), revents: 0)) }
        poll(&polls, nfds_t(polls.count), milliseconds)
        var bytes = [UInt8](repeating: 0, count: 256)
        while read(wakeReading, &bytes, bytes.count) > 0 {}
    }

    /// From any thread: there is something to send, or an end. A full pipe wakes as well.
    private func wake() {
        var byte: UInt8 = 1
        _ = write(wakeWriting, &byte, 1)
    }

    private var isClosing: Bool { pending.withLock { $0.isClosing } }

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
        if usesProperties, let responseTopic = message.responseTopic {
            try Library.check(
                mosquitto_property_add_string(&properties, Int32(MQTT_PROP_RESPONSE_TOPIC.rawValue), responseTopic),
                "adding the response topic"
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
        wake()
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
        wake()
        // It may be waiting for a machine that does not answer: the process need not wait for that.
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
