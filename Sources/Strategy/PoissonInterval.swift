import Foundation

/// The exact 95 % interval of a Poisson mean from one count.
package enum PoissonInterval {
    /// Garwood (1936): the means under which so many or more, and so many or fewer, have a probability of 2.5 %.
    ///
    /// - Parameter count: 0 or more.
    /// - Returns: bounds of the expected count; the lower is 0 for a count of 0.
    package static func bounds(_ count: Int) -> (low: Double, high: Double) {
        precondition(count >= 0, "a count is not negative")
        // P(X ≥ k | m) is the regularized lower incomplete gamma P(k, m).
        let low = count == 0 ? 0 : mean(Double(count), probability: 0.025)
        return (low, mean(Double(count) + 1, probability: 0.975))
    }

    /// The m with P(shape, m) = probability, by halving: 200 steps reach the last bit of a double.
    private static func mean(_ shape: Double, probability: Double) -> Double {
        var (low, high) = (0.0, shape + 10 * shape.squareRoot() + 20)
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            if lowerGamma(shape, middle) < probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The regularized lower incomplete gamma function P(a, x): the series below a + 1, else the continued fraction of
    /// Q by Lentz's method (Abramowitz & Stegun 6.5.29 and 6.5.31). O(√a) terms near the mean.
    private static func lowerGamma(_ a: Double, _ x: Double) -> Double {
        if x <= 0 { return 0 }
        let scale = exp(a * log(x) - x - lgamma(a).0)
        if x < a + 1 {
            var (term, sum, n) = (1 / a, 1 / a, a)
            while term > sum * 1e-17 {
                n += 1
                term *= x / n
                sum += term
            }
            return min(1, sum * scale)
        }
        let tiny = 1e-300
        var b = x + 1 - a
        var (c, d) = (1 / tiny, 1 / b)
        var fraction = d
        for i in 1...100_000 {
            let factor = -Double(i) * (Double(i) - a)
            b += 2
            d = 1 / (abs(factor * d + b) < tiny ? tiny : factor * d + b)
            c = abs(b + factor / c) < tiny ? tiny : b + factor / c
            fraction *= c * d
            if abs(c * d - 1) < 1e-16 { break }
        }
        return max(0, 1 - scale * fraction)
    }
}
