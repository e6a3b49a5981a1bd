package import Telemetry

/// A row of `devices.csv`: where a device stood from when until when, and what it is.
package struct RegisteredDevice: Sendable, Equatable {
    package var device: String
    package var zone: String
    /// A folder of `devices/`.
    package var profile: String?
    package var dwelling: Dwelling?
    /// Step of the care ladder, 1 to 9.
    package var step: Int?
    /// Valid from this instant (local midnight of the date), nil for always.
    package var from: EventTime?
    /// Until this instant, excluded.
    package var to: EventTime?

    package init(
        device: String,
        zone: String,
        profile: String? = nil,
        dwelling: Dwelling? = nil,
        step: Int? = nil,
        from: EventTime? = nil,
        to: EventTime? = nil
    ) {
        self.device = device
        self.zone = zone
        self.profile = profile
        self.dwelling = dwelling
        self.step = step
        self.from = from
        self.to = to
    }

    /// Open ends as far away as can be.
    var period: (start: EventTime, end: EventTime) { (from ?? .min, to ?? .max) }

    func overlaps(_ other: RegisteredDevice) -> Bool {
        max(period.start, other.period.start) < min(period.end, other.period.end)
    }

    /// The same but for the period.
    func isSamePlace(as other: RegisteredDevice) -> Bool {
        zone == other.zone && profile == other.profile && dwelling == other.dwelling && step == other.step
    }
}

/// What kind of home a device stands in, as plans of dwellings count them.
package enum Dwelling: String, CaseIterable, Sendable {
    case ownHome = "own-home"
    case municipalRental = "municipal-rental"
    case careHome = "care-home"
    case sharedHousing = "shared-housing"
    case institution
    case other

    /// The code, or a Norwegian word for it, in any case.
    package init?(word: String) {
        switch word.lowercased() {
        case "own-home", "eget hjem", "egen bolig", "hjemme": self = .ownHome
        case "municipal-rental", "kommunal bolig", "kommunal utleiebolig", "kommunal utleie": self = .municipalRental
        case "care-home", "omsorgsbolig": self = .careHome
        case "shared-housing", "bokollektiv", "bofellesskap": self = .sharedHousing
        case "institution", "institusjon", "sykehjem", "helsehus": self = .institution
        case "other", "annet", "annen": self = .other
        default: return nil
        }
    }

    package var bokmal: String {
        switch self {
        case .ownHome: "eget hjem"
        case .municipalRental: "kommunal utleiebolig"
        case .careHome: "omsorgsbolig"
        case .sharedHousing: "bokollektiv"
        case .institution: "institusjon"
        case .other: "annet"
        }
    }
}
