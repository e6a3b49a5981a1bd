package import Workload

/// The catalogue of what an indicator can measure. Raw values are the words in `goals.yaml`.
package enum IndicatorMeasure: String, CaseIterable, Sendable {
    case closedAtCentre = "closed-at-centre"
    case unintended
    case deviceAvailability = "device-availability"
    case callOutHoursPer100Users = "call-out-hours-per-100-users"
    case answerWithin60Seconds = "answer-within-60s"
    case attendanceWithin45Minutes = "attendance-within-45min"

    package enum Unit: Sendable {
        /// A share 0–1, shown and written in percent.
        case share
        /// Hours per 100 users and 30 days.
        case hoursPer100UsersAnd30Days
    }

    package var unit: Unit { self == .callOutHoursPer100Users ? .hoursPer100UsersAnd30Days : .share }

    /// How the figure is made, in bokmål, as the report's last section prints it.
    package var definition: String {
        switch self {
        case .closedAtCentre:
            "Av alle lukkede alarmer (uten prøvealarmer): andelen der ingen ble sendt, tok oppdraget, dro eller kom fram."
        case .unintended:
            "Av alle lukkede alarmer (uten prøvealarmer): andelen med utfall «utilsiktet»."
        case .deviceAvailability:
            "Enhetsdøgn med livstegn delt på alle enhetsdøgn for registrerte enheter. Døgn for samme enhet henger "
                + "sammen, så det virkelige intervallet er bredere enn det viste."
        case .callOutHoursPer100Users:
            "Utrykningstimer i hele lokale døgn × 100 × 30, delt på antall brukere × antall hele døgn. En time med to "
                + "medarbeidere teller som to. Intervallet er Students t over døgnene (minst 7)."
        case .answerWithin60Seconds:
            "Av alarmer som ble besvart: andelen besvart innen 60 sekunder etter at de ble utløst."
        case .attendanceWithin45Minutes:
            "Av utrykninger der noen kom fram: andelen som var framme innen 45 minutter etter at de ble sendt."
        }
    }
}

/// What the indicators of one municipality or zone are computed from.
package struct IndicatorData: Sendable {
    package var keyFigures: KeyFigures
    /// `responseMs` of each whole local day that the data covers; days without a response are zeros.
    package var responseMillisecondsByDay: [Int64]
    /// Registered users; 0 where it is not known.
    package var users: Int
    package var deviceDaysWithSign: Int
    package var deviceDaysRegistered: Int

    package init(
        keyFigures: KeyFigures,
        responseMillisecondsByDay: [Int64],
        users: Int,
        deviceDaysWithSign: Int,
        deviceDaysRegistered: Int
    ) {
        self.keyFigures = keyFigures
        self.responseMillisecondsByDay = responseMillisecondsByDay
        self.users = users
        self.deviceDaysWithSign = deviceDaysWithSign
        self.deviceDaysRegistered = deviceDaysRegistered
    }
}
