import Staffing
import Telemetry
import Testing
import Workload

@Suite("Observed load by zone, shift, day and hour")
struct ObservedTests {
    private static let minute: Int64 = 60_000
    private static let zones = ["biri", "sorbyen"]

    /// Seeded responses in whole minutes with the cells that they make; some begin before the period or end after it.
    private static func input(seed: UInt64, from: LocalTime.Day, days: Int, perDay: Int, silent: Set<LocalTime.Day> = []) throws -> ObservedStaffing.Input {
        var state = seed
        func draw(_ bound: Int) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64(state >> 33) % Int64(bound)
        }
        let start = LocalTime.oslo.instant(from)
        let end = LocalTime.oslo.instant(from.advanced(by: days))
        var settings = StaffingSettings()
        settings.replays = 200
        var input = ObservedStaffing.Input(zones: zones, groups: [zones], covered: start..<end, settings: settings)
        let roster = try Roster(
            csv: """
                zone;role;shift;weekdays;start;end;positions
                biri;pleie;dag;alle;07:30;15:10;2
                biri;pleie;kveld;alle;15:00;23:00;1,5
                biri;pleie;natt;alle;22:50;07:30;1
                biri;pleie;natt;helligdag;22:50;07:30;3
                sorbyen;pleie;dag;man-fre;07:00;15:00;4
                """
        )
        input.spans = roster.spans(in: input.covered)
        input.silentDays = silent
        input.rosteredZones = roster.zones
        input.plannedMinutes = { zone, day, hour in zone == "biri" ? Double(day.rawValue * 3 + hour) : 6 }
        var cells: [String: [Int64: Measures]] = [:]
        for _ in 0..<(days * perDay) {
            let zone = zones[Int(draw(2))]
            let begin = start - 120 * minute + draw(days * 1440 + 120) * minute
            let length = 1 + draw(draw(4) == 0 ? 200 : 30)
            // A response over midnight into a silent day would be heard there.
            if [begin, begin + length * minute - 1].contains(where: { silent.contains(LocalTime.oslo.day(at: $0)) }) { continue }
            input.responses.append(ObservedResponse(zone: zone, time: begin..<begin + length * minute))
            for step in 0..<length {
                let time = begin + step * minute
                let quarter = TimeRule.quarter(of: time)
                cells[zone, default: [:]][quarter, default: Measures()].responseMs += minute
                if step < length / 2 { cells[zone]![quarter]!.travelMs += minute } else { cells[zone]![quarter]!.onSiteMs += minute }
            }
        }
        for (zone, quarters) in cells {
            for (quarter, measures) in quarters {
                let cell = LoadCell(zone: zone, start: quarter * TimeRule.quarterMilliseconds, measures: measures, revised: false)
                input.cells += [ObservedCell(cell)].compactMap(\.self)
            }
        }
        return input
    }

    /// The slow way: every minute asked for its day, hour, shift, roster and open responses.
    private struct Twin {
        struct Key: Hashable {
            var kind: ShiftKind
            var dayClass: DayClass
            var hour: Int
        }

        struct Sums {
            var covered: Int64 = 0
            var response: Int64 = 0
            var callOuts = 0
            var rostered = 0.0
            var planned = 0.0
            var atOnce: [Int64] = [0, 0, 0]
            var loadsByDay: [LocalTime.Day: (response: Int64, covered: Int64)] = [:]
        }

        var sums: [Key: Sums] = [:]

        init(_ input: ObservedStaffing.Input, zones: [String]) {
            let localTime = LocalTime.oslo
            for time in stride(from: input.covered.lowerBound, to: input.covered.upperBound, by: Int(minute)) {
                let clock = localTime.wallClock(at: time)
                if input.silentDays.contains(clock.day) { continue }
                let quarter = TimeRule.quarter(of: time) * TimeRule.quarterMilliseconds
                var positionMinutes: [ShiftKind: Double] = [:]
                for step in 0..<15 {
                    let instant = quarter + Int64(step) * minute
                    for span in input.spans where span.time.contains(instant) {
                        for zone in zones { positionMinutes[span.kind, default: 0] += span.positions(in: zone) }
                    }
                }
                let hour = Int(clock.milliseconds / TimeRule.hourMilliseconds)
                let kind = ShiftKind.allCases.filter { positionMinutes[$0, default: 0] > 0 }
                    .max { (positionMinutes[$0]!, -$0.order) < (positionMinutes[$1]!, -$1.order) }
                // A shift's day is the one it began on; without a roster the night of the small hours began the day before.
                var day = ShiftKind.byClock(hour: hour) == .night && hour < 12 ? clock.day.advanced(by: -1) : clock.day
                if let kind {
                    let spans = input.spans.filter { span in
                        span.kind == kind && !Set(span.zones).isDisjoint(with: zones)
                            && span.time.overlaps(quarter..<quarter + TimeRule.quarterMilliseconds)
                    }
                    day = spans.map(\.day).max()!
                }
                let key = Key(kind: kind ?? ShiftKind.byClock(hour: hour), dayClass: DayClass(day), hour: hour)
                let open = input.responses.count { zones.contains($0.zone) && $0.time.contains(time) }
                sums[key, default: Sums()].covered += minute
                sums[key]!.response += Int64(open) * minute
                sums[key]!.callOuts += input.responses.count { zones.contains($0.zone) && $0.time.lowerBound == time }
                for span in input.spans where span.time.contains(time) {
                    for zone in zones { sums[key]!.rostered += span.positions(in: zone) * Double(minute) }
                }
                for zone in zones { sums[key]!.planned += input.plannedMinutes!(zone, DayClass(clock.day), hour) * 1000 }
                for level in 0..<3 where open > level { sums[key]!.atOnce[level] += minute }
                let sum = sums[key]!.loadsByDay[day] ?? (0, 0)
                sums[key]!.loadsByDay[day] = (sum.response + Int64(open) * minute, sum.covered + minute)
            }
        }
    }

    @Test(
        "the figures of every hour are those of a minute-by-minute count, over clock changes and holidays too, without silent days",
        arguments: [
            (UInt64(1), 2026, 10, 22, 8, 20, []), (2, 2026, 3, 27, 4, 40, []), (3, 2026, 5, 12, 8, 6, []), (4, 2026, 11, 2, 1, 3, []),
            (5, 2026, 10, 22, 8, 20, [23, 25, 26]),
        ] as [(UInt64, Int, Int, Int, Int, Int, [Int])]
    )
    func twin(seed: UInt64, year: Int, month: Int, day: Int, days: Int, perDay: Int, silent: [Int]) throws {
        let from = LocalTime.Day(year: year, month: month, day: day)
        let silentDays = Set(silent.map { LocalTime.Day(year: year, month: month, day: $0) })
        let input = try ObservedTests.input(seed: seed, from: from, days: days, perDay: perDay, silent: silentDays)
        let observed = ObservedStaffing(input)
        for zones in [["biri"], ["sorbyen"], ["biri", "sorbyen"]] {
            let twin = Twin(input, zones: zones)
            let rows = observed.hours.filter { $0.zones == zones }
            #expect(rows.count == twin.sums.count)
            for row in rows {
                let expected = try #require(twin.sums[.init(kind: row.kind, dayClass: row.dayClass!, hour: row.hour!)])
                let figures = row.figures
                #expect(figures.coveredMilliseconds == expected.covered)
                #expect(figures.responseMilliseconds == expected.response)
                #expect(figures.travelMilliseconds + figures.onSiteMilliseconds == expected.response)
                #expect(figures.callOuts == expected.callOuts)
                #expect(abs(figures.rosteredMilliseconds! - expected.rostered) < 1e-3)
                #expect(abs(figures.plannedMilliseconds! - expected.planned) < 1e-3)
                #expect(figures.atOnce.map(\.milliseconds) == expected.atOnce)
                #expect(abs(figures.loadErlang.value - Double(expected.response) / Double(expected.covered)) < 1e-12)
                let loads = expected.loadsByDay.values.map { Double($0.response) / Double($0.covered) }.sorted()
                #expect(figures.days == loads.count)
                #expect(figures.loadP50Erlang == loads[(loads.count + 1) / 2 - 1])
                #expect(figures.loadP90Erlang == loads[(loads.count * 9 + 9) / 10 - 1])
            }
        }
    }

    @Test("what is out sums to the cells' responseMs, for shifts, days and hours alike")
    func sums() throws {
        let input = try ObservedTests.input(seed: 7, from: .init(year: 2026, month: 10, day: 1), days: 31, perDay: 12)
        let observed = ObservedStaffing(input)
        for zone in ObservedTests.zones {
            let expected = input.cells.filter { $0.zone == zone && input.covered.contains($0.start) }.reduce(0) { $0 + $1.responseMilliseconds }
            for rows in [observed.shifts, observed.days, observed.hours] {
                #expect(rows.filter { $0.zones == [zone] }.reduce(0) { $0 + $1.figures.responseMilliseconds } == expected)
            }
        }
        let both = observed.shifts.filter { $0.zones == ObservedTests.zones }
        let each = observed.shifts.filter { $0.zones.count == 1 }
        #expect(both.reduce(0) { $0 + $1.figures.responseMilliseconds } == each.reduce(0) { $0 + $1.figures.responseMilliseconds })
        #expect(abs(both.reduce(0) { $0 + $1.figures.rosteredMilliseconds! } - each.reduce(0) { $0 + $1.figures.rosteredMilliseconds! }) < 1)
    }

    @Test("two responses at once take as long as the cells' overlapMs says, and the longest is told whole")
    func overlap() {
        let start = LocalTime.oslo.instant(.init(year: 2026, month: 10, day: 5))
        func at(_ hour: Int, _ minutes: Int64) -> EventTime { start + Int64(hour) * TimeRule.hourMilliseconds + minutes * ObservedTests.minute }
        var input = ObservedStaffing.Input(
            zones: ["biri"],
            covered: start..<start + TimeRule.dayMilliseconds,
            settings: StaffingSettings()
        )
        input.responses = [at(9, 0)..<at(9, 50), at(9, 30)..<at(10, 20), at(9, 50)..<at(10, 10), at(9, 55)..<at(10, 5), at(12, 0)..<at(12, 10)]
            .map { ObservedResponse(zone: "biri", time: $0) }
        let day = ObservedStaffing(input).shifts.first { $0.kind == .day }!.figures
        #expect(day.callOuts == 5)
        // 9:30–10:10 two or more; at 9:50 one ends as another begins, which is no third and no end of two at once.
        #expect(day.atOnce.map(\.milliseconds) == [90, 40, 10].map { $0 * ObservedTests.minute })
        #expect(day.atOnce.map(\.times) == [2, 1, 1])
        #expect(day.atOnce.map(\.longestMilliseconds) == [80, 40, 10].map { $0 * ObservedTests.minute })
    }

    @Test("responses at once over the end of a shift count in both shifts, and so does what was out before the data begin")
    func overlapOfTwoShifts() {
        let start = LocalTime.oslo.instant(.init(year: 2026, month: 10, day: 5))
        func at(_ hour: Int, _ minutes: Int64) -> EventTime { start + Int64(hour) * TimeRule.hourMilliseconds + minutes * ObservedTests.minute }
        var input = ObservedStaffing.Input(zones: ["biri"], covered: start..<start + TimeRule.dayMilliseconds, settings: StaffingSettings())
        // By the clock the evening begins at 15.
        input.responses = [at(14, 30)..<at(15, 40), at(14, 50)..<at(15, 20), at(-1, 30)..<at(0, 10)].map { ObservedResponse(zone: "biri", time: $0) }
        let shifts = ObservedStaffing(input).shifts
        func atOnce(_ kind: ShiftKind) -> [ObservedFigures.AtOnce] { shifts.first { $0.kind == kind }?.figures.atOnce ?? [] }
        #expect(atOnce(.day).map(\.times) == [1, 1, 0])
        #expect(atOnce(.evening).map(\.times) == [1, 1, 0])
        #expect(atOnce(.night).map(\.times) == [1, 0, 0])
        #expect(atOnce(.day).map(\.milliseconds) == [30, 10, 0].map { $0 * ObservedTests.minute })
        #expect(atOnce(.evening).map(\.milliseconds) == [40, 20, 0].map { $0 * ObservedTests.minute })
        #expect(atOnce(.evening).map(\.longestMilliseconds) == [70, 30, 0].map { $0 * ObservedTests.minute })
        #expect(atOnce(.night)[0].longestMilliseconds == 40 * ObservedTests.minute)
        for row in shifts + ObservedStaffing(input).hours {
            for level in row.figures.atOnce where row.hour == nil { #expect((level.times == 0) == (level.milliseconds == 0)) }
        }
    }

    @Test("a night in two rows is one shift: a response that lies in both is counted once")
    func splitNight() throws {
        let start = LocalTime.oslo.instant(.init(year: 2026, month: 10, day: 5))
        var input = ObservedStaffing.Input(zones: ["biri"], covered: start..<start + 2 * TimeRule.dayMilliseconds, settings: StaffingSettings())
        let header = "zone;role;shift;weekdays;start;end;positions\n"
        let roster = try Roster(csv: header + "biri;pleie;natt;alle;23:00;03:00;1\nbiri;pleie;natt;alle;03:00;07:00;1\nbiri;pleie;dag;alle;07:00;23:00;1")
        input.spans = roster.spans(in: input.covered)
        input.rosteredZones = roster.zones
        let response = start + 27 * TimeRule.hourMilliseconds - 20 * ObservedTests.minute
        input.responses = [ObservedResponse(zone: "biri", time: response..<response + 40 * ObservedTests.minute)]
        let night = try #require(ObservedStaffing(input).shifts.first { $0.kind == .night }).figures
        #expect(night.atOnce[0].times == 1 && night.atOnce[0].milliseconds == 40 * ObservedTests.minute)
    }

    @Test("an interval holds its value, is the same for the same seed, and is missing where call-outs are too few")
    func intervals() throws {
        let input = try ObservedTests.input(seed: 11, from: .init(year: 2026, month: 9, day: 7), days: 42, perDay: 4)
        let observed = ObservedStaffing(input)
        #expect(observed.drawn == .weeks(6))
        #expect(observed == ObservedStaffing(input))
        #expect(observed.hours.contains { $0.figures.isTooFew } && observed.shifts.contains { !$0.figures.isTooFew })
        for row in observed.shifts + observed.days + observed.hours {
            let load = row.figures.loadErlang
            if row.figures.isTooFew {
                #expect(row.figures.callOuts < input.callOutsMin && load.low == nil && load.high == nil)
            } else if let low = load.low, let high = load.high {
                #expect(low <= load.value && load.value <= high && low < high)
            }
        }
    }

    @Test("weeks that are all alike leave no doubt")
    func alike() {
        let start = LocalTime.oslo.instant(.init(year: 2026, month: 9, day: 7))
        var input = ObservedStaffing.Input(
            zones: ["biri"],
            covered: start..<start + 35 * TimeRule.dayMilliseconds,
            settings: StaffingSettings()
        )
        for day in 0..<35 {
            var measures = Measures()
            measures.responseMs = 15 * ObservedTests.minute
            let time = start + Int64(day) * TimeRule.dayMilliseconds + 9 * TimeRule.hourMilliseconds
            input.cells += [ObservedCell(LoadCell(zone: "biri", start: time, measures: measures, revised: false))].compactMap(\.self)
            input.responses.append(ObservedResponse(zone: "biri", time: time..<time + 15 * ObservedTests.minute))
        }
        let day = ObservedStaffing(input).shifts.first { $0.kind == .day }!.figures
        #expect(day.loadErlang == Estimate(0.25 / 8, low: 0.25 / 8, high: 0.25 / 8))
        #expect(day.unplannedShare == nil && day.freeMilliseconds == nil)
        let week = ObservedStaffing(input).weeks[0]
        let nine = week.hours[9]
        #expect(nine?.days == 5 && nine?.meanErlang == 0.25 && nine?.p50Erlang == 0.25 && nine?.p90Erlang == 0.25)
        #expect(nine?.positions == nil && nine?.plannedPositions == nil)
        #expect(week.hours[10]?.meanErlang == 0)
    }

    @Test("without covered time there is nothing")
    func empty() {
        let input = ObservedStaffing.Input(zones: ["biri"], covered: 900_001..<1_700_000, settings: StaffingSettings())
        #expect(ObservedStaffing(input) == ObservedStaffing(.init(zones: [], covered: 0..<0, settings: StaffingSettings())))
    }
}
