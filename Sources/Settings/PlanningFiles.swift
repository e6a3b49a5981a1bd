/// The files of a municipality about goals and plans besides `goals.yaml`: absolute, nil where there is none.
package struct PlanningFiles: Equatable, Sendable {
    /// Shares with services by age group, beside a group of municipalities.
    package var kostra: String?
    /// Places and dwellings by area.
    package var capacity: String?
    /// Inhabitants by age, year and alternative.
    package var population: String?
    /// Users of each technology by age group.
    package var usersByAge: String?
    /// What a projection rests on.
    package var projection: String?
    /// What technology is believed to save and cost.
    package var benefits: String?
    /// What leaders have entered as realised.
    package var benefitLedger: String?

    package init() {}

    /// - Parameter path: the path that a key of `municipality.yaml` names; nil where it is not there or cannot be read.
    init(path: (String) -> String?) {
        kostra = path("kostra")
        capacity = path("capacity")
        population = path("population")
        usersByAge = path("usersByAge")
        projection = path("projection")
        benefits = path("benefits")
        benefitLedger = path("benefitLedger")
    }
}
