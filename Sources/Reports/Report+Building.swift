import Staffing
import Strategy
import Telemetry
package import Workload

extension Report {
    /// Computes all figures. O(cells + quarters of the period × zones); pure: the same input gives the same report.
    package init(_ input: ReportInput, localTime: LocalTime = .oslo) {
        let builder = ReportBuilder(input, localTime)
        self = builder.report()
    }
}

/// The steps from input to report.
struct ReportBuilder {
    let input: ReportInput
    let localTime: LocalTime
    private(set) var grid: PeriodGrid
    private let silentDays: [LocalTime.Day]
    let zones: [ReportInput.Zone]
    private let withheld: [KeyPath<KeyFigures, Int>: SumWithholding]
    private(set) var tallies: [LoadTally]
    private var shiftGrids: [ShiftGrid]

    init(_ input: ReportInput, _ localTime: LocalTime) {
        self.input = input
        self.localTime = localTime
        var zones = input.zones
        let hasUnknown = input.quiet.byZone[ReportInput.unknownZone] != nil || input.cells.contains { $0.zone == ReportInput.unknownZone }
        if hasUnknown || input.keyFiguresByZone[ReportInput.unknownZone].map({ $0.alarms > 0 }) == true {
            zones.append(.init(id: ReportInput.unknownZone, name: "Ukjent sone"))
        }
        if let zone = input.zone { zones = zones.filter { $0.id == zone } }
        self.zones = zones
        withheld = ReportBuilder.withheld(input, zones)
        let cells = input.cellSpan
        grid = PeriodGrid(
            period: input.period,
            dataFrom: input.dataFrom.map { min($0, cells?.lowerBound ?? $0) },
            dataUntil: [input.dataUntil, cells?.upperBound].compactMap(\.self).max(),
            localTime: localTime
        )
        silentDays = localTime.silentDays(of: input.cells, quiet: input.quiet, in: grid.covered, expectsSigns: input.expectsSigns)
        grid.leaveOut(silentDays)
        let spans = input.roster?.spans(in: grid.bounds, localTime: localTime).atWork ?? []
        shiftGrids = zones.map { [grid] in ShiftGrid(zone: $0.id, spans: spans, grid: grid) }
        tallies = zones.map { [grid] _ in LoadTally(dayCount: grid.days.count) }
        addCells()
    }

    private mutating func addCells() {
        let places = Dictionary(uniqueKeysWithValues: zones.enumerated().map { ($1.id, $0) })
        let rostered = zones.map { hasRoster($0) }
        var (lastZone, lastPlace) = ("", Int?.none)
        for cell in input.cells {
            if cell.zone != lastZone { (lastZone, lastPlace) = (cell.zone, places[cell.zone]) }
            guard let place = lastPlace, let index = grid.index(of: cell.start) else { continue }
            tallies[place].add(cell, at: index, grid, shiftGrids[place], hasRoster: rostered[place])
        }
        for (zone, place) in places {
            if let count = input.quiet.byZone[zone] { tallies[place].totals.add(count) }
        }
    }

    /// A zone without a single row in the roster is not compared with it.
    private func hasRoster(_ zone: ReportInput.Zone) -> Bool {
        input.roster?.shifts.contains { $0.zones.contains(zone.id) } ?? false
    }

    func report() -> Report {
        var totals = LoadTotals()
        for tally in tallies { totals.add(tally.totals) }
        let shown = zones.indices.filter { !isWithheld(zones[$0]) }
        let analysis = analysis
        let rows = shown.flatMap(shiftRows).filter { row in isTold(analysis?.observed.shifts) { $0.zones == [row.zone.id] && $0.kind == row.kind } }
        let staffing = StaffingFigures(
            hasRoster: zones.contains(where: hasRoster),
            rows: rows,
            profiles: shown.map(profile).filter { profile in isTold(analysis?.observed.weeks) { $0.zones == [profile.zone.id] } },
            withheldZones: zones.filter { zone in !rows.contains { $0.zone == zone } },
            analysis: analysis
        )
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
            keyFigures: row(keyFigures, zone: nil),
            keyFiguresByZone: zones.map { row(input.keyFiguresByZone[$0.id] ?? .none, zone: $0) },
            heatMaps: heatMaps(),
            staffing: staffing,
            availability: availability(),
            frameworks: frameworks(keyFigures),
            benefits: input.goals.map { _ in BenefitFigures(input.indicatorData ?? indicatorData(keyFigures), isExternal: input.isExternal) },
            planning: input.planning,
            dataQuality: dataQuality(totals),
            provenance: .init(
                generatedAt: input.generatedAt,
                position: input.position,
                dataUntil: input.dataUntil,
                definitions: Report.definitionsEdition
            )
        )
        report.comparisons = comparisons(keyFigures)
        report.headlines = HeadlineWriter(report: report).headlines()
        return report
    }

    /// As it may be shown.
    private var analysis: StaffingAnalysis? { input.isExternal ? input.staffing?.forOthers() : input.staffing }

    /// In an external report what is told of a zone's shift goes by the analysis, which knows its call-outs; where there is none
    /// (nobody is rostered), zones are withheld as a whole.
    private func isTold<Row>(_ rows: [Row]?, _ isSame: (Row) -> Bool) -> Bool {
        guard input.isExternal, let rows else { return true }
        return rows.contains(where: isSame)
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
            silentDays: silentDays
        )
    }

    // MARK: Key figures and goals

    private func row(_ figures: KeyFigures, zone: ReportInput.Zone?) -> KeyFigureRow {
        let place = zone.flatMap { zones.firstIndex(of: $0) }
        func isWithheld(_ count: KeyPath<KeyFigures, Int>) -> Bool {
            withheld[count].map { sums in place.map { sums.zones[$0] } ?? sums.sum } ?? false
        }
        return KeyFigureRow(
            zone: zone,
            alarms: isWithheld(\.alarms) ? nil : figures.alarms,
            answer: ReportedWait(figures.answer, isWithheld: isWithheld(\.answer.n)),
            attendance: ReportedWait(figures.attendance, isWithheld: isWithheld(\.attendance.n)),
            closedAtCentre: ReportedShare(figures.closedAtCentre, isWithheld: isWithheld(\.closedAtCentre.denominator)),
            unintended: ReportedShare(figures.unintended, isWithheld: isWithheld(\.unintended.denominator)),
            answerTarget: comparison(.answerWithin60Seconds, figures),
            attendanceTarget: comparison(.attendanceWithin45Minutes, figures)
        )
    }

    private func comparison(_ measure: IndicatorMeasure, _ figures: KeyFigures) -> TargetComparison? {
        guard let indicator = input.goals?.indicator(of: measure), let target = indicator.target else { return nil }
        let data = IndicatorData(
            keyFigures: figures,
            responseMillisecondsByDay: [],
            users: 0,
            deviceDaysWithSign: 0,
            deviceDaysRegistered: 0
        )
        let status = GoalStatus(IndicatorFigure(measure, data), indicator)
        return TargetComparison(target: target.value, isExample: target.isExample, status: status)
    }

    private func frameworks(_ keyFigures: KeyFigures) -> [FrameworkFigures]? {
        guard let goals = input.goals else { return nil }
        let data = input.indicatorData ?? indicatorData(keyFigures)
        return goals.frameworks.map { framework in
            FrameworkFigures(
                framework: framework,
                goals: framework.goals.map { goal in
                    GoalFigures(goal: goal, indicators: goal.indicators.map { indicatorRow($0, data) })
                }
            )
        }
    }

    private func indicatorRow(_ indicator: Goals.Indicator, _ data: IndicatorData) -> IndicatorRow {
        let figure = IndicatorFigure(indicator.measure, data)
        let withheld = input.isExternal && figure.isSmall
        let earlier = input.earlierIndicators
        return IndicatorRow(
            indicator: indicator,
            figure: withheld ? nil : figure,
            status: GoalStatus(figure, indicator),
            trend: withheld || earlier.isEmpty ? nil : Trend(figures: earlier.map { IndicatorFigure(indicator.measure, $0) } + [figure])
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

    /// In an external report the pattern of a zone with fewer than 5 alarms would show single events; nor is the zone shown
    /// that would tell of it, taken from the sum.
    private func isWithheld(_ zone: ReportInput.Zone) -> Bool {
        zones.firstIndex(of: zone).map { withheld[\.alarms]?.zones[$0] ?? false } ?? false
    }

    /// What of zones and their sum may not be told, by the count that the figures rest on.
    private static func withheld(_ input: ReportInput, _ zones: [ReportInput.Zone]) -> [KeyPath<KeyFigures, Int>: SumWithholding] {
        guard input.isExternal else { return [:] }
        let rows = zones.map { input.keyFiguresByZone[$0.id] ?? .none }
        return Dictionary(
            uniqueKeysWithValues: [\KeyFigures.alarms, \.answer.n, \.attendance.n, \.closedAtCentre.denominator, \.unintended.denominator].map { count in
                (count, SumWithholding(rows.map { $0[keyPath: count] }))
            }
        )
    }

    private func heatMaps() -> [HeatMap] {
        var maps = zip(zones, tallies).map { zone, tally in
            let withheld = isWithheld(zone)
            return HeatMap(zone: zone, erlang: withheld ? [] : erlang(tally.responseByHour), isWithheld: withheld)
        }
        if zones.count > 1 {
            var sums = [Int64](repeating: 0, count: PeriodGrid.hoursOfWeek)
            for tally in tallies {
                for hour in sums.indices { sums[hour] += tally.responseByHour[hour] }
            }
            maps.insert(HeatMap(zone: nil, erlang: erlang(sums), isWithheld: false), at: 0)
        }
        return maps
    }

    private func erlang(_ responseByHour: [Int64]) -> [Double?] {
        zip(responseByHour, grid.coveredQuarters).map { milliseconds, quarters in
            quarters == 0 ? nil : Double(milliseconds) / Double(Int64(quarters) * TimeRule.quarterMilliseconds)
        }
    }

    private func shiftRows(_ place: Int) -> [ShiftRow] {
        let (zone, tally, shifts) = (zones[place], tallies[place], shiftGrids[place])
        var quarters = [0, 0, 0]
        var days: [Set<Int>] = [[], [], []]
        for index in grid.coveredIndices {
            let order = shifts.kinds[index].order
            quarters[order] += 1
            days[order].insert(shifts.shiftDays[index])
        }
        return ShiftKind.allCases.map { kind in
            let figures = tally.shifts[kind.order]
            let all = days[kind.order].union(figures.daysExceeded).union(figures.daysWithOverlap)
            // Half a night at the edge of a period is no night; where there are none but such, they are all that can be told.
            let whole = all.subtracting(shifts.cutDays[kind.order])
            let counted = whole.isEmpty ? all : whole
            return ShiftRow(
                zone: zone,
                kind: kind,
                rosteredHours: hasRoster(zone) ? shifts.rosteredMilliseconds[kind.order] / 3_600_000 : nil,
                responseHours: Double(figures.responseMilliseconds) / 3_600_000,
                coveredHours: Double(quarters[kind.order]) / 4,
                exceededQuarters: figures.exceededQuarters,
                exceededQuartersByHour: figures.exceededQuartersByHour,
                shiftsExceeded: Share(figures.daysExceeded.intersection(counted).count, of: counted.count),
                peak: figures.peak,
                overlapHours: Double(figures.overlapMilliseconds) / 3_600_000,
                shiftsWithOverlap: Share(figures.daysWithOverlap.intersection(counted).count, of: counted.count)
            )
        }
    }

    private func profile(_ place: Int) -> WeekProfile {
        var positions = [Double](repeating: 0, count: PeriodGrid.hoursOfWeek)
        for index in grid.coveredIndices {
            positions[grid.slots[index].hourOfWeek] += shiftGrids[place].positions[index]
        }
        let rostered = hasRoster(zones[place])
        let counts = grid.coveredQuarters
        return WeekProfile(
            zone: zones[place],
            peaks: counts.indices.map { counts[$0] == 0 ? nil : tallies[place].peakByHour[$0] },
            positions: counts.indices.map { counts[$0] == 0 || !rostered ? nil : positions[$0] / Double(counts[$0]) },
            erlang: erlang(tallies[place].responseByHour),
            exceededQuarters: tallies[place].exceededByHour,
            load: analysis?.observed.weeks.first { $0.zones == [zones[place].id] }?.hours ?? []
        )
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
