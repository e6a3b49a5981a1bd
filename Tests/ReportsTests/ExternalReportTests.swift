import Staffing
import Strategy
import Telemetry
import Testing
import Workload

import Reports

@Suite("The external edition")
struct ExternalReportTests {
    /// Columns of counts that are of no events, people or devices: steps of a ladder, days of a week, places, and figures of public statistics.
    private static let plans: Set = ["plasser", "kostra", "framskriving", "bemanning-kapasitet"]

    /// A municipality whose zones, technologies and shifts are small by chance.
    private func input(seed: Int) throws -> ReportInput {
        var random = SeededRandom(seed: UInt64(seed))
        func few(_ most: Int = 60) -> Int { random.chance(400) ? random.below(6) : random.below(most) }
        var input = try ReportFixture(seed: 9, period: ReportPeriod("2026-W41")).input()
        input.isExternal = true
        input.goals = try Goals(yaml: GoalFixture.text("3441-gausdal/goals.yaml"))
        for zone in input.zones {
            let waits = (0..<few()).map { _ in Int64(random.below(300_000)) }
            let ways = (0..<few()).map { _ in Int64(random.below(4_800_000)) }
            let (none, closed) = (random.below(4), few())
            let alarms = max(waits.count + none, closed)
            input.keyFiguresByZone[zone.id] = KeyFigures(
                alarms: alarms,
                answer: WaitFigures(waits: waits, none: none, negative: 0, limitsMilliseconds: KeyFigures.answerLimitsMilliseconds),
                attendance: WaitFigures(waits: ways, none: random.below(3), negative: 0, limitsMilliseconds: KeyFigures.attendanceLimitsMilliseconds),
                closedAtCentre: Share(random.below(closed + 1), of: closed),
                unintended: Share(random.below(closed + 1), of: closed)
            )
            for technology in [Technology.safetyAlarm, .medicationDispenser, .electronicLock] {
                let devices = few(20)
                guard devices > 0 else { continue }
                let silent = random.below(devices)
                input.deviceDaysByGroup[.init(zone: zone.id, technology: technology)] =
                    .init(days: .init(withSign: devices * 7 - silent, registered: devices * 7), devices: devices, silentDevices: silent)
            }
        }
        input.keyFigures = sum(input.zones.compactMap { input.keyFiguresByZone[$0.id] })
        var data = try GoalFixture.data(input.keyFigures)
        for place in data.uses.indices {
            data.uses[place].users = few()
            data.uses[place].devices = data.uses[place].users
            data.uses[place].alarms = few()
            data.uses[place].callOuts = random.below(data.uses[place].alarms + 1)
            data.uses[place].unintended = random.below(data.uses[place].alarms + 1)
        }
        // Counts of the same by other ways: the same, or some more or fewer.
        func near(_ count: Int) -> Int { max(0, count + random.below(9) - 4) }
        data.callOuts = random.chance(300) ? few() : near(input.keyFigures.attendance.n)
        data.silent = Share(few(), of: 60 + near(input.keyFigures.alarms))
        data.simultaneous = Share(0, of: near(data.callOuts ?? 0))
        let solved = near(input.keyFigures.closedAtCentre.numerator)
        data.lowestEffectiveStep = Share(solved, of: solved + near(data.callOuts ?? 0))
        data.nightCallOuts = random.below((data.callOuts ?? 0) + 1)
        data.freed = FreedHours(
            try BenefitAssumptions(yaml: GoalFixture.text("3441-gausdal/benefits.yaml")),
            counts: [
                .safetyAlarm: .init(done: few(300), newWork: [.falseAlarm: few(20), .technicalVisit: random.below(4)]),
                .medicationDispenser: .init(done: few(900), newWork: [.followUp: few(40)]),
            ]
        )
        input.indicatorData = data
        return input
    }

    private func sum(_ figures: [KeyFigures]) -> KeyFigures {
        func wait(_ waits: [WaitFigures], _ limits: [Int64]) -> WaitFigures {
            var sum = WaitFigures(waits: [], none: waits.reduce(0) { $0 + $1.none }, negative: 0, limitsMilliseconds: limits)
            sum.n = waits.reduce(0) { $0 + $1.n }
            sum.within = (0..<2).map { place in Share(waits.reduce(0) { $0 + $1.within[place].numerator }, of: sum.n) }
            return sum
        }
        func share(_ shares: [Share]) -> Share { Share(shares.reduce(0) { $0 + $1.numerator }, of: shares.reduce(0) { $0 + $1.denominator }) }
        return KeyFigures(
            alarms: figures.reduce(0) { $0 + $1.alarms },
            answer: wait(figures.map(\.answer), KeyFigures.answerLimitsMilliseconds),
            attendance: wait(figures.map(\.attendance), KeyFigures.attendanceLimitsMilliseconds),
            closedAtCentre: share(figures.map(\.closedAtCentre)),
            unintended: share(figures.map(\.unintended))
        )
    }

    /// Cells of columns of counts that tell of one to four.
    private func fews(_ report: Report) -> [String] {
        report.tables().filter { !Self.plans.contains($0.id) }.flatMap { table in
            table.rows.flatMap { row in
                zip(table.columns, row).compactMap { column, cell -> String? in
                    // Lines of the ledger are what leaders have entered, not residents.
                    let isLedger = table.id == "realisert" || table.id == "maal" && [.text("realised-hours"), .text("realised-kroner")].contains(row[3])
                    guard column.unit == .count, !isLedger, case .number(let number) = cell, (1..<5).contains(number) else { return nil }
                    return "\(table.id).\(column.name): \(row)"
                }
            }
        }
    }

    @Test("no count of one to four of anything stands in any table", arguments: 0..<120)
    func counts(seed: Int) throws {
        let report = Report(try input(seed: seed))
        #expect(fews(report) == [])
        #expect(!report.tables().contains { ["belastning", "uka", "datakvalitet"].contains($0.id) })
    }

    @Test("the parts of each figure that can be reckoned of zones and their sum, told or left, are none or five at least", arguments: 0..<120)
    func subtracted(seed: Int) throws {
        let input = try input(seed: seed)
        let report = Report(input)
        let shares: [(KeyPath<KeyFigureRow, ReportedShare>, KeyPath<KeyFigures, Share>)] = [
            (\.answer.within[0], \.answer.within[0]), (\.answer.within[1], \.answer.within[1]), (\.attendance.within[0], \.attendance.within[0]),
            (\.closedAtCentre, \.closedAtCentre), (\.unintended, \.unintended),
        ]
        for (told, true_) in shares {
            let hidden = report.keyFiguresByZone.filter { $0[keyPath: told].share == nil }.compactMap { row in
                row.zone.flatMap { input.keyFiguresByZone[$0.id] }
            }
            for row in report.keyFiguresByZone + [report.keyFigures] {
                guard let share = row[keyPath: told].share else { continue }
                #expect(share.isTellable, "\(share)")
            }
            guard report.keyFigures[keyPath: told].share != nil else { continue }
            let rest = Share(hidden.reduce(0) { $0 + $1[keyPath: true_].numerator }, of: hidden.reduce(0) { $0 + $1[keyPath: true_].denominator })
            #expect(rest.isTellable, "\(rest)")
        }
        for row in report.keyFiguresByZone {
            guard let alarms = row.alarms, let share = row.answer.within[0].share else { continue }
            #expect((alarms - share.denominator).isTellable, "alarms less those answered are those without an answer")
        }
    }

    @Test("no two counts of the same events that the edition tells, in whatever table, differ by one to four", arguments: 0..<200)
    func apart(seed: Int) throws {
        let input = try input(seed: seed)
        let report = Report(input)
        let (row, sum) = (report.keyFigures, report.benefits?.kindsSum)
        func share(_ measure: IndicatorMeasure) -> Share? {
            let found = (report.frameworks ?? []).flatMap(\.indicators).first { $0.indicator.measure == measure }
            return found.flatMap { row in row.isRounded ? nil : row.figure.map { Share(Int($0.numerator), of: Int($0.denominator)) } }
        }
        func ended(_ share: Share?) -> Int? { share.map { $0.denominator - $0.numerator } }
        let (closed, solved) = (row.closedAtCentre.share, share(.lowestEffectiveStep))
        let alarms: [Int?] = [
            row.alarms, row.answer.within[0].share?.denominator, row.answer.within[1].share?.denominator, closed?.denominator,
            row.unintended.share?.denominator, sum?.alarms, share(.silent)?.denominator, solved?.denominator,
        ]
        let callOuts: [Int?] = [
            report.dispatched, row.attendance.within[0].share?.denominator, sum?.callOuts, ended(closed), ended(solved),
            share(.simultaneousResponses)?.denominator,
        ]
        let atCentre: Int? = row.alarms.flatMap { alarms in report.dispatched.map { alarms - $0 } }
        let freed: Int? = report.benefits?.freed?.rows.first { $0.technology == .safetyAlarm }?.done
        let centre: [Int?] = [closed?.numerator, solved?.numerator, atCentre, freed]
        let unintended: [Int?] = [row.unintended.share?.numerator, sum?.unintended]
        let told: [(events: String, counts: [Int?])] = [
            ("alarms", alarms), ("call-outs", callOuts), ("closed at the centre", centre), ("unintended", unintended),
        ]
        for (events, counts) in told {
            let counts = counts.compactMap(\.self)
            for count in counts { #expect(counts.allSatisfy { ($0 - count).isTellable }, "\(events): \(counts)") }
        }
        // Where a sum is not told, it is not to be had by adding zones either.
        let rows = report.keyFiguresByZone.map(\.closedAtCentre.share)
        if closed == nil, input.keyFigures.closedAtCentre.denominator > 0 { #expect(rows.contains { $0 == nil }) }
    }

    @Test("a technology is told as it is, or in round hours; the rows add up or are round", arguments: 0..<200)
    func freedRows(seed: Int) throws {
        var input = try input(seed: seed)
        var random = SeededRandom(seed: UInt64(1000 + seed))
        func few() -> Int { random.chance(500) ? random.below(6) : random.below(400) }
        let benefits = try BenefitAssumptions(yaml: GoalFixture.text("3441-gausdal/benefits.yaml"))
        var counts: [Technology: FreedHours.Counts] = [:]
        for technology in [Technology.digitalSupervision, .medicationDispenser, .electronicLock, .safetyAlarm] {
            counts[technology] = .init(done: few(), newWork: [.followUp: random.below(30), .falseAlarm: few(), .technicalVisit: random.below(8)])
        }
        let freed = FreedHours(benefits, counts: counts)
        input.indicatorData?.freed = freed
        let told = try #require(Report(input).benefits?.freed)
        for (row, counted) in zip(told.rows, freed.rows) {
            let all = [counted.counts.done] + counted.counts.newWork.values
            if all.contains(where: { !$0.isTellable }) {
                #expect(row.done == nil && row.freed == nil && row.newWork == nil, "\(counted)")
                guard let net = row.net else { continue }
                #expect(row.isRounded && [net.low, net.main, net.high].allSatisfy { $0.truncatingRemainder(dividingBy: 5) == 0 })
            } else if row.done != nil {
                #expect(row.net == counted.net && row.newWork == counted.newWork && !row.isRounded, "what may be told is not rounded")
            }
        }
        if let sum = told.sum.net, !told.sum.isRounded {
            #expect(told.rows.allSatisfy { $0.done != nil } && abs(sum.main - told.rows.reduce(0) { $0 + ($1.net?.main ?? 0) }) < 1e-9)
        }
        #expect((told.sum.net == nil) == told.rows.contains { $0.net == nil }, "a row that is hidden is not to be had from the sum")
    }

    @Test("of a hidden figure the status is hidden too; a projection is in whole percent; the sheet says that help in time is hidden")
    func hidden() throws {
        var input = try GoalFixture.input(goals: "3440-oyer")
        input.isExternal = true
        input.planning = try GoalFixture.planning()
        var attendance = WaitFigures(waits: [], none: 0, negative: 0, limitsMilliseconds: KeyFigures.attendanceLimitsMilliseconds)
        attendance.n = 19
        attendance.within = [Share(17, of: 19), Share(19, of: 19)]
        input.keyFigures.attendance = attendance
        input.keyFiguresByZone = [:]
        input.indicatorData?.keyFigures.attendance = attendance
        let report = Report(input)
        let row = try #require((report.frameworks ?? []).flatMap(\.indicators).first { $0.indicator.measure == .attendanceWithin45Minutes })
        #expect(row.figure == nil && row.status == nil)
        let goals = try #require(report.tables().first { $0.id == "maal" })
        let status = try #require(goals.columns.firstIndex { $0.name == "Status" })
        #expect(goals.rows.filter { $0[3] == .text("attendance-within-45min") }.allSatisfy { $0[status] == .withheld })
        #expect(report.summaryPage().contains("Kommer hjelpen fram i tide?") && report.summaryPage().contains("innen 45 minutter er skjult"))
        let projection = try #require(report.tables().first { $0.id == "framskriving" })
        for (place, column) in projection.columns.enumerated() where column.unit == .share {
            for row in projection.rows {
                guard case .number(let share) = row[place] else { continue }
                #expect(abs(share * 100 - (share * 100).rounded()) < 1e-9, "\(column.name): \(share)")
            }
        }
        #expect(!report.headlines.contains { $0.title.contains("  ") || $0.detail.hasPrefix(" ") })
    }

    @Test("two late of 71 are told as one to four are, in every place, with the status that all of them have or none")
    func bounds() throws {
        var pages: Set<[String]> = []
        for late in 1...4 {
            var input = try GoalFixture.input(goals: "3440-oyer")
            input.isExternal = true
            var attendance = WaitFigures(waits: [], none: 0, negative: 0, limitsMilliseconds: KeyFigures.attendanceLimitsMilliseconds)
            attendance.n = 71
            attendance.within = [Share(71 - late, of: 71), Share(71, of: 71)]
            input.keyFigures.attendance = attendance
            input.keyFiguresByZone = [:]
            input.indicatorData?.keyFigures.attendance = attendance
            let report = Report(input)
            let row = try #require((report.frameworks ?? []).flatMap(\.indicators).first { $0.indicator.measure == .attendanceWithin45Minutes })
            let rounded = try #require(row.roundedShare)
            #expect(row.figure?.value == 0.94 && row.status == GoalStatus(rounded, row.indicator))
            #expect(report.summaryPage().contains("Minst 94\u{A0}% av utrykningene var framme innen 45 minutter"))
            let table = try #require(report.tables().first { $0.id == "nokkeltall" }?.rows.last { $0[0] == .text("Framme innen 45 minutter") })
            #expect(table[2] == .number(0.94) && table.last == .text("minst"))
            pages.insert([report.html(), report.summaryPage(), report.goalsPage(try report.goals())])
        }
        #expect(pages.count == 1, "nothing in them tells which it is")
    }

    @Test("a zone's share is told by its counts or not at all: words for one would narrow down the others", arguments: 0..<60)
    func wordsOfZones(seed: Int) throws {
        let report = Report(try input(seed: seed))
        let figures: [(KeyFigureRow) -> ReportedShare] = [
            { $0.answer.within[0] }, { $0.answer.within[1] }, { $0.attendance.within[0] }, { $0.attendance.within[1] }, \.closedAtCentre, \.unintended,
        ]
        for figure in figures { #expect(report.keyFiguresByZone.map(figure).allSatisfy { $0.rounded == nil }) }
    }

    @Test("of signs of life one share of all devices is told, where neither they nor the silent ones nor those that came and left are few", arguments: 0..<60)
    func signsOfLife(seed: Int) throws {
        let input = try input(seed: seed)
        let figures = try #require(Report(input).availability)
        let share = try #require(figures.rows.first?.shares.first ?? nil)
        #expect(figures.technologies.isEmpty && figures.rows.count == 1 && figures.rows[0].zone == nil && figures.rows[0].shares.count == 1)
        let groups = input.deviceDaysByGroup.values
        let counts = [\ReportInput.DeviceGroupDays.devices, \.silentDevices, \.passingDevices].map { count in groups.reduce(0) { $0 + $1[keyPath: count] } }
        if !counts.allSatisfy({ $0.isTellable }) { #expect(share.share == nil) }
    }

    @Test("kinds of technology that are left out cannot be had from the sums either", arguments: 0..<120)
    func technology(seed: Int) throws {
        let input = try input(seed: seed)
        let benefits = try #require(Report(input).benefits)
        let uses = try #require(input.indicatorData).uses
        let columns: [(WritableKeyPath<BenefitFigures.Load, Int?>, KeyPath<TechnologyUse, Int>)] = [
            (\.devices, \.devices), (\.callOuts, \.callOuts), (\.alarms, \.alarms), (\.unintended, \.unintended),
        ]
        let unknown = try #require(input.indicatorData).alarmsOfUnknown
        for (told, true_) in columns where benefits.kindsSum[keyPath: told] != nil {
            var rest = zip(benefits.kinds, uses).reduce(0) { $0 + ($1.0[keyPath: told] == nil ? $1.1[keyPath: true_] : 0) }
            if benefits.alarmsOfUnknown == nil, told == \BenefitFigures.Load.alarms { rest += unknown.alarms }
            if benefits.alarmsOfUnknown == nil, told == \BenefitFigures.Load.callOuts { rest += unknown.callOuts }
            #expect(rest.isTellable, "\(rest)")
        }
    }

    @Test("a council is told net hours where hundreds were closed, though new work was a handful; what is hidden is not called unreckoned")
    func freed() throws {
        var input = try GoalFixture.input()
        input.isExternal = true
        let report = Report(input)
        let freed = try #require(report.benefits?.freed)
        #expect(freed.sum.net != nil && freed.isPartlyWithheld, "two technical visits")
        #expect(freed.rows.contains { $0.technology == .medicationDispenser && $0.done == 1100 && $0.newWork != nil && !$0.isRounded })
        let benefits = try BenefitAssumptions(yaml: GoalFixture.text("3441-gausdal/benefits.yaml"))
        input.indicatorData?.freed = FreedHours(benefits, counts: [.safetyAlarm: .init(done: 300, newWork: [.technicalVisit: 2])])
        let few = try #require(Report(input).benefits?.freed)
        #expect(few.rows[0].done == nil && few.rows[0].newWork == nil && few.rows[0].net != nil && few.sum.net != nil && few.newWork == nil)
        #expect(few.rows[0].isRounded && few.sum.isRounded && Report(input).summaryPage().contains("Netto om lag "))
        // More false alarms than the known devices had: of those that are hidden they would tell.
        input.indicatorData?.uses[2].unintended = 3
        input.indicatorData?.freed = FreedHours(benefits, counts: [.safetyAlarm: .init(done: 300, newWork: [.falseAlarm: 12])])
        let hidden = Report(input)
        #expect(hidden.benefits?.freed?.sum.net == nil && hidden.summaryPage().contains("Skjult: for få tellinger"))
        #expect(!hidden.summaryPage().contains("Ikke regnet ut"))
        let rows = (hidden.frameworks ?? []).flatMap(\.indicators).filter { $0.indicator.measure == .freedHours }
        #expect(rows.allSatisfy { $0.figure == nil }, "what one table hides no other tells")
    }

    @Test(
        "of all five municipalities no count of one to four leaves",
        arguments: ["3407-gjovik", "3440-oyer", "3441-gausdal", "5027-midtre-gauldal", "9901-plan-2040-eksempel"]
    )
    func shipped(folder: String) throws {
        var input = try GoalFixture.input(goals: folder)
        input.planning = try GoalFixture.planning()
        input.isExternal = true
        input.indicatorData?.callOuts = 2
        input.indicatorData?.nightCallOuts = 1
        let report = Report(input)
        #expect(fews(report) == [])
        for page in [report.html(), report.summaryPage(), report.goalsPage(try report.goals()), report.planPage()] {
            #expect(!page.contains(">2 utrykninger<") && !page.contains("Høyest belastning:"))
        }
    }
}
