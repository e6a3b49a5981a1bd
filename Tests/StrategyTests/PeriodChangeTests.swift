import Foundation
import Testing
import Workload

import Strategy

@Suite("One period against another")
struct PeriodChangeTests {
    /// Newcombe 1998, table II, method 10.
    @Test(
        "shares: Newcombe's own examples",
        arguments: [
            (56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090), (6, 7, 2, 7, 0.0582, 0.8062), (5, 56, 0, 29, -0.0381, 0.1926),
            (0, 10, 0, 20, -0.1611, 0.2775), (10, 10, 0, 10, 0.6075, 1.0),
        ]
    )
    func shares(a: Int, m: Int, b: Int, n: Int, low: Double, high: Double) throws {
        let change = try #require(PeriodChange(shares: Share(a, of: m), Share(b, of: n)))
        let interval = try #require(change.interval)
        #expect(abs(interval.lowerBound - low) < 5e-5 && abs(interval.upperBound - high) < 5e-5, "\(interval)")
        #expect(change.isBeyondChance == (low > 0))
    }

    @Test("turned round, a ratio and its interval are turned round")
    func symmetry() throws {
        var random = SeededTrials(seed: 1)
        for _ in 0..<300 {
            let (x, y) = (1 + random.below(400), 1 + random.below(400))
            let (t, u) = (Double(1 + random.below(60)), Double(1 + random.below(60)))
            let (there, back) = (try #require(PeriodChange(counts: x, over: t, y, over: u)), try #require(PeriodChange(counts: y, over: u, x, over: t)))
            #expect(abs(there.value * back.value - 1) < 1e-12)
            guard let one = there.interval, let other = back.interval else {
                #expect(x + y < 10 && back.interval == nil)
                continue
            }
            #expect(abs(one.lowerBound * other.upperBound - 1) < 1e-9 && one.contains(there.value))
            #expect(there.isBeyondChance == back.isBeyondChance)
        }
    }

    @Test("where nothing changed, chance is taken for a change about one time in twenty", arguments: ["counts", "days", "shares"])
    func level(kind: String) {
        var random = SeededTrials(seed: 7)
        var found = 0
        let trials = 2000
        for _ in 0..<trials {
            let change: PeriodChange? =
                switch kind {
                case "counts": PeriodChange(counts: random.poisson(80), over: 28, random.poisson(80), over: 28)
                case "days": PeriodChange(days: (0..<28).map { _ in Double(random.poisson(12)) }, (0..<31).map { _ in Double(random.poisson(12)) })
                default:
                    PeriodChange(
                        shares: Share((0..<200).count { _ in random.below(10) < 8 }, of: 200),
                        Share((0..<180).count { _ in random.below(10) < 8 }, of: 180)
                    )
                }
            if change?.isBeyondChance == true { found += 1 }
        }
        #expect((0.03...0.07).contains(Double(found) / Double(trials)), "\(found)")
    }

    @Test("with too little nothing is said, and against nothing there is no comparison")
    func tooLittle() {
        #expect(PeriodChange(shares: Share(0, of: 0), Share(1, of: 5)) == nil)
        #expect(PeriodChange(shares: Share(4, of: 4), Share(0, of: 50))?.isBeyondChance == nil)
        #expect(PeriodChange(counts: 5, over: 28, 0, over: 28) == nil && PeriodChange(counts: 5, over: 0, 5, over: 28) == nil)
        #expect(PeriodChange(counts: 5, over: 28, 4, over: 28)?.isBeyondChance == nil)
        #expect(PeriodChange(days: [1, 2, 3], [1, 2, 3])?.isBeyondChance == nil && PeriodChange(days: [], [1]) == nil)
        #expect(PeriodChange(days: [1], [0, 0]) == nil)
        let flat = [Double](repeating: 2, count: 10)
        #expect(PeriodChange(days: flat, flat)?.isBeyondChance == nil, "without any spread there is no interval")
    }
}

/// SplitMix64, as in the other seeded tests.
private struct SeededTrials {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    /// By products of uniform numbers (Knuth).
    mutating func poisson(_ mean: Double) -> Int {
        let limit = exp(-mean)
        var (product, count) = (1.0, -1)
        repeat {
            product *= Double(next() >> 11) / Double(1 << 53)
            count += 1
        } while product > limit
        return count
    }
}
