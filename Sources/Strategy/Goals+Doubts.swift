extension Goals {
    /// Something that a goals file may say without being wrong, and seldom means.
    package struct Doubt: Equatable, Sendable {
        /// Of the indicator's id.
        package var line: Int
        /// What it is, and the way out, for messages.
        package var text: String
    }

    /// Shares that look like fractions, and a measure that is to rise in one place and to fall in another. By line.
    package var doubts: [Doubt] { (indicators.flatMap(Goals.fractions) + opposites).sorted { $0.line < $1.line } }

    private static func fractions(_ indicator: Indicator) -> [Doubt] {
        let values = [("baseline", indicator.baseline?.value), ("target", indicator.target?.value)]
        return values.enumerated().compactMap { place, named -> Doubt? in
            guard let value = named.1, let meant = meant(value, beside: values[1 - place].1, indicator.measure, indicator.direction) else { return nil }
            let percent = written(value, indicator.measure)
            return Doubt(
                line: indicator.line,
                text: "\(indicator.id): \(named.0).value: \(percent) is \(percent) %: did you mean \(meant)? Shares are written in percent; leave it if "
                    + "\(percent) % is meant"
            )
        }
    }

    /// What was meant by a share under one percent, as `goals.yaml` has it: «0.75» is 0.75 %, and seldom meant. Nil of one that stands
    /// beside a few percent, which is believed.
    static func meant(_ value: Double, beside other: Double?, _ measure: IndicatorMeasure, _ direction: Direction) -> String? {
        guard measure.unit == .share, value > 0 else { return nil }
        let (less, more) = (min(value, other ?? 0), max(value, other ?? 0))
        // From 0.9 up to 1 is from 90 % to all; down from 1 to 0.5 may be of a few percent.
        let isOfWhole = direction == .up && 0 < less && less < onePercent && more == onePercent
        let isBelieved = value >= onePercent || other.map(believable.contains) ?? false
        return isOfWhole || !isBelieved ? written(value * 100, measure) : nil
    }

    private static let onePercent = 0.01
    /// Shares that one under a percent may come from or go to.
    private static let believable = onePercent...0.1

    /// What was meant by a baseline and a target of which one looks like a fraction, for a message: `did you mean 70 for 0.7?`
    static func hint(_ baseline: Double, _ target: Double, _ measure: IndicatorMeasure, _ direction: Direction) -> String? {
        let found = [(baseline, target), (target, baseline)].compactMap { value, other in
            meant(value, beside: other, measure, direction).map { "did you mean \($0) for \(written(value, measure))?" }
        }
        return found.isEmpty ? nil : found.joined(separator: " ") + " Shares are written in percent"
    }

    private var opposites: [Doubt] {
        var found: [Doubt] = []
        for (place, second) in indicators.enumerated() {
            guard let first = indicators[..<place].first(where: { $0.measure == second.measure && $0.direction != second.direction }) else { continue }
            found.append(
                Doubt(
                    line: second.line,
                    text: "\(second.id): \(second.measure.rawValue) is to go \(second.direction.rawValue), and \(first.direction.rawValue) in \(first.id) on "
                        + "line \(first.line): whatever happens, one of them is missed; give both the same direction"
                )
            )
        }
        return found
    }

    /// A value as `goals.yaml` has it, shares in percent, with no more decimals than it needs.
    static func written(_ value: Double, _ measure: IndicatorMeasure) -> String {
        // Percent from a share comes back with an error in the last bits.
        let number = ((measure.unit == .share ? value * 100 : value) * 1_000_000).rounded() / 1_000_000
        return number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
    }
}
