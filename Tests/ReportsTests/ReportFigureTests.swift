import Staffing
import Strategy
import Telemetry
import Testing
import Workload

import Reports

@Suite("The report's figures by hand")
struct ReportFigureTests {
    private let biri = ReportInput.Zone(id: "biri", name: "Biri")

    private func input(_ period: String, _ cells: [(hour: Double, Measures)] = []) throws -> ReportInput {
        let period = try ReportPeriod(period)
        let start = period.bounds().lowerBound
        var input = ReportInput(
            municipalityNumber: "3407",
            municipalityName: "Gjøvik",
            zones: [biri],
            period: period,
            generatedAt: period.bounds().upperBound,
            position: 9
        )
        input.cells = cells.map { hour, measures in
            LoadCell(zone: "biri", start: start + Int64(hour * 3_600_000), measures: measures, revised: false)
        }
        input.dataUntil = period.bounds().upperBound
        return input
    }

    private func load(minutes: Int64, peak: Int64 = 1, overlapMinutes: Int64 = 0) -> Measures {
        var measures = Measures()
        measures.responseMs = minutes * 60_000
        measures.openPeak = peak
        measures.overlapMs = overlapMinutes * 60_000
        return measures
    }

    @Test("the heat map's mean is over the hours of that weekday in the period: four Mondays, one with 30 minutes")
    func heatMapMean() throws {
        // October 2026: the 5th, 12th, 19th and 26th are Mondays.
        let report = Report(
            try input("2026-10", [(4 * 24 + 9, load(minutes: 15)), (4 * 24 + 9.25, load(minutes: 15))])
        )
        let map = try #require(report.heatMaps.first)
        #expect(map.erlang[9] == 0.5 / 4)
        #expect(map.erlang.compactMap(\.self).filter { $0 > 0 }.count == 1)
    }

    @Test("on the day of 25 hours both showings of hour 02 share the mean")
    func heatMapAutumn() throws {
        let report = Report(try input("2026-10-25", [(2, load(minutes: 15)), (3, load(minutes: 15))]))
        #expect(report.heatMaps[0].erlang[6 * 24 + 2] == 0.5 / 2)
        #expect(report.heatMaps[0].erlang[0] == nil)
    }

    @Test("on the day of 23 hours there is no hour 02, and 03 comes after 01")
    func heatMapSpring() throws {
        let report = Report(try input("2026-03-29", [(2, load(minutes: 15))]))
        #expect(report.heatMaps[0].erlang[6 * 24 + 2] == nil)
        #expect(report.heatMaps[0].erlang[6 * 24 + 3] == 0.25)
    }

    @Test("only what the data cover is divided by: a week with data up to Wednesday midnight")
    func coverage() throws {
        var input = try input("2026-W41", [(9, load(minutes: 15))])
        input.dataUntil = input.period.bounds().lowerBound + 2 * 86_400_000
        let report = Report(input)
        #expect(report.coverage.isPartial && report.coverage.wholeDayCount == 2)
        #expect(report.heatMaps[0].erlang[9] == 0.25)
        #expect(report.heatMaps[0].erlang[2 * 24] == nil)
    }

    @Test("more out than on shift: hours, shifts, hours of the day, and share of rostered time")
    func staffing() throws {
        var input = try input(
            "2026-10-06",
            [
                (1, load(minutes: 30, peak: 2, overlapMinutes: 15)),
                (1.25, load(minutes: 30, peak: 2, overlapMinutes: 15)),
                (2, load(minutes: 15)), (9, load(minutes: 45, peak: 3)),
            ]
        )
        input.roster = try Roster(
            csv: """
                zone;role;shift;weekdays;start;end;positions
                biri;pleie;dag;alle;07:00;15:00;3
                biri;pleie;kveld;alle;15:00;23:00;2
                biri;pleie;natt;alle;23:00;07:00;1
                """
        )
        let staffing = Report(input).staffing
        let night = try #require(staffing.rows.first { $0.kind == .night })
        #expect(night.rosteredHours == 8 && night.responseHours == 1.25)
        #expect(night.unplannedShare == 1.25 / 8)
        #expect(night.exceededQuarters == 2 && night.exceededQuartersByHour[1] == 2)
        #expect((night.shiftsExceeded.numerator, night.shiftsExceeded.denominator) == (1, 2))
        #expect(night.overlapHours == 0.5 && night.shiftsWithOverlap.numerator == 1)
        let day = try #require(staffing.rows.first { $0.kind == .day })
        #expect(day.rosteredHours == 24 && day.exceededQuarters == 0 && day.peak == 3)
        #expect(staffing.gaps.map(\.kind) == [.night])
    }

    @Test("a week has six whole nights: halves at its edges are counted as none, but their hours are")
    func wholeShifts() throws {
        // Monday at one belongs to Sunday's night, which began before the week.
        var input = try input("2026-W41", [(1, load(minutes: 15, peak: 2)), (25, load(minutes: 15, peak: 2))])
        input.roster = try Roster(csv: "zone;role;shift;weekdays;start;end;positions\nbiri;pleie;natt;alle;23:00;07:00;1\nbiri;pleie;dag;alle;07:00;23:00;2\n")
        let rows = Report(input).staffing.rows
        let (day, night) = (try #require(rows.first { $0.kind == .day }), try #require(rows.first { $0.kind == .night }))
        #expect((night.shiftsExceeded.numerator, night.shiftsExceeded.denominator) == (1, 6) && night.exceededQuarters == 2)
        #expect(day.shiftsExceeded.denominator == 7)
    }

    @Test("the night of 25 October is rostered for nine hours")
    func daylightSavingNight() throws {
        var input = try input("2026-10-25")
        input.roster = try Roster(
            csv: "zone;role;shift;weekdays;start;end;positions\nbiri;pleie;natt;alle;23:00;07:00;1\n"
        )
        // 00:00 to 07:00 are eight hours that night, and 23:00 to midnight one more.
        #expect(Report(input).staffing.rows[2].rosteredHours == 9)
    }

    @Test("without a roster shifts follow the clock, nothing is compared, and the page says so")
    func noRoster() throws {
        let report = Report(try input("2026-10-06", [(1, load(minutes: 15, peak: 2)), (16, load(minutes: 15))]))
        #expect(report.staffing.rows.map(\.responseHours) == [0, 0.25, 0.25])
        #expect(report.staffing.rows.allSatisfy { $0.rosteredHours == nil && $0.exceededQuarters == 0 })
        // A leader asks someone, and is asked for no file.
        #expect(report.html().contains("Det er ikke lagt inn turnus for kommunen. Be den som drifter Vaktlast, legge inn hvor mange"))
        #expect(!report.html().contains("roster.csv") && report.loadPage(navigation: .init(path: "/belastning"), style: .inline).contains("Be den som drifter"))
        #expect(report.headlines[0].title == "Ingen turnus å sammenligne med")
    }

    @Test("where no shift had more out than on duty, that is said of the zone on its own page, and of all zones on that of all")
    func heldHere() throws {
        var input = try input("2026-10-06", [(16, load(minutes: 15))])
        input.roster = try Roster(csv: "zone;role;shift;weekdays;start;end;positions\nbiri;pleie;kveld;alle;15:00;23:00;2\n")
        #expect(Report(input).headlines[0].title == "Turnusen holdt i alle soner")
        input.zone = "biri"
        #expect(Report(input).headlines[0].title == "Turnusen holdt i Biri")
        // While the period goes on nobody knows whether it will have held.
        input.generatedAt = input.period.bounds().upperBound - 1
        #expect(Report(input).headlines[0].title == "Turnusen har holdt så langt i Biri" && Report(input).headlines[0].tone == .neutral)
    }

    @Test("call-out hours use whole local days alone")
    func callOutHours() throws {
        var input = try input("2026-W41", (0..<7).map { (Double($0) * 24 + 9, load(minutes: 60)) })
        input.usersByZone = ["biri": 50]
        input.goals = try Goals(
            yaml: """
                frameworks:
                  - id: a
                    name: A
                    goals:
                      - id: b
                        name: B
                        indicators:
                          - {id: c, name: C, measure: call-out-hours-per-100-users, direction: down, target: {value: 70}}
                """
        )
        let row = try #require(Report(input).frameworks?[0].goals[0].indicators[0])
        #expect(row.figure?.value == 60 && row.status == .reached)
        input.dataUntil = input.period.bounds().upperBound - 3_600_000
        let partial = try #require(Report(input).frameworks?[0].goals[0].indicators[0])
        #expect(partial.figure?.count == 6 && partial.status == .cannotSay)
    }

    @Test("a zone filter leaves the other zones out of every figure")
    func zoneFilter() throws {
        let fixture = ReportFixture(seed: 1, period: try ReportPeriod("2026-W41"))
        var input = try fixture.input()
        let whole = Report(input)
        input.zone = "biri"
        let report = Report(input)
        #expect(report.zones == [biri] && report.selectedZone == biri && report.heatMaps.count == 1)
        #expect(report.keyFigures.alarms == input.keyFiguresByZone["biri"]?.alarms)
        #expect(report.totals.responseMilliseconds < whole.totals.responseMilliseconds)
        #expect(report.staffing.rows.map(\.zone.id) == ["biri", "biri", "biri"])
    }

    @Test("adding an unrelated zone changes nothing for the others")
    func unrelatedZone() throws {
        let fixture = ReportFixture(seed: 2, period: try ReportPeriod("2026-W41"))
        let before = Report(try fixture.input())
        var input = try fixture.input()
        input.zones.append(.init(id: "ny", name: "Ny"))
        let after = Report(input)
        #expect(
            Array(after.staffing.rows.dropLast(3)).map(\.responseHours) == before.staffing.rows.map(\.responseHours)
        )
        #expect(after.totals == before.totals)
        #expect(zip(after.heatMaps, before.heatMaps).allSatisfy { $0.erlang == $1.erlang })
    }

    @Test("the order of the cells does not matter")
    func order() throws {
        let fixture = ReportFixture(seed: 3, period: try ReportPeriod("2026-10"))
        var input = try fixture.input()
        let page = Report(input).html()
        input.cells.reverse()
        #expect(Report(input).html() == page)
    }
}
