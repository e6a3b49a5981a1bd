package import Strategy

extension Goals {
    /// In the place of framework and goal, of a figure that is shown though no goal of the municipality has it. No id of `goals.yaml` is so.
    package static let noGoal = "_"

    /// The indicator at the ids of framework, goal and indicator, or of a measure that no goal needs to have; nil where there is none.
    ///
    /// - Parameter place: three ids.
    package func indicator(at place: [String]) -> Indicator? {
        guard place.count == 3 else { return nil }
        guard place[0] != Goals.noGoal || place[1] != Goals.noGoal else {
            return IndicatorMeasure(rawValue: place[2]).map { Indicator(id: $0.rawValue, name: $0.bokmal, measure: $0, direction: .up) }
        }
        return frameworks.first { $0.id == place[0] }?.goals.first { $0.id == place[1] }?.indicators.first { $0.id == place[2] }
    }
}
