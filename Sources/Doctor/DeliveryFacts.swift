/// What came back of the doctor's own test messages.
package struct DeliveryFacts: Sendable {
    package struct Measured: Sendable {
        package var sent: Int
        package var arrived: Int

        package init(sent: Int, arrived: Int) {
            self.sent = sent
            self.arrived = arrived
        }
    }

    /// To a session that acknowledges nothing: how many may be under way.
    package var window: Measured?
    /// To a session that is away: how many the broker keeps for it.
    package var queue: Measured?
    /// Why something could not be measured.
    package var problem: String?

    package init() {}

    package var findings: [Finding] {
        var findings: [Finding] = []
        if let window {
            if window.arrived >= window.sent {
                findings.append(.ok(.delivery, "\(window.sent) messages came unacknowledged: the window in force is at least that"))
            } else if window.arrived == 0 {
                findings.append(.note(.delivery, "none of \(window.sent) test messages came: the ACL may forbid the doctor's topic"))
            } else {
                let found = "\(window.arrived) of \(window.sent) messages came before any was acknowledged: the window in force is \(window.arrived)"
                findings.append(WindowRule.tooSmall(.delivery, found, window.arrived))
            }
        }
        if let queue, window?.arrived != 0 {
            findings.append(
                queue.arrived >= queue.sent
                    ? .ok(.delivery, "\(queue.sent) messages were kept for a session that was away; a limit beyond that shows in mosquitto.conf only")
                    : .error(
                        .delivery,
                        "of \(queue.sent) messages for a session that was away the broker kept \(queue.arrived), and said of none that it was dropped",
                        loss: "while the service is away, every message after the first \(queue.arrived) is lost though the central saw it acknowledged",
                        mend: "max_queued_messages 0 and max_queued_bytes 0 in mosquitto.conf"
                    )
            )
        }
        if let problem { findings.append(.note(.delivery, "not measured: \(problem)")) }
        return findings
    }
}
