import Foundation

/// The folder of one instance's files. One process holds its lock; a second is told who has it.
final class DataFolder {
    let path: String
    private let descriptor: Int32

    /// Makes the folder where it is missing and takes its lock, which ends with the process.
    init(_ path: String) throws {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o750]
            )
        } catch {
            throw Failure("data folder \(path) cannot be made: \(DataFolder.reason(error)). Choose another, or change its owner.")
        }
        let lock = "\(path)/lock"
        descriptor = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw Failure("data folder \(path) is not writable: \(String(cString: strerror(errno))). Choose another, or change its owner.")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = (try? String(contentsOfFile: lock, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
            close(descriptor)
            throw Failure("data folder \(path) is in use by \(holder ?? "another process"). Stop that first, or choose another folder.")
        }
        ftruncate(descriptor, 0)
        let text = "process \(getpid()) (\(CommandLine.arguments.dropFirst().first ?? "vaktlast"))\n"
        _ = text.withCString { write(descriptor, $0, strlen($0)) }
    }

    deinit { close(descriptor) }

    /// The system's words for why a file could not be used, to stand inside a sentence.
    static func reason(_ error: any Error) -> String {
        let error = error as NSError
        let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError
        let text = (underlying ?? error).localizedDescription
        let words = text.replacingOccurrences(of: "The operation could not be completed. ", with: "")
        return words.hasSuffix(".") ? String(words.dropLast()) : words
    }
}
