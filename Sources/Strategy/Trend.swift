import Foundation
package import Workload

/// Whether a figure goes somewhere over equal periods, told only when chance alone would seldom (5 %, two-sided) do as much.
package struct Trend: Equatable, Sendable {
    package enum Direction: String, Sendable {
        case rising, falling
        /// No more than noise.
        case noise
        /// Too few periods or too few events for the test.
        case tooFew

        package var bokmal: String {
            switch self {
            case .rising: "stiger"
            case .falling: "synker"
            case .noise: "ikke mer enn tilfeldig variasjon"
            case .tooFew: "for lite å si noe om"
            }
        }
    }

    package var direction: Direction
    /// Two-sided; nil where there was too little to test.
    package var probability: Double?
    /// The test, as the reader shall see it.
    package var test: String
    /// Periods tested.
    package var count: Int

    package static let level = 0.05
    /// Fewer periods have no trend; Mann and Kendall's needs one more: of four, no order is rarer than 5 %.
    package static let periodsMin = 4
    package static let periodsMinByRank = 5
    /// A test by the normal distribution needs so many events, and as many that were none.
    package static let eventsMin = 20

    /// Of what is not tested: a sum that runs from the new year rises by itself, whatever is entered.
    package static let ofRunningSum = Trend(.tooFew, nil, "ingen prøve: summen løper fra nyttår", 0)

    /// Shares over equal periods, in order: the trend test of Cochran (1954) and Armitage (1955).
    package init(shares: [Share]) {
        let numerator = shares.reduce(0) { $0 + $1.numerator }
        let total = shares.reduce(0) { $0 + $1.denominator }
        let name = "Cochran–Armitage"
        guard shares.count >= Trend.periodsMin, numerator >= Trend.eventsMin, total - numerator >= Trend.eventsMin else {
            self.init(.tooFew, nil, name, shares.count)
            return
        }
        let pooled = Double(numerator) / Double(total)
        let weights = shares.map { Double($0.denominator) }
        let excess = shares.map { Double($0.numerator) - Double($0.denominator) * pooled }
        self.init(excess: excess, weights: weights, variance: pooled * (1 - pooled), name)
    }

    /// Counts with their exposures (user-months, hours) over equal periods, in order: the score test of a log-linear
    /// Poisson rate, which given the total is the same as Armitage's for a multinomial (Armitage 1955).
    package init(counts: [Int], exposures: [Double]) {
        precondition(counts.count == exposures.count, "a count has its exposure")
        let total = counts.reduce(0, +)
        let exposure = exposures.reduce(0, +)
        let name = "Poisson-trend (Armitage)"
        guard counts.count >= Trend.periodsMin, total >= Trend.eventsMin, exposures.allSatisfy({ $0 > 0 }) else {
            self.init(.tooFew, nil, name, counts.count)
            return
        }
        let rate = Double(total) / exposure
        self.init(excess: zip(counts, exposures).map { Double($0) - $1 * rate }, weights: exposures, variance: rate, name)
    }

    /// Values over equal periods, in order: Mann (1945) and Kendall's test, exact up to ten different values, else by
    /// the normal distribution with corrections for ties and continuity.
    package init(values: [Double]) {
        let name = "Mann–Kendall"
        guard values.count >= Trend.periodsMinByRank else {
            self.init(.tooFew, nil, name, values.count)
            return
        }
        var sum = 0
        for later in values.indices {
            for earlier in 0..<later { sum += values[later] > values[earlier] ? 1 : values[later] < values[earlier] ? -1 : 0 }
        }
        let probability = RankTrend.probability(sum: sum, values: values)
        let direction: Direction = probability > Trend.level ? .noise : sum > 0 ? .rising : .falling
        self.init(direction, probability, name, values.count)
    }

    /// z of Σ t·excess against its variance, t = 0, 1, 2 …
    private init(excess: [Double], weights: [Double], variance: Double, _ name: String) {
        let times = excess.indices.map(Double.init)
        let sum = zip(times, excess).reduce(0) { $0 + $1.0 * $1.1 }
        let first = zip(times, weights).reduce(0) { $0 + $1.0 * $1.1 }
        let second = zip(times, weights).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
        let spread = variance * (second - first * first / weights.reduce(0, +))
        guard spread > 0 else {
            self.init(.tooFew, nil, name, excess.count)
            return
        }
        let probability = erfc(abs(sum) / spread.squareRoot() / 2.0.squareRoot())
        self.init(probability > Trend.level ? .noise : sum > 0 ? .rising : .falling, probability, name, excess.count)
    }

    private init(_ direction: Direction, _ probability: Double?, _ test: String, _ count: Int) {
        self.direction = direction
        self.probability = probability
        self.test = test
        self.count = count
    }
}

/// How rare Mann and Kendall's sum is where nothing goes anywhere.
private enum RankTrend {
    private static let exactCountMax = 10

    static func probability(sum: Int, values: [Double]) -> Double {
        let n = values.count
        let ties = Dictionary(grouping: values, by: { $0 }).values.map(\.count)
        if n <= exactCountMax, ties.count == n { return exact(abs(sum), n) }
        let terms = ties.reduce(n * (n - 1) * (2 * n + 5)) { $0 - $1 * ($1 - 1) * (2 * $1 + 5) }
        guard terms > 0, sum != 0 else { return 1 }
        let z = (Double(abs(sum)) - 1) / (Double(terms) / 18).squareRoot()
        return erfc(z / 2.0.squareRoot())
    }

    /// The share of the n! orders whose sum is at least as far from 0. Orders by their inversions: adding an element
    /// to n − 1 others makes 0 to n − 1 more.
    private static func exact(_ distance: Int, _ n: Int) -> Double {
        var orders = [1.0]
        for size in 2...n {
            var next = [Double](repeating: 0, count: orders.count + size - 1)
            for (inversions, count) in orders.enumerated() {
                for more in 0..<size { next[inversions + more] += count }
            }
            orders = next
        }
        let pairs = n * (n - 1) / 2
        let rare = orders.enumerated().reduce(0.0) { $0 + (abs(pairs - 2 * $1.offset) >= distance ? $1.element : 0) }
        return rare / orders.reduce(0, +)
    }
}
