import Staffing
import Telemetry
import Testing
import Workload

@Suite("What a change costs in a year")
struct RosterYearTests {
    private static let zones = ["a", "b"]

    private static var rates: RosterRates {
        var rates = RosterRates()
        rates.hourlyKroner = SourcedFigure(200, source: "test")
        rates.socialCostsShare = SourcedFigure(0, source: "test")
        rates.supplements = [.init(kind: .holiday, amount: .share(1), fromMinutes: 0, toMinutes: 1440, source: "test")]
        return rates
    }

    private func year(_ roster: Roster, on day: LocalTime.Day = .init(year: 2026, month: 10, day: 31)) -> RosterYear {
        RosterYear(roster, zones: RosterYearTests.zones, rates: RosterYearTests.rates, on: day)
    }

    private func more(_ delta: Double, _ zones: [String], _ kind: ShiftKind, _ days: RosterDays? = nil) -> StaffingChange {
        .positions(zones: zones, kind: kind, days: days, delta: delta)
    }

    @Test("one more at night in a zone is 2912 hours a year, whatever the month in which it is asked", arguments: [2, 4, 5, 8, 10, 12])
    func month(month: Int) {
        let roster = ReplayTown.roster(RosterYearTests.zones, day: 2, evening: 1, night: 1)
        let found = year(roster, on: .init(year: 2026, month: month, day: 15)).cost(of: [more(1, ["a"], .night)])
        #expect(abs(found.hours - 2912) < 1e-6)
        // 12 public holidays of 2026: a night has 7 of its hours after midnight and 1 before, and Easter, Christmas and May touch.
        #expect(abs(found.kroner - year(roster).cost(of: [more(1, ["a"], .night)]).kroner) < 1e-6)
        #expect(found.kroner > 2912 * 200 && found.kroner < 2912 * 200 * 1.05)
    }

    @Test("a shift moved over midnight, either way, has its hours still, and costs no more than its supplements differ", arguments: ShiftKind.allCases)
    func moved(kind: ShiftKind) {
        let roster = ReplayTown.roster(RosterYearTests.zones, day: 2, evening: 1, night: 1)
        let hours = roster.shifts.filter { $0.kind == kind }.reduce(0) { $0 + $1.positions * 8 * 364 }
        for minutes in [-720, -480, -60, 15, 60, 61, 180, 480, 600, 720] {
            let found = year(roster).cost(of: [.start(zones: [], kind: kind, laterMinutes: minutes)])
            // The two nights of the clock change may gain or lose an hour a position.
            #expect(abs(found.hours) <= 8, "\(minutes): \(found.hours) h")
            #expect(abs(found.kroner) < hours * 200 * 0.05, "\(minutes): \(found.kroner) kr")
        }
    }

    @Test("a change costs what a roster with it in its rows costs more than today's", arguments: 0..<8)
    func rows(number: Int) {
        var dice = Dice(UInt64(number))
        let (day, evening, night) = (Double(1 + dice.below(4)), Double(1 + dice.below(3)), Double(1 + dice.below(2)))
        let today = ReplayTown.roster(RosterYearTests.zones, day: day, evening: evening, night: night)
        let weekdays: Set<Int> = [[1, 2, 3, 4, 5], [6, 7], [5, 6, 7], [3]][number % 4]
        let kind = ShiftKind.allCases[number % 3]
        let hours = [(7, 15), (15, 23), (23, 31)][kind.order]
        var changed = today
        changed.shifts.append(ReplayTown.shift(["b"], kind, hours, 1.5, days: .weekdays(weekdays)))
        let on = LocalTime.Day(year: 2026, month: 1 + number, day: 3)
        let before = RosterCost(today, rates: RosterYearTests.rates, on: on)
        let after = RosterCost(changed, rates: RosterYearTests.rates, on: on)
        let found = year(today, on: on).cost(of: [more(1.5, ["b"], kind, .weekdays(weekdays))])
        #expect(abs(found.hours - (after.hours - before.hours)) < 1e-6)
        #expect(abs(found.kroner - (after.kroner - before.kroner)) < 1e-3)
    }

    @Test("a shift on days when nobody is rostered costs, and so does the first in a zone without any")
    func newDays() {
        let roster = Roster(shifts: [ReplayTown.shift(["a"], .day, (7, 15), 3, days: .weekdays([1, 2, 3, 4, 5]))])
        let weekend = year(roster).cost(of: [more(1, ["a"], .day, .weekdays([6, 7]))])
        let inB = year(roster).cost(of: [more(1, ["b"], .evening)])
        // Public holidays count as Sundays.
        #expect(weekend.hours >= 2 * 52 * 8 - 16 && weekend.hours < 2 * 52 * 8 + 16 * 8)
        #expect(abs(inB.hours - 2912) < 1e-6)
    }

    @Test("a rotation's rows count with their part of the weeks, rows of single dates not at all beside rows that come again")
    func rotation() {
        var half = ReplayTown.shift(["a"], .day, (7, 15), 2)
        half.rotation = .init(weekCount: 2, start: .init(year: 2026, month: 1, day: 5), weeks: [1])
        var dated = ReplayTown.shift(["a"], .day, (7, 15), 9)
        dated.date = .init(year: 2026, month: 10, day: 6)
        let found = year(Roster(shifts: [half, dated])).cost(of: [more(-5, ["a"], .day)])
        #expect(abs(found.hours + 2912) < 1e-6, "one a day on average is all there is to take")
    }

    @Test("some zones' part of a roster is their rows and their even part of what they share, and the parts are the whole")
    func parts() {
        var roster = ReplayTown.roster(RosterYearTests.zones, day: 3, evening: 2, night: 0)
        roster.shifts.append(ReplayTown.shift(["a", "b"], .night, (23, 31), 1))
        func hours(_ roster: Roster) -> Double { RosterCost(roster, rates: RosterYearTests.rates, on: .init(year: 2026, month: 5, day: 1)).hours }
        #expect(roster.part(of: ["a", "b"]) == roster)
        #expect(abs(hours(roster.part(of: ["a"])) + hours(roster.part(of: ["b"])) - hours(roster)) < 1e-6)
        #expect(abs(hours(roster.part(of: ["a"])) - 364 * (24 + 16 + 4)) < 1e-6)
        #expect(roster.serving(["a"]).shifts.last?.positions == 1, "who serves two zones is at work for each")
    }

    @Test("what is no change of the roster costs nothing, and what is taken after another is counted with it")
    func together() {
        let today = year(ReplayTown.roster(RosterYearTests.zones, day: 2, evening: 2, night: 2))
        let nothing = today.cost(of: [.travel(factor: 2), .pool(zones: ["a", "b"], kinds: [.night]), .closedAtCentre(share: 0.1)])
        #expect(nothing.kroner == 0 && nothing.hours == 0)
        let all = today.cost(of: [more(1, [], .day), more(-1, ["b"], .day)])
        #expect(abs(all.hours - 2912) < 1e-6, "no zone named are all of them")
    }
}
