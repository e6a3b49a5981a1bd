package import Workload

/// A share of which less than a handful is missing, or which is less than a handful, as it may leave the municipality: a bound that
/// the denominator alone gives, the same for all of these counts.
package struct RoundedShare: Equatable, Sendable {
    package enum Words: Sendable {
        /// Less than a handful is missing.
        case atLeast
        /// It is less than a handful.
        case atMost
    }

    package let words: Words
    /// Whole percent.
    package let percent: Int
    /// All counts that are told so.
    package let numerators: ClosedRange<Int>
    package let denominator: Int

    /// Of so few, a bound that holds a handful would say next to nothing.
    package static let denominatorMin = 20

    /// Nil of too few, and of a share with more on both sides.
    package init?(_ share: Share) {
        let (count, whole, handful) = (share.numerator, share.denominator, Share.smallBelow)
        guard whole >= RoundedShare.denominatorMin, 0...whole ~= count else { return nil }
        denominator = whole
        if count < handful {
            (words, numerators) = (.atMost, 0...handful - 1)
            percent = (100 * (handful - 1) + whole - 1) / whole
        } else if whole - count < handful {
            (words, numerators) = (.atLeast, whole - handful + 1...whole)
            percent = 100 * (whole - handful + 1) / whole
        } else {
            return nil
        }
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
