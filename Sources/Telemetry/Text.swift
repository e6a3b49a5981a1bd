import CSimdjson

/// Bytes of a string that someone else owns: compared bytewise, as CONTRACT 2 asks, never normalised.
///
/// Valid only as long as its owner says; copy (`string`, `bytes`) what must live longer.
public struct Text: @unchecked Sendable {
    // Unchecked: events are Sendable values and hold texts, but the pointer crosses no thread: a decoder and its texts
    // stay on the thread that owns them, and what goes on is copied.
    public let start: UnsafePointer<UInt8>
    public let count: Int

    public init(start: UnsafePointer<UInt8>, count: Int) {
        self.start = start
        self.count = count
    }

    @inlinable
    public init(_ buffer: UnsafeBufferPointer<UInt8>) {
        self.init(start: buffer.baseAddress ?? Text.empty.start, count: buffer.count)
    }

    public static let empty = Text(start: UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 1)), count: 0)

    public var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    public var string: String { String(decoding: buffer, as: UTF8.self) }
    public var bytes: [UInt8] { Array(buffer) }

    public func isEqual(to word: StaticString) -> Bool {
        count == word.utf8CodeUnitCount && Text.same(start, word.utf8Start, count)
    }

    /// Unicode scalars in valid UTF-8: every byte that is no continuation starts one.
    public var scalarCount: Int { buffer.count { $0 & 0xC0 != 0x80 } }

    /// U+0000–1F and U+007F–9F, as UTF-8.
    public var hasControlCharacters: Bool {
        guard vl_may_have_control(start, count) else { return false }
        for index in 0..<count {
            let byte = start[index]
            if byte < 0x20 || byte == 0x7F { return true }
            if byte == 0xC2, index + 1 < count, start[index + 1] < 0xA0 { return true }
        }
        return false
    }

    @inlinable
    public static func == (left: Text, right: Text) -> Bool {
        left.count == right.count && same(left.start, right.start, left.count)
    }

    /// Bytewise order: the first different byte decides, then the length.
    public static func < (left: Text, right: Text) -> Bool {
        let shared = min(left.count, right.count)
        for index in 0..<shared where left.start[index] != right.start[index] {
            return left.start[index] < right.start[index]
        }
        return left.count < right.count
    }

    /// Eight bytes at a time; the last eight may overlap the ones before.
    @inlinable
    static func same(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count >= 8 else {
            for index in 0..<count where left[index] != right[index] { return false }
            return true
        }
        let left = UnsafeRawPointer(left)
        let right = UnsafeRawPointer(right)
        var offset = 0
        while offset + 8 < count {
            if left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                != right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            {
                return false
            }
            offset += 8
        }
        return left.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            == right.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    }
}

extension String {
    /// Lends the string's UTF-8 as a `Text` for the length of the call.
    public func withText<Result>(_ body: (Text) throws -> Result) rethrows -> Result {
        var copy = self
        return try copy.withUTF8 { try body(Text($0)) }
    }
}
