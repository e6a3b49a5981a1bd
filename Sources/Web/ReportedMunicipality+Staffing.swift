import Reports
package import Staffing
package import Store
package import Telemetry
import Workload

extension ReportedMunicipality {
    /// How far before a period an alarm may have been raised whose response still reaches into it.
    private static let reachMilliseconds = TimeRule.dayMilliseconds

    /// Reads from the views what an analysis of load against staffing needs.
    ///
    /// - Parameters:
    ///   - period: cut to what there are data of, from the first that came to the day of the last.
    ///   - zones: the analysis is about these alone, as if the municipality had no others; nil for all.
    package func staffingInput(
        period: Range<EventTime>,
        zones asked: [String]? = nil,
        views: ViewsReader,
        now: EventTime,
        alternatives: [RosterAlternative]? = nil,
        whatIfs: [WhatIf] = []
    ) throws -> StaffingInput {
        let covered = try coveredPart(of: period, views: views, now: now)
        let cells = try views.loadCells(municipality: number, from: covered.lowerBound, to: covered.upperBound, zones: asked)
        let reach = ReportedMunicipality.reachMilliseconds
        let alarms = try views.alarms(municipality: number, from: covered.lowerBound - reach, to: covered.upperBound).value
        var input = staffingInput(covered, cells.value, alarms, zones: asked, position: cells.position, expectsSigns: try expectsSigns(views: views))
        input.periodEnd = period.upperBound
        if let alternatives { input.alternatives = alternatives }
        input.whatIfs = whatIfs
        return input
    }

    /// The same of a report's period, from what has been read for the report. The views must be those that it was read from.
    func staffingInput(of report: ReportInput, views: ViewsReader, now: EventTime) throws -> StaffingInput {
        let covered = try coveredPart(of: report.countedBounds, views: views, now: now)
        let reached = covered.lowerBound - ReportedMunicipality.reachMilliseconds..<covered.upperBound
        let alarms = report.alarms.listed(in: reached)
        let (cells, zones) = ((report.cells, report.quiet), report.zone.map { [$0] })
        var input = staffingInput(covered, cells, alarms, zones: zones, position: report.position, expectsSigns: report.expectsSigns)
        input.periodEnd = report.countedBounds.upperBound
        return input
    }

    /// The same with the input of a report of the same period and zone, for which nothing more need be read: with its roster.
    func staffingInput(
        period: ReportPeriod,
        zone: String?,
        views: ViewsReader,
        now: EventTime
    ) throws -> (staffing: StaffingInput, report: ReportInput) {
        var report = try indicatorInput(period: period, zone: zone, views: views, now: now)
        report.roster = roster
        return (try staffingInput(of: report, views: views, now: now), report)
    }

    /// Whether a page can answer for the staffing of a report's period, as many alarms as it has.
    func hasAnswerableStaffing(of report: ReportInput, views: ViewsReader, now: EventTime) throws -> Bool {
        let covered = try coveredPart(of: report.period.bounds(), views: views, now: now)
        let reached = report.alarms.listed(in: covered.lowerBound - ReportedMunicipality.reachMilliseconds..<covered.upperBound)
        let alarms = report.zone.map { zone in reached.count { $0.zone == zone } } ?? reached.count
        return StaffingDesk.bounded(.page, alarms: alarms, changes: alternatives.count) != nil
    }

    /// How many alarms the staffing input of a period has; those of some zones are counted among what is remembered of it.
    func staffingAlarmCount(period: Range<EventTime>, zones asked: [String]?, views: ViewsReader, now: EventTime) throws -> Int {
        let reached = try reachedPart(of: period, views: views, now: now)
        guard let asked else { return try views.alarmCount(municipality: number, from: reached.lowerBound, to: reached.upperBound) }
        return try views.alarms(municipality: number, from: reached.lowerBound, to: reached.upperBound).value.count { asked.contains($0.zone) }
    }

    private func reachedPart(of period: Range<EventTime>, views: ViewsReader, now: EventTime) throws -> Range<EventTime> {
        let covered = try coveredPart(of: period, views: views, now: now)
        return covered.lowerBound - ReportedMunicipality.reachMilliseconds..<covered.upperBound
    }

    /// - Parameters:
    ///   - cells: of all zones; those beside the covered part are left out, and make no day of it heard that was silent.
    ///   - zones: the analysis is about these alone; nil for all.
    private func staffingInput(
        _ covered: Range<EventTime>,
        _ cells: (cells: [LoadCell], quiet: QuietCells),
        _ alarms: [AlarmRecord],
        zones asked: [String]?,
        position: Int64,
        expectsSigns: Bool
    ) -> StaffingInput {
        var input = StaffingInput(
            municipalityNumber: number,
            municipalityName: name,
            zones: zones.filter { asked?.contains($0.id) ?? true }.map { .init(id: $0.id, name: $0.name) },
            covered: covered,
            position: position,
            cells: cells.cells.compactMap { covered.contains($0.start) && asked?.contains($0.zone) ?? true ? ObservedCell($0) : nil },
            alarms: asked.map { zones in alarms.filter { zones.contains($0.zone) } } ?? alarms,
            roster: roster,
            planned: planned,
            settings: staffing,
            alternatives: alternatives,
            whatIfs: []
        )
        input.silentDays = LocalTime.oslo.silentDays(of: cells.cells, quiet: cells.quiet, in: covered, expectsSigns: expectsSigns)
        return input
    }

    /// From this instant on nothing at all is known. Where so many devices give signs of life that some do within hours, and none has for
    /// longer than that, what last came is the end; else the end of its local day. A municipality that sends nothing is silent, not quiet;
    /// where nothing gives signs of life it may well be quiet within a day. Nil without data.
    func silentFrom(views: ViewsReader, now: EventTime) throws -> EventTime? {
        guard let end = try views.lastQuarterEnd(municipality: number) else { return nil }
        if try givesHourlySigns(views: views), now - end > ReportedMunicipality.silentMilliseconds { return end }
        let localTime = LocalTime.oslo
        return localTime.instant(localTime.day(at: end - 1).advanced(by: 1))
    }

    /// Whether some device has ever given a sign of life, so that a day without any is silent: from a central that forwards alarms
    /// alone nothing comes on many a quiet day, whatever is registered.
    func expectsSigns(views: ViewsReader) throws -> Bool { try views.hasHeartbeats(municipality: number) }

    /// Where devices give signs of life every few hours.
    private static let silentMilliseconds = 3 * TimeRule.hourMilliseconds
    private static let hourlyDevicesMin = 20

    private func givesHourlySigns(views: ViewsReader) throws -> Bool {
        try devices.count >= ReportedMunicipality.hourlyDevicesMin && expectsSigns(views: views)
    }

    /// So long without anything is no longer quiet: three hours where so many devices give signs of life that some do within hours,
    /// else a day.
    func silentMillisecondsMax(views: ViewsReader) throws -> Int64 {
        try givesHourlySigns(views: views) ? ReportedMunicipality.silentMilliseconds : TimeRule.dayMilliseconds
    }

    /// The part of a period that there are data of, in whole quarters; empty where there are none.
    private func coveredPart(of period: Range<EventTime>, views: ViewsReader, now: EventTime) throws -> Range<EventTime> {
        guard let data = try views.dataBounds(municipality: number), let silentFrom = try silentFrom(views: views, now: now) else {
            return period.lowerBound..<period.lowerBound
        }
        let from = max(period.lowerBound, data.lowerBound)
        let end = TimeRule.quarter(of: min(period.upperBound, now, silentFrom)) * TimeRule.quarterMilliseconds
        return from..<max(from, end)
    }
}
