package import Reports
import Staffing
package import Store
package import Strategy
package import Telemetry
package import Workload

extension ReportedMunicipality {
    /// What the indicators of a period are computed from, and what it was read with.
    package struct Indicators: Sendable {
        package var data: IndicatorData
        /// The journal position that the views stand for.
        package var position: Int64
        /// Whole local days of the period that the data cover.
        package var wholeDays: Int
        /// All days of the period.
        package var dayCount: Int
        /// There are data of some of the period.
        package var hasData: Bool
        /// Mean people at work by hour of the week, by zone: measured responses.
        package var hourlyErlang: [[Double]]
        /// The alarms that the figures were counted from, and over what: what a lineage goes back to.
        package var alarms: [AlarmRecord]
        package var scope: IndicatorData.Scope
        /// What technology did on the whole days: with the alarms what freed hours are counted from.
        package var assists: [AssistRow]
    }

    /// Reads everything that the catalogue's indicators ask for. `zone` limits it to one.
    package func indicators(period: ReportPeriod, zone: String? = nil, views: ViewsReader, now: EventTime) throws -> Indicators {
        try indicators(of: indicatorInput(period: period, zone: zone, views: views, now: now), views: views, now: now)
    }

    /// The same for a report whose figures have been read. What the report holds already is not computed once more, and its alarms and
    /// assists are left out.
    func indicators(of input: ReportInput, views: ViewsReader, now: EventTime) throws -> Indicators {
        let (period, zone) = (input.period, input.zone)
        let grid = input.grid().grid
        let bounds = input.countedBounds
        let days = grid.wholeDays.map { grid.days[$0] }
        let load = LoadByDay(input.cells, zone: zone, zones: zones(zone), roster: roster, grid)
        let scope = IndicatorData.Scope(period: bounds, days: days, dataUntil: input.dataUntil ?? bounds.lowerBound, zone: zone)
        let assists = input.indicatorData == nil ? try assists(on: days, zone, views) : []
        return Indicators(
            data: input.indicatorData ?? indicatorData(of: input, load, assists, scope, now: now),
            position: input.position,
            wholeDays: days.count,
            dayCount: period.dayCount,
            hasData: !grid.coveredIndices.isEmpty,
            hourlyErlang: load.hourlyErlang,
            alarms: input.indicatorData == nil ? input.alarms : [],
            scope: scope,
            assists: assists
        )
    }

    /// The whole local days that data cover.
    func wholeDays(of input: ReportInput) -> [LocalTime.Day] {
        let grid = input.grid().grid
        return grid.wholeDays.map { grid.days[$0] }
    }

    private func indicatorData(of input: ReportInput, _ load: LoadByDay, _ assists: [AssistRow], _ scope: IndicatorData.Scope, now: EventTime) -> IndicatorData
    {
        let (period, zone, bounds, alarms) = (input.period, input.zone, scope.period, input.alarms)
        let here = devices.filter { (zone == nil || $0.zone == zone) && $0.isRegistered(in: bounds) }
        let deviceDays = input.deviceDaysByZone.filter { zone == nil || $0.key == zone }.values
        var data = IndicatorData(
            keyFigures: input.keyFigures,
            responseMillisecondsByDay: load.response,
            users: here.count(where: \.isSafetyAlarm),
            deviceDaysWithSign: deviceDays.reduce(0) { $0 + $1.withSign },
            deviceDaysRegistered: deviceDays.reduce(0) { $0 + $1.registered }
        )
        data.add(alarms: alarms, residents: register.residents(of: here), scope)
        if roster != nil {
            data.rosteredMillisecondsByDay = load.rostered
            data.rosteredResponseMillisecondsByDay = load.rosteredResponse
        }
        addTechnology(to: &data, at: min(bounds.upperBound, now), zone)
        let raised = alarms.filter { !$0.isTest && $0.t(.raised).map(bounds.contains) == true && (zone == nil || $0.zone == zone) }
        data.alarmsOfUnknown = TechnologyUse.add(raised, kinds: register.kinds, to: &data.uses)
        data.inhabitants80 = zone == nil ? sources.inhabitants80(year: period.firstDay.year) : nil
        data.isPopulationSynthetic = sources.population?.isSynthetic ?? false
        data.ladder = LadderMovement(before: steps(at: bounds.lowerBound, zone), after: steps(at: min(bounds.upperBound, now) - 1, zone))
        addBenefits(to: &data, alarms, assists, scope.days, zone, period)
        return data
    }

    /// Looks at so many periods for a trend, the one that is told of among them.
    private static let trendPeriods = 8

    /// The indicators of the periods of the same kind before one, in order, as far back as data cover them wholly. None where
    /// the period itself has a hole: that would show a fall that never was.
    package func earlierIndicators(before period: ReportPeriod, wholeDays: Int, zone: String? = nil, views: ViewsReader, now: EventTime) throws
        -> [IndicatorData]
    {
        guard wholeDays == period.dayCount else { return [] }
        var earlier: [IndicatorData] = []
        let periods = Array(sequence(first: period.previous, next: \.previous).prefix(ReportedMunicipality.trendPeriods - 1))
        // One beside the other, so that of those before a hole one at most is read for nothing.
        for place in stride(from: 0, to: periods.count, by: 2) {
            let pair = periods[place..<min(place + 2, periods.count)]
            let found = pair.map { period in Beside { Result { try indicators(period: period, zone: zone, views: views, now: now) } } }
            // The first is this thread's own, where none has begun it.
            for (period, found) in zip(pair, try found.map { try $0.value().get() }) {
                guard found.wholeDays == period.dayCount else { return earlier.reversed() }
                earlier.append(found.data)
            }
        }
        return earlier.reversed()
    }

    private func zones(_ zone: String?) -> [String] { zone.map { [$0] } ?? zones.map(\.id) }

    private func addTechnology(to data: inout IndicatorData, at time: EventTime, _ zone: String?) {
        data.uses = register.uses(in: (time - 1)..<time, zone: zone)
        guard !data.uses.isEmpty else { return }
        var users: [Technology: Int] = [:]
        for use in data.uses {
            if case .technology(let technology) = use.kind { users[technology] = use.users }
        }
        data.usersByTechnology = users
        data.technologyUsers = register.technologyUsers(in: (time - 1)..<time, zone: zone)
    }

    /// The step of each user's safety alarm at an instant; who has none is left out.
    private func steps(at time: EventTime, _ zone: String?) -> [String: Int] {
        var steps: [String: Int] = [:]
        for device in devices where device.isSafetyAlarm && device.isRegistered(in: time..<(time + 1)) && (zone == nil || device.zone == zone) {
            steps[device.device] = device.step
        }
        return steps
    }

    private func assists(on days: [LocalTime.Day], _ zone: String?, _ views: ViewsReader) throws -> [AssistRow] {
        guard sources.benefits != nil, let whole = ReportedMunicipality.whole(days) else { return [] }
        let assists = try views.assists(municipality: number, in: whole).value
        return zone == nil ? assists : assists.filter { $0.zone == zone }
    }

    /// Of the devices that have one.
    var technologies: [String: Technology] {
        Dictionary(devices.compactMap { device in device.technology.map { (device.device, $0) } }) { first, _ in first }
    }

    /// From the first day's midnight until the last one's end.
    static func whole(_ days: [LocalTime.Day]) -> Range<EventTime>? {
        guard let first = days.first, let last = days.last else { return nil }
        return LocalTime.oslo.instant(first)..<LocalTime.oslo.instant(last.advanced(by: 1))
    }

    private func addBenefits(
        to data: inout IndicatorData,
        _ alarms: [AlarmRecord],
        _ assists: [AssistRow],
        _ days: [LocalTime.Day],
        _ zone: String?,
        _ period: ReportPeriod
    ) {
        if let benefits = sources.benefits, let whole = ReportedMunicipality.whole(days) {
            let technologies = technologies
            let raised = alarms.filter { (zone == nil || $0.zone == zone) && $0.t(.raised).map(whole.contains) == true }
            let counts = FreedHours.counts(assists: assists, alarms: raised, technologies: technologies)
            data.freed = FreedHours(benefits, counts: counts)
            data.freedDays = days.count
            let bounds = period.bounds()
            let all = alarms.filter { (zone == nil || $0.zone == zone) && $0.t(.raised).map(bounds.contains) == true }
            data.freedReconciliation = FreedReconciliation(all, whole: whole, technologies: technologies)
        }
        // The ledger is the whole municipality's, and counts from the new year: nobody takes out a shift a week.
        let newYear = LocalTime.Day(year: period.endDay.advanced(by: -1).year, month: 1, day: 1)
        data.isOfOneZone = zone != nil
        if zone == nil { data.realised = sources.wholeLedger?.sum(from: newYear, until: period.endDay) }
    }
}

/// Measured and rostered time of each whole local day, and the measured week.
private struct LoadByDay {
    private(set) var response: [Int64] = []
    /// Of the zones that are in the roster alone.
    private(set) var rosteredResponse: [Int64] = []
    private(set) var rostered: [Int64] = []
    private(set) var hourlyErlang: [[Double]] = []

    /// - Parameter zone: cells of this one alone; nil for all.
    init(_ cells: [LoadCell], zone: String?, zones: [String], roster: Roster?, _ grid: PeriodGrid) {
        let inRoster = roster?.zones.intersection(zones) ?? []
        var all = [Int64](repeating: 0, count: grid.days.count)
        var own = all
        var weeks = [String: [Int64]](uniqueKeysWithValues: zones.map { ($0, [Int64](repeating: 0, count: PeriodGrid.hoursOfWeek)) })
        for cell in cells where zone == nil || cell.zone == zone {
            guard let index = grid.index(of: cell.start) else { continue }
            let slot = grid.slots[index]
            all[slot.day] += cell.measures.responseMs
            if inRoster.contains(cell.zone) { own[slot.day] += cell.measures.responseMs }
            weeks[cell.zone]?[slot.hourOfWeek] += cell.measures.responseMs
        }
        response = grid.wholeDays.map { all[$0] }
        rosteredResponse = grid.wholeDays.map { own[$0] }
        if let roster { rostered = LoadByDay.rostered(roster, inRoster, grid) }
        hourlyErlang = zones.compactMap { weeks[$0] }.map { sums in
            zip(sums, grid.coveredQuarters).map { $1 == 0 ? 0 : Double($0) / Double(Int64($1) * TimeRule.quarterMilliseconds) }
        }
    }

    /// Position-milliseconds within each whole day, a shift over midnight on both of its days.
    private static func rostered(_ roster: Roster, _ zones: Set<String>, _ grid: PeriodGrid) -> [Int64] {
        let days = grid.days.map { LocalTime.oslo.bounds(of: $0) }
        var sums = [Double](repeating: 0, count: days.count)
        for span in roster.spans(in: grid.bounds).atWork {
            let positions = zones.reduce(0) { $0 + span.positions(in: $1) }
            var day = max(0, span.day.number - grid.days[0].number)
            while day < days.count, days[day].lowerBound < span.time.upperBound {
                sums[day] += positions * Double(span.time.clamped(to: days[day]).lengthMilliseconds)
                day += 1
            }
        }
        return grid.wholeDays.map { Int64(sums[$0].rounded()) }
    }
}
