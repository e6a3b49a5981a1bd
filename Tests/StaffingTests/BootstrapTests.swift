import Foundation
import Staffing
import Synchronization
import Telemetry
import Testing
import Workload

@Suite("Intervals from drawn weeks")
struct BootstrapTests {
    private func call(at time: EventTime, travel: Int64 = 10, busy: Int64 = 30) -> CallOut {
        CallOut(
            zone: 0,
            time: time,
            delayMilliseconds: 0,
            travelMilliseconds: travel * ReplayTown.minute,
            busyMilliseconds: busy * ReplayTown.minute
        )
    }

    /// Every day of a period at an hour of the wall clock.
    private func daily(_ days: Int, from first: LocalTime.Day, hour: Int, minute: Int = 0) -> [CallOut] {
        (0..<days).map { number in
            let time = LocalTime.oslo.instant(first.advanced(by: number), milliseconds: Int64(hour * 60 + minute) * ReplayTown.minute)
            return call(at: time)
        }
    }

    private func settings(replays: Int = 300) -> StaffingSettings {
        var settings = StaffingSettings()
        settings.replays = replays
        return settings
    }

    private let period = ReplayTown.at(2026, 8, 3)..<ReplayTown.at(2026, 8, 31)

    private func busyTown(_ seed: UInt64, settings: StaffingSettings) -> Replay {
        let trace = ReplayTown.trace(zones: ["a", "b"], period: period, count: 400, seed: seed)
        let roster = ReplayTown.roster(["a", "b"], day: 1.5, evening: 1, night: 1)
        return Replay(trace: trace, plan: StaffingPlan(roster: roster, period: period), settings: settings)
    }

    @Test("the same seed gives the same intervals, another seed others, whatever the threads do")
    func deterministic() {
        var settings = settings()
        let first = busyTown(1, settings: settings).estimates()
        #expect(first == busyTown(1, settings: settings).estimates())
        settings.seed = 2
        let other = busyTown(1, settings: settings).estimates()
        #expect(first.result.total.waitSumMilliseconds == other.result.total.waitSumMilliseconds)
        #expect(first.byShift.map(\.estimates) != other.byShift.map(\.estimates))
    }

    @Test("an interval holds the value and is as wide as chance, and all figures have one")
    func holds() throws {
        let estimates = busyTown(4, settings: settings()).estimates()
        #expect(estimates.replays == 300)
        for measure in ReplayMeasure.allCases where measure != .crossZoneShare && measure != .neverReachedShare {
            let estimate = try #require(estimates.total.estimates[measure])
            let (low, high) = (try #require(estimate.low), try #require(estimate.high))
            #expect(low <= estimate.value && estimate.value <= high && low < high, "\(measure)")
        }
        let share = try #require(estimates.total.estimates[.withinNormShare])
        #expect(share.value == estimates.result.total.withinNormShare)
        let worst = try #require(estimates.worst)
        #expect(
            estimates.byShift.allSatisfy {
                $0.tooFew != nil
                    || ($0.figures.withinNormShare ?? 1) >= estimates.byShift.first { $0.zone == worst.zone && $0.kind == worst.kind }!.figures.withinNormShare!
            }
        )
        #expect(try #require(worst.agreement) > 0)
    }

    @Test("weeks that are all alike leave nothing to chance")
    func alike() throws {
        let first = LocalTime.Day(year: 2026, month: 8, day: 3)
        let calls = daily(28, from: first, hour: 9) + daily(28, from: first, hour: 9, minute: 10)
        let plan = StaffingPlan(roster: ReplayTown.roster(["a"], day: 1, evening: 1, night: 1), period: period)
        let estimates = Replay(trace: Trace(zones: ["a"], period: period, callOuts: calls), plan: plan, settings: settings()).estimates()
        #expect(estimates.total.estimates[.waitedShare] == Estimate(0.5, low: 0.5, high: 0.5))
        #expect(estimates.total.estimates[.attendanceP90Milliseconds]?.high == Double(30 * ReplayTown.minute))
    }

    @Test("of shifts that are equally bad in a draw each is the worst for its part")
    func equallyBad() throws {
        let first = LocalTime.Day(year: 2026, month: 8, day: 3)
        let calls = [9, 17].flatMap { hour in daily(28, from: first, hour: hour) + daily(28, from: first, hour: hour, minute: 10) }
        let plan = StaffingPlan(roster: ReplayTown.roster(["a"], day: 1, evening: 1, night: 1), period: period)
        let replay = Replay(trace: Trace(zones: ["a"], period: period, callOuts: calls.sorted { $0.time < $1.time }), plan: plan, settings: settings())
        let worst = try #require(replay.estimates().worst)
        #expect(worst.kind == .day)
        #expect(abs(try #require(worst.agreement) - 0.5) < 1e-12)
    }

    @Test("the interval is that of all 256 ways to draw four weeks")
    func allWays() throws {
        // Week n has 10 call-outs, of which so many come too late.
        let late = [0, 1, 3, 9]
        var calls: [CallOut] = []
        for (week, tooLate) in late.enumerated() {
            for number in 0..<10 {
                let day = LocalTime.Day(year: 2026, month: 8, day: 3).advanced(by: week * 7 + number / 2)
                let time = LocalTime.oslo.instant(day, milliseconds: Int64(number % 2 * 3 + 9) * TimeRule.hourMilliseconds)
                calls.append(call(at: time, travel: number < tooLate ? 50 : 10, busy: 60))
            }
        }
        let plan = StaffingPlan(roster: ReplayTown.roster(["a"], day: 1, evening: 1, night: 1), period: period)
        let replay = Replay(trace: Trace(zones: ["a"], period: period, callOuts: calls), plan: plan, settings: settings(replays: 4000))
        let found = try #require(replay.estimates().total.estimates[.withinNormShare])
        var shares: [Double] = []
        for ways in 0..<256 {
            let tooLate = (0..<4).reduce(0) { $0 + late[ways >> ($1 * 2) & 3] }
            shares.append(Double(40 - tooLate) / 40)
        }
        shares.sort()
        // 2.5 % of 256 is 6.4: the seventh from either end.
        #expect(found == Estimate(27.0 / 40, low: shares[6], high: shares[249]))
    }

    @Test("a call-out keeps its time of the wall clock when it moves to a week on the other side of the clock's change")
    func wallClock() throws {
        let first = LocalTime.Day(year: 2026, month: 10, day: 5)
        let period = ReplayTown.at(2026, 10, 5)..<ReplayTown.at(2026, 11, 16)
        let calls = daily(42, from: first, hour: 8, minute: 30)
        let roster = Roster(shifts: [ReplayTown.shift(["a"], .day, (8, 9), 1)])
        let replay = Replay(
            trace: Trace(zones: ["a"], period: period, callOuts: calls),
            plan: StaffingPlan(roster: roster, period: period),
            settings: settings()
        )
        #expect(replay.estimates().total.estimates[.waitedShare] == Estimate(0, low: 0, high: 0))
    }

    @Test("a month that begins and ends within a week gets every day's call-outs in every draw")
    func partWeeks() throws {
        let period = ReplayTown.at(2026, 7, 1)..<ReplayTown.at(2026, 8, 1)
        let calls = daily(31, from: LocalTime.Day(year: 2026, month: 7, day: 1), hour: 12)
        let replay = Replay(
            trace: Trace(zones: ["a"], period: period, callOuts: calls),
            plan: StaffingPlan(roster: ReplayTown.roster(["a"], day: 1, evening: 1, night: 1), period: period),
            settings: settings()
        )
        let busy = try #require(replay.estimates().total.estimates[.busyShare])
        #expect(busy.low == busy.high)
        #expect(abs(busy.value - 31.0 * 30 / (31 * 24 * 60)) < 1e-12)
    }

    @Test("a public holiday's place keeps its holiday roster")
    func holiday() throws {
        // Christmas Day 2026 is a Friday, Boxing Day a Saturday.
        let period = ReplayTown.at(2026, 11, 30)..<ReplayTown.at(2026, 12, 28)
        let roster = Roster(shifts: [
            ReplayTown.shift(["a"], .day, (7, 15), 1), ReplayTown.shift(["a"], .day, (7, 12), 1, days: .holidays),
        ])
        let calls = daily(28, from: LocalTime.Day(year: 2026, month: 11, day: 30), hour: 13)
        let replay = Replay(
            trace: Trace(zones: ["a"], period: period, callOuts: calls),
            plan: StaffingPlan(roster: roster, period: period),
            settings: settings()
        )
        #expect(replay.estimates().total.estimates[.waitedShare] == Estimate(2.0 / 28, low: 2.0 / 28, high: 2.0 / 28))
    }

    @Test("too few call-outs or too few weeks: no interval, and it says how many there are")
    func tooFew() {
        let days = 20
        let period = ReplayTown.at(2026, 8, 3)..<ReplayTown.at(2026, 8, 3 + days)
        let calls = daily(days, from: LocalTime.Day(year: 2026, month: 8, day: 3), hour: 10)
        let plan = StaffingPlan(roster: ReplayTown.roster(["a"], day: 1, evening: 1, night: 1), period: period)
        func estimates(_ calls: [CallOut], _ period: Range<EventTime>) -> ReplayEstimates {
            Replay(trace: Trace(zones: ["a"], period: period, callOuts: calls), plan: plan, settings: settings()).estimates()
        }
        let short = estimates(calls, period)
        #expect(short.total.tooFew == .weeks(2, min: 4))
        #expect(short.replays == 0)
        #expect(short.total.estimates[.withinNormShare] == Estimate(1))
        let few = estimates(Array(calls.prefix(19)), self.period)
        #expect(few.total.tooFew == .callOuts(19, min: 20))
        #expect(few.total.estimates[.withinNormShare]?.low == nil)
        #expect(few.worst == nil)
    }

    @Test("a plan held against itself differs by nothing, a better one by a gain that chance does not hide")
    func paired() throws {
        let today = busyTown(6, settings: settings())
        let same = today.compared(with: today, name: "same")
        #expect(same.total.estimates[.meanWaitMilliseconds] == Estimate(0, low: 0, high: 0))
        let more = StaffingChange.positions(zones: [], kind: .day, days: nil, delta: 1)
        let better = today.compared(with: WhatIf(name: "one more by day", changes: [more]))
        let gain = try #require(better.total.estimates[.meanWaitMilliseconds])
        let (low, high) = (try #require(gain.low), try #require(gain.high))
        #expect(low <= gain.value && gain.value <= high && high < 0)
        // Paired: narrower than the two intervals apart.
        let (before, after) = (
            try #require(better.today.total.estimates[.meanWaitMilliseconds]), try #require(better.changed.total.estimates[.meanWaitMilliseconds])
        )
        #expect(high - low < before.high! - before.low! + after.high! - after.low!)
    }

    @Test("changes held against a replay that is drawn once are told as each held against it by itself", arguments: 1...4 as ClosedRange<UInt64>)
    func drawnOnce(seed: UInt64) {
        let today = busyTown(seed, settings: settings())
        let drawn = DrawnReplay(today)
        #expect(drawn.estimates == today.estimates())
        let changes: [StaffingChange] = [
            .positions(zones: [], kind: .day, days: nil, delta: 1), .positions(zones: [], kind: .night, days: nil, delta: -1),
        ]
        for change in changes {
            let changed = today.changed(by: WhatIf(name: "x", changes: [change]))
            let once = drawn.compared(with: changed, name: "x")
            #expect(once == today.compared(with: changed, name: "x"))
            #expect(once.changed == changed.estimates() && once.today == today.estimates())
        }
    }

    @Test("progress grows to the whole")
    func progress() {
        let seen = Mutex<[Double]>([])
        _ = busyTown(7, settings: settings()).estimates { value in seen.withLock { $0.append(value) } }
        let values = seen.withLock { $0 }
        #expect(values == values.sorted())
        #expect(values.last == 1)
        #expect(values.count > 3)
    }
}
