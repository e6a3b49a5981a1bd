import Strategy
import Telemetry
import Testing
import Workload

@Suite("What each alarm gave of load")
struct AlarmLoadTests {
    private static let minute: Int64 = 60_000
    /// Two hours.
    private static let period: Range<EventTime> = 0..<7_200_000
    private static let kinds: [String: TechnologyUse.Kind] = [
        "alarm": .technology(.safetyAlarm), "lock": .technology(.electronicLock), "smoke": .accessory("røykvarsler", of: .safetyAlarm),
    ]

    private static func alarm(
        _ name: String,
        _ device: String?,
        _ outcome: Outcome?,
        _ steps: [(Step, Int64)],
        answering: String = "a",
        isTest: Bool = false,
        two: Bool = false
    )
        -> AlarmRecord
    {
        AlarmRecord(
            municipality: "3441",
            source: "s",
            alarm: name,
            zone: "a",
            respondingZone: answering,
            device: device,
            kind: .manual,
            priority: nil,
            isTest: isTest,
            isLive: true,
            outcome: outcome,
            cause: nil,
            voice: nil,
            responders: two ? 2 : 1,
            steps: steps.map { .init(step: $0, t: $1 * minute, id: "\(name)-\($0)", flag: nil, late: false) },
            repeats: 0,
            instant: (steps.first?.1 ?? 0) * minute
        )
    }

    @Test("an alarm counts where it was raised, its call-out where somebody was asked to go, its time where they were at work; tests never")
    func byHand() {
        let alarms = [
            // Raised before the period, and still at work in it: 20 of 30 minutes, by two.
            Self.alarm("before", "alarm", .visited, [(.raised, -15), (.dispatched, -10), (.closed, 20)], two: true),
            Self.alarm("closed", "alarm", .resolvedByVoice, [(.raised, 5), (.closed, 8)]),
            Self.alarm("false", "smoke", .unintended, [(.raised, 30), (.dispatched, 31), (.closed, 41)]),
            Self.alarm("broken", "lock", .technical, [(.raised, 50), (.closed, 51)]),
            Self.alarm("nobody", nil, .visited, [(.raised, 60), (.dispatched, 61), (.closed, 71)], answering: "b"),
            // Sent after the period: a call-out of the alarm, not of the period.
            Self.alarm("late", "alarm", .visited, [(.raised, 119), (.dispatched, 125), (.closed, 140)]),
            Self.alarm("test", "alarm", .test, [(.raised, 40), (.dispatched, 41), (.closed, 42)], isTest: true),
            Self.alarm("after", "alarm", .visited, [(.raised, 121), (.dispatched, 125), (.closed, 140)]),
        ]
        let loads = AlarmLoad.all(alarms.shuffled(), kinds: Self.kinds, in: Self.period, zone: nil)
        #expect(loads.map(\.alarm.alarm) == ["before", "closed", "false", "broken", "nobody", "late"])
        #expect(loads.map(\.isRaised) == [false, true, true, true, true, true])
        #expect(loads.map(\.isSent) == [false, false, true, false, true, true])
        #expect(loads.map(\.isDispatched) == [false, false, true, false, true, false])
        #expect(loads.map(\.milliseconds) == [40, 0, 10, 0, 10, 0].map { $0 * Self.minute })
        #expect(loads.filter(\.isUnintended).map(\.alarm.alarm) == ["false"] && loads.filter(\.isTechnical).map(\.alarm.alarm) == ["broken"])
        #expect(
            loads.map(\.kind) == [
                .technology(.safetyAlarm), .technology(.safetyAlarm), .accessory("røykvarsler", of: .safetyAlarm), .technology(.electronicLock), nil,
                .technology(.safetyAlarm),
            ]
        )
        // Time is the zone's that answers, all else the alarm's own.
        let own = AlarmLoad.all(alarms, kinds: Self.kinds, in: Self.period, zone: "a")
        #expect(own.reduce(0) { $0 + $1.milliseconds } == 50 * Self.minute && own.count(where: \.isDispatched) == 2)
        let other = AlarmLoad.all(alarms, kinds: Self.kinds, in: Self.period, zone: "b")
        #expect(other.map(\.alarm.alarm) == ["nobody"] && other[0].milliseconds == 10 * Self.minute && !other[0].isRaised)
    }

    @Test("by kind they add up to the table of technology, with those of no kind to the whole", arguments: 1...10)
    func addsUp(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let devices: [String?] = ["alarm", "lock", "smoke", "unknown", nil]
        let outcomes: [Outcome?] = [.visited, .unintended, .technical, .resolvedByVoice, nil]
        let alarms = (0..<200).map { number -> AlarmRecord in
            let raised = Int64(random.next(below: 160)) - 20
            let isSent = random.next(below: 2) == 0
            let steps: [(Step, Int64)] = [(.raised, raised)] + (isSent ? [(.dispatched, raised + 2)] : []) + [(.closed, raised + 9)]
            return Self.alarm("\(number)", devices[random.next(below: 5)], outcomes[random.next(below: 5)], steps, isTest: random.next(below: 12) == 0)
        }
        let loads = AlarmLoad.all(alarms, kinds: Self.kinds, in: Self.period, zone: nil)
        var uses: [TechnologyUse] = []
        let raised = alarms.filter { !$0.isTest && $0.t(.raised).map(Self.period.contains) == true }
        let unknown = TechnologyUse.add(raised, kinds: Self.kinds, to: &uses)
        #expect(uses.count == 3)
        for use in uses {
            let own = loads.filter { $0.kind == use.kind }
            #expect(own.count(where: \.isRaised) == use.alarms && own.count(where: \.isSent) == use.callOuts, "\(use.kind)")
            #expect(own.count(where: \.isUnintended) == use.unintended && own.count(where: \.isTechnical) == use.technical, "\(use.kind)")
        }
        let rest = loads.filter { $0.kind == nil }
        #expect(rest.count(where: \.isRaised) == unknown.alarms && rest.count(where: \.isSent) == unknown.callOuts)
        #expect(loads.count(where: \.isRaised) == raised.count)
    }
}
