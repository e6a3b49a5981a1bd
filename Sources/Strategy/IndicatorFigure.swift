import Workload

/// A measure's value with everything needed to check it.
package struct IndicatorFigure: Equatable, Sendable {
    package var measure: IndicatorMeasure
    /// Alarms, device-days or hours.
    package var numerator: Double
    /// Alarms, device-days or user-months of 30 days, in hundreds.
    package var denominator: Double
    /// What the uncertainty rests on: the share's denominator, or whole local days.
    package var count: Int
    package var value: Double?
    /// 95 %: Wilson for shares, Student's t over days for hours; nil when too few.
    package var low: Double?
    package var high: Double?

    /// Under this many days no interval of hours is given: one week holds each weekday once.
    package static let dayCountMin = 7

    /// A share with a denominator under 5: withheld in what leaves the municipality.
    package var isSmall: Bool { measure.unit == .share && count < Share.smallBelow }

    /// The figure of a measure, by its definition in the catalogue.
    package init(_ measure: IndicatorMeasure, _ data: IndicatorData) {
        switch measure {
        case .closedAtCentre: self.init(measure, data.keyFigures.closedAtCentre)
        case .unintended: self.init(measure, data.keyFigures.unintended)
        case .answerWithin60Seconds: self.init(measure, data.keyFigures.answer.within[0])
        case .attendanceWithin45Minutes: self.init(measure, data.keyFigures.attendance.within[0])
        case .deviceAvailability:
            let days = data.deviceDaysRegistered
            self.init(measure, Share(min(data.deviceDaysWithSign, days), of: days))
        case .callOutHoursPer100Users: self.init(callOutHours: data)
        }
    }

    private init(_ measure: IndicatorMeasure, _ share: Share) {
        self.measure = measure
        numerator = Double(share.numerator)
        denominator = Double(share.denominator)
        count = share.denominator
        value = share.value
        low = share.small ? nil : share.interval?.low
        high = share.small ? nil : share.interval?.high
    }

    private init(callOutHours data: IndicatorData) {
        measure = .callOutHoursPer100Users
        let hoursByDay = data.responseMillisecondsByDay.map { Double($0) / 3_600_000 }
        let days = hoursByDay.count
        count = days
        numerator = hoursByDay.reduce(0, +)
        denominator = Double(data.users) * Double(days) / 3000
        guard denominator > 0 else { return }
        value = numerator / denominator
        guard days >= IndicatorFigure.dayCountMin else { return }
        let mean = numerator / Double(days)
        let variance = hoursByDay.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(days - 1)
        let halfWidth = StudentT.quantile975(degreesOfFreedom: days - 1) * (variance * Double(days)).squareRoot()
        low = max(0, (numerator - halfWidth) / denominator)
        high = (numerator + halfWidth) / denominator
    }
}

/// Student's t distribution (Gosset 1908).
enum StudentT {
    /// The 97.5 % quantile by the expansion of Abramowitz & Stegun 26.7.5; right to 0.002 from 6 degrees on.
    static func quantile975(degreesOfFreedom: Int) -> Double {
        let z = 1.959963984540054
        let n = Double(degreesOfFreedom)
        let z3 = z * z * z
        let z5 = z3 * z * z
        let z7 = z5 * z * z
        let first = (z3 + z) / 4
        let second = (5 * z5 + 16 * z3 + 3 * z) / 96
        let third = (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384
        return z + first / n + second / (n * n) + third / (n * n * n)
    }
}
