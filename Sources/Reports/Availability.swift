package import Telemetry
import Workload

/// On how many of their days registered devices gave a sign of life, by zone and technology.
package struct AvailabilityFigures: Sendable {
    package struct Row: Sendable {
        /// Nil for all zones together.
        package var zone: ReportInput.Zone?
        /// By column; nil where no device is registered.
        package var shares: [ReportedShare?]
    }

    /// What the columns are: technologies in their fixed order, nil for devices of no known model; the sum comes last.
    package var technologies: [Technology?]
    package var rows: [Row]
}

extension ReportInput {
    /// Registered devices of one zone and technology.
    package struct DeviceGroup: Hashable, Sendable {
        package var zone: String
        /// Nil where the model is not known.
        package var technology: Technology?

        package init(zone: String, technology: Technology?) {
            self.zone = zone
            self.technology = technology
        }
    }

    /// What is known of a group in the period.
    package struct DeviceGroupDays: Equatable, Sendable {
        package var days: DeviceDays
        /// Devices behind the days: few devices are few residents, however many days they make.
        package var devices: Int

        package init(days: DeviceDays, devices: Int) {
            self.days = days
            self.devices = devices
        }

        static let none = DeviceGroupDays(days: .init(withSign: 0, registered: 0), devices: 0)

        mutating func add(_ other: DeviceGroupDays) {
            days.withSign += other.days.withSign
            days.registered += other.days.registered
            devices += other.devices
        }
    }
}

extension ReportBuilder {
    /// Nil where no device is registered.
    func availability() -> AvailabilityFigures? {
        let groups = input.deviceDaysByGroup.filter { $0.value.days.registered > 0 }
        let known = Set(groups.keys.map(\.technology))
        let technologies = (Technology.allCases.map(Optional.some) + [nil]).filter(known.contains)
        func row(_ zone: ReportInput.Zone?) -> AvailabilityFigures.Row {
            let own = groups.filter { zone == nil ? zones.map(\.id).contains($0.key.zone) : $0.key.zone == zone?.id }
            let cells = technologies.map { technology in own.filter { $0.key.technology == technology }.map(\.value) }
            return .init(zone: zone, shares: (cells + [cells.flatMap(\.self)]).map(share))
        }
        guard !technologies.isEmpty else { return nil }
        let rows = zones.filter { zone in groups.keys.contains { $0.zone == zone.id } }.map { row($0) }
        return AvailabilityFigures(technologies: technologies, rows: rows.count > 1 ? rows + [row(nil)] : rows)
    }

    /// The groups' share together; nil of none. In an external report groups of few devices are left out also of sums,
    /// from which they could be found by subtraction.
    private func share(_ groups: [ReportInput.DeviceGroupDays]) -> ReportedShare? {
        guard !groups.isEmpty else { return nil }
        let shown = groups.filter { !input.isExternal || $0.devices >= Share.smallBelow }
        let sum = shown.reduce(into: ReportInput.DeviceGroupDays.none) { $0.add($1) }
        let share = Share(min(sum.days.withSign, sum.days.registered), of: sum.days.registered)
        return ReportedShare(share, isWithheld: shown.isEmpty || (input.isExternal && share.small))
    }
}
