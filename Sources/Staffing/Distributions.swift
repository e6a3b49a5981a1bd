import Foundation

/// The few distributions that the checks and the intervals of staffing need.
enum Distributions {
    /// Of the standard normal distribution.
    static func normalCumulative(_ value: Double) -> Double { Foundation.erfc(-value / 2.0.squareRoot()) / 2 }

    static func normalDensity(_ value: Double) -> Double { Foundation.exp(-value * value / 2) / (2 * Double.pi).squareRoot() }

    /// The probability of so many or more of `total` independent events, each with the same probability, 0–1.
    static func binomialAbove(_ count: Int, of total: Int, probability: Double) -> Double {
        guard count > 0 else { return 1 }
        guard probability > 0, count <= total else { return 0 }
        guard probability < 1 else { return 1 }
        // In logarithms: a thousand call-outs have no factorial.
        return (count...total).reduce(0) { sum, k in
            let ways = Foundation.lgamma(Double(total) + 1) - Foundation.lgamma(Double(k) + 1) - Foundation.lgamma(Double(total - k) + 1)
            return sum + Foundation.exp(ways + Double(k) * Foundation.log(probability) + Double(total - k) * Foundation.log(1 - probability))
        }
    }

    /// The lower regularised incomplete gamma function P(shape, value), 0–1: its series where the value is small, else the
    /// continued fraction of the upper part (DLMF 8.11.4, 8.9.2, the latter by Lentz's method).
    static func gammaCumulative(shape: Double, value: Double) -> Double {
        guard value > 0 else { return 0 }
        guard value.isFinite else { return 1 }
        let front = Foundation.exp(shape * Foundation.log(value) - value - Foundation.lgamma(shape))
        if value < shape + 1 {
            var (term, sum, step) = (1 / shape, 1 / shape, shape)
            for _ in 0..<termsMax {
                step += 1
                term *= value / step
                sum += term
                if term <= sum * 1e-16 { break }
            }
            return min(1, front * sum)
        }
        let tiny = 1e-300
        var denominator = value + 1 - shape
        var (ratio, inverse) = (1 / tiny, 1 / denominator)
        var fraction = inverse
        for index in 1..<termsMax {
            let numerator = -Double(index) * (Double(index) - shape)
            denominator += 2
            inverse = 1 / nonZero(numerator * inverse + denominator, tiny)
            ratio = nonZero(denominator + numerator / ratio, tiny)
            let change = inverse * ratio
            fraction *= change
            // A few units in the last place: it may never come nearer.
            if abs(change - 1) < 1e-15 { break }
        }
        return max(0, 1 - front * fraction)
    }

    /// The share over a value of χ² with so many degrees of freedom (parts of one allowed), 0–1.
    static func chiSquareAbove(_ value: Double, degreesOfFreedom: Double) -> Double {
        1 - gammaCumulative(shape: degreesOfFreedom / 2, value: value / 2)
    }

    /// The exact 95 % interval of the mean of a Poisson count (Garwood 1936), by bisection of the gamma distribution.
    ///
    /// Low is 0 where nothing was counted; high is then 3.689.
    static func poissonInterval(count: Int) -> (low: Double, high: Double) {
        let reach = Double(count) + 12 * (Double(count) + 1).squareRoot() + 12
        func quantile(_ share: Double, shape: Double) -> Double {
            var (low, high) = (0.0, reach)
            while high - low > 1e-10 * reach {
                let middle = (low + high) / 2
                if gammaCumulative(shape: shape, value: middle) < share { low = middle } else { high = middle }
            }
            return (low + high) / 2
        }
        return (count == 0 ? 0 : quantile(0.025, shape: Double(count)), quantile(0.975, shape: Double(count) + 1))
    }

    /// Enough for shapes up to some millions; the series end far sooner.
    private static let termsMax = 100_000

    private static func nonZero(_ value: Double, _ tiny: Double) -> Double { abs(value) < tiny ? tiny : value }
}
