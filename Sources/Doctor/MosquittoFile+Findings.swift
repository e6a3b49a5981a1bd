/// What a `mosquitto.conf` would lose. Defaults are those of mosquitto 2 (mosquitto.conf(5)).
extension MosquittoFile {
    /// A power cut may take what the broker has not saved for this long, seconds.
    static let autosaveSecondsMax = 60
    /// A queue shorter than this is full soon after the service is away.
    static let queuedMessagesMin = 100_000
    static let queuedBytesMin = 64 << 20
    /// A service that is away for longer than this, days, has been noticed.
    static let expirationDaysMin = 14
    /// The largest message that the service reads, and with topic and properties.
    static let messageBytesMax = 1_048_576
    static let packetBytesMax = messageBytesMax + 65_536

    /// - Parameters:
    ///   - clientID: of the service, to hold against `clientid_prefixes`.
    ///   - usesVersion5: the service connects with MQTT 5 and announces a Receive Maximum.
    package func findings(clientID: String, usesVersion5: Bool = true) -> [Finding] {
        readingFindings + persistenceFindings + queueFindings + windowFindings(usesVersion5) + sizeFindings + sessionFindings(clientID)
            + accountFindings + listeners.flatMap(findings) + otherFindings
    }

    private var readingFindings: [Finding] {
        guard unreadable.isEmpty else {
            return unreadable.map {
                .warning(
                    .settings,
                    "\($0) cannot be read",
                    loss: "what it says is unknown; what follows may be wrong",
                    mend: "run `vaktlast doctor` as a user who may read it, or give the right file with --mosquitto-conf"
                )
            }
        }
        return [.ok(.settings, "\(path) read, \(entries.count) entries")]
    }

    /// What an entry says, or that it is missing and which default holds.
    private func place(_ key: String, default word: String) -> String {
        self[key]?.place ?? "\(path): \(key) is missing, so \(word)"
    }

    private func number(_ key: String, default value: Int) -> Int { self[key].flatMap { Int($0.value) } ?? value }

    // MARK: - What a restart or a power cut takes

    private var persistenceFindings: [Finding] {
        guard isOn("persistence") else {
            return [
                .error(
                    .settings,
                    place("persistence", default: "false"),
                    loss: "a restart of the broker loses sessions and queues: alarms that the central saw acknowledged and the service has not read yet",
                    mend: "persistence true, persistence_location /var/lib/mosquitto/, autosave_interval 10"
                )
            ]
        }
        let seconds = number("autosave_interval", default: 1800)
        let found = place("autosave_interval", default: "1800")
        if isOn("autosave_on_changes") {
            return [.note(.settings, "\(found), counted in changes (autosave_on_changes): a power cut loses up to \(seconds) of them")]
        }
        guard seconds == 0 || seconds > MosquittoFile.autosaveSecondsMax else {
            return [.ok(.settings, "\(found): a power cut loses at most \(seconds) s of queued messages")]
        }
        let span = seconds == 0 ? "everything since the broker's start" : "up to \(seconds) s"
        return [
            .warning(
                .settings,
                found,
                loss: "a power cut loses \(span) of what the broker has acknowledged and the service has not read",
                mend: "autosave_interval 10"
            )
        ]
    }

    // MARK: - What the broker drops without a word

    private var queueFindings: [Finding] {
        var findings: [Finding] = []
        let messages = number("max_queued_messages", default: 1000)
        let found = place("max_queued_messages", default: "1000")
        if messages == 0 {
            findings.append(.ok(.settings, "\(found): no limit"))
        } else if messages < MosquittoFile.queuedMessagesMin {
            findings.append(
                .warning(
                    .settings,
                    found,
                    loss: "while the service is away or behind, every message after the first \(messages) is dropped silently, alarms too",
                    mend: "max_queued_messages 0, and watch the broker's disk and memory"
                )
            )
        } else {
            findings.append(.note(.settings, "\(found): messages beyond it are dropped silently"))
        }
        let bytes = number("max_queued_bytes", default: 0)
        if bytes > 0, let entry = self["max_queued_bytes"] {
            findings.append(
                bytes < MosquittoFile.queuedBytesMin
                    ? .warning(
                        .settings,
                        entry.place,
                        loss: "while the service is away, messages beyond \(bytes) bytes are dropped silently, alarms too",
                        mend: "max_queued_bytes 0"
                    ) : .note(.settings, "\(entry.place): messages beyond it are dropped silently")
            )
        }
        if let entry = self["memory_limit"], entry.value != "0" {
            findings.append(
                .warning(
                    .settings,
                    entry.place,
                    loss: "at the limit the broker takes no more messages: centrals are refused",
                    mend: "remove memory_limit, or give it far more than the largest backlog"
                )
            )
        }
        if isOn("queue_qos0_messages"), let entry = self["queue_qos0_messages"] {
            findings.append(.note(.settings, "\(entry.place): messages with QoS 0 take room in the queue"))
        }
        return findings
    }

    private func windowFindings(_ usesVersion5: Bool) -> [Finding] {
        let inflight = number("max_inflight_messages", default: 20)
        let found = place("max_inflight_messages", default: "20")
        var findings: [Finding] = []
        if inflight == 0 || inflight >= WindowRule.wanted {
            findings.append(.ok(.settings, found))
        } else if inflight < WindowRule.centralsMin {
            findings.append(WindowRule.slowCentrals(found, inflight))
        } else if !usesVersion5, inflight < WindowRule.commitMin {
            findings.append(WindowRule.tooSmall(.settings, found, inflight))
        } else {
            let reach =
                usesVersion5
                ? "it limits what a central may have under way; to the service mosquitto goes by our Receive Maximum" : "the service could take more"
            findings.append(.note(.settings, "\(found): \(reach) (\(WindowRule.wanted))"))
        }
        if let entry = self["max_inflight_bytes"], entry.value != "0" {
            findings.append(.note(.settings, "\(entry.place): limits how much one commit of the service can hold"))
        }
        if !isOn("set_tcp_nodelay") {
            let found = place("set_tcp_nodelay", default: "false")
            findings.append(.note(.settings, "\(found): a message waits up to 40 ms for others", mend: "set_tcp_nodelay true"))
        }
        return findings
    }

    private var sizeFindings: [Finding] {
        [("message_size_limit", MosquittoFile.messageBytesMax), ("max_packet_size", MosquittoFile.packetBytesMax)].compactMap { key, needed in
            guard let entry = self[key], let bytes = Int(entry.value), bytes > 0 else { return nil }
            guard bytes < needed else { return .ok(.settings, entry.place) }
            return .warning(
                .settings,
                entry.place,
                loss: "messages over \(bytes) bytes never arrive; batches of events may have \(MosquittoFile.messageBytesMax)",
                mend: "remove \(key), or \(key) \(needed) at least"
            )
        }
    }

    private func sessionFindings(_ clientID: String) -> [Finding] {
        var findings: [Finding] = []
        if let entry = self["persistent_client_expiration"] {
            let days = MosquittoFile.days(entry.value)
            findings.append(
                (days ?? 0) >= MosquittoFile.expirationDaysMin
                    ? .note(.settings, "\(entry.place): a service that is away longer loses its backlog")
                    : .warning(
                        .settings,
                        entry.place,
                        loss: "a service that is away longer than this loses its session and all that waited in it",
                        mend: "remove persistent_client_expiration, or persistent_client_expiration 2m"
                    )
            )
        }
        if let entry = self["clientid_prefixes"], !clientID.hasPrefix(entry.value) {
            findings.append(
                .error(
                    .settings,
                    entry.place,
                    loss: "the service (\(clientID)) cannot connect: nothing is read",
                    mend: "begin broker.clientId with \(entry.value), or remove clientid_prefixes"
                )
            )
        }
        if let entry = self["retain_available"], !isOn("retain_available") {
            findings.append(
                .warning(
                    .settings,
                    entry.place,
                    loss: "live boards and the service's status are not kept: who connects later sees nothing",
                    mend: "retain_available true"
                )
            )
        }
        if let entry = self["max_qos"], entry.value == "0" {
            findings.append(
                .error(
                    .settings,
                    entry.place,
                    loss: "nothing is acknowledged end to end: any break in a connection loses messages",
                    mend: "remove max_qos"
                )
            )
        }
        return findings
    }

    /// `1h`, `2d`, `3w`, `4m`, `1y` in days, nil when it is none of these.
    private static func days(_ text: String) -> Int? {
        guard let unit = text.last, let count = Int(text.dropLast()), count >= 0 else { return nil }
        switch unit {
        case "h": return count / 24
        case "d": return count
        case "w": return count.multipliedReportingOverflow(by: 7).partialValue
        case "m": return count.multipliedReportingOverflow(by: 30).partialValue
        case "y": return count.multipliedReportingOverflow(by: 365).partialValue
        default: return nil
        }
    }

    private var otherFindings: [Finding] {
        var findings: [Finding] = []
        if let entry = self["sys_interval"], entry.value == "0" {
            findings.append(.note(.settings, "\(entry.place): $SYS is off, dropped messages cannot be seen", mend: "remove sys_interval"))
        }
        for entry in entries where !MosquittoKeys.isKnown(entry.key) {
            findings.append(.note(.settings, "\(entry.file):\(entry.line) \(entry.key) is a key this version of doctor does not know"))
        }
        return findings
    }
}
