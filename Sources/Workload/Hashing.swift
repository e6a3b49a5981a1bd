package import Telemetry

/// Keyed 64-bit hashes of short byte strings, by folded 128-bit products (as in wyhash, Wang Yi 2019).
///
/// The key belongs to the journal, so that the same journal gives the same hashes and a sender cannot aim at
/// another's.
package struct TextHasher: Sendable {
    package let key: UInt64

    package init(key: UInt64) { self.key = key }

    /// O(length).
    @inline(__always)
    package func hash(_ text: Text, scope: UInt64) -> UInt64 {
        var state = TextHasher.fold(key ^ scope, 0x9E37_79B9_7F4A_7C15)
        let start = UnsafeRawPointer(text.start)
        var offset = 0
        while offset + 8 <= text.count {
            state = TextHasher.fold(state ^ start.loadUnaligned(fromByteOffset: offset, as: UInt64.self), 0xD6E8_FEB8_6659_FD93)
            offset += 8
        }
        var tail: UInt64 = 0
        var shift: UInt64 = 0
        while offset < text.count {
            tail |= UInt64(text.start[offset]) &<< shift
            shift &+= 8
            offset += 1
        }
        state = TextHasher.fold(state ^ tail, 0xA076_1D64_78BD_642F)
        return TextHasher.fold(state ^ UInt64(text.count) ^ key, 0xE703_7ED1_A0B4_28DB)
    }

    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
