import Foundation

/// How many people a load asks for, hour by hour of the week: the mean number at work m and a margin of β√m for chance
/// (square root staffing: Halfin & Whitt 1981; by the modified offered load: Jennings et al. 1996; Green, Kolesar & Whitt 2007).
package struct SquareRootStaffing: Equatable, Sendable {
    package static let hoursOfWeek = 168
    private static let weeksPerYear = 365.25 / 7

    /// By zone, the mean number of people at work in each hour of the week (erlang).
    package var hourlyErlang: [[Double]]
    package var rule: ProjectionAssumptions.Staffing

    package init(hourlyErlang: [[Double]], rule: ProjectionAssumptions.Staffing) {
        precondition(hourlyErlang.allSatisfy { $0.count == SquareRootStaffing.hoursOfWeek }, "a zone has 168 hours of the week")
        self.hourlyErlang = hourlyErlang
        self.rule = rule
    }

    /// One zone with the same load at every hour, for who has no measured week.
    package init(evenErlang: Double, rule: ProjectionAssumptions.Staffing) {
        self.init(hourlyErlang: [[Double](repeating: evenErlang, count: SquareRootStaffing.hoursOfWeek)], rule: rule)
    }

    /// Measured hours where each has the mean of its shift by the clock (07–15, 15–23, 23–07): in a small place most hours have no
    /// call-out in four weeks, and the square root of nothing would ask for nobody at all in them.
    package init(measured hourlyErlang: [[Double]], rule: ProjectionAssumptions.Staffing) {
        self.init(hourlyErlang: hourlyErlang.map(SquareRootStaffing.byShift), rule: rule)
    }

    private static func byShift(_ hours: [Double]) -> [Double] {
        // An hour that the period did not cover is 0 as well as a quiet one: with a whole week every hour is covered.
        var sums = [0.0, 0, 0]
        func shift(_ hour: Int) -> Int { (hour % 24 + 17) % 24 / 8 }
        for (hour, erlang) in hours.enumerated() { sums[shift(hour)] += erlang }
        return hours.indices.map { sums[shift($0)] / Double(hoursOfWeek / 3) }
    }

    /// The people on duty at least, as full-time equivalents.
    package var readiness: Double { fullTimeEquivalents(loadFactor: 0) }

    package var need: StaffingNeed { StaffingNeed(readiness: readiness, fullTimeEquivalents: fullTimeEquivalents) }

    /// Full-time equivalents for so many times the load; never falling in `loadFactor`, 0 or more.
    package func fullTimeEquivalents(loadFactor: Double) -> Double {
        let hours = hourlyErlang.joined().reduce(0) { $0 + onDuty($1 * loadFactor) }
        return hours * SquareRootStaffing.weeksPerYear / rule.hoursPerFullTimeEquivalent
    }

    private func onDuty(_ erlang: Double) -> Double {
        let positions = erlang + rule.margin * erlang.squareRoot()
        // A hair over a whole number is rounding, not a person.
        return max(rule.minimumOnDuty, rule.isWhole ? (positions - 1e-9).rounded(.up) : positions)
    }
}
