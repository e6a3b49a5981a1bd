import CMosquitto
import Glibc

/// Reads, acknowledges and throws away: what a benchmark holds the gate against. Nothing is copied.
///
/// Owned by one thread.
package final class NullSubscriber {
    package enum Style: String, Sendable, CaseIterable {
        /// As libmosquitto's own loop does it: a packet, its acknowledgement, the next packet.
        case loop
        /// As the gate does it: packets until dry, then their acknowledgements.
        case batched
    }

    package private(set) var count = 0
    package private(set) var isSubscribed = false
    private let settings: BrokerSettings
    private let style: Style
    private let filter: String
    private var client: OpaquePointer?

    package init(settings: BrokerSettings, filter: String, style: Style) throws {
        self.settings = settings
        self.style = style
        self.filter = filter
        let client = try Library.client(settings, cleanStart: true, context: Unmanaged.passUnretained(self).toOpaque())
        self.client = client
        if style == .batched { try Library.check(mosquitto_threaded_set(client, true), "setting threaded mode") }
        try Library.check(
            mosquitto_int_option(client, MOSQ_OPT_RECEIVE_MAXIMUM, InboundSession.receiveMaximum),
            "setting the receive maximum"
        )
        mosquitto_connect_callback_set(client) { _, context, _ in NullSubscriber.from(context)?.subscribe() }
        mosquitto_subscribe_callback_set(client) { _, context, _, _, _ in NullSubscriber.from(context)?.isSubscribed = true }
        mosquitto_message_callback_set(client) { _, context, _ in NullSubscriber.from(context)?.count += 1 }
        try Library.check(
            mosquitto_connect(client, settings.host, Int32(settings.port), settings.keepAliveSeconds),
            "connecting to \(settings.address)"
        )
    }

    deinit { if let client { mosquitto_destroy(client) } }

    private static func from(_ context: UnsafeMutableRawPointer?) -> NullSubscriber? {
        context.map { Unmanaged<NullSubscriber>.fromOpaque($0).takeUnretainedValue() }
    }

    private func subscribe() {
        if let client { _ = mosquitto_subscribe(client, nil, filter, 1) }
    }

    /// Waits for packets once, 0.2 s at most.
    package func turn() throws(MQTTError) {
        guard let client else { return }
        switch style {
        case .loop: try Library.check(mosquitto_loop(client, 200, 1), "the null subscriber's loop")
        case .batched:
            var poll = pollfd(fd: mosquitto_socket(client), events: Int16(POLLIN), revents: 0)
            Glibc.poll(&poll, 1, 200)
            var before = -1
            let start = count
            while count != before, count < start + 2000 {
                before = count
                try Library.check(mosquitto_loop_read(client, 1), "the null subscriber's reading")
            }
            while mosquitto_want_write(client) {
                try Library.check(mosquitto_loop_write(client, 1), "the null subscriber's writing")
            }
        }
    }
}
