import Staffing
import Strategy
import Telemetry
import Testing
import Workload

import Reports

/// What an external edition tells of rosters and shifts beside the call-outs of zones and of the night.
@Suite("The external edition's shifts")
struct ExternalStaffingTests {
    private static func input(seed: UInt64, perDay: Int) throws -> ReportInput {
        var input = try ReportFixture(seed: 3407, period: try ReportPeriod("2026-10")).input()
        let staffing = try StaffingFixture.input(seed: seed, perDay: perDay)
        (input.cells, input.roster) = (staffing.cells, staffing.roster)
        input.staffing = StaffingAnalysis(staffing, effort: .today)
        input.isExternal = true
        return input
    }

    @Test(
        "a zone has all its shifts or none, each with none or five call-outs, and so have the zones that are left out together",
        arguments: [1, 2, 3, 5, 8, 40],
        1...3 as ClosedRange<UInt64>
    )
    func shifts(perDay: Int, seed: UInt64) throws {
        let input = try Self.input(seed: seed, perDay: perDay)
        let report = Report(input)
        let observed = try #require(input.staffing).observed.shifts
        func callOuts(_ zone: String, _ kind: ShiftKind) -> Int { observed.first { $0.zones == [zone] && $0.kind == kind }?.figures.callOuts ?? 0 }
        let told = Dictionary(grouping: report.staffing.rows, by: \.zone.id)
        #expect(told.values.allSatisfy { $0.count == ShiftKind.allCases.count })
        #expect(report.staffing.rows.allSatisfy { callOuts($0.zone.id, $0.kind).isTellable })
        for kind in ShiftKind.allCases {
            let hidden = report.zones.filter { told[$0.id] == nil }.reduce(0) { $0 + callOuts($1.id, kind) }
            #expect(hidden.isTellable || told.isEmpty, "\(kind): \(hidden)")
        }
        #expect(report.staffing.withheldZones.map(\.id) == report.zones.map(\.id).filter { told[$0] == nil })
        // What is left is told without the hour, and without how few were out at once.
        for row in report.staffing.rows {
            #expect(row.exceededQuartersByHour.isEmpty && row.peak.map(\.isTellable) ?? true)
            #expect(row.isGapWithheld || row.shiftsExceeded.numerator > 0 || row.exceededQuarters == 0, "hours of a shift that is not counted")
            #expect(row.isOverlapWithheld || row.shiftsWithOverlap.numerator > 0 || row.overlapHours == 0)
        }
        if perDay == 40 {
            #expect(!report.staffing.rows.isEmpty)
            let few = report.staffing.rows.filter { $0.exceededQuarters > 0 && !$0.isGapWithheld && $0.peak == nil }
            let page = report.html()
            for row in few { #expect(!page.contains("på det meste") && page.contains("\(row.shiftsExceeded.numerator) av")) }
        }
    }

    @Test("where some alarms are open yet, all alarms and the call-outs give one bound of those closed at the centre, whichever are open")
    func openAlarms() throws {
        for alarms in stride(from: 26, through: 300, by: 7) {
            for callOuts in [5, alarms / 3, alarms - 5] {
                let bounds = (0...4).flatMap { unsent in
                    (0...4 - unsent).map { sent in
                        let share = Share(alarms - callOuts - unsent, of: alarms - unsent - sent)
                        let bound = RoundedShare(closedAtCentre: share, alarms: alarms, callOuts: callOuts)
                        #expect(bound.map { Double($0.percent) <= 100 * Double(share.numerator) / Double(share.denominator) } ?? false)
                        return bound
                    }
                }
                #expect(bounds.allSatisfy { $0 == bounds[0] } && bounds[0]?.words == .atLeast)
            }
        }
        #expect(RoundedShare(closedAtCentre: Share(60, of: 95), alarms: 100, callOuts: 35) == nil, "five are open, and may be told")
        #expect(RoundedShare(closedAtCentre: Share(70, of: 98), alarms: 100, callOuts: 35) == nil, "of other alarms than the call-outs")
    }

    @Test("a zone's alarms of a kind are not to be had where all of one kind are unintended and none of the others", arguments: [0, 4])
    func kindsApart(mixed: Int) throws {
        var input = try GoalFixture.input()
        input.isExternal = true
        var data = try #require(input.indicatorData)
        func figures(_ alarms: Int, _ callOuts: Int, _ unintended: Int) -> KeyFigures {
            var figures = KeyFigures.none
            figures.alarms = alarms
            (figures.closedAtCentre, figures.unintended) = (Share(alarms - callOuts, of: alarms), Share(unintended, of: alarms))
            return figures
        }
        let (first, second) = (input.zones[0].id, input.zones[1].id)
        input.keyFiguresByZone = [first: figures(30, 7, 5), second: figures(25, 11, 15)]
        input.keyFigures = figures(55, 18, 20)
        data.keyFigures = input.keyFigures
        data.callOuts = 18
        for place in data.uses.indices { (data.uses[place].alarms, data.uses[place].callOuts, data.uses[place].unintended) = (0, 0, 0) }
        (data.uses[0].alarms, data.uses[0].callOuts, data.uses[0].unintended) = (35, 9, mixed)
        data.alarmsOfUnknown = .init(alarms: 20, callOuts: 9, unintended: 20 - mixed)
        input.indicatorData = data
        let report = Report(input)
        #expect(report.keyFigures.unintended.share != nil)
        for zone in [first, second] {
            let row = try #require(report.keyFiguresByZone.first { $0.zone?.id == zone })
            #expect((row.unintended.share != nil) == (mixed > 0), "\(zone)")
        }
    }
}
