/// Exactly what a measure is, in the words that reports print (bokmål). The catalogue holds one for each measure.
package struct IndicatorDefinition: Equatable, Sendable {
    /// What the national welfare technology programme calls the three kinds of benefit.
    package enum Category: String, CaseIterable, Sendable {
        case betterQuality = "økt kvalitet"
        case savedTime = "spart tid"
        case avoidedCost = "unngåtte kostnader"
    }

    /// How the 95 % interval is made.
    package enum Uncertainty: Equatable, Sendable {
        /// Wilson (1927), without continuity correction.
        case wilson
        /// Exact for a Poisson count (Garwood 1936).
        case garwood
        /// Student's t over whole local days.
        case studentOverDays
        /// Percentiles of 1,000 drawn samples (Efron 1979), of days or of users, with a fixed seed.
        case bootstrap
        /// No chance in it: the bounds of the named assumptions, all low or all high at once.
        case assumptions
        /// A complete account: nothing is drawn, low and high are the value.
        case account

        package var bokmal: String {
            switch self {
            case .wilson: "95 % Wilson-intervall"
            case .garwood: "eksakt 95 % Poisson-intervall (Garwood)"
            case .studentOverDays: "95 % Students t over døgnene"
            case .bootstrap: "95 % ved gjentatte trekninger (bootstrap, 1000 trekninger, fast frø)"
            case .assumptions: "lav og høy etter forutsetningene; ikke et statistisk intervall"
            case .account: "ført i regnskap, uten usikkerhet fra utvalg"
            }
        }
    }

    package var measure: IndicatorMeasure
    /// Counted up when what the figure means changes, so that two reports can be compared.
    package var version: Int
    /// The whole definition as one sentence or two.
    package var text: String
    package var numerator: String
    package var denominator: String
    /// What is left out.
    package var exclusions: String
    /// What `n` counts, and how many it takes before an interval, and so a status, is given.
    package var counted: String
    package var minimumCount: Int
    package var category: Category
    package var uncertainty: Uncertainty
    /// Where the figures come from.
    package var source: String

    /// A measure's definition. Every measure has one: a test walks all of them.
    package static func of(_ measure: IndicatorMeasure) -> IndicatorDefinition {
        switch measure {
        case .closedAtCentre, .lowestEffectiveStep, .unintended, .silent, .answerWithin60Seconds, .answerWithin180Seconds, .unanswered, .open,
            .attendanceWithin45Minutes, .attendanceWithin60Minutes, .late:
            ofAlarms(measure)
        case .callOutsPer100Users, .nightCallOutsPer100Users, .callOutHoursPer100Users, .repeatUsers, .simultaneousResponses, .unplannedShare:
            ofLoad(measure)
        default: ofTechnology(measure)
        }
    }

    /// The whole catalogue, in the order of the measures.
    package static var all: [IndicatorDefinition] { IndicatorMeasure.allCases.map(of) }

    /// The catalogue's own edition: all versions added up, so that it counts up with each of them and with each new definition.
    package static var edition: Int { all.reduce(0) { $0 + $1.version } }

    /// The local hours of the night: from the first of them until the second, which is not within.
    package static let nightHours = (from: 23, until: 7)

    /// How long no new call-out to the same device may come before an alarm counts as solved.
    package static let effectiveMilliseconds: Int64 = 24 * 3_600_000

    /// The part of the users whose share of the load is told.
    package static let repeatUserShare = 0.05
}
