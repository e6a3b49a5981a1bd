import CZlib
import CZstd

/// Takes the one layer of gzip or zstd off a payload (CONTRACT 2).
package enum Unpacking {
    /// A payload larger than this is refused, before and after decompression.
    package static let payloadBytesMax = 1_048_576
    /// A zstd window above 8 MiB is refused.
    static let zstdWindowLogMax: Int32 = 23

    package enum Packing { case none, gzip, zstd }

    package static func packing(of bytes: UnsafeBufferPointer<UInt8>) -> Packing {
        if bytes.count >= 2, bytes[0] == 0x1F, bytes[1] == 0x8B { return .gzip }
        if bytes.count >= 4, bytes[0] == 0x28, bytes[1] == 0xB5, bytes[2] == 0x2F, bytes[3] == 0xFD { return .zstd }
        return .none
    }

    /// The bytes inside a compressed payload, as far as they can be had, and why they are refused if they are.
    package struct Unpacked {
        package var bytes: [UInt8]
        package var refusal: Reason?
    }

    /// Decompresses at most `payloadBytesMax` bytes and stops there.
    package static func unpack(_ bytes: UnsafeBufferPointer<UInt8>, _ packing: Packing) -> Unpacked {
        switch packing {
        case .none: Unpacked(bytes: Array(bytes), refusal: nil)
        case .gzip: gunzip(bytes)
        case .zstd: unzstd(bytes)
        }
    }

    private static func gunzip(_ input: UnsafeBufferPointer<UInt8>) -> Unpacked {
        var stream = z_stream()
        guard vl_inflate_init_gzip(&stream) == Z_OK else { return Unpacked(bytes: [], refusal: .badCompression) }
        defer { inflateEnd(&stream) }
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(input.count)
        return inflating { output, room in
            stream.next_out = output
            stream.avail_out = UInt32(room)
            let status = inflate(&stream, Z_NO_FLUSH)
            let made = room - Int(stream.avail_out)
            switch status {
            case Z_STREAM_END: return (made, stream.avail_in == 0 ? .finished : .broken)
            case Z_OK where made > 0 || stream.avail_in > 0: return (made, .more)
            default: return (made, .broken)
            }
        }
    }

    private static func unzstd(_ input: UnsafeBufferPointer<UInt8>) -> Unpacked {
        guard let context = ZSTD_createDCtx() else { return Unpacked(bytes: [], refusal: .badCompression) }
        defer { ZSTD_freeDCtx(context) }
        // The decompressor looks at the window only in frames that it does not take in one pass.
        if zstdWindowTooLarge(input) { return Unpacked(bytes: [], refusal: .badCompression) }
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, zstdWindowLogMax)
        var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        return inflating { output, room in
            var target = ZSTD_outBuffer(dst: output, size: room, pos: 0)
            let before = source.pos
            let status = ZSTD_decompressStream(context, &target, &source)
            if ZSTD_isError(status) != 0 { return (target.pos, .broken) }
            if status == 0 { return (target.pos, source.pos == source.size ? .finished : .broken) }
            let isMoving = target.pos > 0 || source.pos > before
            return (target.pos, isMoving ? .more : .broken)
        }
    }

    /// The window that the frame's header asks for (RFC 8878, 3.1.1.1.2), against the limit.
    private static func zstdWindowTooLarge(_ input: UnsafeBufferPointer<UInt8>) -> Bool {
        guard input.count >= 6 else { return false }
        let descriptor = input[4]
        // A single segment has its content's size as window; the limit on the size meets it later.
        if descriptor & 0x20 != 0 { return false }
        let exponent = Int(input[5] >> 3)
        let mantissa = Int(input[5] & 7)
        let base = 1 << (10 + exponent)
        return base + base / 8 * mantissa > 1 << Int(zstdWindowLogMax)
    }

    private enum Progress { case more, finished, broken }

    /// Runs a decompressor into a growing buffer until it ends, breaks, or brings one byte too many.
    private static func inflating(
        _ step: (UnsafeMutablePointer<UInt8>, Int) -> (made: Int, progress: Progress)
    ) -> Unpacked {
        let chunk = 131_072
        var bytes: [UInt8] = []
        let scratch = UnsafeMutablePointer<UInt8>.allocate(capacity: chunk)
        defer { scratch.deallocate() }
        while true {
            let (made, progress) = step(scratch, chunk)
            bytes.append(contentsOf: UnsafeBufferPointer(start: scratch, count: made))
            if bytes.count > payloadBytesMax {
                bytes.removeLast(bytes.count - payloadBytesMax)
                return Unpacked(bytes: bytes, refusal: .tooLarge)
            }
            switch progress {
            case .more: continue
            case .finished: return Unpacked(bytes: bytes, refusal: nil)
            case .broken: return Unpacked(bytes: bytes, refusal: .badCompression)
            }
        }
    }
}
