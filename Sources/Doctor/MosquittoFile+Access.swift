/// Who gets in, by `mosquitto.conf`.
extension MosquittoFile {
    var accountFindings: [Finding] {
        guard isPerListener else { return accountFindings(of: path) { self[$0] } }
        return listeners.flatMap { listener in
            accountFindings(of: listener.entry?.place ?? path) { key in
                // In per-listener mode plugins may still be global.
                listener[key] ?? (key.hasSuffix("plugin") ? self[key] : nil)
            }
        }
    }

    private func accountFindings(of place: String, _ entry: (String) -> Entry?) -> [Finding] {
        var findings: [Finding] = []
        let hasPlugin = ["plugin", "auth_plugin", "global_plugin", "plugin_load"].contains { entry($0) != nil }
        let isAnonymous = entry("allow_anonymous").map { $0.value.lowercased() == "true" } ?? isLocalOnly
        if isAnonymous {
            findings.append(
                .error(
                    .settings,
                    entry("allow_anonymous")?.place ?? "\(place): no listener and no allow_anonymous, so everyone on this machine may connect",
                    loss: "anyone who reaches the port can send false alarms and read all; no account stands behind a topic",
                    mend: "allow_anonymous false, a password_file and an acl_file"
                )
            )
        }
        let identifies = ["password_file", "psk_file", "use_identity_as_username", "use_subject_as_username"].contains { entry($0) != nil }
        if !identifies, !hasPlugin, !isAnonymous {
            findings.append(
                .error(
                    .settings,
                    "\(place): password_file is missing",
                    loss: "nobody can connect: no account exists, and anonymous clients are refused",
                    mend: "password_file /etc/mosquitto/passwords; make accounts with mosquitto_passwd"
                )
            )
        }
        if entry("acl_file") == nil, !hasPlugin {
            findings.append(
                .error(
                    .settings,
                    "\(place): acl_file is missing",
                    loss: "every account may send in the name of every alarm central, and read all receipts and alarms",
                    mend: "acl_file /etc/mosquitto/acl, in which each central has its own vaktlast/v1/MUNICIPALITY/SOURCE/# (docs/operate.md)"
                )
            )
        } else if let file = entry("acl_file") {
            findings.append(.ok(.settings, file.place))
        }
        return findings
    }

    /// Without listener and bind address mosquitto 2 serves loopback only, and lets everyone in.
    private var isLocalOnly: Bool { !entries.contains { ["listener", "port", "bind_address", "bind_interface"].contains($0.key) } }

    /// What an eavesdropper on a way in would hear.
    func findings(of listener: Listener) -> [Finding] {
        let words = listener.entry?.value.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
        let address = words.dropFirst().first ?? listener["bind_address"]?.value
        let place = listener.entry?.place ?? listener["port"]?.place ?? "\(path): default listener"
        let isSocketFile = words.first == "0"
        let isEncrypted = listener["certfile"] != nil || listener["psk_hint"] != nil
        if isEncrypted { return [.ok(.settings, "\(place): TLS")] }
        if isSocketFile || isLocalOnly || address.map(MosquittoFile.isLoopback) == true {
            return [.ok(.settings, "\(place): this machine only")]
        }
        return [
            .error(
                .settings,
                "\(place): reachable from outside, without TLS",
                loss: "passwords, alarms and receipts can be read and forged on the way",
                mend: "certfile and keyfile below this listener, or bind it to 127.0.0.1"
            )
        ]
    }

    static func isLoopback(_ address: String) -> Bool {
        address == "localhost" || address == "::1" || address.hasPrefix("127.")
    }
}
