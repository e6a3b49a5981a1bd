import Telemetry
import Testing
import Workload

/// What alarms and telemetry add to the quarters, CONTRACT 6.
@Suite("Load of a quarter")
struct LoadRuleTests {
    /// A response of an alarm of its own, from and to a minute.
    private static func response(
        _ alarm: String,
        _ start: Double,
        _ end: Double,
        responders: UInt8? = nil,
        zone: String = "biri"
    ) -> [Event] {
        [
            event(.alarmRaised, start, alarm: alarm, zone: zone),
            event(.alarmAccepted, start, alarm: alarm).with { $0.responders = responders },
            event(.alarmClosed, end, alarm: alarm),
        ]
    }

    private static func fold(_ events: [Event], received: Double = 300) -> Fold {
        var fold = Fold()
        for event in events { fold.message([event], received: minute(received)) }
        return fold
    }

    @Test("steps count in the quarter of their time, by the measures that have one")
    func steps() {
        let fold = Self.fold([
            event(.alarmRaised, 14.999, zone: "biri"), event(.alarmAnswered, 15), event(.alarmAcknowledged, 15),
            event(.alarmDispatched, 29.999), event(.alarmAccepted, 30), event(.alarmDeparted, 31),
            event(.alarmArrived, 45), event(.alarmClosed, 60),
        ])
        #expect([0, 15, 30, 45, 60].map { fold.present("biri", $0).raised } == [1, 0, 0, 0, 0])
        #expect([0, 15, 30, 45, 60].map { fold.present("biri", $0).answered } == [0, 1, 0, 0, 0])
        #expect([0, 15, 30, 45, 60].map { fold.present("biri", $0).dispatched } == [0, 1, 0, 0, 0])
        #expect([0, 15, 30, 45, 60].map { fold.present("biri", $0).accepted } == [0, 0, 1, 0, 0])
        #expect([0, 15, 30, 45, 60].map { fold.present("biri", $0).arrived } == [0, 0, 0, 1, 0])
        #expect([0, 15, 30, 45, 60].map { fold.present("biri", $0).closed } == [0, 0, 0, 0, 1])
        #expect([0, 15, 30, 45, 60].map { fold.present("biri", $0).outcomes[.visited] } == [0, 0, 0, 0, 1])
    }

    @Test("intervals are cut at the quarters, half open, and the response times its responders")
    func intervals() {
        let fold = Self.fold([
            event(.alarmRaised, 0, zone: "biri"), event(.alarmAnswered, 10), event(.alarmDispatched, 20),
            event(.alarmAccepted, 20).with { $0.responders = 2 }, event(.alarmArrived, 30), event(.alarmClosed, 45),
        ])
        #expect([0, 15, 30, 45].map { fold.present("biri", $0).talkMs } == [300_000, 300_000, 0, 0])
        #expect([0, 15, 30, 45].map { fold.present("biri", $0).responseMs } == [0, 1_200_000, 1_800_000, 0])
        #expect([0, 15, 30, 45].map { fold.present("biri", $0).travelMs } == [0, 1_200_000, 0, 0])
        #expect([0, 15, 30, 45].map { fold.present("biri", $0).onSiteMs } == [0, 0, 1_800_000, 0])
        #expect([0, 15, 30, 45].map { fold.present("biri", $0).openPeak } == [0, 2, 2, 0])
        #expect(fold.total.overlapMs == 0)
    }

    @Test("responses that touch do not overlap: the end is excluded")
    func touching() {
        let fold = Self.fold(Self.response("a", 0, 5) + Self.response("b", 5, 10))
        #expect(fold.present("biri", 0).openPeak == 1)
        #expect(fold.present("biri", 0).overlapMs == 0)
        #expect(fold.present("biri", 0).responseMs == 10 * 60_000)
        let overlapping = Self.fold(Self.response("a", 0, 5.001) + Self.response("b", 5, 10))
        #expect(overlapping.present("biri", 0).openPeak == 2)
        #expect(overlapping.present("biri", 0).overlapMs == 60)
    }

    @Test("the peak counts responders, the overlap counts responses")
    func peak() {
        let fold = Self.fold(
            Self.response("a", 0, 20, responders: 3) + Self.response("b", 2, 8, responders: 2)
                + Self.response("c", 4, 6) + Self.response("d", 10, 12, zone: "haugtun")
        )
        #expect(fold.present("biri", 0).openPeak == 6)
        #expect(fold.present("biri", 0).overlapMs == 6 * 60_000)
        #expect(fold.present("biri", 15).openPeak == 3)
        #expect(fold.present("biri", 15).overlapMs == 0)
        #expect(fold.present("haugtun", 0).openPeak == 1)
        #expect(fold.present("haugtun", 0).overlapMs == 0)
    }

    @Test("a response of no length, or one that does not contribute, is at no peak")
    func noPeak() {
        let fold = Self.fold(
            Self.response("a", 3, 3) + Self.response("b", 4, 2) + Self.response("c", 0, 361)
                + [event(.alarmAccepted, 1, alarm: "d", zone: "biri")],
            received: 500
        )
        #expect(fold.total.openPeak == 0 && fold.total.responseMs == 0 && fold.total.overlapMs == 0)
        #expect(fold.total.accepted == 4)
    }

    @Test("alarms of all sources of a municipality add up in a cell")
    func sources() {
        var fold = Fold()
        for source in ["s", "t"] {
            for event in Self.response("a", 0, 10) { fold.message([event], received: minute(20), source: source) }
        }
        #expect(fold.present("biri", 0).raised == 2)
        #expect(fold.present("biri", 0).openPeak == 2)
        #expect(fold.present("biri", 0).overlapMs == 10 * 60_000)
    }

    @Test("repeats are a set of ids by their own quarter; a second raised is none")
    func repeats() {
        var fold = Self.fold([
            event(.alarmRaised, 0, zone: "biri"), event(.alarmRaised, 1), event(.alarmRepeated, 2, id: "r1"),
            event(.alarmRepeated, 3, id: "r2"), event(.alarmRepeated, 20, id: "r3"),
        ])
        fold.message([event(.alarmRepeated, 2, id: "r1")], received: minute(300))
        #expect(fold.present("biri", 0).repeated == 2)
        #expect(fold.present("biri", 15).repeated == 1)
        #expect(fold.alarm()?.repeats == 3)
        #expect(fold.total.raised == 1)
    }

    @Test("silent is an answer without voice, and only that")
    func silent() {
        let events = [nil, true, false].enumerated().map { index, voice in
            event(.alarmAnswered, 0, alarm: "a\(index)", zone: "biri").with { $0.voice = voice }
        }
        #expect(Self.fold(events).present("biri", 0).silent == 1)
        #expect(Self.fold(events).present("biri", 0).answered == 3)
    }

    @Test("telemetry counts by its kind in its own zone; restored and tested count nowhere")
    func telemetry() {
        let types: [EventType] = [
            .deviceHeartbeat, .deviceHeartbeat, .sensorObserved, .deviceFault, .assistPerformed, .deviceRestored,
            .deviceTested,
        ]
        let fold = Self.fold(
            types.enumerated().map { event($1, 3, id: "e\($0)", zone: "biri", device: "x") },
            received: 5
        )
        var expected = Measures()
        expected.heartbeats = 2
        expected.observations = 1
        expected.faults = 1
        expected.assists = 1
        #expect(fold.figures.values.first == expected)
        #expect(fold.figures.count == 1)
    }

    // MARK: - Tests

    static let testWays: [(name: String, event: Event)] = [
        ("raised", event(.alarmRaised, -5, id: "t", zone: "biri").with { $0.test = true }),
        ("closed", event(.alarmClosed, 50, id: "t").with { $0.outcome = .test }),
    ]

    @Test("once an alarm is known as a test, all it contributed is taken back but tests", arguments: testWays)
    func takenBack(name: String, event test: Event) {
        var fold = Self.fold(
            Self.response("a", 0, 10, responders: 2) + Self.response("b", 0, 5)
                + [event(.alarmAnswered, 1), event(.alarmRepeated, 2)]
        )
        #expect(fold.present("biri", 0).raised == 2 && fold.present("biri", 0).openPeak == 3)
        let without = Self.fold(Self.response("b", 0, 5))
        fold.message([test], received: minute(300))
        #expect(fold.alarm()?.isTest == true)
        var expected = without.figures
        let quarter = TimeRule.quarter(of: minute(name == "raised" ? -5 : 0))
        let key = Fold.CellID(zone: "biri", quarter: quarter, municipality: Fold.municipality)
        expected[key, default: Measures()].tests += 1
        #expect(fold.figures == expected)
    }

    @Test("a test that is none after all contributes again")
    func noTest() {
        var fold = Self.fold(
            Self.response("a", 10, 20) + [event(.alarmClosed, 25, id: "x").with { $0.outcome = .test }]
        )
        #expect(fold.total.tests == 1 && fold.total.raised == 0)
        fold.message([event(.alarmClosed, 30, id: "y")], received: minute(300))
        // The closed that no longer holds was late, and stays counted as that.
        let expected = Self.fold(Self.response("a", 10, 30)).figuresWithoutLate
        #expect(fold.figuresWithoutLate == expected)
    }

    @Test("a test without raised is counted nowhere")
    func testWithoutRaised() {
        let fold = Self.fold([
            event(.alarmAnswered, 1, zone: "biri"), event(.alarmClosed, 5).with { $0.outcome = .test },
        ])
        #expect(fold.alarm()?.isTest == true)
        #expect(fold.figures.isEmpty)
    }
}
