import FaultShim
import Foundation
import Glibc
import Testing

/// Faults of the machine that a service runs on, changed while it runs.
final class Faults {
    private let path: String
    private let page: UnsafeMutablePointer<faults>
    /// Largest file it may write, bytes, when it starts; nil: no limit.
    let fileSizeMax: Int?

    init(fileSizeMax: Int? = nil) throws {
        self.fileSizeMax = fileSizeMax
        path = try Folder.new("faults") + "/faults"
        let size = MemoryLayout<faults>.size
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        try #require(ftruncate(descriptor, size) == 0)
        let map = try #require(mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0))
        close(descriptor)
        page = map.assumingMemoryBound(to: faults.self)
    }

    deinit {
        munmap(page, MemoryLayout<faults>.size)
        try? FileManager.default.removeItem(atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    var environment: [String] {
        get throws { ["FAULT_SHIM=\(path)", "LD_PRELOAD=\(try Programs.beside("libFaultShim.so"))"] }
    }

    var clockOffsetMilliseconds: Int64 {
        get { page.pointee.clock_offset_milliseconds }
        set { page.pointee.clock_offset_milliseconds = newValue }
    }
    var syncDelayMilliseconds: Int64 {
        get { page.pointee.sync_delay_milliseconds }
        set { page.pointee.sync_delay_milliseconds = newValue }
    }
    /// An errno that writes into database files fail with; 0: they work.
    var writeError: Int32 {
        get { Int32(page.pointee.write_error) }
        set { page.pointee.write_error = Int64(newValue) }
    }
}
