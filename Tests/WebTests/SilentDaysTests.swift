import Foundation
import Reports
import Store
import Telemetry
import Testing
import Web
import Workload

@Suite("Silent days")
struct SilentDaysTests {
    @Test("days after the last event are not counted as quiet; the day of the last event is whole, and a running day ends now")
    func silence() async throws {
        let site = try await ServedSite()
        let views = try ViewsReader(folder: site.folder)
        let gjovik = try #require(ServedSite.plan.municipalities.first { $0.number == "3407" })
        let municipality = ReportedMunicipality(gjovik)
        let period = try ReportPeriod("2026-11")
        let running = try municipality.reportInput(period: try ReportPeriod("2026-10"), views: views, now: ServedSite.now)
        #expect(running.dataUntil == ServedSite.now)
        let later = try municipality.reportInput(period: period, views: views, now: ServedSite.now + 20 * TimeRule.dayMilliseconds)
        #expect(later.dataUntil == LocalTime.oslo.instant(.init(year: 2026, month: 10, day: 27)))
        #expect(Report(later).coverage.days == nil)
    }

    @Test("where many devices give signs of life, data end with the last of them; until three hours after it they go on")
    func signsEnd() async throws {
        let site = try await ServedSite()
        let views = try ViewsReader(folder: site.folder)
        var municipality = ReportedMunicipality(try #require(ServedSite.plan.municipalities.first { $0.number == "3407" }))
        let end = try #require(try views.lastQuarterEnd(municipality: "3407"))
        let (hour, period) = (TimeRule.hourMilliseconds, try ReportPeriod("2026"))
        func dataUntil(_ now: EventTime) throws -> EventTime? { try municipality.reportInput(period: period, views: views, now: now).dataUntil }
        let dayEnd = LocalTime.oslo.instant(LocalTime.oslo.day(at: end - 1).advanced(by: 1))
        #expect(end < dayEnd, "the day goes on after what came last")
        #expect(try dataUntil(dayEnd + 30 * hour) == dayEnd, "few devices may be quiet for hours")
        municipality.devices = (0..<20).map { .init(device: "m-\($0)", zone: "biri", from: nil, to: nil, isSafetyAlarm: true) }
        #expect(try dataUntil(end + 2 * hour) == end + 2 * hour)
        #expect(try dataUntil(end + 4 * hour) == end && dataUntil(dayEnd + 30 * hour) == end)
    }

    @Test("before anything has come no device is said to be silent")
    func nothingYet() async throws {
        let site = try await ServedSite()
        let views = try ViewsReader(folder: site.folder)
        var oyer = ReportedMunicipality(try #require(ServedSite.plan.municipalities.first { $0.number == "3440" }))
        oyer.devices = [.init(device: "o-1", zone: "tretten", from: nil, to: nil, isSafetyAlarm: true)]
        let input = try oyer.reportInput(period: try ReportPeriod("2026-10"), views: views, now: ServedSite.now)
        #expect(input.usersByZone == ["tretten": 1])
        #expect(input.deviceDaysByZone.isEmpty && input.deviceDaysByGroup.isEmpty)
    }
}
