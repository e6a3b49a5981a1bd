package import Telemetry

/// The ids of recent events that are no alarm's (CONTRACT 5): 64-bit hashes, remembered for 72 hours of receive
/// time or as the newest `countMax`, whichever is shorter.
///
/// Ids are grouped in generations by receive time, at most an hour or 1/64 of the limit each; the oldest goes as
/// a whole. One open-addressing table holds 56 bits of the hash and 8 of the generation. What has expired is swept out
/// in place, a part of the table with each new generation, so the memory is flat once the limit is reached.
package struct SeenIDs {
    private static let generationMilliseconds = TimeRule.hourMilliseconds
    package static let windowMilliseconds: Int64 = 72 * TimeRule.hourMilliseconds
    package static let countMaxDefault = 20_000_000
    /// Hashes of one stored row; a row never spans two generations.
    package static let chunkCountMax = 16_384

    package struct Chunk: Equatable, Sendable {
        package var number: Int64
        /// Receive time of the first id of its generation.
        package var generationStart: EventTime
        package var hashes: [UInt64]

        package init(number: Int64, generationStart: EventTime, hashes: [UInt64]) {
            self.number = number
            self.generationStart = generationStart
            self.hashes = hashes
        }
    }

    private struct Generation {
        var start: EventTime
        var count = 0
        var firstChunk: Int64
    }

    private let countMax: Int
    private let generationCountMax: Int
    private var slots = LargeTable.zeros(1024)
    /// Slots that are not free, expired entries included.
    private var used = 0
    /// Where the next sweep goes on.
    private var sweepPosition = 0
    private var generations: [Generation] = []
    /// Number of `generations[0]`; a table entry holds it modulo 255, plus 1 (0 is a free slot).
    private var firstGeneration = 0
    private var liveCount = 0
    /// Of the last generation: when it is over by time, and how many ids it takes; none before the first.
    private var lastEnd = EventTime.min
    private var lastRoom = 0
    /// What entries of the last generation bear.
    private var currentTag: UInt64 = 0
    /// Whether the limit on the count, not time, has ever ended a generation.
    package private(set) var hasDroppedForCount = false

    // What the store has yet to write.
    private var openChunk = Chunk(number: 0, generationStart: 0, hashes: [])
    private var filledChunks: [Chunk] = []
    private var openIsDirty = false
    private var keepFrom: Int64?

    package init(countMax: Int = SeenIDs.countMaxDefault, hasDroppedForCount: Bool = false) {
        self.hasDroppedForCount = hasDroppedForCount
        precondition(countMax >= 64, "the memory of ids needs room for 64")
        self.countMax = countMax
        generationCountMax = countMax / 64
    }

    package var count: Int { liveCount }

    /// Before this instant nothing is remembered, seen from a receive time.
    package func horizon(at received: EventTime) -> EventTime {
        let byTime = received - SeenIDs.windowMilliseconds
        guard hasDroppedForCount, let oldest = generations.first else { return byTime }
        return max(byTime, oldest.start)
    }

    package func contains(_ hash: UInt64) -> Bool { probe(hash).isSeen }

    /// Whether a hash is remembered, and the slot that holds it or is free for it.
    @inline(__always)
    func probe(_ hash: UInt64) -> (isSeen: Bool, slot: Int) {
        slots.withUnsafeBufferPointer { slots in
            let mask = slots.count - 1
            var slot = SeenIDs.home(hash) & mask
            while slots[slot] != 0 {
                if slots[slot] >> 8 == hash >> 8, isLive(slots[slot]) { return (true, slot) }
                slot = (slot + 1) & mask
            }
            return (false, slot)
        }
    }

    /// Brings the place of a hash near, before it is asked for: the table is larger than every cache.
    @inline(__always)
    func prefetch(_ hash: UInt64) {
        slots.withUnsafeBufferPointer { slots in
            guard let start = slots.baseAddress else { return }
            let home = start + (SeenIDs.home(hash) & (slots.count - 1))
            LargeTable.prefetch(home)
            // A search of a full table often goes on in the next 64 bytes; fetching behind the end does no harm.
            LargeTable.prefetch(home + 4)
        }
    }

    /// Remembers a hash that `contains` denied.
    package mutating func insert(_ hash: UInt64, received: EventTime) {
        insert(hash, received: received, at: probe(hash).slot)
    }

    /// The same with the slot that `probe` has just named.
    @inline(__always)
    mutating func insert(_ hash: UInt64, received: EventTime, at slot: Int) {
        var slot = slot
        if needsGeneration(at: received) || used * 4 > slots.count * 3 {
            openGeneration(at: received)
            if used * 4 > slots.count * 3 { makeRoom() }
            // Both move entries.
            slot = probe(hash).slot
        }
        let entry = (hash & ~0xFF) | currentTag
        slots.withUnsafeMutableBufferPointer { $0[slot] = entry }
        countInserted()
        if openChunk.hashes.count == SeenIDs.chunkCountMax { closeChunk() }
        openChunk.hashes.append(hash)
        openIsDirty = true
    }

    @inline(__always)
    private mutating func countInserted() {
        used += 1
        liveCount += 1
        lastRoom -= 1
    }

    // MARK: - Generations

    @inline(__always)
    private func needsGeneration(at received: EventTime) -> Bool {
        // Two generations never begin at the same instant: their rows are told apart by it.
        received >= lastEnd || (lastRoom <= 0 && received > lastEnd - SeenIDs.generationMilliseconds)
    }

    private mutating func openGeneration(at received: EventTime) {
        guard needsGeneration(at: received) else { return }
        expire(at: received)
        if !openChunk.hashes.isEmpty { closeChunk() }
        openChunk.generationStart = received
        append(Generation(start: received, firstChunk: openChunk.number))
        while generations.count > 1, liveCount > countMax {
            hasDroppedForCount = true
            dropOldest()
        }
        // Expired entries must be gone before their 8 bits come to mean another generation.
        precondition(generations.count < 150, "72 hours and 64 parts never make more generations")
        sweep(slots.count / SeenIDs.sweepParts)
    }

    /// Forgets the generations that are wholly older than the window; call before asking at a later receive time.
    package mutating func expire(at received: EventTime) {
        while let oldest = generations.first,
            oldest.start + TimeRule.hourMilliseconds <= received - SeenIDs.windowMilliseconds
        {
            dropOldest()
        }
    }

    private mutating func dropOldest() {
        settleLast()
        liveCount -= generations.removeFirst().count
        firstGeneration += 1
        if generations.isEmpty { lastEnd = .min }
        keepFrom = generations.first?.firstChunk ?? openChunk.number + 1
    }

    /// Notes the count of the last generation where it is kept.
    private mutating func settleLast() {
        if !generations.isEmpty { generations[generations.count - 1].count = generationCountMax - lastRoom }
    }

    private mutating func append(_ generation: Generation) {
        settleLast()
        generations.append(generation)
        lastEnd = generation.start + SeenIDs.generationMilliseconds
        lastRoom = generationCountMax
        currentTag = UInt64((firstGeneration + generations.count - 1) % 255) + 1
    }

    @inline(__always)
    private func isLive(_ entry: UInt64) -> Bool {
        SeenIDs.isLive(entry, firstTag: firstGeneration % 255, count: generations.count)
    }

    /// Whether an entry's generation is one of `count` from the first on.
    @inline(__always)
    private static func isLive(_ entry: UInt64, firstTag: Int, count: Int) -> Bool {
        let place = Int(entry & 0xFF) - 1 - firstTag
        return (place < 0 ? place + 255 : place) < count
    }

    // MARK: - The table

    /// Generations in which the whole table is swept once. Far fewer than the hundred after which an expired entry
    /// could be taken for a new one.
    private static let sweepParts = 16

    /// An entry lacks the low byte of its hash, so the bits above say where it belongs.
    @inline(__always)
    private static func home(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 8) }

    /// Sweeps the table; where what lives fills more than two thirds of it, makes it larger.
    private mutating func makeRoom() {
        if used > liveCount { sweep(slots.count) }
        guard liveCount * 3 > slots.count * 2 else { return }
        let old = slots
        slots = LargeTable.zeros(LargeTable.grown(old.count))
        used = 0
        sweepPosition = 0
        let mask = slots.count - 1
        for entry in old where entry != 0 {
            var slot = SeenIDs.home(entry) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = entry
            used += 1
        }
    }

    /// Takes expired entries out of at least `count` slots, going on where the last sweep ended.
    ///
    /// From a free slot to a free slot, in the order of probing: behind the first that was taken out each live entry moves
    /// up to the first free slot from its home, so it can be found at every moment between two sweeps. O(`count`).
    private mutating func sweep(_ count: Int) {
        guard used > liveCount else { return }
        let (firstTag, generationCount, start) = (firstGeneration % 255, generations.count, sweepPosition)
        let (end, removed) = slots.withUnsafeMutableBufferPointer { slots in
            let mask = slots.count - 1
            var position = start & mask
            while slots[position] != 0 { position = (position - 1) & mask }
            var swept = 0
            var removed = 0
            var hasGap = false
            while true {
                position = (position + 1) & mask
                swept += 1
                let entry = slots[position]
                if entry == 0 {
                    if swept >= count { return (position, removed) }
                    hasGap = false
                    continue
                }
                guard SeenIDs.isLive(entry, firstTag: firstTag, count: generationCount) else {
                    slots[position] = 0
                    removed += 1
                    hasGap = true
                    continue
                }
                guard hasGap else { continue }
                slots[position] = 0
                var slot = SeenIDs.home(entry) & mask
                while slots[slot] != 0 { slot = (slot + 1) & mask }
                slots[slot] = entry
            }
        }
        sweepPosition = end
        used -= removed
    }

    private mutating func closeChunk() {
        if openIsDirty { filledChunks.append(openChunk) }
        openIsDirty = false
        openChunk = Chunk(number: openChunk.number + 1, generationStart: openChunk.generationStart, hashes: [])
    }

    // MARK: - Rows

    /// The rows that are new or longer since the last call, and the first chunk number that is still needed.
    package mutating func takeChanges() -> (chunks: [Chunk], keepFrom: Int64?) {
        var chunks = filledChunks
        if openIsDirty { chunks.append(openChunk) }
        defer {
            filledChunks = []
            openIsDirty = false
            keepFrom = nil
        }
        return (chunks, keepFrom)
    }

    /// Makes room for so many before they are restored, so that the table need not grow on the way.
    package mutating func reserve(_ count: Int) {
        var size = slots.count
        while count * 4 > size * 3 { size = LargeTable.grown(size) }
        if used == 0, size > slots.count { slots = LargeTable.zeros(size) }
    }

    /// Places that are fetched while others are filled.
    private static let restoredAhead = 8

    /// Puts stored rows back, in their order.
    package mutating func restore(_ chunk: Chunk) {
        if generations.last?.start != chunk.generationStart {
            append(Generation(start: chunk.generationStart, firstChunk: chunk.number))
        }
        for (place, hash) in chunk.hashes.enumerated() {
            if place + SeenIDs.restoredAhead < chunk.hashes.count { prefetch(chunk.hashes[place + SeenIDs.restoredAhead]) }
            if used * 4 > slots.count * 3 { makeRoom() }
            slots[probe(hash).slot] = (hash & ~0xFF) | currentTag
            countInserted()
        }
        openChunk = chunk
    }
}
