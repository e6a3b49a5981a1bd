import Foundation
package import MQTT

/// Reads the section `broker` and broker addresses.
struct BrokerReader {
    let folder: String
    let overrides: EnvironmentOverrides
    let problems: YAMLReader.Problems

    func read(_ file: YAMLReader, defaultClientID: String) -> BrokerSettings {
        let section = file.section("broker")
        defer { section?.finish() }
        let inFile = section?.text("url")
        let url = overrides["broker.url"] ?? inFile
        guard let url else {
            (section ?? file).problem(key: section == nil ? "broker.url" : "url", "is missing: give the broker's address, e.g. mqtt://127.0.0.1:1883")
            return BrokerSettings(host: "", port: 0, clientID: defaultClientID)
        }
        var broker: BrokerSettings
        do {
            broker = try BrokerSettings(url: url, clientID: defaultClientID)
        } catch {
            if let section { section.problem(key: "url", "\(error)") } else { file.problem(key: "broker.url", "\(error)") }
            return BrokerSettings(host: "", port: 0, clientID: defaultClientID)
        }
        let clientID = section?.text("clientId")
        broker.clientID = overrides["broker.clientId"] ?? clientID ?? defaultClientID
        let version = section?.text("version", "5 or 3.1.1") { ["5", "3.1.1", "4"].contains($0) }
        let chosen = overrides["broker.version"] ?? version ?? "5"
        if !["5", "3.1.1", "4"].contains(chosen) {
            problems.lines.append("VAKTLAST_BROKER_VERSION: «\(chosen)» is not 5 or 3.1.1")
        }
        broker.version = chosen == "5" ? .v5 : .v311
        let username = section?.text("username")
        broker.username = overrides["broker.username"] ?? username ?? broker.username
        readCanary(section, into: &broker)
        if let path = path("passwordFile", section) { broker.password = password(path, section) }
        broker.caFile = readable("caFile", section)
        broker.certFile = readable("certFile", section)
        broker.keyFile = readable("keyFile", section)
        if (broker.certFile == nil) != (broker.keyFile == nil) {
            section?.problem(key: "certFile", "and keyFile go together: give both or neither")
        }
        return broker
    }

    private func readCanary(_ section: YAMLReader?, into broker: inout BrokerSettings) {
        let rule = "0 to 3600, whole seconds (0: off)"
        let isGood = { (text: String) in Int(text).map { (0...3600).contains($0) } ?? false }
        let inFile = section?.text("canarySeconds", rule, where: isGood)
        let chosen = overrides["broker.canarySeconds"] ?? inFile ?? "60"
        if !isGood(chosen) { problems.lines.append("VAKTLAST_BROKER_CANARYSECONDS: «\(chosen)» is not \(rule)") }
        broker.canarySeconds = Double(chosen) ?? 60
    }

    private func path(_ key: String, _ section: YAMLReader?) -> String? {
        let inFile = section?.text(key).map { Paths.resolve($0, in: folder) }
        return overrides["broker.\(key)"].map(Paths.inWorkingFolder) ?? inFile
    }

    private func password(_ path: String, _ section: YAMLReader?) -> String? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            report("passwordFile", "cannot be read: \(path); write the password into it, readable by the service alone", section)
            return nil
        }
        let password = text.trimmingCharacters(in: .newlines)
        if password.isEmpty {
            let place = section?.place(of: "passwordFile") ?? "broker.passwordFile"
            problems.warnings.append("\(place) names an empty file: \(path); the broker will be given an empty password")
        }
        return password
    }

    private func readable(_ key: String, _ section: YAMLReader?) -> String? {
        guard let path = path(key, section) else { return nil }
        if !FileManager.default.isReadableFile(atPath: path) {
            report(key, "cannot be read: \(path)", section)
        }
        return path
    }

    private func report(_ key: String, _ text: String, _ section: YAMLReader?) {
        if let section { section.problem(key: key, text) } else { problems.lines.append("broker.\(key) \(text)") }
    }
}

extension BrokerSettings {
    /// Reads `mqtt[s]://[user:password@]host[:port]`.
    package init(url: String, clientID: String) throws {
        let rule = "«\(url)» is no broker address: write mqtt://host:1883 or mqtts://host:8883, with user:password@ before the host if needed"
        guard let parts = URLComponents(string: url), let scheme = parts.scheme, ["mqtt", "mqtts"].contains(scheme),
            let host = parts.host, !host.isEmpty, parts.path.isEmpty || parts.path == "/", parts.query == nil
        else { throw SettingsError([rule]) }
        let port = parts.port ?? (scheme == "mqtts" ? 8883 : 1883)
        guard let port = UInt16(exactly: port), port > 0 else { throw SettingsError([rule]) }
        self.init(
            host: host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")),
            port: port,
            usesTLS: scheme == "mqtts",
            clientID: clientID,
            username: parts.user,
            password: parts.password
        )
    }
}
