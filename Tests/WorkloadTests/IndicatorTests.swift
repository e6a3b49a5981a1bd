import Telemetry
import Testing
import Workload

@Suite("Shares, waits and key figures")
struct IndicatorTests {
    /// Recomputed by Wilson's formula in another language, to fifteen digits.
    static let intervals: [(numerator: Int, denominator: Int, low: Double, high: Double)] = [
        (0, 1, 0, 0.7934506856227626), (1, 2, 0.09453120573423071, 0.9054687942657693),
        (3, 4, 0.3006418425824019, 0.9544127391902995), (0, 10, 0, 0.2775327998628892),
        (8, 10, 0.4901624715366418, 0.9433178485456247), (10, 10, 0.7224672001371106, 1),
        (83, 100, 0.7445199523239887, 0.8910643388594006), (412, 500, 0.78818582871064, 0.854873598670274),
    ]

    @Test("a share has the 95 % Wilson interval, within 0–1", arguments: intervals)
    func wilson(numerator: Int, denominator: Int, low: Double, high: Double) throws {
        let share = Share(numerator, of: denominator)
        let interval = try #require(share.interval)
        #expect(abs(interval.low - low) < 1e-12)
        #expect(abs(interval.high - high) < 1e-12)
        #expect(interval.low >= 0 && interval.high <= 1)
        #expect(share.value == Double(numerator) / Double(denominator))
    }

    @Test("of nothing there is no value and no interval; under five it is small")
    func small() {
        #expect(Share(0, of: 0).value == nil)
        #expect(Share(0, of: 0).interval == nil)
        #expect((0...6).map { Share(0, of: $0).small } == [true, true, true, true, true, false, false])
    }

    static let ranks: [(count: Int64, p50: Int64, p90: Int64)] = [
        (1, 1, 1), (2, 1, 2), (3, 2, 3), (4, 2, 4), (9, 5, 9), (10, 5, 9), (11, 6, 10), (19, 10, 18), (20, 10, 18),
        (21, 11, 19), (100, 50, 90), (101, 51, 91),
    ]

    @Test("percentiles are the element ⌈n/2⌉ and ⌈9n/10⌉", arguments: ranks)
    func nearestRank(count: Int64, p50: Int64, p90: Int64) {
        // The waits are 1 … n, so an element is its own place.
        let figures = WaitFigures(
            waits: Array((1...count).reversed()),
            none: 0,
            negative: 0,
            limitsMilliseconds: []
        )
        #expect(figures.p50Milliseconds == p50)
        #expect(figures.p90Milliseconds == p90)
    }

    @Test("limits are included, and of no waits nothing is known")
    func limits() {
        let figures = WaitFigures(
            waits: [60_000, 60_001, 180_000, 0, 180_001],
            none: 3,
            negative: 2,
            limitsMilliseconds: [60_000, 180_000]
        )
        #expect(figures.within == [Share(2, of: 5), Share(4, of: 5)])
        #expect(figures.n == 5 && figures.none == 3 && figures.negative == 2)
        let none = WaitFigures(waits: [], none: 1, negative: 0, limitsMilliseconds: [60_000])
        #expect(none.p50Milliseconds == nil && none.p90Milliseconds == nil && none.within == [Share(0, of: 0)])
    }

    /// An alarm with steps at minutes.
    private static func alarm(_ steps: [Step: Double], outcome: Outcome? = nil, isTest: Bool = false) -> AlarmRecord {
        let records = steps.sorted { $0.key.rawValue < $1.key.rawValue }.map { step, minutes in
            AlarmRecord.StepRecord(step: step, t: minute(minutes), id: step.word, flag: nil, late: false)
        }
        return AlarmRecord(
            municipality: "3407",
            source: "s",
            alarm: "a",
            zone: "biri",
            respondingZone: "biri",
            device: nil,
            kind: .fall,
            priority: nil,
            isTest: isTest,
            isLive: true,
            outcome: outcome,
            cause: nil,
            voice: nil,
            responders: 1,
            steps: records,
            repeats: 0,
            instant: minute(0)
        )
    }

    @Test("key figures count alarms by the contract's table")
    func keyFigures() {
        let figures = KeyFigures(of: [
            Self.alarm([.raised: 0, .answered: 1, .closed: 5], outcome: .unintended),
            Self.alarm([.raised: 0, .answered: 3.001, .acknowledged: 3.5, .closed: 5], outcome: .resolvedByVoice),
            Self.alarm([.raised: 0, .answered: 0, .dispatched: 2, .arrived: 47, .closed: 90], outcome: .visited),
            Self.alarm([.raised: 0, .answered: -0.001, .dispatched: 2, .closed: 90], outcome: .unintended),
            Self.alarm([.raised: 0, .dispatched: 50, .arrived: 49]),
            Self.alarm([.raised: 0]),
            // Neither tests nor alarms without `raised` count, anywhere.
            Self.alarm([.raised: 0, .answered: 1, .closed: 2], outcome: .test, isTest: true),
            Self.alarm([.answered: 1, .dispatched: 2, .arrived: 3, .closed: 4], outcome: .unintended),
        ])
        #expect(figures.alarms == 6)
        #expect(figures.answer.n == 3 && figures.answer.none == 2 && figures.answer.negative == 1)
        #expect(figures.answer.within == [Share(2, of: 3), Share(2, of: 3)])
        #expect(figures.answer.p50Milliseconds == 60_000)
        #expect(figures.answer.p90Milliseconds == 180_060)
        #expect(figures.attendance.n == 1 && figures.attendance.none == 1 && figures.attendance.negative == 1)
        #expect(figures.attendance.within == [Share(1, of: 1), Share(1, of: 1)])
        #expect(figures.closedAtCentre == Share(2, of: 4))
        #expect(figures.unintended == Share(2, of: 4))
    }

    static let responses: [Step] = [.dispatched, .accepted, .departed, .arrived]

    @Test("an alarm with any step of a response was not closed at the centre", arguments: responses)
    func notAtCentre(step: Step) {
        let figures = KeyFigures(of: [Self.alarm([.raised: 0, step: 1, .closed: 2], outcome: .visited)])
        #expect(figures.closedAtCentre == Share(0, of: 1))
    }
}
