import Telemetry
import Testing
import Workload

@Suite("Steps of load")
struct LoadStepTests {
    private static let quarter = TimeRule.quarterMilliseconds

    private static func cell(
        _ zone: String,
        _ start: EventTime,
        revised: Bool = false,
        _ change: (inout Measures) -> Void
    ) -> LoadCell {
        var measures = Measures()
        change(&measures)
        return LoadCell(zone: zone, start: start, measures: measures, revised: revised)
    }

    private static func sums(_ step: LoadStep, _ cells: [LoadCell]) -> [LoadCell] {
        var sums = LoadSums(step)
        var found: [LoadCell] = []
        for cell in cells { sums.add(cell) { found.append(copy $0) } }
        sums.finish { found.append(copy $0) }
        return found
    }

    @Test("a figure's place is that of its name, the outcomes behind them")
    func figures() {
        var measures = Measures()
        for (index, (_, path)) in Measures.named.enumerated() { measures[keyPath: path] = Int64(index + 1) }
        for index in OutcomeCounts.indices { measures.outcomes[index] = Int64(Measures.named.count + index + 1) }
        #expect(measures.figures.indices.map { measures.figures[$0] } == Array(1...28))
        var doubled = measures
        doubled.add(measures)
        #expect(doubled.figures.indices.map { doubled.figures[$0] } == (1...28).map { Int64($0 * 2) })
    }

    static let days: [(month: Int, day: Int, quarters: Int64)] = [(3, 29, 92), (10, 25, 100), (10, 26, 96), (7, 1, 96)]

    @Test("a day sums the quarters of the Oslo calendar day, 92 to 100 of them", arguments: days)
    func day(month: Int, day: Int, quarters: Int64) {
        let bounds = LocalTime.oslo.bounds(of: .init(year: 2026, month: month, day: day))
        let span = stride(from: bounds.lowerBound - Self.quarter, through: bounds.upperBound, by: Int(Self.quarter))
        let cells = span.map { Self.cell("biri", $0) { $0.raised = 1 } }
        let sums = Self.sums(.day, cells)
        #expect(sums.map(\.measures.raised) == [1, quarters, 1])
        #expect(sums[1].start == bounds.lowerBound)
        #expect(sums[2].start == bounds.upperBound)
        #expect(LoadStep.day.start(of: bounds.upperBound - 1) == bounds.lowerBound)
    }

    @Test("an hour is one of UTC; everything is summed but the peak, which is the largest")
    func hour() {
        let cells = [
            Self.cell("biri", minute(-15)) { $0.raised = 100 },
            Self.cell("biri", minute(0)) {
                $0.raised = 1
                $0.responseMs = 900_000
                $0.openPeak = 3
                $0.outcomes[.visited] = 1
            },
            Self.cell("biri", minute(45)) {
                $0.raised = 2
                $0.responseMs = 1
                $0.openPeak = 2
                $0.late = 1
                $0.outcomes[.visited] = 2
            },
            Self.cell("biri", minute(60)) { $0.raised = 200 },
        ]
        let sums = Self.sums(.hour, cells)
        #expect(sums.map(\.start) == [minute(-60), minute(0), minute(60)])
        var expected = Measures()
        expected.raised = 3
        expected.responseMs = 900_001
        expected.openPeak = 3
        expected.late = 1
        expected.outcomes[.visited] = 3
        #expect(sums[1].measures == expected)
        #expect(Self.sums(.quarter, cells) == cells)
    }

    @Test("a step is revised if any of its quarters is, also one that is empty now")
    func revised() {
        let cells = [
            Self.cell("biri", minute(0)) { $0.raised = 1 },
            Self.cell("haugtun", minute(0)) { $0.raised = 1 },
            Self.cell("biri", minute(15), revised: true) { _ in },
            Self.cell("biri", minute(30)) { $0.raised = 1 },
            Self.cell("haugtun", minute(60), revised: true) { _ in },
        ]
        let sums = Self.sums(.hour, cells)
        #expect(sums.map(\.zone) == ["biri", "haugtun"])
        #expect(sums.map(\.revised) == [true, false])
    }

    @Test("the answer is ordered by start, then bytewise by zone")
    func order() {
        let cells = [
            Self.cell("ukjent", minute(0)) { $0.raised = 1 }, Self.cell("biri", minute(15)) { $0.raised = 1 },
            Self.cell("a-", minute(15)) { $0.raised = 1 }, Self.cell("a", minute(60)) { $0.raised = 1 },
            Self.cell("a1", minute(60)) { $0.raised = 1 }, Self.cell("a-", minute(75)) { $0.raised = 1 },
        ]
        let sums = Self.sums(.hour, cells)
        #expect(sums.map(\.zone) == ["a-", "biri", "ukjent", "a", "a-", "a1"])
        #expect(sums.map(\.start) == Array(repeating: minute(0), count: 3) + Array(repeating: minute(60), count: 3))
    }

    static let starts: [(step: LoadStep, minutes: Double, start: Double)] = [
        (.quarter, 14.999, 0), (.quarter, 15, 15), (.quarter, -0.001, -15), (.hour, 59.999, 0), (.hour, -1, -60),
        // 06:00Z is 08:00 in Oslo in October.
        (.day, 0, -480), (.day, 959.999, -480), (.day, 960, 960),
    ]

    @Test("every instant lies in the step that starts at or before it", arguments: starts)
    func start(step: LoadStep, minutes: Double, start: Double) {
        #expect(step.start(of: minute(minutes)) == minute(start))
    }
}
