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
    /// Nil where no device is registered.
    ///
    /// - Parameter benefits: in an external report, the kinds of technology that it leaves out are left out here too.
    mutating func availability(_ benefits: BenefitFigures?) -> AvailabilityFigures? {
        let groups = input.deviceDaysByGroup.filter { $0.value.days.registered > 0 }
        let known = Set(groups.keys.map(\.technology))
        let technologies = (Technology.allCases.map(Optional.some) + [nil]).filter(known.contains)
        guard !technologies.isEmpty else { return nil }
        let shown = zones.filter { zone in groups.keys.contains { $0.zone == zone.id } }
        let table = shown.map { zone in
            technologies.map { groups[ReportInput.DeviceGroup(zone: zone.id, technology: $0)] ?? ReportInput.DeviceGroupDays.none }
        }
        let hidden = benefits.map { benefits in
            technologies.indices.filter { place in benefits.uses.contains { $0.technology == technologies[place] && $0.users == nil } }
        }
        // Few devices are few residents, however many days they make; where none is there is nobody to tell of. So are few that were silent, or
        // came and left: their days tell how many they are at least.
        func few(_ count: KeyPath<ReportInput.DeviceGroupDays, Int>, _ hidden: Set<Int> = []) -> Withholding {
            Withholding(table.map { $0.map { $0[keyPath: count] } }, withheld: hidden, tellsNone: true)
        }
        // Taken from the register's, whose models are known, the others would be left.
        let isSumTold = toldCounts?.tell([(.devices, table.joined().reduce(0) { $0 + $1.devices })]) ?? true
        let withholdings = input.isExternal ? [few(\.devices, Set(hidden ?? [])), few(\.silentDevices), few(\.passingDevices)] : []
        func sum(_ groups: [ReportInput.DeviceGroupDays]) -> ReportInput.DeviceGroupDays { groups.reduce(into: .none) { $0.add($1) } }
        func told(_ group: ReportInput.DeviceGroupDays, _ isMarked: (Withholding) -> Bool) -> ReportedShare? {
            share(group, isWithheld: withholdings.contains(where: isMarked))
        }
        var rows = shown.enumerated().map { place, zone in
            let shares = technologies.indices.map { column in told(table[place][column]) { $0.cells[place][column] } }
            return AvailabilityFigures.Row(zone: zone, shares: shares + [told(sum(table[place])) { !isSumTold || $0.rowSums[place] }])
        }
        if shown.count > 1 {
            let sums = technologies.indices.map { column in told(sum(table.map { $0[column] })) { $0.columnSums[column] } }
            rows.append(.init(zone: nil, shares: sums + [told(sum(table.flatMap(\.self))) { !isSumTold || $0.total }]))
        }
        return AvailabilityFigures(technologies: technologies, rows: rows)
    }

    /// Nil of no devices.
    private func share(_ group: ReportInput.DeviceGroupDays, isWithheld: Bool) -> ReportedShare? {
        guard group.devices > 0 || isWithheld else { return nil }
        return ReportedShare(Share(min(group.days.withSign, group.days.registered), of: group.days.registered), isWithheld: isWithheld)
    }
}
