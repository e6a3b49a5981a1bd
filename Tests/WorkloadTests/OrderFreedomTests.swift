import Telemetry
import Testing
import Workload

/// CONTRACT 5: for unflagged clocks the views do not depend on the journal's order, nor on copies.
@Suite("Order and copies change nothing")
struct OrderFreedomTests {
    struct Sent {
        var event: Event
        var source: String
    }

    /// Events of few alarms, instants and zones, so that ties, tests and touching intervals happen.
    private static func events(_ count: Int, _ random: inout Seeded) -> [Sent] {
        (0..<count).map { number in
            let minutes = Double(Int.random(in: 0...40, using: &random)) * 7.5
            let zone = ["biri", "haugtun", "mars", nil, nil].randomElement(using: &random) ?? nil
            let device = ["d-biri", "d-moved", "x", nil].randomElement(using: &random) ?? nil
            let type = EventType.allCases.randomElement(using: &random) ?? .alarmRaised
            let alarm = "a\(Int.random(in: 0..<5, using: &random))"
            let made = event(type, minutes, id: "e\(number)", alarm: alarm, zone: zone, device: device)
                .with { event in
                    switch type {
                    case .alarmRaised: event.test = Int.random(in: 0..<8, using: &random) == 0
                    case .alarmAnswered: event.voice = [true, false, nil].randomElement(using: &random) ?? nil
                    case .alarmAccepted: event.responders = UInt8.random(in: 1...3, using: &random)
                    case .alarmDispatched:
                        event.respondingZone = ["nordbyen", "moon", nil].randomElement(using: &random)?.map(lasting)
                    case .assistPerformed: (event.technology, event.result) = (.location, number % 3 == 0 ? .followUp : .done)
                    case .alarmClosed: event.outcome = Outcome.allCases.randomElement(using: &random)
                    default: break
                    }
                }
            return Sent(event: made, source: Bool.random(using: &random) ? "s" : "t")
        }
    }

    /// All received at one instant, when a part of the quarters is published.
    private static func fold(_ sent: [Sent], _ random: inout Seeded) -> Fold {
        var fold = Fold()
        var rest = sent[...]
        while let first = rest.first {
            let batch = rest.prefix(Int.random(in: 1...4, using: &random)).prefix { $0.source == first.source }
            fold.message(batch.map(\.event), received: minute(301), source: first.source)
            rest = rest.dropFirst(batch.count)
        }
        return fold
    }

    private static func expectSame(_ left: Fold, _ right: Fold, _ comment: Comment) {
        #expect(left.alarms == right.alarms, comment)
        #expect(left.assists == right.assists, comment)
        #expect(
            left.cells.filter { !$0.value.present.isEmpty } == right.cells.filter { !$0.value.present.isEmpty },
            comment
        )
    }

    @Test("any order and any copies give the same alarms and quarters", arguments: Array(1...40) as [UInt64])
    func permutations(seed: UInt64) {
        var random = Seeded(seed: seed)
        let sent = Self.events(60, &random)
        let expected = Self.fold(sent, &random)
        #expect(expected.alarms.count >= 8 && expected.figures.count > 10)
        for _ in 0..<4 {
            let copies = (0..<20).compactMap { _ in sent.randomElement(using: &random) }
            let shuffled = (sent + copies).shuffled(using: &random)
            let fold = Self.fold(shuffled, &random)
            Self.expectSame(fold, expected, "seed \(seed)")
            let ledgers = ["s", "t"].compactMap { fold.ledger($0) }
            #expect(ledgers.reduce(0) { $0 + $1.accepted } == 60)
            #expect(ledgers.reduce(0) { $0 + $1.duplicates } == 20)
        }
    }

    @Test(
        "the same alarms come out whatever is received when, as long as no clock is flagged",
        arguments: Array(1...10) as [UInt64]
    )
    func receiveTimes(seed: UInt64) {
        var random = Seeded(seed: seed &* 31)
        let sent = Self.events(60, &random)
        let expected = Self.fold(sent, &random)
        var fold = Fold()
        var received = minute(300)
        for one in sent.shuffled(using: &random) {
            received += Int64.random(in: 0...2_000_000, using: &random)
            fold.message([one.event], received: received, source: one.source)
        }
        // Lateness and first figures follow the time of receipt; all else does not.
        #expect(fold.figuresWithoutLate == expected.figuresWithoutLate)
        #expect(fold.alarms.mapValues(\.withoutLate) == expected.alarms.mapValues(\.withoutLate))
    }

    @Test("the changes taken add up to the same, however often they are taken", arguments: Array(1...10) as [UInt64])
    func batches(seed: UInt64) {
        var random = Seeded(seed: seed &* 77)
        let sent = Self.events(80, &random)
        var often = Fold()
        for one in sent { often.message([one.event], received: minute(301), source: one.source) }
        var once = Fold()
        for (position, one) in sent.enumerated() {
            let message = once.state.begin(
                position: Int64(position + 1),
                received: minute(301),
                municipality: Fold.municipality,
                source: one.source,
                isHistory: false
            )
            _ = once.state.apply(one.event, index: 0, in: message)
        }
        once.take()
        Self.expectSame(often, once, "seed \(seed)")
        #expect(often.ledgers == once.ledgers)
        once.take()
        Self.expectSame(often, once, "nothing is told twice, seed \(seed)")
    }
}

extension AlarmRecord {
    fileprivate var withoutLate: AlarmRecord {
        AlarmRecord(
            municipality: municipality,
            source: source,
            alarm: alarm,
            zone: zone,
            respondingZone: respondingZone,
            device: device,
            kind: kind,
            priority: priority,
            isTest: isTest,
            isLive: isLive,
            outcome: outcome,
            cause: cause,
            voice: voice,
            responders: responders,
            steps: steps.map { .init(step: $0.step, t: $0.t, id: $0.id, flag: $0.flag, late: false) },
            repeats: repeats,
            instant: instant
        )
    }
}
