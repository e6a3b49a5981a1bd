import Telemetry
import Testing
import Workload

/// The memory of ids that are no alarm's, CONTRACT 5.
@Suite("Remembered ids")
struct SeenIDsTests {
    private static let hour = TimeRule.hourMilliseconds

    /// Hashes that differ in what the table keeps of them.
    private static func hash(_ number: Int) -> UInt64 {
        "id \(number)".withText { TextHasher(key: 3).hash($0, scope: 0) }
    }

    @Test("an id is remembered for 72 hours of receive time, its last millisecond included")
    func remembered() {
        var seen = SeenIDs()
        let start = minute(0)
        seen.insert(Self.hash(0), received: start)
        for hour in 1...72 { seen.insert(Self.hash(hour), received: start + Int64(hour) * Self.hour) }
        for number in 0...72 { #expect(seen.contains(Self.hash(number))) }
        #expect(!seen.contains(Self.hash(73)))
        #expect(seen.horizon(at: start + 72 * Self.hour) == start)
    }

    @Test("generations older than the window are forgotten, and only they")
    func forgotten() {
        var seen = SeenIDs()
        let start = minute(0)
        for hour in 0..<400 { seen.insert(Self.hash(hour), received: start + Int64(hour) * Self.hour) }
        // The last came in hour 399: hours 327 to 399 are within 72 hours of it.
        for hour in 327..<400 { #expect(seen.contains(Self.hash(hour)), "hour \(hour)") }
        // A generation goes as a whole, up to an hour late.
        for hour in 0..<326 { #expect(!seen.contains(Self.hash(hour)), "hour \(hour)") }
        #expect(seen.count <= 74)
    }

    @Test("of more ids than the limit the newest are remembered, and where that begins is the horizon")
    func countLimit() {
        let limit = 640
        var seen = SeenIDs(countMax: limit)
        let start = minute(0)
        for number in 0..<limit { seen.insert(Self.hash(number), received: start + Int64(number)) }
        #expect(!seen.hasDroppedForCount)
        #expect(seen.horizon(at: start + 640) == start + 640 - 72 * Self.hour)
        for number in limit..<3000 {
            seen.insert(Self.hash(number), received: start + Int64(number))
            #expect(seen.contains(Self.hash(number - limit + 1)), "the oldest of the newest \(limit)")
            #expect(!seen.contains(Self.hash(number - limit - 30)), "long beyond the limit")
        }
        #expect(seen.hasDroppedForCount)
        let horizon = seen.horizon(at: start + 3000)
        #expect(horizon > start + 2300 && horizon <= start + 3000 - Int64(limit))
        // What came at the horizon or after it is remembered.
        for number in Int(horizon - start)..<3000 { #expect(seen.contains(Self.hash(number))) }
    }

    @Test(
        "a hundred thousand ids are remembered while the table grows, and no other is",
        arguments: [1, 2] as [UInt64]
    )
    func growth(seed: UInt64) {
        var seen = SeenIDs()
        var random = Seeded(seed: seed)
        let hashes = (0..<100_000).map { _ in random.next() }
        var received = minute(0)
        for hash in hashes {
            received += 1
            seen.insert(hash, received: received)
        }
        #expect(seen.count == hashes.count)
        #expect(hashes.allSatisfy { seen.contains($0) })
        #expect((0..<100_000).count { _ in seen.contains(random.next()) } == 0)
    }

    // MARK: - Restoring

    /// What the store keeps of a memory.
    private struct Stored {
        var chunks: [Int64: SeenIDs.Chunk] = [:]
        var hasDroppedForCount = false

        mutating func write(_ seen: inout SeenIDs) {
            let (changed, keepFrom) = seen.takeChanges()
            if let keepFrom { chunks = chunks.filter { $0.key >= keepFrom } }
            for chunk in changed { chunks[chunk.number] = chunk }
            hasDroppedForCount = seen.hasDroppedForCount
        }

        func restored(countMax: Int) -> SeenIDs {
            var seen = SeenIDs(countMax: countMax, hasDroppedForCount: hasDroppedForCount)
            // Every other time with room made before, as a start does.
            if chunks.count.isMultiple(of: 2) { seen.reserve(chunks.values.reduce(0) { $0 + $1.hashes.count }) }
            for chunk in chunks.values.sorted(by: { $0.number < $1.number }) { seen.restore(chunk) }
            _ = seen.takeChanges()
            return seen
        }
    }

    /// Feeds two memories the same, one of them restored again and again; both must answer the same.
    private func compare(seed: UInt64, countMax: Int, count: Int, pause: ClosedRange<Int64>) {
        var random = Seeded(seed: seed)
        var lasting = SeenIDs(countMax: countMax)
        var restarted = SeenIDs(countMax: countMax)
        var stored = Stored()
        var received = minute(0)
        var differences = 0
        for number in 0..<count {
            received += Int64.random(in: pause, using: &random)
            lasting.insert(Self.hash(number), received: received)
            restarted.insert(Self.hash(number), received: received)
            if Int.random(in: 0..<20, using: &random) == 0 { stored.write(&restarted) }
            if Int.random(in: 0..<200, using: &random) == 0 {
                stored.write(&restarted)
                restarted = stored.restored(countMax: countMax)
            }
            let asked = max(0, number - Int.random(in: 0..<countMax * 2, using: &random))
            if lasting.contains(Self.hash(asked)) != restarted.contains(Self.hash(asked)) { differences += 1 }
            if lasting.horizon(at: received) != restarted.horizon(at: received) { differences += 1 }
        }
        #expect(differences == 0)
        #expect((0..<count).allSatisfy { lasting.contains(Self.hash($0)) == restarted.contains(Self.hash($0)) })
        // Ids of one instant go together, so the limit on the count is passed by as many as came at it.
    }

    @Test("a restored memory gives the same answers: the window", arguments: [1, 2, 3] as [UInt64])
    func restoredWindow(seed: UInt64) {
        compare(seed: seed, countMax: 100_000, count: 3000, pause: 0...600_000)
    }

    @Test("more ids than the table begins with are restored, with and without room made before", arguments: [0, 50_000, 200_000])
    func restoredMany(reserved: Int) {
        var seen = SeenIDs()
        seen.reserve(reserved)
        let hashes = (0..<100_000).map(Self.hash)
        for start in stride(from: 0, to: hashes.count, by: SeenIDs.chunkCountMax) {
            let part = Array(hashes[start..<min(hashes.count, start + SeenIDs.chunkCountMax)])
            seen.restore(SeenIDs.Chunk(number: Int64(start / SeenIDs.chunkCountMax), generationStart: minute(0), hashes: part))
        }
        #expect(seen.count == hashes.count)
        #expect(hashes.allSatisfy(seen.contains) && !(100_000..<200_000).contains { seen.contains(Self.hash($0)) })
    }

    @Test("a restored memory gives the same answers: the limit", arguments: [1, 2, 3] as [UInt64])
    func restoredLimit(seed: UInt64) {
        compare(seed: seed, countMax: 640, count: 3000, pause: 1...1000)
    }

    @Test("a restored memory gives the same answers: the limit, many at one instant", arguments: [1, 2, 3] as [UInt64])
    func restoredLimitAtOnce(seed: UInt64) {
        compare(seed: seed, countMax: 640, count: 3000, pause: 0...0)
    }
}
