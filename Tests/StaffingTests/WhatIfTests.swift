import Staffing
import Telemetry
import Testing
import Workload

@Suite("What-if")
struct WhatIfTests {
    // Four weeks with a public holiday: Christmas Day, a Friday.
    private let period = ReplayTown.at(2026, 11, 30)..<ReplayTown.at(2026, 12, 28)

    private func replay(_ roster: Roster, count: Int = 200, seed: UInt64 = 1) -> Replay {
        let trace = ReplayTown.trace(zones: ["a", "b"], period: period, count: count, seed: seed)
        return Replay(trace: trace, plan: StaffingPlan(roster: roster, period: period), settings: StaffingSettings())
    }

    private func hours(_ plan: StaffingPlan, _ zone: String, _ kind: ShiftKind) -> [LocalTime.Day: Double] {
        var result: [LocalTime.Day: Double] = [:]
        for span in plan.spans where span.kind == kind { result[span.day, default: 0] += span.positionHours(in: zone) }
        return result
    }

    @Test("positions change in their zone and shift on their days alone; a public holiday is a Sunday")
    func positions() {
        let plan = StaffingPlan(roster: ReplayTown.roster(["a", "b"], day: 2, evening: 1, night: 1), period: period)
        let change = StaffingChange.positions(zones: ["a"], kind: .day, days: .weekdays([5]), delta: 0.5)
        let changed = plan.applying(change, zones: ["a", "b"])
        for (day, before) in hours(plan, "a", .day) {
            let isChanged = day.weekday == 5 && day != LocalTime.Day(year: 2026, month: 12, day: 25)
            #expect(hours(changed, "a", .day)[day] == before + (isChanged ? 4 : 0))
        }
        #expect(hours(changed, "b", .day) == hours(plan, "b", .day))
        #expect(hours(changed, "a", .night) == hours(plan, "a", .night))
        let sunday = plan.applying(.positions(zones: ["a"], kind: .day, days: .weekdays([7]), delta: 1), zones: ["a"])
        #expect(hours(sunday, "a", .day)[LocalTime.Day(year: 2026, month: 12, day: 25)] == 24)
    }

    @Test("fewer positions are taken from the zone's own first and never below none; more where there were none get the clock's times")
    func fewer() {
        let shifts = [
            ReplayTown.shift(["a", "b"], .night, (23, 31), 1), ReplayTown.shift(["a"], .night, (23, 31), 1),
            ReplayTown.shift(["b"], .day, (8, 14), 1, days: .weekdays([1])),
        ]
        let plan = StaffingPlan(roster: Roster(shifts: shifts), period: period)
        let one = plan.applying(.positions(zones: ["a"], kind: .night, days: nil, delta: -1), zones: ["a"])
        #expect(one.spans.filter { $0.zones == ["a"] }.allSatisfy { $0.positions == 0 })
        #expect(one.spans.filter { $0.zones == ["a", "b"] }.allSatisfy { $0.positions == 1 })
        let none = plan.applying(.positions(zones: ["a"], kind: .night, days: nil, delta: -5), zones: ["a"])
        #expect(none.spans.filter { $0.kind == .night }.allSatisfy { $0.positions == 0 })
        let more = plan.applying(.positions(zones: ["b"], kind: .day, days: .weekdays([2]), delta: 2), zones: ["b"])
        let tuesday = LocalTime.Day(year: 2026, month: 12, day: 8)
        #expect(hours(more, "b", .day)[tuesday] == 12, "the hours of Monday's shift")
        let evening = plan.applying(.positions(zones: ["b"], kind: .evening, days: .weekdays([2]), delta: 1), zones: ["b"])
        #expect(hours(evening, "b", .evening)[tuesday] == 8)
    }

    @Test("another start moves both ends")
    func start() {
        let plan = StaffingPlan(roster: ReplayTown.roster(["a", "b"], day: 1, evening: 1, night: 1), period: period)
        let changed = plan.applying(.start(zones: ["b"], kind: .evening, laterMinutes: -30), zones: ["a", "b"])
        for (old, new) in zip(plan.spans, changed.spans) {
            let moved: Int64 = old.kind == .evening && old.zones == ["b"] ? -30 * ReplayTown.minute : 0
            #expect(new.time == old.time.lowerBound + moved..<old.time.upperBound + moved)
        }
    }

    @Test("closing more at the centre leaves out the same call-outs and more; a load factor keeps weekday and time of day")
    func load() {
        let trace = replay(ReplayTown.roster(["a", "b"], day: 1, evening: 1, night: 1)).trace
        #expect(trace.without(share: 0, seed: 1) == trace)
        let (fifth, half) = (trace.without(share: 0.2, seed: 1), trace.without(share: 0.5, seed: 1))
        #expect(fifth.callOuts.count == 160)
        #expect(half.callOuts.count == 100)
        #expect(half.callOuts.allSatisfy(fifth.callOuts.contains))
        #expect(trace.times(load: 0.8, seed: 1) == fifth)
        let more = trace.times(load: 2.5, seed: 1)
        #expect(more.callOuts.count == 500)
        #expect(more.callOuts.map(\.time) == more.callOuts.map(\.time).sorted())
        #expect(more == trace.times(load: 2.5, seed: 1))
        func clock(_ call: CallOut) -> [Int64] {
            let clock = LocalTime.oslo.wallClock(at: call.time)
            return [Int64(clock.day.weekday), clock.milliseconds]
        }
        let (old, new) = (Set(trace.callOuts.map(clock)), Set(more.callOuts.map(clock)))
        #expect(new == old)
        #expect(more.callOuts.allSatisfy { period.contains($0.time) })
    }

    @Test("longer ways make attendance and time bound as much longer")
    func travel() {
        let many = replay(ReplayTown.roster(["a", "b"], day: 60, evening: 60, night: 60))
        let longer = many.changed(by: WhatIf(name: "", changes: [.travel(factor: 2)]))
        for (call, (before, after)) in zip(many.trace.callOuts, zip(many.result().outcomes, longer.result().outcomes)) {
            #expect(after.attendanceMilliseconds! - before.attendanceMilliseconds! == call.travelMilliseconds!)
        }
        let ways = many.trace.callOuts.filter { $0.responders == 1 }.reduce(0) { $0 + $1.travelMilliseconds! }
        #expect(longer.result().total.busyMilliseconds - many.result().total.busyMilliseconds >= ways)
    }

    @Test("another norm changes the share and nothing else; changes are made together")
    func together() {
        let today = replay(ReplayTown.roster(["a", "b"], day: 1, evening: 1, night: 1))
        let norm = AttendanceNorm(share: 0.8, withinMilliseconds: 20 * ReplayTown.minute, source: "test")
        let other = today.changed(by: WhatIf(name: "", changes: [.norm(norm)]))
        #expect(other.result().total.waitSumMilliseconds == today.result().total.waitSumMilliseconds)
        #expect(other.result().total.withinNorm < today.result().total.withinNorm)
        let pool = StaffingChange.pool(zones: [], kinds: [])
        let all = today.changed(by: WhatIf(name: "", changes: [.norm(norm), pool, .closedAtCentre(share: 0.5)]))
        #expect(all.settings.norm == norm)
        #expect(all.plan.pools == [.init(zones: ["a", "b"], kinds: ShiftKind.allCases)])
        #expect(all.result().total.callOuts == 100)
        #expect(all.result().total.crossZone > 0)
    }
}
