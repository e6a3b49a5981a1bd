/// Rates of the hours of a shift, each drawn towards their mean by as much as chance explains (empirical Bayes: Marshall 1991,
/// Applied Statistics 40).
///
/// With few call-outs the hour that happened to have most says little of the next weeks. Where the hours differ no more than
/// chance makes them, all have the mean; where they differ much, each keeps its own.
struct ShrunkenRates: Equatable, Sendable {
    /// By hour, counts per exposure.
    let rates: [Double]

    var highest: Double { rates.max() ?? 0 }

    /// - Parameters:
    ///   - counts: at least one.
    ///   - exposures: over 0, as many.
    init(counts: [Int], exposures: [Double]) {
        precondition(!counts.isEmpty && counts.count == exposures.count && exposures.allSatisfy { $0 > 0 }, "each count has its exposure")
        let exposure = exposures.reduce(0, +)
        let mean = Double(counts.reduce(0, +)) / exposure
        let raw = zip(counts, exposures).map { Double($0) / $1 }
        let spread = zip(raw, exposures).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) } / exposure
        // What is left of the spread when Poisson's is taken away.
        let own = max(0, spread - mean * Double(counts.count) / exposure)
        rates = zip(raw, exposures).map { rate, exposure in
            let chance = mean / exposure
            return own + chance > 0 ? mean + own / (own + chance) * (rate - mean) : mean
        }
    }
}
