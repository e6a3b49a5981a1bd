package import Workload

/// A figure of a period against the same figure of an earlier one: how much more or less it is, and how sure that is.
///
/// Two periods are no trend: a `Trend` wants four. Their difference has an interval, and only an interval that holds no change
/// at all out is called more than chance (5 %, two-sided) – the same level as of trends.
package struct PeriodChange: Equatable, Sendable {
    package enum Scale: Equatable, Sendable {
        /// `value`, `low` and `high` are later − earlier, as a share.
        case difference
        /// They are later ÷ earlier.
        case ratio
    }

    package var scale: Scale
    package var value: Double
    /// The 95 % interval; nil where there is too little for one.
    package var interval: ClosedRange<Double>?
    /// The interval's method, as the reader shall see it.
    package var method: String

    /// Whether chance alone would seldom do as much; nil where nobody can say.
    package var isBeyondChance: Bool? {
        interval.map { !$0.contains(scale == .ratio ? 1 : 0) }
    }

    /// Counts need so many events in both periods together; means so many days in each, as those of an indicator.
    package static let eventsMin = 10
    package static let daysMin = 7

    /// Two shares: the difference with the interval that Newcombe (1998, method 10) makes of both Wilson intervals. Nil where one of
    /// them is of nothing; without interval where one is too small to be shown as a share.
    package init?(shares later: Share, _ earlier: Share) {
        guard let p = later.value, let q = earlier.value, let own = later.interval, let other = earlier.interval else { return nil }
        let difference = p - q
        let down = ((p - own.low) * (p - own.low) + (other.high - q) * (other.high - q)).squareRoot()
        let up = ((own.high - p) * (own.high - p) + (q - other.low) * (q - other.low)).squareRoot()
        let isTooSmall = later.small || earlier.small
        self.init(scale: .difference, value: difference, interval: isTooSmall ? nil : (difference - down)...(difference + up), method: "Newcombe")
    }

    /// Two counts over their exposures (days): the ratio of the rates. Given both together the later count is binomial
    /// (Przyborowski & Wilenski 1940), and the ratio's interval is Wilson's (1927) of that share turned round. Nil where one
    /// exposure is 0 or the earlier count is.
    package init?(counts later: Int, over laterExposure: Double, _ earlier: Int, over earlierExposure: Double) {
        guard laterExposure > 0, earlierExposure > 0, earlier > 0 else { return nil }
        let scale = earlierExposure / laterExposure
        let share = Share(later, of: later + earlier)
        func ratio(_ p: Double) -> Double { p / (1 - p) * scale }
        var interval: ClosedRange<Double>?
        if later + earlier >= PeriodChange.eventsMin, let bounds = share.interval, bounds.high < 1 { interval = ratio(bounds.low)...ratio(bounds.high) }
        self.init(scale: .ratio, value: Double(later) / Double(earlier) * scale, interval: interval, method: "Poisson")
    }

    /// Means of days: the difference as a share of the earlier mean, with the interval of Welch (1947), whose degrees of freedom
    /// are rounded down. The earlier mean is taken as known, so that the interval is a little too narrow. Nil where it is 0.
    package init?(days later: [Double], _ earlier: [Double]) {
        guard !later.isEmpty, !earlier.isEmpty else { return nil }
        let (own, other) = (DailyMean(later), DailyMean(earlier))
        guard other.mean > 0 else { return nil }
        let difference = own.mean - other.mean
        var interval: ClosedRange<Double>?
        let error = (own.squaredError + other.squaredError).squareRoot()
        if later.count >= PeriodChange.daysMin, earlier.count >= PeriodChange.daysMin, error > 0 {
            let freedom =
                (own.squaredError + other.squaredError) * (own.squaredError + other.squaredError)
                / (own.squaredError * own.squaredError / Double(later.count - 1) + other.squaredError * other.squaredError / Double(earlier.count - 1))
            let reach = StudentT.quantile975(degreesOfFreedom: Int(freedom)) * error
            interval = (1 + (difference - reach) / other.mean)...(1 + (difference + reach) / other.mean)
        }
        self.init(scale: .ratio, value: own.mean / other.mean, interval: interval, method: "Welch")
    }

    private init(scale: Scale, value: Double, interval: ClosedRange<Double>?, method: String) {
        (self.scale, self.value, self.interval, self.method) = (scale, value, interval, method)
    }
}

private struct DailyMean {
    let mean: Double
    /// Of the mean.
    let squaredError: Double

    init(_ days: [Double]) {
        let mean = days.reduce(0, +) / Double(days.count)
        let squares = days.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean
        squaredError = days.count > 1 ? squares / Double(days.count - 1) / Double(days.count) : 0
    }
}
