import Telemetry
import Testing
import Workload

/// Effective time, lateness and revision, CONTRACT 4.
@Suite("Time of an event")
struct ReceiveTimeTests {
    static let clocks: [(time: EventTime?, received: EventTime, t: EventTime, flag: ClockFlag?)] = [
        (nil, minute(5), minute(5), .noClock),
        (1_420_070_399_999, minute(5), minute(5), .unsetClock),
        (0, minute(5), minute(5), .unsetClock),
        (-1, minute(5), minute(5), .unsetClock),
        (1_420_070_400_000, minute(5), 1_420_070_400_000, nil),
        (minute(10) + 1, minute(5), minute(5), .future),
        (minute(10), minute(5), minute(10), nil),
        (minute(5), minute(5), minute(5), nil),
        (253_402_300_799_999, minute(5), minute(5), .future),
    ]

    @Test("the effective time is the event's own, or the receive time with a flag", arguments: clocks)
    func effective(time: EventTime?, received: EventTime, t: EventTime, flag: ClockFlag?) {
        let effective = State.effectiveTime(time, received: received)
        #expect(effective.t == t)
        #expect(effective.flag == flag)
        var fold = Fold()
        fold.message([event(.alarmRaised, nil, id: "x", zone: "biri").with { $0.time = time }], received: received)
        #expect(fold.alarm()?.steps == [.init(step: .raised, t: t, id: "x", flag: flag, late: received - t > 900_000)])
    }

    @Test("clock flags are counted once, for accepted events")
    func flagCounts() {
        var fold = Fold()
        let events = [
            event(.deviceTested, nil, id: "1", device: "x"), event(.deviceTested, nil, id: "2", device: "x"),
            event(.alarmRaised, 99, id: "3"), event(.deviceTested, 1, id: "4", device: "x").with { $0.time = 5 },
            event(.deviceTested, 1, id: "5", device: "x"),
        ]
        fold.message(events, received: minute(5))
        fold.message(events, received: minute(6))
        let ledger = fold.ledger()
        #expect(ledger?.noClock == 2 && ledger?.unsetClock == 1 && ledger?.future == 1)
        #expect(ledger?.accepted == 5 && ledger?.duplicates == 5 && ledger?.late == 0)
    }

    @Test("late is more than fifteen minutes, of any type, in the quarter of its time")
    func late() {
        var fold = Fold()
        fold.message(
            [
                event(.deviceHeartbeat, 5, id: "on time", zone: "biri", device: "x"),
                event(.deviceHeartbeat, 4.999, id: "late", zone: "biri", device: "x"),
                event(.deviceTested, 3, id: "kind", zone: "biri", device: "x"),
                event(.alarmRaised, 2, zone: "biri"), event(.alarmRepeated, 2),
            ],
            received: minute(20)
        )
        #expect(fold.present("biri", 0).late == 4)
        #expect(fold.present("biri", 0).heartbeats == 2)
        #expect(fold.ledger()?.late == 4)
    }

    @Test("late alarm events count in the alarm's zone, those that hold no step as well, once each")
    func lateInAlarmZone() {
        var fold = Fold()
        let events = [
            event(.alarmAnswered, 1, id: "first"), event(.alarmAnswered, 2, id: "second", zone: "haugtun"),
            event(.alarmRaised, 0, zone: "biri"),
        ]
        fold.message(events, received: minute(60))
        fold.message(events, received: minute(61))
        #expect(fold.present("biri", 0).late == 3)
        #expect(fold.present("haugtun", 0).late == 0)
    }

    @Test("a late event corrects its closed quarter, which is revised then and keeps its first figures")
    func revised() {
        var fold = Fold()
        fold.promptly(event(.deviceHeartbeat, 1, id: "1", zone: "biri", device: "x"))
        fold.promptly(event(.alarmRaised, 2, zone: "biri"))
        // The quarter ends at 15 and is published at 75.
        fold.message([event(.deviceHeartbeat, 3, id: "2", zone: "biri", device: "x")], received: minute(75) - 1)
        #expect(fold.cell("biri", 0)?.first == nil)
        #expect(fold.present("biri", 0).heartbeats == 2)
        fold.message([event(.deviceHeartbeat, 4, id: "3", zone: "biri", device: "x")], received: minute(75))
        #expect(fold.present("biri", 0).heartbeats == 3 && fold.present("biri", 0).late == 2)
        #expect(fold.first("biri", 0).heartbeats == 2 && fold.first("biri", 0).late == 1)
        fold.message([event(.alarmAnswered, 5)], received: minute(90))
        #expect(fold.present("biri", 0).answered == 1)
        #expect(fold.first("biri", 0).answered == 0 && fold.first("biri", 0).heartbeats == 2)
        #expect(fold.first("biri", 0).raised == 1)
    }

    @Test("a quarter that nothing has come to since is not revised, and one that differs no more is not either")
    func revisedBack() {
        var fold = Fold()
        fold.promptly(event(.alarmRaised, 2, zone: "biri"), event(.alarmClosed, 80))
        #expect(fold.cell("biri", 0)?.first == nil)
        // A closed that leads nowhere else: taken by a later one, its quarter is as it was, but for the late event.
        fold.message([event(.alarmClosed, 81, id: "z")], received: minute(82))
        #expect(fold.cell("biri", 0)?.first == nil)
        #expect(fold.present("biri", 75).closed == 1)
    }

    @Test("an empty quarter is published empty: what comes to it later revises it")
    func emptyPublished() {
        var fold = Fold()
        fold.message([event(.alarmRaised, 2, zone: "biri")], received: minute(600))
        #expect(fold.cell("biri", 0)?.first == Measures())
        #expect(fold.present("biri", 0).raised == 1)
    }

    // MARK: - History

    private static func beat(_ minutes: Double, _ id: String) -> Event {
        event(.deviceHeartbeat, minutes, id: id, zone: "biri", device: "x")
    }

    @Test("what history adds later is added to both, is never late and revises nothing")
    func history() {
        var fold = Fold()
        fold.message([Self.beat(1, "1")], received: minute(600), isHistory: true)
        fold.message([event(.alarmRaised, 2, zone: "biri")], received: minute(600), isHistory: true)
        #expect(fold.cell("biri", 0)?.first == nil)
        #expect(fold.present("biri", 0).late == 0 && fold.ledger()?.late == 0)
        #expect(fold.alarm()?.steps.first?.late == false)
        #expect(fold.alarm()?.isLive == false)
        // A live one revises; what history adds after that is added to both.
        fold.message([Self.beat(3, "2")], received: minute(601))
        fold.message([event(.alarmAnswered, 3)], received: minute(601))
        fold.message([Self.beat(4, "3")], received: minute(602), isHistory: true)
        fold.message([event(.alarmRaised, 5, alarm: "b", zone: "biri")], received: minute(602), isHistory: true)
        #expect(fold.present("biri", 0).heartbeats == 3 && fold.first("biri", 0).heartbeats == 2)
        #expect(fold.present("biri", 0).raised == 2 && fold.first("biri", 0).raised == 2)
        #expect(fold.present("biri", 0).answered == 1 && fold.first("biri", 0).answered == 0)
        #expect(fold.present("biri", 0).late == 2 && fold.first("biri", 0).late == 0)
        #expect(fold.alarm()?.isLive == true)
    }

    @Test("clocks are flagged in history as elsewhere")
    func historyClocks() {
        var fold = Fold()
        fold.message([event(.deviceHeartbeat, nil, zone: "biri", device: "x")], received: minute(3), isHistory: true)
        #expect(fold.ledger()?.noClock == 1)
        #expect(fold.present("biri", 3).heartbeats == 1)
    }

    @Test("history that moves a step which came late leaves no figures that were never there")
    func historyMovesLateStep() {
        var fold = Fold()
        // Both quarters were published empty; the live alarm came hours late.
        fold.message([event(.alarmRaised, 20, id: "live", zone: "biri")], received: minute(600))
        fold.message([event(.alarmRaised, 5, id: "history", zone: "biri")], received: minute(601), isHistory: true)
        #expect(fold.present("biri", 0).raised == 1 && fold.present("biri", 15).raised == 0)
        // First figures are those of publication, nothing, with what history added.
        #expect(fold.first("biri", 15).raised == 0)
        #expect(fold.first("biri", 0).raised == 1)
    }

    @Test("history that makes a test of a late alarm leaves no figures that were never there")
    func historyTakesBackLateAlarm() {
        var fold = Fold()
        fold.message([event(.alarmRaised, 5, zone: "biri")], received: minute(600))
        fold.message(
            [event(.alarmClosed, 9).with { $0.outcome = .test }],
            received: minute(601),
            isHistory: true
        )
        #expect(fold.present("biri", 0).raised == 0 && fold.present("biri", 0).tests == 1)
        for (_, path) in Measures.named { #expect(fold.first("biri", 0)[keyPath: path] >= 0) }
    }

    @Test("the live board counts open alarms and responses, without tests, closed ones and history")
    func board() {
        var fold = Fold()
        func board(_ zone: String) -> [Int] {
            let board = fold.boards["3407/\(zone)"] ?? ZoneBoard()
            return [board.openAlarms, board.openResponses]
        }
        fold.promptly(event(.alarmRaised, 0, zone: "biri"))
        fold.message([event(.alarmRaised, 0, alarm: "old", zone: "biri")], received: minute(1), isHistory: true)
        fold.promptly(event(.alarmRaised, 0, alarm: "t", zone: "biri").with { $0.test = true })
        #expect(board("biri") == [1, 0])
        fold.promptly(event(.alarmDispatched, 1).with { $0.respondingZone = lasting("haugtun") })
        #expect(board("biri") == [1, 0] && board("haugtun") == [0, 1])
        fold.promptly(event(.alarmAnswered, 1, alarm: "old"))
        #expect(board("biri") == [2, 0])
        fold.promptly(event(.alarmClosed, 2))
        #expect(board("biri") == [1, 0] && board("haugtun") == [0, 0])
    }
}
