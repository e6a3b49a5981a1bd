/// What a figure that was not measured would have needed, where the program knows: a file that nobody has handed over.
package enum MissingSource: Equatable, Sendable {
    case benefits, population, roster

    package var bokmal: String {
        switch self {
        case .benefits: "ingen forutsetninger (benefits.yaml)"
        // Of a zone neither: nobody knows the inhabitants of a zone.
        case .population: "ingen folketall her"
        case .roster: "ingen turnus"
        }
    }

    /// Nil where something else is missing, such as whole days of data.
    init?(_ measure: IndicatorMeasure, _ data: IndicatorData) {
        switch measure {
        case .freedHours where data.freed == nil && !data.responseMillisecondsByDay.isEmpty: self = .benefits
        case .unplannedShare where data.rosteredMillisecondsByDay == nil: self = .roster
        case _ where measure.unit == .usersPer1000 && data.inhabitants80 == nil: self = .population
        default: return nil
        }
    }
}
