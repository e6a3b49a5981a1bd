import Strategy
import Telemetry
import Testing
import Workload

@Suite("Indicators from alarms, by hand")
struct IndicatorAlarmTests {
    /// 5 October 2026, 00:00 local time, a Monday.
    private static let start = LocalTime.oslo.instant(LocalTime.Day(year: 2026, month: 10, day: 5))
    private static let minute: Int64 = 60_000
    private static let hour: Int64 = 3_600_000

    /// An alarm with steps at minutes after the start of the Monday.
    private func alarm(
        _ name: String,
        device: String? = "d1",
        zone: String = "a",
        voice: Bool? = nil,
        isTest: Bool = false,
        isLive: Bool = true,
        late: Set<Step> = [],
        _ minutes: [(Step, Int64)]
    ) -> AlarmRecord {
        AlarmRecord(
            municipality: "3441",
            source: "s",
            alarm: name,
            zone: zone,
            respondingZone: zone,
            device: device,
            kind: .manual,
            priority: nil,
            isTest: isTest,
            isLive: isLive,
            outcome: nil,
            cause: nil,
            voice: voice,
            responders: 1,
            steps: minutes.map {
                .init(step: $0.0, t: Self.start + $0.1 * Self.minute, id: "\(name)-\($0.0)", flag: nil, late: late.contains($0.0))
            },
            repeats: 0,
            instant: Self.start + (minutes.first?.1 ?? 0) * Self.minute
        )
    }

    private func scope(days: Int = 7, untilHours: Int64 = 1000, zone: String? = nil) -> IndicatorData.Scope {
        let first = LocalTime.oslo.day(at: Self.start)
        let all = (0..<days).map { first.advanced(by: $0) }
        return .init(
            period: Self.start..<LocalTime.oslo.instant(first.advanced(by: days)),
            days: all,
            dataUntil: Self.start + untilHours * Self.hour,
            zone: zone
        )
    }

    private func data(_ alarms: [AlarmRecord], users: Set<String> = ["d1", "d2"], _ scope: IndicatorData.Scope? = nil) -> IndicatorData {
        let whole = scope ?? self.scope()
        var data = IndicatorData(
            keyFigures: KeyFigures(of: alarms),
            responseMillisecondsByDay: [Int64](repeating: 0, count: whole.days.count),
            users: users.count,
            deviceDaysWithSign: 0,
            deviceDaysRegistered: 0
        )
        // Each with a smoke detector besides.
        let own = users.flatMap { [($0, $0), ("\($0)-smoke", $0)] }
        data.add(alarms: alarms, residents: Dictionary(uniqueKeysWithValues: own), whole)
        return data
    }

    @Test("silent: one of three answered that say so; the fourth says nothing, the fifth is a test")
    func silent() {
        let data = data([
            alarm("1", voice: false, [(.raised, 0), (.answered, 1)]),
            alarm("2", voice: true, [(.raised, 0), (.answered, 1)]),
            alarm("3", voice: true, [(.raised, 0), (.answered, 1)]),
            alarm("4", [(.raised, 0), (.answered, 1)]),
            alarm("5", voice: false, isTest: true, [(.raised, 0), (.answered, 1)]),
        ])
        #expect(data.silent == Share(1, of: 3))
    }

    @Test("solved at the lowest effective step: closed at the centre, and nobody sent to that device within 24 h")
    func lowestEffectiveStep() {
        let data = data([
            alarm("calm", device: "d1", [(.raised, 0), (.closed, 10)]),
            alarm("again", device: "d2", [(.raised, 0), (.closed, 10)]),
            alarm("sent", device: "d2", [(.raised, 60), (.dispatched, 65), (.closed, 100)]),
            alarm("later", device: "d1", [(.raised, 3000), (.dispatched, 3005), (.closed, 3100)]),
            alarm("no device", device: nil, [(.raised, 0), (.closed, 10)]),
            alarm("open", device: "d3", [(.raised, 0)]),
        ])
        // Closed and known: calm, again, sent, later. Of them calm alone: «later» comes more than 24 h after it.
        #expect(data.lowestEffectiveStep == Share(1, of: 4))
        #expect(data.keyFigures.closedAtCentre == Share(3, of: 5))
    }

    @Test("what was closed less than 24 h before the data end is not judged yet")
    func notYet() {
        let data = data([alarm("1", [(.raised, 0), (.closed, 60)])], scope(untilHours: 24))
        #expect(data.lowestEffectiveStep == Share(0, of: 0))
        #expect(self.data([alarm("1", [(.raised, 0), (.closed, 60)])], scope(untilHours: 25)).lowestEffectiveStep == Share(1, of: 1))
    }

    @Test("call-outs by day, night and user: night is 23 to 07, and the dispatch decides, not the alarm")
    func callOuts() throws {
        let data = data(
            [
                alarm("evening", device: "d1", [(.raised, 22 * 60 + 55), (.dispatched, 22 * 60 + 59), (.closed, 23 * 60 + 30)]),
                alarm("night", device: "d1", [(.raised, 22 * 60 + 58), (.dispatched, 23 * 60), (.closed, 23 * 60 + 30)]),
                alarm("morning", device: "d2", [(.raised, 30 * 60), (.accepted, 31 * 60 - 1), (.closed, 32 * 60)]),
                alarm("day", device: "stranger", [(.raised, 31 * 60), (.departed, 31 * 60), (.closed, 32 * 60)]),
                alarm("smoke", device: "d3-smoke", [(.raised, 33 * 60), (.dispatched, 33 * 60), (.closed, 34 * 60)]),
                alarm("centre", device: "d2", [(.raised, 100), (.answered, 101), (.closed, 105)]),
                alarm("next week", device: "d2", [(.raised, 7 * 1440), (.dispatched, 7 * 1440), (.closed, 7 * 1440 + 9)]),
            ],
            users: ["d1", "d2", "d3"]
        )
        #expect(data.callOuts == 5 && data.nightCallOuts == 2)
        #expect(data.callOutsByUser == [2, 1, 1])
        let figure = IndicatorFigure(.callOutsPer100Users, data)
        // 5 over 3 users × 7 days / 3000 = 0.007: 714.3 per 100 users and 30 days; Garwood 1.6235 to 11.6683.
        let (value, low, high) = (try #require(figure.value), try #require(figure.low), try #require(figure.high))
        #expect(abs(value - 5 / 0.007) < 1e-9 && figure.count == 5)
        #expect(abs(low - 1.6235 / 0.007) < 0.01 && abs(high - 11.6683 / 0.007) < 0.01)
    }

    @Test("simultaneous: the second of two that overlap, in the same zone, counted once")
    func simultaneous() {
        let data = data([
            alarm("1", zone: "a", [(.raised, 0), (.dispatched, 5), (.closed, 60)]),
            alarm("2", zone: "a", [(.raised, 20), (.dispatched, 30), (.closed, 90)]),
            alarm("3", zone: "b", [(.raised, 20), (.dispatched, 30), (.closed, 90)]),
            alarm("4", zone: "a", [(.raised, 80), (.dispatched, 90), (.closed, 100)]),
            alarm("no end", zone: "a", [(.raised, 20), (.dispatched, 30)]),
        ])
        #expect(data.simultaneous == Share(1, of: 4))
    }

    @Test("late: steps of live alarms alone")
    func late() {
        let data = data([
            alarm("1", late: [.closed], [(.raised, 0), (.answered, 1), (.closed, 10)]),
            alarm("2", isLive: false, late: [.raised], [(.raised, 0)]),
        ])
        #expect(data.late == Share(1, of: 3))
    }

    @Test("adding an unrelated zone changes nothing in the figures of a zone", arguments: 1...20)
    func unrelated(seed: UInt64) {
        var random = TestRandom(seed: seed)
        func drawn(_ zone: String) -> [AlarmRecord] {
            (0..<60).map { number in
                let raised = Int64(random.next(below: 7 * 1440))
                var steps: [(Step, Int64)] = [(.raised, raised), (.answered, raised + 1)]
                if random.next(below: 3) > 0 { steps.append((.dispatched, raised + 4)) }
                if random.next(below: 9) > 0 { steps.append((.closed, raised + 5 + Int64(random.next(below: 90)))) }
                return alarm("\(zone)\(number)", device: "\(zone)-\(random.next(below: 12))", zone: zone, voice: random.next(below: 2) == 0, steps)
            }
        }
        let (own, other) = (drawn("a"), drawn("b"))
        let users = Set((0..<12).map { "a-\($0)" })
        let alone = data(own, users: users, scope(zone: "a"))
        let beside = data(own + other, users: users, scope(zone: "a"))
        #expect(alone.silent == beside.silent && alone.lowestEffectiveStep == beside.lowestEffectiveStep)
        #expect(alone.callOuts == beside.callOuts && alone.callOutsByUser == beside.callOutsByUser)
        #expect(alone.simultaneous == beside.simultaneous && alone.late == beside.late)
        for measure in IndicatorMeasure.allCases where measure.unit == .share {
            let figure = IndicatorFigure(measure, beside)
            for value in [figure.low, figure.value, figure.high].compactMap(\.self) { #expect((0...1).contains(value), "\(measure)") }
            if let low = figure.low, let value = figure.value, let high = figure.high { #expect(low <= value + 1e-12 && value <= high + 1e-12) }
        }
    }
}
