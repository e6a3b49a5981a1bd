import Strategy

/// Interval, point, target and baseline on one line, 160 wide.
struct BulletPicture {
    private let low: Double
    private let high: Double
    private let value: Double
    private let target: Double?
    private let baseline: Double?
    private let range: ClosedRange<Double>

    init?(_ row: IndicatorRow) {
        // A bound is no place on a line.
        guard let value = row.figure?.value, row.roundedShare == nil else { return nil }
        self.value = value
        low = row.figure?.low ?? value
        high = row.figure?.high ?? value
        target = row.indicator.target?.value
        baseline = row.indicator.baseline?.value
        let all = [low, high, value] + [target, baseline].compactMap(\.self)
        let (least, most) = (all.min() ?? value, all.max() ?? value)
        let margin = max((most - least) * 0.1, 0.001)
        range = (least - margin)...(most + margin)
    }

    private func x(_ value: Double) -> Double {
        6 + 148 * (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    }

    var view: View {
        [
            "low": Norwegian.svg(x(low)), "width": Norwegian.svg(max(2, x(high) - x(low))),
            "point": Norwegian.svg(x(value)),
            "targetX": target.map { Norwegian.svg(x($0)) }.orHidden,
            "baselineX": baseline.map { Norwegian.svg(x($0)) }.orHidden,
        ]
    }
}
