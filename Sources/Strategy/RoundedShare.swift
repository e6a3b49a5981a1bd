package import Workload

/// A share as it may leave the municipality where its counts may not: in words that are the same for five counts or more, so that
/// neither the words nor their absence tell which it is.
package struct RoundedShare: Equatable, Sendable {
    package enum Words: Sendable {
        /// Less than a handful is missing.
        case atLeast
        /// It is less than a handful.
        case atMost
        case about
    }

    package let words: Words
    /// Whole percent.
    package let percent: Int
    /// All counts that are told so.
    package let numerators: ClosedRange<Int>
    package let denominator: Int

    /// Of so few, a bound that holds a handful would say next to nothing.
    package static let denominatorMin = 20
    /// Of fewer, five counts are more than ten percent.
    private static let aboutMin = 100

    /// Nil of too few.
    package init?(_ share: Share) {
        let (count, whole, handful) = (share.numerator, share.denominator, Share.smallBelow)
        guard whole >= RoundedShare.denominatorMin, 0...whole ~= count else { return nil }
        denominator = whole
        if count < handful {
            (words, numerators) = (.atMost, 0...handful - 1)
            percent = (100 * (handful - 1) + whole - 1) / whole
            return
        }
        if whole - count < handful {
            (words, numerators) = (.atLeast, whole - handful + 1...whole)
            percent = 100 * (whole - handful + 1) / whole
            return
        }
        // The finest of these steps that has five counts or more in each: from the denominator alone, as the words must be.
        func rounded(_ count: Int, _ step: Int) -> Int {
            min(100 - step, max(step, Int((100 * Double(count) / Double(whole * step)).rounded()) * step))
        }
        for step in [1, 5, 10] where whole >= RoundedShare.aboutMin {
            let alike = Dictionary(grouping: handful...whole - handful) { rounded($0, step) }
            guard alike.values.allSatisfy({ $0.count >= handful }), let own = alike[rounded(count, step)] else { continue }
            (words, percent, numerators) = (.about, rounded(count, step), own[0]...own[own.count - 1])
            return
        }
        return nil
    }
}

extension GoalStatus {
    /// Of a rounded share: what holds for every count that is told in the same words. Nil where it differs among them: then it would
    /// tell which it is.
    package init?(_ rounded: RoundedShare, _ indicator: Goals.Indicator) {
        func status(_ count: Int) -> GoalStatus { GoalStatus(IndicatorFigure(indicator.measure, Share(count, of: rounded.denominator)), indicator) }
        let first = status(rounded.numerators.lowerBound)
        guard rounded.numerators.allSatisfy({ status($0) == first }) else { return nil }
        self = first
    }
}
