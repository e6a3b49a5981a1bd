import Testing
import Workload

import Reports

@Suite("Choosing a period")
struct PeriodChoiceTests {
    @Test(
        "a kind and a day make a period",
        arguments: [
            ("dag", "2026-10-05", "2026-10-05"), ("uke", "2026-10-05", "2026-W41"), ("maaned", "2026-10-05", "2026-10"), ("kvartal", "2026-10-05", "2026-Q4"),
            ("aar", "2026-10-05", "2026"), ("fire-uker", "2026-10-05", "2026-10-05-28d"),
        ]
    )
    func chosen(kind: String, day: String, period: String) throws {
        #expect(try ReportPeriod(kind: kind, day: day).description == period)
    }

    @Test(
        "what is no kind or no day is said",
        arguments: [("time", "2026-10-05"), ("", "2026-10-05"), ("uke", "2026-W41"), ("uke", "2026-02-31"), ("uke", ""), ("uke", "1999-01-01")]
    )
    func wrong(kind: String, day: String) {
        #expect(throws: PeriodChoiceError.self) { try ReportPeriod(kind: kind, day: day) }
    }

    @Test(
        "a year before: the same month, quarter or year; days and weeks meet the same weekdays",
        arguments: [
            ("2026-10", "2025-10"), ("2026-Q1", "2025-Q1"), ("2026", "2025"), ("2026-10-05", "2025-10-06"), ("2026-W41", "2025-W41"),
            ("2026-10-05-28d", "2025-10-06-28d"), ("2024-02", "2023-02"), ("2027-W01", "2026-W02"),
        ]
    )
    func yearBefore(period: String, before: String) throws { #expect(try ReportPeriod(period).yearBefore == ReportPeriod(before)) }

    @Test("an hour of the week is written and read again, and nothing else is one")
    func hours() {
        for number in 0..<168 { #expect(HourOfWeek(HourOfWeek(number).word)?.number == number) }
        #expect(HourOfWeek("5-08")?.number == 4 * 24 + 8)
        for word in ["", "5", "0-08", "8-08", "5-24", "5-8", "5-08-", "+5-08", "5-+8", "5–08"] { #expect(HourOfWeek(word) == nil, "\(word)") }
    }
}
