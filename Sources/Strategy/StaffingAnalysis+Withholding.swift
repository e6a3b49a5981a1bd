package import Staffing
import Workload

extension StaffingAnalysis {
    /// The analysis as it may leave the municipality: no count of fewer than 5 call-outs (CONTRACT 6), and none that could be found
    /// by subtraction. Zones and shifts are told beside their sums by `ShownCounts`; kinds of days and hours are told of all zones
    /// together alone, for a zone's would be found from the others'.
    package func forOthers() -> StaffingAnalysis {
        var result = self
        result.isExternal = true
        let shown = shownCounts
        result.observed = observed.forOthers(shown, widest: zones.map(\.id))
        result.required = required(shown, result.observed)
        result.helping.removeAll { $0.callOuts < Share.smallBelow || !shown.isShown($0.zones, $0.kind) }
        result.poolings.removeAll { !$0.isShown(shown) }
        result.bestPooling = bestPooling.flatMap { $0.pair.isShown(shown) ? $0.forOthers(shown) : nil }
        result.whatIfs = whatIfs.map { $0.forOthers(shown) }
        result.alternatives = alternatives.map { $0.forOthers(shown) }
        result.worst = worst.flatMap { $0.scope.isShown(shown) ? $0.forOthers(shown) : nil }
        result.mend?.comparison = mend?.comparison?.forOthers(shown)
        result.replay = shown.isTotalShown ? replay?.forOthers(shown) : nil
        if !shown.isTotalShown { (result.worst, result.mend, result.whatIfs, result.alternatives) = (nil, nil, [], []) }
        return result
    }

    private var shownCounts: ShownCounts {
        let seen: ShownCounts.Table = observed.shifts.filter { $0.zones.count == 1 }.map { ($0.zones[0], $0.kind, $0.figures.callOuts) }
        let modelled: ShownCounts.Table = required.filter { $0.zones.count == 1 && $0.days == .all }.map { ($0.zones[0], $0.kind, $0.callOuts) }
        let played: ShownCounts.Table = (replay?.byShift ?? []).compactMap { scope in
            guard let zone = scope.zone, let kind = scope.kind else { return nil }
            return (zone, kind, scope.figures.callOuts)
        }
        return ShownCounts(zones: zones.map(\.id), tables: [seen, modelled, played])
    }

    /// Needs on some days are told where all kinds of days are: else workdays less what is told of them would tell the rest.
    private func required(_ shown: ShownCounts, _ outside: ObservedStaffing) -> [RequiredShift] {
        let all = zones.map(\.id)
        return required.filter { shift in
            guard shift.callOuts >= Share.smallBelow, shown.isShown(shift.zones, shift.kind) else { return false }
            if shift.days == .all { return true }
            func days(_ observed: ObservedStaffing) -> Int { observed.days.count { $0.zones == shift.zones && $0.kind == shift.kind } }
            return shift.zones == all && days(outside) == days(observed)
                && required.allSatisfy { $0.zones != shift.zones || $0.kind != shift.kind || $0.callOuts >= Share.smallBelow }
        }
    }
}

extension ObservedStaffing {
    fileprivate func forOthers(_ shown: ShownCounts, widest: [String]) -> ObservedStaffing {
        var result = self
        result.shifts.removeAll { !shown.isShown($0.zones, $0.kind) || $0.figures.callOuts < Share.smallBelow }
        // The pattern of a week would show single call-outs of a small shift, or be left when those of the others are taken away.
        result.weeks.removeAll { !(shown.isWhole || $0.zones == widest && ShiftKind.allCases.allSatisfy { shown.isShown(widest, $0) }) }
        result.days = result.shifts.filter { $0.zones == widest }.flatMap { shift in
            ObservedStaffing.told(days.filter { $0.zones == widest && $0.kind == shift.kind })
        }
        result.hours = result.days.flatMap { day in
            ObservedStaffing.told(hours.filter { $0.zones == widest && $0.kind == day.kind && $0.dayClass == day.dayClass })
        }
        return result
    }

    /// Of rows whose sum is told.
    private static func told(_ rows: [ObservedRow]) -> [ObservedRow] {
        zip(rows, ShownCounts.shown(of: rows.map(\.figures.callOuts))).filter(\.1).map(\.0)
    }
}

extension PoolingOfTwo {
    fileprivate func isShown(_ shown: ShownCounts) -> Bool { today.callOuts >= Share.smallBelow && zones.allSatisfy { shown.isShown([$0], kind) } }
}

extension ReplayEstimates.Scope {
    fileprivate func isShown(_ shown: ShownCounts) -> Bool {
        figures.callOuts >= Share.smallBelow && (zone.map { shown.isShown([$0], kind) } ?? shown.isTotalShown)
    }
}

extension ReplayEstimates {
    fileprivate func forOthers(_ shown: ShownCounts) -> ReplayEstimates {
        var result = self
        result.byZone.removeAll { !$0.isShown(shown) }
        result.byShift.removeAll { !$0.isShown(shown) }
        result.result.byShift.removeAll { $0.figures.callOuts < Share.smallBelow || !shown.isShown([$0.zone], $0.kind) }
        result.result.hours.removeAll()
        result.result.outcomes.removeAll()
        result.worst = worst.flatMap { shown.isShown([$0.zone], $0.kind) ? $0 : nil }
        return result
    }
}

extension ReplayComparison {
    fileprivate func forOthers(_ shown: ShownCounts) -> ReplayComparison {
        var result = self
        result.today = today.forOthers(shown)
        result.changed = changed.forOthers(shown)
        let zones = Set(result.today.byZone.map(\.zone)).intersection(result.changed.byZone.map(\.zone))
        result.byZone.removeAll { !zones.contains($0.zone) }
        result.byShift.removeAll { difference in
            !result.today.byShift.contains { $0.zone == difference.zone && $0.kind == difference.kind }
                || !result.changed.byShift.contains { $0.zone == difference.zone && $0.kind == difference.kind }
        }
        return result
    }
}

extension WhatIfOutcome {
    fileprivate func forOthers(_ shown: ShownCounts) -> WhatIfOutcome {
        var result = self
        result.comparison = comparison.forOthers(shown)
        return result
    }
}

extension AlternativeOutcome {
    fileprivate func forOthers(_ shown: ShownCounts) -> AlternativeOutcome {
        var result = self
        result.replay = replay.forOthers(shown)
        result.comparison = comparison?.forOthers(shown)
        return result
    }
}

extension WorstShift {
    fileprivate func forOthers(_ shown: ShownCounts) -> WorstShift {
        var result = self
        if second?.isShown(shown) == false { result.second = nil }
        result.oneMore = oneMore.forOthers(shown)
        return result
    }
}

extension BestPooling {
    fileprivate func forOthers(_ shown: ShownCounts) -> BestPooling {
        var result = self
        result.comparison = comparison.forOthers(shown)
        result.oneFewer = oneFewer?.forOthers(shown)
        return result
    }
}
