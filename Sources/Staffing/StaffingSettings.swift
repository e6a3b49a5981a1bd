package import Telemetry

/// What a municipality says about its staffing besides the roster: `staffing.yaml`.
package struct StaffingSettings: Equatable, Sendable {
    package var norm = AttendanceNorm.example
    /// From the decision to send until on the way, where somebody is free; nil: the median measured while nobody
    /// else was out in the zone.
    package var turnoutMilliseconds: Int64?
    /// Goes before other call-outs, besides alarms without voice contact.
    package var urgentKinds: Set<AlarmKind> = [.fall, .smoke, .epilepsy]
    /// The part of planned work that cannot wait for a call-out, 0–1: so much of it binds people.
    package var firmPlannedShare = 0.0
    /// Minutes of travel between zones, from the first to the second; where none is said, `betweenZonesMinutes`.
    package var travelMinutes: [ZonePair: Double] = [:]
    package var betweenZonesMinutes = 20.0
    /// Under so many call-outs no interval, no staffing need and no worst shift is told.
    package var callOutsMin = 20
    /// Replays of drawn weeks behind an interval.
    package var replays = 1000
    package var seed: UInt64 = 1
    /// Zones that are looked at together, besides all of them.
    package var zoneGroups: [ZoneGroup] = []
    package var rates = RosterRates()
    package var restRules = RestRules.law
    package var demandFactors: [DemandFactor] = []
    package var capacity = CapacityAssumptions()

    package struct ZoneGroup: Equatable, Sendable {
        /// For the reader.
        package var name: String
        /// At least two.
        package var zones: [String]

        package init(name: String, zones: [String]) {
            self.name = name
            self.zones = zones
        }
    }

    /// How many times today's call-outs a year brings.
    package struct DemandFactor: Equatable, Sendable {
        package var year: Int
        package var factor: SourcedFigure

        package init(year: Int, factor: SourcedFigure) {
            self.year = year
            self.factor = factor
        }
    }

    package struct ZonePair: Hashable, Sendable {
        package var from: String
        package var to: String

        package init(from: String, to: String) {
            self.from = from
            self.to = to
        }
    }

    package init() {}

    /// Minutes more than in one's own zone to help in another; 0 within a zone.
    package func helpMinutes(from: String, to: String) -> Double {
        if from == to { return 0 }
        return travelMinutes[ZonePair(from: from, to: to)] ?? travelMinutes[ZonePair(from: to, to: from)] ?? betweenZonesMinutes
    }
}
