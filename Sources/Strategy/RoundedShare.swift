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
    private static let aboutMin = 50

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
        guard whole >= RoundedShare.aboutMin else { return nil }
        (words, numerators) = (.about, RoundedShare.five(around: count, of: whole))
        percent = Int((50 * Double(numerators.lowerBound + numerators.upperBound) / Double(whole)).rounded())
    }

    /// Counts of a division that the whole alone gives: fives from both ends, and what is left between them.
    private static func five(around count: Int, of whole: Int) -> ClosedRange<Int> {
        let (five, low, high, half) = (Share.smallBelow, Share.smallBelow, whole - Share.smallBelow, whole / 2)
        let middle = (low + (half - low + 1) / five * five)..<(high + 1 - (high - half) / five * five)
        // Too few in the middle go with the five above them.
        let between = middle.lowerBound...(middle.count < five ? middle.upperBound + five - 1 : middle.upperBound - 1)
        if between.contains(count) { return between }
        let start = count < between.lowerBound ? low + (count - low) / five * five : high - (high - count) / five * five - five + 1
        return start...start + five - 1
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
