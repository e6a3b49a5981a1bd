import Foundation
import Telemetry
import Workload

/// Compact bytes for the views: figures are mostly zero, ids mostly short.
struct Packer {
    var bytes: [UInt8] = []

    mutating func varint(_ value: Int64) {
        // Zigzag, then seven bits a byte, the lowest first.
        var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func text(_ text: String) {
        varint(Int64(text.utf8.count))
        bytes += text.utf8
    }
}

struct Unpacker {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// Reads from bytes that live as long as the unpacker.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }

    mutating func varint() -> Int64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) &<< shift
            if byte < 0x80 { break }
            shift += 7
        }
        return Int64(bitPattern: (value >> 1) ^ (0 &- (value & 1)))
    }

    mutating func text() -> String {
        let count = max(0, min(Int(varint()), bytes.count - position))
        defer { position += count }
        return String(decoding: bytes[position..<position + count], as: UTF8.self)
    }
}

extension Measures {
    /// A mask of the figures that are not zero, then those.
    var packed: Data {
        var packer = Packer()
        let values = figures
        var mask: Int64 = 0
        for index in values.indices where values[index] != 0 { mask |= 1 << Int64(index) }
        packer.varint(mask)
        for index in values.indices where values[index] != 0 { packer.varint(values[index]) }
        return Data(packer.bytes)
    }

    /// A bit for each figure that is not zero, by its place in `figures`.
    static func places(packed bytes: UnsafeRawBufferPointer) -> Int64 {
        var unpacker = Unpacker(bytes)
        return unpacker.varint()
    }

    /// The bits of what a quiet cell may hold.
    static let quiet: Int64 = quietPlaces.reduce(0) { $0 | 1 << Int64($1) }

    init(packed data: Data) { self = data.withUnsafeBytes { Measures(packed: $0) } }

    init(packed bytes: UnsafeRawBufferPointer) {
        self.init()
        var unpacker = Unpacker(bytes)
        var mask = unpacker.varint()
        var values = figures
        while mask != 0, mask.trailingZeroBitCount < values.count {
            values[mask.trailingZeroBitCount] = unpacker.varint()
            mask &= mask - 1
        }
        figures = values
    }
}

extension SequenceSet {
    /// Lengths of gaps and ranges in turn.
    var packed: Data {
        var packer = Packer()
        var last: Int64 = 0
        for range in ranges {
            packer.varint(range.lowerBound - last)
            packer.varint(range.upperBound - range.lowerBound)
            last = range.upperBound
        }
        return Data(packer.bytes)
    }

    init(packed data: Data) {
        var ranges: [ClosedRange<Int64>] = []
        data.withUnsafeBytes { bytes in
            var unpacker = Unpacker(bytes)
            var last: Int64 = 0
            while !unpacker.isAtEnd {
                let first = last + unpacker.varint()
                last = first + unpacker.varint()
                ranges.append(first...last)
            }
        }
        self.init(ranges: ranges)
    }
}

extension AlarmRecord.StepRecord {
    static func pack(_ steps: [AlarmRecord.StepRecord]) -> Data {
        var packer = Packer()
        for step in steps {
            packer.varint(Int64(step.step.rawValue))
            packer.varint(step.t)
            packer.varint(step.flag.map { Int64($0.rawValue) + 1 } ?? 0)
            packer.varint(step.late ? 1 : 0)
            packer.text(step.id)
        }
        return Data(packer.bytes)
    }

    static func unpack(_ data: Data) -> [AlarmRecord.StepRecord] { data.withUnsafeBytes { unpack($0) } }

    static func unpack(_ bytes: UnsafeRawBufferPointer) -> [AlarmRecord.StepRecord] {
        var unpacker = Unpacker(bytes)
        var steps: [AlarmRecord.StepRecord] = []
        steps.reserveCapacity(Step.allCases.count)
        while !unpacker.isAtEnd, let step = Step(rawValue: Int(unpacker.varint())) {
            let t = unpacker.varint()
            let flag = unpacker.varint()
            let late = unpacker.varint() == 1
            steps.append(
                .init(
                    step: step,
                    t: t,
                    id: unpacker.text(),
                    flag: flag == 0 ? nil : ClockFlag(rawValue: UInt8(flag - 1)),
                    late: late
                )
            )
        }
        return steps
    }
}
