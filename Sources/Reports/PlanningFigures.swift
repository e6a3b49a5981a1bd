package import Strategy

/// What a municipality plans by: years to come, the comparison with others and its places. Nil where it has no such file.
package struct PlanningFigures: Sendable {
    package var projection: ProjectionAnswer?
    /// There is a projection, but it would tell outside the municipality of what is withheld.
    package internal(set) var isProjectionWithheld = false
    package var kostra: KostraComparison?
    package var capacity: CareCapacity?

    package init(projection: ProjectionAnswer? = nil, kostra: KostraComparison? = nil, capacity: CareCapacity? = nil) {
        self.projection = projection
        self.kostra = kostra
        self.capacity = capacity
    }

    package var isEmpty: Bool { projection == nil && !isProjectionWithheld && kostra == nil && capacity == nil }

    /// Those of 80 years and more, in the newest year that the comparison has them for.
    package var old: KostraComparison.AgeGroup? {
        kostra?.groups.filter { AgeGroup($0.age) == AgeGroup(from: 80, to: nil) }.max { $0.year < $1.year }
    }
}
