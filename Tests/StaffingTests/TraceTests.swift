import Staffing
import Telemetry
import Testing
import Workload

@Suite("Call-outs from alarms")
struct TraceTests {
    private static let start = ReplayTown.at(2026, 10, 5)
    private static let period = start..<start + 7 * TimeRule.dayMilliseconds

    /// Steps in minutes from the start of the period.
    private func alarm(
        _ steps: [(Step, Int64)],
        zone: String = "biri",
        responding: String? = nil,
        kind: AlarmKind? = .manual,
        voice: Bool? = true,
        responders: UInt8 = 1,
        test: Bool = false
    ) -> AlarmRecord {
        AlarmRecord(
            municipality: "3407",
            source: "s",
            alarm: "a",
            zone: zone,
            respondingZone: responding ?? zone,
            device: nil,
            kind: kind,
            priority: nil,
            isTest: test,
            isLive: true,
            outcome: nil,
            cause: nil,
            voice: voice,
            responders: responders,
            steps: steps.map { .init(step: $0.0, t: Self.start + $0.1 * ReplayTown.minute, id: "\($0.0)", flag: nil, late: false) },
            repeats: 0,
            instant: Self.start
        )
    }

    private func trace(_ alarms: [AlarmRecord]) -> Trace {
        Trace(alarms: alarms, zones: ["haugtun", "biri"], period: Self.period, settings: StaffingSettings())
    }

    @Test("a response becomes delay, way and time bound, in the zone of the alarm")
    func response() throws {
        let steps: [(Step, Int64)] = [(.raised, 0), (.dispatched, 2), (.accepted, 4), (.departed, 7), (.arrived, 19), (.closed, 50)]
        let trace = trace([alarm(steps, responding: "haugtun", responders: 2)])
        let call = try #require(trace.callOuts.first)
        #expect(trace.zones[Int(call.zone)] == "biri")
        #expect(trace.zones[Int(call.respondingZone)] == "haugtun")
        #expect(call.time == Self.start + 2 * ReplayTown.minute)
        #expect([call.delayMilliseconds, call.travelMilliseconds, call.busyMilliseconds] == [5, 12, 43].map { $0 * ReplayTown.minute })
        #expect(call.attendanceMilliseconds == 17 * ReplayTown.minute)
        #expect(call.responders == 2)
        #expect(trace.zones == ["haugtun", "biri"])
    }

    @Test(
        "what was asked for, and what of it can be played",
        arguments: [
            ([(.raised, 0), (.answered, 1), (.closed, 5)], 0, 0),
            ([(.raised, 0), (.dispatched, 2)], 0, 1),
            ([(.raised, 0), (.dispatched, 9), (.closed, 4)], 0, 1),
            ([(.raised, 0), (.dispatched, 2), (.closed, 400)], 0, 1),
            ([(.raised, 0), (.arrived, 9), (.closed, 20)], 1, 0),
            ([(.raised, 0), (.accepted, 3), (.closed, 3)], 1, 0),
            ([(.raised, -9), (.dispatched, -3), (.closed, 30)], 0, 0),
            ([(.raised, -9), (.dispatched, 3), (.closed, 30)], 1, 0),
        ] as [([(Step, Int64)], Int, Int)]
    )
    func kept(steps: [(Step, Int64)], callOuts: Int, leftOut: Int) {
        let trace = trace([alarm(steps)])
        #expect(trace.callOuts.count == callOuts)
        #expect(trace.leftOut == leftOut)
        #expect(trace.callOuts.allSatisfy { $0.busyMilliseconds > 0 && $0.delayMilliseconds >= 0 })
    }

    @Test("a test alarm is none; silent and the kinds of the settings are urgent; no known zone is ukjent, last")
    func attributes() {
        let steps: [(Step, Int64)] = [(.dispatched, 2), (.closed, 30)]
        let trace = trace([
            alarm(steps, test: true), alarm(steps), alarm(steps, kind: .fall), alarm(steps, voice: false), alarm(steps, zone: "ukjent", responding: "biri"),
        ])
        #expect(trace.callOuts.map(\.isUrgent) == [false, true, true, false])
        #expect(trace.zones == ["haugtun", "biri", "ukjent"])
        #expect(trace.callOuts.last?.zone == 2)
        let home = trace.atHome(seed: 1)
        #expect(home.callOuts.map(\.zone) == [1, 1, 1, 1])
    }

    @Test("attendance as it was measured is CONTRACT 6's")
    func measured() {
        let quick: [(Step, Int64)] = [(.dispatched, 0), (.departed, 5), (.arrived, 20), (.closed, 30)]
        let late: [(Step, Int64)] = [(.dispatched, 0), (.departed, 5), (.arrived, 50), (.closed, 60)]
        let unknown: [(Step, Int64)] = [(.dispatched, 0), (.departed, 5), (.closed, 60)]
        let figures = trace([alarm(quick), alarm(late), alarm(unknown), alarm(quick, zone: "haugtun")]).measuredAttendance(norm: .example, zone: 1)
        #expect(figures.n == 2)
        #expect(figures.none == 1)
        #expect(figures.within == [Share(1, of: 2)])
        #expect(figures.p90Milliseconds == 50 * ReplayTown.minute)
    }

    @Test("the measured median and ninth decile are told with an interval that holds them, narrower the more there are")
    func measuredPercentiles() throws {
        func trace(_ count: Int) -> Trace {
            let callOuts = (1...count).map { number in
                CallOut(
                    zone: 0,
                    time: Self.start + Int64(number),
                    delayMilliseconds: 0,
                    travelMilliseconds: nil,
                    busyMilliseconds: 1,
                    attendanceMilliseconds: Int64(number * 1_000_000 / count)
                )
            }
            return Trace(zones: ["haugtun"], period: Self.period, callOuts: callOuts)
        }
        #expect(trace(19).measuredAttendance(percentile: 0.5, callOutsMin: 20) == nil)
        // Ranks 50 ± 9.8 of 100, and 90 ± 5.88, rounded up.
        #expect(trace(100).measuredAttendance(percentile: 0.5, callOutsMin: 20) == Estimate(500_000, low: 410_000, high: 600_000))
        #expect(trace(100).measuredAttendance(percentile: 0.9, callOutsMin: 20) == Estimate(900_000, low: 850_000, high: 960_000))
        let many = try #require(trace(10_000).measuredAttendance(percentile: 0.9, callOutsMin: 20))
        #expect(try #require(many.high) - #require(many.low) < 15_000)
    }

    @Test("unknown ways are drawn from the zone's own, another zone's way is not taken for its own, and the seed decides")
    func atHome() throws {
        let own: [AlarmRecord] = [10, 12, 14].map { alarm([(.dispatched, 0), (.departed, 1), (.arrived, 1 + $0), (.closed, 60)]) }
        let helped = alarm([(.dispatched, 0), (.departed, 1), (.arrived, 41), (.closed, 60)], responding: "haugtun")
        let unknown = alarm([(.dispatched, 0), (.departed, 1), (.closed, 60)])
        let trace = trace(own + [helped, unknown])
        let home = trace.atHome(seed: 3)
        #expect(home == trace.atHome(seed: 3))
        #expect(home == home.atHome(seed: 9), "what is known stays")
        let ways = [10, 12, 14].map { Int64($0) * ReplayTown.minute }
        #expect(home.callOuts.allSatisfy { ways.contains($0.travelMilliseconds ?? 0) })
        #expect(home.callOuts[3].busyMilliseconds == 19 * ReplayTown.minute + (home.callOuts[3].travelMilliseconds ?? 0))
        #expect(home.callOuts[4].busyMilliseconds == 59 * ReplayTown.minute)
        #expect(home.callOuts.map(\.way) == [.measured, .measured, .measured, .drawnInstead, .drawnForUnknown])
        let drawn = Set((0..<40 as Range<UInt64>).map { trace.atHome(seed: $0).callOuts[4].travelMilliseconds })
        #expect(drawn == Set(ways))
    }

    @Test("a zone's drawn ways are the same whatever other zones there are, and every draw of weeks draws them anew", arguments: 1...5 as ClosedRange<UInt64>)
    func drawn(seed: UInt64) throws {
        let period = ReplayTown.at(2026, 8, 3)..<ReplayTown.at(2026, 8, 31)
        var whole = ReplayTown.trace(zones: ["a", "b"], period: period, count: 400, seed: seed)
        for place in whole.callOuts.indices where place % 7 == 0 { whole.callOuts[place].respondingZone = 1 - whole.callOuts[place].zone }
        for place in whole.callOuts.indices where place % 11 == 0 { whole.callOuts[place].travelMilliseconds = nil }
        let alone = Trace(
            zones: ["b", "ukjent"],
            period: period,
            callOuts: whole.callOuts.filter { $0.zone == 1 }.map { call in
                var call = call
                call.respondingZone = call.respondingZone == 1 ? 0 : 1
                call.zone = 0
                return call
            }
        )
        let ways = whole.atHome(seed: seed).callOuts.filter { $0.zone == 1 }.map(\.travelMilliseconds)
        #expect(ways == alone.atHome(seed: seed).callOuts.map(\.travelMilliseconds))
        // Nobody waits, so that the wait is all the same and only the ways are drawn: every week alike but for these.
        let far = (0..<28 as Range<Int64>).map { day in
            CallOut(
                zone: 0,
                respondingZone: day % 7 == 0 ? 1 : 0,
                time: period.lowerBound + (day * 24 + 10) * 60 * ReplayTown.minute,
                delayMilliseconds: 0,
                travelMilliseconds: (day % 7 * 10 + 1) * ReplayTown.minute,
                busyMilliseconds: 90 * ReplayTown.minute
            )
        }
        let plan = StaffingPlan(roster: ReplayTown.roster(["a", "b"], day: 9, evening: 9, night: 9), period: period)
        let replay = Replay(trace: Trace(zones: ["a", "b"], period: period, callOuts: far), plan: plan, settings: StaffingSettings())
        let estimates = replay.estimates(replays: 200)
        #expect(estimates.result.drawnWays == 4)
        let share = try #require(estimates.total.estimates[.withinNormShare])
        let (low, high) = (try #require(share.low), try #require(share.high))
        // Of the week's ways 11 … 61 minutes four are in time; that of Monday is drawn from them: 16 to 20 of 28.
        #expect(low < high && low >= 16.0 / 28 && high <= 20.0 / 28)
    }

    @Test("turnout is the median of delays that began while nobody else was out in the zone")
    func turnouts() {
        var settings = StaffingSettings()
        settings.callOutsMin = 2
        let calls = [(0, 3), (10, 30), (100, 5), (200, 4), (300, 0)].map { minute, delay in
            CallOut(
                zone: 0,
                time: Self.start + Int64(minute) * ReplayTown.minute,
                delayMilliseconds: Int64(delay) * ReplayTown.minute,
                travelMilliseconds: nil,
                busyMilliseconds: 20 * ReplayTown.minute
            )
        }
        let trace = Trace(zones: ["haugtun", "biri"], period: Self.period, callOuts: calls)
        #expect(trace.turnouts(settings: settings) == [4, 4].map { $0 * ReplayTown.minute })
        settings.turnoutMilliseconds = 7
        #expect(trace.turnouts(settings: settings) == [7, 7])
    }
}
