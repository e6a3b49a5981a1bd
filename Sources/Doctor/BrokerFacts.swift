/// What the broker said about itself and about us.
package struct BrokerFacts: Sendable {
    package enum Connection: Sendable, Equatable {
        case connected
        /// The broker's own words.
        case refused(String)
        case unreachable(String)
    }

    package var address: String
    package var isLoopback: Bool
    package var usesTLS: Bool
    package var user: String?
    package var connection: Connection
    /// The settings ask for MQTT 5, and the broker speaks it.
    package var asksForVersion5 = true
    package var speaksVersion5 = true
    /// Limits that the broker announced when we connected, nil where it announced none.
    package var maximumPacketBytes: Int?
    package var sessionExpirySeconds: Int?
    package var isRetainAvailable = true
    package var maximumQoS: Int?
    /// What could be read below `$SYS/broker/`, by the rest of the topic.
    package var system: [String: String] = [:]

    package init(address: String, isLoopback: Bool, usesTLS: Bool, user: String?, connection: Connection) {
        self.address = address
        self.isLoopback = isLoopback
        self.usesTLS = usesTLS
        self.user = user
        self.connection = connection
    }

    package var findings: [Finding] {
        var findings: [Finding] = []
        if !usesTLS, !isLoopback {
            findings.append(
                .error(
                    .broker,
                    "\(address) is another machine, and the connection is not encrypted",
                    loss: "the service's password and all alarms can be read and forged on the way",
                    mend: "broker.url mqtts://…:8883 and broker.caFile in vaktlast.yaml; a TLS listener at the broker"
                )
            )
        }
        switch connection {
        case .unreachable(let why): return findings + [unreachable(why)]
        case .refused(let why): return findings + [refused(why)]
        case .connected: break
        }
        findings.append(.ok(.broker, "\(address) lets \(user.map { "user \($0)" } ?? "us without a user name") in"))
        return findings + protocolFindings + limitFindings + systemFindings
    }

    private func unreachable(_ why: String) -> Finding {
        .error(
            .broker,
            "\(address) does not answer: \(why)",
            loss: "nothing is read, and centrals that cannot reach it either must keep their alarms themselves",
            mend: "start the broker (systemctl status mosquitto), or put its address into broker.url; firewall and TLS may be in the way"
        )
    }

    private func refused(_ why: String) -> Finding {
        .error(
            .broker,
            "\(address) refuses \(user.map { "user \($0)" } ?? "a client without a user name"): \(why)",
            loss: "nothing is read; alarms pile up at the broker, if they get there at all",
            mend: "broker.username and broker.passwordFile must name an account of the broker (mosquitto_passwd), and its listener must allow our version"
        )
    }

    private var protocolFindings: [Finding] {
        if asksForVersion5, !speaksVersion5 {
            return [
                .error(
                    .broker,
                    "\(address) does not speak MQTT 5",
                    loss: "the service cannot connect with broker.version 5",
                    mend: "broker.version \"3.1.1\" in vaktlast.yaml, or a newer broker"
                )
            ]
        }
        if !asksForVersion5 {
            return [.note(.broker, "broker.version is 3.1.1: no Response Topic, no reason when an ACL refuses a message")]
        }
        return [.ok(.broker, "MQTT 5")]
    }

    private var limitFindings: [Finding] {
        var findings: [Finding] = []
        if let bytes = maximumPacketBytes, bytes < MosquittoFile.packetBytesMax {
            findings.append(
                .warning(
                    .broker,
                    "the broker announces a Maximum Packet Size of \(bytes) bytes",
                    loss: "larger messages never arrive; batches of events may have \(MosquittoFile.messageBytesMax)",
                    mend: "remove max_packet_size in mosquitto.conf, or set it to \(MosquittoFile.packetBytesMax) at least"
                )
            )
        }
        if !isRetainAvailable {
            findings.append(
                .warning(
                    .broker,
                    "the broker keeps no retained messages",
                    loss: "live boards and the service's status are not kept: who connects later sees nothing",
                    mend: "retain_available true in mosquitto.conf"
                )
            )
        }
        if let quality = maximumQoS, quality < 1 {
            findings.append(
                .error(
                    .broker,
                    "the broker takes QoS \(quality) only",
                    loss: "nothing is acknowledged end to end: any break in a connection loses messages",
                    mend: "remove max_qos in mosquitto.conf"
                )
            )
        }
        if let seconds = sessionExpirySeconds, seconds < MosquittoFile.expirationDaysMin * 86_400 {
            findings.append(
                .warning(
                    .broker,
                    "the broker ends sessions after \(seconds) s",
                    loss: "a service that is away longer loses its session and all that waited in it",
                    mend: "let sessions live longer at the broker (persistent_client_expiration, or its name elsewhere)"
                )
            )
        }
        return findings
    }
}
