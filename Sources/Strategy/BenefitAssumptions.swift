package import Telemetry

/// What a municipality believes that its technology saves and costs: `benefits.yaml`. Nothing here is measured.
package struct BenefitAssumptions: Equatable, Sendable {
    /// What makes new work.
    package enum NewWork: String, CaseIterable, Sendable {
        /// An assist that ended as `follow-up`.
        case followUp = "follow-up"
        /// A call-out to an alarm that was unintended.
        case falseAlarm = "false-alarm"
        /// A visit to a device that does not work.
        case technicalVisit = "technical-visit"

        package var bokmal: String {
            switch self {
            case .followUp: "oppfølginger"
            case .falseAlarm: "utrykninger til utilsiktede alarmer"
            case .technicalVisit: "tekniske besøk"
            }
        }
    }

    package struct Technology: Equatable, Sendable {
        package var technology: Telemetry.Technology
        /// What it is done instead of, in bokmål: «planlagte nattbesøk».
        package var replaces: String
        /// The part of the counted things that really replaced something, 0–1.
        package var share: Assumption
        /// Minutes of the work that it replaced, travel within.
        package var minutes: Assumption
        /// Minutes of each kind of new work.
        package var newWorkMinutes: [NewWork: Assumption]

        package init(
            technology: Telemetry.Technology,
            replaces: String,
            share: Assumption,
            minutes: Assumption,
            newWorkMinutes: [NewWork: Assumption]
        ) {
            self.technology = technology
            self.replaces = replaces
            self.share = share
            self.minutes = minutes
            self.newWorkMinutes = newWorkMinutes
        }

        package var hasExample: Bool { share.isExample || minutes.isExample || newWorkMinutes.values.contains(where: \.isExample) }
    }

    package var technologies: [Technology]

    package init(technologies: [Technology]) { self.technologies = technologies }

    package var hasExample: Bool { technologies.contains(where: \.hasExample) }
}
