import Foundation
import Staffing
import Telemetry
import Testing
import Workload

@Suite("Required positions")
struct RequiredPositionsTests {
    private typealias Fixture = RequiredFixture

    @Test("each hour's need is what Erlang C says, call-out by call-out, for the ways that were measured")
    func twin() throws {
        let trace = Fixture.trace(perHour: [1.8])
        let figures = try #require(Fixture.figures(Fixture.required(trace), .day, .all))
        #expect(figures.hours.map(\.hour) == Array(7..<15))
        let day = trace.callOuts.filter { (7..<15).contains(Self.hour($0.time)) }
        let bound = day.reduce(0.0) { $0 + Double(180_000 + $1.busyMilliseconds) / 1000 } / Double(day.count)
        #expect(isNear(figures.meanBoundSeconds, bound))
        for hour in figures.hours {
            let calls = day.count { Self.hour($0.time) == hour.hour }
            #expect(hour.callOuts == calls)
            #expect(hour.exposureHours == 56)
            let load = Double(calls) / 56 * bound / 3600
            #expect(isNear(hour.offeredErlang, load))
            func share(_ positions: Int) -> Double {
                let inTime = day.map { call in
                    let slack = 2700 - 180 - Double(call.travelMilliseconds ?? 0) / 1000
                    return slack < 0
                        ? 0
                        : Erlang.serviceLevel(offeredErlang: load, servers: positions, meanServiceSeconds: bound, withinSeconds: slack)
                }
                return inTime.reduce(0, +) / Double(day.count)
            }
            let need = Int(hour.positions.value)
            #expect(share(need) >= 0.9 && share(need - 1) < 0.9)
            #expect(isNear(hour.withinNormShare, share(need), digits: 1e-9))
        }
        #expect(figures.positions.value == figures.hours.map(\.positions.value).max())
        #expect(figures.hours[figures.hardest].offeredErlang == figures.hours.map(\.offeredErlang).max())
    }

    private static func hour(_ time: EventTime) -> Int { Int(LocalTime.oslo.wallClock(at: time).milliseconds / 3_600_000) }

    @Test("every need lies in its interval, and a stricter norm never needs fewer")
    func intervals() throws {
        let trace = Fixture.trace(perHour: [0.9])
        var strict = StaffingSettings()
        strict.norm = AttendanceNorm(share: 0.97, withinMilliseconds: 35 * Fixture.minute, source: "prøve")
        let (usual, stricter) = (Fixture.required(trace), Fixture.required(trace, settings: strict))
        for kind in ShiftKind.allCases {
            let figures = try #require(Fixture.figures(usual, kind, .workdays))
            let stricterFigures = try #require(Fixture.figures(stricter, kind, .workdays))
            #expect(stricterFigures.positions.value >= figures.positions.value)
            #expect(stricterFigures.positionsByModifiedLoad >= figures.positionsByModifiedLoad)
            for hour in figures.hours {
                #expect((hour.positions.low ?? .infinity) <= hour.positions.value && hour.positions.value <= (hour.positions.high ?? 0))
                #expect((hour.callOutsPerHour.low ?? .infinity) <= hour.callOutsPerHour.value)
                #expect(hour.withinNormShare >= 0.9)
            }
            #expect(figures.urgentMeanWaitSeconds < figures.otherMeanWaitSeconds)
            #expect(figures.urgentWithinNormShare >= figures.hours[figures.hardest].withinNormShare)
        }
    }

    @Test("where all are bound equally long the modified load lies between the least and the largest hour's load")
    func modifiedLoad() throws {
        let shifts = Fixture.required(Fixture.trace(perHour: [2], busyMilliseconds: 45 * Fixture.minute))
        let hours = try ShiftKind.allCases.flatMap { try #require(Fixture.figures(shifts, $0, .all)).hours }
        #expect(hours.count == 24)
        let loads = hours.map(\.offeredErlang)
        let (least, most) = (try #require(loads.min()), try #require(loads.max()))
        for hour in hours { #expect(hour.modifiedLoadErlang >= least - 1e-9 && hour.modifiedLoadErlang <= most + 1e-9) }
        for hour in hours { #expect(isNear(hour.responseErlang, hour.offeredErlang * 45 / 48)) }
    }

    @Test("two people a call-out bind twice as many, and it is said that they are not two calls at random")
    func responders() throws {
        let one = Fixture.required(Fixture.trace(perHour: [1]))
        let two = Fixture.required(Fixture.trace(perHour: [1], responders: 2))
        let single = try #require(Fixture.figures(one, .evening, .all)), double = try #require(Fixture.figures(two, .evening, .all))
        for (hour, other) in zip(single.hours, double.hours) { #expect(isNear(other.offeredErlang, 2 * hour.offeredErlang)) }
        #expect(double.positions.value > single.positions.value)
        let shift = try #require(two.first { $0.kind == .evening })
        #expect(shift.prefersReplay)
        #expect(shift.assumptions.first { $0.assumption == .oneResponder }?.verdict == .fails)
        #expect(one.first { $0.kind == .evening }?.assumptions.first { $0.assumption == .oneResponder }?.verdict == .holds)
    }

    @Test("under the least number of call-outs nothing is told")
    func tooFew() {
        let shifts = Fixture.required(Fixture.trace(perHour: [0.3], period: Fixture.at(1, 5)..<Fixture.at(1, 19)))
        for shift in shifts {
            #expect((shift.outcome == .tooFew(callOutsMin: 20)) == (shift.callOuts < 20), "\(shift.callOuts)")
        }
        #expect(shifts.contains { $0.callOuts >= 20 } && shifts.contains { $0.callOuts < 20 })
    }

    @Test("where the way alone takes too long no number is invented")
    func travel() {
        let shifts = Fixture.required(Fixture.trace(perHour: [2], travelMilliseconds: 43 * Fixture.minute))
        #expect(shifts.filter { $0.callOuts >= 20 }.allSatisfy { $0.outcome == .travelMissesNorm(reachableShare: 0) })
        // Just in time: 42 and 3 minutes of 45, so that nobody may wait at all; more people make that as rare as one likes.
        var settings = StaffingSettings()
        settings.norm.share = 1
        let everyone = Fixture.required(Fixture.trace(perHour: [2]), settings: settings)
        #expect(everyone.filter { $0.callOuts >= 20 }.allSatisfy { $0.outcome == .normForEveryone })
        settings.norm.share = 0.999
        let just = Fixture.required(Fixture.trace(perHour: [2], travelMilliseconds: 42 * Fixture.minute), settings: settings)
        let figures = Fixture.figures(just, .day, .all)
        #expect((figures?.positions.value ?? 0) >= 6)
    }

    @Test("shifts are the roster's: its hours, its days, and nights that belong to the day on which they begin")
    func roster() throws {
        let text = "zone;role;shift;weekdays;start;end;positions\nsone0;pleie;dag;alle;08:00;22:00;3\nsone0;pleie;natt;alle;22:00;08:00;1\n"
        // Two at night serve both zones.
        let shared = Roster.Shift(
            zones: ["sone0", "sone1"],
            role: "pleie",
            kind: .night,
            days: .weekdays(Set(1...7)),
            startMinutes: 1320,
            endMinutes: 1920,
            positions: 2
        )
        let period = Fixture.at(10, 5)..<Fixture.at(11, 2)
        let trace = Fixture.trace(perHour: [2, 1], period: period)
        let spans = Roster(shifts: try Roster(csv: text).shifts + [shared]).spans(in: period)
        let groups = [["sone0"], ["sone0", "sone1"], ["sone1"]]
        let shifts = Fixture.required(trace, spans: spans, groups: groups)
        let own = shifts.filter { $0.zones == ["sone0"] }
        #expect(Set(own.map(\.kind)) == [.day, .night])
        let saturday = try #require(Fixture.figures(own, .night, .dayClass(.saturday)))
        #expect(saturday.hours.map(\.hour) == [22, 23, 0, 1, 2, 3, 4, 5, 6, 7])
        // Four Saturdays; on 25 October 2026 the wall clock shows the hour from 2 twice.
        #expect(saturday.hours.map(\.exposureHours) == [4, 4, 4, 4, 5, 4, 4, 4, 4, 4])
        #expect(saturday.hours.allSatisfy { $0.rosteredPositions == 3 })
        let together = shifts.filter { $0.zones == ["sone0", "sone1"] }
        #expect(try #require(Fixture.figures(together, .night, .all)).hours.allSatisfy { $0.rosteredPositions == 3 })
        let night = try #require(Fixture.figures(own, .night, .all))
        let expected = trace.callOuts.count { $0.zone == 0 && Self.isNight($0.time) }
        #expect(night.hours.reduce(0) { $0 + $1.callOuts } == expected)
        for hour in night.hours {
            let share = try #require(hour.rosteredWithinNormShare)
            #expect((share >= 0.9) == (hour.positions.value <= 3))
        }
    }

    private static func isNight(_ time: EventTime) -> Bool { hour(time) >= 22 || hour(time) < 8 }

    @Test("public holidays are days of their own")
    func holidays() {
        let shifts = Fixture.required(Fixture.trace(perHour: [2], period: Fixture.at(5, 1)..<Fixture.at(6, 1)))
        let all = shifts.filter { $0.kind == .day }
        let classes = DayClass.allCases.map { day in all.first { $0.days == .dayClass(day) }?.callOuts ?? 0 }
        #expect(classes.reduce(0, +) == all.first { $0.days == .all }?.callOuts)
        // 1, 14, 17, 24 and 25 May.
        #expect(Fixture.figures(shifts, .day, .dayClass(.holiday))?.hours.allSatisfy { $0.exposureHours == 5 } == true)
        #expect(Fixture.figures(shifts, .day, .dayClass(.sunday))?.hours.allSatisfy { $0.exposureHours == 3 } == true)
        let weekends = classes[5] + classes[6] + classes[7]
        #expect(all.first { $0.days == .weekends }?.callOuts == weekends)
        #expect(all.first { $0.days == .workdays }?.callOuts == classes.reduce(0, +) - weekends)
    }

    @Test("Poisson calls with exponential service pass their checks; the same calls in pairs do not")
    func assumptions() {
        var trace = Fixture.trace(perHour: [0.8], seed: 4)
        // A turnout that takes as long each time is not exponential: here the response begins at once.
        for place in trace.callOuts.indices { trace.callOuts[place].delayMilliseconds = 0 }
        let good = Fixture.required(trace).filter { $0.days == .all }
        #expect(good.count == 3)
        #expect(good.allSatisfy { !$0.prefersReplay })
        let pairs = Trace(zones: trace.zones, period: trace.period, callOuts: trace.callOuts + trace.callOuts)
        for shift in Fixture.required(pairs) {
            #expect(shift.assumptions.first { $0.assumption == .poissonArrivals }?.verdict == .fails)
            #expect(shift.prefersReplay)
        }
    }
}

@Suite("Positions of zones that help one another")
struct RequiredHelpTests {
    private typealias Fixture = RequiredFixture

    private func helping(_ trace: Trace, minutes: Double) -> HelpingZones {
        var settings = StaffingSettings()
        settings.betweenZonesMinutes = minutes
        return HelpingZones(
            trace: trace,
            spans: [],
            zones: trace.zones,
            kind: .night,
            days: .all,
            turnoutMilliseconds: trace.zones.map { _ in 3 * Fixture.minute },
            settings: settings
        )
    }

    private func positions(_ outcome: HelpingZones.Outcome) -> RequiredHelp? {
        guard case .positions(let help) = outcome else { return nil }
        return help
    }

    @Test("where help takes no longer they are one zone: the need and the share of Erlang C")
    func pooled() throws {
        let trace = Fixture.trace(perHour: [0.5, 0.8, 0.2])
        let help = try #require(positions(helping(trace, minutes: 0).required()))
        let figures = try #require(Fixture.figures(Fixture.required(trace, groups: [trace.zones]), .night, .all))
        let hardest = figures.hours[figures.hardest]
        #expect(help.positions.reduce(0, +) == Int(hardest.positions.value))
        #expect(isNear(help.withinNormShare, hardest.withinNormShare))
        #expect(help.meanHelpMinutes == 0)
    }

    @Test("the farther the help, the smaller the share in time and the longer people are bound")
    func distance() throws {
        let trace = Fixture.trace(perHour: [0.5, 0.8, 0.2])
        let figures = [0.0, 10, 25, 60].map { helping(trace, minutes: $0).figures(positions: [1, 2, 0]) }
        for (near, far) in zip(figures, figures.dropFirst()) {
            #expect(far.withinNormShare < near.withinNormShare)
            #expect(far.meanHelpMinutes > near.meanHelpMinutes)
            #expect((far.workloads[0] ?? 0) > (near.workloads[0] ?? 1))
        }
        #expect(figures[0].workloads[2] == nil)
        #expect((figures[1].workloads.compactMap { $0 }).count == 2)
        // The zone without people of its own is always helped.
        #expect(figures[1].crossZoneShare > 0.2 / 1.5)
    }

    @Test("one more in any zone never attends fewer in time, where help is near")
    func moreIsNeverWorse() {
        let zones = helping(Fixture.trace(perHour: [0.4, 0.9, 0.3], seed: 3), minutes: 8)
        for base in [[1, 1, 1], [0, 3, 0], [2, 2, 1]] {
            let share = zones.figures(positions: base).withinNormShare
            for zone in 0..<3 {
                var more = base
                more[zone] += 1
                #expect(zones.figures(positions: more).withinNormShare >= share)
            }
        }
    }

    @Test(
        "hours of a silent day count for nothing, wherever it lies, and call-outs behind it keep their hours",
        arguments: [[5], [7, 8, 20], [31], [5, 18, 31]]
    )
    func silentDays(days: [Int]) throws {
        let silent = Set(days.map { LocalTime.Day(year: 2026, month: 1, day: $0) })
        var trace = Fixture.trace(perHour: [0.8], period: Fixture.at(1, 5)..<Fixture.at(2, 1), seed: 5)
        trace.callOuts.removeAll { silent.contains(LocalTime.oslo.day(at: $0.time)) }
        let counted = Fixture.required(trace)
        trace.silentDays = silent
        let left = Fixture.required(trace)
        let spans = Roster(shifts: ShiftKind.allCases.map { ReplayTown.shift(["sone0"], $0, [(7, 15), (15, 23), (23, 7)][$0.order], 2) })
            .spans(in: trace.period)
        #expect(Fixture.required(trace, spans: spans).map(\.callOuts) == left.map(\.callOuts))
        for kind in ShiftKind.allCases {
            let (before, after) = (try #require(Fixture.figures(counted, kind, .all)), try #require(Fixture.figures(left, kind, .all)))
            #expect(before.hours.map(\.callOuts) == after.hours.map(\.callOuts))
            // Each hour of the clock is had by as many days as are silent.
            #expect(zip(before.hours, after.hours).allSatisfy { $0.exposureHours - $1.exposureHours == days.count })
        }
    }

    @Test("with too few call-outs, or ways too long, nothing is invented")
    func silent() {
        let few = helping(Fixture.trace(perHour: [0.1], period: Fixture.at(1, 5)..<Fixture.at(1, 12)), minutes: 5)
        #expect(few.required() == .tooFew(callOutsMin: 20))
        let far = helping(Fixture.trace(perHour: [1, 1], travelMilliseconds: 44 * Fixture.minute), minutes: 5)
        #expect(far.required() == .travelMissesNorm(reachableShare: 0))
    }
}
