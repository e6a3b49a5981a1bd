package import Telemetry

/// Gives byte strings small numbers, 0, 1, 2 …, in the order they come; each belongs to a scope (a municipality,
/// a source). Compared byte for byte, so two strings never share a number.
///
/// Expected O(length) to find and to add; 17 bytes a string besides its own.
package struct TextTable {
    private let hasher: TextHasher
    private var bytes: ContiguousArray<UInt8> = []
    private var entries: ContiguousArray<Entry> = []
    /// Open addressing with linear probing: 0 is free, otherwise the entry's number + 1.
    private var slots: ContiguousArray<UInt32> = .init(repeating: 0, count: 64)

    private struct Entry {
        var start: Int
        var length: UInt32
        var scope: UInt32
        var hash: UInt32
    }

    package init(hasher: TextHasher) { self.hasher = hasher }

    package var count: Int { entries.count }

    package func find(_ text: Text, scope: UInt32 = 0) -> Int? {
        let hash = hasher.hash(text, scope: UInt64(scope))
        let number = slots[slot(of: text, scope: scope, hash: hash)]
        return number == 0 ? nil : Int(number) - 1
    }

    /// The string's number, and whether it is new.
    package mutating func intern(_ text: Text, scope: UInt32 = 0) -> (number: Int, isNew: Bool) {
        let hash = hasher.hash(text, scope: UInt64(scope))
        let slot = slot(of: text, scope: scope, hash: hash)
        let number = slots[slot]
        if number != 0 { return (Int(number) - 1, false) }
        entries.append(
            Entry(start: bytes.count, length: UInt32(text.count), scope: scope, hash: UInt32(truncatingIfNeeded: hash))
        )
        bytes.append(contentsOf: text.buffer)
        slots[slot] = UInt32(entries.count)
        if entries.count * 10 > slots.count * 7 { grow() }
        return (entries.count - 1, true)
    }

    package func scope(of number: Int) -> UInt32 { entries[number].scope }

    package func string(_ number: Int) -> String { withText(number) { $0.string } }

    package func withText<Result>(_ number: Int, _ body: (Text) -> Result) -> Result {
        let entry = entries[number]
        return bytes.withUnsafeBufferPointer { buffer in
            body(Text(UnsafeBufferPointer(rebasing: buffer[entry.start..<entry.start + Int(entry.length)])))
        }
    }

    /// Bytewise order of two strings of the table.
    package func isLess(_ left: Int, _ right: Int) -> Bool {
        withText(left) { left in withText(right) { left < $0 } }
    }

    private func slot(of text: Text, scope: UInt32, hash: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash >> 32) & mask
        return bytes.withUnsafeBufferPointer { buffer in
            while true {
                let number = slots[slot]
                if number == 0 { return slot }
                let entry = entries[Int(number) - 1]
                if entry.hash == UInt32(truncatingIfNeeded: hash), entry.scope == scope, Int(entry.length) == text.count,
                    Text(UnsafeBufferPointer(rebasing: buffer[entry.start..<entry.start + text.count])) == text
                {
                    return slot
                }
                slot = (slot + 1) & mask
            }
        }
    }

    private mutating func grow() {
        slots = .init(repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for number in entries.indices {
            let entry = entries[number]
            let hash = withText(number) { hasher.hash($0, scope: UInt64(entry.scope)) }
            var slot = Int(truncatingIfNeeded: hash >> 32) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(number + 1)
        }
    }
}
