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

    /// Shares under one percent: «0.75» is 0.75 %, and seldom meant. One that stands beside a few percent is believed.
    private static func fractions(_ indicator: Indicator) -> [Doubt] {
        guard indicator.measure.unit == .share else { return [] }
        let values = [("baseline", indicator.baseline?.value), ("target", indicator.target?.value)]
        return values.enumerated().compactMap { place, named -> Doubt? in
            guard let value = named.1, 0 < value, value < 0.01 else { return nil }
            if let other = values[1 - place].1, believable.contains(other) { return nil }
            let (percent, meant) = (written(value, indicator.measure), written(value * 100, indicator.measure))
            return Doubt(
                line: indicator.line,
                text: "\(indicator.id): \(named.0).value: \(percent) is \(percent) %: did you mean \(meant)? Shares are written in percent; leave it if "
                    + "\(percent) % is meant"
            )
        }
    }

    /// Shares that one under a percent may come from or go to.
    private static let believable = 0.01...0.1

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
