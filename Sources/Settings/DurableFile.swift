import Foundation
import Glibc

/// Files that people and the service both write: put in place whole or not at all, by one writer at a time.
package enum DurableFile {
    /// What the system said.
    package struct Problem: Error, CustomStringConvertible {
        package let description = String(cString: strerror(errno))
    }

    /// Writes a file beside, makes it durable and puts it in the place of the old one, whose mode it keeps.
    package static func replace(_ path: String, with bytes: [UInt8]) throws(Problem) {
        // Through a link to the file that it means, which would else be replaced by a copy.
        let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let temporary = "\(path).new"
        var old = stat()
        let mode = stat(path, &old) == 0 ? old.st_mode & 0o777 : 0o640
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw Problem() }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + written, bytes.count - written) }
            guard count > 0 else { throw abandoned(temporary) }
            written += count
        }
        fchmod(descriptor, mode)
        guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw abandoned(temporary) }
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw Problem() }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw Problem() }
    }

    private static func abandoned(_ temporary: String) -> Problem {
        let problem = Problem()
        unlink(temporary)
        return problem
    }
}

/// The lock that a writer of a file holds; ends with the process.
package final class FileLock {
    /// How long a second writer waits for the first.
    package static let waitSeconds = 10.0

    private let descriptor: Int32

    /// Throws `SettingsError` when the lock cannot be had in that time.
    package init(beside path: String) throws {
        let file = "\(path).lock"
        descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o660)
        guard descriptor >= 0 else {
            throw SettingsError(["\(path) cannot be changed: \(file): \(String(cString: strerror(errno))). The folder must be writable for who imports."])
        }
        let pauseMicroseconds: UInt32 = 50_000
        var waits = Int(FileLock.waitSeconds * 1_000_000) / Int(pauseMicroseconds)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard waits > 0 else {
                close(descriptor)
                throw SettingsError(["\(path) is being changed by another import: try again when it has ended"])
            }
            waits -= 1
            usleep(pauseMicroseconds)
        }
    }

    deinit { close(descriptor) }
}
