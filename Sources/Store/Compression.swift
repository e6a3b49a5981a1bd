import CZstd

/// Compression of large payloads inside the journal.
package enum Compression {
    /// Below this a payload is kept as it is: the frame's own bytes and the call would cost more than they save.
    static let bytesMin = 4096

    /// The payload as a zstd frame; nil where that would not be shorter.
    package static func compress(_ payload: [UInt8]) -> [UInt8]? {
        var isShorter = false
        let frame = [UInt8](unsafeUninitializedCapacity: payload.count) { buffer, count in
            let written = ZSTD_compress(buffer.baseAddress, buffer.count, payload, payload.count, 1)
            isShorter = ZSTD_isError(written) == 0
            count = isShorter ? written : 0
        }
        return isShorter ? frame : nil
    }

    /// Nil where the frame is damaged.
    static func decompress(_ frame: [UInt8]) -> [UInt8]? {
        let size = ZSTD_getFrameContentSize(frame, frame.count)
        guard size <= 64 << 20 else { return nil }
        var isWhole = false
        let payload = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
            let written = ZSTD_decompress(buffer.baseAddress, buffer.count, frame, frame.count)
            isWhole = ZSTD_isError(written) == 0
            count = isWhole ? written : 0
        }
        return isWhole ? payload : nil
    }
}
