import Staffing
import Strategy
import Telemetry
package import Workload

extension Report {
    /// Computes all figures. O(cells + quarters of the period × zones); pure: the same input gives the same report.
    ///
    /// - Parameter load: of the same input, where it has been summed already.
    package init(_ input: ReportInput, load: ReportedLoad? = nil, localTime: LocalTime = .oslo) {
        var builder = ReportBuilder(input, load ?? ReportedLoad(input, localTime: localTime), localTime)
        self = builder.report()
    }
}

/// The steps from input to report.
struct ReportBuilder {
    let input: ReportInput
    let localTime: LocalTime
    let load: ReportedLoad
    /// Nil in a report that stays in the municipality.
    private var withheld: KeyFigureWithholding?
    /// What the report tells in several places; nil as above.
    var toldCounts: ToldCounts?

    var grid: PeriodGrid { load.grid }
    var zones: [ReportInput.Zone] { load.zones }
    var tallies: [LoadTally] { load.tallies }

    init(_ input: ReportInput, _ load: ReportedLoad, _ localTime: LocalTime) {
        self.input = input
        self.load = load
        self.localTime = localTime
    }

    mutating func report() -> Report {
        var totals = LoadTotals()
        for tally in tallies { totals.add(tally.totals) }
        let dispatched = dispatched(totals)
        if input.isExternal {
            let alarms = input.keyFigures.alarms
            var counts = ToldCounts()
            _ = counts.tell([(.alarms, alarms)])
            if let dispatched { _ = counts.tell([(.callOuts, dispatched), (.closedAtCentre, alarms - dispatched)]) }
            withheld = KeyFigureWithholding(
                zones: zones.map { input.keyFiguresByZone[$0.id] ?? .none },
                sum: input.keyFigures,
                callOuts: dispatched,
                kinds: AlarmsOfKinds(input.indicatorData),
                counts: &counts
            )
            toldCounts = counts
        }
        let staffing = staffing(totals)
        let keyFigures = input.zone.map { input.keyFiguresByZone[$0] ?? .none } ?? input.keyFigures
        var report = Report(
            municipalityNumber: input.municipalityNumber,
            municipalityName: input.municipalityName,
            zones: zones,
            configuredZones: input.zones,
            selectedZone: input.zone.flatMap { _ in zones.first },
            period: input.period,
            coverage: coverage(),
            isExternal: input.isExternal,
            headlines: [],
            totals: totals,
            dispatched: dispatched,
            keyFigures: row(keyFigures, zone: nil),
            keyFiguresByZone: zones.map { row(input.keyFiguresByZone[$0.id] ?? .none, zone: $0) },
            heatMaps: input.isExternal ? [] : heatMaps(),
            staffing: staffing,
            availability: nil,
            frameworks: nil,
            benefits: nil,
            planning: input.planning,
            dataQuality: dataQuality(totals),
            provenance: .init(
                generatedAt: input.generatedAt,
                position: input.position,
                dataUntil: input.dataUntil,
                definitions: Report.definitionsEdition
            )
        )
        if input.goals != nil { report.benefits = BenefitFigures(input.indicatorData ?? indicatorData(keyFigures), told: &toldCounts) }
        report.planning = planning(dispatched)
        report.availability = availability()
        var withholding = IndicatorWithholding(report, toldCounts)
        report.frameworks = frameworks(keyFigures, &withholding)
        report.comparisons = comparisons(keyFigures)
        report.headlines = HeadlineWriter(report: report).headlines()
        return report
    }

    /// Where call-outs may be told beside the alarms; nil else. Outside the municipality one number of call-outs is told: the indicators'.
    private func dispatched(_ totals: LoadTotals) -> Int? {
        guard input.isExternal else { return Int(totals.dispatched) }
        let count = input.indicatorData?.callOuts ?? Int(totals.dispatched)
        return count.isTellable && (input.keyFigures.alarms - count).isTellable ? count : nil
    }

    /// Call-outs to come tell of those that were: where these are withheld, a projection that begins from them is too, and that there were
    /// too few of them to begin from.
    private mutating func planning(_ dispatched: Int?) -> PlanningFigures? {
        guard var counts = toldCounts, var planning = input.planning, let projection = planning.projection else { return input.planning }
        planning.projection = dispatched == nil && projection.basis != .assumed ? nil : projection.told(&counts)
        planning.isProjectionWithheld = planning.projection == nil
        toldCounts = counts
        return planning
    }

    private func coverage() -> Report.Coverage {
        let covered = grid.covered
        let days =
            covered.isEmpty
            ? nil : localTime.day(at: covered.lowerBound)...localTime.day(at: covered.upperBound - 1)
        return .init(
            covered: covered,
            bounds: grid.bounds,
            days: days,
            wholeDayCount: grid.wholeDays.count,
            dayCount: grid.days.count,
            silentDays: load.silentDays
        )
    }

    // MARK: Key figures and goals

    private func row(_ figures: KeyFigures, zone: ReportInput.Zone?) -> KeyFigureRow {
        let place = zone.flatMap { zones.firstIndex(of: $0) }
        func isTold(_ figure: KeyFigureWithholding.Figure) -> Bool { withheld?.isTold(figure, zone: place) ?? true }
        func share(_ share: Share, _ figure: KeyFigureWithholding.Figure) -> ReportedShare {
            withheld?.share(share, figure, zone: place) ?? ReportedShare(share, isWithheld: false)
        }
        func wait(_ wait: WaitFigures, _ limits: [KeyFigureWithholding.Figure], _ rest: KeyFigureWithholding.Figure) -> ReportedWait {
            withheld == nil ? ReportedWait(wait) : ReportedWait(wait, within: zip(wait.within, limits).map(share), isRestTold: isTold(rest))
        }
        return KeyFigureRow(
            zone: zone,
            alarms: isTold(.alarms) ? figures.alarms : nil,
            answer: wait(figures.answer, [.answerShort, .answerLong], .answerRest),
            attendance: wait(figures.attendance, [.attendanceShort, .attendanceLong], .attendanceRest),
            closedAtCentre: share(figures.closedAtCentre, .closed),
            unintended: share(figures.unintended, .unintended),
            answerTarget: comparison(.answerWithin60Seconds, figures, share(figures.answer.within[0], .answerShort)),
            attendanceTarget: comparison(.attendanceWithin45Minutes, figures, share(figures.attendance.within[0], .attendanceShort))
        )
    }

    /// - Parameter told: of the measure.
    private func comparison(_ measure: IndicatorMeasure, _ figures: KeyFigures, _ told: ReportedShare) -> TargetComparison? {
        guard let indicator = input.goals?.indicator(of: measure), let target = indicator.target else { return nil }
        let data = IndicatorData(
            keyFigures: figures,
            responseMillisecondsByDay: [],
            users: 0,
            deviceDaysWithSign: 0,
            deviceDaysRegistered: 0
        )
        let status = told.isWithheld ? told.rounded.flatMap { GoalStatus($0, indicator) } : GoalStatus(IndicatorFigure(measure, data), indicator)
        return TargetComparison(target: target.value, isExample: target.isExample, status: status)
    }

    private func frameworks(_ keyFigures: KeyFigures, _ withholding: inout IndicatorWithholding) -> [FrameworkFigures]? {
        guard let goals = input.goals else { return nil }
        let data = input.indicatorData ?? indicatorData(keyFigures)
        return goals.frameworks.map { framework in
            FrameworkFigures(
                framework: framework,
                goals: framework.goals.map { goal in
                    GoalFigures(goal: goal, indicators: goal.indicators.map { indicatorRow($0, data, &withholding) })
                }
            )
        }
    }

    private func indicatorRow(_ indicator: Goals.Indicator, _ data: IndicatorData, _ withholding: inout IndicatorWithholding) -> IndicatorRow {
        let figure = IndicatorFigure(indicator.measure, data)
        let told = withholding.told(figure, data)
        let earlier = input.earlierIndicators
        return IndicatorRow(
            indicator: indicator,
            figure: told?.figure,
            isRounded: told?.isRounded ?? false,
            roundedShare: told?.share,
            // Where the figure is hidden, on which side of the target it lies is too.
            status: told?.status(indicator),
            // How rare a trend is tells of the periods before, of which other editions may have left something out.
            trend: input.isExternal || earlier.isEmpty ? nil : Trend(figure, after: earlier)
        )
    }

    /// `responseMs` of each whole local day that the data cover.
    var responseMillisecondsByWholeDay: [Int64] {
        var byDay = [Int64](repeating: 0, count: grid.days.count)
        for tally in tallies {
            for (day, milliseconds) in tally.responseByDay.enumerated() { byDay[day] += milliseconds }
        }
        return grid.wholeDays.map { byDay[$0] }
    }

    private func indicatorData(_ keyFigures: KeyFigures) -> IndicatorData {
        let deviceDays = zones.compactMap { input.deviceDaysByZone[$0.id] }
        return IndicatorData(
            keyFigures: keyFigures,
            responseMillisecondsByDay: responseMillisecondsByWholeDay,
            users: zones.reduce(0) { $0 + (input.usersByZone[$1.id] ?? 0) },
            deviceDaysWithSign: deviceDays.reduce(0) { $0 + $1.withSign },
            deviceDaysRegistered: deviceDays.reduce(0) { $0 + $1.registered }
        )
    }

    // MARK: Load

    private func heatMaps() -> [HeatMap] {
        var maps = zip(zones, tallies).map { zone, tally in
            HeatMap(zone: zone, erlang: erlang(tally.responseByHour), callOuts: tally.callOutsByHour)
        }
        if zones.count > 1 {
            var sums = [Int64](repeating: 0, count: PeriodGrid.hoursOfWeek)
            var callOuts = [Int](repeating: 0, count: PeriodGrid.hoursOfWeek)
            for tally in tallies {
                for hour in sums.indices {
                    sums[hour] += tally.responseByHour[hour]
                    callOuts[hour] += tally.callOutsByHour[hour]
                }
            }
            maps.insert(HeatMap(zone: nil, erlang: erlang(sums), callOuts: callOuts), at: 0)
        }
        return maps
    }

    func erlang(_ responseByHour: [Int64]) -> [Double?] {
        zip(responseByHour, grid.coveredQuarters).map { milliseconds, quarters in
            quarters == 0 ? nil : Double(milliseconds) / Double(Int64(quarters) * TimeRule.quarterMilliseconds)
        }
    }

    private func dataQuality(_ totals: LoadTotals) -> DataQuality {
        DataQuality(
            ledgers: input.ledgers,
            openAlarms: input.openAlarms,
            unknownZones: input.unknownZones,
            unregisteredDevices: input.unregisteredDevices,
            lateInPeriod: totals.late,
            cells: totals.cells,
            revisedCells: totals.revisedCells
        )
    }
}
