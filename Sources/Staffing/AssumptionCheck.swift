import Foundation

/// Whether what a formula takes for granted holds in the data, at the 5 % level: of twenty checks where it does hold, one fails.
package struct AssumptionCheck: Equatable, Sendable {
    package enum Assumption: String, CaseIterable, Sendable {
        /// Call-outs in an hour of the week come independently of one another, as many in each such hour on average.
        case poissonArrivals
        /// The time that a call-out binds somebody is exponentially distributed.
        case exponentialService
        /// A call-out needs one person.
        case oneResponder
    }

    package enum Verdict: String, Sendable {
        case holds, fails, tooFew
    }

    package var assumption: Assumption
    package var verdict: Verdict
    /// Call-outs looked at.
    package var count: Int
    /// `poissonArrivals`: variance over mean of the counts (index of dispersion; 1 for Poisson). `exponentialService`: Lilliefors'
    /// distance as modified by Stephens. `oneResponder`: the share of call-outs with more than one. Nil for too few.
    package var statistic: Double?
    /// What the statistic may be at most, where the check has such a value.
    package var critical: Double?
    /// How often data for which the assumption holds lie as far off, where the check says it.
    package var pValue: Double?
    /// Variance over squared mean of the times (`exponentialService` only; 1 for exponential). Waits grow about as (1 + it) / 2
    /// (Allen & Cunneen 1990), so that the reader sees how much a failed check matters.
    package var squaredCoefficientOfVariation: Double?

    /// The level of every check.
    static let level = 0.05
}

extension AssumptionCheck {
    /// Fisher's index of dispersion, χ² = Σ (count − mean)² / mean, summed over hours of the week (Fisher, Thornton & Mackenzie
    /// 1922). Two-sided: calls in bursts and calls too evenly spread both fail.
    ///
    /// Few calls an hour make χ² tables wrong, so that the sum is held against a scaled χ² with the exact mean and variance that it
    /// has given the totals (Haldane 1937: n − 1 and 2(n − 1)(1 − 1/total)).
    ///
    /// - Parameters:
    ///   - countsByClass: for each hour of the week the counts of all such hours of the period, those with none too.
    ///   - callsMin: under so many calls in all it is too few to say.
    package static func poissonArrivals(countsByClass: [[Int]], callsMin: Int) -> AssumptionCheck {
        var (statistic, mean, variance) = (0.0, 0.0, 0.0)
        for counts in countsByClass where counts.count > 1 {
            let total = Double(counts.reduce(0, +))
            guard total > 0 else { continue }
            let expected = total / Double(counts.count)
            let degrees = Double(counts.count - 1)
            statistic += counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) } / expected
            mean += degrees
            variance += 2 * degrees * (1 - 1 / total)
        }
        let calls = countsByClass.reduce(0) { $0 + $1.reduce(0, +) }
        // Where every hour of the week has one call at most, any pattern of them looks the same.
        guard calls >= callsMin, variance > 0 else {
            return AssumptionCheck(assumption: .poissonArrivals, verdict: .tooFew, count: calls)
        }
        let scale = variance / (2 * mean)
        let above = Distributions.chiSquareAbove(statistic / scale, degreesOfFreedom: mean / scale)
        let pValue = min(1, 2 * min(above, 1 - above))
        return AssumptionCheck(
            assumption: .poissonArrivals,
            verdict: pValue < level ? .fails : .holds,
            count: calls,
            statistic: statistic / mean,
            pValue: pValue
        )
    }

    /// The largest distance between the measured and the exponential distribution with the same mean, D (Lilliefors 1969), as
    /// (D − 0.2/n)(√n + 0.26 + 0.5/√n), whose 5 % value is 1.094 for all n (Stephens 1974; D'Agostino & Stephens 1986, table 4.11).
    ///
    /// - Parameters:
    ///   - milliseconds: each 0 or more.
    ///   - callsMin: under so many it is too few to say.
    package static func exponentialService(milliseconds: [Int64], callsMin: Int) -> AssumptionCheck {
        let count = Double(milliseconds.count)
        let mean = milliseconds.reduce(0) { $0 + Double($1) } / max(1, count)
        guard milliseconds.count >= max(2, callsMin), mean > 0 else {
            return AssumptionCheck(assumption: .exponentialService, verdict: .tooFew, count: milliseconds.count)
        }
        var distance = 0.0
        for (place, value) in milliseconds.sorted().enumerated() {
            let share = -Foundation.expm1(-Double(value) / mean)
            distance = max(distance, share - Double(place) / count, Double(place + 1) / count - share)
        }
        let squares = milliseconds.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        let statistic = (distance - 0.2 / count) * (count.squareRoot() + 0.26 + 0.5 / count.squareRoot())
        return AssumptionCheck(
            assumption: .exponentialService,
            verdict: statistic > exponentialCritical ? .fails : .holds,
            count: milliseconds.count,
            statistic: statistic,
            critical: exponentialCritical,
            squaredCoefficientOfVariation: squares / (count - 1) / (mean * mean)
        )
    }

    private static let exponentialCritical = 1.094

    /// Fails where more than one call-out of twenty needs more than one person: two who leave together are not two calls at random.
    package static func oneResponder(responders: [Int32], callsMin: Int) -> AssumptionCheck {
        guard responders.count >= max(1, callsMin) else {
            return AssumptionCheck(assumption: .oneResponder, verdict: .tooFew, count: responders.count)
        }
        let share = Double(responders.count { $0 > 1 }) / Double(responders.count)
        return AssumptionCheck(
            assumption: .oneResponder,
            verdict: share > level ? .fails : .holds,
            count: responders.count,
            statistic: share,
            critical: level
        )
    }
}
