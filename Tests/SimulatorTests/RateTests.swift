import Foundation
import Simulator
import Testing

/// Four weeks of the demo against DOMAIN.md, with bounds of four standard deviations of a Poisson count or more.
@Suite("The rates of the Gjøvik scenario")
struct RateTests {
    private static let sent: Result<[SimulatedEvent], any Error> = Result {
        var simulation = Simulation(scenario: try scenario("gjovik"), seed: 2030, start: monday)
        return simulation.all(before: monday + 28 * day)
    }

    private static let events: Result<[String], any Error> = sent.map { events in
        events.map { String(decoding: $0.json, as: UTF8.self) }
    }

    private func counts() throws -> [String: Int] {
        var seen: Set<Substring> = []
        var counts: [String: Int] = [:]
        for event in try RateTests.events.get() {
            let parts = event.split(separator: "\"", maxSplits: 17, omittingEmptySubsequences: false)
            guard seen.insert(parts[7]).inserted else {
                counts["copies", default: 0] += 1
                continue
            }
            counts[String(parts[15].dropFirst("no.vaktlast.".count)), default: 0] += 1
        }
        return counts
    }

    @Test("contacts, call-outs, tests and heartbeats are as frequent as DOMAIN says")
    func frequencies() throws {
        let counts = try counts()
        let userMonths = 600 * 28 / Simulation.daysPerMonth
        let acknowledged = Double(counts["alarm.acknowledged"] ?? 0)
        #expect(abs(acknowledged / userMonths - 3.6) < 0.4)
        let callOuts = Double(counts["alarm.dispatched"] ?? 0)
        #expect(abs(callOuts / userMonths - 0.7) < 0.16)
        let tests = Double(counts["alarm.raised"] ?? 0) - acknowledged
        #expect(abs(tests / userMonths - 1) < 0.2)
        let total = counts.values.reduce(0, +)
        #expect((200_000...270_000).contains(total))
        #expect((201_600 * 95 / 100...235_000).contains(counts["device.heartbeat"] ?? 0))
        #expect((counts["copies"] ?? 0) > 100)
        for type in [
            "alarm.raised", "alarm.repeated", "alarm.answered", "alarm.acknowledged", "alarm.dispatched",
            "alarm.accepted", "alarm.departed", "alarm.arrived", "alarm.closed", "sensor.observed",
            "assist.performed", "device.heartbeat", "device.fault", "device.restored", "device.tested",
        ] {
            #expect((counts[type] ?? 0) > 0, "\(type)")
        }
    }

    @Test("every alarm event of four weeks is valid, and the answers look like a central's")
    func figures() throws {
        let scenario = try scenario("gjovik")
        var auditor = Auditor(municipalities: [AuditedMunicipality(scenario)])
        let events = try RateTests.sent.get().filter(\.isAlarm)
        for message in messages(events, municipality: "3407", source: "helsevakten") { auditor.read(message) }
        let source = try #require(auditor.sources(municipality: "3407").first)
        #expect(source.figure("rejected") == 0)

        let kpis = auditor.kpis(municipality: "3407", from: monday, to: monday + 28 * day)
        let answer = try #require(kpis["answer"])
        let within = try #require(answer["within60s"])
        #expect((0.965...0.995).contains(within.figure("value")))
        #expect((10_000...18_000).contains(answer.figure("p50Ms")))
        #expect(answer.figure("negative") == 0)
        #expect((0.74...0.86).contains(try #require(kpis["closedAtCentre"]).figure("value")))
        let attendance = try #require(kpis["attendance"])
        #expect(try #require(attendance["within45min"]).figure("value") > 0.9)
        let travel: (String) -> Double = { zone in
            let kpis = auditor.kpis(municipality: "3407", from: monday, to: monday + 28 * day, zone: zone)
            return kpis["attendance"]?.figure("p50Ms") ?? -1
        }
        #expect(travel("snertingdal") > travel("haugtun") + Double(5 * minute))
        #expect(travel("biri") > travel("haugtun") + Double(4 * minute))
    }

    @Test("the load has its peak in the morning and is never silent at night")
    func rhythm() throws {
        var hours = [Int](repeating: 0, count: 24)
        for event in try RateTests.events.get() where event.contains("no.vaktlast.alarm.raised") {
            let time = try #require(event.firstRange(of: "\"time\":\""))
            let text = event[event.index(time.upperBound, offsetBy: 11)...].prefix(2)
            hours[(try #require(Int(text)) + 2) % 24] += 1
        }
        let morning = hours[8..<11].reduce(0, +)
        let night = hours[1..<4].reduce(0, +)
        #expect(Double(morning) > 2.5 * Double(night))
        #expect(night > 50)
    }
}
