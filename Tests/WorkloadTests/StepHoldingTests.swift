import Telemetry
import Testing
import Workload

/// Which event holds a step, CONTRACT 5: tables of two or three events, given in every order.
@Suite("The event that holds a step")
struct StepHoldingTests {
    /// All orders of some events.
    static func orders(_ events: [Event]) -> [[Event]] {
        guard let first = events.first else { return [[]] }
        return orders(Array(events.dropFirst())).flatMap { rest in
            (0...rest.count).map { Array(rest[..<$0]) + [first] + Array(rest[$0...]) }
        }
    }

    /// The alarm after each order, every event received at the same minute.
    static func alarms(_ events: [Event], received: Double = 60) throws -> [AlarmRecord] {
        try orders(events).map { order in
            var fold = Fold()
            for event in order { fold.message([event], received: minute(received)) }
            return try #require(fold.alarm())
        }
    }

    @Test("the smallest time holds a step, the smallest id among equals, and its attributes count")
    func smallest() throws {
        let alarms = try Self.alarms([
            event(.alarmRaised, 5, id: "b").with {
                $0.kind = .smoke; $0.priority = 1
            },
            event(.alarmRaised, 5, id: "c").with {
                $0.kind = .door; $0.test = true
            },
            event(.alarmRaised, 6, id: "a").with {
                $0.kind = .bed; $0.test = true
            },
        ])
        for alarm in alarms {
            #expect(alarm.steps == [.init(step: .raised, t: minute(5), id: "b", flag: nil, late: true)])
            #expect(alarm.kind == .smoke && alarm.priority == 1 && !alarm.isTest)
            #expect(alarm.repeats == 0)
        }
    }

    @Test("the largest time holds closed, the largest id among equals")
    func largest() throws {
        let alarms = try Self.alarms([
            event(.alarmClosed, 9, id: "a").with {
                $0.outcome = .technical; $0.cause = .fall
            },
            event(.alarmClosed, 9, id: "b").with { $0.outcome = .visited },
            event(.alarmClosed, 8, id: "c").with { $0.outcome = .test },
        ])
        for alarm in alarms {
            #expect(alarm.steps.map(\.id) == ["b"])
            #expect(alarm.outcome == .visited && alarm.cause == nil && !alarm.isTest)
        }
    }

    @Test("ids are ordered bytewise: Z before a, and e with an accent of its own before é")
    func bytewise() throws {
        for (small, large) in [("Z", "a"), ("e\u{301}", "\u{E9}"), ("a", "aa"), ("9", ":"), ("10", "9")] {
            let pair = [event(.alarmAnswered, 1, id: small), event(.alarmAnswered, 1, id: large)]
            for alarm in try Self.alarms(pair) { #expect(Array(alarm.steps[0].id.utf8) == Array(small.utf8)) }
            let closed = [event(.alarmClosed, 1, id: small), event(.alarmClosed, 1, id: large)]
            for alarm in try Self.alarms(closed) { #expect(Array(alarm.steps[0].id.utf8) == Array(large.utf8)) }
        }
    }

    static let allSteps: [EventType] = [
        .alarmRaised, .alarmAnswered, .alarmAcknowledged, .alarmDispatched, .alarmAccepted, .alarmDeparted,
        .alarmArrived,
    ]

    @Test("every step but closed keeps the smallest", arguments: allSteps)
    func everyStep(type: EventType) throws {
        for alarm in try Self.alarms([event(type, 3, id: "x"), event(type, 2, id: "y"), event(type, 4, id: "a")]) {
            #expect(alarm.steps.map(\.id) == ["y"])
        }
    }

    @Test("an event with a flagged clock holds a step only if no other does", arguments: [true, false])
    func flagged(isClosed: Bool) throws {
        let type = isClosed ? EventType.alarmClosed : .alarmAnswered
        let unset = event(type, nil, id: "unset").with { $0.time = 0 }
        let future = event(type, 66, id: "future")
        let good = event(type, 20, id: "good")
        for alarm in try Self.alarms([unset, good, future, event(type, nil, id: "none")]) {
            #expect(alarm.steps.map(\.id) == ["good"])
            #expect(alarm.steps[0].flag == nil)
        }
        // Among flagged ones time decides, then the id: here all have the minute of receipt.
        for alarm in try Self.alarms([unset, future, event(type, nil, id: "none")]) {
            #expect(alarm.steps.map(\.id) == [isClosed ? "unset" : "future"])
            #expect(alarm.steps[0].t == minute(60))
        }
    }

    @Test("responders, voice and the responding zone come from the event that holds, absent ones included")
    func attributes() throws {
        let alarms = try Self.alarms([
            event(.alarmAccepted, 2, id: "a2").with { $0.responders = 4 }, event(.alarmAccepted, 1, id: "a1"),
            event(.alarmAnswered, 1, id: "v1"), event(.alarmAnswered, 2, id: "v2").with { $0.voice = false },
        ])
        for alarm in alarms { #expect(alarm.responders == 1 && alarm.voice == nil) }
        let zones = try Self.alarms([
            event(.alarmRaised, 0, zone: "biri"),
            event(.alarmDispatched, 1, id: "d1"),
            event(.alarmDispatched, 2, id: "d2").with { $0.respondingZone = lasting("haugtun") },
        ])
        for alarm in zones { #expect(alarm.respondingZone == "biri") }
    }

    @Test("responders is 1 without accepted, whatever others say")
    func respondersAlone() throws {
        let events = [event(.alarmDispatched, 1), event(.alarmClosed, 2).with { $0.responders = 7 }]
        for alarm in try Self.alarms(events) { #expect(alarm.responders == 1) }
    }

    @Test("one raised by one source and closed by another is two alarms")
    func sources() {
        var fold = Fold()
        fold.message([event(.alarmRaised, 0, zone: "biri")], received: minute(1), source: "s")
        fold.message([event(.alarmClosed, 5)], received: minute(6), source: "other")
        #expect(fold.alarm(source: "s")?.isOpen == true)
        #expect(fold.alarm(source: "other")?.steps.map(\.step) == [.closed])
        #expect(fold.alarm(source: "other")?.zone == "ukjent")
    }
}
