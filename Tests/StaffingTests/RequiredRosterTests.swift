import Staffing
import Telemetry
import Testing
import Workload

@Suite("The roster held against what is asked for")
struct RequiredRosterTests {
    private typealias Fixture = RequiredFixture

    private let period = Fixture.at(10, 5)..<Fixture.at(11, 2)

    private func shifts(_ rows: [Roster.Shift], perHour: Double, kind: ShiftKind = .day) -> [RequiredShift] {
        let trace = Fixture.trace(perHour: [perHour], period: period)
        return Fixture.required(trace, spans: Roster(shifts: rows).spans(in: period)).filter { $0.kind == kind }
    }

    private func verdict(_ shifts: [RequiredShift], _ days: RequiredDays) -> RequiredShift.RosterVerdict? {
        shifts.first { $0.days == days }?.roster
    }

    private let weekdays = RosterDays.weekdays([1, 2, 3, 4, 5])

    @Test("three on working days and nobody at weekends is not enough, and the fewest at work is none")
    func weekend() throws {
        let shifts = shifts([ReplayTown.shift(["sone0"], .day, (7, 15), 3, days: weekdays)], perHour: 0.6)
        let all = try #require(shifts.first { $0.days == .all })
        #expect(all.rosteredPositionsMin == 0)
        #expect(shifts.first { $0.days == .workdays }?.rosteredPositionsMin == 3)
        #expect(verdict(shifts, .workdays) == .enough)
        #expect(verdict(shifts, .all) == .tooFewAtWork(on: [.saturday, .sunday]))
        #expect(verdict(shifts, .weekends) == .tooFewAtWork(on: [.saturday, .sunday]))
    }

    @Test("the fewest at work is the fewest of any day, not the mean of the days")
    func fewest() throws {
        var one = ReplayTown.shift(["sone0"], .day, (7, 15), 1)
        one.date = LocalTime.Day(year: 2026, month: 10, day: 7)
        let shifts = shifts([ReplayTown.shift(["sone0"], .day, (7, 15), 4), one], perHour: 2)
        for days in [RequiredDays.all, .workdays, .dayClass(.wednesday)] {
            let figures = try #require(Fixture.figures(shifts, .day, days))
            #expect(shifts.first { $0.days == days }?.rosteredPositionsMin == 1)
            #expect(figures.hours.allSatisfy { $0.rosteredPositions ?? 0 > 1 })
        }
        #expect(shifts.first { $0.days == .dayClass(.friday) }?.rosteredPositionsMin == 4)
        #expect(verdict(shifts, .all) == .tooFewAtWork(on: [.wednesday]))
        #expect(verdict(shifts, .dayClass(.friday)) == .enough)
    }

    @Test("each kind of day is held against its own need: enough is said of all days only where it is enough on each", arguments: 1...6)
    func byDay(people: Int) throws {
        let rows = [
            ReplayTown.shift(["sone0"], .day, (7, 15), Double(people), days: weekdays),
            ReplayTown.shift(["sone0"], .day, (7, 15), Double(people) / 2, days: .weekdays([6, 7])),
        ]
        let shifts = shifts(rows, perHour: 2.5)
        var short: [DayClass] = []
        for day in DayClass.allCases {
            guard let figures = Fixture.figures(shifts, .day, .dayClass(day)) else { continue }
            let atWork = day <= .friday ? Double(people) : Double(people) / 2
            if figures.hours.contains(where: { $0.positions.value > atWork }) { short.append(day) }
        }
        #expect(verdict(shifts, .all) == (short.isEmpty ? .enough : .tooFewAtWork(on: short)))
    }

    @Test("where the roster leaves a zone to nobody, it has none and too few")
    func nobody() {
        let shifts = shifts([ReplayTown.shift(["sone1"], .day, (7, 15), 3)], perHour: 2)
        #expect(!shifts.isEmpty && shifts.allSatisfy { $0.rosteredPositionsMin == 0 })
        #expect(verdict(shifts, .all) == .tooFewAtWork(on: DayClass.allCases.filter { $0 != .holiday }))
        let few = self.shifts([ReplayTown.shift(["sone1"], .day, (7, 15), 3)], perHour: 0.01)
        #expect(few.allSatisfy { $0.rosteredPositionsMin == 0 }, "also where there are too few call-outs to tell a need")
    }

    @Test("people who serve two zones are at work in each, but enough for one only while the other does not need them", arguments: [1.0, 2, 3, 4, 8])
    func shared(people: Double) throws {
        let spans = Roster(shifts: [ReplayTown.shift(["sone0", "sone1"], .day, (7, 15), people)]).spans(in: period)
        let found = Fixture.required(Fixture.trace(perHour: [0.6, 0.6], period: period), spans: spans, groups: [["sone0"], ["sone0", "sone1"]])
            .filter { $0.kind == .day }
        let (one, both) = (try #require(found.first { $0.days == .all }), try #require(found.last { $0.days == .all }))
        #expect(one.rosteredPositionsMin == people && both.rosteredPositionsMin == people)
        let every = [RequiredDays.all] + DayClass.allCases.map { .dayClass($0) }
        let need = every.flatMap { Fixture.figures(found.filter { $0.zones == ["sone0"] }, .day, $0)?.hours ?? [] }.map(\.positions.value).max() ?? 0
        #expect(need == 3)
        #expect((one.roster == .enough) == (people / 2 >= need) && (one.roster == .sharedWithOtherZones) == (people / 2 < need && people >= need))
        #expect(both.roster != .sharedWithOtherZones, "the zones together have them alone")
    }

    @Test("without a roster, or without a need, nothing is held against it")
    func none() {
        #expect(shifts([], perHour: 2).allSatisfy { $0.roster == nil && $0.rosteredPositionsMin == nil })
        let few = shifts([ReplayTown.shift(["sone0"], .day, (7, 15), 1)], perHour: 0.01)
        #expect(!few.isEmpty && few.allSatisfy { $0.roster == nil })
    }
}
