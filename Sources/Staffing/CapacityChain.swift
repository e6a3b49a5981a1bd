import Workload

/// How a full position's agreed year becomes time with users, step by step (DOMAIN, staffing).
///
/// Weeks × hours − holidays − public holidays − absence − training = net hours; − meetings − travel = user time.
/// Published net hours disagree (1,695 to 1,750), so each municipality derives its own and shows how. A public holiday
/// from Monday to Friday takes a fifth of a week: those in rotating shifts who work on it have the time off another day.
package struct CapacityChain: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case gross, holidays, publicHolidays, absence, training, net, meetings, travel, user
    }

    package struct Step: Equatable, Sendable {
        package var kind: Kind
        /// In bokmål, as the next.
        package var name: String
        /// How the hours come about, such as `52 uker × 35,5 timer`.
        package var calculation: String
        /// Hours a year: what there is to begin with, under 0 what is taken away, and 0 in the lines of a sum.
        package var hours: Double
        /// Hours a year left after the step.
        package var remainingHours: Double
        package var source: String
        package var isExample: Bool
    }

    package let year: Int
    /// 0–1.
    let longAbsenceShareOfAbsence: Double
    package private(set) var steps: [Step] = []

    /// - Parameter year: whose public holidays are counted.
    package init(_ assumptions: CapacityAssumptions, year: Int) {
        self.year = year
        longAbsenceShareOfAbsence = assumptions.absenceShare.value > 0 ? assumptions.longAbsenceShare.value / assumptions.absenceShare.value : 0
        let week = assumptions.hoursAWeek
        let gross = assumptions.weeksAYear.value * week.value
        steps = [
            Step(
                kind: .gross,
                name: "Avtalt arbeidstid",
                calculation: "\(Self.text(assumptions.weeksAYear.value)) uker × \(Self.text(week.value)) timer",
                hours: gross,
                remainingHours: gross,
                source: week.source,
                isExample: week.isExample || assumptions.weeksAYear.isExample
            )
        ]
        let holidays = assumptions.holidayWeeks
        take(.holidays, "Ferie", "\(Self.text(holidays.value)) uker × \(Self.text(week.value)) timer", holidays.value * week.value, holidays)
        let days = CapacityChain.publicHolidaysOnWeekdays(in: year)
        take(
            .publicHolidays,
            "Helligdager på hverdager",
            "\(days) dager i \(year) × \(Self.text(week.value / 5)) timer",
            Double(days) * week.value / 5,
            SourcedFigure(Double(days), source: "kalenderen for \(year): lov om helligdager § 2, og 1. og 17. mai")
        )
        takeShare(.absence, "Fravær", of: remainingHours, assumptions.absenceShare)
        let training = assumptions.trainingHours
        take(.training, "Opplæring", "\(Self.text(training.value)) timer", training.value, training)
        sum(.net, "Netto arbeidstid")
        let net = remainingHours
        takeShare(.meetings, "Rapport, møter og dokumentasjon", of: net, assumptions.meetingsShare)
        takeShare(.travel, "Reise", of: net, assumptions.travelShare)
        sum(.user, "Tid hos brukere")
    }

    private var remainingHours: Double { steps.last?.remainingHours ?? 0 }

    package var grossHours: Double { remainingHours(after: .gross) }
    package var netHours: Double { remainingHours(after: .net) }
    package var userHours: Double { remainingHours(after: .user) }

    package func remainingHours(after kind: Kind) -> Double { steps.first { $0.kind == kind }?.remainingHours ?? 0 }

    /// Hours a year that a step takes away, at least 0.
    func takenHours(_ kind: Kind) -> Double { -(steps.first { $0.kind == kind }?.hours ?? 0) }

    /// Public holidays of a year from Monday to Friday.
    package static func publicHolidaysOnWeekdays(in year: Int) -> Int { Holidays.of(year: year).keys.count { $0.weekday <= 5 } }

    private mutating func take(_ kind: Kind, _ name: String, _ calculation: String, _ hours: Double, _ figure: SourcedFigure) {
        steps.append(
            Step(
                kind: kind,
                name: name,
                calculation: calculation,
                hours: -hours,
                remainingHours: remainingHours - hours,
                source: figure.source,
                isExample: figure.isExample
            )
        )
    }

    private mutating func takeShare(_ kind: Kind, _ name: String, of hours: Double, _ share: SourcedFigure) {
        take(kind, name, "\(Self.text(share.value * 100)) % av \(Self.text(hours)) timer", share.value * hours, share)
    }

    private mutating func sum(_ kind: Kind, _ name: String) {
        let isExample = steps.contains(where: \.isExample)
        steps.append(Step(kind: kind, name: name, calculation: "", hours: 0, remainingHours: remainingHours, source: "regnet ut", isExample: isExample))
    }

    /// At most one decimal, with a comma.
    private static func text(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10),\(abs(tenths % 10))"
    }
}
