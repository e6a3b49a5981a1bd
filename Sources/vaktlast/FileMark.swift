import Foundation

/// What tells one state of a file from another.
struct FileMark: Equatable {
    private var seconds: Int
    private var nanoseconds: Int
    private var size: Int64
    private var node: UInt64

    /// Nil where there is no file.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        (size, node) = (Int64(status.st_size), UInt64(status.st_ino))
    }
}
