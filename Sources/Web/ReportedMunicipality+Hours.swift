import Reports
import Staffing
import Store
import Telemetry
import Workload

extension ReportedMunicipality {
    /// An hour of the week over a period: what its quarters hold, and the alarms in it.
    struct HourFigures {
        var coveredQuarters = 0
        var quarters: [HourPage.Quarter] = []
        /// Nil where none were asked for.
        var alarms: [AlarmRecord]?
        var position: Int64 = 0
    }

    /// How far before an hour an alarm may have been raised whose response still reaches into it.
    private static let alarmReachMilliseconds = TimeRule.dayMilliseconds

    /// - Parameters:
    ///   - zones: figures of these alone; nil for all.
    ///   - alarmZones: alarms of these alone, nil for all; alarms are told by their own zone.
    func hourFigures(
        _ hour: HourOfWeek,
        _ period: ReportPeriod,
        zones: [String]?,
        includesAlarms: Bool,
        alarmZones: [String]?,
        views: ViewsReader,
        now: EventTime
    ) throws -> HourFigures {
        let data = try views.dataBounds(municipality: number)
        let end = min(now, try silentFrom(views: views, now: now) ?? now)
        var grid = PeriodGrid(period: period, dataFrom: data?.lowerBound, dataUntil: data == nil ? nil : end)
        let expectsSigns = try expectsSigns(views: views)
        var found = HourFigures()
        if includesAlarms { found.alarms = [] }
        found.position = try views.position()
        for time in grid.times(of: hour) {
            let day = LocalTime.oslo.bounds(of: LocalTime.oslo.day(at: time.lowerBound))
            let loads = try views.loadCells(municipality: number, from: day.lowerBound, to: day.upperBound).value
            let silent = LocalTime.oslo.silentDays(of: loads.cells, quiet: loads.quiet, in: day.clamped(to: grid.covered), expectsSigns: expectsSigns)
            grid.leaveOut(silent)
            let spans = roster?.spans(in: time).atWork ?? []
            for cell in loads.cells where time.contains(cell.start) && zones?.contains(cell.zone) ?? true {
                let measures = cell.measures
                guard measures.raised + measures.responseMs + measures.dispatched + measures.talkMs > 0 else { continue }
                let isRostered = roster?.zones.contains(cell.zone) ?? false
                let atWork = spans.filter { $0.time.contains(cell.start) }.reduce(0) { $0 + $1.people(serving: [cell.zone]) }
                found.quarters.append(
                    .init(zone: name(ofZone: cell.zone), start: cell.start, measures: measures, positions: isRostered ? atWork : nil)
                )
            }
            guard includesAlarms else { continue }
            let reach = ReportedMunicipality.alarmReachMilliseconds
            let alarms = try views.alarms(municipality: number, from: time.lowerBound - reach, to: time.upperBound, zones: alarmZones).value
            found.alarms? += alarms.filter { alarm in
                let isOurs = zones.map { $0.contains(alarm.zone) || $0.contains(alarm.respondingZone) } ?? true
                return isOurs && (time.contains(alarm.instant) || alarm.intervals.response?.overlaps(time) == true)
            }
        }
        found.coveredQuarters = grid.coveredQuarters[hour.number]
        return found
    }

    /// The hour of the week with the most time on response; nil where there is none.
    func busiestHour(_ period: ReportPeriod, zones: [String]?, views: ViewsReader) throws -> HourOfWeek? {
        let grid = PeriodGrid(period: period, dataFrom: nil, dataUntil: nil)
        var sums = [Int64](repeating: 0, count: PeriodGrid.hoursOfWeek)
        for cell in try views.loadCells(municipality: number, from: grid.bounds.lowerBound, to: grid.bounds.upperBound, zones: zones).value.cells {
            guard let index = grid.index(of: cell.start) else { continue }
            sums[grid.slots[index].hourOfWeek] += cell.measures.responseMs
        }
        guard let most = sums.indices.max(by: { (sums[$0], $1) < (sums[$1], $0) }), sums[most] > 0 else { return nil }
        return HourOfWeek(most)
    }

    func name(ofZone id: String) -> String {
        zones.first { $0.id == id }?.name ?? (id == ZonePlan.unknownZone ? "Ukjent sone" : id)
    }
}

extension PeriodGrid {
    /// When the hour of the week comes within the covered part: each time a run of quarters, two hours long where autumn repeats it.
    fileprivate func times(of hour: HourOfWeek) -> [Range<EventTime>] {
        var times: [Range<EventTime>] = []
        for index in coveredIndices where slots[index].hourOfWeek == hour.number {
            let start = bounds.lowerBound + Int64(index) * TimeRule.quarterMilliseconds
            if let last = times.last, last.upperBound == start {
                times[times.count - 1] = last.lowerBound..<(start + TimeRule.quarterMilliseconds)
            } else {
                times.append(start..<(start + TimeRule.quarterMilliseconds))
            }
        }
        return times
    }
}
