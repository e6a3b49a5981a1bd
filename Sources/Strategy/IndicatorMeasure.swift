package import Telemetry

/// The words of `goals.yaml` for what an indicator can measure. What each means stands in `IndicatorDefinition`.
package enum IndicatorMeasure: String, CaseIterable, Sendable {
    case closedAtCentre = "closed-at-centre"
    case lowestEffectiveStep = "lowest-effective-step"
    case unintended
    case silent
    case answerWithin60Seconds = "answer-within-60s"
    case answerWithin180Seconds = "answer-within-180s"
    case unanswered
    case open
    case attendanceWithin45Minutes = "attendance-within-45min"
    case attendanceWithin60Minutes = "attendance-within-60min"
    case callOutsPer100Users = "call-outs-per-100-users"
    case nightCallOutsPer100Users = "night-call-outs-per-100-users"
    case callOutHoursPer100Users = "call-out-hours-per-100-users"
    case repeatUsers = "repeat-users"
    case simultaneousResponses = "simultaneous-responses"
    case unplannedShare = "unplanned-share"
    case late
    case deviceAvailability = "device-availability"
    case technologyUsersPer1000 = "technology-users-per-1000-80plus"
    case safetyAlarmUsersPer1000 = "safety-alarm-users-per-1000-80plus"
    case medicationDispenserUsersPer1000 = "medication-dispenser-users-per-1000-80plus"
    case digitalSupervisionUsersPer1000 = "digital-supervision-users-per-1000-80plus"
    case electronicLockUsersPer1000 = "electronic-lock-users-per-1000-80plus"
    case locationUsersPer1000 = "location-users-per-1000-80plus"
    case homeMonitoringUsersPer1000 = "home-monitoring-users-per-1000-80plus"
    case ladderNotRisen = "ladder-not-risen"
    case freedHours = "freed-hours-net"
    case realisedHours = "realised-hours"
    case realisedKroner = "realised-kroner"

    /// The kind of technology whose users are counted; nil for all other measures.
    package var technology: Technology? {
        switch self {
        case .safetyAlarmUsersPer1000: .safetyAlarm
        case .medicationDispenserUsersPer1000: .medicationDispenser
        case .digitalSupervisionUsersPer1000: .digitalSupervision
        case .electronicLockUsersPer1000: .electronicLock
        case .locationUsersPer1000: .location
        case .homeMonitoringUsersPer1000: .homeMonitoring
        default: nil
        }
    }

    package enum Unit: Sendable {
        /// A share 0–1, shown and written in percent.
        case share
        /// Hours per 100 users and 30 days.
        case hoursPer100UsersAnd30Days
        /// Call-outs per 100 users and 30 days.
        case callOutsPer100UsersAnd30Days
        /// Users per 1,000 inhabitants of 80 years and more.
        case usersPer1000
        /// Hours per 30 days.
        case hoursPer30Days
        /// Hours from the new year until the period's end.
        case hours
        /// Norwegian kroner from the new year until the period's end.
        case kroner

        /// What stands behind the number, in bokmål.
        package var bokmal: String {
            switch self {
            case .share: "%"
            case .hoursPer100UsersAnd30Days: "timer per 100 brukere og 30 døgn"
            case .callOutsPer100UsersAnd30Days: "utrykninger per 100 brukere og 30 døgn"
            case .usersPer1000: "brukere per 1000 innbyggere 80+"
            case .hoursPer30Days: "timer per 30 døgn"
            case .hours: "timer hittil i året"
            case .kroner: "kroner hittil i året"
            }
        }

        /// The values that `goals.yaml` may name, in the unit as it is written there.
        package var allowed: ClosedRange<Double> {
            switch self {
            case .share: 0...100
            // All 100 of them all the time of 30 days.
            case .hoursPer100UsersAnd30Days: 0...72_000
            case .callOutsPer100UsersAnd30Days: 0...100_000
            case .usersPer1000: 0...10_000
            // New work can outweigh what is freed.
            case .hoursPer30Days: -1_000_000...1_000_000
            case .hours: 0...10_000_000
            case .kroner: 0...10_000_000_000
            }
        }
    }

    package var unit: Unit {
        switch self {
        case .callOutHoursPer100Users: .hoursPer100UsersAnd30Days
        case .callOutsPer100Users, .nightCallOutsPer100Users: .callOutsPer100UsersAnd30Days
        case .technologyUsersPer1000, .safetyAlarmUsersPer1000, .medicationDispenserUsersPer1000, .digitalSupervisionUsersPer1000,
            .electronicLockUsersPer1000, .locationUsersPer1000, .homeMonitoringUsersPer1000:
            .usersPer1000
        case .freedHours: .hoursPer30Days
        case .realisedHours: .hours
        case .realisedKroner: .kroner
        default: .share
        }
    }

    /// How the figure is made, in bokmål, as the report's last section prints it.
    package var definition: String { IndicatorDefinition.of(self).text }
}
