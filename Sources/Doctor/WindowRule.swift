/// How many messages may be under way unacknowledged.
enum WindowRule {
    /// What the service announces as its Receive Maximum; mosquitto may keep to less.
    static let wanted = 10_000
    /// Fewer unacknowledged messages than this make every commit of the service small.
    static let commitMin = 1000
    /// Fewer than this make a central wait for the broker at every message.
    static let centralsMin = 10

    /// The broker announces the limit to MQTT 5 clients as its own Receive Maximum.
    static func slowCentrals(_ found: String, _ count: Int) -> Finding {
        .warning(
            .settings,
            found,
            loss: "a central may have \(count) \(count == 1 ? "message" : "messages") under way: after an outage its backlog, alarms in it, comes slowly",
            mend: "max_inflight_messages \(wanted) in mosquitto.conf"
        )
    }

    static func tooSmall(_ subject: Subject, _ found: String, _ count: Int) -> Finding {
        let words = count == 1 ? "one message" : "\(count) messages"
        return .warning(
            subject,
            found,
            loss: "every commit of the service holds at most \(words): "
                + (count == 1 ? "each alarm waits for a disk write of every one before it" : "a backlog drains slowly, and alarms wait in it")
                + (count == 1 ? "" : "; a full queue drops silently"),
            mend: "max_inflight_messages \(wanted) in mosquitto.conf"
        )
    }
}
