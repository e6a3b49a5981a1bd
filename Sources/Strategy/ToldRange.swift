import Workload

/// A count as what leaves the municipality may rest on it: the count itself where it may be told, else all that would be hidden in its
/// place. Whatever is reckoned from a range is the same for each of these, and says no more of the count than that it is among them.
package struct ToldRange: Hashable, Sendable {
    package let counts: ClosedRange<Int>

    /// Where no count so near could be told, none could.
    private static let stepsMax = 1000

    /// - Parameters:
    ///   - lowest: the smallest count that there can be.
    ///   - isTellable: whether a count could be told; it must be so of some count above any, and of some below where there is no `lowest`.
    package init(_ count: Int, from lowest: Int = .min, isTellable: (Int) -> Bool) {
        var (low, high) = (count, count)
        if !isTellable(count) {
            while low > lowest, count - low < ToldRange.stepsMax, !isTellable(low - 1) { low -= 1 }
            while high - count < ToldRange.stepsMax, !isTellable(high + 1) { high += 1 }
        }
        counts = low...high
    }

    /// In steps of a handful, of a count that lies in one that is withheld: itself it would say how large that is at least.
    ///
    /// - Parameter most: the largest count that there can be by what is told; nil where nothing is.
    package init(roughly count: Int, most: Int?) {
        guard count > 0 else {
            counts = 0...0
            return
        }
        let most = most.flatMap { $0 < count ? nil : $0 }
        // The last step is twice as wide: near the largest count that can be, other counts leave little room.
        let steps = most.map { max(1, ($0 + 1) / Share.smallBelow - 1) } ?? .max
        let step = min(count / Share.smallBelow, steps - 1)
        let high = step == steps - 1 ? max(count, most ?? 0) : (step + 1) * Share.smallBelow - 1
        counts = max(1, step * Share.smallBelow)...high
    }

    package var isTold: Bool { counts.lowerBound == counts.upperBound }

    /// Of a handful, one to four, two and a half.
    package var middle: Double { Double(counts.lowerBound + counts.upperBound) / 2 }
}
