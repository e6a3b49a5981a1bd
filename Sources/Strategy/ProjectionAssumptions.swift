/// What a projection rests on besides population and users: `projection.yaml`. Everything has a name and a source.
package struct ProjectionAssumptions: Equatable, Sendable {
    package enum Level: String, CaseIterable, Sendable {
        case low, main, high

        package var bokmal: String {
            switch self {
            case .low: "lav"
            case .main: "hoved"
            case .high: "høy"
            }
        }
    }

    /// How it is today, in the base year.
    package struct Today: Equatable, Sendable {
        package var year: Int
        package var callOutsPer30Days: Assumption
        package var minutesPerCallOut: Assumption
        /// Of closed alarms, 0–1.
        package var closedAtCentre: Assumption
        /// Full-time equivalents that stand ready today; nil: what the staffing rule gives for today's load.
        package var fullTimeEquivalents: Assumption?
    }

    /// The staffing rule that is used until the roster's own is wired in.
    package struct Staffing: Equatable, Sendable {
        /// β of square root staffing, 0 or more.
        package var margin: Double
        /// People on duty at least, at any hour, in each zone.
        package var minimumOnDuty: Double
        /// Whether positions are rounded up to whole people, hour by hour and zone by zone.
        package var isWhole: Bool
        /// Net hours a year of a full-time equivalent.
        package var hoursPerFullTimeEquivalent: Double
        package var source: String
    }

    /// Something believed to change, as factors of today's values that are reached in `fullYear`, evenly from the base year.
    package struct Change: Equatable, Sendable {
        package var id: String
        package var name: String
        package var fullYear: Int
        /// Factors, 1 for unchanged.
        package var users: Assumption?
        package var callOutsPerUser: Assumption?
        package var minutesPerCallOut: Assumption?
    }

    /// People of working age per pensioner.
    package struct DependencyRatio: Equatable, Sendable {
        package struct Point: Equatable, Sendable {
            package var year: Int
            package var ratio: Double

            package init(year: Int, ratio: Double) {
                self.year = year
                self.ratio = ratio
            }
        }

        /// By year.
        package var points: [Point]
        package var pensionAge: Int
        package var source: String

        package init(points: [Point], pensionAge: Int = 67, source: String) {
            self.points = points.sorted { $0.year < $1.year }
            self.pensionAge = pensionAge
            self.source = source
        }

        /// Straight between the years that are given; as the nearest of them before and after.
        package func ratio(in year: Int) -> Double {
            guard let after = points.firstIndex(where: { $0.year >= year }) else { return points[points.count - 1].ratio }
            guard after > 0 else { return points[0].ratio }
            let (earlier, later) = (points[after - 1], points[after])
            let part = Double(year - earlier.year) / Double(later.year - earlier.year)
            return earlier.ratio + part * (later.ratio - earlier.ratio)
        }
    }

    package var today: Today
    package var staffing: Staffing
    /// The population's alternative for each level.
    package var alternatives: [Level: String]
    package var dependencyRatio: DependencyRatio?
    package var changes: [Change]
    /// Where keys stand in the file, for messages: lines by key, such as `today.year`.
    package var lines: [String: Int] = [:]

    /// The years that changes are reached in and ratios are given for.
    package var yearsNamed: [Int] { changes.map(\.fullYear) + (dependencyRatio?.points.map(\.year) ?? []) }

    package var hasExample: Bool {
        let today = [today.callOutsPer30Days, today.minutesPerCallOut, today.closedAtCentre, today.fullTimeEquivalents]
        let changed = changes.flatMap { [$0.users, $0.callOutsPerUser, $0.minutesPerCallOut] }
        return (today + changed).contains { $0?.isExample ?? false }
    }

    /// The product of all changes' factors of one kind, in a year and level.
    func factor(_ kind: KeyPath<Change, Assumption?>, year: Int, _ level: Level) -> Double {
        changes.reduce(1) { product, change in
            guard let range = change[keyPath: kind]?.range else { return product }
            let span = Double(max(1, change.fullYear - today.year))
            let part = min(1, max(0, Double(year - today.year) / span))
            return product * (1 + part * (range[level] - 1))
        }
    }
}

extension Range3 {
    package subscript(level: ProjectionAssumptions.Level) -> Double {
        switch level {
        case .low: low
        case .main: main
        case .high: high
        }
    }
}
