import Staffing
import Telemetry
import Testing
import Workload

@Suite("The search for the cheapest mend")
struct RosterSearchTests {
    private let period = ReplayTown.at(2026, 8, 3)..<ReplayTown.at(2026, 8, 31)
    private let zones = ["a", "b", "c"]

    private func town(_ seed: UInt64, night: Double = 1, count: Int = 500) -> Replay {
        let trace = ReplayTown.trace(zones: zones, period: period, count: count, meanBusyMinutes: 60, seed: seed)
        let plan = StaffingPlan(roster: ReplayTown.roster(zones, day: 2, evening: 2, night: night), period: period)
        return Replay(trace: trace, plan: plan, settings: StaffingSettings())
    }

    private func cost(_ spans: [Roster.Span]) -> Double { 400 * StaffingPlan.hoursAYear(spans, period: period) }

    private func isMet(_ replay: Replay) -> Bool {
        replay.result().byShift.allSatisfy { $0.figures.callOuts < 20 || $0.figures.withinNormShare ?? 1 >= 0.9 - 1e-9 }
    }

    @Test("a year's hours are those of the period, as if it went on")
    func hours() {
        let plan = StaffingPlan(roster: ReplayTown.roster(["a"], day: 1, evening: 1, night: 1.5), period: period)
        #expect(StaffingPlan.hoursAYear(plan.spans, period: period) == 364 * 28)
    }

    @Test("the mend meets the norm, no kept step can be left out, and its cost is that of its positions", arguments: 1...5 as ClosedRange<UInt64>)
    func meets(seed: UInt64) {
        let today = town(seed)
        let isMetToday = isMet(today)
        #expect(!isMetToday, "otherwise there is nothing to search for")
        let result = RosterSearch().run(today, cost: cost)
        #expect(result.end == .met)
        #expect(result == RosterSearch().run(today, cost: cost))
        let met = isMet(today.changed(by: WhatIf(name: "", changes: result.changes)))
        #expect(met)
        #expect(today.changed(by: WhatIf(name: "", changes: result.changes)).plan == result.plan)
        for place in result.changes.indices {
            var without = result.changes
            without.remove(at: place)
            let isStillMet = isMet(today.changed(by: WhatIf(name: "", changes: without)))
            #expect(!isStillMet, "without \(result.changes[place])")
        }
        #expect(result.kronerAYear == cost(result.plan.spans) - cost(today.plan.spans))
        for step in result.steps { #expect(step.missingAfter < step.missingBefore) }
        #expect(result.steps.last?.missingAfter == 0)
    }

    @Test("what costs nothing is taken before what costs, unless its effort outweighs what it gains")
    func freeFirst() throws {
        var search = RosterSearch()
        search.effortKroner = 0
        let free = try #require(search.run(town(1), cost: cost).steps.first)
        #expect(free.kronerAYear <= 0)
        search.effortKroner = 100_000_000
        let dear = try #require(search.run(town(1), cost: cost).steps.first)
        #expect(dear.missingBefore - dear.missingAfter > free.missingBefore - free.missingAfter || dear == free)
    }

    @Test("a norm that the way alone misses is told, not searched for; a norm that is met needs nothing")
    func outOfReach() {
        var trace = ReplayTown.trace(zones: zones, period: period, count: 600, seed: 8)
        for place in trace.callOuts.indices where trace.callOuts[place].zone == 2 { trace.callOuts[place].travelMilliseconds = 60 * ReplayTown.minute }
        let plan = StaffingPlan(roster: ReplayTown.roster(zones, day: 30, evening: 30, night: 30), period: period)
        let result = RosterSearch().run(Replay(trace: trace, plan: plan, settings: StaffingSettings()), cost: cost)
        #expect(result.outOfReach == ShiftKind.allCases.map { RosterSearch.ZoneShift(zone: "c", kind: $0) })
        #expect(result.steps.isEmpty)
        #expect(result.end == .met)
    }

    @Test("it stops at its limits and says which")
    func limits() {
        var search = RosterSearch()
        search.callOutsPlayedMax = 1000
        #expect(search.run(town(1), cost: cost).end == .callOutsPlayedMax)
        search = RosterSearch()
        search.stepsMax = 1
        let one = search.run(town(1, count: 900), cost: cost)
        #expect(one.end == .stepsMax)
        #expect(one.steps.count == 1)
        search = RosterSearch(goal: .overall)
        let overall = search.run(town(1), cost: cost)
        #expect(overall.after.total.withinNormShare ?? 0 >= 0.9)
        #expect(overall.kronerAYear <= RosterSearch().run(town(1), cost: cost).kronerAYear)
    }

    @Test("the best pair to pool is the one that gains most within the norm, and one position fewer costs attendance")
    func pooling() throws {
        let today = town(3)
        let pairs = today.poolings()
        #expect(pairs.map(\.zones).sorted { $0.joined() < $1.joined() } == [["a", "b"], ["a", "c"], ["b", "c"]])
        let gains = pairs.map { $0.pooled.withinNorm - $0.today.withinNorm }
        #expect(gains == gains.sorted(by: >))
        let best = try #require(pairs.first)
        let byHand = today.changed(by: WhatIf(name: "", changes: [.pool(zones: best.zones, kinds: [.night])])).result()
        let within = byHand.byShift.filter { best.zones.contains($0.zone) && $0.kind == .night }.reduce(0) { $0 + $1.figures.withinNorm }
        #expect(best.pooled.withinNorm == within)
        let fewer = today.changed(by: today.poolingWithOneFewer(best)).result()
        #expect(fewer.total.rosteredMilliseconds == today.result().total.rosteredMilliseconds - 28 * 8 * 60 * ReplayTown.minute)
        #expect(fewer.total.withinNorm < byHand.total.withinNorm)
    }
}
