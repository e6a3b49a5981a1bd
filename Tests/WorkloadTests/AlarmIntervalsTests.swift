import Telemetry
import Testing
import Workload

/// Talk and response of CONTRACT 6. Times are minutes; intervals are given as [start, end] of minutes.
@Suite("Talk and response of an alarm")
struct AlarmIntervalsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steps: [Step: Double]
        var talk: [Double]?
        var response: [Double]?
        var travel: [Double]?
        var onSite: [Double]?
        var flags: [String] = []
    }

    static let table = [
        Case(testDescription: "nothing", steps: [:]),
        Case(testDescription: "no start, no interval", steps: [.raised: 0, .acknowledged: 1, .closed: 9]),
        Case(testDescription: "talk until closed", steps: [.answered: 1, .closed: 9], talk: [1, 9]),
        Case(
            testDescription: "talk until dispatched",
            steps: [.answered: 1, .dispatched: 4, .closed: 9],
            talk: [1, 4],
            response: [4, 9]
        ),
        Case(
            testDescription: "talk until the first of the two",
            steps: [.answered: 1, .dispatched: 9, .closed: 4],
            talk: [1, 4],
            flags: ["response:illegal-order"]
        ),
        Case(testDescription: "talk of no length", steps: [.answered: 1, .closed: 1], talk: [1, 1]),
        Case(testDescription: "talk open", steps: [.raised: 0, .answered: 1], flags: ["talk:open"]),
        Case(
            testDescription: "talk ended before it began",
            steps: [.answered: 5, .closed: 4],
            flags: ["talk:illegal-order"]
        ),
        Case(
            testDescription: "dispatched before answered is not repaired by closed",
            steps: [.answered: 5, .dispatched: 4, .closed: 9],
            response: [4, 9],
            flags: ["talk:illegal-order"]
        ),
        Case(testDescription: "talk of six hours", steps: [.answered: 0, .closed: 360], talk: [0, 360]),
        Case(
            testDescription: "talk of more than six hours",
            steps: [.answered: 0, .closed: 360.001],
            flags: ["talk:implausible"]
        ),
        Case(
            testDescription: "response starts with departed",
            steps: [.dispatched: 1, .accepted: 2, .departed: 3, .arrived: 4, .closed: 5],
            response: [3, 5],
            travel: [3, 4],
            onSite: [4, 5]
        ),
        Case(
            testDescription: "else with accepted",
            steps: [.dispatched: 1, .accepted: 2, .arrived: 4, .closed: 5],
            response: [2, 5],
            travel: [2, 4],
            onSite: [4, 5]
        ),
        Case(
            testDescription: "else with dispatched",
            steps: [.dispatched: 1, .arrived: 4, .closed: 5],
            response: [1, 5],
            travel: [1, 4],
            onSite: [4, 5]
        ),
        Case(
            testDescription: "else with arrived",
            steps: [.arrived: 4, .closed: 5],
            response: [4, 5],
            travel: [4, 4],
            onSite: [4, 5]
        ),
        Case(
            testDescription: "by presence alone, though departed is the latest",
            steps: [.dispatched: 1, .accepted: 2, .departed: 9, .closed: 5],
            flags: ["response:illegal-order"]
        ),
        Case(testDescription: "response open", steps: [.accepted: 1], flags: ["response:open"]),
        Case(
            testDescription: "an open response has no split to be wrong",
            steps: [.departed: 5, .arrived: 1],
            flags: ["response:open"]
        ),
        Case(testDescription: "response of six hours", steps: [.departed: 0, .closed: 360], response: [0, 360]),
        Case(
            testDescription: "response of more than six hours",
            steps: [.departed: 0, .closed: 360.001],
            flags: ["response:implausible"]
        ),
        Case(
            testDescription: "arrived before the start",
            steps: [.departed: 3, .arrived: 2, .closed: 5],
            response: [3, 5],
            flags: ["split:illegal-order"]
        ),
        Case(
            testDescription: "arrived after the end",
            steps: [.departed: 3, .arrived: 6, .closed: 5],
            response: [3, 5],
            flags: ["split:illegal-order"]
        ),
        Case(
            testDescription: "arrived at the start",
            steps: [.departed: 3, .arrived: 3, .closed: 5],
            response: [3, 5],
            travel: [3, 3],
            onSite: [3, 5]
        ),
        Case(
            testDescription: "arrived at the end",
            steps: [.departed: 3, .arrived: 5, .closed: 5],
            response: [3, 5],
            travel: [3, 5],
            onSite: [5, 5]
        ),
        Case(
            testDescription: "talk and response each on its own",
            steps: [.answered: 9, .departed: 0, .closed: 5],
            response: [0, 5],
            flags: ["talk:illegal-order"]
        ),
        Case(
            testDescription: "both open",
            steps: [.answered: 1, .accepted: 2],
            flags: ["talk:open", "response:open"]
        ),
    ]

    @Test("every rule of start, end and split", arguments: table)
    func rule(row: Case) {
        let intervals = AlarmIntervals { row.steps[$0].map(minute) }
        #expect(Self.minutes(intervals.talk) == row.talk)
        #expect(Self.minutes(intervals.response) == row.response)
        #expect(Self.minutes(intervals.travel) == row.travel)
        #expect(Self.minutes(intervals.onSite) == row.onSite)
        #expect(intervals.flags.map(\.rawValue) == row.flags)
    }

    private static func minutes(_ range: Range<EventTime>?) -> [Double]? {
        range.map { [$0.lowerBound, $0.upperBound].map { Double($0 - minute(0)) / 60_000 } }
    }

    @Test("the table shows every flag there is")
    func everyFlag() {
        #expect(Set(Self.table.flatMap(\.flags)) == Set(AlarmIntervals.Flag.allCases.map(\.rawValue)))
    }
}
