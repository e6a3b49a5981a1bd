import Simulator
import Testing

@Suite("What goes wrong in a simulation")
struct TroubleTests {
    private static let head = """
        municipality: "3441"
        source: vakta
        population: {residents: 60, seed: 3441, prefix: ga}
        zones: [{id: nord, weight: 2}, {id: sor}]
        delivery: {delayedShare: 0, duplicatedShare: 0, zoneOmittedShare: 0, silencesPerDeviceMonth: 0}

        """

    private func events(_ yaml: String, days: Int64 = 2, head: String = TroubleTests.head) throws -> [SimulatedEvent] {
        var simulation = Simulation(scenario: try Scenario(yaml: head + yaml, file: "s.yaml"), seed: 5, start: monday)
        return simulation.all(before: monday + days * day)
    }

    private func text(_ event: SimulatedEvent) -> String { String(decoding: event.json, as: UTF8.self) }

    /// The time written in an event, by the auditor's reading.
    private func rows(_ events: [SimulatedEvent], _ yaml: String) throws -> AuditValue {
        let scenario = try Scenario(yaml: TroubleTests.head + yaml, file: "s.yaml")
        var auditor = Auditor(municipalities: [AuditedMunicipality(scenario)])
        for message in messages(events, municipality: "3441", source: "vakta") { auditor.read(message) }
        return try #require(auditor.sources(municipality: "3441").first)
    }

    @Test("a line that is out holds everything back and lets it go at its end, in order")
    func outage() throws {
        let sent = try events("incidents: [{kind: outage, atHour: 10, hours: 3}]")
        let quiet = try events("")
        #expect(sent.count == quiet.count)
        #expect(!sent.contains { $0.time >= monday + 10 * hour && $0.time < monday + 13 * hour })
        let backlog = sent.filter { $0.time == monday + 13 * hour }.map(text)
        let made = quiet.filter { $0.time >= monday + 10 * hour && $0.time < monday + 13 * hour }.map(text)
        #expect(backlog.count > 30)
        #expect(backlog == made)
    }

    @Test("incidents of delivery delay, repeat, lose and break as many as they say, in their time alone")
    func delivery() throws {
        let quiet = try events("")
        let inTime = quiet.filter { $0.time >= monday + 10 * hour && $0.time < monday + 20 * hour }.count
        let lost = try events("incidents: [{kind: lost, atHour: 10, hours: 10}]")
        #expect(lost.count == quiet.count - inTime)
        let twice = try events("incidents: [{kind: duplicate, atHour: 10, hours: 10, minutes: 5}]")
        #expect(twice.count == quiet.count + inTime)
        #expect(try rows(twice, "").figure("duplicates") == Double(inTime))
        let late = try events("incidents: [{kind: delay, atHour: 10, hours: 10, minutes: 300, share: 0.5}]")
        let lateCount = try rows(late, "").figure("late")
        #expect(abs(lateCount - Double(inTime) / 2) < 5 * Double(inTime).squareRoot() / 2)
        let broken = try events("incidents: [{kind: malformed, atHour: 10, hours: 10}]")
        #expect(try rows(broken, "").figure("rejected") == Double(inTime))
        let gap = try #require(rows(lost, "")["missing"])
        #expect(gap != .array([]))
    }

    @Test("a restamped backlog carries the time of its sending")
    func restamped() throws {
        let sent = try events("incidents: [{kind: outage, atHour: 10, hours: 3}, {kind: restamp, atHour: 10, hours: 3}]")
        let backlog = sent.filter { $0.time == monday + 13 * hour }
        #expect(backlog.count > 30)
        // 13 hours after Monday 00:00 in Norway's summer.
        #expect(backlog.allSatisfy { text($0).contains("\"time\":\"2026-10-05T11:00:00.000Z\"") })
    }

    @Test("clocks that were never set, lie ahead or send nothing are flagged, each in its way")
    func clocks() throws {
        let yaml = "clocks: {unsetShare: 0.3, futureShare: 0.3, missingShare: 0.3}"
        let sent = try events(yaml)
        let flags = try #require(rows(sent, yaml)["clocks"])
        for flag in ["unset-clock", "future", "no-clock"] { #expect(flags.figure(flag) > Double(sent.count) / 8, "\(flag)") }
    }

    @Test("a power cut is told at once, then by low batteries, then by silence, and mended when it is over")
    func powerCut() throws {
        let sent = try events("incidents: [{kind: power-cut, atHour: 10, hours: 20, zones: [sor], batteryHours: {median: 5, sigma: 0.1}}]", days: 3)
        func count(_ word: String, _ fault: String, _ from: Int64, _ to: Int64) -> Int {
            sent.count {
                $0.time >= monday + from * hour && $0.time < monday + to * hour && text($0).contains(".\(word)\"") && text($0).contains("\"\(fault)\"")
            }
        }
        let devices = try Scenario(yaml: TroubleTests.head, file: "s.yaml").registry().count { $0.zone == "sor" }
        #expect(count("fault", "mains-lost", 10, 11) >= devices - 2)
        #expect(count("fault", "battery-low", 11, 30) >= devices - 2)
        #expect(!sent.contains { $0.time > monday + 20 * hour && $0.time < monday + 30 * hour && text($0).contains("\"sor\"") })
        #expect(count("restored", "mains-lost", 30, 31) >= devices - 2)
    }

    @Test("lost links are silence, and of a share somebody is told")
    func linkLoss() throws {
        let sent = try events("incidents: [{kind: link-loss, atHour: 10, hours: 10, toldShare: 0.3}]")
        let during = sent.filter { $0.time > monday + 10 * hour + minute && $0.time < monday + 20 * hour }
        #expect(!during.contains { text($0).contains("device.heartbeat") || text($0).contains("alarm.raised") })
        #expect((10...60).contains(sent.count { text($0).contains("link-lost") && text($0).contains("device.fault") }))
    }

    @Test("a flood of tests leaves nothing but tests; presses again are alarms of their own")
    func floods() throws {
        let yaml = "incidents: [{kind: test-flood, atHour: 10, hours: 1, perMinute: 20}]"
        let scenario = try Scenario(yaml: TroubleTests.head + yaml, file: "s.yaml")
        var auditor = Auditor(municipalities: [AuditedMunicipality(scenario)])
        for message in messages(try events(yaml), municipality: "3441", source: "vakta") { auditor.read(message) }
        let rows = auditor.loads(municipality: "3441", from: monday + 10 * hour, to: monday + 11 * hour)
        #expect((900...1500).contains(rows.map { $0.figure("tests") }.reduce(0, +)))
        #expect(rows.map { $0.figure("raised") }.reduce(0, +) < 20)

        let many = Self.head + "alarms: {perUserMonth: 60, callOutsPerUserMonth: 5}\n"
        let calm = try events("", head: many).count { text($0).contains("alarm.raised") }
        let pressed = try events("incidents: [{kind: repeat-presses, atHour: 0, hours: 48, presses: 8, share: 0.5}]", head: many)
            .count { text($0).contains("alarm.raised") }
        #expect(pressed > calm * 3)
    }

    @Test("two centrals share the devices; in a switch-over some alarms ring at both, under one name")
    func switchOver() throws {
        let head = TroubleTests.head.replacing("source: vakta\n", with: "centrals: [{source: gammel}, {source: ny, share: 0, localTime: true}]\n")
        let yaml = "alarms: {perUserMonth: 60}\nincidents: [{kind: switch-over, atHour: 12, hours: 12, from: gammel, to: ny, bothShare: 0.5}]"
        let sent = try events(yaml, head: head)
        #expect(sent.allSatisfy { $0.central == 0 || $0.time >= monday + 12 * hour })
        // What the old one still has under way when the last device is gone ends there.
        #expect(!sent.contains { $0.central == 0 && $0.time > monday + 24 * hour && text($0).contains("heartbeat") })
        func names(_ central: Int) -> Set<Substring> {
            Set(sent.filter { $0.central == central && text($0).contains("alarm.raised") }.compactMap { text($0).firstMatch(of: /"alarm":"([^"]*)"/)?.1 })
        }
        #expect(names(0).intersection(names(1)).count > 5)
        let sequences = sent.filter { $0.central == 1 }.count { text($0).contains("\"sequence\":\"1\"") }
        #expect(sequences == 1)
    }

    @Test("one responder serves one alarm at a time: the others wait")
    func waiting() throws {
        let busy =
            TroubleTests.head
            + "alarms: {perUserMonth: 90, callOutsPerUserMonth: 60}\nresponse: {neighbourShare: 0, twoRespondersShare: 0, stepMissingShare: 0}\n"
        let one = busy.replacing("{id: sor}", with: "{id: sor, responders: 1}")
        let scenario = try Scenario(yaml: one, file: "s.yaml")
        var auditor = Auditor(municipalities: [AuditedMunicipality(scenario)])
        for message in messages(try events("", head: one), municipality: "3441", source: "vakta") { auditor.read(message) }
        let rows = auditor.loads(municipality: "3441", from: monday, to: monday + 2 * day)
        let peaks = ["nord", "sor"].map { zone in rows.filter { $0["zone"] == .string(zone) }.map { $0.figure("openPeak") }.max() ?? 0 }
        #expect(peaks[0] > 2)
        #expect(peaks[1] == 1)
    }

    @Test(
        "unknown keys, wrong words and impossible sums name their line",
        arguments: [
            ("incidents:\n  - {kind: quake}", "7", "incidents[0].kind"),
            ("incidents:\n  - {kind: outage, perMinute: 3}", "7", "incidents[0].perMinute"),
            ("incidents:\n  - {kind: switch-over, from: vakta, to: other}", "7", "incidents[0].to"),
            ("clocks: {unsetShare: 0.6, futureShare: 0.6}", "6", "clocks"),
            ("natives: [{devices: door-sensor, codec: morse}]", "6", "natives[0].codec"),
            ("natives: [{devices: door-sensor, codec: zigbee2mqtt}]", "6", "natives[0].profile"),
            ("natives: [{devices: door-sensor, codec: zigbee2mqtt, profile: smoke-detector-zigbee}]", "6", "natives[0].profile"),
            ("natives: [{devices: door-sensor, codec: scaip, profile: door-sensor-zigbee}]", "6", "natives[0].profile"),
            ("start: tomorrow", "6", "start"),
        ]
    )
    func errors(yaml: String, line: String, key: String) throws {
        let found = try #require(#expect(throws: ScenarioError.self) { try Scenario(yaml: TroubleTests.head + yaml, file: "s.yaml") })
        #expect(found.key == key)
        #expect("\(found.line)" == line, "\(found)")
    }
}
