import Staffing
import Telemetry
import Testing
import Workload

@Suite("The replay against its slow twin")
struct ReplayTwinTests {
    private static let zones = ["biri", "haugtun", "nordbyen"]

    /// Rosters with halves, with people who serve two zones, with gaps and with shifts that overlap.
    private func plan(_ dice: inout Dice, period: Range<EventTime>) -> StaffingPlan {
        var shifts: [Roster.Shift] = []
        for zone in Self.zones {
            for (kind, hours) in [(ShiftKind.day, (7, 15)), (.evening, (15, 23)), (.night, (23, 31))] where dice.below(8) > 0 {
                let early = dice.below(4) == 0 ? 1 : 0
                shifts.append(ReplayTown.shift([zone], kind, (hours.0 - early, hours.1), Double(1 + dice.below(5)) / 2))
            }
        }
        if dice.below(2) == 0 { shifts.append(ReplayTown.shift(["haugtun", "biri"], .night, (22, 30), 1)) }
        var plan = StaffingPlan(roster: Roster(shifts: shifts), period: period)
        if dice.below(3) == 0 { plan.measuredTogether = [] }
        if dice.below(2) == 0 { plan.pools.append(.init(zones: ["biri", "nordbyen"], kinds: [.night])) }
        if dice.below(3) == 0 { plan.pools.append(.init(zones: Self.zones, kinds: [.evening, .day])) }
        return plan
    }

    @Test("every wait, attendance, help, overtime and hour of work is the twin's, over the night when clocks change", arguments: 1...40 as ClosedRange<UInt64>)
    func twin(seed: UInt64) {
        var dice = Dice(seed)
        let period = ReplayTown.at(2026, 10, 23)..<ReplayTown.at(2026, 10, 27)
        let trace = ReplayTown.trace(zones: Self.zones, period: period, count: 20 + dice.below(160), seed: seed)
        var settings = StaffingSettings()
        settings.travelMinutes[.init(from: "haugtun", to: "biri")] = 12
        let plan = plan(&dice, period: period)
        let result = Replay(trace: trace, plan: plan, settings: settings).result()
        var twin = ReplayTwin(trace.atHome(seed: 1), turnouts: trace.turnouts(settings: settings), plan: plan, settings: settings)
        twin.run()
        let outcomes = result.outcomes.map { ReplayTwin.Outcome(wait: $0.waitMilliseconds, attendance: $0.attendanceMilliseconds) }
        #expect(outcomes == twin.outcomes)
        #expect(result.total.crossZone == twin.crossZone)
        #expect(result.total.overtimeMilliseconds == twin.overtime)
        #expect(result.total.busyMilliseconds == twin.busy)
        #expect(result.total.overlapMilliseconds == twin.overlaps { _ in true })
        for (zone, figures) in result.byZone.enumerated() {
            #expect(figures.overlapMilliseconds == twin.overlaps { $0 == zone })
            let attendances = result.outcomes.filter { $0.zone == zone }.map { $0.attendanceMilliseconds ?? .max }.sorted()
            func rank(_ numerator: Int, _ denominator: Int) -> Int64? {
                WaitFigures.nearestRank(attendances, numerator: numerator, denominator: denominator).flatMap { $0 == .max ? nil : $0 }
            }
            #expect(figures.attendanceP50Milliseconds == rank(1, 2))
            #expect(figures.attendanceP90Milliseconds == rank(9, 10))
        }
    }

    @Test("nothing is lost: every call-out is taken or counted as never reached, and zones and shifts add up", arguments: 41...60 as ClosedRange<UInt64>)
    func nothingLost(seed: UInt64) {
        var dice = Dice(seed)
        let period = ReplayTown.at(2026, 3, 27)..<ReplayTown.at(2026, 3, 31)
        let trace = ReplayTown.trace(zones: Self.zones, period: period, count: 120, seed: seed)
        let result = Replay(trace: trace, plan: plan(&dice, period: period), settings: StaffingSettings()).result()
        #expect(result.total.callOuts == 120)
        #expect(result.outcomes.count { $0.waitMilliseconds != nil } + result.total.neverReached == 120)
        #expect(result.total.attended == 120)
        #expect(result.byZone.reduce(0) { $0 + $1.callOuts } == 120)
        #expect(result.byShift.reduce(0) { $0 + $1.figures.withinNorm } == result.total.withinNorm)
        #expect(result.byShift.reduce(0) { $0 + $1.figures.busyMilliseconds } == result.total.busyMilliseconds)
        #expect(result.hours.reduce(0) { $0 + $1.callOuts } == 120)
        #expect(result.hours.reduce(0) { $0 + $1.waitSumMilliseconds } == result.total.waitSumMilliseconds)
        let waits = result.outcomes.compactMap(\.waitMilliseconds)
        #expect(result.total.waitMaxMilliseconds == waits.max() ?? 0)
        #expect(result.total.waited == waits.count { $0 > 0 })
        #expect(result.total.withinNorm == result.outcomes.count { $0.attendanceMilliseconds.map { $0 <= 45 * 60_000 } == true })
    }
}
