import Staffing
import Testing
import Workload

@Suite("Rest by the working environment act § 10-8")
struct RestRulesTests {
    private let day = LocalTime.Day(year: 2026, month: 10, day: 5)

    private func check(_ rows: [String], _ rules: RestRules = .law) throws -> RestRules.Check {
        rules.check(try Roster(csv: RotatingRosterTests.header + rows.joined(separator: "\n")), on: day)
    }

    private func row(_ shift: String, _ days: String, _ start: String, _ end: String, rotation: Int = 1, weeks: String = "", line: String = "1") -> String {
        "biri;pleie;\(shift);\(days);\(start);\(end);1;\(rotation);2026-10-05;\(weeks);\(line);;;"
    }

    @Test("an evening before a day is eight hours: too little by law, enough by agreement")
    func quickReturn() throws {
        let rows = [row("kveld", "tir", "15:00", "23:00"), row("dag", "ons", "07:00", "15:00")]
        let check = try check(rows)
        #expect(check.lines == ["1"])
        #expect(check.findings == [.init(line: "1", kind: .daily, week: 1, weekday: 2, foundHours: 8, requiredHours: 11)])
        #expect(try self.check(rows, .agreementMin).findings == [])
    }

    @Test("eleven hours are enough, a minute less is not", arguments: [("10:00", 0), ("09:59", 1)])
    func edge(start: String, count: Int) throws {
        let check = try check([row("kveld", "tir", "15:00", "23:00"), row("dag", "ons", start, "15:00")])
        #expect(check.findings.count == count)
    }

    @Test("a divided day has its rest at night, and one shift of over 13 hours has none")
    func dividedDay() throws {
        #expect(try check([row("dag", "man-fre", "08:00", "12:00"), row("kveld", "man-fre", "16:00", "20:00")]).findings == [])
        let long = try check([row("dag", "ons", "07:00", "21:00")])
        #expect(long.findings == [.init(line: "1", kind: .daily, week: 1, weekday: 3, foundHours: 10, requiredHours: 11)])
    }

    @Test("over the end of the rotation the first week follows the last")
    func turn() throws {
        let check = try check([row("kveld", "søn", "15:00", "23:00", rotation: 3, weeks: "3"), row("dag", "man", "07:00", "15:00", rotation: 3, weeks: "1")])
        #expect(check.findings == [.init(line: "1", kind: .daily, week: 3, weekday: 7, foundHours: 8, requiredHours: 11)])
    }

    @Test("seven days in a row have no weekly rest; a free Saturday and Sunday are enough")
    func weekly() throws {
        let check = try check([row("dag", "alle", "07:00", "15:00", rotation: 2, weeks: "2"), row("dag", "man-fre", "07:00", "15:00", rotation: 2, weeks: "1")])
        #expect(check.findings == [.init(line: "1", kind: .weekly, week: 2, weekday: nil, foundHours: 16, requiredHours: 35)])
    }

    @Test("28 hours by agreement: a Sunday off after a Saturday evening")
    func agreement() throws {
        let rows = [row("kveld", "lør", "12:00", "20:00"), row("dag", "man-fre", "07:00", "15:00")]
        // From Saturday 20:00 to Sunday 24:00.
        #expect(try check(rows).findings == [.init(line: "1", kind: .weekly, week: 1, weekday: nil, foundHours: 28, requiredHours: 35)])
        #expect(try check(rows, .agreementMin).findings == [])
    }

    @Test("each line is looked at alone; rows without a line, of nobody and out of force are not")
    func lines() throws {
        let check = try check([
            row("kveld", "tir", "15:00", "23:00", line: "10"), row("dag", "ons", "07:00", "15:00", line: "2"),
            "biri;pleie;dag;ons;07:00;15:00;1;;;;;;;", "biri;pleie;dag;ons;07:00;15:00;0;1;2026-10-05;;10;;;",
            "biri;pleie;dag;ons;07:00;15:00;1;1;2026-10-05;;10;;;2026-10-05",
        ])
        #expect(check.lines == ["2", "10"] && check.findings == [])
    }

    private func dated(_ shift: String, _ date: String, _ start: String, _ end: String) -> String {
        "biri;pleie;\(shift);;\(start);\(end);1;;;;1;\(date);;"
    }

    @Test("lines of single dates are looked at on those days, and told by date")
    func singleDates() throws {
        let rows = [dated("kveld", "2026-10-06", "15:00", "23:00"), dated("dag", "2026-10-07", "07:00", "15:00")]
        let check = try check(rows)
        let tuesday = LocalTime.Day(year: 2026, month: 10, day: 6)
        #expect(check.lines == ["1"])
        #expect(check.findings == [.init(line: "1", kind: .daily, week: 1, weekday: 2, date: tuesday, foundHours: 8, requiredHours: 11)])
        #expect(try self.check(rows, .agreementMin).findings == [])
        let long = (5...11).map { dated("dag", "2026-10-\($0 < 10 ? "0" : "")\($0)", "07:00", "15:00") }
        let week = try self.check(long).findings
        #expect(week.map(\.kind) == [.weekly] && week.first?.date == LocalTime.Day(year: 2026, month: 10, day: 5))
    }

    @Test("a date in a line that turns is held against the shifts around it, and the pattern is not told again")
    func dateInRotation() throws {
        // Nights from Monday to Thursday; on Friday 9 October a day in its place.
        let nights = row("natt", "man-tor", "23:00", "07:00")
        #expect(try check([nights]).findings == [])
        let extra = try check([nights, dated("dag", "2026-10-09", "12:00", "20:00")])
        #expect(extra.findings.map(\.kind) == [.daily] && extra.findings.first?.date == LocalTime.Day(year: 2026, month: 10, day: 8))
        let other = try check([nights, dated("kveld", "2026-10-09", "20:00", "23:00")])
        #expect(other.findings == [])
    }

    @Test("two shifts at once are found with how long, two half positions together are one")
    func overlap() throws {
        let found = try check([row("dag", "ons", "07:00", "15:00"), row("kveld", "ons", "14:00", "18:00")]).findings
        #expect(found == [.init(line: "1", kind: .overlap, week: 1, weekday: 3, foundHours: 1, requiredHours: 0)])
        let halves = try check(["dag", "kveld"].map { "biri;pleie;\($0);ons;07:00;15:00;0,5;1;2026-10-05;;1;;;" })
        #expect(halves.findings == [])
    }

    @Test("round the clock every day is no rest on any day, and none in the week")
    func roundTheClock() throws {
        let found = try check([row("dag", "alle", "00:00", "24:00")]).findings
        #expect(found.count { $0.kind == .daily && $0.foundHours == 0 } == 7)
        #expect(found.count { $0.kind == .weekly && $0.foundHours == 0 } == 1)
        #expect(found.count == 8)
    }

    /// Minute by minute: the longest run of free minutes in a window.
    private func longestRest(_ busy: [Bool], _ window: Range<Int>) -> Int {
        var (longest, run) = (0, 0)
        for minute in window {
            run = busy[minute % busy.count] ? 0 : run + 1
            longest = max(longest, run)
        }
        return longest
    }

    @Test("findings are those of a count minute by minute", arguments: 1...30 as ClosedRange<UInt64>)
    func twin(seed: UInt64) {
        var dice = RosterDice(seed: seed)
        let count = Int.random(in: 1...4, using: &dice)
        var busy = Array(repeating: false, count: count * 7 * 1440)
        var shifts: [Roster.Shift] = []
        for week in 1...count {
            for weekday in 1...7 where Int.random(in: 0..<3, using: &dice) > 0 {
                let start = Int.random(in: 0..<96, using: &dice) * 15
                let length = Int.random(in: 16...48, using: &dice) * 15
                shifts.append(
                    .init(
                        zones: ["biri"],
                        role: "pleie",
                        kind: .day,
                        days: .weekdays([weekday]),
                        startMinutes: start,
                        endMinutes: start + length,
                        positions: 1,
                        rotation: .init(weekCount: count, start: day, weeks: [week]),
                        line: "x"
                    )
                )
                let first = ((week - 1) * 7 + weekday - 1) * 1440 + start
                for minute in first..<first + length { busy[minute % busy.count] = true }
            }
        }
        var expected: [String] = []
        for minute in busy.indices where busy[minute] && !busy[(minute + busy.count - 1) % busy.count] {
            let rest = longestRest(busy, minute..<minute + 1440)
            if rest < 11 * 60 { expected.append("\(minute / 10_080 + 1) \(minute % 10_080 / 1440 + 1) \(Double(rest) / 60)") }
        }
        for week in 0..<count {
            let rest = longestRest(busy, week * 10_080..<(week + 1) * 10_080)
            if rest < 35 * 60 { expected.append("\(week + 1) - \(Double(rest) / 60)") }
        }
        let found = RestRules.law.check(Roster(shifts: shifts), on: day).findings.filter { $0.kind != .overlap }.map {
            "\($0.week) \($0.weekday.map { "\($0)" } ?? "-") \($0.foundHours)"
        }
        #expect(found.sorted() == expected.sorted())
    }
}
