/// What a figure that was not measured would have needed, where the program knows: a file that nobody has handed over.
package enum MissingSource: Equatable, Sendable {
    case benefits, population, roster
    /// What leaders enter for the municipality as a whole, and for no zone.
    case wholeMunicipality

    package var bokmal: String {
        switch self {
        case .benefits: "ingen forutsetninger (benefits.yaml)"
        // Of a zone neither: nobody knows the inhabitants of a zone.
        case .population: "ingen folketall her"
        case .roster: "ingen turnus"
        case .wholeMunicipality: "føres bare for hele kommunen"
        }
    }

    /// Nil where something else is missing, such as whole days of data.
    init?(_ measure: IndicatorMeasure, _ data: IndicatorData) {
        switch measure {
        case .freedHours where data.freed == nil && !data.responseMillisecondsByDay.isEmpty: self = .benefits
        case .unplannedShare where data.rosteredMillisecondsByDay == nil: self = .roster
        case .realisedHours, .realisedKroner: if data.isOfOneZone { self = .wholeMunicipality } else { return nil }
        case _ where measure.unit == .usersPer1000 && data.inhabitants80 == nil: self = .population
        default: return nil
        }
    }
}
