package import Telemetry

/// Gives byte strings small numbers, 0, 1, 2 …, in the order they come; each belongs to a scope (a municipality,
/// a source). Compared byte for byte, so two strings never share a number.
///
/// Expected O(length) to find and to add; about 50 bytes a string, and its own if it is longer than 16.
package struct TextTable {
    private let hasher: TextHasher
    /// Of the texts that are too long for their entries.
    private var bytes: ContiguousArray<UInt8> = []
    private var entries: ContiguousArray<Entry> = []
    /// Open addressing with linear probing: 0 is free, otherwise the hash's upper half and the entry's number + 1, so
    /// that a text that is not there is denied without a look at any entry.
    private var slots = LargeTable.zeros(64)

    private struct Entry {
        /// The text, filled up with zeros; of one that is longer the place of its first byte.
        var content: ShortText
        let scope: UInt32
        /// The lower half of the hash, which says where it belongs.
        let hash: UInt32
        let length: UInt16

        var isLong: Bool { length > ShortText.bytesMax }
    }

    package init(hasher: TextHasher) { self.hasher = hasher }

    package var count: Int { entries.count }

    package func find(_ text: Text, scope: UInt32 = 0) -> Int? {
        find(text, scope: scope, hash: hasher.hash(text, scope: UInt64(scope)))
    }

    /// The same with a hash that the caller has: of the text and, one to one, its scope; always the same for both.
    @inline(__always)
    func find(_ text: Text, scope: UInt32, hash: UInt64) -> Int? {
        let slot = slot(of: text, scope: scope, hash: hash)
        let entry = slots.withUnsafeBufferPointer { $0[slot] }
        return entry == 0 ? nil : TextTable.number(entry)
    }

    /// The string's number, and whether it is new.
    package mutating func intern(_ text: Text, scope: UInt32 = 0) -> (number: Int, isNew: Bool) {
        intern(text, scope: scope, hash: hasher.hash(text, scope: UInt64(scope)))
    }

    @inline(__always)
    mutating func intern(_ text: Text, scope: UInt32, hash: UInt64) -> (number: Int, isNew: Bool) {
        let slot = slot(of: text, scope: scope, hash: hash)
        let found = slots.withUnsafeBufferPointer { $0[slot] }
        return found != 0 ? (TextTable.number(found), false) : (add(text, scope: scope, hash: hash, at: slot), true)
    }

    private mutating func add(_ text: Text, scope: UInt32, hash: UInt64, at slot: Int) -> Int {
        precondition(text.count <= Int(UInt16.max), "texts of a table are short")
        let isLong = text.count > ShortText.bytesMax
        entries.append(
            Entry(
                content: isLong ? ShortText(place: bytes.count) : ShortText(text),
                scope: scope,
                hash: UInt32(truncatingIfNeeded: hash),
                length: UInt16(text.count)
            )
        )
        if isLong { bytes.append(contentsOf: text.buffer) }
        slots[slot] = (hash & ~0xFFFF_FFFF) | UInt64(entries.count)
        if entries.count * 2 > slots.count { grow() }
        return entries.count - 1
    }

    /// The hash that a text has in a scope.
    @inline(__always)
    func hash(_ text: Text, scope: UInt32) -> UInt64 { hasher.hash(text, scope: UInt64(scope)) }

    /// Brings the place of a hash near, before it is asked for.
    @inline(__always)
    func prefetch(_ hash: UInt64) {
        slots.withUnsafeBufferPointer { slots in
            if let start = slots.baseAddress { LargeTable.prefetch(start + (Int(truncatingIfNeeded: hash) & (slots.count - 1))) }
        }
    }

    /// The number of the text that a hash probably leads to; only to bring near what belongs to it.
    @inline(__always)
    func likelyNumber(_ hash: UInt64) -> Int? {
        let slot = slots.withUnsafeBufferPointer { $0[Int(truncatingIfNeeded: hash) & ($0.count - 1)] }
        return slot != 0 && slot >> 32 == hash >> 32 ? TextTable.number(slot) : nil
    }

    /// Brings the entry of a text near.
    @inline(__always)
    func prefetchEntry(_ number: Int) {
        entries.withUnsafeBufferPointer { entries in
            guard let start = entries.baseAddress else { return }
            LargeTable.prefetch(UnsafeRawPointer(start + number).assumingMemoryBound(to: UInt64.self))
        }
    }

    private static func number(_ slot: UInt64) -> Int { Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) - 1 }

    package func scope(of number: Int) -> UInt32 { entries[number].scope }

    package func string(_ number: Int) -> String { withText(number) { $0.string } }

    package func withText<Result>(_ number: Int, _ body: (Text) -> Result) -> Result {
        let length = Int(entries[number].length)
        if !entries[number].isLong {
            return withUnsafeBytes(of: entries[number].content) { content in
                content.withMemoryRebound(to: UInt8.self) { body(Text(UnsafeBufferPointer(rebasing: $0[..<length]))) }
            }
        }
        let start = entries[number].content.place
        return bytes.withUnsafeBufferPointer { body(Text(UnsafeBufferPointer(rebasing: $0[start..<start + length]))) }
    }

    /// Bytewise order of two strings of the table.
    package func isLess(_ left: Int, _ right: Int) -> Bool {
        withText(left) { left in withText(right) { left < $0 } }
    }

    /// The slot that holds the text, or the free one where it would go.
    @inline(__always)
    private func slot(of text: Text, scope: UInt32, hash: UInt64) -> Int {
        slots.withUnsafeBufferPointer { slots in
            let mask = slots.count - 1
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 {
                if slots[slot] >> 32 == hash >> 32, isEntry(TextTable.number(slots[slot]), text, scope) { return slot }
                slot = (slot + 1) & mask
            }
            return slot
        }
    }

    @inline(__always)
    private func isEntry(_ number: Int, _ text: Text, _ scope: UInt32) -> Bool {
        entries.withUnsafeBufferPointer { entries in
            let entry = entries[number]
            guard entry.scope == scope, Int(entry.length) == text.count else { return false }
            return entry.isLong ? isLongText(entry.content.place, text) : entry.content == ShortText(text)
        }
    }

    private func isLongText(_ place: Int, _ text: Text) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { Text(start: $0 + place, count: text.count) == text } ?? true
        }
    }

    private mutating func grow() {
        let old = slots
        slots = LargeTable.zeros(LargeTable.grown(old.count))
        let mask = slots.count - 1
        for entry in old where entry != 0 {
            var slot = Int(entries[TextTable.number(entry)].hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = entry
        }
    }
}
