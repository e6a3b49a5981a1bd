import Telemetry

/// Sixteen bytes as two numbers, the first byte lowest.
struct ShortText: Equatable {
    var low: UInt64 = 0
    var high: UInt64 = 0

    static let bytesMax = 16

    @inline(__always)
    init(_ text: Text) {
        let start = UnsafeRawPointer(text.start)
        switch text.count {
        case 8...16:
            low = start.loadUnaligned(as: UInt64.self)
            // The last eight bytes without those that `low` has.
            if text.count > 8 {
                high = start.loadUnaligned(fromByteOffset: text.count - 8, as: UInt64.self) &>> UInt64((16 - text.count) * 8)
            }
        case 4..<8:
            let first = UInt64(start.loadUnaligned(as: UInt32.self))
            let last = UInt64(start.loadUnaligned(fromByteOffset: text.count - 4, as: UInt32.self))
            low = first | last &<< UInt64((text.count - 4) * 8)
        default:
            for index in 0..<text.count { low |= UInt64(text.start[index]) &<< UInt64(index * 8) }
        }
    }

    init(place: Int) { low = UInt64(place) }

    var place: Int { Int(low) }
}
