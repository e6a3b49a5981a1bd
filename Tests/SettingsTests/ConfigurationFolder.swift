import Foundation
import Settings

/// A configuration folder of its own, thrown away with the test.
final class ConfigurationFolder {
    let path: String

    /// The smallest good `vaktlast.yaml`.
    static let smallest = "broker: {url: \"mqtt://127.0.0.1\"}\n"

    init(_ yaml: String? = ConfigurationFolder.smallest) throws {
        path =
            URL(fileURLWithPath: NSTemporaryDirectory() + "vaktlast-settings-\(UUID().uuidString)")
            .standardizedFileURL.path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        if let yaml { try write("vaktlast.yaml", yaml) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

    func write(_ name: String, _ bytes: Data) throws {
        let file = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true
        )
        try bytes.write(to: URL(fileURLWithPath: file))
    }

    func settings(_ environment: [String: String] = [:]) throws -> ServiceSettings {
        try ServiceSettings(folder: path, environment: environment)
    }

    /// What is wrong with the folder, with its own path left out; empty where nothing is.
    func problems(_ environment: [String: String] = [:]) throws -> [String] {
        do {
            _ = try settings(environment)
            return []
        } catch let error as SettingsError {
            return error.problems.map { $0.replacing(path + "/", with: "") }
        }
    }
}
