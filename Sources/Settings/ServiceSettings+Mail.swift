import Foundation
import Outbound

extension ServiceSettings {
    /// Where people reach the service, without a slash at the end: for links in mails, and where a login comes back to.
    mutating func readPublicAddress(_ http: YAMLReader?, _ overrides: EnvironmentOverrides, _ problems: YAMLReader.Problems) {
        let rule = "an address such as https://vaktlast.kommune.no, without path"
        func isAddress(_ text: String) -> Bool {
            guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty else { return false }
            return HTTPCaller.isAllowed(text) && parts.query == nil && parts.fragment == nil && ["", "/"].contains(parts.path)
        }
        let inFile = http?.text("publicAddress", rule, where: isAddress)
        let chosen = overrides["http.publicAddress"]
        if let chosen, !isAddress(chosen) { problems.lines.append("VAKTLAST_HTTP_PUBLIC_ADDRESS: «\(chosen)» is not \(rule)") }
        publicAddress = (chosen ?? inFile).map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    /// The section `smtp`.
    static func readMail(_ section: YAMLReader?, folder: String, _ overrides: EnvironmentOverrides, _ problems: YAMLReader.Problems) -> MailServer? {
        guard let section else { return nil }
        defer { section.finish() }
        let rule = "smtp://host, smtp://host:587 or smtps://host:465, without name and password"
        func isServer(_ text: String) -> Bool {
            guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty, parts.user == nil, parts.query == nil else { return false }
            return ["smtp", "smtps"].contains(parts.scheme) && ["", "/"].contains(parts.path)
        }
        func text(_ key: String) -> String? {
            let inFile = section.text(key)
            return overrides["smtp.\(key)"] ?? inFile
        }
        let fromRule = "an address, or \"Vaktlast <vaktlast@kommune.no>\"; æ, ø and å behind the @ as xn--"
        let inFile = section.text("url", rule, where: isServer)
        let url = overrides["smtp.url"] ?? inFile
        if url == nil { section.problem(key: "url", "is missing: give \(rule)") }
        if let url = overrides["smtp.url"], !isServer(url) { problems.lines.append("VAKTLAST_SMTP_URL: «\(url)» is not \(rule)") }
        let startTLS = section.text("startTLS", "required or off") { ["required", "off"].contains($0) }
        let user = text("user")
        let password = SecretFile.read("passwordFile", section, folder, overrides["smtp.passwordFile"], problems)
        let caFile = SecretFile.path("caFile", section, folder, overrides["smtp.caFile"])
        if let caFile, !FileManager.default.isReadableFile(atPath: caFile) { section.problem(key: "caFile", "cannot be read: \(caFile)") }
        let from = text("from")
        let address = from.flatMap(MailAddress.init)
        if from == nil {
            section.problem(key: "from", "is missing: give \(fromRule)")
        } else if address == nil {
            section.problem(key: "from", "is not \(fromRule)")
        }
        if (user == nil) != (password == nil) { section.problem(key: "user", "and passwordFile go together: give both or neither") }
        guard let url, let address else { return nil }
        let isImplicit = url.hasPrefix("smtps:")
        if isImplicit, startTLS != nil { section.problem(key: "startTLS", "goes with smtp://; smtps:// is encrypted from the first word") }
        let host = URLComponents(string: url)?.host ?? ""
        let encryption: MailServer.Encryption = isImplicit ? .implicit : startTLS == "off" ? .none : .startTLS
        if encryption == .none, !ServiceSettings.isLoopback(host) {
            if user != nil { section.problem(key: "startTLS", "off would show the password on the way: leave it out, or let \(host) take mail without user") }
            problems.warnings.append("\(section.place(of: "startTLS")) off: reports go to \(host) unencrypted")
        }
        return MailServer(url: url, encryption: encryption, user: user, password: password, caFile: caFile, from: address)
    }
}

/// A file that a key names, with a secret in it.
enum SecretFile {
    static func path(_ key: String, _ section: YAMLReader, _ folder: String, _ override: String?) -> String? {
        let inFile = section.text(key).map { Paths.resolve($0, in: folder) }
        return override.map(Paths.inWorkingFolder) ?? inFile
    }

    /// What the file holds, without line ends; nil where none is named or it cannot be read, which is then told.
    static func read(_ key: String, _ section: YAMLReader, _ folder: String, _ override: String?, _ problems: YAMLReader.Problems) -> String? {
        guard let path = path(key, section, folder, override) else { return nil }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .newlines), !text.isEmpty else {
            section.problem(key: key, "cannot be read, or is empty: \(path); write the secret into it, readable by the service alone")
            return nil
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        if let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue, mode & 0o077 != 0 {
            problems.warnings.append(
                "\(section.place(of: key)) \(path) may be read by others than its owner (mode \(String(mode, radix: 8))): chmod 600 \(path)"
            )
        }
        return text
    }
}
