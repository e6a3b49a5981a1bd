import Strategy
import Telemetry
import Workload

import Reports

/// A month with Gausdal's goals, what technology did and what leaders have entered, all by hand.
enum GoalFixture {
    static func text(_ file: String) throws -> String { try ReportFixture.text("config/municipalities/\(file)") }

    static func input(goals: String = "3441-gausdal") throws -> ReportInput {
        var input = try ReportFixture(seed: 3441, period: ReportPeriod("2026-10")).input()
        input.municipalityNumber = String(goals.prefix(4))
        input.goals = try Goals(yaml: text("\(goals)/goals.yaml"))
        input.indicatorData = try data(input.keyFigures)
        return input
    }

    static func data(_ figures: KeyFigures, minutesADay: Int64 = 120) throws -> IndicatorData {
        var data = IndicatorData(
            keyFigures: figures,
            responseMillisecondsByDay: (0..<31).map { (minutesADay + $0 % 7) * 60_000 },
            users: 115,
            deviceDaysWithSign: 3490,
            deviceDaysRegistered: 3565
        )
        data.usersByTechnology = [.safetyAlarm: 115, .medicationDispenser: 12, .electronicLock: 3]
        data.technologyUsers = 130
        data.uses = [
            (TechnologyUse.Kind.technology(.medicationDispenser), 12), (.technology(.electronicLock), 3), (.technology(.safetyAlarm), 115),
            (.accessory("røykvarsler", of: .safetyAlarm), 19),
        ]
        .map { TechnologyUse(kind: $0.0, users: $0.1, devices: $0.1) }
        (data.uses[2].alarms, data.uses[2].callOuts) = (330, 62)
        (data.uses[3].alarms, data.uses[3].callOuts) = (41, 19)
        data.alarmsOfUnknown = .init(alarms: 3, callOuts: 1)
        var closed = FreedReconciliation([], whole: 0..<1)
        (closed.closedAtCentre, closed.counted, closed.unintended, closed.outsideWholeDays) = (314, 300, 12, 2)
        data.freedReconciliation = closed
        data.inhabitants80 = 405
        data.isPopulationSynthetic = true
        data.callOuts = 82
        data.nightCallOuts = 20
        data.freed = FreedHours(
            try BenefitAssumptions(yaml: text("3441-gausdal/benefits.yaml")),
            counts: [
                .safetyAlarm: .init(done: 300, newWork: [.falseAlarm: 12, .technicalVisit: 2]),
                .medicationDispenser: .init(done: 1100, newWork: [.followUp: 30]),
            ]
        )
        data.freedDays = 31
        data.realised = try BenefitLedger(csv: text("3441-gausdal/benefit-ledger.csv"))
            .sum(from: .init(year: 2026, month: 1, day: 1), until: .init(year: 2026, month: 11, day: 1))
        return data
    }

    /// Gjøvik's plans; three full-time equivalents for today's load.
    static func planning(_ folder: String = "3407-gjovik") throws -> PlanningFigures {
        let number = String(folder.prefix(4))
        let users = try UsersByAge(csv: text("\(folder)/users-by-age.csv"))
        let assumptions = try ProjectionAssumptions(yaml: text("\(folder)/projection.yaml"))
        let projection = try Projection(
            population: Population(csv: text("\(folder)/population.csv"), municipality: number),
            users: users,
            assumptions: assumptions,
            years: [2030, 2040, 2050]
        ) { 3 * $0 }
        return PlanningFigures(
            projection: .init(
                number: number,
                name: folder,
                projection: projection,
                assumptions: assumptions,
                users: users,
                measured: nil,
                need: .squareRoot,
                basis: .assumed
            ),
            kostra: number == "3407" ? try KostraComparison(csv: text("\(folder)/kostra.csv"), municipality: number) : nil,
            capacity: number == "3407" ? try CareCapacity(csv: text("\(folder)/capacity.csv")) : nil
        )
    }
}
