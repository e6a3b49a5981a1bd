/// What an hour at work costs. Key `rates` of `staffing.yaml`.
package struct RosterRates: Equatable, Sendable {
    package enum SupplementKind: String, CaseIterable, Hashable, Sendable { case evening, night, weekend, holiday }

    package enum Amount: Equatable, Sendable {
        case kroner(Double)
        /// Of the hourly wage, 0.25 for 25 %.
        case share(Double)
    }

    /// What is paid beside the wage in some hours.
    package struct Supplement: Equatable, Sendable {
        package var kind: SupplementKind
        package var amount: Amount
        /// Minutes of the wall clock; an end before the start is on the next day. Weekend: Saturday and Sunday; holiday:
        /// a public holiday: the whole day from 0 to 1440, unless something else is said.
        package var fromMinutes: Int
        package var toMinutes: Int
        package var source: String
        package var isExample: Bool

        package init(kind: SupplementKind, amount: Amount, fromMinutes: Int, toMinutes: Int, source: String, isExample: Bool = false) {
            self.kind = kind
            self.amount = amount
            self.fromMinutes = fromMinutes
            self.toMinutes = toMinutes
            self.source = source
            self.isExample = isExample
        }
    }

    /// The mean wage of an hour, before supplements.
    package var hourlyKroner = SourcedFigure.example(260)
    /// Employer's contribution, pension and holiday pay, of wage and supplements; 0.4 for 40 %.
    package var socialCostsShare = SourcedFigure.example(0.4)
    /// At most one of a kind. All that fall in an hour are added up.
    package var supplements: [Supplement] = [
        .init(kind: .evening, amount: .share(0.25), fromMinutes: 17 * 60, toMinutes: 21 * 60, source: "eksempel", isExample: true),
        .init(kind: .night, amount: .share(0.25), fromMinutes: 21 * 60, toMinutes: 6 * 60, source: "eksempel", isExample: true),
        .init(kind: .weekend, amount: .kroner(65), fromMinutes: 0, toMinutes: 1440, source: "eksempel", isExample: true),
        .init(kind: .holiday, amount: .share(1), fromMinutes: 0, toMinutes: 1440, source: "eksempel", isExample: true),
    ]

    package init() {}

    package var isExample: Bool { hourlyKroner.isExample || socialCostsShare.isExample || supplements.contains(where: \.isExample) }
}
