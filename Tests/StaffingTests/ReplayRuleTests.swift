import Staffing
import Telemetry
import Testing
import Workload

@Suite("Who is sent when")
struct ReplayRuleTests {
    private static let day = ReplayTown.at(2026, 10, 6)..<ReplayTown.at(2026, 10, 7)

    private func at(_ hour: Int, _ minute: Int = 0) -> EventTime { ReplayTown.at(2026, 10, 6, hour, minute) }

    private func call(
        _ zone: Int32 = 0,
        at time: EventTime,
        travel: Int64 = 10,
        busy: Int64 = 40,
        responders: Int32 = 1,
        urgent: Bool = false,
        delay: Int64 = 0
    ) -> CallOut {
        CallOut(
            zone: zone,
            time: time,
            delayMilliseconds: delay * ReplayTown.minute,
            travelMilliseconds: travel * ReplayTown.minute,
            busyMilliseconds: busy * ReplayTown.minute,
            responders: responders,
            isUrgent: urgent
        )
    }

    private func replay(
        _ calls: [CallOut],
        _ roster: Roster,
        pools: [StaffingPlan.Pool] = [],
        settings: StaffingSettings = StaffingSettings(),
        planned: PlannedLoad? = nil
    ) -> ReplayResult {
        var plan = StaffingPlan(roster: roster, period: Self.day)
        plan.pools = pools
        let trace = Trace(zones: ["a", "b"], period: Self.day, callOuts: calls)
        return Replay(trace: trace, plan: plan, settings: settings, planned: planned).result()
    }

    private func waits(_ result: ReplayResult) -> [Int64?] { result.outcomes.map { $0.waitMilliseconds.map { $0 / ReplayTown.minute } } }
    private func attendances(_ result: ReplayResult) -> [Int64?] { result.outcomes.map { $0.attendanceMilliseconds.map { $0 / ReplayTown.minute } } }

    private let oneInA = ReplayTown.roster(["a"], day: 1, evening: 1, night: 1)

    @Test("who waits is taken when the first comes back, and attendance is wait and way")
    func waiting() {
        let result = replay([call(at: at(10)), call(at: at(10, 15), travel: 5)], oneInA)
        #expect(waits(result) == [0, 25])
        #expect(attendances(result) == [10, 30])
        #expect(result.total.waited == 1)
        #expect(result.total.waitSumMilliseconds == 25 * ReplayTown.minute)
        #expect(result.total.overlapMilliseconds == [80 * ReplayTown.minute, 0, 0])
        #expect(result.total.rosteredMilliseconds == 24 * 60 * ReplayTown.minute)
    }

    @Test("urgent goes first, then the longest waiting")
    func urgent() {
        let calls = [call(at: at(10)), call(at: at(10, 5)), call(at: at(10, 10)), call(at: at(10, 20), urgent: true)]
        #expect(waits(replay(calls, oneInA)) == [0, 75, 110, 20])
    }

    @Test("who is out at the end of the shift finishes in overtime, and the next shift takes who waits")
    func handover() {
        let result = replay([call(at: at(14, 40)), call(at: at(14, 50))], oneInA)
        #expect(waits(result) == [0, 10])
        #expect(result.total.overtimeMilliseconds == 20 * ReplayTown.minute)
        #expect(result.byShift.filter { $0.figures.callOuts > 0 }.map(\.kind) == [.day])
        #expect(result.byShift[1].figures.busyMilliseconds == 40 * ReplayTown.minute)
        #expect(result.total.overlapMilliseconds == [60 * ReplayTown.minute, 20 * ReplayTown.minute, 0])
    }

    @Test("half a position is one person for the first half of the shift")
    func halves() {
        let roster = Roster(shifts: [ReplayTown.shift(["a"], .day, (7, 15), 1.5)])
        let result = replay([call(at: at(10)), call(at: at(10)), call(at: at(12)), call(at: at(12))], roster)
        #expect(waits(result) == [0, 0, 0, 40])
        #expect(result.total.rosteredMilliseconds == 12 * 60 * ReplayTown.minute)
    }

    @Test("where nobody is rostered nobody comes, and that misses the norm")
    func never() {
        let roster = Roster(shifts: [ReplayTown.shift(["b"], .day, (7, 15), 1)])
        let result = replay([call(at: at(10)), call(1, at: at(10))], roster)
        #expect(waits(result) == [nil, 0])
        #expect(result.byZone[0].neverReached == 1)
        #expect(result.total.withinNormShare == 0.5)
        #expect(result.total.attendanceP90Milliseconds == nil)
        #expect(result.total.attendanceP50Milliseconds == 10 * ReplayTown.minute)
        #expect(result.byShift[0].figures.callOuts == 1, "by the clock it is the day's shift")
    }

    @Test("who waits at the end of the period is taken by the day after")
    func afterTheEnd() {
        let roster = Roster(shifts: [ReplayTown.shift(["a"], .day, (7, 15), 1)])
        #expect(waits(replay([call(at: at(23))], roster)) == [8 * 60])
    }

    @Test("the zone's own people go first; help from a pooled zone takes more way, for the resident and for the helper")
    func help() {
        let roster = ReplayTown.roster(["a", "b"], day: 1, evening: 1, night: 1)
        let pools = [StaffingPlan.Pool(zones: ["a", "b"], kinds: [.day])]
        var settings = StaffingSettings()
        settings.travelMinutes[.init(from: "b", to: "a")] = 15
        let calls = [call(at: at(10)), call(at: at(10, 5)), call(1, at: at(10, 10)), call(at: at(20)), call(at: at(20, 5))]
        let result = replay(calls, roster, pools: pools, settings: settings)
        // The third waits for a's person, who is back at 10:40 and needs 15 minutes more; b's helper would be back at 11:00.
        #expect(waits(result) == [0, 0, 30, 0, 35])
        #expect(attendances(result) == [10, 25, 55, 10, 45])
        #expect(result.total.crossZone == 2)
        #expect(result.byZone[0].crossZone == 1)
    }

    @Test("people who served several zones when it was measured have no further way; people newly shared are at home in the first")
    func shared() {
        let roster = Roster(shifts: [ReplayTown.shift(["a", "b"], .day, (7, 15), 1)])
        let calls = [call(at: at(8)), call(1, at: at(12))]
        #expect(attendances(replay(calls, roster)) == [10, 10])
        let trace = Trace(zones: ["a", "b"], period: Self.day, callOuts: calls)
        let today = ReplayTown.roster(["a", "b"], day: 1, evening: 1, night: 1)
        let plan = StaffingPlan(roster: roster, period: Self.day, measuredWith: today)
        let result = Replay(trace: trace, plan: plan, settings: StaffingSettings()).result()
        #expect(attendances(result) == [10, 30])
        #expect(result.byZone.map(\.rosteredMilliseconds) == [4, 4].map { $0 * 60 * ReplayTown.minute })
    }

    @Test("a call-out for two starts with one; the second comes when free, after those who have nobody, and leaves with the first")
    func seconds() {
        let roster = ReplayTown.roster(["a"], day: 2, evening: 2, night: 2)
        let calls = [call(at: at(10), busy: 20), call(at: at(10, 5), busy: 60, responders: 2), call(at: at(10, 10), busy: 20)]
        let result = replay(calls, roster)
        // At 10:20 the free one goes to the third, which has nobody; at 10:40 to the second, until 11:05.
        #expect(waits(result) == [0, 0, 10])
        #expect(result.total.busyMilliseconds == (20 + 60 + 20 + 25) * ReplayTown.minute)
        #expect(result.total.shortHanded == 1)
        let alone = replay([call(at: at(10), busy: 60, responders: 3)], roster)
        #expect(alone.total.busyMilliseconds == 120 * ReplayTown.minute)
        #expect(alone.total.shortHanded == 1)
        let both = replay([call(at: at(10), busy: 60, responders: 2)], roster)
        #expect(both.total.shortHanded == 0)
    }

    @Test("turnout is what the settings say, and only where the start of the response was told apart")
    func turnout() {
        var settings = StaffingSettings()
        settings.turnoutMilliseconds = 4 * ReplayTown.minute
        let result = replay([call(at: at(8), delay: 9), call(at: at(12))], oneInA, settings: settings)
        #expect(attendances(result) == [14, 10])
        #expect(result.total.busyMilliseconds == 80 * ReplayTown.minute)
    }

    @Test("firm planned work binds people for its part of the hour")
    func planned() {
        var settings = StaffingSettings()
        settings.firmPlannedShare = 0.5
        let planned = PlannedLoad(zones: ["a"], period: Self.day) { _, _, hour in hour == 10 ? 60 : 0 }
        let result = replay([call(at: at(10, 5)), call(at: at(11, 30))], oneInA, settings: settings, planned: planned)
        #expect(waits(result) == [25, 0])
        // Of the hour's planned work 30 minutes meet the response that began at 10:30.
        #expect(result.byZone[0].displacedMilliseconds == 30 * ReplayTown.minute)
        let two = ReplayTown.roster(["a"], day: 2, evening: 1, night: 1)
        #expect(waits(replay([call(at: at(10, 5))], two, settings: settings, planned: planned)) == [0])
    }

    @Test("people of two zones are bound by the sum of both zones' planned work, one zone's after the other's")
    func plannedOfTwoZones() {
        var settings = StaffingSettings()
        settings.firmPlannedShare = 0.5
        let planned = PlannedLoad(zones: ["a", "b"], period: Self.day) { zone, _, hour in hour == 10 ? (zone == "a" ? 60 : 80) : 0 }
        func waited(_ minute: Int, people: Double) -> [Int64?] {
            let roster = Roster(shifts: [ReplayTown.shift(["a", "b"], .day, (7, 15), people)])
            return waits(replay([call(at: at(10, minute))], roster, settings: settings, planned: planned))
        }
        // 30 and 40 minutes: one for the hour, another for its first ten.
        #expect(waited(35, people: 1) == [25] && waited(5, people: 1) == [55])
        #expect(waited(5, people: 2) == [5] && waited(15, people: 2) == [0] && waited(35, people: 2) == [0])
        let own = ReplayTown.roster(["a", "b"], day: 1, evening: 1, night: 1)
        #expect(waits(replay([call(at: at(10, 35))], own, settings: settings, planned: planned)) == [0], "who serves one zone is bound by its work alone")
        // Also where they are shared only in a roster that is tried, while today each zone has its own.
        let tried = Roster(shifts: [ReplayTown.shift(["a", "b"], .day, (7, 15), 1)])
        let plan = StaffingPlan(roster: tried, period: Self.day, measuredWith: own)
        let trace = Trace(zones: ["a", "b"], period: Self.day, callOuts: [call(at: at(10, 35))])
        #expect(waits(Replay(trace: trace, plan: plan, settings: settings, planned: planned).result()) == [25])
    }

    @Test("where people serve overlapping groups of zones, as much planned work as can be has somebody, and the order of the rows means nothing")
    func overlappingGroups() {
        var settings = StaffingSettings()
        settings.firmPlannedShare = 1
        let rows = [["a", "b"], ["b", "c"], ["c"]].map { ReplayTown.shift($0, .day, (7, 15), 1) }
        func waited(_ zone: Int, _ work: [String: Double], _ rows: [Roster.Shift]) -> [Int64?] {
            let trace = Trace(zones: ["a", "b", "c"], period: Self.day, callOuts: [call(Int32(zone), at: at(10, 10))])
            let plan = StaffingPlan(roster: Roster(shifts: rows), period: Self.day)
            let planned = PlannedLoad(zones: ["a", "b", "c"], period: Self.day) { zone, _, hour in hour == 10 ? work[zone] ?? 0 : 0 }
            return waits(Replay(trace: trace, plan: plan, settings: settings, planned: planned).result())
        }
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let rows = order.map { rows[$0] }
            // a's work has a+b, so b's has b+c, and c's own is free.
            #expect(waited(2, ["a": 60, "b": 60], rows) == [0] && waited(1, ["a": 60, "b": 60], rows) == [50])
            // b and c: c's own has c's, and either can have b's; always the same one.
            #expect(waited(0, ["b": 60, "c": 60], rows) == [50] && waited(1, ["b": 60, "c": 60], rows) == [0])
            // With work for three in c two of them are bound by it, and b's has a+b.
            #expect(waited(0, ["b": 60, "c": 180], rows) == [50])
        }
    }

    @Test("the night that begins on a silent day has its people after midnight, and hours of the silent day are not counted")
    func silentDay() {
        let period = Self.day.lowerBound..<Self.day.upperBound + TimeRule.dayMilliseconds
        var trace = Trace(zones: ["a", "b"], period: period, callOuts: [call(at: Self.day.upperBound + 60 * ReplayTown.minute)])
        let plan = StaffingPlan(roster: oneInA, period: period)
        let counted = Replay(trace: trace, plan: plan, settings: StaffingSettings()).result()
        trace.silentDays = [LocalTime.oslo.day(at: Self.day.lowerBound)]
        let left = Replay(trace: trace, plan: plan, settings: StaffingSettings()).result()
        #expect(waits(counted) == [0] && waits(left) == [0])
        #expect(counted.total.rosteredMilliseconds == 2 * TimeRule.dayMilliseconds && left.total.rosteredMilliseconds == TimeRule.dayMilliseconds)
    }

    @Test("a night of Saturday goes on into Sunday, and clocks that change make it seven and nine hours", arguments: [(3, 28, 7), (10, 24, 9)])
    func nights(month: Int, day: Int, hours: Int64) throws {
        let period = ReplayTown.at(2026, month, day, 23)..<ReplayTown.at(2026, month, day + 1, 7)
        let callOut = call(at: ReplayTown.at(2026, month, day + 1, 5), travel: 10, busy: 20)
        let plan = StaffingPlan(roster: oneInA, period: period)
        let result = Replay(trace: Trace(zones: ["a"], period: period, callOuts: [callOut]), plan: plan, settings: StaffingSettings()).result()
        #expect(result.total.rosteredMilliseconds == hours * 60 * ReplayTown.minute)
        let hour = try #require(result.hours.first)
        #expect((hour.kind, hour.dayClass, hour.hour) == (.night, .saturday, 5))
        #expect(result.outcomes[0].waitMilliseconds == 0)
    }
}
