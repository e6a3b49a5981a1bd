import Telemetry
import Testing
import Workload

import Reports

@Suite("Periods")
struct ReportPeriodTests {
    private static let hour: Int64 = 3_600_000

    @Test(
        "what is written is what is meant, and is written back the same",
        arguments: [
            ("2026-10-05", "2026-10-05", 1, "mandag 5. oktober 2026"), ("2026-W43", "2026-10-19", 7, "uke 43, 2026"),
            ("2026-W01", "2025-12-29", 7, "uke 1, 2026"), ("2026-W53", "2026-12-28", 7, "uke 53, 2026"),
            ("2026-10", "2026-10-01", 31, "oktober 2026"), ("2028-02", "2028-02-01", 29, "februar 2028"),
            ("2026-Q4", "2026-10-01", 92, "4. kvartal 2026"), ("2026-Q1", "2026-01-01", 90, "1. kvartal 2026"),
            ("2026", "2026-01-01", 365, "2026"), ("2028", "2028-01-01", 366, "2028"),
        ]
    )
    func parsing(text: String, first: String, days: Int, title: String) throws {
        let period = try ReportPeriod(text)
        #expect(period.description == text)
        #expect(ReportPeriod(.day, containing: period.firstDay).description == first)
        #expect(period.dayCount == days && period.days.count == days)
        #expect(period.title.replacing("\u{A0}", with: " ") == title)
    }

    @Test("a year is made of its quarters, a quarter of its months, and shorter periods of nothing")
    func parts() throws {
        #expect(try ReportPeriod("2026").parts.map(\.description) == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"])
        #expect(try ReportPeriod("2026-Q4").parts.map(\.description) == ["2026-10", "2026-11", "2026-12"])
        for text in ["2026-10", "2026-W43", "2026-10-05", "2026-10-05-28d"] { #expect(try ReportPeriod(text).parts.isEmpty, "\(text)") }
    }

    @Test(
        "what is no period is refused with the forms that are",
        arguments: [
            "", "x", "26", "2026-13", "2026-00", "2026-1", "2026-W54", "2025-W53", "2026-W00", "2026-W1", "2026-Q5",
            "2026-Q0", "2026-02-29", "2026-02-30", "2026-10-32", "2026-10-5", "1999", "2200", "2026-", "2026-10-05-1",
            " 2026", "2026-w43", "+026", "２０２６",
        ]
    )
    func refused(text: String) throws {
        let error = try #require(throws: ReportPeriodError.self) { try ReportPeriod(text) }
        #expect(error.value == text)
        #expect(error.description.contains("2026-W43 (ISO week)") && error.bokmal.contains("2026-W43 (uke)"))
    }

    @Test(
        "days and months have their true length when the clock changes",
        arguments: [
            ("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-24", 24), ("2026-W13", 167), ("2026-W43", 169),
            ("2026-10", 31 * 24 + 1), ("2026-03", 31 * 24 - 1), ("2026-Q4", 92 * 24 + 1), ("2026", 365 * 24),
        ] as [(String, Int64)]
    )
    func lengths(text: String, hours: Int64) throws {
        let bounds = try ReportPeriod(text).bounds()
        #expect(bounds.upperBound - bounds.lowerBound == hours * ReportPeriodTests.hour)
    }

    @Test("October 2026 begins at 22:00 UTC and ends at 23:00 UTC")
    func bounds() throws {
        let bounds = try ReportPeriod("2026-10").bounds()
        #expect(bounds.lowerBound == 1_790_805_600_000 && bounds.upperBound == 1_793_487_600_000)
    }

    @Test(
        "the one before and the one after touch it, over month ends, years and week 53",
        arguments: [
            ("2026-03-01", "2026-02-28", "2026-03-02"), ("2026-W53", "2026-W52", "2027-W01"),
            ("2027-W01", "2026-W53", "2027-W02"), ("2026-01", "2025-12", "2026-02"), ("2026-12", "2026-11", "2027-01"),
            ("2026-Q1", "2025-Q4", "2026-Q2"), ("2026", "2025", "2027"),
        ]
    )
    func neighbours(text: String, previous: String, next: String) throws {
        let period = try ReportPeriod(text)
        #expect(period.previous.description == previous && period.next.description == next)
        #expect(period.previous.bounds().upperBound == period.bounds().lowerBound)
        #expect(period.next.bounds().lowerBound == period.bounds().upperBound)
    }

    @Test("every day of ten years lies in its week, month, quarter and year, and each reads back")
    func roundTrip() throws {
        let first = LocalTime.Day(year: 2020, month: 1, day: 1)
        for offset in 0..<3653 {
            let day = first.advanced(by: offset)
            for kind in ReportPeriod.Kind.allCases {
                let period = ReportPeriod(kind, containing: day)
                #expect(period.firstDay <= day && day < period.endDay)
                #expect(try ReportPeriod(period.description) == period)
                #expect(period.next.previous == period && period.previous.next == period)
            }
        }
    }

    @Test(
        "a day of 25 hours has hour 02 twice, one of 23 hours has none",
        arguments: [("2026-10-25", 8), ("2026-03-29", 0), ("2026-10-24", 4)]
    )
    func quarters(text: String, quarters: Int) throws {
        let period = try ReportPeriod(text)
        let grid = PeriodGrid(period: period, dataFrom: nil, dataUntil: .max / 2)
        let sunday = (period.firstDay.weekday - 1) * 24
        #expect(grid.coveredQuarters[sunday + 2] == quarters)
        #expect(grid.coveredQuarters[sunday + 1] == 4 && grid.coveredQuarters[sunday + 3] == 4)
        #expect(grid.slots.count == grid.coveredQuarters.reduce(0, +))
    }

    @Test("silent days are in nothing that is divided by, also the one of 25 hours")
    func silentDays() throws {
        let period = try ReportPeriod("2026-10")
        var grid = PeriodGrid(period: period, dataFrom: nil, dataUntil: .max / 2)
        let whole = grid
        let silent = [20, 25].map { LocalTime.Day(year: 2026, month: 10, day: $0) }
        grid.leaveOut(silent)
        #expect(grid.wholeDays == whole.wholeDays.filter { !silent.contains(grid.days[$0]) } && grid.wholeDays.count == 29)
        #expect(grid.coveredIndices.count == whole.coveredIndices.count - 96 - 100)
        // Tuesday the 20th at 00, Sunday the 25th at 02, which comes twice.
        #expect(grid.coveredQuarters[24] == whole.coveredQuarters[24] - 4 && grid.coveredQuarters[6 * 24 + 2] == whole.coveredQuarters[6 * 24 + 2] - 8)
        #expect(grid.slots.count == whole.slots.count && abs(whole.coveredDays - grid.coveredDays - 2 - 1.0 / 24) < 1e-9)
    }
}
