package import Workload

/// What changes of a roster cost in a year: by the same year as the roster's own cost (`RosterCost`), whatever period is looked
/// at. A change is made on the year's spans as `StaffingPlan.applying` makes it on a period's.
///
/// Each row of a rotation stands in every week with its part of the positions, so that fewer people than one of its
/// weeks has are counted as the mean of the weeks.
package struct RosterYear: Sendable {
    /// Today's, on days that stand for all days like them.
    private let plan: StaffingPlan
    private let zones: [String]
    private let dayCount: Int
    private let alike: [Int: Int]
    private let rates: RosterRates
    private let localTime: LocalTime
    private let today: RosterCost

    /// - Parameters:
    ///   - zones: for a change that names none.
    ///   - day: whose recurring rows hold, and whose calendar year's public holidays are counted.
    package init(_ roster: Roster, zones: [String], rates: RosterRates, on day: LocalTime.Day, localTime: LocalTime = .oslo) {
        self.zones = zones
        self.rates = rates
        self.localTime = localTime
        let examples = RosterCost.exampleDays(year: day.year)
        let week = roster.typicalWeek(on: day)
        plan = StaffingPlan(spans: examples.flatMap { week.spans(on: $0.day, localTime: localTime) }, days: examples.map(\.day))
        dayCount = examples.reduce(0) { $0 + $1.count }
        alike = Dictionary(uniqueKeysWithValues: examples.map { ($0.day.number, $0.count) })
        today = RosterCost(spans: plan.spans, dayCount: dayCount, alike: alike, rates: rates, localTime: localTime)
    }

    /// Kroner and position-hours a year more than today, under 0 where the changes save. O(spans of the year's kinds of days).
    package func cost(of changes: [StaffingChange]) -> (kroner: Double, hours: Double) {
        let changed = changes.reduce(plan) { $0.applying($1, zones: zones, localTime: localTime) }
        guard changed.spans != plan.spans else { return (0, 0) }
        let cost = RosterCost(spans: changed.spans, dayCount: dayCount, alike: alike, rates: rates, localTime: localTime)
        return (cost.kroner - today.kroner, cost.hours - today.hours)
    }
}
