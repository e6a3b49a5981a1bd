import Reports
import Store
import Strategy
import Telemetry
import Workload

extension ReportedMunicipality {
    /// Which alarms of a lineage are listed.
    struct LineageReach {
        /// Single alarms may be seen at all.
        var mayList: Bool
        /// Of these zones alone; nil for all.
        var zones: [String]?
        /// Those behind this place; nil from the first on.
        var after: ViewsReader.AlarmPlace?
        /// Which page of `alarmsMax` alarms, from 1; the last where there are fewer. Counts only without `after`.
        var side = 1
        var alarmsMax: Int
    }

    /// What an indicator's figure was made of, with the alarms that the answer lists and which page of them that is.
    ///
    /// - Parameter place: ids of framework, goal and indicator.
    func lineageAnswer(
        _ place: [String],
        _ indicator: Goals.Indicator,
        period: ReportPeriod,
        zone: String?,
        reach: LineageReach,
        views: ViewsReader,
        now: EventTime
    ) throws -> (answer: LineageAnswer, listed: [AlarmRecord], side: (number: Int, last: Int)) {
        let (found, figure, alarms) = try lineage(of: indicator.measure, period: period, zone: zone, views: views, now: now)
        // Responses go over zones: an alarm of another zone counts, but is shown to nobody who may not see that zone.
        let reachable = alarms.filter { row in reach.zones?.contains(row.alarm.zone) ?? true }
        let lastSide = max(1, (reachable.count + reach.alarmsMax - 1) / reach.alarmsMax)
        let side = min(max(1, reach.side), lastSide)
        let rest = reach.after.map { after in reachable.drop { !$0.alarm.isBehind(after) } } ?? reachable.dropFirst((side - 1) * reach.alarmsMax)
        let page = rest.prefix(reach.alarmsMax)
        let unit = indicator.measure.listedUnit
        let next = rest.count > page.count ? page.last.map { API.cursor($0.alarm) } : nil
        let answer = LineageAnswer(
            scope: .init(municipality: number, zone: zone, period: period, wholeDays: found.wholeDays),
            framework: place[0],
            goal: place[1],
            indicator: indicator,
            figure: figure,
            position: found.position,
            sum: unit.map { LineageAnswer.Sum(alarms, indicator.measure, $0) },
            outOfReach: alarms.count - reachable.count,
            page: reach.mayList ? .alarms(page, next: next) : .notAllowed,
            freed: indicator.measure == .freedHours ? found.data.freed.map { ($0, found.assists) } : nil,
            sources: lineageSources(of: indicator.measure, found, period: period, zone: zone)
        )
        return (answer, unit == nil ? [] : page.map(\.alarm), (side, lastSide))
    }
}

extension AlarmRecord {
    fileprivate func isBehind(_ place: ViewsReader.AlarmPlace) -> Bool {
        (instant, source, alarm) > (place.instant, place.source, place.alarm)
    }
}
