import Synchronization
import Workload

/// What it would do if two zones' people helped one another in a shift.
package struct PoolingOfTwo: Equatable, Sendable {
    package var zones: [String]
    package var kind: ShiftKind
    /// The two zones together in the shift, today and pooled.
    package var today: Figures
    package var pooled: Figures
    /// With fewer call-outs than it takes to say anything (`StaffingSettings.callOutsMin`).
    package var isTooFew = false

    package struct Figures: Equatable, Sendable {
        package var callOuts = 0
        package var attended = 0
        package var withinNorm = 0
        package var waited = 0
        package var waitSumMilliseconds: Int64 = 0
        package var waitMaxMilliseconds: Int64 = 0
        package var neverReached = 0

        /// 0–1; nil without call-outs.
        package var withinNormShare: Double? { attended > 0 ? Double(withinNorm) / Double(attended) : nil }
    }
}

extension Replay {
    /// All pairs of zones with their people helping one another in a shift, the best first: most call-outs within the norm
    /// gained, then most waiting saved, then in the order of the zones. Those with too few call-outs come last and are marked.
    /// O(zones · n log n) where zones share no people, zones² at worst; on all cores.
    package func poolings(kind: ShiftKind = .night) -> [PoolingOfTwo] {
        let (today, links) = (tallies(), ZoneLinks(plan))
        let able = played.zones.indices.filter { played.zones[$0] != Trace.unknownZone }
        let asked = able.enumerated().flatMap { place, first in able[(place + 1)...].map { (first, $0) } }
        let found = Mutex<[PoolingOfTwo?]>(Array(repeating: nil, count: asked.count))
        Background.parts(asked.count) { number in
            let (first, second) = asked[number]
            let zones = [played.zones[first], played.zones[second]]
            let before = PoolingOfTwo.Figures(today, [first, second], kind)
            let pooled = tallies(with: plan.pooling(zones, kinds: [kind]), changedIn: zones, links: links, before: today)
            var pair = PoolingOfTwo(zones: zones, kind: kind, today: before, pooled: .init(pooled, [first, second], kind))
            pair.isTooFew = before.callOuts < max(1, settings.callOutsMin)
            found.withLock { [pair] in $0[number] = pair }
        }
        let pairs = found.withLock { $0.compactMap(\.self) }
        func rank(_ place: Int) -> (Int, Int, Int64, Int) {
            let (today, pooled) = (pairs[place].today, pairs[place].pooled)
            return (pairs[place].isTooFew ? 1 : 0, today.withinNorm - pooled.withinNorm, pooled.waitSumMilliseconds - today.waitSumMilliseconds, place)
        }
        return pairs.indices.sorted { rank($0) < rank($1) }.map { pairs[$0] }
    }

    /// Two zones pooled in a shift with one position fewer in one of them: what a saved position costs in attendance. In the zone
    /// with fewer call-outs where that can be, else in the other; nil where there is no whole position to take away every day, or
    /// hours would be left without anybody.
    package func poolingWithOneFewer(_ pair: PoolingOfTwo) -> (zone: String, whatIf: WhatIf)? {
        let callOuts = Dictionary(uniqueKeysWithValues: result().byShift.filter { $0.kind == pair.kind }.map { ($0.zone, $0.figures.callOuts) })
        let staffed = StaffedTimes(self)
        for zone in pair.zones.sorted(by: { (callOuts[$0] ?? 0) < (callOuts[$1] ?? 0) }) {
            let fewer = StaffingChange.positions(zones: [zone], kind: pair.kind, days: nil, delta: -1)
            let whatIf = WhatIf(name: pair.zones.joined(separator: " + "), changes: [.pool(zones: pair.zones, kinds: [pair.kind]), fewer])
            let changed = whatIf.changes.reduce(plan) { $0.applying($1, zones: played.zones, localTime: localTime) }
            if plan.cutShort(fewer, zones: [zone]).isEmpty, !staffed.isMissingAnything(in: StaffedTimes(self, plan: changed)) { return (zone, whatIf) }
        }
        return nil
    }
}

extension PoolingOfTwo.Figures {
    fileprivate init(_ tallies: ContiguousArray<ReplayTally>, _ zones: [Int], _ kind: ShiftKind) {
        for zone in zones {
            let figures = tallies[zone * 3 + kind.order]
            callOuts += figures.callOuts
            attended += figures.attended
            withinNorm += figures.withinNorm
            waited += figures.waited
            waitSumMilliseconds += figures.waitSumMilliseconds
            waitMaxMilliseconds = max(waitMaxMilliseconds, figures.waitMaxMilliseconds)
            neverReached += figures.neverReached
        }
    }
}
