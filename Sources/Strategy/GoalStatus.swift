package import Workload

/// Where an indicator stands against its target. Decided by the 95 % interval, never by the point alone.
package enum GoalStatus: String, CaseIterable, Sendable {
    case reached, onTheWay, off, cannotSay

    package var bokmal: String {
        switch self {
        case .reached: "nådd"
        case .onTheWay: "på vei"
        case .off: "utenfor"
        case .cannotSay: "kan ikke si ennå"
        }
    }

    /// The rules, first match wins; «better» follows the indicator's direction:
    ///
    /// 1. No target or no interval (too few, nothing measured) → cannot say.
    /// 2. The whole interval is at the target or better → reached.
    /// 3. The whole interval is better than the baseline → on the way.
    /// 4. The whole interval is worse than the target → off.
    /// 5. Otherwise the interval holds the target, and we cannot say.
    package init(_ figure: IndicatorFigure, direction: Goals.Direction, baseline: Double?, target: Double?) {
        guard let target, let low = figure.low, let high = figure.high else {
            self = .cannotSay
            return
        }
        let worst = direction == .up ? low : -high
        let best = direction == .up ? high : -low
        let goal = direction == .up ? target : -target
        if worst >= goal {
            self = .reached
        } else if let baseline, worst > (direction == .up ? baseline : -baseline) {
            self = .onTheWay
        } else if best < goal {
            self = .off
        } else {
            self = .cannotSay
        }
    }

    package init(_ figure: IndicatorFigure, _ indicator: Goals.Indicator) {
        self.init(
            figure,
            direction: indicator.direction,
            baseline: indicator.baseline?.value,
            target: indicator.target?.value
        )
    }
}

extension Goals.Indicator {
    /// Whether the deadline is out without the target being reached. False of a status that is withheld: it would tell it.
    ///
    /// - Parameter day: the first one that is not told of: of a period that still goes on, today.
    package func isOverdue(_ status: GoalStatus?, until day: LocalTime.Day) -> Bool {
        guard let deadline, target != nil, let status else { return false }
        return deadline < day && status != .reached
    }
}
