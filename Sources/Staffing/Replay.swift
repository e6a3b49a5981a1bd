import Telemetry
package import Workload

/// A municipality's own call-outs played against a plan: the figure leaders see first.
///
/// Attendance = wait + turnout + travel (+ help travel), from the instant at which a responder was asked for. The rules of who
/// is sent are those of `ReplayEngine`, how a plan becomes people those of `Schedule`, which travel is drawn `Trace.atHome`.
/// The same trace, plan, settings and seed give the same figures.
package struct Replay: Sendable {
    /// As it was measured.
    package let trace: Trace
    package let plan: StaffingPlan
    package let settings: StaffingSettings
    let planned: PlannedLoad?
    let localTime: LocalTime
    let days: PeriodDays
    /// Milliseconds by zone, as measured: a change of the call-outs does not change it.
    let turnouts: [Int64]
    /// The call-outs that are played.
    let played: Trace
    let calls: ReplayCalls
    let schedule: Schedule

    /// - Parameters:
    ///   - plan: its spans go at least to the period's end, better a day on (`StaffingPlan(roster:period:)`).
    ///   - planned: planned work, of which `settings.firmPlannedShare` binds people.
    package init(trace: Trace, plan: StaffingPlan, settings: StaffingSettings, planned: PlannedLoad? = nil, localTime: LocalTime = .oslo) {
        self.init(
            trace: trace,
            played: trace.atHome(seed: settings.seed),
            plan: plan,
            settings: settings,
            planned: planned,
            turnouts: trace.turnouts(settings: settings),
            days: PeriodDays(trace.period, localTime: localTime),
            localTime: localTime
        )
    }

    private init(
        trace: Trace,
        played: Trace,
        plan: StaffingPlan,
        settings: StaffingSettings,
        planned: PlannedLoad?,
        turnouts: [Int64],
        calls: ReplayCalls? = nil,
        days: PeriodDays,
        schedule other: Schedule? = nil,
        playing isPlayed: [Bool]? = nil,
        localTime: LocalTime
    ) {
        self.trace = trace
        self.played = played
        self.plan = plan
        self.settings = settings
        self.planned = planned
        self.turnouts = turnouts
        self.days = days
        self.localTime = localTime
        self.calls = calls ?? ReplayCalls(played, turnouts: turnouts)
        schedule = Schedule(
            plan: plan,
            zones: played.zones,
            period: trace.period,
            silentDays: trace.silentDays,
            settings: settings,
            planned: planned,
            days: days,
            like: other,
            playing: isPlayed
        )
    }

    /// The same measured call-outs with another plan, other settings or changed call-outs.
    ///
    /// - Parameter isPlayed: by zone, whether its planned work binds anybody; nil: of all.
    func with(plan: StaffingPlan? = nil, settings: StaffingSettings? = nil, played: Trace? = nil, playing isPlayed: [Bool]? = nil) -> Replay {
        Replay(
            trace: trace,
            played: played ?? self.played,
            plan: plan ?? self.plan,
            settings: settings ?? self.settings,
            planned: planned,
            turnouts: turnouts,
            calls: played == nil ? calls : nil,
            days: days,
            schedule: schedule,
            playing: isPlayed,
            localTime: localTime
        )
    }

    /// The call-outs played against another plan.
    package func with(plan: StaffingPlan) -> Replay { with(plan: plan, settings: nil) }

    func engine() -> ReplayEngine {
        ReplayEngine(schedule: schedule, calls: calls, normMilliseconds: settings.norm.withinMilliseconds)
    }

    /// The period as it was. O(n log n).
    package func result() -> ReplayResult { ReplayResult(self, ran()) }

    /// Its sums alone, by zone × 3 + shift.
    func tallies() -> ContiguousArray<ReplayTally> { ran().tallies }

    private func ran() -> ReplayEngine {
        var engine = engine()
        engine.run(times: calls.times, order: ContiguousArray(0..<Int32(calls.times.count)))
        return engine
    }
}
