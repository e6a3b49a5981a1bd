import Staffing
import Telemetry
import Testing
import Workload

/// Where a change touches some zones alone, only those that share people with them are played: the others have what they had.
@Suite("A change is played where it makes a difference")
struct ZoneLinksTests {
    private static let zones = ["biri", "haugtun", "nordbyen", "redalen", "sorbyen", "ukjent"]

    /// Six zones, the last without anybody; some share people, and planned work binds some of them.
    private func town(_ seed: UInt64) -> Replay {
        var dice = Dice(seed)
        let period = ReplayTown.at(2026, 10, 12)..<ReplayTown.at(2026, 10, 26)
        var shifts: [Roster.Shift] = []
        for zone in Self.zones.dropLast() {
            for (kind, hours) in [(ShiftKind.day, (7, 15)), (.evening, (15, 23)), (.night, (23, 31))] where dice.below(8) > 0 {
                shifts.append(ReplayTown.shift([zone], kind, hours, Double(2 + dice.below(4)) / 2))
            }
        }
        if dice.below(2) == 0 { shifts.append(ReplayTown.shift(["haugtun", "biri"], .night, (22, 30), 1)) }
        if dice.below(4) == 0 { shifts.append(ReplayTown.shift(["nordbyen", "haugtun"], .day, (8, 16), 1)) }
        var plan = StaffingPlan(roster: Roster(shifts: shifts), period: period)
        if dice.below(3) == 0 { plan.pools.append(.init(zones: ["redalen", "nordbyen"], kinds: [.night])) }
        if dice.below(5) == 0 { plan.pools.append(.init(zones: Self.zones, kinds: [.evening])) }
        var settings = StaffingSettings()
        settings.firmPlannedShare = 0.4
        let work = Self.zones.map { _ in Double(dice.below(120)) }
        let planned = PlannedLoad(zones: Self.zones, period: period) { zone, _, hour in
            6..<22 ~= hour ? work[Self.zones.firstIndex(of: zone) ?? 0] : 0
        }
        let trace = ReplayTown.trace(zones: Self.zones, period: period, count: 700, seed: seed)
        return Replay(trace: trace, plan: plan, settings: settings, planned: dice.below(3) > 0 ? planned : nil)
    }

    @Test("pairs of zones pooled have the figures that the whole municipality's replay gives them", arguments: 1...25 as ClosedRange<UInt64>)
    func poolings(seed: UInt64) {
        let today = town(seed)
        for kind in ShiftKind.allCases {
            let pairs = today.poolings(kind: kind)
            #expect(pairs.count == 10)
            for pair in pairs {
                let whole = today.changed(by: WhatIf(name: "", changes: [.pool(zones: pair.zones, kinds: [kind])])).result()
                let cells = whole.byShift.filter { pair.zones.contains($0.zone) && $0.kind == kind }.map(\.figures)
                #expect(pair.pooled.callOuts == cells.reduce(0) { $0 + $1.callOuts })
                #expect(pair.pooled.attended == cells.reduce(0) { $0 + $1.attended })
                #expect(pair.pooled.withinNorm == cells.reduce(0) { $0 + $1.withinNorm })
                #expect(pair.pooled.waited == cells.reduce(0) { $0 + $1.waited })
                #expect(pair.pooled.waitSumMilliseconds == cells.reduce(0) { $0 + $1.waitSumMilliseconds })
                #expect(pair.pooled.neverReached == cells.reduce(0) { $0 + $1.neverReached })
            }
        }
    }

    @Test("each step of a search has the call-outs within the norm that the whole municipality's replay gives it")
    func steps() {
        var search = RosterSearch(goal: .overall)
        search.stepsMax = 4
        let year = RosterYear(Roster(shifts: []), zones: Self.zones, rates: RosterRates(), on: LocalTime.Day(year: 2026, month: 10, day: 25))
        var stepCount = 0
        for seed in 1...12 as ClosedRange<UInt64> {
            var changed = town(seed)
            for step in search.run(changed, year: year).steps {
                changed = changed.changed(by: WhatIf(name: "", changes: [step.change]))
                let total = changed.result().total
                let missing = Int((0.9 * Double(total.attended) - 1e-9).rounded(.up)) - total.withinNorm
                #expect(step.missingAfter == max(0, missing))
                stepCount += 1
            }
        }
        #expect(stepCount > 20)
    }
}
