/// What `$SYS` tells.
extension BrokerFacts {
    /// From here on mosquitto has mended faults of 2.0 in which QoS 1 messages get stuck.
    static let mendedVersion = [2, 0, 13]

    var systemFindings: [Finding] {
        guard let version = system["version"] else {
            return [
                .note(
                    .broker,
                    "$SYS cannot be read: the broker's version and dropped messages are unknown",
                    mend: "topic read $SYS/# for this user in the broker's ACL"
                )
            ]
        }
        return [versionFinding(version), droppedFinding] + countFindings
    }

    private func versionFinding(_ version: String) -> Finding {
        let name = version.replacing(" version ", with: " ")
        let numbers = name.split(separator: " ").last?.split(separator: ".").map { Int($0) ?? 0 } ?? []
        let uptime = system["uptime"].map { ", up \($0)" } ?? ""
        guard name.hasPrefix("mosquitto"), numbers.lexicographicallyPrecedes(BrokerFacts.mendedVersion) else {
            return .ok(.broker, name + uptime)
        }
        return .warning(
            .broker,
            "\(name)\(uptime): older than 2.0.13",
            loss: "QoS 1 messages can get stuck in a session until it connects again; the service's canary notices after two minutes at the earliest",
            mend: "mosquitto 2.0.13 or later (bookworm-backports or mosquitto.org); until then leave broker.canarySeconds on"
        )
    }

    private var droppedFinding: Finding {
        guard let dropped = system["publish/messages/dropped"].flatMap({ Int($0) }) else {
            return .note(.broker, "$SYS does not tell how many messages were dropped")
        }
        guard dropped > 0 else { return .ok(.broker, "no message dropped since its start") }
        return .warning(
            .broker,
            "\(dropped) messages dropped since its start ($SYS/broker/publish/messages/dropped, all clients together)",
            loss: "if one of the queues was the service's, alarms or their receipts: hold the ledger's missing ranges against it (/api/v1/sources)",
            mend: "max_queued_messages 0; take away sessions that nobody reads (a doctor's measurement of a short queue counts here too)"
        )
    }

    private var countFindings: [Finding] {
        var findings: [Finding] = []
        if let stored = system["store/messages/count"] ?? system["messages/stored"] {
            findings.append(.note(.broker, "\(stored) messages stored, retained ones too; \(system["subscriptions/count"] ?? "unknown") subscriptions"))
        }
        if let expired = system["clients/expired"].flatMap({ Int($0) }), expired > 0 {
            findings.append(
                .warning(
                    .broker,
                    "\(expired) sessions expired since its start ($SYS/broker/clients/expired)",
                    loss: "an expired session loses its backlog; if it was the service's, alarms",
                    mend: "remove persistent_client_expiration in mosquitto.conf, or make it longer than the longest outage"
                )
            )
        }
        return findings
    }
}
