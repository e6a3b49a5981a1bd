package import Workload

/// A share that rests on a handful, as it may leave the municipality: a bound that holds for all counts which would be hidden in its place,
/// made of numbers that are told.
package struct RoundedShare: Equatable, Sendable {
    package enum Words: Sendable {
        case atLeast, atMost
    }

    package let words: Words
    /// Whole percent.
    package let percent: Int
    /// All shares that are told so.
    package let possible: [Share]

    /// Of so few, a bound that holds a handful would say next to nothing.
    package static let denominatorMin = 20

    /// A share of which less than a handful is missing, or which is less than a handful: a bound that the denominator alone gives. Nil of
    /// too few, and of a share with more on both sides.
    package init?(_ share: Share) {
        let (count, whole, handful) = (share.numerator, share.denominator, Share.smallBelow)
        guard whole >= RoundedShare.denominatorMin, 0...whole ~= count else { return nil }
        if count < handful {
            self.init(.atMost, (0..<handful).map { Share($0, of: whole) })
        } else if whole - count < handful {
            self.init(.atLeast, (0..<handful).map { Share(whole - $0, of: whole) })
        } else {
            return nil
        }
    }

    /// The share of the closed alarms that nobody was sent to, where less than a handful is open yet: a bound that all alarms and the
    /// call-outs give, whichever of them are the open ones. Nil of too few, also of call-outs, where more are open, and where the two are of
    /// other alarms.
    package init?(closedAtCentre share: Share, alarms: Int, callOuts: Int) {
        let handful = Share.smallBelow
        guard min(callOuts, alarms - callOuts) >= handful, alarms - handful >= RoundedShare.denominatorMin else { return nil }
        let possible = (0..<handful).flatMap { unsent in
            (0..<handful - unsent).map { sent in Share(alarms - callOuts - unsent, of: alarms - unsent - sent) }
        }
        guard possible.contains(share) else { return nil }
        self.init(.atLeast, possible)
    }

    private init(_ words: Words, _ possible: [Share]) {
        (self.words, self.possible) = (words, possible)
        percent =
            switch words {
            case .atLeast: possible.map { 100 * $0.numerator / $0.denominator }.min() ?? 0
            case .atMost: possible.map { (100 * $0.numerator + $0.denominator - 1) / $0.denominator }.max() ?? 100
            }
    }
}

extension GoalStatus {
    /// Of a rounded share: what holds for every share that is told in the same words. Nil where it differs among them: then it would
    /// tell which it is.
    package init?(_ rounded: RoundedShare, _ indicator: Goals.Indicator) {
        let all = Set(rounded.possible.map { GoalStatus(IndicatorFigure(indicator.measure, $0), indicator) })
        guard all.count == 1, let only = all.first else { return nil }
        self = only
    }
}
