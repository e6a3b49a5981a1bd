import Foundation
import Simulator
import Testing

@Suite("The simulation")
struct SimulationTests {
    @Test("the same seed and start give the same bytes")
    func sameSeedSameBytes() throws {
        let scenario = try scenario("normal-week")
        var one = Simulation(scenario: scenario, seed: 5, start: monday)
        var two = Simulation(scenario: scenario, seed: 5, start: monday)
        var other = Simulation(scenario: scenario, seed: 6, start: monday)
        let events = one.all(before: monday + 2 * day)
        #expect(events.count > 1000)
        #expect(events == two.all(before: monday + 2 * day))
        #expect(events != other.all(before: monday + 2 * day))
    }

    @Test("another start shifts every event and changes nothing else but the run's prefix")
    func startShifts() throws {
        let scenario = try scenario("normal-week")
        let shift = 35 * day
        var one = Simulation(scenario: scenario, seed: 5, start: monday)
        var two = Simulation(scenario: scenario, seed: 5, start: monday + shift)
        let early = one.all(before: monday + 3 * day)
        let late = two.all(before: monday + shift + 3 * day)
        #expect(early.map { $0.time + shift } == late.map(\.time))
        #expect(early.map(bare) == late.map(bare))
        #expect(id(early[0]) != id(late[0]))
    }

    @Test("a run that pauses goes on as if it had not")
    func pausing() throws {
        let scenario = try scenario("normal-week")
        var whole = Simulation(scenario: scenario, seed: 5, start: monday)
        var parted = Simulation(scenario: scenario, seed: 5, start: monday)
        var events: [SimulatedEvent] = []
        for minutes in stride(from: Int64(0), through: 2880, by: 7) {
            events += parted.all(before: monday + minutes * minute)
        }
        events += parted.all(before: monday + 2 * day)
        #expect(events == whole.all(before: monday + 2 * day))
    }

    @Test("events come in the order of sending and inside the time asked for")
    func order() throws {
        var simulation = Simulation(scenario: try scenario("normal-week"), seed: 1, start: monday)
        let times = simulation.all(before: monday + 3 * day).map(\.time)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(times.first.map { $0 >= monday } == true)
        #expect(times.last.map { $0 < monday + 3 * day } == true)
    }

    @Test("a run can go on with the sequence of an earlier one")
    func sequenceGoesOn() throws {
        let scenario = try scenario("normal-week")
        var first = Simulation(scenario: scenario, seed: 1, start: monday)
        _ = first.all(before: monday + day)
        var second = Simulation(
            scenario: scenario,
            seed: 1,
            start: monday + day,
            firstSequence: first.lastSequence + 1
        )
        let next = second.next(before: monday + 2 * day)
        let event = try #require(next)
        #expect(String(decoding: event.json, as: UTF8.self).contains("\"sequence\":\"\(first.lastSequence + 1)\""))
    }

    @Test("a clock change moves the rhythm by an hour", arguments: [Int64(0), hour])
    func clockChange(change: Int64) throws {
        var scenario = try scenario("normal-week")
        scenario.alarms.perUserMonth = 300
        scenario.rhythm.hours = (0..<24).map { $0 == 9 ? 1 : 0 }
        scenario.delivery.delayedShare = 0
        scenario.delivery.duplicatedShare = 0
        // Summer time ends at once: local time is an hour less ahead of UTC than at the start.
        var simulation = Simulation(scenario: scenario, seed: 1, start: monday) {
            $0 == monday ? 2 * hour : 2 * hour - change
        }
        let raised = simulation.all(before: monday + 3 * day).filter { type($0) == "alarm.raised" && !isTest($0) }
        #expect(!raised.isEmpty)
        let hours = Set(raised.map { ($0.time - monday) % day / hour })
        #expect(hours == [9 + change / hour])
    }

    @Test("batches hold every event once, in order, and fit a message")
    func batches() throws {
        var simulation = Simulation(scenario: try scenario("normal-week"), seed: 1, start: monday)
        let events = simulation.all(before: monday + day)
        let payloads = Simulation.batches(of: events, eventCountMax: 100)
        #expect(payloads.count == (events.count + 99) / 100)
        var rest = events[...]
        for payload in payloads {
            let part = rest.prefix(100)
            rest = rest.dropFirst(100)
            let expected = "[" + part.map { String(decoding: $0.json, as: UTF8.self) }.joined(separator: ",") + "]"
            #expect(String(decoding: payload, as: UTF8.self) == expected)
        }
        let full = Simulation.batches(of: Array(repeating: events[0], count: 12_000), eventCountMax: 5_000)
        #expect(full.allSatisfy { $0.count <= Simulation.payloadBytesMax })
        #expect(Simulation.batches(of: []) == [])
    }

    // MARK: Reading events

    private func text(_ event: SimulatedEvent) -> String { String(decoding: event.json, as: UTF8.self) }

    private func id(_ event: SimulatedEvent) -> Substring { text(event).split(separator: "\"")[7] }

    private func type(_ event: SimulatedEvent) -> String {
        String(text(event).split(separator: "\"")[15].dropFirst("no.vaktlast.".count))
    }

    private func isTest(_ event: SimulatedEvent) -> Bool { text(event).contains("\"priority\":3") }

    /// The event without its time and the run's prefix.
    private func bare(_ event: SimulatedEvent) -> String {
        let prefix = id(event).split(separator: "-")[0]
        return text(event).replacing(prefix, with: "run").replacing(/"time":"[^"]*"/, with: "")
    }
}
