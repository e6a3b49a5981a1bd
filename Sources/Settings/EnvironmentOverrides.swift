import Foundation

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
        "broker.caFile", "broker.certFile", "broker.keyFile", "broker.canarySeconds", "http.host", "http.port",
        "http.publicAddress", "smtp.url", "smtp.user", "smtp.passwordFile", "smtp.caFile", "smtp.from", "oidc.issuer", "oidc.clientId",
        "oidc.clientSecretFile", "oidc.caFile",
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
