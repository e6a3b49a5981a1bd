import Strategy
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

    /// What the columns are: technologies in their fixed order, nil for devices of no known model; the sum comes last. None but the sum
    /// outside the municipality.
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
        /// Those of them that gave no sign on some day.
        package var silentDevices: Int

        /// Those registered for a part of the period: their days tell of who came and left.
        package var passingDevices: Int

        package init(days: DeviceDays, devices: Int, silentDevices: Int, passingDevices: Int = 0) {
            self.days = days
            self.devices = devices
            self.silentDevices = silentDevices
            self.passingDevices = passingDevices
        }

        package static let none = DeviceGroupDays(days: .init(withSign: 0, registered: 0), devices: 0, silentDevices: 0)

        mutating func add(_ other: DeviceGroupDays) {
            days.withSign += other.days.withSign
            days.registered += other.days.registered
            devices += other.devices
            silentDevices += other.silentDevices
            passingDevices += other.passingDevices
        }
    }
}

extension ReportBuilder {
    /// Nil where no device is registered. What leaves the municipality is one share of all devices together: columns and rows would tell of
    /// further devices, which other tables count apart, and of which technology a zone has.
    mutating func availability() -> AvailabilityFigures? {
        let groups = input.deviceDaysByGroup.filter { $0.value.days.registered > 0 }
        let known = Set(groups.keys.map(\.technology))
        let technologies = (Technology.allCases.map(Optional.some) + [nil]).filter(known.contains)
        guard !technologies.isEmpty else { return nil }
        let shown = zones.filter { zone in groups.keys.contains { $0.zone == zone.id } }
        let table = shown.map { zone in
            technologies.map { groups[ReportInput.DeviceGroup(zone: zone.id, technology: $0)] ?? ReportInput.DeviceGroupDays.none }
        }
        func sum(_ groups: [ReportInput.DeviceGroupDays]) -> ReportInput.DeviceGroupDays { groups.reduce(into: .none) { $0.add($1) } }
        let all = sum(table.flatMap(\.self))
        guard toldCounts == nil else {
            // Few devices are few residents, however many days they make. So are few that were silent, or came and left: their days tell how many
            // they are at least. Taken from the register's, whose models are known, the others would be left.
            let isTold = [all.devices, all.silentDevices, all.passingDevices].allSatisfy(\.isTellable) && toldCounts?.tell([(.devices, all.devices)]) == true
            return AvailabilityFigures(technologies: [], rows: [.init(zone: nil, shares: [share(all, isWithheld: !isTold)])])
        }
        var rows = shown.enumerated().map { place, zone in
            AvailabilityFigures.Row(zone: zone, shares: table[place].map { share($0) } + [share(sum(table[place]))])
        }
        if shown.count > 1 {
            rows.append(.init(zone: nil, shares: technologies.indices.map { column in share(sum(table.map { $0[column] })) } + [share(all)]))
        }
        return AvailabilityFigures(technologies: technologies, rows: rows)
    }

    /// Nil of no devices.
    private func share(_ group: ReportInput.DeviceGroupDays, isWithheld: Bool = false) -> ReportedShare? {
        guard group.devices > 0 || isWithheld else { return nil }
        return ReportedShare(Share(min(group.days.withSign, group.days.registered), of: group.days.registered), isWithheld: isWithheld)
    }
}
