import Telemetry
import Testing
import Workload

import Reports

@Suite("Silence is not calm")
struct SilenceTests {
    private static let now: EventTime = 1_793_000_000_000  // 2026-10-26 08:33 in Oslo

    private func page(lastHeard: EventTime?, silentDays: [LocalTime.Day] = []) -> String {
        QualityPage(
            municipality: "Gjøvik",
            service: .init(journalPosition: 9, viewPosition: 9, isConnected: true, canaries: 1, lanesStuck: 0, problem: nil),
            signals: .init(lastHeard: lastHeard, silentDays: silentDays, silentMillisecondsMax: 3 * TimeRule.hourMilliseconds),
            ledgers: [],
            now: Self.now
        ).html(navigation: .init(path: QualityPage.path, fields: []), style: .inline)
    }

    @Test("data quality is in order only while signals come, and every day of the last weeks had some")
    func quality() {
        let fresh = page(lastHeard: Self.now - 60_000)
        #expect(fresh.contains("Mottaket er i orden") && fresh.contains("Det kommer signaler hver dag, sist \(Norwegian.instant(Self.now - 60_000, .oslo))."))
        let late = page(lastHeard: Self.now - 4 * TimeRule.hourMilliseconds)
        #expect(
            late.contains("Ingen signaler siden \(Norwegian.instant(Self.now - 4 * TimeRule.hourMilliseconds, .oslo)).") && late.contains("1\u{A0}ting å se på")
        )
        let days = [20, 21].map { LocalTime.Day(year: 2026, month: 10, day: $0) }
        let hole = page(lastHeard: Self.now, silentDays: days)
        #expect(hole.contains("Det kom ingenting, ikke engang livstegn, \(Norwegian.dates(days)).") && !hole.contains("i orden:"))
        #expect(page(lastHeard: nil).contains("Ingenting er mottatt ennå."))
    }

    @Test("the board says since when nothing has come")
    func board() {
        let board = LiveBoard(zones: [.init(name: "Biri", figures: .init())], faults: [.silent(since: Self.now)], now: Self.now)
        #expect(board.html.contains("Ingen signaler siden \(Norwegian.instant(Self.now, .oslo)).") && board.html.contains("Stille er ikke rolig"))
    }

    @Test("a report with silent days says so where it says what it covers, and divides nothing by them")
    func report() throws {
        var input = try ReportFixture(seed: 3407, period: try ReportPeriod("2026-10")).input()
        let whole = Report(input)
        let days = (1...20).map { LocalTime.Day(year: 2026, month: 10, day: $0) }
        let bounds = days.map { LocalTime.oslo.bounds(of: $0) }
        input.cells.removeAll { cell in bounds.contains { $0.contains(cell.start) } }
        input.expectsSigns = true
        let report = Report(input)
        #expect(report.coverage.isPartial && report.coverage.silentDays.count == whole.coverage.silentDays.count + 20)
        #expect(report.coverage.wholeDayCount == whole.coverage.wholeDayCount - 20)
        #expect(!report.html().contains(" kom det ingen signaler."))
        var ended = input
        ended.dataUntil = LocalTime.oslo.instant(LocalTime.Day(year: 2026, month: 10, day: 28))
        ended.generatedAt = LocalTime.oslo.instant(LocalTime.Day(year: 2026, month: 11, day: 5))
        ended.cells.removeAll { $0.start >= ended.dataUntil ?? 0 }
        #expect(Report(ended).html().contains("Etter \(Norwegian.date(LocalTime.Day(year: 2026, month: 10, day: 27))) kom det ingen signaler."))
        ended.dataUntil = LocalTime.oslo.instant(LocalTime.Day(year: 2026, month: 10, day: 28)) + 69 * TimeRule.quarterMilliseconds
        #expect(Report(ended).html().contains("Etter 28.\u{A0}oktober\u{A0}2026 kl.\u{A0}17:15 kom det ingen signaler."))
        ended.generatedAt = (ended.dataUntil ?? 0) + 2 * TimeRule.hourMilliseconds
        #expect(!Report(ended).html().contains(" kom det ingen signaler."), "within three hours it may be quiet")
        #expect(report.html().contains("Det kom ingen signaler \(Norwegian.dates(days)); de døgnene er ikke regnet med."))
        let hours = report.staffing.rows.reduce(0) { $0 + ($1.rosteredHours ?? 0) }
        let before = whole.staffing.rows.reduce(0) { $0 + ($1.rosteredHours ?? 0) }
        #expect(hours > 0 && hours < before * 0.6)
    }
}
