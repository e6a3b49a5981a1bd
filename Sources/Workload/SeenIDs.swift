package import Telemetry

/// The ids of recent events that are no alarm's (CONTRACT 5): 64-bit hashes, remembered for 72 hours of receive
/// time or as the newest `countMax`, whichever is shorter.
///
/// Ids are grouped in generations by receive time, at most an hour or 1/64 of the limit each; the oldest goes as
/// a whole. One open-addressing table holds 56 bits of the hash and 8 of the generation; what has expired leaves
/// it when it is next made anew, at three quarters full.
package struct SeenIDs {
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
    private var slots: ContiguousArray<UInt64> = .init(repeating: 0, count: 1024)
    private var used = 0
    private var generations: [Generation] = []
    /// Number of `generations[0]`; a table entry holds it modulo 255, plus 1 (0 is a free slot).
    private var firstGeneration = 0
    private var liveCount = 0
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
    }

    package var count: Int { liveCount }

    /// Before this instant nothing is remembered, seen from a receive time.
    package func horizon(at received: EventTime) -> EventTime {
        let byTime = received - SeenIDs.windowMilliseconds
        guard hasDroppedForCount, let oldest = generations.first else { return byTime }
        return max(byTime, oldest.start)
    }

    package func contains(_ hash: UInt64) -> Bool {
        let mask = slots.count - 1
        var slot = home(hash) & mask
        while slots[slot] != 0 {
            if slots[slot] >> 8 == hash >> 8, isLive(slots[slot]) { return true }
            slot = (slot + 1) & mask
        }
        return false
    }

    /// Remembers a hash that `contains` denied.
    package mutating func insert(_ hash: UInt64, received: EventTime) {
        openGeneration(at: received)
        place(hash)
        if openChunk.hashes.count == SeenIDs.chunkCountMax { closeChunk() }
        openChunk.hashes.append(hash)
        openIsDirty = true
    }

    // MARK: - Generations

    private mutating func openGeneration(at received: EventTime) {
        // Two generations never begin at the same instant: their rows are told apart by it.
        if let last = generations.last, last.count < countMax / 64 || received <= last.start,
            received - last.start < TimeRule.hourMilliseconds
        {
            return
        }
        expire(at: received)
        if !openChunk.hashes.isEmpty { closeChunk() }
        openChunk.generationStart = received
        generations.append(Generation(start: received, firstChunk: openChunk.number))
        while generations.count > 1, liveCount > countMax {
            hasDroppedForCount = true
            dropOldest()
        }
        // Expired entries must be gone before their 8 bits come to mean another generation.
        precondition(generations.count < 150, "72 hours and 64 parts never make more generations")
        if (firstGeneration + generations.count) % 100 == 0 { rebuild(slotCount: slots.count) }
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
        liveCount -= generations.removeFirst().count
        firstGeneration += 1
        keepFrom = generations.first?.firstChunk ?? openChunk.number + 1
    }

    private func tag(_ generation: Int) -> UInt64 { UInt64(generation % 255) + 1 }

    private func isLive(_ entry: UInt64) -> Bool {
        let place = (Int(entry & 0xFF) - 1 - firstGeneration % 255 + 255) % 255
        return place < generations.count
    }

    // MARK: - The table

    private mutating func place(_ hash: UInt64) {
        if used * 4 > slots.count * 3 { rebuild(slotCount: liveCount * 3 > slots.count ? slots.count * 2 : slots.count) }
        let entry = (hash & ~0xFF) | tag(firstGeneration + generations.count - 1)
        put(entry)
        generations[generations.count - 1].count += 1
        liveCount += 1
    }

    private mutating func put(_ entry: UInt64) {
        let mask = slots.count - 1
        var slot = home(entry) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = entry
        used += 1
    }

    /// An entry lacks the low byte of its hash, so the bits above say where it belongs.
    private func home(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 8) }

    /// Makes the table anew without what has expired.
    private mutating func rebuild(slotCount: Int) {
        let old = slots
        slots = .init(repeating: 0, count: slotCount)
        used = 0
        for entry in old where entry != 0 && isLive(entry) { put(entry) }
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

    /// Puts stored rows back, in their order.
    package mutating func restore(_ chunk: Chunk) {
        if generations.last?.start != chunk.generationStart {
            generations.append(Generation(start: chunk.generationStart, firstChunk: chunk.number))
        }
        for hash in chunk.hashes { place(hash) }
        openChunk = chunk
    }
}
