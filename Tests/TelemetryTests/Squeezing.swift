import CZlib
import CZstd

/// Compressed payloads as senders make them.
enum Squeezing {
    /// One gzip member.
    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        // 31: the largest window, in a gzip wrapper.
        var status = deflateInit2_(
            &stream,
            6,
            Z_DEFLATED,
            31,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        precondition(status == Z_OK, "zlib has no memory")
        defer { deflateEnd(&stream) }
        let capacity = Int(deflateBound(&stream, UInt(bytes.count)))
        var input = bytes
        return input.withUnsafeMutableBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(capacity)
                status = deflate(&stream, Z_FINISH)
                precondition(status == Z_STREAM_END, "the bound was too small")
                count = capacity - Int(stream.avail_out)
            }
        }
    }

    /// One zstd frame; with a checksum if wanted, without its content's size where `isStreamed`.
    static func zstd(
        _ bytes: [UInt8],
        checksum: Bool = true,
        windowLog: Int32 = 0,
        isStreamed: Bool = false
    ) -> [UInt8] {
        guard let context = ZSTD_createCCtx() else { preconditionFailure("zstd has no memory") }
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, checksum ? 1 : 0)
        ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowLog)
        let capacity = ZSTD_compressBound(bytes.count)
        return [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            guard isStreamed else {
                count = ZSTD_compress2(context, output.baseAddress, capacity, bytes, bytes.count)
                return
            }
            var target = ZSTD_outBuffer(dst: output.baseAddress, size: capacity, pos: 0)
            bytes.withUnsafeBytes { bytes in
                var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
                // Not told that this is all of it, the frame cannot name its size.
                _ = ZSTD_compressStream2(context, &target, &source, ZSTD_e_continue)
                let left = ZSTD_compressStream2(context, &target, &source, ZSTD_e_end)
                precondition(left == 0, "the bound was too small")
            }
            count = target.pos
        }
    }

    /// A frame written by hand: one raw block, a window of 2 ^ `windowLog` bytes (10 or more), and its content's
    /// size if wanted (256 bytes or more).
    static func rawFrame(_ bytes: [UInt8], windowLog: UInt8, namesSize: Bool) -> [UInt8] {
        let size = bytes.count - 256
        let sizeField = namesSize ? [UInt8(size & 0xFF), UInt8(size >> 8)] : []
        let block = bytes.count << 3 | 1
        return [0x28, 0xB5, 0x2F, 0xFD, namesSize ? 0x40 : 0x00, (windowLog - 10) << 3] + sizeField
            + [UInt8(block & 0xFF), UInt8(block >> 8 & 0xFF), UInt8(block >> 16)] + bytes
    }
}
