import Workload

/// A measure's value with everything needed to check it.
package struct IndicatorFigure: Equatable, Sendable {
    package var measure: IndicatorMeasure
    /// Alarms, device-days, call-outs, users, hours or kroner.
    package var numerator: Double
    /// Alarms, device-days, hours, thousands of inhabitants, or user-months of 30 days in hundreds.
    package var denominator: Double
    /// What the uncertainty rests on, as the definition says: `n`.
    package var count: Int
    /// Nil where nothing was measured.
    package var value: Double?
    /// 95 %, by the definition's method; nil when too few.
    package var low: Double?
    package var high: Double?

    /// The value rests on something made up, not only its baseline or target; whoever shows it says so.
    package internal(set) var restsOnExample = false

    /// Why nothing was measured; nil where something was, and where the program does not know.
    package internal(set) var missing: MissingSource?

    /// In bokmål, of a figure that was not measured: `ikke målt: ingen turnus`.
    package var unmeasuredText: String { missing.map { "ikke målt: \($0.bokmal)" } ?? "ikke målt her ennå" }

    /// Under this many days no interval over days is given: one week holds each weekday once.
    package static let dayCountMin = 7

    package var definition: IndicatorDefinition { IndicatorDefinition.of(measure) }

    /// Fewer than may leave the municipality: alarms of a share, or people.
    package var isSmall: Bool {
        switch measure.unit {
        case .share, .usersPer1000: count < Share.smallBelow
        default: false
        }
    }

    /// Something was there to count; false where nobody has handed over what the measure asks for.
    package var isMeasured: Bool { value != nil || count > 0 }

    init(_ measure: IndicatorMeasure, numerator: Double, denominator: Double, count: Int) {
        self.measure = measure
        self.numerator = numerator
        self.denominator = denominator
        self.count = count
        value = denominator > 0 ? numerator / denominator : nil
    }

    init(nothingOf measure: IndicatorMeasure) { self.init(measure, numerator: 0, denominator: 0, count: 0) }

    init(_ measure: IndicatorMeasure, _ share: Share?) {
        let share = share ?? Share(0, of: 0)
        self.init(measure, numerator: Double(share.numerator), denominator: Double(share.denominator), count: share.denominator)
        guard !share.small else { return }
        low = share.interval?.low
        high = share.interval?.high
    }

    /// A count over an exposure, with Garwood's interval.
    init(_ measure: IndicatorMeasure, count: Int?, over exposure: Double, isEnough: Bool) {
        guard let count, exposure > 0 else {
            self.init(nothingOf: measure)
            return
        }
        self.init(measure, numerator: Double(count), denominator: exposure, count: count)
        guard isEnough else { return }
        let bounds = PoissonInterval.bounds(count)
        low = bounds.low / exposure
        high = bounds.high / exposure
    }

    init(callOutHours data: IndicatorData) {
        let hoursByDay = data.responseMillisecondsByDay.map { Double($0) / 3_600_000 }
        let days = hoursByDay.count
        self.init(
            .callOutHoursPer100Users,
            numerator: hoursByDay.reduce(0, +),
            denominator: Double(data.users) * Double(days) / 3000,
            count: days
        )
        guard denominator > 0, days >= IndicatorFigure.dayCountMin else { return }
        let mean = numerator / Double(days)
        let variance = hoursByDay.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(days - 1)
        let halfWidth = StudentT.quantile975(degreesOfFreedom: days - 1) * (variance * Double(days)).squareRoot()
        low = max(0, (numerator - halfWidth) / denominator)
        high = (numerator + halfWidth) / denominator
    }
}
