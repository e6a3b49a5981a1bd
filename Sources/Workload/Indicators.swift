/// A share with its 95 % Wilson interval (Wilson 1927), as CONTRACT 6 prints it.
package struct Share: Equatable, Sendable {
    package var numerator: Int
    package var denominator: Int

    package init(_ numerator: Int, of denominator: Int) {
        precondition(numerator >= 0 && numerator <= denominator, "a share has 0 ≤ numerator ≤ denominator")
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Under 5 nothing can be said, and nothing leaves the municipality.
    package static let smallBelow = 5

    package var small: Bool { denominator < Share.smallBelow }

    /// 0–1; nil of nothing.
    package var value: Double? { denominator == 0 ? nil : Double(numerator) / Double(denominator) }

    /// The Wilson interval without continuity correction, z = 1.959963984540054, within 0–1; nil of nothing.
    package var interval: (low: Double, high: Double)? {
        guard let p = value else { return nil }
        let z = 1.959963984540054
        let n = Double(denominator)
        let centre = p + z * z / (2 * n)
        let spread = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        // At none and at all one end is 0 or 1, which rounding misses by a hair.
        return (numerator == 0 ? 0 : max(0, (centre - spread) / scale), numerator == denominator ? 1 : min(1, (centre + spread) / scale))
    }
}

/// Waiting times between two steps of many alarms; times in milliseconds.
package struct WaitFigures: Equatable, Sendable {
    /// Alarms that have both steps in the right order.
    package var n: Int
    /// Alarms without the second step.
    package var none: Int
    /// Alarms whose second step lies before the first.
    package var negative: Int
    /// Shares of `n` within the two limits, the shorter first.
    package var within: [Share]
    package var p50Milliseconds: Int64?
    package var p90Milliseconds: Int64?

    package init(waits: [Int64], none: Int, negative: Int, limitsMilliseconds: [Int64]) {
        let sorted = waits.sorted()
        self.n = sorted.count
        self.none = none
        self.negative = negative
        within = limitsMilliseconds.map { limit in Share(sorted.count { $0 <= limit }, of: sorted.count) }
        p50Milliseconds = WaitFigures.nearestRank(sorted, numerator: 1, denominator: 2)
        p90Milliseconds = WaitFigures.nearestRank(sorted, numerator: 9, denominator: 10)
    }

    /// Element ⌈n · numerator / denominator⌉ of the ascending values (nearest rank); nil of none.
    package static func nearestRank(_ sorted: [Int64], numerator: Int, denominator: Int) -> Int64? {
        guard !sorted.isEmpty else { return nil }
        return sorted[(sorted.count * numerator + denominator - 1) / denominator - 1]
    }
}

/// The KPIs of CONTRACT 6 over alarms that are no tests and were raised in the period.
package struct KeyFigures: Equatable, Sendable {
    package static let answerLimitsMilliseconds: [Int64] = [60_000, 180_000]
    package static let attendanceLimitsMilliseconds: [Int64] = [45 * 60_000, 60 * 60_000]

    package var alarms: Int
    package var answer: WaitFigures
    package var attendance: WaitFigures
    package var closedAtCentre: Share
    package var unintended: Share

    package init(alarms: Int, answer: WaitFigures, attendance: WaitFigures, closedAtCentre: Share, unintended: Share) {
        self.alarms = alarms
        self.answer = answer
        self.attendance = attendance
        self.closedAtCentre = closedAtCentre
        self.unintended = unintended
    }
}
