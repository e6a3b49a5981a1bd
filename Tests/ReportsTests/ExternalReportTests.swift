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
                input.deviceDaysByGroup[.init(zone: zone.id, technology: technology)] =
                    .init(days: .init(withSign: devices * 7 - random.below(devices), registered: devices * 7), devices: devices)
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
        data.callOuts = few()
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
                    guard column.unit == .count, case .number(let number) = cell, (1..<5).contains(number) else { return nil }
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

    /// All tables of devices with the told sums, tried one cell against another.
    @Test("of each group of devices that is left out there is another number that fits all that is told of signs of life", arguments: 0..<120)
    func tried(seed: Int) throws {
        let input = try input(seed: seed)
        let report = Report(input)
        let figures = try #require(report.availability)
        let zones = figures.rows.compactMap(\.zone)
        let columns = figures.technologies.indices
        func devices(_ row: Int, _ column: Int) -> Int {
            input.deviceDaysByGroup[.init(zone: zones[row].id, technology: figures.technologies[column])]?.devices ?? 0
        }
        func isHidden(_ row: Int, _ column: Int) -> Bool { figures.rows[row].shares[column].map(\.isWithheld) ?? false }
        let isSumOfZonesHidden = columns.map { isHidden(zones.count, $0) }
        for row in zones.indices {
            let isRowHidden = isHidden(row, columns.count)
            let hidden = columns.filter { isHidden(row, $0) }
            for column in columns where (1..<5).contains(devices(row, column)) { #expect(isHidden(row, column)) }
            if !isRowHidden { #expect(hidden.reduce(0) { $0 + devices(row, $1) }.isTellable) }
            if !isRowHidden { #expect(hidden.count != 1) }
        }
        for column in columns where !isSumOfZonesHidden[column] {
            let hidden = zones.indices.filter { isHidden($0, column) }
            #expect(hidden.count != 1 && hidden.reduce(0) { $0 + devices($1, column) }.isTellable)
        }
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
        #expect(freed.sum.net != nil && freed.isPartlyWithheld == false)
        let benefits = try BenefitAssumptions(yaml: GoalFixture.text("3441-gausdal/benefits.yaml"))
        input.indicatorData?.freed = FreedHours(benefits, counts: [.safetyAlarm: .init(done: 300, newWork: [.technicalVisit: 2])])
        let few = try #require(Report(input).benefits?.freed)
        #expect(few.rows[0].done == nil && few.rows[0].newWork == nil && few.rows[0].net != nil && few.sum.net != nil && few.newWork.isEmpty)
        input.indicatorData?.freed = FreedHours(benefits, counts: [.safetyAlarm: .init(done: 3)])
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
