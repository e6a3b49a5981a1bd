import Telemetry
import Testing

/// Compression of a payload, CONTRACT 2.
@Suite("Compressed payloads")
struct UnpackingTests {
    enum Packer: CaseIterable {
        case gzip, zstd, zstdWithoutChecksum, zstdStreamed

        func pack(_ bytes: [UInt8]) -> [UInt8] {
            switch self {
            case .gzip: Squeezing.gzip(bytes)
            case .zstd: Squeezing.zstd(bytes)
            case .zstdWithoutChecksum: Squeezing.zstd(bytes, checksum: false)
            case .zstdStreamed: Squeezing.zstd(bytes, isStreamed: true)
            }
        }

        var hasChecksum: Bool { self != .zstdWithoutChecksum }
    }

    static let limit = 1_048_576

    /// Incompressible enough to be many blocks.
    private static func noise(_ count: Int) -> [UInt8] {
        var random = Seeded(seed: 7)
        return (0..<count).map { _ in UInt8.random(in: 97...112, using: &random) }
    }

    private func unpack(_ bytes: [UInt8]) -> (bytes: [UInt8], refusal: String?) {
        bytes.withUnsafeBufferPointer { buffer in
            let unpacked = Unpacking.unpack(buffer, Unpacking.packing(of: buffer))
            return (unpacked.bytes, unpacked.refusal?.word)
        }
    }

    @Test("what was packed is unpacked, empty, small and at the limit", arguments: Packer.allCases)
    func good(packer: Packer) {
        for count in [0, 1, 5000, 300_000, Self.limit] {
            let content = Self.noise(count)
            let unpacked = unpack(packer.pack(content))
            #expect(unpacked.refusal == nil)
            #expect(unpacked.bytes == content)
        }
    }

    @Test("the magic bytes alone tell the packing")
    func magic() {
        func packing(_ bytes: [UInt8]) -> Unpacking.Packing { bytes.withUnsafeBufferPointer(Unpacking.packing) }
        #expect(packing([0x1F, 0x8B]) == .gzip)
        #expect(packing([0x1F]) == .none)
        #expect(packing([0x28, 0xB5, 0x2F, 0xFD]) == .zstd)
        #expect(packing([0x28, 0xB5, 0x2F]) == .none)
        #expect(packing([]) == .none)
        #expect(packing(Array("{}".utf8)) == .none)
        #expect(unpack(Array("{}".utf8)).bytes == Array("{}".utf8))
        #expect(unpack([0x1F, 0x8B]).refusal == "bad-compression")
        #expect(unpack([0x28, 0xB5, 0x2F, 0xFD]).refusal == "bad-compression")
    }

    @Test("anything behind the member or frame is bad-compression, a second one too", arguments: Packer.allCases)
    func trailing(packer: Packer) {
        let packed = packer.pack(Self.noise(1000))
        #expect(unpack(packed + [0]).refusal == "bad-compression")
        #expect(unpack(packed + Array("\n".utf8)).refusal == "bad-compression")
        #expect(unpack(packed + packed).refusal == "bad-compression")
        #expect(unpack(packed + packer.pack([])).refusal == "bad-compression")
    }

    @Test("a payload cut anywhere is bad-compression", arguments: Packer.allCases)
    func truncated(packer: Packer) {
        let packed = packer.pack(Self.noise(2000))
        for count in Array(4..<20) + [packed.count / 2] + Array(packed.count - 9..<packed.count) {
            #expect(unpack(Array(packed.prefix(count))).refusal == "bad-compression", "\(count) of \(packed.count)")
        }
    }

    @Test("a wrong checksum is bad-compression", arguments: Packer.allCases.filter(\.hasChecksum))
    func checksum(packer: Packer) {
        var packed = packer.pack(Self.noise(2000))
        // The last bytes are zstd's checksum; gzip has four bytes of length behind its own.
        let place = packed.count - (packer == .gzip ? 5 : 1)
        packed[place] ^= 1
        #expect(unpack(packed).refusal == "bad-compression")
        packed[place] ^= 1
        #expect(unpack(packed).refusal == nil)
        if packer == .gzip {
            packed[packed.count - 1] ^= 1
            #expect(unpack(packed).refusal == "bad-compression")
        }
    }

    @Test("decompression stops one byte beyond the limit: a bomb is too-large", arguments: Packer.allCases)
    func bomb(packer: Packer) {
        for count in [Self.limit + 1, 7 * Self.limit] {
            let packed = packer.pack([UInt8](repeating: 32, count: count))
            #expect(packed.count < 10_000)
            let unpacked = unpack(packed)
            #expect(unpacked.refusal == "too-large")
            #expect(unpacked.bytes == [UInt8](repeating: 32, count: Self.limit))
        }
    }

    @Test("a bomb with a broken end is too-large: nobody looks there")
    func brokenBomb() {
        var packed = Squeezing.gzip([UInt8](repeating: 32, count: 3 * Self.limit))
        packed[packed.count - 6] ^= 1
        #expect(unpack(packed).refusal == "too-large")
    }

    @Test("a zstd window up to 8 MiB is read, a larger one is bad-compression")
    func window() {
        let content = Self.noise(Self.limit)
        let atLimit = Squeezing.zstd(content, windowLog: 23, isStreamed: true)
        #expect(unpack(atLimit).bytes == content)
        #expect(unpack(Squeezing.zstd(content, windowLog: 24, isStreamed: true)).refusal == "bad-compression")
        #expect(unpack(Squeezing.zstd(content, windowLog: 27, isStreamed: true)).refusal == "bad-compression")
    }

    @Test("a larger window is bad-compression however little there is in it", arguments: [true, false])
    func windowOfSmallFrame(namesSize: Bool) {
        let content = Self.noise(1000)
        let atLimit = unpack(Squeezing.rawFrame(content, windowLog: 23, namesSize: namesSize))
        #expect(atLimit.refusal == nil)
        #expect(atLimit.bytes == content)
        for windowLog in [24, 27, 31] as [UInt8] {
            let frame = Squeezing.rawFrame(content, windowLog: windowLog, namesSize: namesSize)
            #expect(unpack(frame).refusal == "bad-compression", "window of 2^\(windowLog)")
        }
    }

    @Test("only one layer is taken off: what is inside another is no UTF-8", arguments: Packer.allCases)
    func layers(packer: Packer) {
        let inner = packer.pack(Array(EventText("device.tested").json.utf8))
        let unpacked = unpack(packer.pack(inner))
        #expect(unpacked.refusal == nil)
        #expect(unpacked.bytes == inner)
        #expect(Decoding.refusal(unpacked.bytes) == "not-utf8")
    }

    @Test("no flipped bit is ever taken for something else", arguments: [1, 2, 3, 4] as [UInt64])
    func flipped(seed: UInt64) {
        var random = Seeded(seed: seed)
        let content = Self.noise(800)
        for packer in [Packer.gzip, .zstd, .zstdStreamed] {
            let packed = packer.pack(content)
            for _ in 0..<200 {
                var broken = packed
                // The magic stays; gzip's flags, time and system (bytes 3 to 9) mean nothing to us.
                let place = Int.random(in: (packer == .gzip ? 10 : 4)..<packed.count, using: &random)
                broken[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                let unpacked = unpack(broken)
                #expect(unpacked.refusal != nil || unpacked.bytes == content)
            }
        }
    }
}
