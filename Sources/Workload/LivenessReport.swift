package import Telemetry

/// What a whole look found, by names.
package struct LivenessReport: Equatable, Sendable {
    package struct Zone: Hashable, Sendable {
        package var municipality: String
        package var zone: String

        package init(municipality: String, zone: String) {
            self.municipality = municipality
            self.zone = zone
        }
    }

    /// Registered devices of a zone now.
    package struct Figures: Equatable, Sendable {
        /// Those that are to be heard within a known time.
        package var watched = 0
        package var overdue = 0
        /// Of the watched, those of whom nobody can say yet whether they are.
        package var unknown = 0
        /// Of the overdue, those that an outage stands for.
        package var inOutage = 0
        package var batteryLow = 0

        package init() {}
    }

    package struct Outage: Equatable, Sendable {
        package enum Scope: String, Comparable, Sendable {
            case source, zone

            package static func < (left: Scope, right: Scope) -> Bool { left.rawValue < right.rawValue }
        }

        package struct Name: Hashable, Comparable, Sendable {
            package var municipality: String
            package var scope: Scope
            package var name: String

            package static func < (left: Name, right: Name) -> Bool {
                (left.municipality, left.scope, left.name) < (right.municipality, right.scope, right.name)
            }
        }

        package var name: Name
        /// When so many of its devices should have been heard that it was an outage.
        package var since: EventTime
        /// Its silent devices by zone.
        package var zones: [String: Int]

        package var devices: Int { zones.values.reduce(0, +) }
    }

    package var zones: [Zone: Figures] = [:]
    package var outages: [Outage] = []

    package init() {}

    package var overdue: Int { zones.values.reduce(0) { $0 + $1.overdue } }
    package var unknown: Int { zones.values.reduce(0) { $0 + $1.unknown } }
    package var watched: Int { zones.values.reduce(0) { $0 + $1.watched } }
    package var batteryLow: Int { zones.values.reduce(0) { $0 + $1.batteryLow } }

    /// The outages with silent devices in a zone.
    package func outages(in zone: Zone) -> [Outage] {
        outages.filter { $0.name.municipality == zone.municipality && $0.zones[zone.zone] != nil }
    }
}

extension JSONText {
    /// The members of an outage, as boards and the API tell it.
    package mutating func members(of outage: LivenessReport.Outage) {
        member("scope", outage.name.scope.rawValue)
        member("name", outage.name.name)
        member("since", Timestamp.format(outage.since))
        member("devices", Int64(outage.devices))
    }
}
