import Telemetry
package import Workload

extension StaffingAnalysis {
    /// A part of the work, for who waits.
    package enum Stage: Sendable {
        case observed, replay, required, mend, pooling
        case whatIf(String), alternative(String)
    }

    /// Makes the whole analysis; the same input, effort and seed give the same figures.
    ///
    /// - Parameter progress: the stage at work and how far it has come, 0–1; from any thread but never from two at once.
    package init(
        _ input: StaffingInput,
        effort: StaffingEffort = .whole,
        localTime: LocalTime = .oslo,
        progress: (@Sendable (Stage, Double) -> Void)? = nil
    ) {
        let maker = StaffingMaker(input: input, effort: effort, localTime: localTime, progress: progress)
        self = maker.analysis()
    }
}

/// The steps from input to analysis.
private struct StaffingMaker {
    let input: StaffingInput
    let effort: StaffingEffort
    let localTime: LocalTime
    let progress: (@Sendable (StaffingAnalysis.Stage, Double) -> Void)?
    /// Rows of the zones the analysis is about; nil where there are none.
    private let roster: Roster?
    /// What changes of it cost.
    private let year: RosterYear

    init(
        input: StaffingInput,
        effort: StaffingEffort,
        localTime: LocalTime,
        progress: (@Sendable (StaffingAnalysis.Stage, Double) -> Void)?
    ) {
        self.input = input
        self.effort = effort
        self.localTime = localTime
        self.progress = progress
        let ids = input.zones.map(\.id)
        let serving = (input.roster ?? Roster(shifts: [])).serving(Set(ids))
        roster = serving.shifts.isEmpty ? nil : serving
        let day = StaffingMaker.day(input, localTime)
        year = RosterYear(serving.part(of: Set(ids)), zones: ids, rates: input.settings.rates, on: day, localTime: localTime)
    }

    private var settings: StaffingSettings { input.settings }
    private var silentDays: Set<LocalTime.Day> { Set(input.silentDays) }
    private var zoneIDs: [String] { input.zones.map(\.id) }
    /// Whose rows of a roster are in force, and whose year's holidays count.
    private var day: LocalTime.Day { StaffingMaker.day(input, localTime) }

    private static func day(_ input: StaffingInput, _ localTime: LocalTime) -> LocalTime.Day {
        localTime.day(at: max(input.covered.lowerBound, input.covered.upperBound - 1))
    }

    func analysis() -> StaffingAnalysis {
        let trace = input.trace
        // Needed whether anybody is rostered or not, and rests on nothing of the rest.
        let asked = effort.looksAtChanges && !trace.callOuts.isEmpty ? Beside { required(trace) } : nil
        var analysis = played(trace)
        if let asked {
            tell(.required, 0)
            (analysis.required, analysis.helping) = asked.value()
            tell(.required, 1)
        }
        return analysis
    }

    /// All but what the formulas ask for.
    private func played(_ trace: Trace) -> StaffingAnalysis {
        tell(.observed, 0)
        let plan = input.covered.isEmpty ? nil : roster.map { StaffingPlan(roster: $0, period: input.covered, localTime: localTime) }
        let laidOut = plan.flatMap { plan in trace.callOuts.isEmpty ? nil : Beside { replay(trace, plan) } }
        var analysis = StaffingAnalysis(
            municipalityNumber: input.municipalityNumber,
            municipalityName: input.municipalityName,
            zones: input.zones,
            covered: input.covered,
            position: input.position,
            settings: settings,
            hasRoster: roster != nil,
            observed: observed(),
            quality: .init(
                leftOut: trace.leftOut,
                silentDays: input.silentDays,
                measured: trace.measuredAttendance(norm: settings.norm),
                measuredP50Milliseconds: trace.measuredAttendance(percentile: 0.5, callOutsMin: settings.callOutsMin),
                measuredP90Milliseconds: trace.measuredAttendance(percentile: 0.9, callOutsMin: settings.callOutsMin),
                hasPlannedWork: input.planned != nil,
                hasExamples: settings.rates.isExample || CapacityChain(settings.capacity, year: day.year).steps.contains(where: \.isExample)
            )
        )
        tell(.observed, 1)
        guard let roster else { return analysis }
        let cost = RosterCost(roster.part(of: Set(zoneIDs)), rates: settings.rates, on: day)
        let chain = CapacityChain(settings.capacity, year: day.year)
        analysis.capacity = .init(chain: chain, equivalents: FullTimeEquivalents(rosteredHours: cost.hours, chain), cost: cost)
        guard let plan else { return analysis }
        analysis.unstaffed = plan.unstaffed(zones: zoneIDs, in: input.covered, localTime: localTime)
        guard let replay = laidOut?.value() else { return analysis }
        let drawn = DrawnReplay(replay, replays: effort.replays, progress: telling(.replay))
        addToday(drawn, &analysis)
        if input.planned != nil, settings.firmPlannedShare > 0 {
            let unbound = Replay(trace: trace, plan: replay.plan, settings: settings, localTime: localTime)
            analysis.quality.waitedWithoutPlannedWork = unbound.result().total.waited
        }
        guard effort.looksAtChanges else { return analysis }
        // Who watches is shown one thing at a time.
        let beside = progress == nil ? Beside { alternatives(drawn, today: roster) } : nil
        addMend(drawn, &analysis)
        addPoolings(drawn, &analysis)
        analysis.whatIfs = input.whatIfs.map { outcome($0, drawn, .whatIf($0.name)) }
        analysis.alternatives = beside?.value() ?? alternatives(drawn, today: roster)
        return analysis
    }

    private func tell(_ stage: StaffingAnalysis.Stage, _ part: Double) { progress?(stage, part) }

    private func telling(_ stage: StaffingAnalysis.Stage) -> (@Sendable (Double) -> Void)? {
        guard let progress else { return nil }
        return { part in progress(stage, part) }
    }

    // MARK: Observed

    /// Zones of the settings' groups, where all of them are looked at; all zones are a group of their own.
    private var groups: [[String]] { settings.zoneGroups.map(\.zones).filter { $0.count < zoneIDs.count && Set($0).isSubset(of: zoneIDs) } }

    private func observed() -> ObservedStaffing {
        let groups = (zoneIDs.count > 1 ? [zoneIDs] : []) + groups
        var observed = ObservedStaffing.Input(zones: zoneIDs, groups: groups, covered: input.covered, settings: settings)
        observed.cells = input.cells
        observed.silentDays = silentDays
        observed.responses = ObservedResponse.of(input.alarms)
        observed.spans = roster?.spans(in: input.covered, localTime: localTime).atWork ?? []
        observed.rosteredZones = roster?.zones ?? []
        if let planned = input.planned {
            observed.plannedMinutes = { zone, dayClass, hour in planned.minutes(zone: zone, dayClass: dayClass, hour: hour).sum }
        }
        return ObservedStaffing(observed, localTime: localTime)
    }

    // MARK: Required

    private func required(_ trace: Trace) -> (shifts: [RequiredShift], helping: [HelpingNeed]) {
        let spans = roster?.spans(in: input.covered, localTime: localTime).atWork ?? []
        let turnouts = trace.turnouts(settings: settings)
        let shifts = RequiredPositions.byShift(
            trace: trace,
            spans: spans,
            groups: zoneIDs.map { [$0] } + groups,
            turnoutMilliseconds: turnouts,
            settings: settings,
            localTime: localTime
        )
        let helping = groups.flatMap { zones in
            ShiftKind.allCases.map { kind in
                let helping = HelpingZones(
                    trace: trace,
                    spans: spans,
                    zones: zones,
                    kind: kind,
                    days: .all,
                    turnoutMilliseconds: turnouts,
                    settings: settings,
                    localTime: localTime
                )
                return HelpingNeed(
                    kind: kind,
                    zones: zones,
                    callOuts: helping.callOuts,
                    hardestHour: helping.hardestHour,
                    outcome: helping.required()
                )
            }
        }
        return (shifts, helping)
    }

    // MARK: Replayed

    private func replay(_ trace: Trace, _ plan: StaffingPlan) -> Replay {
        let planned = input.planned.map { planned in
            // Whether a day is a public holiday is asked once a day, not for each hour and zone.
            var known: (day: LocalTime.Day, dayClass: DayClass)?
            return PlannedLoad(zones: zoneIDs, period: input.covered, localTime: localTime) { zone, day, hour in
                let dayClass = known.flatMap { $0.day == day ? $0.dayClass : nil } ?? DayClass(day)
                known = (day, dayClass)
                return planned.minutes(zone: zone, dayClass: dayClass, hour: hour).sum
            }
        }
        return Replay(trace: trace, plan: plan, settings: settings, planned: planned, localTime: localTime)
    }

    private func addToday(_ today: DrawnReplay, _ analysis: inout StaffingAnalysis) {
        let estimates = today.estimates
        analysis.replay = estimates
        analysis.quality.leftOut = estimates.result.leftOut
        analysis.quality.drawnWays = estimates.result.drawnWays
        analysis.quality.replayedWithinNorm = estimates.total.figures.withinNormShare
        analysis.quality.replayedP50Milliseconds = estimates.total.figures.attendanceP50Milliseconds
        analysis.quality.replayedP90Milliseconds = estimates.total.figures.attendanceP90Milliseconds
        guard let worst = estimates.worst, let scope = estimates.byShift.first(where: { $0.zone == worst.zone && $0.kind == worst.kind })
        else { return }
        let others = estimates.byShift.filter { $0.isTelling && ($0.zone != worst.zone || $0.kind != worst.kind) }
        var missed = [Int](repeating: 0, count: 24)
        for hour in estimates.result.hours where hour.zone == worst.zone && hour.kind == worst.kind {
            missed[hour.hour] += hour.attended - hour.withinNorm
        }
        let hour = missed.indices.max { (missed[$0], -$0) < (missed[$1], -$1) }
        let more = WhatIf(name: "", changes: [.positions(zones: [worst.zone], kind: worst.kind, days: nil, delta: 1)])
        analysis.worst = WorstShift(
            scope: scope,
            agreement: worst.agreement,
            second: others.min { ($0.figures.withinNormShare ?? 1) < ($1.figures.withinNormShare ?? 1) },
            hour: hour.flatMap { missed[$0] >= Share.smallBelow ? .init(hour: $0, missed: missed[$0]) : nil },
            oneMore: outcome(more, today, .replay, isDrawn: effort.comparesMends)
        )
    }

    private func addMend(_ today: DrawnReplay, _ analysis: inout StaffingAnalysis) {
        tell(.mend, 0)
        var search = RosterSearch()
        search.callOutsPlayedMax = effort.searchCallOutsMax
        let found = search.run(today.replay, year: year)
        tell(.mend, 0.5)
        let mended = found.changes.isEmpty || !effort.comparesMends ? nil : today.replay.with(plan: found.plan)
        analysis.mend = Mend(
            search: found,
            hoursAYear: found.hoursAYear,
            comparison: mended.map { today.compared(with: $0, name: "") }
        )
        tell(.mend, 1)
    }

    private func addPoolings(_ today: DrawnReplay, _ analysis: inout StaffingAnalysis) {
        guard zoneIDs.count > 1 else { return }
        let replay = today.replay
        tell(.pooling, 0)
        analysis.poolings = replay.poolings()
        guard let best = analysis.poolings.first, !best.isTooFew else { return }
        let fewer = replay.poolingWithOneFewer(best)
        let pool = WhatIf(name: "", changes: [.pool(zones: best.zones, kinds: [best.kind])])
        analysis.bestPooling = BestPooling(
            pair: best,
            comparison: comparison(today, with: replay.changed(by: pool), name: pool.name, isDrawn: effort.comparesPooling),
            oneFewer: fewer.map { outcome($0.whatIf, today, .pooling, isDrawn: effort.comparesMends) },
            oneFewerZone: fewer?.zone
        )
        tell(.pooling, 1)
    }

    /// - Parameter isDrawn: whether drawn weeks give it intervals.
    private func outcome(_ whatIf: WhatIf, _ today: DrawnReplay, _ stage: StaffingAnalysis.Stage, isDrawn: Bool = true) -> WhatIfOutcome {
        let changed = today.replay.changed(by: whatIf)
        let cost = year.cost(of: whatIf.changes)
        let cutShort: [[RosterSearch.ZoneShift]] = whatIf.changes.map { change in
            guard case .positions(_, let kind, _, _) = change else { return [] }
            return today.replay.plan.cutShort(change, zones: zoneIDs).map { .init(zone: $0, kind: kind) }
        }
        return WhatIfOutcome(
            whatIf: whatIf,
            comparison: comparison(today, with: changed, name: whatIf.name, isDrawn: isDrawn, progress: telling(stage)),
            kronerAYear: cost.kroner,
            hoursAYear: cost.hours,
            unstaffed: changed.plan.newlyUnstaffed(since: today.replay.plan, zones: zoneIDs, in: input.covered, localTime: localTime),
            cutShort: cutShort.flatMap(\.self)
        )
    }

    private func comparison(
        _ today: DrawnReplay,
        with changed: Replay,
        name: String,
        isDrawn: Bool,
        progress: (@Sendable (Double) -> Void)? = nil
    ) -> ReplayComparison {
        isDrawn
            ? today.compared(with: changed, name: name, progress: progress)
            : today.replay.compared(with: changed, name: name, replays: 0, progress: progress)
    }

    /// Cost, full-time equivalents and rest of what these zones have of a roster.
    private func figures(_ alternative: RosterAlternative) -> RosterAlternative.Figures {
        var own = alternative
        own.roster = alternative.roster.part(of: Set(zoneIDs))
        return own.figures(settings, on: day)
    }

    private func alternatives(_ drawn: DrawnReplay, today: Roster) -> [AlternativeOutcome] {
        func asToday(_ alternative: RosterAlternative) -> AlternativeOutcome {
            AlternativeOutcome(
                alternative: alternative,
                figures: figures(alternative),
                replay: drawn.estimates,
                unstaffed: drawn.replay.plan.unstaffed(zones: zoneIDs, in: input.covered, localTime: localTime)
            )
        }
        let outcomes = input.alternatives.map { alternative in
            guard alternative.roster != input.roster else { return asToday(alternative) }
            let plan = StaffingPlan(roster: alternative.roster.serving(Set(zoneIDs)), period: input.covered, measuredWith: today, localTime: localTime)
            let comparison = drawn.compared(
                with: drawn.replay.with(plan: plan),
                name: alternative.name,
                progress: telling(.alternative(alternative.name))
            )
            return AlternativeOutcome(
                alternative: alternative,
                figures: figures(alternative),
                replay: comparison.changed,
                comparison: comparison,
                unstaffed: plan.unstaffed(zones: zoneIDs, in: input.covered, localTime: localTime)
            )
        }
        let isTodayAmongThem = outcomes.isEmpty || input.alternatives.contains { $0.roster == input.roster }
        return (isTodayAmongThem ? [] : [asToday(RosterAlternative(name: "I dag", note: nil, file: "roster.csv", roster: today))]) + outcomes
    }
}

extension ReplayEstimates.Scope {
    /// How many call-outs there are where they are too few for an interval.
    package var tooFewCallOuts: Int? { if case .callOuts(let count, _) = tooFew { count } else { nil } }

    /// Share within the norm, 0–1, with the wider of two intervals: that of the drawn weeks, and Wilson's (1927). Weeks in which
    /// nobody came late cannot be drawn into weeks in which somebody did, so that the draws alone would be sure of too much.
    package var withinNorm: Estimate? {
        guard var estimate = estimates[.withinNormShare] else { return nil }
        guard let wilson = Share(figures.withinNorm, of: figures.attended).interval else { return estimate }
        guard let low = estimate.low, let high = estimate.high else {
            if isSurelyUnderNorm { (estimate.low, estimate.high) = (wilson.low, wilson.high) }
            return estimate
        }
        estimate.low = min(low, wilson.low)
        estimate.high = max(high, wilson.high)
        return estimate
    }

    package var p50Minutes: Estimate? { minutes(.attendanceP50Milliseconds) }
    package var p90Minutes: Estimate? { minutes(.attendanceP90Milliseconds) }
    package var meanWaitMinutes: Estimate? { minutes(.meanWaitMilliseconds) }

    private func minutes(_ measure: ReplayMeasure) -> Estimate? {
        estimates[measure].map { Estimate($0.value / 60_000, low: $0.low.map { $0 / 60_000 }, high: $0.high.map { $0 / 60_000 }) }
    }
}
