import Strategy
import Testing
import Workload

import Reports

@Suite("Sums of zones in what leaves the municipality")
struct SumWithholdingTests {
    private func report(_ alarms: [Int]) throws -> Report {
        var input = try ReportFixture(seed: 9, period: ReportPeriod("2026-W41")).input()
        for (zone, count) in zip(input.zones, alarms) {
            input.keyFiguresByZone[zone.id]?.alarms = count
            input.keyFiguresByZone[zone.id]?.closedAtCentre = Share(count / 2, of: count)
        }
        input.keyFigures.alarms = alarms.reduce(0, +)
        input.keyFigures.closedAtCentre = Share(alarms.reduce(0) { $0 + $1 / 2 }, of: alarms.reduce(0, +))
        input.isExternal = true
        return Report(input)
    }

    @Test("one zone under five takes another with it, or the sum would tell what it hides")
    func complementary() throws {
        let report = try report([100, 3, 80, 70, 12, 60])
        #expect(report.keyFiguresByZone.map(\.alarms) == [100, nil, 80, 70, nil, 60] && report.keyFigures.alarms == 325)
        #expect(report.keyFiguresByZone.map(\.closedAtCentre.isWithheld) == [false, true, false, false, true, false])
        #expect(report.heatMaps.isEmpty && report.staffing.profiles.isEmpty)
    }

    @Test("whatever the counts, nothing under five is told, and what is hidden cannot be had from the sum", arguments: 0..<200)
    func property(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let alarms = (0..<6).map { _ in random.chance(400) ? random.below(6) : random.below(60) }
        let report = try report(alarms)
        let told = report.keyFiguresByZone.map(\.alarms)
        #expect(told.allSatisfy { ($0 ?? 0).isTellable } && (report.keyFigures.alarms ?? 0).isTellable, "\(alarms)")
        let hidden = told.count { $0 == nil }
        #expect(report.keyFigures.alarms == nil || hidden != 1, "\(alarms)")
    }
}
