import Foundation
package import Ingest
package import MQTT
import Telemetry
import Workload

/// `vaktlast.yaml` with its defaults (CONTRACT 10), environment variables applied.
package struct ServiceSettings: Sendable {
    package struct Token: Sendable {
        package enum Role: String, CaseIterable, Sendable { case admin, leader, technician, planner, central }

        package var name: String
        package var sha256: String
        package var role: Role
        package var municipalities: [String]
        /// Nil for all zones of its municipalities.
        package var zones: [String]?
    }

    package var instance = "vl1"
    /// Absolute.
    package var dataFolder: String
    package var broker: BrokerSettings
    package var httpHost = "127.0.0.1"
    package var httpPort = 8080
    package var tokens: [Token] = []
    /// By `municipality/source`.
    package var receipts: [String: ReceiptSetting] = [:]
    package var municipalities: [MunicipalitySettings]
    /// What is odd but no reason to stop.
    package var warnings: [String] = []

    /// Reads a configuration folder. Throws `SettingsError` with every problem found.
    package init(folder: String, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let problems = YAMLReader.Problems()
        let folder = URL(fileURLWithPath: folder).standardizedFileURL.path
        guard FileManager.default.fileExists(atPath: "\(folder)/vaktlast.yaml") else {
            throw SettingsError(["\(folder)/vaktlast.yaml is missing: --config names the folder that holds it, e.g. config/"])
        }
        let overrides = EnvironmentOverrides(environment, problems: problems)
        guard let file = YAMLReader.open(file: "\(folder)/vaktlast.yaml", problems: problems) else {
            throw SettingsError(problems.lines)
        }
        let instance = file.text("instance", "1–32 of a–z, 0–9 and -", where: Topic.isSource)
        self.instance = overrides["instance"] ?? instance ?? "vl1"
        if !Topic.isSource(self.instance) {
            problems.lines.append("VAKTLAST_INSTANCE: «\(self.instance)» is not 1–32 of a–z, 0–9 and -")
        }
        let data = file.text("data") ?? "./data"
        dataFolder = overrides["data"].map(Paths.inWorkingFolder) ?? Paths.resolve(data, in: folder)
        broker = BrokerReader(folder: folder, overrides: overrides, problems: problems)
            .read(file, defaultClientID: "vaktlast-\(self.instance)")
        if let http = file.section("http") {
            httpHost = http.text("host") ?? httpHost
            httpPort = http.integer("port", 1...65_535) ?? httpPort
            http.finish()
        }
        httpHost = overrides["http.host"] ?? httpHost
        if let port = overrides["http.port"] {
            if let number = Int(port), (1...65_535).contains(number) {
                httpPort = number
            } else {
                problems.lines.append("VAKTLAST_HTTP_PORT: «\(port)» is not a port, 1 to 65535")
            }
        }
        tokens = (file.sections("tokens") ?? []).compactMap(ServiceSettings.token)
        for section in file.sections("sources") ?? [] {
            let municipality = section.required("municipality", "four digits", where: Topic.isMunicipality)
            let source = section.required("source", "1–32 of a–z, 0–9 and -", where: Topic.isSource)
            let setting = section.text("receipts", "all, rejections or off") { ReceiptSetting(rawValue: $0) != nil }
            if let municipality, let source, let setting = setting.flatMap(ReceiptSetting.init(rawValue:)) {
                receipts["\(municipality)/\(source)"] = setting
            }
            section.finish()
        }
        file.finish()
        municipalities = MunicipalitySettings.readAll(folder: "\(folder)/municipalities", problems: problems)
        guard problems.lines.isEmpty else { throw SettingsError(problems.lines) }
        warnings = ServiceSettings.warnings(tokens: tokens, municipalities: municipalities)
    }

    private static func token(_ section: YAMLReader) -> Token? {
        defer { section.finish() }
        let name = section.required("name")
        let sha256 = section.required("sha256", "64 hexadecimal digits (`printf %s TOKEN | sha256sum`)") {
            $0.count == 64 && $0.allSatisfy(\.isHexDigit)
        }
        let roles = Token.Role.allCases.map(\.rawValue).joined(separator: ", ")
        let role = section.required("role", "one of \(roles)") { Token.Role(rawValue: $0) != nil }
        let municipalities = section.texts("municipalities", "four digits in quotes", where: Topic.isMunicipality)
        let zones = section.texts("zones", "zone ids", where: Topic.isSource)
        if municipalities == nil { section.problem(key: "municipalities", "is missing: list the municipalities it may see") }
        guard let name, let sha256, let role = role.flatMap(Token.Role.init(rawValue:)), let municipalities else { return nil }
        return Token(name: name, sha256: sha256.lowercased(), role: role, municipalities: municipalities, zones: zones)
    }

    private static func warnings(tokens: [Token], municipalities: [MunicipalitySettings]) -> [String] {
        let known = Set(municipalities.map(\.number))
        return tokens.flatMap { token in
            token.municipalities.filter { !known.contains($0) }.map {
                "tokens: «\(token.name)» names municipality \($0), which is not configured"
            }
        }
    }

    /// What the fold depends on.
    package var folding: Folding.Setup {
        Folding.Setup(plan: .init(municipalities: municipalities.map(\.plan)), receipts: receipts)
    }
}

enum Paths {
    /// Relative paths of a file are relative to its folder.
    static func resolve(_ path: String, in folder: String) -> String {
        path.hasPrefix("/") ? path : URL(fileURLWithPath: "\(folder)/\(path)").standardizedFileURL.path
    }

    /// Relative paths of an environment variable are relative to the working folder.
    static func inWorkingFolder(_ path: String) -> String {
        resolve(path, in: FileManager.default.currentDirectoryPath)
    }
}

/// `VAKTLAST_…` variables by the key that they override.
struct EnvironmentOverrides {
    private static let keys = [
        "instance", "data", "broker.url", "broker.clientId", "broker.version", "broker.username", "broker.passwordFile",
        "broker.caFile", "broker.certFile", "broker.keyFile", "http.host", "http.port",
    ]

    private var values: [String: String] = [:]

    init(_ environment: [String: String], problems: YAMLReader.Problems) {
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("VAKTLAST_") {
            guard let key = EnvironmentOverrides.keys.first(where: { EnvironmentOverrides.names(of: $0).contains(name) }) else {
                let known = EnvironmentOverrides.keys.map { EnvironmentOverrides.names(of: $0)[0] }
                problems.lines.append("\(name) is no known variable; known: \(known.joined(separator: ", "))")
                continue
            }
            values[key] = value
        }
    }

    subscript(key: String) -> String? { values[key] }

    /// `broker.clientId` is VAKTLAST_BROKER_CLIENT_ID; without the inner line as well.
    private static func names(of key: String) -> [String] {
        let split = key.flatMap { $0.isUppercase ? ["_", $0] : $0 == "." ? ["_"] : [$0] }
        return ["VAKTLAST_" + String(split).uppercased(), "VAKTLAST_" + key.replacing(".", with: "_").uppercased()]
    }
}
