package import Workload

/// How many have services in a municipality, by age group, beside a group of municipalities: KOSTRA, one year.
package struct KostraComparison: Equatable, Sendable {
    /// What one row of the file says. Percent in thousandths of a percent, so that sums are exact.
    package struct Figures: Equatable, Sendable {
        /// Inhabitants of the age group with home services, and in an institution.
        package var home: Int
        package var institution: Int

        package init(home: Int, institution: Int) {
            self.home = home
            self.institution = institution
        }

        package var sum: Int { home + institution }
    }

    package struct AgeGroup: Equatable, Sendable {
        package var year: Int
        /// As the file writes it: `67-79`.
        package var age: String
        package var municipality: Figures
        /// Inhabitants of the age group in the municipality.
        package var inhabitants: Int
        package var groupName: String
        package var group: Figures

        package init(year: Int, age: String, municipality: Figures, inhabitants: Int, groupName: String, group: Figures) {
            self.year = year
            self.age = age
            self.municipality = municipality
            self.inhabitants = inhabitants
            self.groupName = groupName
            self.group = group
        }

        /// Thousandths of a percent more than the group; under 0 fewer.
        package var difference: Int { municipality.sum - group.sum }

        /// So many users more than with the group's share, to the nearest whole; under 0 fewer.
        package var usersAbove: Int { KostraComparison.part(difference, of: inhabitants) }

        /// Users in the municipality, to the nearest whole, of its inhabitants.
        package var users: Share { Share(KostraComparison.part(municipality.sum, of: inhabitants), of: inhabitants) }

        /// The 95 % Wilson bounds of the municipality's share, less the group's, in users: KOSTRA counts everybody, so they
        /// tell how much a number of this size moves by chance from year to year. Nil under five inhabitants.
        package var usersAboveBounds: (low: Int, high: Int)? {
            guard !users.small, let interval = users.interval else { return nil }
            let groupShare = Double(group.sum) / 100_000
            func above(_ share: Double) -> Int { Int(((share - groupShare) * Double(inhabitants)).rounded(.toNearestOrAwayFromZero)) }
            return (above(interval.low), above(interval.high))
        }

        /// Whether the group's share lies outside the municipality's interval.
        package var isBeyondChance: Bool { usersAboveBounds.map { $0.low > 0 || $0.high < 0 } ?? false }
    }

    /// In the order of the file.
    package var groups: [AgeGroup]

    package init(groups: [AgeGroup]) { self.groups = groups }

    /// Thousandths of a percent of a number, to the nearest whole, halves away from zero. Whole numbers alone: exact.
    static func part(_ thousandthsOfPercent: Int, of number: Int) -> Int {
        let product = thousandthsOfPercent * number
        let half = product < 0 ? -50_000 : 50_000
        return (product + half) / 100_000
    }
}
