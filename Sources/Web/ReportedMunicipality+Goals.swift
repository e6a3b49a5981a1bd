package import Reports
import Staffing
package import Store
package import Strategy
package import Telemetry
import Workload

extension ReportedMunicipality {
    /// The period and so many before it are looked at for a trend.
    private static let trendPeriods = 8

    /// A period's indicators against goals. A trend is told over the period and those of the same kind before it that are wholly
    /// covered by data. Reads up to eight periods.
    package func goalsAnswer(_ goals: Goals, period: ReportPeriod, zone: String? = nil, views: ViewsReader, now: EventTime) throws -> GoalsAnswer {
        let current = try indicators(period: period, zone: zone, views: views, now: now)
        var earlier: [IndicatorData] = []
        var before = period.previous
        // A period with a hole in its data would show a fall that never was.
        while current.wholeDays == period.dayCount, earlier.count + 1 < ReportedMunicipality.trendPeriods {
            let found = try indicators(period: before, zone: zone, views: views, now: now)
            guard found.wholeDays == before.dayCount else { break }
            earlier.append(found.data)
            before = before.previous
        }
        return GoalsAnswer(
            number: number,
            name: name,
            zone: zone,
            period: period,
            goals: goals,
            current: current.data,
            wholeDays: current.wholeDays,
            position: current.position,
            earlier: earlier.reversed(),
            until: LocalTime.oslo.day(at: now)
        )
    }

    /// The alarms behind a measure's figure, with the figure: both of the same reading.
    package func lineage(
        of measure: IndicatorMeasure,
        period: ReportPeriod,
        zone: String? = nil,
        views: ViewsReader,
        now: EventTime
    ) throws -> (found: Indicators, figure: IndicatorFigure, alarms: [LineageAlarm]) {
        let found = try indicators(period: period, zone: zone, views: views, now: now)
        let figure = IndicatorFigure(measure, found.data)
        if measure == .freedHours {
            let counted = found.data.freed == nil ? [] : FreedHours.closedAtCentre(raised(found, zone), technologies: technologies)
            let alarms = counted.map { LineageAlarm(alarm: $0, numerator: 1, denominator: 0) }
            return (found, figure, alarms.sorted { ($0.alarm.instant, $0.alarm.source, $0.alarm.alarm) < ($1.alarm.instant, $1.alarm.source, $1.alarm.alarm) })
        }
        let alarms = IndicatorData.lineage(
            of: measure,
            alarms: found.alarms,
            found.scope,
            rosteredZones: roster?.zones.intersection(zones.map(\.id)) ?? []
        )
        return (found, figure, alarms)
    }

    /// Raised on whole days, in the zone asked for.
    private func raised(_ found: Indicators, _ zone: String?) -> [AlarmRecord] {
        guard let whole = ReportedMunicipality.whole(found.scope.days) else { return [] }
        return found.alarms.filter { (zone == nil || $0.zone == zone) && $0.t(.raised).map(whole.contains) == true }
    }

    /// What the load of a technology, or of a whole period, was made of; nil where a word names no technology of the period.
    package func loadLineage(_ word: String, period: ReportPeriod, zone: String? = nil, views: ViewsReader, now: EventTime) throws -> LoadLineage? {
        let found = try indicators(period: period, zone: zone, views: views, now: now)
        guard let choice = LoadLineage.Choice(word, of: found.data.uses.map(\.kind)) else { return nil }
        return LoadLineage(
            choice,
            scope: .init(municipality: number, zone: zone, period: period, wholeDays: found.wholeDays),
            position: found.position,
            uses: found.data.uses,
            loads: AlarmLoad.all(found.alarms, kinds: register.kinds, in: period.bounds(), zone: zone),
            hasData: found.hasData,
            wholeDays: .init(
                days: found.wholeDays,
                callOuts: found.data.callOuts ?? 0,
                milliseconds: found.data.responseMillisecondsByDay.reduce(0, +)
            )
        )
    }
}
