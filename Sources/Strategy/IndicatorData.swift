package import Telemetry
package import Workload

/// What the indicators of one municipality or zone and one period are computed from. Nil where it is not known: an
/// indicator of it then says so instead of a number.
package struct IndicatorData: Sendable {
    package var keyFigures: KeyFigures
    /// `responseMs` of each whole local day that the data covers; days without a response are zeros.
    package var responseMillisecondsByDay: [Int64]
    /// Registered users; 0 where it is not known.
    package var users: Int
    package var deviceDaysWithSign: Int
    package var deviceDaysRegistered: Int

    /// Answered without voice, of those answered that say so.
    package var silent: Share?
    /// Closed at the centre without a new call-out to the same device within 24 h.
    package var lowestEffectiveStep: Share?
    /// Late events of alarms, of all their live events.
    package var late: Share?
    /// Call-outs in the same whole local days as `responseMillisecondsByDay`, and those of them by night.
    package var callOuts: Int?
    package var nightCallOuts: Int?
    /// Call-outs of each registered resident in the same days, to any of their devices, those without too, in no order that tells who.
    package var callOutsByUser: [Int]?
    /// Call-outs that began while another went on in the same responding zone.
    package var simultaneous: Share?
    /// Rostered time of each whole local day, beside `responseMillisecondsByDay`; only zones with a roster in both.
    package var rosteredMillisecondsByDay: [Int64]?
    package var rosteredResponseMillisecondsByDay: [Int64]?
    /// Inhabitants of 80 years and more.
    package var inhabitants80: Int?
    /// The inhabitants are of a made-up table.
    package var isPopulationSynthetic = false
    /// What is registered, with the load of the period's alarms by the device they came from, and those that came from no known one.
    package var uses: [TechnologyUse] = []
    package var alarmsOfUnknown = TechnologyUse.UnknownLoad()
    /// Users of each technology, and of any: who uses two is one user of technology. Further devices of a home are no technology.
    package var usersByTechnology: [Technology: Int]?
    package var technologyUsers: Int?
    package var ladder: LadderMovement?
    package var freed: FreedHours?
    /// Of safety alarms, why fewer are freed than were closed at the centre; nil where nothing is reckoned.
    package var freedReconciliation: FreedReconciliation?
    /// The days that `freed` is counted over.
    package var freedDays = 0
    /// From the new year until the period's end; nil without a ledger, and of one zone.
    package var realised: BenefitLedger.Sum?
    /// Of one zone, for which leaders enter nothing as realised.
    package var isOfOneZone = false

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
