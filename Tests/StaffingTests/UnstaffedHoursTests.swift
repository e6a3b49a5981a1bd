import Staffing
import Telemetry
import Testing
import Workload

@Suite("Hours with nobody at work")
struct UnstaffedHoursTests {
    private let period = ReplayTown.at(2026, 8, 3)..<ReplayTown.at(2026, 8, 31)
    private let minute = ReplayTown.minute

    private func said(_ hours: [UnstaffedHours]) -> [String] {
        hours.map { hours in
            let days = hours.weekdays.sorted().map(String.init).joined()
            return "\(hours.zone) \(days) \(hours.startMinutes)-\(hours.endMinutes)\(hours.isEveryWeek ? "" : " in some")"
        }
    }

    private func plan(_ roster: Roster) -> StaffingPlan { StaffingPlan(roster: roster, period: period) }

    @Test("a roster round the clock leaves nobody out; a night without rows is told once for all days, over midnight")
    func night() {
        let whole = ReplayTown.roster(["a", "b"], day: 2, evening: 1, night: 1)
        #expect(plan(whole).unstaffed(zones: ["a", "b"], in: period) == [])
        let nobody = Roster(shifts: whole.shifts.filter { $0.kind != .night || $0.zones != ["b"] })
        #expect(said(plan(nobody).unstaffed(zones: ["a", "b"], in: period)) == ["b 1234567 1380-1860"])
    }

    @Test("half a position is somebody for the first half of its shift, as it is played; one and a half are somebody throughout", arguments: [0.5, 1.5])
    func part(positions: Double) {
        let roster = ReplayTown.roster(["a"], day: 1, evening: 1, night: positions)
        #expect(said(plan(roster).unstaffed(zones: ["a"], in: period)) == (positions < 1 ? ["a 1234567 180-420"] : []))
    }

    @Test("rows of no positions are nobody, and a zone that no row names is told whole days")
    func nobody() {
        let roster = Roster(shifts: [ReplayTown.shift(["a"], .day, (0, 24), 1), ReplayTown.shift(["b"], .day, (0, 24), 0)])
        #expect(said(plan(roster).unstaffed(zones: ["a", "b", "c"], in: period)) == ["b 1234567 0-1440", "c 1234567 0-1440"])
    }

    @Test("people who serve several zones, and zones that help, are somebody")
    func shared() {
        let roster = Roster(shifts: [ReplayTown.shift(["a", "b"], .day, (0, 12), 1), ReplayTown.shift(["a"], .evening, (12, 24), 1)])
        #expect(said(plan(roster).unstaffed(zones: ["a", "b"], in: period)) == ["b 1234567 720-1440"])
        let helped = plan(roster).pooling(["a", "b"], kinds: [.evening])
        #expect(helped.unstaffed(zones: ["a", "b"], in: period) == [])
        #expect(said(plan(roster).newlyUnstaffed(since: helped, zones: ["a", "b"], in: period)) == ["b 1234567 720-1440"])
    }

    @Test("an evening that begins half an hour earlier leaves its last half hour to nobody, each day, and what was empty before is not told again")
    func moved() {
        var roster = ReplayTown.roster(["a", "b"], day: 1, evening: 1, night: 1)
        roster.shifts.removeAll { $0.kind == .night && $0.zones == ["b"] }
        let today = plan(roster)
        let moved = today.moving(zones: ["a", "b"], kind: .evening, laterMinutes: -30)
        #expect(said(moved.newlyUnstaffed(since: today, zones: ["a", "b"], in: period)) == ["a 1234567 1350-1380", "b 1234567 1350-1380"])
        #expect(said(moved.unstaffed(zones: ["b"], in: period)) == ["b 1234567 1350-1860"])
    }

    @Test("one position fewer is nobody only where there was one")
    func fewer() {
        let today = plan(ReplayTown.roster(["a"], day: 2, evening: 1, night: 1))
        let day = today.adding(-1, zones: ["a"], kind: .day, days: nil)
        #expect(day.newlyUnstaffed(since: today, zones: ["a"], in: period) == [])
        let weekend = today.adding(-1, zones: ["a"], kind: .evening, days: .weekdays([6, 7]))
        #expect(said(weekend.newlyUnstaffed(since: today, zones: ["a"], in: period)) == ["a 67 900-1380"])
    }

    @Test("a single date is told as some weeks, and the nights on which the clock changes are as other nights")
    func some() {
        var none = ReplayTown.shift(["a"], .night, (23, 31), 0)
        none.date = LocalTime.Day(year: 2026, month: 8, day: 12)
        var roster = ReplayTown.roster(["a"], day: 1, evening: 1, night: 1)
        roster.shifts.append(none)
        #expect(said(plan(roster).unstaffed(zones: ["a"], in: period)) == ["a 3 1380-1860 in some"])
        let autumn = ReplayTown.at(2026, 10, 1)..<ReplayTown.at(2026, 11, 1)
        let open = Roster(shifts: ReplayTown.roster(["a"], day: 1, evening: 1, night: 1).shifts.filter { $0.kind != .night })
        #expect(said(StaffingPlan(roster: open, period: autumn).unstaffed(zones: ["a"], in: autumn)) == ["a 1234567 1380-1860"])
    }

    @Test("the roster alone is looked at from a day on: rotations whole, rows out of force left out, single dates from first to last")
    func roster() throws {
        let day = LocalTime.Day(year: 2026, month: 10, day: 7)
        func roster(_ rows: [String]) throws -> Roster { try Roster(csv: RotatingRosterTests.header + rows.joined(separator: "\n")) }
        let rotating = try roster(["biri;pleie;dag;alle;00:00;24:00;1;6;2026-10-05;1-5;;;;"])
        #expect(said(rotating.unstaffed(zones: ["biri"], from: day)) == ["biri 1234567 0-1440 in some"])
        #expect(try roster(["biri;pleie;dag;alle;00:00;24:00;1;6;2026-10-05;;;;;"]).unstaffed(zones: ["biri"], from: day) == [])
        let ended = try roster(["biri;pleie;dag;alle;00:00;12:00;1;;;;;;;2026-10-01", "biri;pleie;dag;alle;00:00;24:00;1;;;;;;2026-12-01;"])
        #expect(ended.unstaffed(zones: ["biri"], from: day) == [])
        let dated = try roster(["biri;pleie;dag;;00:00;24:00;1;;;;;2026-10-05;;", "biri;pleie;dag;;00:00;12:00;1;;;;;2026-10-06;;"])
        #expect(said(dated.unstaffed(zones: ["biri"], from: day)) == ["biri 2 720-1440"])
    }

    @Test("rows said twice are found by their lines; comments and empty lines are no rows")
    func repeated() {
        let text = "# x\nzone;role\n\nbiri;a\n# x\nbiri;b\r\nbiri;a\n;;\n;;\nbiri;a"
        let found = Roster.repeatedLines(csv: text)
        #expect(found.map(\.first) == [4, 4] && found.map(\.line) == [7, 10])
    }

    @Test("minute by minute it is as a slow look at every span says", arguments: 1...20 as ClosedRange<UInt64>)
    func twin(seed: UInt64) {
        var dice = Dice(seed)
        let zones = ["a", "b", "c"]
        let kinds = ShiftKind.allCases
        let shifts = (0..<8).map { _ in
            let start = dice.below(96) * 15
            return Roster.Shift(
                zones: dice.below(4) == 0 ? ["b", "c"] : [dice.one(of: zones)],
                role: "pleie",
                kind: dice.one(of: kinds),
                days: .weekdays(Set((0...dice.below(4)).map { _ in dice.below(7) + 1 })),
                startMinutes: start,
                endMinutes: start + 15 + dice.below(95) * 15,
                positions: Double(dice.below(3))
            )
        }
        var plan = plan(Roster(shifts: shifts))
        if dice.below(2) == 0 { plan = plan.pooling(["a", "b"], kinds: [dice.one(of: kinds)]) }
        var expected: [String: Set<Int>] = [:]
        for time in stride(from: period.lowerBound, to: period.upperBound, by: Int(minute)) {
            let atWork = plan.spans.filter { $0.time.contains(time) && $0.positions > 0 }
            for zone in zones {
                let isServed = atWork.contains { span in
                    span.zones.contains(zone)
                        || plan.pools.contains { $0.zones.contains(zone) && $0.kinds.contains(span.kind) && !Set($0.zones).isDisjoint(with: span.zones) }
                }
                if !isServed { expected[zone, default: []].insert(Int((time - period.lowerBound) / minute) % (7 * 1440)) }
            }
        }
        var found: [String: Set<Int>] = [:]
        for hours in plan.unstaffed(zones: zones, in: period) {
            #expect(hours.endMinutes - hours.startMinutes <= 1440)
            for weekday in hours.weekdays {
                for minute in hours.startMinutes..<hours.endMinutes {
                    let isNew = found[hours.zone, default: []].insert(((weekday - 1) * 1440 + minute) % (7 * 1440)).inserted
                    #expect(isNew, "told once")
                }
            }
        }
        #expect(found == expected)
    }
}
