#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Random numbers that are a function of their seed alone: SplitMix64 (Steele, Lea & Flood 2014).
///
/// The standard library's own generator cannot be seeded, and its `random(in:)` may change with the toolchain;
/// here the same seed gives the same numbers for good.
package struct SeededGenerator: Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    /// A generator for a part of the simulation, so that one part's draws do not move another's.
    package init(seed: UInt64, stream: UInt64) {
        state = seed ^ SeededGenerator.mix(stream &+ 0x9E37_79B9_7F4A_7C15)
        state = next()
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return SeededGenerator.mix(state)
    }

    /// The finishing function of SplitMix64: a bijection that spreads every bit over all bits.
    package static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Uniform in `[0, 1)`, on a grid of 2⁻⁵³.
    package mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    package mutating func happens(_ probability: Double) -> Bool {
        uniform() < probability
    }

    /// Uniform in `0..<bound`; the bias of the multiplication is under 2⁻³² for the bounds used here.
    package mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Exponentially distributed with the given mean.
    package mutating func exponential(mean: Double) -> Double {
        -log(1 - uniform()) * mean
    }

    /// Standard normal, by Marsaglia's polar method; the second value of each pair is not kept, for simplicity.
    package mutating func normal() -> Double {
        while true {
            let x = 2 * uniform() - 1
            let y = 2 * uniform() - 1
            let square = x * x + y * y
            if square > 0 && square < 1 { return x * (-2 * log(square) / square).squareRoot() }
        }
    }
}

/// A lognormal distribution by its median and the standard deviation of its logarithm.
///
/// Times that people take are skewed to the right; this is the usual two-number description of them.
package struct Spread: Equatable, Sendable {
    package var median: Double
    package var sigma: Double

    package init(median: Double, sigma: Double) {
        self.median = median
        self.sigma = sigma
    }

    /// The expected value: median · exp(σ²/2).
    package var mean: Double { median * exp(sigma * sigma / 2) }

    package func draw(_ generator: inout SeededGenerator) -> Double {
        median * exp(sigma * generator.normal())
    }
}

/// Things with weights, to draw one from; weights need not sum to 1.
package struct Weighted<Item: Sendable>: Sendable {
    package let items: [Item]
    /// Running sums of the weights.
    private let sums: [Double]

    package init(_ pairs: [(Item, Double)]) {
        items = pairs.map(\.0)
        var running: [Double] = []
        for (_, weight) in pairs { running.append((running.last ?? 0) + weight) }
        sums = running
    }

    package var total: Double { sums.last ?? 0 }

    /// One of the items, by weight; nil when there is none or all weigh nothing. O(log n).
    package func draw(_ generator: inout SeededGenerator) -> Item? {
        guard total > 0 else { return nil }
        let target = generator.uniform() * total
        var low = 0
        var high = sums.count - 1
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > target { high = middle } else { low = middle + 1 }
        }
        return items[low]
    }
}
