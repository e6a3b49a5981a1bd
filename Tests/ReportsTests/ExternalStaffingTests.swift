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
        (input.cells, input.roster) = (StaffingFixture.cells(staffing.alarms), staffing.roster)
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
            #expect(row.exceededQuartersByHour.isEmpty && row.peak == nil)
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
        for alarms in 0...60 {
            for open in 0...min(6, alarms) {
                for callOuts in 0...alarms - open {
                    let bound = RoundedShare(closedAtCentre: Share(alarms - open - callOuts, of: alarms - open), alarms: alarms, callOuts: callOuts)
                    if callOuts < 5 || open > 4 { #expect(bound == nil) }
                }
            }
        }
        #expect(RoundedShare(closedAtCentre: Share(60, of: 95), alarms: 100, callOuts: 35) == nil, "five are open, and may be told")
        #expect(RoundedShare(closedAtCentre: Share(70, of: 98), alarms: 100, callOuts: 35) == nil, "of other alarms than the call-outs")
    }

    @Test("a zone's call-outs are not told by how soon somebody came where its alarms closed at the centre are hidden with a small zone's")
    func attended() throws {
        var input = try GoalFixture.input()
        input.isExternal = true
        var data = try #require(input.indicatorData)
        func figures(_ callOuts: Int, _ unsent: Int, late: Int) -> KeyFigures {
            var figures = KeyFigures.none
            figures.alarms = callOuts + unsent
            figures.closedAtCentre = Share(unsent, of: callOuts + unsent)
            figures.attendance = WaitFigures(
                waits: (0..<callOuts).map { $0 < late ? 3_000_000 : 1_200_000 },
                none: 0,
                negative: 0,
                limitsMilliseconds: KeyFigures.attendanceLimitsMilliseconds
            )
            return figures
        }
        let zones = [figures(20, 20, late: 3), figures(9, 16, late: 0), figures(4, 20, late: 2)]
        input.zones = ["nord", "sor", "vest"].map { .init(id: $0, name: $0) }
        input.keyFiguresByZone = Dictionary(uniqueKeysWithValues: zip(input.zones.map(\.id), zones))
        input.keyFigures = figures(33, 56, late: 5)
        (data.keyFigures, data.callOuts, data.alarmsOfUnknown) = (input.keyFigures, 33, .init())
        for place in data.uses.indices { (data.uses[place].alarms, data.uses[place].callOuts, data.uses[place].unintended) = (0, 0, 0) }
        input.indicatorData = data
        let report = Report(input)
        #expect(report.dispatched == 33 && report.keyFigures.closedAtCentre.share != nil)
        for row in report.keyFiguresByZone where row.closedAtCentre.share == nil { #expect(row.attendance.within.allSatisfy { $0.share == nil }) }
        #expect(report.keyFiguresByZone.contains { $0.closedAtCentre.share == nil } && report.keyFiguresByZone.contains { $0.closedAtCentre.share != nil })
    }

    @Test("who did not answer is not to be had by what the share leaves of the alarms, nor those who did by what is left of all")
    func withoutStep() throws {
        func report(_ zones: [(alarms: Int, unanswered: Int)]) throws -> Report {
            var input = try GoalFixture.input()
            input.isExternal = true
            func figures(_ alarms: Int, _ unanswered: Int) -> KeyFigures {
                var figures = KeyFigures.none
                figures.alarms = alarms
                (figures.closedAtCentre, figures.unintended) = (Share(alarms, of: alarms), Share(0, of: alarms))
                let waits = Array(repeating: Int64(20_000), count: alarms - unanswered)
                figures.answer = WaitFigures(waits: waits, none: unanswered, negative: 0, limitsMilliseconds: KeyFigures.answerLimitsMilliseconds)
                return figures
            }
            input.zones = zones.indices.map { .init(id: "z\($0)", name: "Z\($0)") }
            for (zone, counts) in zip(input.zones, zones) { input.keyFiguresByZone[zone.id] = figures(counts.alarms, counts.unanswered) }
            input.keyFigures = figures(zones.reduce(0) { $0 + $1.alarms }, zones.reduce(0) { $0 + $1.unanswered })
            input.indicatorData = nil
            return Report(input)
        }
        let three = try report([(40, 2), (60, 6), (75, 5)])
        for row in three.keyFiguresByZone where row.answer.within[0].share == nil { #expect(row.answer.none == nil) }
        #expect(three.keyFiguresByZone[0].answer.none == nil && three.keyFigures.answer.none == 13)
        #expect(try report([(40, 37)]).keyFigures.answer.none == nil, "three answered")
        #expect(try report([(40, 30)]).keyFigures.answer.none == 30)
        #expect(try report([(40, 0), (60, 0)]).keyFiguresByZone.allSatisfy { $0.answer.none == 0 })
    }

    @Test("that a period has too few call-outs to project from is not told where they are hidden")
    func tooLittle() throws {
        for (callOuts, isTold) in [(9, true), (109, false)] {
            var input = try GoalFixture.input()
            input.isExternal = true
            var planning = try GoalFixture.planning()
            let answer = try #require(planning.projection)
            planning.projection = ProjectionAnswer(
                number: answer.number,
                name: answer.name,
                projection: answer.projection,
                assumptions: answer.assumptions,
                users: UsersByAge(rows: [.init(age: AgeGroup(from: 67, to: nil), technology: .safetyAlarm, users: 115)]),
                measured: nil,
                need: answer.need,
                basis: .tooLittle(.init(wholeDays: 31, days: 31, callOuts: 9))
            )
            input.planning = planning
            input.keyFigures.alarms = 112
            input.indicatorData?.callOuts = callOuts
            let report = Report(input)
            #expect((report.dispatched != nil) == isTold && (report.planning?.projection != nil) == isTold)
        }
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
