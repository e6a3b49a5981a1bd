import Telemetry
import Testing
import Workload

/// Duplicates, sequences and the ledger, CONTRACT 5.
@Suite("Identity of events")
struct IdentityTests {
    private static let hour = TimeRule.hourMilliseconds

    private static func beat(_ id: String, _ minutes: Double?, sequence: Int64? = nil) -> Event {
        event(.deviceHeartbeat, minutes, id: id, zone: "biri", device: "x", sequence: sequence)
    }

    @Test("an id counts once a source, across types and topics, with its first content")
    func acrossTypes() {
        var fold = Fold()
        #expect(fold.message([Self.beat("1", 0), Self.beat("1", 1)], received: minute(2)) == [.accepted, .duplicate])
        #expect(fold.message([event(.alarmRaised, 2, id: "1", zone: "biri")], received: minute(2)) == [.duplicate])
        #expect(fold.message([event(.alarmRaised, 2, id: "2", zone: "biri")], received: minute(2)) == [.accepted])
        #expect(fold.message([Self.beat("2", 3)], received: minute(3), isHistory: true) == [.duplicate])
        #expect(fold.message([event(.alarmClosed, 4, id: "2", alarm: "b")], received: minute(4)) == [.duplicate])
        #expect(fold.message([Self.beat("1", 0)], received: minute(5), source: "t") == [.accepted])
        #expect(fold.message([Self.beat("1", 0)], received: minute(5), municipality: "3440") == [.accepted])
        #expect(fold.alarm("b") == nil)
        #expect(fold.total.heartbeats == 3 && fold.total.raised == 1)
    }

    @Test("ids are the same only byte for byte")
    func bytewise() {
        var fold = Fold()
        let verdicts = fold.message(
            [Self.beat("\u{E9}", 0), Self.beat("e\u{301}", 0), Self.beat("E\u{301}", 0), Self.beat("\u{E9}", 0)],
            received: minute(1)
        )
        #expect(verdicts == [.accepted, .accepted, .accepted, .duplicate])
    }

    @Test("ids of alarms are kept without a limit in time")
    func alarms() {
        var fold = Fold()
        fold.message([event(.alarmRaised, 0, zone: "biri")], received: minute(0))
        for day in 1...40 {
            fold.message([Self.beat("b\(day)", nil)], received: minute(0) + Int64(day) * 24 * Self.hour)
        }
        let later = minute(0) + 41 * 24 * Self.hour
        #expect(fold.message([event(.alarmRaised, 0, zone: "biri")], received: later) == [.duplicate])
        #expect(
            fold.message([event(.deviceHeartbeat, 0, id: event(.alarmRaised, 0).id.string)], received: later) == [
                .duplicate
            ]
        )
    }

    static let pauses: [(pauseMilliseconds: Int64, between: Bool, verdict: State.Verdict)] = [
        (71 * 3_600_000, true, .duplicate), (72 * 3_600_000, true, .duplicate), (72 * 3_600_000, false, .duplicate),
        (74 * 3_600_000, true, .accepted), (74 * 3_600_000, false, .accepted), (72 * 3_600_000 + 1, true, .duplicate),
    ]

    @Test("other ids are remembered for 72 hours, at most an hour longer; then a clockless copy is counted again", arguments: pauses)
    func memory(pauseMilliseconds: Int64, between: Bool, verdict: State.Verdict) {
        var fold = Fold()
        fold.message([Self.beat("1", nil)], received: minute(0))
        if between {
            for hour in 1...71 {
                fold.message([Self.beat("h\(hour)", nil)], received: minute(0) + Int64(hour) * Self.hour)
            }
        }
        #expect(fold.message([Self.beat("1", nil)], received: minute(0) + pauseMilliseconds) == [verdict])
    }

    @Test("beyond the horizon a sequence that was accepted tells a duplicate")
    func horizon() {
        var fold = Fold()
        fold.message([Self.beat("1", 0, sequence: 1)], received: minute(0))
        for hour in 1...200 {
            fold.message([Self.beat("h\(hour)", nil)], received: minute(0) + Int64(hour) * Self.hour)
        }
        let received = minute(0) + 200 * Self.hour
        // The id itself is forgotten.
        #expect(fold.message([Self.beat("1", 0, sequence: 1)], received: received) == [.duplicate])
        #expect(fold.message([Self.beat("1 again", 0, sequence: 1)], received: received) == [.duplicate])
        #expect(fold.ledger()?.sequenceReuse == 0)
        // Not accepted before, so new.
        #expect(fold.message([Self.beat("1", 0, sequence: 2)], received: received) == [.accepted])
        // At the horizon and after it the sequence proves nothing; alarms have no horizon.
        let horizon = received - 72 * Self.hour
        #expect(
            fold.message([Self.beat("x", nil, sequence: 1).with { $0.time = horizon - 1 }], received: received) == [
                .duplicate
            ]
        )
        #expect(
            fold.message([Self.beat("y", nil, sequence: 1).with { $0.time = horizon }], received: received) == [
                .accepted
            ]
        )
        #expect(fold.message([event(.alarmRaised, 0, id: "z", sequence: 1)], received: received) == [.accepted])
        #expect(fold.ledger()?.sequenceReuse == 2)
    }

    @Test("with a limit on the count the horizon is where the memory begins")
    func countHorizon() {
        var fold = Fold(seen: SeenIDs(countMax: 64))
        fold.message([Self.beat("0", 0, sequence: 0)], received: minute(0))
        for number in 1...200 {
            let minutes = Double(number)
            fold.message([Self.beat("\(number)", minutes, sequence: Int64(number))], received: minute(minutes))
        }
        #expect(fold.message([Self.beat("150", 150, sequence: 150)], received: minute(201)) == [.duplicate])
        #expect(fold.message([Self.beat("0", 0, sequence: 0)], received: minute(201)) == [.duplicate])
        #expect(fold.message([Self.beat("0", 0)], received: minute(201)) == [.accepted])
        #expect(fold.ledger()?.sequenceReuse == 0)
    }

    @Test("a sequence met again is counted, and the event accepted, of any type")
    func reuse() {
        var fold = Fold()
        fold.message([Self.beat("1", 0, sequence: 7)], received: minute(1))
        #expect(fold.message([Self.beat("2", 0, sequence: 7)], received: minute(2)) == [.accepted])
        #expect(fold.message([event(.alarmRaised, 0, zone: "biri", sequence: 7)], received: minute(3)) == [.accepted])
        #expect(fold.message([Self.beat("1", 0, sequence: 7)], received: minute(4)) == [.duplicate])
        let ledger = fold.ledger()
        #expect(ledger?.sequenceReuse == 2 && ledger?.sequenceReuseFirst == minute(2))
        #expect(ledger?.accepted == 3 && ledger?.duplicates == 1)
    }

    @Test("a rejected event's sequence has arrived but is not taken")
    func rejected() {
        var fold = Fold()
        let message = fold.state.begin(
            position: 1,
            received: minute(0),
            municipality: "3407",
            source: "s",
            isHistory: false
        )
        fold.state.reject(sequence: 5, in: message)
        fold.state.reject(sequence: nil, in: message)
        fold.message([Self.beat("1", 0, sequence: 5), Self.beat("2", 0, sequence: 8)], received: minute(1))
        let ledger = fold.ledger()
        #expect(ledger?.sequenceReuse == 0 && ledger?.rejected == 2 && ledger?.accepted == 2)
        #expect(ledger?.received == 4 && ledger?.messages == 2)
        #expect(ledger?.firstSequence == 5 && ledger?.lastSequence == 8)
        #expect(ledger?.missing == [6...7])
    }

    @Test("a duplicate's sequence has arrived as well")
    func duplicateArrives() {
        var fold = Fold()
        fold.message([Self.beat("1", 0, sequence: 1), Self.beat("1", 0, sequence: 4)], received: minute(1))
        #expect(fold.ledger()?.lastSequence == 4 && fold.ledger()?.missing == [2...3])
        // But it was not accepted.
        fold.message([Self.beat("2", 0, sequence: 4)], received: minute(1))
        #expect(fold.ledger()?.sequenceReuse == 0)
    }

    @Test("each source has a ledger of its own")
    func sources() {
        var fold = Fold()
        fold.message([Self.beat("1", 0, sequence: 1)], received: minute(1))
        fold.message([Self.beat("1", 0, sequence: 1)], received: minute(1), source: "t")
        fold.message([], received: minute(1), source: "t")
        #expect(fold.ledger("s")?.accepted == 1 && fold.ledger("s")?.messages == 1)
        #expect(fold.ledger("t")?.accepted == 1 && fold.ledger("t")?.messages == 2)
        #expect(fold.ledger("t")?.sequenceReuse == 0)
    }

    @Test("signs of life are told by UTC day and quarter, and only those of accepted events with a device")
    func devices() {
        var fold = Fold()
        fold.message([Self.beat("1", 16), event(.alarmRaised, 31, device: "d-biri")], received: minute(40))
        fold.message([Self.beat("1", 900), event(.alarmClosed, 33)], received: minute(40))
        let day = minute(0) / TimeRule.dayMilliseconds
        let bits = UInt64(1) << UInt64(day % 64)
        let rows = fold.devices.filter { $0.days != 0 }.sorted { $0.device < $1.device }
        #expect(
            rows == [
                .init(
                    municipality: "3407",
                    device: "d-biri",
                    window: Int32(day / 64),
                    days: bits,
                    lastSeen: minute(30)
                ),
                .init(municipality: "3407", device: "x", window: Int32(day / 64), days: bits, lastSeen: minute(15)),
            ]
        )
    }
}
