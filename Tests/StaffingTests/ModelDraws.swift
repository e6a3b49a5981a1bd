import Foundation

/// Steele, Lea & Flood 2014 (SplitMix64): the same seed gives the same calls.
struct ModelDraws {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func uniform() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
    }

    mutating func below(_ bound: Int) -> Int { Int(uniform() * Double(bound)) }

    mutating func exponential(mean: Double) -> Double { -Foundation.log(1 - uniform()) * mean }

    /// Arrivals of a unit rate until the mean is used up.
    mutating func poisson(mean: Double) -> Int {
        var (count, sum) = (0, exponential(mean: 1))
        while sum < mean { (count, sum) = (count + 1, sum + exponential(mean: 1)) }
        return count
    }
}
