import Foundation

/// Files that are nobody's business but their owner's.
enum PrivateFile {
    /// Makes the file, empty, where it is missing, and takes it from all others where it is not. SQLite gives what it puts
    /// beside a database (its log and index) the same mode as the database, so this comes first.
    static func make(_ path: String) throws {
        for file in [path, path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError("\(path) cannot be made: \(String(cString: strerror(errno))). Check the folder's owner and free space.") }
        close(descriptor)
    }
}
