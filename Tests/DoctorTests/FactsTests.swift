import Doctor
import Testing

@Suite("Facts become findings")
struct FactsTests {
    static func broker(_ change: (inout BrokerFacts) -> Void) -> [Finding] {
        var facts = BrokerFacts(address: "mqtt://127.0.0.1:1883", isLoopback: true, usesTLS: false, user: "vaktlast", connection: .connected)
        facts.system = ["version": "mosquitto version 2.0.18", "publish/messages/dropped": "0"]
        change(&facts)
        return facts.findings.filter { $0.severity != .ok }
    }

    @Test("a broker in order has no finding")
    func goodBroker() { #expect(Self.broker { _ in } == []) }

    static let brokerFaults: [(String, Severity, @Sendable (inout BrokerFacts) -> Void)] = [
        ("does not answer: Connection refused", .error, { $0.connection = .unreachable("Connection refused") }),
        ("refuses user vaktlast: Not authorized", .error, { $0.connection = .refused("Not authorized") }),
        ("is not encrypted", .error, { $0.isLoopback = false }),
        ("does not speak MQTT 5", .error, { $0.speaksVersion5 = false }),
        ("broker.version is 3.1.1", .note, { $0.asksForVersion5 = false }),
        ("Maximum Packet Size of 65536", .warning, { $0.maximumPacketBytes = 65_536 }),
        ("keeps no retained", .warning, { $0.isRetainAvailable = false }),
        ("QoS 0 only", .error, { $0.maximumQoS = 0 }),
        ("ends sessions after 3600 s", .warning, { $0.sessionExpirySeconds = 3600 }),
        ("older than 2.0.13", .warning, { $0.system["version"] = "mosquitto version 2.0.11" }),
        ("older than 2.0.13", .warning, { $0.system["version"] = "mosquitto version 1.6.9" }),
        ("17 messages dropped", .warning, { $0.system["publish/messages/dropped"] = "17" }),
        ("2 sessions expired", .warning, { $0.system["clients/expired"] = "2" }),
        ("$SYS cannot be read", .note, { $0.system = [:] }),
    ]

    @Test("each fault of a broker is found", arguments: brokerFaults)
    func eachBrokerFault(_ words: String, _ severity: Severity, _ change: @Sendable (inout BrokerFacts) -> Void) throws {
        let found = Self.broker(change)
        try #require(found.count == 1, "\(found)")
        #expect(found[0].found.contains(words))
        #expect(found[0].severity == severity)
        if severity >= .warning { #expect(found[0].loss != nil && found[0].mend != nil) }
    }

    @Test("versions are compared by number", arguments: [("2.0.13", true), ("2.0.9", false), ("2.1.0", true), ("10.0", true), ("2.0.11", false)])
    func versions(_ version: String, _ isGood: Bool) {
        #expect(Self.broker { $0.system["version"] = "mosquitto version \(version)" }.isEmpty == isGood)
    }

    @Test("what was measured: window and queue")
    func delivery() {
        func worst(_ window: Int, _ queue: Int) -> [Severity] {
            var facts = DeliveryFacts()
            facts.window = .init(sent: 200, arrived: window)
            facts.queue = .init(sent: 200, arrived: queue)
            return facts.findings.map(\.severity)
        }
        #expect(worst(200, 200) == [.ok, .ok])
        #expect(worst(20, 200) == [.warning, .ok])
        #expect(worst(1, 6) == [.warning, .error])
        // Nothing came: that says nothing about a queue.
        #expect(worst(0, 0) == [.note])
    }

    @Test(
        "certificates: expired, soon, not yet, long enough",
        arguments: [(Int64(-1), Severity.error), (0, .error), (1, .warning), (29, .warning), (30, .ok), (400, .ok)]
    )
    func certificates(_ daysLeft: Int64, _ severity: Severity) {
        var facts = CertificateFacts()
        let now: Int64 = 1_800_000_000
        facts.certificates = [.init(name: "the broker's", subject: "/CN=b", validFrom: now - 86_400, validTo: now + daysLeft * 86_400)]
        #expect(facts.findings(now: now).map(\.severity) == [severity])
        facts.certificates[0].validFrom = now + 1
        if daysLeft > 0 { #expect(facts.findings(now: now).map(\.severity) == [.error]) }
    }

    @Test("the ACL: the service must be able to, strangers must not")
    func access() {
        var facts = AccessFacts()
        facts.letsAnonymousIn = false
        facts.hasTriedCentral = true
        facts.trials = [
            .init(.service, .readInbound, "t", wasAllowed: true), .init(.service, .writeReceipt, "t", wasAllowed: false),
            .init(.central("c"), .sendForeign, "t", wasAllowed: true), .init(.central("c"), .readForeign, "t", wasAllowed: false),
            .init(.anonymous, .readForeign, "t", wasAllowed: nil),
        ]
        #expect(facts.findings.map(\.severity) == [.ok, .ok, .error, .error, .ok, .note])
        facts.letsAnonymousIn = true
        #expect(facts.findings[0].severity == .error)
        facts.centralProblem = "Not authorized"
        #expect(facts.findings.last?.severity == .error)
    }

    @Test(
        "clocks of sources, by the median of received − time",
        arguments: [(Int64(200), Severity.ok), (-59_000, .ok), (-61_000, .warning), (-301_000, .error), (899_000, .ok), (901_000, .warning)]
    )
    func clocks(_ median: Int64, _ severity: Severity) {
        var facts = ClockFacts()
        facts.isSynchronised = true
        facts.sources = [.init(municipality: "3407", source: "a", timed: 10, medianMilliseconds: median, withoutTime: 0, unset: 0)]
        #expect(facts.findings.map(\.severity) == [.ok, severity])
    }

    @Test("all sources ahead: it is our clock; too few events: no judgement; an unkept clock is said")
    func ownClock() {
        var facts = ClockFacts()
        facts.isSynchronised = false
        facts.sources = ["a", "b"].map { .init(municipality: "3407", source: $0, timed: 9, medianMilliseconds: -120_000, withoutTime: 0, unset: 0) }
        #expect(facts.findings.map(\.severity) == [.warning, .error, .warning, .warning])
        facts.sources = [.init(municipality: "3407", source: "a", timed: 4, medianMilliseconds: -900_000, withoutTime: 2, unset: 1)]
        #expect(facts.findings.map(\.severity) == [.warning, .note, .warning, .note])
    }
}
