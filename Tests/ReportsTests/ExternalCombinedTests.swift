import Strategy
import Telemetry
import Testing
import Workload

import Reports

/// Counts of one to four that follow from two figures of one edition, each of which could be told alone.
@Suite("The external edition's figures beside one another")
struct ExternalCombinedTests {
    private func input(_ change: (inout ReportInput, inout IndicatorData) throws -> Void) throws -> ReportInput {
        var input = try GoalFixture.input()
        input.isExternal = true
        var data = try #require(input.indicatorData)
        try change(&input, &data)
        input.indicatorData = data
        return input
    }

    private func row(_ measure: IndicatorMeasure, _ report: Report) throws -> IndicatorRow {
        try #require((report.frameworks ?? []).flatMap(\.indicators).first { $0.indicator.measure == measure })
    }

    @Test("where two have left in the month, rates for all who were users are not told beside the users at its end")
    func left() throws {
        for (users, isTold) in [(115, true), (117, false), (120, true)] {
            let report = Report(try input { $1.users = users })
            #expect(report.benefits?.kinds.first { $0.kind == .technology(.safetyAlarm) }?.users == 115)
            #expect(try (row(.callOutsPer100Users, report).figure != nil) == isTold)
            #expect(try (row(.nightCallOutsPer100Users, report).figure != nil) == isTold)
        }
    }

    @Test("a share's bound tells its denominator, so it is told where that is no handful away from other counts of the same")
    func denominators() throws {
        for (answered, isTold) in [(71, true), (70, false), (67, false), (66, true)] {
            let input = try input { input, data in
                input.keyFiguresByZone = [:]
                input.keyFigures.alarms = 71
                input.keyFigures.closedAtCentre = Share(50, of: 71)
                input.keyFigures.unintended = Share(20, of: 71)
                input.keyFigures.answer.n = answered
                input.keyFigures.answer.none = 71 - answered
                input.keyFigures.answer.within = [Share(answered - 2, of: answered), Share(answered, of: answered)]
                data.keyFigures = input.keyFigures
                data.callOuts = 21
                data.alarmsOfUnknown = .init()
                for place in data.uses.indices { (data.uses[place].alarms, data.uses[place].callOuts) = (0, 0) }
            }
            let report = Report(input)
            #expect(report.keyFigures.answer.within[0].share == nil && (report.keyFigures.answer.within[0].rounded != nil) == isTold, "\(answered)")
        }
    }

    @Test("times are not told beside a share that is not: the ninth of ten beyond a limit tells how many are late at least")
    func percentiles() throws {
        let input = try input { input, data in
            input.keyFiguresByZone = [:]
            var attendance = WaitFigures(
                waits: (0..<35).map { $0 < 31 ? 1_000_000 : 4_000_000 },
                none: 0,
                negative: 0,
                limitsMilliseconds: KeyFigures.attendanceLimitsMilliseconds
            )
            attendance.within[0] = Share(20, of: 35)
            input.keyFigures.attendance = attendance
            data.keyFigures = input.keyFigures
        }
        let told = Report(input).keyFigures.attendance
        #expect(told.within[1].share == nil && told.p90Milliseconds == nil && told.p50Milliseconds == nil)
    }

    @Test("who has two technologies, or two devices of one, is not to be had by taking users from one another")
    func overlaps() throws {
        let apart = Report(try input { $1.technologyUsers = 125 })
        let few = Report(try input { $1.technologyUsers = 128 })
        #expect(apart.benefits?.users == 125 && few.benefits?.users == nil)
        #expect(try row(.technologyUsersPer1000, few).figure == nil)
        let devices = Report(try input { $1.uses[0].devices = 13 })
        let load = try #require(devices.benefits?.kinds.first { $0.kind == .technology(.medicationDispenser) })
        #expect(load.users == nil && load.devices == nil)
    }

    @Test("between two limits, and behind answers, no handful is told by a bound that is missing")
    func missingBounds() throws {
        func told(_ change: (inout KeyFigures) -> Void) throws -> Report {
            Report(
                try input { input, data in
                    input.keyFiguresByZone = [:]
                    input.keyFigures.alarms = 120
                    change(&input.keyFigures)
                    data.keyFigures = input.keyFigures
                    data.callOuts = 30
                    data.alarmsOfUnknown = .init()
                    for place in data.uses.indices { (data.uses[place].alarms, data.uses[place].callOuts) = (0, 0) }
                }
            )
        }
        for within in 24...30 {
            let report = try told { figures in
                figures.attendance = WaitFigures(waits: [], none: 0, negative: 0, limitsMilliseconds: KeyFigures.attendanceLimitsMilliseconds)
                figures.attendance.n = 30
                figures.attendance.within = [Share(24, of: 30), Share(within, of: 30)]
            }
            let attendance = report.keyFigures.attendance
            if attendance.within[0].share != nil { #expect(attendance.within[1].rounded == nil, "\(within)") }
        }
        let report = try told { figures in
            figures.answer = WaitFigures(waits: [], none: 5, negative: 1, limitsMilliseconds: KeyFigures.answerLimitsMilliseconds)
            figures.answer.n = 114
            figures.answer.within = [Share(100, of: 114), Share(107, of: 114)]
        }
        #expect(report.keyFigures.answer.within[0].share != nil && report.keyFigures.answer.none == nil)
        let row = (report.frameworks ?? []).flatMap(\.indicators).first { $0.indicator.measure == .unanswered }
        #expect(row.map { $0.figure == nil } ?? true)
    }

    @Test("who has not the technology that most have is not to be had from the users of all")
    func rest() throws {
        let few = Report(try input { ($1.usersByTechnology, $1.technologyUsers) = ([.digitalSupervision: 40, .safetyAlarm: 10], 41) })
        #expect(few.benefits?.users == nil)
    }

    @Test("what a safety alarm did is not told where one to four of its alarms are open yet, and round hours hold for other counts of the same alarms")
    func open() throws {
        let benefits = try BenefitAssumptions(yaml: GoalFixture.text("3441-gausdal/benefits.yaml"))
        func freed(done: Int) throws -> FreedFigures {
            let input = try input { input, data in
                input.keyFiguresByZone = [:]
                input.keyFigures.unintended = Share(20, of: input.keyFigures.alarms)
                data.keyFigures = input.keyFigures
                (data.uses[2].alarms, data.uses[2].callOuts, data.uses[2].unintended, data.uses[2].technical) = (100, 40, 20, 0)
                (data.uses[3].alarms, data.uses[3].callOuts, data.alarmsOfUnknown) = (0, 0, .init())
                data.freed = FreedHours(benefits, counts: [.safetyAlarm: .init(done: done)])
            }
            return try #require(Report(input).benefits?.freed)
        }
        #expect(try freed(done: 40).rows[0].done == 40 && freed(done: 39).rows[0].done == nil && freed(done: 34).rows[0].done == 34)
    }

    @Test("devices that came or left are not told by their days, nor late events by a share of them")
    func passing() throws {
        let input = try input { input, data in
            input.deviceDaysByGroup = [
                .init(zone: input.zones[0].id, technology: .safetyAlarm): .init(
                    days: .init(withSign: 1799, registered: 1799),
                    devices: 60,
                    silentDevices: 0,
                    passingDevices: 1
                )
            ]
            data.late = Share(1, of: 80)
        }
        let report = Report(input)
        #expect(report.availability?.rows.allSatisfy { row in row.shares.allSatisfy { $0?.share == nil } } == true)
        let late = (report.frameworks ?? []).flatMap(\.indicators).first { $0.indicator.measure == .late }
        #expect(late.map { $0.figure == nil } ?? true)
    }

    @Test("what those with most call-outs have beyond one each is no handful, nor are those who have more than one; no interval tells of each")
    func repeatUsers() throws {
        func told(_ callOuts: [Int]) throws -> IndicatorRow? {
            var measured = callOuts
            measured += Array(repeating: 0, count: 115 - measured.count)
            let input = try input { _, data in
                data.callOutsByUser = measured
                data.callOuts = callOuts.reduce(0, +)
            }
            let goals = try #require(input.goals)
            guard goals.indicator(of: .repeatUsers) != nil else { return nil }
            return try row(.repeatUsers, Report(input))
        }
        #expect(try told([2, 1, 1, 1, 1, 1] + Array(repeating: 1, count: 40))?.figure == nil)
        #expect(try told([12, 1, 1, 1, 1, 1] + Array(repeating: 1, count: 40))?.figure == nil, "one has all that is more than one each")
        #expect(try told([3, 2, 2, 2, 2, 2] + Array(repeating: 1, count: 40))?.figure == nil, "one has three")
        let several = try #require(try told([6, 5, 5, 4, 4, 4] + Array(repeating: 1, count: 40)))
        let figure = try #require(several.figure)
        #expect(figure.value == 0.41 && figure.low == nil && figure.count == 0 && several.isRounded && several.status == nil)
    }

    @Test("no trend leaves: how rare it is tells of the periods before, and their editions may have left something out")
    func trends() throws {
        let input = try input { input, data in input.earlierIndicators = Array(repeating: data, count: 7) }
        #expect((Report(input).frameworks ?? []).flatMap(\.indicators).allSatisfy { $0.trend == nil })
        var own = input
        own.isExternal = false
        #expect((Report(own).frameworks ?? []).flatMap(\.indicators).contains { $0.trend != nil })
    }

    @Test("alarms that nobody was sent to are not to be had by taking those that somebody was to attend to from all", arguments: [18, 15, 20])
    func unattended(attended: Int) throws {
        let input = try input { input, data in
            input.keyFiguresByZone = [:]
            input.keyFigures.alarms = 20
            (input.keyFigures.closedAtCentre, input.keyFigures.unintended) = (Share(0, of: 0), Share(0, of: 0))
            var attendance = WaitFigures(waits: [], none: 0, negative: 0, limitsMilliseconds: KeyFigures.attendanceLimitsMilliseconds)
            attendance.n = attended
            attendance.within = [Share(attended - 6, of: attended), Share(attended - 6, of: attended)]
            input.keyFigures.attendance = attendance
            (data.keyFigures, data.callOuts) = (input.keyFigures, 10)
            data.alarmsOfUnknown = .init()
            for place in data.uses.indices { (data.uses[place].alarms, data.uses[place].callOuts) = (0, 0) }
            data.simultaneous = Share(5, of: attended)
        }
        let report = Report(input)
        #expect((report.keyFigures.attendance.within[0].share != nil) == (attended != 18))
        let together = (report.frameworks ?? []).flatMap(\.indicators).first { $0.indicator.measure == .simultaneousResponses }
        #expect(together.map { ($0.figure != nil) == (attended != 18) } ?? true)
    }

    @Test("devices of no known model are not to be had by taking those of known ones from all of zones", arguments: [0, 3, 7])
    func unknownDevices(unknown: Int) throws {
        let input = try input { input, data in
            data.uses = [.init(kind: .technology(.safetyAlarm), users: 60, devices: 60)]
            (data.usersByTechnology, data.technologyUsers) = ([.safetyAlarm: 60], 60)
            func group(_ devices: Int) -> ReportInput.DeviceGroupDays {
                .init(days: .init(withSign: 30 * devices, registered: 30 * devices), devices: devices, silentDevices: 0)
            }
            input.deviceDaysByGroup = [
                .init(zone: input.zones[0].id, technology: .safetyAlarm): group(30), .init(zone: input.zones[1].id, technology: .safetyAlarm): group(30),
                .init(zone: input.zones[0].id, technology: nil): group(unknown),
            ]
        }
        let report = Report(input)
        #expect(report.benefits?.kindsSum.devices == 60)
        let rows = try #require(report.availability?.rows)
        #expect(rows.count == 1 && rows.allSatisfy { ($0.shares.last??.share != nil) == (unknown != 3) })
    }

    @Test("a projection tells its users where other users are no handful away, and is left out where an age group is one")
    func projections() throws {
        func report(_ groups: [Int], basis: ProjectionAnswer.Basis = .assumed) throws -> Report {
            var input = try input { _, _ in }
            var planning = try GoalFixture.planning()
            let answer = try #require(planning.projection)
            let rows = zip(groups, [(67, 79), (80, 89), (90, nil)]).map { users, ages in
                UsersByAge.Row(age: AgeGroup(from: ages.0, to: ages.1), technology: .safetyAlarm, users: users)
            }
            planning.projection = ProjectionAnswer(
                number: answer.number,
                name: answer.name,
                projection: answer.projection,
                assumptions: answer.assumptions,
                users: UsersByAge(rows: rows),
                measured: nil,
                need: answer.need,
                basis: basis
            )
            input.planning = planning
            return Report(input)
        }
        let (same, near, few) = (try report([25, 62, 28]), try report([25, 62, 26]), try report([50, 62, 3]))
        #expect(same.planning?.projection?.usersToday == 115 && same.planPage().contains("115 brukere av trygghetsalarm"))
        #expect(near.planning?.projection != nil && near.planning?.projection?.usersToday == nil && !near.planPage().contains("113 brukere"))
        let table = try #require(near.tables().first { $0.id == "framskriving" })
        let column = try #require(table.columns.firstIndex { $0.name == "Brukere av trygghetsalarm" })
        #expect(!table.rows.isEmpty && table.rows.allSatisfy { row in row[column] == .withheld })
        #expect(few.planning?.projection == nil && few.planning?.isProjectionWithheld == true && few.planPage().contains("for få av til å fortelle om"))
        for callOuts in [3, 7] {
            let page = try report([25, 62, 28], basis: .tooLittle(.init(wholeDays: 31, days: 31, callOuts: callOuts))).planPage()
            #expect(page.contains("31 av 31 hele døgn og et antall utrykninger som er skjult"))
        }
    }

    @Test("call-outs that began while another went on are told where no shift's are hidden, and no handful beyond the shifts that are told")
    func simultaneous() throws {
        let plain = Report(try input { _, _ in })
        let shifts = plain.staffing.rows.reduce(0) { $0 + $1.shiftsWithOverlap.numerator }
        let isHidden = plain.staffing.rows.contains(where: \.isOverlapWithheld)
        for (more, isTold) in [(0, true), (3, false), (9, true)] {
            let report = Report(try input { _, data in data.simultaneous = Share(shifts + more, of: data.callOuts.map { max($0, shifts + more + 20) } ?? 0) })
            let row = try row(.simultaneousResponses, report)
            if isHidden || !isTold { #expect(row.figure == nil) }
        }
        let bare = Report(try input { input, data in (input.cells, input.roster, input.staffing, data.simultaneous) = ([], nil, nil, Share(12, of: 82)) })
        #expect(bare.staffing.rows.allSatisfy { !$0.isOverlapWithheld })
        #expect(try row(.simultaneousResponses, bare).figure != nil)
    }
}
