package import Staffing
import Strategy
import Workload

extension StaffingAnalysis {
    /// The analysis as who sees sums alone is told it: without rows of one to four call-outs, and without those that they could be
    /// had from by subtraction.
    package var ofSums: StaffingAnalysis {
        var told = self
        told.isSummed = true
        told.observed.withholdFew()
        told.required = toldRequired
        told.helping = helping.filter(\.callOuts.isTellable)
        if !quality.measured.n.isTellable {
            told.quality.measured = WaitFigures(waits: [], none: 0, negative: 0, limitsMilliseconds: [settings.norm.withinMilliseconds])
            (told.quality.measuredP50Milliseconds, told.quality.measuredP90Milliseconds) = (nil, nil)
        }
        guard let replay else { return told }
        guard replay.total.figures.callOuts.isTellable else {
            (told.replay, told.worst, told.mend, told.bestPooling) = (nil, nil, nil, nil)
            (told.poolings, told.whatIfs, told.alternatives) = ([], [], [])
            (told.quality.replayedWithinNorm, told.quality.waitedWithoutPlannedWork) = (nil, nil)
            (told.quality.replayedP50Milliseconds, told.quality.replayedP90Milliseconds) = (nil, nil)
            return told
        }
        let shifts = ToldShifts(replay)
        told.replay = shifts.told(replay)
        told.worst = worst.flatMap(shifts.told)
        told.mend?.comparison = mend?.comparison.map(shifts.told)
        // A pair of zones is the sum of two shifts.
        told.poolings = poolings.filter { pair in pair.today.callOuts.isTellable && pair.zones.allSatisfy { shifts.isTold($0, pair.kind) } }
        if let best = bestPooling {
            let isTold = best.pair.today.callOuts.isTellable && best.pair.zones.allSatisfy { shifts.isTold($0, best.pair.kind) }
            told.bestPooling = isTold ? best : nil
            told.bestPooling?.comparison = shifts.told(best.comparison)
            told.bestPooling?.oneFewer = best.oneFewer.map(shifts.told)
        }
        told.whatIfs = whatIfs.map(shifts.told)
        told.alternatives = alternatives.map { outcome in
            var outcome = outcome
            outcome.replay = shifts.told(outcome.replay)
            outcome.comparison = outcome.comparison.map(shifts.told)
            return outcome
        }
        return told
    }

    /// Needs of all days alone, since those of some days could be taken from one another.
    private var toldRequired: [RequiredShift] {
        let all = required.filter { $0.days == .all }
        let withheld = all.filter { !$0.callOuts.isTellable }
        return all.filter { shift in
            let isSumOfWithheld = shift.zones.count > 1 && withheld.contains { $0.kind == shift.kind && Set($0.zones).isSubset(of: shift.zones) }
            return shift.callOuts.isTellable && !isSumOfWithheld
        }
        .map { shift in
            var shift = shift
            shift.assumptions = shift.assumptions.filter(\.count.isTellable)
            if case .positions(var figures) = shift.outcome {
                figures.leaveOutFewHours(of: shift.callOuts)
                shift.outcome = .positions(figures)
            }
            return shift
        }
    }
}

/// Which zones and shifts of a replay are told.
private struct ToldShifts {
    private struct Place: Hashable {
        var zone: String?
        var kind: ShiftKind?
    }

    private var withheld: Set<Place> = []

    init(_ today: ReplayEstimates) {
        let zones = ToldRows(today.byZone.map { [$0.figures.callOuts] })
        for (scope, isTold) in zip(today.byZone, zones.isTold) {
            let shifts = today.byShift.filter { $0.zone == scope.zone }
            let told = ToldRows(shifts.map { [$0.figures.callOuts] })
            for (shift, isShiftTold) in zip(shifts, told.isTold) where !isTold || !isShiftTold {
                withheld.insert(Place(zone: shift.zone, kind: shift.kind))
            }
            if !isTold { withheld.insert(Place(zone: scope.zone)) }
        }
    }

    func isTold(_ zone: String?, _ kind: ShiftKind?) -> Bool { !withheld.contains(Place(zone: zone, kind: kind)) }

    private func isTold(_ scope: ReplayEstimates.Scope) -> Bool { isTold(scope.zone, scope.kind) && scope.figures.callOuts.isTellable }

    func told(_ replay: ReplayEstimates) -> ReplayEstimates {
        var told = replay
        told.byZone = replay.byZone.filter { isTold($0) }
        told.byShift = replay.byShift.filter { isTold($0) }
        return told
    }

    /// Today, changed and their difference lie beside one another, so that a row that is left out of one is left out of all.
    func told(_ comparison: ReplayComparison) -> ReplayComparison {
        var told = comparison
        let isTold = zip(comparison.today.byShift, comparison.changed.byShift).map { self.isTold($0) && self.isTold($1) }
        func kept<Row>(_ rows: [Row]) -> [Row] { zip(rows, isTold).filter(\.1).map(\.0) }
        (told.today, told.changed) = (self.told(comparison.today), self.told(comparison.changed))
        told.today.byShift = kept(comparison.today.byShift)
        told.changed.byShift = kept(comparison.changed.byShift)
        told.byShift = kept(comparison.byShift)
        return told
    }

    func told(_ outcome: WhatIfOutcome) -> WhatIfOutcome {
        var told = outcome
        told.comparison = self.told(outcome.comparison)
        return told
    }

    func told(_ worst: WorstShift) -> WorstShift? {
        guard isTold(worst.scope) else { return nil }
        var told = worst
        told.second = worst.second.flatMap { isTold($0) ? $0 : nil }
        told.oneMore = self.told(worst.oneMore)
        return told
    }
}

extension RequiredFigures {
    /// Where hours have one to four call-outs, the hardest is told alone, and not even that where the rest of them would follow.
    fileprivate mutating func leaveOutFewHours(of callOuts: Int) {
        guard !hours.allSatisfy(\.callOuts.isTellable) else { return }
        let hardest = hardestHour.flatMap { $0.callOuts.isTellable && (callOuts - $0.callOuts).isTellable ? $0 : nil }
        hours = [hardest].compactMap(\.self)
        self.hardest = 0
    }
}
