import Staffing
import Testing
import Workload

@Suite("Hours and cost of a roster in a year")
struct RosterCostTests {
    private let rates: RosterRates = {
        var rates = RosterRates()
        rates.hourlyKroner = SourcedFigure(200, source: "lønn")
        rates.socialCostsShare = SourcedFigure(0.5, source: "lønn")
        rates.supplements = [
            .init(kind: .evening, amount: .kroner(10), fromMinutes: 17 * 60, toMinutes: 21 * 60, source: "avtale"),
            .init(kind: .night, amount: .share(0.25), fromMinutes: 21 * 60, toMinutes: 6 * 60, source: "avtale"),
            .init(kind: .weekend, amount: .kroner(50), fromMinutes: 0, toMinutes: 1440, source: "avtale"),
            .init(kind: .holiday, amount: .share(1), fromMinutes: 0, toMinutes: 1440, source: "avtale"),
        ]
        return rates
    }()

    private let day = LocalTime.Day(year: 2026, month: 10, day: 5)

    private func cost(_ rows: String) throws -> RosterCost {
        RosterCost(try Roster(csv: RotatingRosterTests.header + rows), rates: rates, on: day)
    }

    @Test("a position of the day from Monday to Friday, by hand: a public holiday has Sunday's rows, here none")
    func dayShift() throws {
        let cost = try cost("biri;pleie;dag;man-fre;07:00;15:00;2;;;;;;;")
        // 2026 has 261 days from Monday to Friday, 8 of them public holidays; the year counts as 364 of its 365 days.
        let hours = 253.0 * 8 * 2 * 364 / 365
        #expect(abs(cost.hours - hours) < 1e-6 && cost.nightHours == 0 && cost.weekendHours == 0 && cost.holidayHours == 0)
        #expect(abs(cost.wageKroner - hours * 200) < 1e-6 && abs(cost.kroner - hours * 300) < 1e-6)
    }

    @Test("a Friday night by hand: night hours are 21–06, and after midnight it is Saturday")
    func night() throws {
        let cost = try cost("biri;pleie;natt;fre;20:00;07:00;1;;;;;;;")
        // 52 Fridays of 2026, of which 3 April, 1 May and 25 December are public holidays and have no row.
        let nights = 49.0 * 364 / 365
        #expect(abs(cost.hours - nights * 11) < 1e-6 && abs(cost.nightHours - nights * 9) < 1e-6)
        #expect(abs(cost.weekendHours - nights * 7) < 1e-6)
        let supplements = cost.supplementKroner
        #expect(abs((supplements[.evening] ?? 0) - nights * 10) < 1e-6 && abs((supplements[.night] ?? 0) - nights * 9 * 50) < 1e-6)
        #expect(abs((supplements[.weekend] ?? 0) - nights * 7 * 50) < 1e-6)
        let kroner = nights * (11 * 200 + 10 + 9 * 50 + 7 * 50) * 1.5
        #expect(abs(cost.kroner - kroner) < 1e-6, "\(cost.kroner) \(kroner)")
    }

    @Test("a rotation costs the mean of its weeks")
    func rotation() throws {
        let third = try cost("biri;pleie;dag;man-fre;07:00;15:00;3;3;2026-10-05;2;;;;")
        let each = try cost("biri;pleie;dag;man-fre;07:00;15:00;1;;;;;;;")
        #expect(abs(third.kroner - each.kroner) < 1e-6 && abs(third.hours - each.hours) < 1e-6)
    }

    @Test("rows of single dates are left out where others come again, and stand for the year with its holidays where none do")
    func dated() throws {
        let both = try cost("biri;pleie;dag;alle;07:00;15:00;1;;;;;;;\nbiri;pleie;dag;;07:00;15:00;9;;;;;2026-10-07;;")
        #expect(both.datedRowsLeftOut == 1 && abs(both.hours - 364 * 8) < 1e-6)
        let rows = (5...11).map { "biri;pleie;dag;;07:00;15:00;1;;;;;\($0).10.2026;;" }
        let week = try cost(rows.joined(separator: "\n"))
        let recurring = try cost("biri;pleie;dag;alle;07:00;15:00;1;;;;;;;")
        #expect(week == recurring && week.kroner == recurring.kroner && week.holidayHours > 0)
        // Two days that are not a week: the other weekdays have their mean.
        let two = try cost("biri;pleie;dag;;07:00;15:00;1;;;;;5.10.2026;;\nbiri;pleie;dag;;07:00;15:00;3;;;;;6.10.2026;;")
        let mean = try cost(
            "biri;pleie;dag;man;07:00;15:00;1;;;;;;;\nbiri;pleie;dag;tir;07:00;15:00;3;;;;;;;\nbiri;pleie;dag;ons-søn;07:00;15:00;2;;;;;;;"
        )
        #expect(abs(two.kroner - mean.kroner) < 1e-6 * mean.kroner)
    }

    @Test("a roster without rows in force costs nothing")
    func none() throws {
        let cost = try cost("biri;pleie;dag;alle;07:00;15:00;1;;;;;;2027-01-01;")
        #expect(cost.hours == 0 && cost.kroner == 0 && cost.nightShare == 0 && cost.weekendShare == 0)
    }

    /// Minute by minute through the days of 2026 and all weeks of the rotation.
    private func obvious(_ roster: Roster, turns: Int) -> (hours: Double, night: Double, weekend: Double, holiday: Double, kroner: Double) {
        var sum = (hours: 0.0, night: 0.0, weekend: 0.0, holiday: 0.0, kroner: 0.0)
        let first = LocalTime.Day(year: 2026, month: 1, day: 1)
        for turn in 0..<turns {
            let shifted = Roster(
                shifts: roster.shifts.map { shift in
                    var shift = shift
                    if let start = shift.rotation?.start { shift.rotation?.start = start.advanced(by: 7 * turn) }
                    return shift
                }
            )
            for offset in 0..<365 {
                let day = first.advanced(by: offset)
                for span in shifted.spans(on: day) {
                    // By the wall clock, as the roster is written.
                    let shift = shifted.shifts.first { $0.role == span.role }!
                    for minute in shift.startMinutes..<shift.endMinutes {
                        let date = day.advanced(by: minute / 1440)
                        let hour = minute % 1440 / 60
                        var hourly = 200.0
                        if (17..<21).contains(hour) { hourly += 10 }
                        if hour >= 21 || hour < 6 {
                            sum.night += span.positions / 60
                            hourly += 50
                        }
                        if date.weekday >= 6 {
                            sum.weekend += span.positions / 60
                            hourly += 50
                        }
                        if Holidays.name(of: date) != nil {
                            sum.holiday += span.positions / 60
                            hourly += 200
                        }
                        sum.hours += span.positions / 60
                        sum.kroner += span.positions / 60 * hourly * 1.5
                    }
                }
            }
        }
        let part = 364 / 365 / Double(turns)
        return (sum.hours * part, sum.night * part, sum.weekend * part, sum.holiday * part, sum.kroner * part)
    }

    @Test("hours and kroner are those of a walk minute by minute through the year", arguments: 1...3 as ClosedRange<UInt64>)
    func twin(seed: UInt64) {
        var dice = RosterDice(seed: seed)
        let shifts = (0..<5).map { number in
            let start = Int.random(in: 0..<24, using: &dice) * 60 + 30
            return Roster.Shift(
                zones: ["biri"],
                role: "rolle \(number)",
                kind: ShiftKind.allCases.randomElement(using: &dice)!,
                days: number == 0 ? .holidays : .weekdays(Set((1...7).filter { _ in Bool.random(using: &dice) })),
                startMinutes: start,
                endMinutes: start + Int.random(in: 60...780, using: &dice),
                positions: Double(Int.random(in: 1...4, using: &dice)) / 2,
                rotation: number.isMultiple(of: 2) && number > 0 ? .init(weekCount: 2, start: day, weeks: [Int.random(in: 1...2, using: &dice)]) : nil
            )
        }
        let roster = Roster(shifts: shifts)
        let cost = RosterCost(roster, rates: rates, on: day)
        let expected = obvious(roster, turns: 2)
        #expect(abs(cost.hours - expected.hours) < 1e-6 && abs(cost.nightHours - expected.night) < 1e-6)
        #expect(abs(cost.weekendHours - expected.weekend) < 1e-6 && abs(cost.holidayHours - expected.holiday) < 1e-6)
        #expect(abs(cost.kroner - expected.kroner) < 1e-3)
    }

    @Test("spans of some weeks stand for the year; the night of the autumn change is by the wall clock")
    func spans() throws {
        let roster = try Roster(csv: RotatingRosterTests.header + "biri;pleie;natt;alle;23:00;07:00;1;;;;;;;")
        let spans = (0..<28).flatMap { roster.spans(on: day.advanced(by: $0)) }
        let cost = RosterCost(spans: spans, dayCount: 28, rates: rates)
        #expect(abs(cost.hours - 364 * 8) < 1e-9 && abs(cost.nightHours - 364 * 7) < 1e-9)
        let whole = RosterCost(roster, rates: rates, on: day)
        // Without the public holidays, of which October has none.
        #expect(abs(cost.kroner - (whole.kroner - (whole.supplementKroner[.holiday] ?? 0) * 1.5)) / whole.kroner < 0.002)
    }
}
