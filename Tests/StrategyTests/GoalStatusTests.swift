import Strategy
import Testing
import Workload

@Suite("Status against the target")
struct GoalStatusTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var direction: Goals.Direction
        var interval: (Double, Double)?
        var baseline: Double?
        var target: Double?
        var status: GoalStatus

        init(
            _ name: String,
            _ direction: Goals.Direction,
            _ interval: (Double, Double)?,
            baseline: Double?,
            target: Double?,
            _ status: GoalStatus
        ) {
            testDescription = name
            self.direction = direction
            self.interval = interval
            self.baseline = baseline
            self.target = target
            self.status = status
        }
    }

    static let cases = [
        Case("wholly over an upward target", .up, (0.76, 0.80), baseline: 0.70, target: 0.75, .reached),
        Case("its lower end at the target", .up, (0.75, 0.80), baseline: 0.70, target: 0.75, .reached),
        Case("over the baseline, under the target", .up, (0.71, 0.74), baseline: 0.70, target: 0.75, .onTheWay),
        Case("over the baseline, around the target", .up, (0.71, 0.80), baseline: 0.70, target: 0.75, .onTheWay),
        Case("under the target, around the baseline", .up, (0.68, 0.74), baseline: 0.70, target: 0.75, .off),
        Case("under the baseline", .up, (0.60, 0.65), baseline: 0.70, target: 0.75, .off),
        Case("under the target, no baseline", .up, (0.71, 0.74), baseline: nil, target: 0.75, .off),
        Case("around baseline and target", .up, (0.65, 0.80), baseline: 0.70, target: 0.75, .cannotSay),
        Case("no interval", .up, nil, baseline: 0.70, target: 0.75, .cannotSay),
        Case("no target", .up, (0.71, 0.74), baseline: 0.70, target: nil, .cannotSay),
        Case("wholly under a downward target", .down, (0.10, 0.14), baseline: 0.18, target: 0.15, .reached),
        Case("its upper end at the downward target", .down, (0.10, 0.15), baseline: 0.18, target: 0.15, .reached),
        Case(
            "under the baseline, over the downward target",
            .down,
            (0.16, 0.17),
            baseline: 0.18,
            target: 0.15,
            .onTheWay
        ),
        Case("over the downward target", .down, (0.16, 0.20), baseline: 0.18, target: 0.15, .off),
        Case("around the downward target", .down, (0.12, 0.20), baseline: 0.18, target: 0.15, .cannotSay),
    ]

    @Test("a deadline is out from the day after it, where the target is not reached; of a withheld status nothing is said")
    func overdue() {
        let last = LocalTime.Day(year: 2026, month: 10, day: 31)
        let target = Goals.Target(value: 0.75, isExample: false)
        var indicator = Goals.Indicator(id: "a", name: "A", measure: .closedAtCentre, direction: .up, target: target, deadline: last)
        let after = last.advanced(by: 1)
        #expect(indicator.isOverdue(.off, until: after) && indicator.isOverdue(.cannotSay, until: after) && indicator.isOverdue(.onTheWay, until: after))
        #expect(!indicator.isOverdue(.off, until: last) && !indicator.isOverdue(.reached, until: after) && !indicator.isOverdue(nil, until: after))
        indicator.target = nil
        #expect(!indicator.isOverdue(.cannotSay, until: after))
    }

    @Test("the interval decides, never the point alone", arguments: cases)
    func status(_ example: Case) {
        let data = IndicatorData(
            keyFigures: .made(closedAtCentre: Share(70, of: 100)),
            responseMillisecondsByDay: [],
            users: 0,
            deviceDaysWithSign: 0,
            deviceDaysRegistered: 0
        )
        var figure = IndicatorFigure(.closedAtCentre, data)
        figure.low = example.interval?.0
        figure.high = example.interval?.1
        let status = GoalStatus(
            figure,
            direction: example.direction,
            baseline: example.baseline,
            target: example.target
        )
        #expect(status == example.status)
    }
}
