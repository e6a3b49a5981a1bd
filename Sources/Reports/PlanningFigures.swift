package import Strategy

/// What a municipality plans by: years to come, the comparison with others and its places. Nil where it has no such file.
package struct PlanningFigures: Sendable {
    package var projection: Projected?
    package var kostra: KostraComparison?
    package var capacity: CareCapacity?

    /// A projection with what it rests on.
    package struct Projected: Sendable {
        package var projection: Projection
        package var assumptions: ProjectionAssumptions
        package var users: UsersByAge
        package var basis: Basis

        package init(projection: Projection, assumptions: ProjectionAssumptions, users: UsersByAge, basis: Basis) {
            self.projection = projection
            self.assumptions = assumptions
            self.users = users
            self.basis = basis
        }
    }

    /// Where today's load is from.
    package enum Basis: Equatable, Sendable {
        /// Nobody asked for a measured one.
        case assumed
        case measured(Measured)
        /// The period had too little, and assumptions took its place.
        case tooLittle(Measured)
    }

    /// What a period had to measure today's load from.
    package struct Measured: Equatable, Sendable {
        /// Days of the period wholly covered by data, of all its days.
        package var wholeDays: Int
        package var days: Int
        /// On the whole days.
        package var callOuts: Int

        /// A whole week, so that each weekday is there.
        package static let wholeDaysMin = IndicatorFigure.dayCountMin
        /// Under so many call-outs their rate could be half or twice as high.
        package static let callOutsMin = 10

        package init(wholeDays: Int, days: Int, callOuts: Int) {
            self.wholeDays = wholeDays
            self.days = days
            self.callOuts = callOuts
        }

        package var isEnough: Bool { wholeDays >= Measured.wholeDaysMin && callOuts >= Measured.callOutsMin }
    }

    package init(projection: Projected? = nil, kostra: KostraComparison? = nil, capacity: CareCapacity? = nil) {
        self.projection = projection
        self.kostra = kostra
        self.capacity = capacity
    }

    package var isEmpty: Bool { projection == nil && kostra == nil && capacity == nil }

    /// Those of 80 years and more, in the newest year that the comparison has them for.
    package var old: KostraComparison.AgeGroup? {
        kostra?.groups.filter { AgeGroup($0.age) == AgeGroup(from: 80, to: nil) }.max { $0.year < $1.year }
    }
}
