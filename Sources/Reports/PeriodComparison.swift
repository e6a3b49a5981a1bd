package import Strategy
import Telemetry
package import Workload

/// What another period is compared by; the caller reads it from the views.
package struct ComparedPeriod: Sendable {
    package enum Place: Sendable {
        /// The one just before, and the same a year before.
        case before, yearBefore
    }

    package var place: Place
    package var period: ReportPeriod
    package var keyFigures: KeyFigures
    /// Length of the part that the data cover.
    package var coveredDays: Double
    /// `responseMs` of each whole local day that the data cover.
    package var responseMillisecondsByDay: [Int64]

    package init(place: Place, period: ReportPeriod, keyFigures: KeyFigures, coveredDays: Double, responseMillisecondsByDay: [Int64]) {
        self.place = place
        self.period = period
        self.keyFigures = keyFigures
        self.coveredDays = coveredDays
        self.responseMillisecondsByDay = responseMillisecondsByDay
    }
}

/// The report's period against another one, measure by measure.
package struct PeriodComparison: Sendable {
    package enum Measure: CaseIterable, Sendable {
        case alarms, callOuts, responseHours, answeredInTime, attendedInTime, closedAtCentre

        /// A day, or a share.
        package var isShare: Bool { [.answeredInTime, .attendedInTime, .closedAtCentre].contains(self) }

        package var bokmal: String {
            switch self {
            case .alarms: "Alarmer i døgnet"
            case .callOuts: "Utrykninger i døgnet"
            case .responseHours: "Utrykningstimer i døgnet"
            case .answeredInTime: "Besvart innen 60 s"
            case .attendedInTime: "Framme innen 45 min"
            case .closedAtCentre: "Løst på sentralen"
            }
        }
    }

    package struct Row: Sendable {
        package var measure: Measure
        /// Of the report's period and of the other: a mean a day, or a share 0–1; nil where there is none.
        package var own: Double?
        package var other: Double?
        /// Nil where there is nothing to compare.
        package var change: PeriodChange?
    }

    package var place: ComparedPeriod.Place
    package var period: ReportPeriod
    /// How much of the other period there are data of, 0–1.
    package var coveredShare: Double
    package var rows: [Row]

    /// - Parameters:
    ///   - keyFigures: of the report's period, as are the next two.
    init(_ other: ComparedPeriod, keyFigures: KeyFigures, coveredDays: Double, responseMillisecondsByDay: [Int64]) {
        place = other.place
        period = other.period
        // A day with a change of clock is an hour longer or shorter.
        let bounds = other.period.bounds()
        let days = Double(bounds.upperBound - bounds.lowerBound) / Double(TimeRule.dayMilliseconds)
        coveredShare = days > 0 ? min(1, other.coveredDays / days) : 0
        func rate(_ measure: Measure, _ count: (KeyFigures) -> Int) -> Row {
            func mean(_ count: Int, _ days: Double) -> Double? { days > 0 ? Double(count) / days : nil }
            let (own, earlier) = (count(keyFigures), count(other.keyFigures))
            return Row(
                measure: measure,
                own: mean(own, coveredDays),
                other: mean(earlier, other.coveredDays),
                change: PeriodChange(counts: own, over: coveredDays, earlier, over: other.coveredDays)
            )
        }
        func share(_ measure: Measure, _ share: (KeyFigures) -> Share) -> Row {
            let (own, earlier) = (share(keyFigures), share(other.keyFigures))
            return Row(measure: measure, own: own.value, other: earlier.value, change: PeriodChange(shares: own, earlier))
        }
        let (ownDays, earlierDays) = (PeriodComparison.hours(responseMillisecondsByDay), PeriodComparison.hours(other.responseMillisecondsByDay))
        rows = [
            rate(.alarms, \.alarms), rate(.callOuts, \.callOuts),
            Row(
                measure: .responseHours,
                own: ownDays.isEmpty ? nil : ownDays.reduce(0, +) / Double(ownDays.count),
                other: earlierDays.isEmpty ? nil : earlierDays.reduce(0, +) / Double(earlierDays.count),
                change: PeriodChange(days: ownDays, earlierDays)
            ),
            share(.answeredInTime, \.answer.within[0]), share(.attendedInTime, \.attendance.within[0]), share(.closedAtCentre, \.closedAtCentre),
        ]
    }

    private static func hours(_ milliseconds: [Int64]) -> [Double] { milliseconds.map { Double($0) / Double(TimeRule.hourMilliseconds) } }
}

extension KeyFigures {
    /// Alarms that somebody was sent to.
    fileprivate var callOuts: Int { attendance.n + attendance.none + attendance.negative }
}

extension ReportBuilder {
    /// Against the other periods that were read; none leaves the municipality, where every figure would have to be withheld twice.
    func comparisons(_ keyFigures: KeyFigures) -> [PeriodComparison] {
        guard !input.isExternal else { return [] }
        let covered = grid.coveredDays
        let response = responseMillisecondsByWholeDay
        return input.compared.map { PeriodComparison($0, keyFigures: keyFigures, coveredDays: covered, responseMillisecondsByDay: response) }
    }
}
