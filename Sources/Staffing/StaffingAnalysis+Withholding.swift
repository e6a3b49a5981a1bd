import Workload

extension StaffingAnalysis {
    /// The analysis as it may leave the municipality: rows of fewer than 5 call-outs are taken out (CONTRACT 6), also those
    /// of none, which would tell the others by what is missing; and so is the week of a zone that has such a shift.
    package func forOthers() -> StaffingAnalysis {
        var result = self
        result.isExternal = true
        func isShown(_ row: ObservedRow) -> Bool { row.figures.callOuts >= Share.smallBelow }
        let small = Set(observed.shifts.filter { !isShown($0) }.map(\.zones))
        result.observed.shifts.removeAll { !isShown($0) }
        result.observed.days.removeAll { !isShown($0) }
        result.observed.hours.removeAll { !isShown($0) }
        result.observed.weeks.removeAll { small.contains($0.zones) }
        result.required.removeAll { $0.callOuts < Share.smallBelow }
        result.helping.removeAll { $0.callOuts < Share.smallBelow }
        result.replay = replay?.forOthers()
        result.whatIfs = whatIfs.map { outcome in
            var outcome = outcome
            outcome.comparison = outcome.comparison.forOthers()
            return outcome
        }
        result.alternatives = alternatives.map { outcome in
            var outcome = outcome
            outcome.replay = outcome.replay.forOthers()
            outcome.comparison = outcome.comparison?.forOthers()
            return outcome
        }
        result.poolings.removeAll { $0.today.callOuts < Share.smallBelow }
        if let best = bestPooling, best.pair.today.callOuts < Share.smallBelow { result.bestPooling = nil }
        return result
    }
}

extension ReplayEstimates {
    fileprivate func forOthers() -> ReplayEstimates {
        var result = self
        result.byZone.removeAll { $0.figures.callOuts < Share.smallBelow }
        result.byShift.removeAll { $0.figures.callOuts < Share.smallBelow }
        result.result.byShift.removeAll { $0.figures.callOuts < Share.smallBelow }
        result.result.hours.removeAll { $0.callOuts < Share.smallBelow }
        result.result.outcomes.removeAll()
        return result
    }
}

extension ReplayComparison {
    fileprivate func forOthers() -> ReplayComparison {
        var result = self
        result.today = today.forOthers()
        result.changed = changed.forOthers()
        let zones = Set(result.today.byZone.map(\.zone)).intersection(result.changed.byZone.map(\.zone))
        result.byZone.removeAll { !zones.contains($0.zone) }
        result.byShift.removeAll { difference in
            !result.today.byShift.contains { $0.zone == difference.zone && $0.kind == difference.kind }
                || !result.changed.byShift.contains { $0.zone == difference.zone && $0.kind == difference.kind }
        }
        return result
    }
}
