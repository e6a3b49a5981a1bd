import Reports
import Store
import Strategy
import Telemetry
import Workload

extension ReportedMunicipality {
    /// The period before and the same a year before, as far as there are data of them.
    func comparedPeriods(with period: ReportPeriod, zone: String?, views: ViewsReader, now: EventTime) throws -> [ComparedPeriod] {
        let data = try views.dataBounds(municipality: number)
        let silentFrom = try silentFrom(views: views, now: now) ?? now
        return try [(ComparedPeriod.Place.before, period.previous), (.yearBefore, period.yearBefore)].map { place, period in
            try compared(period, place, zone, views, covered: data.map { $0.lowerBound..<max($0.lowerBound, min(now, silentFrom)) })
        }
    }

    private func compared(
        _ period: ReportPeriod,
        _ place: ComparedPeriod.Place,
        _ zone: String?,
        _ views: ViewsReader,
        covered: Range<EventTime>?
    ) throws -> ComparedPeriod {
        var grid = PeriodGrid(period: period, dataFrom: covered?.lowerBound, dataUntil: covered?.upperBound)
        var found = ComparedPeriod(place: place, period: period, keyFigures: .none, coveredDays: 0, responseMillisecondsByDay: [])
        guard !grid.covered.isEmpty else { return found }
        var byDay = [Int64](repeating: 0, count: grid.days.count)
        let zones = zone.map { [$0] }
        let loads = try views.loadCells(municipality: number, from: grid.bounds.lowerBound, to: grid.bounds.upperBound, zones: zones).value
        for cell in loads.cells {
            guard let index = grid.index(of: cell.start) else { continue }
            byDay[grid.slots[index].day] += cell.measures.responseMs
        }
        let expectsSigns = try expectsSigns(views: views)
        grid.leaveOut(LocalTime.oslo.silentDays(of: loads.cells, quiet: loads.quiet, in: grid.covered, expectsSigns: expectsSigns))
        let alarms = try views.alarms(municipality: number, from: grid.bounds.lowerBound, to: grid.bounds.upperBound).value
        found.keyFigures = KeyFigures(of: zone == nil ? alarms : alarms.filter { $0.zone == zone })
        found.coveredDays = grid.coveredDays
        found.responseMillisecondsByDay = grid.wholeDays.map { byDay[$0] }
        return found
    }
}
