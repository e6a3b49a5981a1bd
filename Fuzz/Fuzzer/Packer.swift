import CZlib
import CZstd

/// Packs bytes, so that the fuzzer need not find out what a checksum is.
enum Packer {
    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        let status = deflateInit2_(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        expect(status == Z_OK, "zlib starts")
        defer { deflateEnd(&stream) }
        let capacity = Int(deflateBound(&stream, UInt(bytes.count)))
        var input = bytes
        return input.withUnsafeMutableBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(capacity)
                expect(deflate(&stream, Z_FINISH) == Z_STREAM_END, "the bound holds")
                count = capacity - Int(stream.avail_out)
            }
        }
    }

    static func zstd(_ bytes: [UInt8]) -> [UInt8] {
        let capacity = ZSTD_compressBound(bytes.count)
        return [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            count = ZSTD_compress(output.baseAddress, capacity, bytes, bytes.count, 1)
        }
    }
}
