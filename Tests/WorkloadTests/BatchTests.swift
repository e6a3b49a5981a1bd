import Telemetry
import Testing
import Workload

/// Fast paths of the fold against their slow twins.
@Suite("Whole messages and remembered ids against the slow way")
struct BatchTests {
    /// Events of few ids, alarms, devices and zones, so that much of it meets again.
    private static func events(_ random: inout Seeded, count: Int) -> [Event] {
        (0..<count).map { _ in
            let type = EventType.allCases.randomElement(using: &random) ?? .deviceHeartbeat
            return event(
                type,
                Int.random(in: 0..<10, using: &random) == 0 ? nil : Double(Int.random(in: -600...10, using: &random)),
                id: "e\(Int.random(in: 0..<400, using: &random))",
                alarm: "a\(Int.random(in: 0..<20, using: &random))",
                zone: [nil, "biri", "haugtun", "nowhere"].randomElement(using: &random) ?? nil,
                device: ["d-biri", "d-moved", "d-\(Int.random(in: 0..<50, using: &random))"].randomElement(using: &random),
                sequence: Int64.random(in: 1...500, using: &random)
            )
        }
    }

    @Test("a message folded as a whole gives what its events give one by one", arguments: [1, 2, 3, 4] as [UInt64])
    func wholeMessages(seed: UInt64) {
        var random = Seeded(seed: seed)
        var whole = State(plan: Fold.plan, hashKey: 1, seen: SeenIDs(countMax: 100))
        var single = State(plan: Fold.plan, hashKey: 1, seen: SeenIDs(countMax: 100))
        var acceptedCount = 0
        for position in 1...60 as ClosedRange<Int64> {
            let events = Self.events(&random, count: Int.random(in: 0...130, using: &random))
            let received = minute(Double(position))
            let isHistory = Int.random(in: 0..<4, using: &random) == 0
            func begin(_ state: inout State) -> State.Message {
                state.begin(position: position, received: received, municipality: "3407", source: "s", isHistory: isHistory)
            }
            let wholeMessage = begin(&whole)
            let accepted = whole.apply(ContiguousArray(events), in: wholeMessage)
            let singleMessage = begin(&single)
            let verdicts = events.enumerated().map { single.apply($1, index: $0, in: singleMessage) }
            #expect(accepted == verdicts.count { $0 == .accepted })
            acceptedCount += accepted
            let (left, right) = (whole.takeChanges(), single.takeChanges())
            #expect(left.alarmEvents == right.alarmEvents)
            #expect(left.alarms == right.alarms)
            #expect(left.ledgers == right.ledgers)
            #expect(left.devices == right.devices)
            #expect(left.seenChunks == right.seenChunks)
            #expect(Self.sorted(left.cells) == Self.sorted(right.cells))
        }
        #expect(acceptedCount > 100)
    }

    private static func sorted(_ cells: [CellRow]) -> [CellRow] {
        cells.sorted { ($0.zone, $0.quarter) < ($1.zone, $1.quarter) }
    }

    /// The memory of ids as sets, one a generation.
    private struct SlowMemory {
        var countMax: Int
        var generations: [(start: EventTime, ids: Set<UInt64>)] = []

        func contains(_ hash: UInt64) -> Bool { generations.contains { $0.ids.contains(hash) } }

        mutating func insert(_ hash: UInt64, received: EventTime) {
            let last = generations.last
            let isFull = last.map { $0.ids.count >= countMax / 64 && received > $0.start } ?? true
            if isFull || received - (last?.start ?? received) >= TimeRule.hourMilliseconds {
                generations.removeAll { $0.start + TimeRule.hourMilliseconds <= received - SeenIDs.windowMilliseconds }
                generations.append((received, []))
                while generations.count > 1, generations.reduce(0, { $0 + $1.ids.count }) > countMax {
                    generations.removeFirst()
                }
            }
            generations[generations.count - 1].ids.insert(hash)
        }
    }

    @Test(
        "ids are remembered and forgotten as by a memory made of sets, through growth, sweeps and eight bits of generations",
        arguments: [1, 2, 3] as [UInt64],
        [200...200, 0...3_000_000] as [ClosedRange<Int64>]
    )
    func memory(seed: UInt64, pause: ClosedRange<Int64>) {
        var random = Seeded(seed: seed)
        var fast = SeenIDs(countMax: 1280)
        var slow = SlowMemory(countMax: 1280)
        var hashes: [UInt64] = []
        var received = minute(0)
        var differences = 0
        for _ in 0..<8000 {
            received += Int64.random(in: pause, using: &random)
            // Homes close together make long chains across the table's end.
            let hash = random.next() & 0xFFFF_FFFF_0000_00FF | 0x00FF_FF00
            if !slow.contains(hash) {
                fast.insert(hash, received: received)
                slow.insert(hash, received: received)
                hashes.append(hash)
            }
            let asked = hashes[Int.random(in: max(0, hashes.count - 4000)..<hashes.count, using: &random)]
            if fast.contains(asked) != slow.contains(asked) { differences += 1 }
        }
        #expect(differences == 0)
        #expect(hashes.allSatisfy { fast.contains($0) == slow.contains($0) })
        #expect(fast.count == slow.generations.reduce(0) { $0 + $1.ids.count })
    }
}
