import Files
import Staffing
import Telemetry
import Testing
import Workload

@Suite("Rosters of rotating weeks, single dates and shared people")
struct RotatingRosterTests {
    static let header = "zone;role;shift;weekdays;start;end;positions;rotation;rotationStart;weeks;line;date;from;to\n"

    private func roster(_ rows: String) throws -> Roster { try Roster(csv: Self.header + rows, zones: ["biri", "haugtun", "sorbyen"]) }

    private func day(_ month: Int, _ day: Int, year: Int = 2026) -> LocalTime.Day { LocalTime.Day(year: year, month: month, day: day) }

    private func positions(_ roster: Roster, _ day: LocalTime.Day) -> Double { roster.spans(on: day).reduce(0) { $0 + $1.positions } }

    @Test("a rotation comes again after its weeks, before its start and over the turn of the year too")
    func rotation() throws {
        // 5 October 2026 is a Monday.
        let roster = try roster("biri;pleie;dag;tir;07:00;15:00;1;3;2026-10-05;2;;;;")
        let tuesday = day(10, 6)
        for week in -60...60 {
            #expect(positions(roster, tuesday.advanced(by: week * 7)) == (((week % 3) + 3) % 3 == 1 ? 1 : 0), "week \(week)")
        }
        #expect(roster.shifts[0].rotation?.week(of: day(10, 4)) == 3)
        #expect(roster.shifts[0].rotation?.week(of: day(10, 12)) == 2)
    }

    @Test(
        "weeks are written as numbers, lists and ranges; none means all",
        arguments: [("1", [1]), ("1,3", [1, 3]), ("2-4", [2, 3, 4]), ("", [1, 2, 3, 4])]
    )
    func weeks(cell: String, weeks: [Int]) throws {
        let roster = try roster("biri;pleie;dag;tir;07:00;15:00;1;4;05.10.2026;\(cell);;;;")
        #expect(roster.shifts[0].rotation == .init(weekCount: 4, start: day(10, 5), weeks: Set(weeks)))
    }

    @Test("on a public holiday the Sunday of the same week of the rotation holds")
    func rotatingHoliday() throws {
        // Thursday 14 May 2026 is Ascension Day; its week begins on 11 May.
        let rows =
            "biri;pleie;dag;søn;07:00;15:00;2;2;2026-05-11;1;;;;\nbiri;pleie;dag;søn;07:00;15:00;5;2;2026-05-11;2;;;;\nbiri;pleie;dag;man-fre;07:00;15:00;9;;;;;;;"
        #expect(positions(try roster(rows), day(5, 14)) == 2)
        #expect(positions(try roster(rows), day(5, 13)) == 9)
        #expect(positions(try roster(rows), day(5, 25)) == 2)  // Whit Monday, in week 1 again
    }

    @Test("a row of one date takes the place of all other rows of its zones and shift that day, on a public holiday too")
    func date() throws {
        let rows = """
            biri;pleie;dag;alle;07:00;15:00;4;;;;;;;
            biri;sykepleier;dag;alle;07:00;15:00;1;;;;;;;
            biri;pleie;dag;helligdag;07:00;15:00;3;;;;;;;
            biri;pleie;kveld;alle;15:00;23:00;2;;;;;;;
            haugtun;pleie;dag;alle;07:00;15:00;6;;;;;;;
            biri;pleie;dag;;08:00;16:00;1,5;;;;;2026-10-07;;
            biri;pleie;dag;;07:00;15:00;0;;;;;25.12.2026;;
            """
        let roster = try roster(rows)
        #expect(positions(roster, day(10, 6)) == 13)
        #expect(positions(roster, day(10, 7)) == 9.5)
        #expect(roster.spans(on: day(10, 7)).map(\.positions) == [2, 6, 1.5])
        #expect(positions(roster, day(12, 25)) == 8)
        #expect(positions(roster, day(12, 26)) == 11)
    }

    @Test("rows hold from their first day to before the day they end")
    func validity() throws {
        let roster = try roster("biri;pleie;dag;alle;07:00;15:00;4;;;;;;;2026-10-05\nbiri;pleie;dag;alle;07:00;15:00;5;;;;;;2026-10-05;12.10.2026")
        #expect([4, 5, 11, 12].map { positions(roster, day(10, $0)) } == [4, 5, 5, 0])
        #expect(roster.recurring(on: day(10, 4)).shifts.map(\.positions) == [4])
    }

    @Test("people who serve several zones are counted once in all, and in each zone by their part", arguments: ["haugtun+biri", "haugtun , biri"])
    func shared(cell: String) throws {
        let roster = try roster("\(cell);pleie;natt;alle;23:00;07:00;3;;;;;;;")
        let spans = roster.spans(on: day(10, 6))
        #expect(spans.map(\.zones) == [["haugtun", "biri"]] && spans[0].positions(in: "biri") == 1.5 && spans[0].positions(in: "sorbyen") == 0)
    }

    @Test("the order in which zones are written makes no difference to what a row replaces")
    func order() throws {
        let roster = try roster("haugtun+biri;pleie;natt;alle;23:00;07:00;3;;;;;;;\nbiri+haugtun;pleie;natt;;23:00;07:00;1;;;;;2026-10-07;;")
        #expect(positions(roster, day(10, 7)) == 1)
    }

    @Test("RFC 4180 is read as well: commas between cells, quotes around those that hold one")
    func commas() throws {
        let csv =
            "zone,role,shift,weekdays,start,end,positions,rotation,rotationStart,weeks\n\"haugtun,biri\",pleie,natt,\"man,ons\",23:00,07:00,\"1,5\",4,2026-10-05,\"1,3\"\n"
        let shift = try Roster(csv: csv).shifts[0]
        #expect(shift.zones == ["haugtun", "biri"] && shift.days == .weekdays([1, 3]) && shift.positions == 1.5 && shift.rotation?.weeks == [1, 3])
    }

    @Test(
        "what is wrong is named with line, column, value and way out",
        arguments: [
            ("biri+oslo;pleie;dag;alle;07:00;15:00;1;;;;;;;", "column zone: \"biri+oslo\": not understood"),
            ("biri+biri;pleie;dag;alle;07:00;15:00;1;;;;;;;", "column zone: \"biri+biri\": not understood"),
            ("biri;pleie;dag;alle;07:00;15:00;1;0;2026-10-05;;;;;", "column rotation: \"0\": not understood (a number of weeks from 1 to 52)"),
            ("biri;pleie;dag;alle;07:00;15:00;1;2;2026-10-06;;;;;", "column rotationStart: \"2026-10-06\": not understood (a Monday"),
            ("biri;pleie;dag;alle;07:00;15:00;1;2;;;;;;", "column rotationStart: empty cell beside rotation"),
            ("biri;pleie;dag;alle;07:00;15:00;1;;2026-10-05;;;;;", "column rotationStart: \"2026-10-05\": without rotation"),
            ("biri;pleie;dag;alle;07:00;15:00;1;;;1;;;;", "column weeks: \"1\": without rotation"),
            ("biri;pleie;dag;alle;07:00;15:00;1;2;2026-10-05;3;;;;", "column weeks: \"3\": not understood (weeks from 1 to 2"),
            ("biri;pleie;dag;alle;07:00;15:00;1;4;2026-10-05;01.mar;;;;", "column weeks: \"01.mar\": not understood (weeks from 1 to 4"),
            ("biri;pleie;dag;alle;07:00;15:00;1;;;;;2026-02-30;;", "column date: \"2026-02-30\": not understood"),
            ("biri;pleie;dag;alle;07:00;15:00;1;;;;;2026-10-07;;", "column weekdays: \"alle\": not empty beside date"),
            ("biri;pleie;dag;;07:00;15:00;1;2;2026-10-05;;;2026-10-07;;", "column rotation: \"2\": not empty beside date"),
            ("biri;pleie;dag;;07:00;15:00;1;;;;;2026-10-07;2026-10-01;", "column from: \"2026-10-01\": not empty beside date"),
            ("biri;pleie;dag;alle;07:00;15:00;1;;;;;;2026-10-05;2026-10-05", "column to: \"2026-10-05\": not after from"),
            ("biri;pleie;dag;alle;07:00;15:00;1,5;;;;B1;;;", "column positions: \"1,5\": more than one position in a line"),
            ("biri;pleie;dag;;07:00;15:00;1;;;;;;;", "column weekdays: empty cell"),
        ]
    )
    func problems(row: String, message: String) throws {
        let error = try #require(throws: FileError.self) { try roster(row) }
        #expect(error.description.hasPrefix("roster.csv:2: \(message)"), "\(error.description)")
    }

    @Test("all rows of a line turn together")
    func lines() throws {
        let error = try #require(throws: FileError.self) {
            try roster("biri;pleie;dag;man;07:00;15:00;1;2;2026-10-05;1;B1;;;\nbiri;pleie;dag;tir;07:00;15:00;1;3;2026-10-05;1;B1;;;")
        }
        #expect(error.description.contains("roster.csv:3: column rotation: \"3\": not as in the rows before of the line B1"))
        #expect(
            try roster("biri;pleie;dag;man;07:00;15:00;1;2;2026-10-05;1;B1;;;\nhaugtun;pleie;natt;tir;23:00;07:00;1;2;2026-10-05;2;B1;;;").shifts.count == 2
        )
    }

    // MARK: - The obvious twin

    /// Which rows hold on a day, word by word as the rules have it.
    private func obvious(_ shifts: [Roster.Shift], on day: LocalTime.Day) -> [Roster.Shift] {
        func isSameKey(_ left: Roster.Shift, _ right: Roster.Shift) -> Bool { left.kind == right.kind && left.zones.sorted() == right.zones.sorted() }
        func isInForce(_ shift: Roster.Shift) -> Bool {
            if let from = shift.from, day < from { return false }
            if let to = shift.to, !(day < to) { return false }
            return true
        }
        func isInWeek(_ shift: Roster.Shift) -> Bool {
            guard let rotation = shift.rotation else { return true }
            var monday = rotation.start
            var week = 1
            while monday.advanced(by: 6) < day {
                monday = monday.advanced(by: 7)
                week = week % rotation.weekCount + 1
            }
            while day < monday {
                monday = monday.advanced(by: -7)
                week = week == 1 ? rotation.weekCount : week - 1
            }
            return rotation.weeks.contains(week)
        }
        let isHoliday = Holidays.name(of: day) != nil
        return shifts.filter { shift in
            guard isInForce(shift) else { return false }
            if let date = shift.date { return date == day }
            if shifts.contains(where: { $0.date == day && isInForce($0) && isSameKey($0, shift) }) { return false }
            guard isInWeek(shift) else { return false }
            let hasHolidayRows = shifts.contains { $0.date == nil && $0.days == .holidays && isInForce($0) && isSameKey($0, shift) }
            switch shift.days {
            case .holidays: return isHoliday
            case .weekdays(let weekdays): return weekdays.contains(isHoliday ? 7 : day.weekday) && !(isHoliday && hasHolidayRows)
            }
        }
    }

    @Test("spans are those of the obvious reading, for any roster and day", arguments: 1...20 as ClosedRange<UInt64>)
    func twin(seed: UInt64) {
        var dice = RosterDice(seed: seed)
        let zoneSets = [["biri"], ["haugtun"], ["biri", "haugtun"], ["haugtun", "biri"]]
        let first = day(4, 1)
        let shifts = (0..<40).map { _ in
            let start = Int.random(in: 0..<1440, using: &dice)
            let monday = day(1, 5).advanced(by: 7 * Int.random(in: 0..<40, using: &dice))
            let count = Int.random(in: 1...5, using: &dice)
            var shift = Roster.Shift(
                zones: zoneSets.randomElement(using: &dice)!,
                role: "pleie",
                kind: ShiftKind.allCases.randomElement(using: &dice)!,
                days: Int.random(in: 0..<6, using: &dice) == 0 ? .holidays : .weekdays(Set((1...7).filter { _ in Bool.random(using: &dice) })),
                startMinutes: start,
                endMinutes: start + Int.random(in: 1...1440, using: &dice),
                positions: Double(Int.random(in: 0...8, using: &dice)) / 2,
                rotation: Bool.random(using: &dice)
                    ? .init(weekCount: count, start: monday, weeks: Set((1...count).filter { _ in Bool.random(using: &dice) })) : nil,
                from: Int.random(in: 0..<4, using: &dice) == 0 ? first.advanced(by: Int.random(in: 0..<60, using: &dice)) : nil,
                to: Int.random(in: 0..<4, using: &dice) == 0 ? first.advanced(by: Int.random(in: 30..<90, using: &dice)) : nil
            )
            if Int.random(in: 0..<4, using: &dice) == 0 {
                (shift.date, shift.rotation) = (first.advanced(by: Int.random(in: 0..<90, using: &dice)), nil)
                shift.days = .weekdays([shift.date!.weekday])
            }
            return shift
        }
        let roster = Roster(shifts: shifts)
        for offset in 0..<90 {
            let day = first.advanced(by: offset)
            let expected = obvious(shifts, on: day)
            let spans = roster.spans(on: day)
            #expect(spans.map(\.positions) == expected.map(\.positions) && spans.map(\.zones) == expected.map(\.zones), "day \(offset)")
        }
    }

    @Test("a changed row is found as it is now")
    func changed() throws {
        var roster = try roster("biri;pleie;dag;alle;07:00;15:00;4;;;;;;;")
        roster.shifts[0].date = day(10, 7)
        #expect(positions(roster, day(10, 6)) == 0 && positions(roster, day(10, 7)) == 4)
    }
}
