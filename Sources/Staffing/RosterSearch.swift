import Synchronization
import Workload

/// The search for the cheapest change of a plan with which a period's call-outs would have met the norm: greedy, step by
/// step, with a look back at the end. It finds a good mend, not always the best one: pairs of steps that help only
/// together are not seen. Every step it took is told.
///
/// No step leaves a zone without anybody at an hour that has somebody today: what that costs is not seen in the call-outs of one
/// period.
package struct RosterSearch: Sendable {
    package enum Goal: Equatable, Sendable {
        /// The norm in each zone and shift with enough call-outs, and in those that are surely under it.
        case everyShift
        /// The norm over all call-outs.
        case overall
    }

    /// Steps that a search takes at most.
    package var stepsMax = 24
    /// What any change of a roster costs by itself, in kroner a year: in the ranking only, not in the cost that is told. It keeps
    /// the search from moving a shift for each single call-out (an example).
    package var effortKroner = 20_000.0
    /// Call-outs that a search plays at most, all tries together: some seconds. It stops before the step that might pass it.
    package var callOutsPlayedMax = 60_000_000
    package var goal: Goal

    package init(goal: Goal = .everyShift) { self.goal = goal }

    package struct ZoneShift: Equatable, Sendable {
        package var zone: String
        package var kind: ShiftKind

        package init(zone: String, kind: ShiftKind) {
            self.zone = zone
            self.kind = kind
        }
    }

    package struct Step: Equatable, Sendable {
        package var change: StaffingChange
        /// Kroner a year more than before the step.
        package var kronerAYear: Double
        /// Call-outs missing to the norm before and after, summed over what is to meet it.
        package var missingBefore: Int
        package var missingAfter: Int
        /// Share of all call-outs within the norm after it, 0–1.
        package var withinNormShare: Double?
        /// What else was tried in the step, with any gain.
        package var triesCount: Int
        /// The look back found that the norm is met without it.
        package var isLeftOut = false
    }

    /// What the search comes to.
    package enum Verdict: String, Sendable {
        /// The roster meets the norm as it is.
        case met
        /// The steps kept meet it.
        case mended
        /// Some steps help, or none, but somewhere it is missed still: nothing that was tried mends it.
        case notMended
        /// Positions have mended what they can (with steps, or none were needed): where the way alone misses the norm none helps.
        case outOfReach
        /// Nowhere are there enough call-outs to say.
        case tooFew
    }

    package enum End: Equatable, Sendable {
        case met, nothingHelps, stepsMax, callOutsPlayedMax
    }

    package struct Result: Equatable, Sendable {
        package var verdict: Verdict
        /// In the order they were taken, those left out by the look back too.
        package var steps: [Step]
        /// Of what positions can mend; `verdict` says whether the norm is met.
        package var end: End
        /// Kroner and position-hours a year more than today, of the steps kept.
        package var kronerAYear: Double
        package var hoursAYear: Double
        /// With the steps kept.
        package var plan: StaffingPlan
        /// Where even the way alone, with somebody always free, misses the norm: no position mends it.
        package var outOfReach: [ZoneShift]
        /// With too few call-outs to be searched for, and not surely under the norm.
        package var tooFew: [ZoneShift]
        package var before: ReplayResult
        package var after: ReplayResult

        /// The mend: the changes kept.
        package var changes: [StaffingChange] { steps.filter { !$0.isLeftOut }.map(\.change) }
    }

    /// - Parameters:
    ///   - replay: today.
    ///   - year: what changes cost.
    package func run(_ replay: Replay, year: RosterYear) -> Result {
        let before = replay.result()
        let staffed = StaffedTimes(replay)
        let target = Target(replay, before, goal: goal)
        let missingToday = target.missing(replay.tallies())
        var current = replay
        var steps: [Step] = []
        var missing = missingToday
        var played = 0
        var end: End = missing == 0 ? .met : .stepsMax
        while missing > 0, steps.count < stepsMax {
            let candidates = target.candidates(current, taken: steps.map(\.change))
            played += candidates.count * current.calls.times.count
            if played > callOutsPlayedMax {
                end = .callOutsPlayedMax
                break
            }
            guard let best = best(candidates, current, target, staffed, taken: steps.map(\.change), missing: missing, year: year) else {
                end = .nothingHelps
                break
            }
            steps.append(best.step)
            current = best.replay
            missing = best.step.missingAfter
            if missing == 0 { end = .met }
        }
        if end == .met { current = lookBack(replay, &steps, target, staffed) ?? current }
        let cost = year.cost(of: steps.filter { !$0.isLeftOut }.map(\.change))
        return Result(
            verdict: target.verdict(end, missingToday: missingToday),
            steps: steps,
            end: end,
            kronerAYear: cost.kroner,
            hoursAYear: cost.hours,
            plan: current.plan,
            outOfReach: target.outOfReach,
            tooFew: target.tooFew,
            before: before,
            after: current.result()
        )
    }

    /// The cheapest gain: by kroner, effort counted, for each call-out gained; then the largest gain; the first of equals.
    private func best(
        _ candidates: [StaffingChange],
        _ current: Replay,
        _ target: Target,
        _ staffed: StaffedTimes,
        taken: [StaffingChange],
        missing: Int,
        year: RosterYear
    ) -> (step: Step, replay: Replay)? {
        let costBefore = year.cost(of: taken).kroner
        let (before, links) = (current.tallies(), ZoneLinks(current.plan))
        let tried = Mutex<[(missing: Int, kroner: Double)?]>(Array(repeating: nil, count: candidates.count))
        Background.parts(candidates.count) { place in
            let candidate = candidates[place]
            let plan = current.plan(after: candidate)
            guard !staffed.isMissingAnything(in: StaffedTimes(current, plan: plan)) else { return }
            let tallies = current.tallies(with: plan, changedIn: candidate.zones, links: links, before: before)
            let found = (target.missing(tallies), year.cost(of: taken + [candidate]).kroner - costBefore)
            tried.withLock { $0[place] = found }
        }
        let found = tried.withLock { $0 }
        func rank(_ place: Int) -> (Double, Int, Int)? {
            guard let outcome = found[place], outcome.missing < missing else { return nil }
            let gain = missing - outcome.missing
            return (max(0, outcome.kroner + effortKroner) / Double(gain), -gain, place)
        }
        let gaining = candidates.indices.compactMap { place in rank(place).map { ($0, place) } }
        guard let place = gaining.min(by: { $0.0 < $1.0 })?.1, let chosen = found[place] else { return nil }
        let replay = current.changed(by: candidates[place])
        let step = Step(
            change: candidates[place],
            kronerAYear: chosen.kroner,
            missingBefore: missing,
            missingAfter: chosen.missing,
            withinNormShare: replay.result().total.withinNormShare,
            triesCount: gaining.count
        )
        return (step, replay)
    }

    /// Leaves out what later steps made needless, the last one first, until none can be; nil where nothing is.
    private func lookBack(_ replay: Replay, _ steps: inout [Step], _ target: Target, _ staffed: StaffedTimes) -> Replay? {
        var found: Replay?
        var isDone = false
        while !isDone {
            isDone = true
            for place in steps.indices.reversed() where !steps[place].isLeftOut {
                steps[place].isLeftOut = true
                let kept = steps.filter { !$0.isLeftOut }.reduce(replay) { $0.changed(by: $1.change) }
                if target.missing(kept.tallies()) == 0, !staffed.isMissingAnything(in: StaffedTimes(kept)) {
                    found = kept
                    // Without it another that was needed beside it may be needless.
                    isDone = false
                } else {
                    steps[place].isLeftOut = false
                }
            }
        }
        return found
    }
}

extension StaffedTimes {
    /// Of the zones and the period that are played.
    ///
    /// - Parameter plan: another one than is played.
    init(_ replay: Replay, plan: StaffingPlan? = nil) { self.init(plan ?? replay.plan, zones: replay.played.zones, in: replay.trace.period) }
}

extension Replay {
    func changed(by change: StaffingChange) -> Replay { changed(by: WhatIf(name: "", changes: [change])) }

    func plan(after change: StaffingChange) -> StaffingPlan { plan.applying(change, zones: played.zones, localTime: localTime) }
}
