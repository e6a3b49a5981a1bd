/// 95 % intervals by drawing anew from what was seen (Efron 1979), percentiles of the draws.
///
/// The same sample and seed give the same interval.
package enum Bootstrap {
    package static let draws = 1000
    package static let seed: UInt64 = 1

    /// The 2.5 and 97.5 % percentiles (nearest rank) of a figure over samples drawn with replacement.
    ///
    /// - Parameters:
    ///   - count: how many units there are; each draw takes as many.
    ///   - figure: the figure of the units with these places; nil where a draw has none, which is then left out.
    /// - Returns: nil for no units, or where under half of the draws have a figure. O(draws × (count + figure)).
    package static func interval(count: Int, seed: UInt64 = seed, _ figure: ([Int]) -> Double?) -> (low: Double, high: Double)? {
        guard count > 0 else { return nil }
        var random = SeededNumbers(seed: seed)
        var places = [Int](repeating: 0, count: count)
        var figures: [Double] = []
        for _ in 0..<draws {
            for index in places.indices { places[index] = Int(random.next(below: UInt64(count))) }
            if let value = figure(places) { figures.append(value) }
        }
        guard figures.count * 2 >= draws else { return nil }
        figures.sort()
        return (figures[rank(figures.count, 25)], figures[rank(figures.count, 975)])
    }

    /// The place of element ⌈n · thousandths / 1000⌉.
    private static func rank(_ count: Int, _ thousandths: Int) -> Int { max(1, (count * thousandths + 999) / 1000) - 1 }
}

/// SplitMix64 (Steele, Lea & Flood 2014).
struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 0 up to, not with, `limit`: the high half of the product (Lemire 2019), whose bias of limit / 2⁶⁴ nobody can see.
    mutating func next(below limit: UInt64) -> UInt64 { next().multipliedFullWidth(by: limit).high }
}
