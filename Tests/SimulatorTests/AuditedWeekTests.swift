import Simulator
import Testing

/// A simulated week under the auditor.
@Suite("A week of the simulation before the auditor")
struct AuditedWeekTests {
    private func audit(_ messages: [AuditedMessage], _ scenario: Scenario) -> Auditor {
        var auditor = Auditor(municipalities: [AuditedMunicipality(scenario)])
        for message in messages { auditor.read(message) }
        return auditor
    }

    @Test("every event is valid, nothing is missing, faults are as many as made")
    func valid() throws {
        let scenario = try scenario("normal-week")
        var simulation = Simulation(scenario: scenario, seed: 7, start: monday)
        let events = simulation.all(before: monday + 7 * day)
        let sent = messages(events, municipality: "3441", source: "vakta")
        let auditor = audit(sent, scenario)
        let source = try #require(auditor.sources(municipality: "3441").first)
        #expect(source.figure("rejected") == 0)
        #expect(source.figure("sequenceReuse") == 0)
        #expect(source.figure("received") == Double(events.count))
        let copies = events.count - Set(events.map(\.json)).count
        #expect(source.figure("duplicates") == Double(copies))
        #expect(copies > 0)
        #expect(source.figure("late") > 0)

        let rows = auditor.loads(municipality: "3441", from: monday, to: monday + 7 * day)
        #expect(rows.allSatisfy { $0["zone"] == .string("nord") || $0["zone"] == .string("sor") })
        #expect(rows.contains { $0["revised"] == .bool(true) })
        let heartbeats = rows.map { $0.figure("heartbeats") }.reduce(0, +)
        let made = Set(events.filter { String(decoding: $0.json, as: UTF8.self).contains("heartbeat") }.map(\.json))
        #expect(heartbeats == Double(made.count))
        let alarms = auditor.alarms(municipality: "3441", from: monday, to: monday + 7 * day)
        let tests = alarms.count { $0["test"] == .bool(true) }
        #expect(rows.map { $0.figure("raised") }.reduce(0, +) == Double(alarms.count - tests))
        #expect(rows.map { $0.figure("tests") }.reduce(0, +) == Double(tests))
        let days = auditor.loads(municipality: "3441", from: monday, to: monday + 7 * day, step: .day)
        #expect(days.count == 14)
        for name in ["responseMs", "talkMs", "overlapMs", "late"] {
            let sums = [rows, days].map { $0.map { $0.figure(name) }.reduce(0, +) }
            #expect(sums[0] == sums[1], "\(name)")
        }
    }

    @Test("sent as history in batches, the week gives the same loads and nothing late or revised")
    func history() throws {
        let scenario = try scenario("normal-week")
        var simulation = Simulation(scenario: scenario, seed: 7, start: monday)
        let events = simulation.all(before: monday + 7 * day)
        let live = audit(messages(events, municipality: "3441", source: "vakta"), scenario)
        let batches = Simulation.batches(of: events).enumerated().map { index, payload in
            AuditedMessage(
                position: Int64(index),
                received: monday + 30 * day,
                topic: "vaktlast/v1/3441/vakta/history",
                payload: payload
            )
        }
        let past = audit(batches, scenario)
        let rows = past.loads(municipality: "3441", from: monday, to: monday + 7 * day)
        #expect(rows.allSatisfy { $0["revised"] == .bool(false) && $0.figure("late") == 0 })
        let first = past.loads(municipality: "3441", from: monday, to: monday + 7 * day, publishedFirst: true)
        #expect(first == rows)
        let expected = live.loads(municipality: "3441", from: monday, to: monday + 7 * day)
        let names = ["raised", "responseMs", "openPeak", "overlapMs", "heartbeats", "observations"]
        for name in names {
            #expect(
                rows.map { $0.figure(name) }.reduce(0, +) == expected.map { $0.figure(name) }.reduce(0, +),
                "\(name)"
            )
        }
    }

    @Test("the order of the messages changes nothing but what was first published")
    func anyOrder() throws {
        let scenario = try scenario("normal-week")
        var simulation = Simulation(scenario: scenario, seed: 3, start: monday)
        let events = simulation.all(before: monday + 2 * day)
        var generator = SeededGenerator(seed: 11)
        var shuffled = events
        for index in shuffled.indices { shuffled.swapAt(index, generator.below(index + 1)) }
        let auditors = [events, shuffled + events.prefix(500)].map { list in
            audit(
                list.enumerated().map { index, event in
                    AuditedMessage(
                        position: Int64(index),
                        received: monday + 3 * day,
                        topic: "vaktlast/v1/3441/vakta/history",
                        payload: event.json
                    )
                },
                scenario
            )
        }
        let loads = auditors.map { $0.loads(municipality: "3441", from: monday, to: monday + 2 * day) }
        #expect(loads[0] == loads[1])
        let alarms = auditors.map { $0.alarms(municipality: "3441", from: monday, to: monday + 2 * day) }
        #expect(alarms[0] == alarms[1])
        let kpis = auditors.map { $0.kpis(municipality: "3441", from: monday, to: monday + 2 * day) }
        #expect(kpis[0] == kpis[1])
    }
}
