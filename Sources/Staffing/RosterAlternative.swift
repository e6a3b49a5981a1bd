package import Workload

/// A roster that could be instead of today's, as `alternatives.yaml` names it.
package struct RosterAlternative: Equatable, Sendable {
    /// A, B, C or what the municipality calls it.
    package var name: String
    /// What it is, for the reader; nil where nothing is said.
    package var note: String?
    /// The roster's file, for the reader.
    package var file: String
    package var roster: Roster

    package init(name: String, note: String?, file: String, roster: Roster) {
        self.name = name
        self.note = note
        self.file = file
        self.roster = roster
    }

    /// What can be said of it without a single alarm.
    package struct Figures: Equatable, Sendable {
        package var cost: RosterCost
        package var fullTimeEquivalents: FullTimeEquivalents
        package var rest: RestRules.Check
    }

    /// - Parameter day: whose rows in force are counted, and whose year's public holidays.
    package func figures(_ settings: StaffingSettings, on day: LocalTime.Day) -> Figures {
        let cost = RosterCost(roster, rates: settings.rates, on: day)
        return Figures(
            cost: cost,
            fullTimeEquivalents: FullTimeEquivalents(rosteredHours: cost.hours, CapacityChain(settings.capacity, year: day.year)),
            rest: settings.restRules.check(roster, on: day)
        )
    }
}
