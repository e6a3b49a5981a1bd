/// Reads the times of a message: nearly all are written `2026-10-05T05:41:12.482Z` and are of the same day.
///
/// A fast path before `Timestamp.parse`, which reads everything else and each new day. O(1).
struct TimestampReader {
    // `2026-10-` and `05` of the day that was read last, and its first instant.
    // No UTF-8 has a byte FF, so at first no text is of that day.
    private var dateHead = UInt64.max
    private var dateTail = UInt16.max
    private var dayStart: EventTime = 0

    mutating func parse(_ text: Text) -> EventTime? {
        guard text.count == 24 || text.count == 20 else { return Timestamp.parse(text) }
        let start = text.start
        let hour = TimestampReader.pair(start + 11)
        let minute = TimestampReader.pair(start + 14)
        let second = TimestampReader.pair(start + 17)
        var milliseconds: Int64 = 0
        if text.count == 24 {
            let last = Int64(start[22] &- 0x30)
            milliseconds = TimestampReader.pair(start + 20) * 10 + (last < 10 ? last : TimestampReader.noPair)
            guard start[19] == UInt8(ascii: ".") else { return Timestamp.parse(text) }
        }
        // What is no pair of digits is beyond each limit. Second 60 is for the slow way.
        guard start[10] == UInt8(ascii: "T"), start[13] == UInt8(ascii: ":"), start[16] == UInt8(ascii: ":"),
            start[text.count - 1] == UInt8(ascii: "Z"), hour < 24, minute < 60, second < 60, milliseconds < 1000
        else { return Timestamp.parse(text) }
        let timeOfDay = ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds
        let raw = UnsafeRawPointer(start)
        let head = raw.loadUnaligned(as: UInt64.self)
        let tail = raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
        if head == dateHead, tail == dateTail { return dayStart + timeOfDay }
        guard let time = Timestamp.parse(text) else { return nil }
        (dateHead, dateTail, dayStart) = (head, tail, time - timeOfDay)
        return time
    }

    private static let noPair: Int64 = 1000

    /// Two digits' value; `noPair` for anything else.
    @inline(__always)
    private static func pair(_ start: UnsafePointer<UInt8>) -> Int64 {
        let tens = start[0] &- 0x30
        let ones = start[1] &- 0x30
        return tens < 10 && ones < 10 ? Int64(tens) * 10 + Int64(ones) : noPair
    }
}
