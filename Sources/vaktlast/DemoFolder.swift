import Foundation

/// Where a demo keeps its files: a folder that the user named, or a temporary one that goes with it.
struct DemoFolder {
    private static let temporaryPrefix = "vaktlast-demo-"

    /// Absolute, so that the broker's configuration means the same everywhere.
    let path: String
    let isTemporary: Bool
    private let lock: DataFolder

    /// Makes and locks it. A folder with something else in it is refused: the demo writes several names of its own.
    init(named name: String?) throws {
        isTemporary = name == nil
        let path = URL(fileURLWithPath: name ?? DemoFolder.temporaryPath).standardizedFileURL.path
        try DemoFolder.checkIsOurs(path)
        lock = try DataFolder(path)
        self.path = path
    }

    /// Takes a temporary folder away; a named one stays.
    func leave() {
        withExtendedLifetime(lock) {}
        if isTemporary { try? FileManager.default.removeItem(atPath: path) }
    }

    private static func checkIsOurs(_ path: String) throws {
        guard let entries = try? FileManager.default.contentsOfDirectory(atPath: path), !entries.isEmpty else { return }
        let holder = (try? String(contentsOfFile: "\(path)/lock", encoding: .utf8)) ?? ""
        guard holder.contains("(demo)") else {
            throw Failure("\(path) holds other files than a demo's. Name an empty or a new folder with --data.")
        }
    }

    // MARK: - Temporary folders

    private static var temporaryPath: String { "\(NSTemporaryDirectory())/\(temporaryPrefix)\(getpid())" }

    /// Removes what demos that were killed left behind; how many.
    static func removeLeftovers() -> Int {
        let parent = NSTemporaryDirectory()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        return names.count { name in
            guard name.hasPrefix(temporaryPrefix), let process = pid_t(name.dropFirst(temporaryPrefix.count)) else { return false }
            // ESRCH: no such process. Someone else's process or folder is left alone.
            guard process == getpid() || (kill(process, 0) != 0 && errno == ESRCH) else { return false }
            return (try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")) != nil
        }
    }
}
