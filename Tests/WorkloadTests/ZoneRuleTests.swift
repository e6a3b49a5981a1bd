import Telemetry
import Testing
import Workload

/// Zones of events and alarms, CONTRACT 5.
@Suite("Zones")
struct ZoneRuleTests {
    static let places: [(zone: String?, device: String?, minutes: Double, expected: String)] = [
        ("biri", nil, 10, "biri"),
        ("biri", "d-moved", 10, "biri"),
        (nil, "d-biri", 10, "biri"),
        // The registry's place at the time of the event, the end excluded.
        (nil, "d-moved", 119, "haugtun"),
        (nil, "d-moved", 120, "nordbyen"),
        ("mars", "d-biri", 10, "biri"),
        ("mars", "stranger", 10, "ukjent"),
        ("ukjent", nil, 10, "ukjent"),
        ("ukjent", "d-biri", 10, "biri"),
        ("Biri", nil, 10, "ukjent"),
        ("biri ", nil, 10, "ukjent"),
        (nil, "stranger", 10, "ukjent"),
        (nil, nil, 10, "ukjent"),
    ]

    @Test("an event's zone is its own if configured, else the registry's at its time, else ukjent", arguments: places)
    func place(zone: String?, device: String?, minutes: Double, expected: String) {
        var fold = Fold()
        fold.promptly(
            event(.deviceHeartbeat, minutes, zone: zone, device: device),
            event(.alarmRaised, minutes, zone: zone, device: device)
        )
        #expect(fold.present(expected, minutes).heartbeats == 1)
        #expect(fold.present(expected, minutes).raised == 1)
        #expect(fold.alarm()?.zone == expected)
        #expect(fold.figures.count == 1)
    }

    @Test("an alarm's zone is that of its raised, even ukjent")
    func raised() throws {
        let events = [event(.alarmRaised, 0, device: "stranger"), event(.alarmAnswered, 1, zone: "biri")]
        for alarm in try StepHoldingTests.alarms(events) { #expect(alarm.zone == "ukjent") }
    }

    @Test("without raised it is that of the first step, by time and id, that leads to a zone")
    func firstStep() throws {
        let events = [
            event(.alarmAnswered, 1, zone: "mars"), event(.alarmDispatched, 2, device: "d-biri"),
            event(.alarmClosed, 3, zone: "haugtun"), event(.alarmRepeated, 0, zone: "nordbyen"),
        ]
        for alarm in try StepHoldingTests.alarms(events) { #expect(alarm.zone == "biri") }
        let tie = [
            event(.alarmAnswered, 1, id: "b", zone: "haugtun"), event(.alarmArrived, 1, id: "a", zone: "nordbyen"),
        ]
        for alarm in try StepHoldingTests.alarms(tie) { #expect(alarm.zone == "nordbyen") }
    }

    @Test("an event that holds no step gives the alarm no zone")
    func notHolding() throws {
        let events = [event(.alarmAnswered, 2, id: "late", zone: "biri"), event(.alarmAnswered, 1, id: "early")]
        for alarm in try StepHoldingTests.alarms(events) { #expect(alarm.zone == "ukjent") }
    }

    @Test("without a step that leads to a zone it is that of the first repeat that does")
    func repeats() throws {
        let events = [
            event(.alarmRepeated, 3, id: "r3", zone: "biri"), event(.alarmRepeated, 2, id: "b", zone: "haugtun"),
            event(.alarmRepeated, 2, id: "a", zone: "nordbyen"), event(.alarmRepeated, 1, id: "r1", zone: "mars"),
        ]
        for alarm in try StepHoldingTests.alarms(events) { #expect(alarm.zone == "nordbyen") }
        for alarm in try StepHoldingTests.alarms(events + [event(.alarmClosed, 9)]) {
            #expect(alarm.zone == "nordbyen")
        }
    }

    @Test("all measures of an alarm move to its present zone")
    func move() {
        var fold = Fold()
        fold.promptly(
            event(.alarmRepeated, 1, zone: "haugtun"),
            event(.alarmAnswered, 2),
            event(.alarmDispatched, 4),
            event(.alarmArrived, 6),
            event(.alarmClosed, 12)
        )
        let before = fold.present("haugtun", 0)
        #expect(before.responseMs == 8 * 60_000 && before.repeated == 1 && before.talkMs == 2 * 60_000)
        fold.message([event(.alarmRaised, 0, zone: "biri")], received: minute(14))
        var expected = before
        expected.raised = 1
        #expect(fold.present("biri", 0) == expected)
        #expect(fold.figures.count == 1)
    }

    static let responding: [(said: String?, expected: String)] = [
        ("haugtun", "haugtun"), ("mars", "biri"), ("ukjent", "biri"), (nil, "biri"),
    ]

    @Test("response counts in a known responding zone, else in the alarm's zone", arguments: responding)
    func respondingZone(said: String?, expected: String) {
        var fold = Fold()
        fold.promptly(
            event(.alarmRaised, 0, zone: "biri"),
            event(.alarmAnswered, 1),
            event(.alarmDispatched, 2).with { $0.respondingZone = said.map(lasting) },
            event(.alarmArrived, 5),
            event(.alarmClosed, 10)
        )
        #expect(fold.alarm()?.respondingZone == expected)
        let response = fold.present(expected, 0)
        #expect(response.responseMs == 8 * 60_000 && response.travelMs == 3 * 60_000 && response.onSiteMs == 5 * 60_000)
        #expect(response.openPeak == 1)
        #expect(fold.total.responseMs == 8 * 60_000)
        let own = fold.present("biri", 0)
        #expect(own.raised == 1 && own.dispatched == 1 && own.arrived == 1 && own.closed == 1)
        #expect(own.talkMs == 60_000)
    }

    @Test("unknown zones are counted by name, and unknown municipalities have no zone but ukjent")
    func unknown() {
        var fold = Fold()
        fold.promptly(event(.deviceTested, 0, id: "1", zone: "mars", device: "d-biri"))
        fold.promptly(event(.deviceTested, 1, id: "2", zone: "mars", device: "x"))
        fold.promptly(event(.alarmDispatched, 2).with { $0.respondingZone = lasting("moon") })
        let counts = fold.unknownZones.reduce(into: [:]) { $0[$1.zone] = $1.count }
        #expect(counts == ["mars": 2, "moon": 1])
        fold.message(
            [event(.deviceHeartbeat, 3, zone: "biri", device: "d-biri")],
            received: minute(3),
            municipality: "9999"
        )
        let cell = fold.figures.first { $0.key.municipality == "9999" }
        #expect(cell?.key.zone == "ukjent" && cell?.value.heartbeats == 1)
        #expect(fold.present("biri", 3).heartbeats == 0)
    }

    @Test("a device of the registry of one municipality is a stranger in another")
    func otherMunicipality() {
        var plan = Fold.plan
        plan.municipalities.append(.init(number: "3440", name: "Øyer", zones: [.init(id: "biri", name: "Other Biri")]))
        var fold = Fold(plan: plan)
        fold.message(
            [event(.deviceHeartbeat, 1, device: "d-biri"), event(.deviceFault, 1, zone: "haugtun", device: "x")],
            received: minute(1),
            municipality: "3440"
        )
        #expect(Set(fold.figures.keys.map(\.zone)) == ["ukjent"])
        fold.message([event(.alarmRaised, 1, zone: "biri")], received: minute(1), municipality: "3440")
        let places = fold.figures.filter { $0.value.raised == 1 }.keys
        #expect(places.map(\.municipality) == ["3440"] && places.map(\.zone) == ["biri"])
    }
}
