import Simulator
import Testing

/// CONTRACT 4 and 5 by small hand-made tables.
@Suite("The auditor counts once and in its time")
struct AuditorIdentityTests {
    private let beat = #""device":"d1""#

    private func source(_ told: Told) throws -> AuditValue {
        try #require(told.auditor.sources(municipality: "3407").first)
    }

    @Test("received is accepted and duplicates and rejected; a copy with other content is a copy")
    func ledger() throws {
        var told = Told()
        told.event("device.heartbeat", "e1", at: 0, sequence: 10, data: beat)
        told.event("device.heartbeat", "e1", at: minute, sequence: 10, data: #""device":"d2""#)
        told.event("alarm.repeated", "e1", at: minute, data: #""alarm":"a""#)
        told.event("device.fault", "e2", at: minute, sequence: 12, data: beat)
        let source = try source(told)
        #expect(source.figure("messages") == 4)
        #expect(source.figure("received") == 4)
        #expect(source.figure("accepted") == 1)
        #expect(source.figure("duplicates") == 2)
        #expect(source.figure("rejected") == 1)
        #expect(told.cell("biri")?.figure("heartbeats") == 1)
    }

    @Test("missing sequences are ranges, and a rejected event's has arrived without being taken")
    func sequences() throws {
        var told = Told()
        for sequence in [5, 6, 9, 20] {
            told.event("device.tested", "e\(sequence)", at: 0, sequence: sequence, data: beat)
        }
        told.event("device.fault", "e15", at: 0, sequence: 15, data: beat)
        var source = try source(told)
        #expect(source["firstSequence"] == .string("5"))
        #expect(source["lastSequence"] == .string("20"))
        let ranges: [AuditValue] = [("7", "8"), ("10", "14"), ("16", "19")].map {
            .object(["from": .string($0), "to": .string($1)])
        }
        #expect(source["missing"] == .array(ranges))
        told.event("device.tested", "e15b", at: 0, sequence: 15, data: beat)
        source = try self.source(told)
        #expect(source.figure("sequenceReuse") == 0)
        told.event("device.tested", "e15c", at: 0, sequence: 15, data: beat)
        source = try self.source(told)
        #expect(source.figure("sequenceReuse") == 1)
        #expect(source.figure("accepted") == 6)
    }

    @Test("beyond 72 hours an id is forgotten, but an old event with a known sequence is still a copy")
    func horizon() throws {
        var told = Told()
        told.event("device.tested", "old", at: 0, sequence: 1, data: beat)
        told.event("alarm.repeated", "alarm", at: 0, sequence: 2, data: #""alarm":"a""#)
        // The same event again, four days later: its sequence gives it away.
        told.event("device.tested", "old", at: 0, received: 4 * day, sequence: 1, data: beat)
        // A new id with the old sequence and an old time, too.
        told.event("device.tested", "new", at: hour, received: 4 * day, sequence: 1, data: beat)
        // With a time inside the memory it is a counter that began again.
        told.event("device.tested", "again", at: 4 * day, sequence: 1, data: beat)
        told.event("alarm.repeated", "alarm", at: 0, received: 4 * day, sequence: 2, data: #""alarm":"a""#)
        // Without a sequence nothing is left to tell it by.
        told.event("device.tested", "bare", at: 0, received: 4 * day, data: beat)
        told.event("device.tested", "bare", at: 0, received: 8 * day, data: beat)
        let source = try source(told)
        #expect(source.figure("duplicates") == 3)
        #expect(source.figure("accepted") == 5)
        #expect(source.figure("sequenceReuse") == 1)
    }

    @Test(
        "clocks that cannot be right give way to the receive time",
        arguments: [
            (nil, "no-clock"), ("2014-12-31T23:59:59.999Z", "unset-clock"), ("2015-01-01T00:00:00Z", nil),
            ("2026-10-05T12:05:00+02:00", nil), ("2026-10-05T12:05:00.001+02:00", "future"),
        ] as [(String?, String?)]
    )
    func clocks(time: String?, flag: String?) throws {
        var told = Told()
        let written = time.map { ",\"time\":\"\($0)\"" } ?? ""
        told.message(
            """
            {"specversion":"1.0","id":"e","source":"c","type":"no.vaktlast.device.heartbeat"\(written),"data":{\(beat)}}
            """
        )
        let clocks = try #require(try source(told)["clocks"])
        for name in ["no-clock", "unset-clock", "future"] { #expect(clocks.figure(name) == (name == flag ? 1 : 0)) }
        #expect((told.cell("biri") != nil) == (flag != nil || time?.hasPrefix("2026") == true))
    }

    @Test("late is more than a quarter of an hour, and never by history")
    func late() throws {
        var told = Told()
        told.event("device.tested", "e1", at: 0, received: 15 * minute, data: beat)
        told.event("device.tested", "e2", at: 0, received: 15 * minute + 1, data: beat)
        told.event("device.tested", "e3", at: 0, received: 20 * minute, lane: "history", data: beat)
        #expect(try source(told).figure("late") == 1)
        #expect(told.cell("biri")?.figure("late") == 1)
    }

    @Test("names are compared bytewise: two spellings of é are two alarms")
    func bytewise() {
        var told = Told()
        told.event("alarm.repeated", "e1", at: 0, data: #""alarm":"caf\u00e9""#)
        told.event("alarm.repeated", "e2", at: 0, data: #""alarm":"cafe\u0301""#)
        #expect(told.alarms.count == 2)
    }

    @Test("topics that are not read leave no ledger")
    func topics() {
        var auditor = Auditor(municipalities: [])
        for topic in [
            "vaktlast/v1/3407/zone/alarm", "vaktlast/v1/3407/c/receipt", "vaktlast/v1/340/c/alarm",
            "vaktlast/v1/3407/C/alarm", "vaktlast/v1/3407/c", "vaktlast/v1/3407/c/alarm/more",
        ] {
            let message = AuditedMessage(position: 1, received: 0, topic: topic, payload: Array("{}".utf8))
            #expect(auditor.read(message) == nil, "\(topic)")
        }
        #expect(auditor.sources(municipality: "3407").isEmpty)
    }
}
