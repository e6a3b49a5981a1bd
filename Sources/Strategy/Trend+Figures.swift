import Workload

extension Trend {
    /// The trend of one measure over equal periods, in order, by the test that fits how its uncertainty is made: shares by
    /// Cochran and Armitage, counts by the Poisson score test, all else by the order of the values alone (Mann and Kendall).
    /// What runs from the new year is not tested at all.
    /// Device-days and users do not stand alone as alarms do, so their shares are judged by order too. Periods without a
    /// value are left out.
    package init(figures: [IndicatorFigure]) {
        let known = figures.filter { $0.value != nil }
        guard let measure = known.first?.measure else {
            self.init(values: [])
            return
        }
        switch IndicatorDefinition.of(measure).uncertainty {
        case .wilson where measure != .deviceAvailability && measure != .ladderNotRisen:
            self.init(shares: known.map { Share(Int($0.numerator), of: Int($0.denominator)) })
        case .garwood where measure.unit == .callOutsPer100UsersAnd30Days:
            self.init(counts: known.map(\.count), exposures: known.map(\.denominator))
        case .account: self = .ofRunningSum
        default: self.init(values: known.compactMap(\.value))
        }
    }

    /// The trend of a figure and those of the periods before it, in order.
    package init(_ figure: IndicatorFigure, after earlier: [IndicatorData]) {
        self.init(figures: earlier.map { IndicatorFigure(figure.measure, $0, isDrawn: false) } + [figure])
    }
}
