import Foundation
package import Reports
package import Staffing
package import Store
package import Strategy
package import Telemetry
package import Workload

/// A municipality with what its report needs besides the views.
package struct ReportedMunicipality: Sendable {
    /// A device of the registry: whose it is and when.
    package struct Device: Sendable {
        package var device: String
        package var zone: String
        /// Its model, the kind of technology that the model is, its home, and the step of the care ladder; nil where not known.
        package var profile: String?
        /// What its profile is called in bokmål.
        package var profileName: String?
        package var technology: Technology?
        /// A further device of a home, by the word that it is counted under: whoever has it is no user of the technology for that.
        package var accessory: String?
        package var dwelling: String?
        package var step: Int?
        package var from: EventTime?
        package var to: EventTime?
        /// The safety alarm itself, one a resident; further devices of the home are none.
        package var isSafetyAlarm: Bool

        package init(
            device: String,
            zone: String,
            profile: String? = nil,
            profileName: String? = nil,
            technology: Technology? = nil,
            accessory: String? = nil,
            dwelling: String? = nil,
            step: Int? = nil,
            from: EventTime?,
            to: EventTime?,
            isSafetyAlarm: Bool
        ) {
            self.device = device
            self.zone = zone
            self.profile = profile
            self.profileName = profileName
            self.technology = technology
            self.accessory = accessory
            self.dwelling = dwelling
            self.step = step
            self.from = from
            self.to = to
            self.isSafetyAlarm = isSafetyAlarm
        }
    }

    package var number: String
    package var name: String
    package var zones: [ZonePlan.Zone]
    package var devices: [Device] { didSet { register = TechnologyRegister(devices) } }
    /// Made with the devices, since every period of a trend asks it.
    private(set) var register: TechnologyRegister
    package var roster: Roster?
    package var planned: PlannedWork?
    package var staffing: StaffingSettings
    /// Rosters that could be instead.
    package var alternatives: [RosterAlternative]
    package var goals: Goals?
    /// What its indicators rest on besides.
    package var sources = IndicatorSources()
    /// What it plans by.
    package var planning = PlanningSources()

    package init(
        number: String,
        name: String,
        zones: [ZonePlan.Zone],
        devices: [Device],
        roster: Roster?,
        planned: PlannedWork? = nil,
        staffing: StaffingSettings = StaffingSettings(),
        alternatives: [RosterAlternative] = [],
        goals: Goals?
    ) {
        self.number = number
        self.name = name
        self.zones = zones
        self.devices = devices
        register = TechnologyRegister(devices)
        self.roster = roster
        self.planned = planned
        self.staffing = staffing
        self.alternatives = alternatives
        self.goals = goals
    }

    /// What the plan alone says, without roster and goals.
    package init(_ plan: ZonePlan.Municipality) {
        self.init(
            number: plan.number,
            name: plan.name,
            zones: plan.zones,
            devices: plan.registry.map {
                .init(device: $0.device, zone: $0.zone, profile: $0.profile, from: $0.from, to: $0.to, isSafetyAlarm: true)
            },
            roster: nil,
            goals: nil
        )
    }

    /// Reads from the views what the report of a period needs. `zone` limits it to one.
    package func reportInput(
        period: ReportPeriod,
        zone: String? = nil,
        views: ViewsReader,
        now: EventTime,
        isExternal: Bool = false
    ) throws -> ReportInput {
        var input = try indicatorInput(period: period, zone: zone, views: views, now: now, isExternal: isExternal)
        try addWhole(to: &input, views: views, now: now)
        return input
    }

    /// What indicators are not counted from, and these: all that a report of the period alone has besides.
    func addWhole(to input: inout ReportInput, views: ViewsReader, now: EventTime) throws {
        addByZone(to: &input)
        try addRest(to: &input, views: views, now: now)
    }

    private func addByZone(to input: inout ReportInput) {
        input.roster = roster
        input.keyFiguresByZone =
            input.zone.map { [$0: input.keyFigures] }
            ?? Dictionary(grouping: input.alarms.listed(in: input.countedBounds), by: \.zone).mapValues { KeyFigures(of: $0) }
    }

    /// What is summed by zone of a report's cells and alarms, and rests on nothing else that is added.
    func summed(_ input: ReportInput) -> (keyFigures: [String: KeyFigures], load: ReportedLoad) {
        var input = input
        addByZone(to: &input)
        return (input.keyFiguresByZone, ReportedLoad(input))
    }

    func addRest(to input: inout ReportInput, views: ViewsReader, now: EventTime) throws {
        let open = try views.openAlarms(municipality: number, zones: input.zone.map { [$0] })
        input.ledgers = try views.ledgers(municipality: number).value.map(\.record)
        input.openAlarms = .init(count: open.count, oldest: open.oldest, ofHistory: open.ofHistory)
        input.unknownZones = try views.unknownZones(municipality: number).map { .init(name: $0.zone, count: Int($0.count)) }
        let registered = Set(devices.map(\.device))
        input.unregisteredDevices = try views.deviceDays(municipality: number).keys.count { !registered.contains($0) }
        input.goals = goals
        if goals != nil { input.indicatorData = try indicators(of: input, views: views, now: now).data }
    }

    /// What of it indicators are counted from: all that is read of an earlier period.
    func indicatorInput(
        period: ReportPeriod,
        zone: String?,
        views: ViewsReader,
        now: EventTime,
        isExternal: Bool = false
    ) throws -> ReportInput {
        let bounds = period.bounds()
        var input = ReportInput(
            municipalityNumber: number,
            municipalityName: name,
            zones: zones.map { .init(id: $0.id, name: $0.name) },
            period: period,
            generatedAt: now,
            position: 0
        )
        input.zone = zone
        let data = try views.dataBounds(municipality: number)
        input.dataFrom = data?.lowerBound
        // Days after the last event of any kind are silent, not quiet: nothing is said of them.
        let silentFrom = try silentFrom(views: views, now: now) ?? now
        input.dataUntil = data.map { min(now, silentFrom, max($0.upperBound, min(now, bounds.upperBound))) }
        input.isExternal = isExternal
        input.expectsSigns = try expectsSigns(views: views)
        try addLoad(to: &input, of: bounds, views: views)
        if isExternal {
            // What is counted over the period and what is counted over its whole days shall be one number.
            let whole = ReportedMunicipality.whole(wholeDays(of: input)) ?? bounds.lowerBound..<bounds.lowerBound
            input.counted = whole
            if whole != bounds { try addLoad(to: &input, of: whole, views: views) }
        }
        try addDevices(to: &input, bounds: bounds, views: views, now: now)
        return input
    }

    /// Cells and alarms of a part of the period, and the figures of these alarms.
    private func addLoad(to input: inout ReportInput, of time: Range<EventTime>, views: ViewsReader) throws {
        let day = TimeRule.dayMilliseconds
        let cells = try views.loadCells(municipality: number, from: time.lowerBound, to: time.upperBound, zones: input.zone.map { [$0] })
        input.position = cells.position
        (input.cells, input.quiet) = cells.value
        // A day more on both sides: what was answered by a new call-out, and the day on which somebody was sent.
        let near = try views.alarms(municipality: number, from: time.lowerBound - day, to: time.upperBound + day).value
        let alarms = near.listed(in: time)
        input.alarms = near
        input.keyFigures = KeyFigures(of: input.zone == nil ? alarms : alarms.filter { $0.zone == input.zone })
    }

    /// What a report has beyond the period's own figures.
    package struct Extent: OptionSet, Hashable, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) { self.rawValue = rawValue }

        /// Trends over the periods before: as many readings of the views more.
        package static let trends = Extent(rawValue: 1)
        /// Projection, comparison and places, which are the whole municipality's.
        package static let planning = Extent(rawValue: 2)
        /// The period before and the same a year before.
        package static let comparison = Extent(rawValue: 4)
    }

    /// Adds to what was read for a report.
    package func add(_ extent: Extent, to input: inout ReportInput, views: ViewsReader, now: EventTime) throws {
        if extent.contains(.trends), let data = input.indicatorData {
            let wholeDays = data.responseMillisecondsByDay.count
            input.earlierIndicators = try earlierIndicators(before: input.period, wholeDays: wholeDays, zone: input.zone, views: views, now: now)
        }
        if extent.contains(.planning), input.zone == nil {
            let figures = try planningFigures(of: input, views: views, now: now)
            input.planning = figures.isEmpty ? nil : figures
        }
    }

    /// Users by zone, and on how many of their days each zone's devices gave a sign of life; UTC days, whole ones.
    private func addDevices(
        to input: inout ReportInput,
        bounds: Range<EventTime>,
        views: ViewsReader,
        now: EventTime
    ) throws {
        let first = TimeRule.floorDivide(bounds.lowerBound + TimeRule.dayMilliseconds - 1, TimeRule.dayMilliseconds)
        let data = try views.dataBounds(municipality: number)
        // Before the first event nothing is known of any device: without data there is no day on which one was silent.
        let begin = max(first, data.map { TimeRule.floorDivide($0.lowerBound - 1, TimeRule.dayMilliseconds) + 1 } ?? first)
        let end = data == nil ? begin : TimeRule.floorDivide(min(bounds.upperBound, now), TimeRule.dayMilliseconds)
        let days = begin..<max(begin, end)
        let seen = try views.deviceDays(municipality: number)
        for device in devices {
            let lastDay = min(device.to ?? .max, bounds.upperBound) - 1
            if device.isSafetyAlarm, device.from ?? .min <= lastDay, device.to ?? .max > bounds.lowerBound {
                input.usersByZone[device.zone, default: 0] += 1
            }
            let valid = days.clamped(to: device.days)
            guard !valid.isEmpty else { continue }
            var sum = input.deviceDaysByZone[device.zone] ?? .init(withSign: 0, registered: 0)
            let withSign = seen[device.device]?.count(in: valid) ?? 0
            sum.registered += valid.count
            sum.withSign += withSign
            input.deviceDaysByZone[device.zone] = sum
            let group = ReportInput.DeviceGroup(zone: device.zone, technology: device.technology)
            var known = input.deviceDaysByGroup[group] ?? .none
            known.days.registered += valid.count
            known.days.withSign += withSign
            known.devices += 1
            if withSign < valid.count { known.silentDevices += 1 }
            if valid.count < days.count { known.passingDevices += 1 }
            input.deviceDaysByGroup[group] = known
        }
    }
}

extension ReportedMunicipality.Device {
    /// The whole UTC days on which the device is registered here.
    fileprivate var days: Range<Int64> {
        let first = from.map { TimeRule.floorDivide($0 + TimeRule.dayMilliseconds - 1, TimeRule.dayMilliseconds) } ?? .min
        let end = to.map { TimeRule.floorDivide($0, TimeRule.dayMilliseconds) } ?? .max
        return first..<max(first, end)
    }
}

extension [AlarmRecord] {
    /// Those listed in a time, of alarms that are ordered by instant. O(log n).
    func listed(in time: Range<EventTime>) -> [AlarmRecord] {
        func place(of instant: EventTime) -> Int {
            var (low, high) = (0, count)
            while low < high {
                let middle = (low + high) / 2
                if self[middle].instant < instant { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return Array(self[place(of: time.lowerBound)..<place(of: time.upperBound)])
    }
}

extension ReportedMunicipality {
    /// What it, its zones and the zones that are looked at together are called.
    package var placeNames: [String] { [name] + zones.map(\.name) + staffing.zoneGroups.map(\.name) }

    /// What it calls its frameworks, goals and indicators in `goals.yaml`.
    package var ownTitles: [String] {
        (goals?.frameworks ?? []).flatMap { framework in
            [framework.name] + framework.goals.flatMap { [$0.name, String($0.name.prefix { $0 != ":" })] + $0.indicators.map(\.name) }
        }
    }
}
