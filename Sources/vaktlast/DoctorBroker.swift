import Doctor
import Foundation
import Glibc
import MQTT
import Settings
import Telemetry

/// Tries the broker out as the service, as nobody and as a central, under client ids of the doctor.
struct BrokerExamination {
    let settings: ServiceSettings
    let central: (user: String, password: String)?

    /// Municipalities whose topics are tried; the ACL seldom differs between them.
    private static let municipalitiesMax = 20
    private static let channels = ["alarm", "telemetry", "history", "import", "native/doctor"]

    /// Nobody's topic: no filter of the service matches it.
    private var ownTopic: String { "\(Topic.root)/service/\(settings.instance)/doctor" }

    func findings() -> [Finding] {
        let broker = settings.broker
        var facts = BrokerFacts(
            address: broker.address,
            isLoopback: ServiceSettings.isLoopback(broker.host) || broker.host.hasPrefix("127."),
            usesTLS: broker.usesTLS,
            user: broker.username,
            connection: .connected
        )
        facts.asksForVersion5 = broker.version == .v5
        let session: TrialSession
        do {
            session = try TrialSession(settings: client("out"))
        } catch {
            facts.connection = .unreachable("\(error)")
            return facts.findings
        }
        defer { session.end() }
        switch session.connect() {
        case .unreachable(let why): facts.connection = .unreachable(why)
        case .refused(let why):
            if facts.asksForVersion5, isLetIn(version: .v311) { facts.speaksVersion5 = false } else { facts.connection = .refused(why) }
            return facts.findings
        case .accepted(let greeting):
            facts.maximumPacketBytes = greeting.maximumPacketBytes
            facts.sessionExpirySeconds = greeting.sessionExpirySeconds
            facts.isRetainAvailable = greeting.isRetainAvailable
            facts.maximumQoS = greeting.maximumQoS
        }
        guard facts.connection == .connected else { return facts.findings }
        readSystem(session, &facts)
        return facts.findings + access().findings + delivery(session).findings
    }

    private func isLetIn(version: BrokerSettings.ProtocolVersion) -> Bool {
        var broker = client("version")
        broker.version = version
        guard let session = try? TrialSession(settings: broker), case .accepted = session.connect() else { return false }
        session.end()
        return true
    }

    /// Our account under a client id of the doctor, one a process.
    private func client(_ purpose: String) -> BrokerSettings {
        settings.broker.with(clientID: "\(settings.broker.clientID)-doctor-\(getpid())-\(purpose)")
    }

    /// What the broker keeps retained below `$SYS` comes at once after the subscription.
    private func readSystem(_ session: TrialSession, _ facts: inout BrokerFacts) {
        let root = "$SYS/broker/"
        let names = [
            "version", "uptime", "publish/messages/dropped", "store/messages/count", "messages/stored", "subscriptions/count", "clients/expired",
        ]
        guard session.subscribe(names.map { root + $0 }) else { return }
        session.run(seconds: 1) { session.messages.count { $0.topic.hasPrefix(root) } >= names.count }
        for message in session.messages where message.topic.hasPrefix(root) {
            facts.system[String(message.topic.dropFirst(root.count))] = String(decoding: message.payload, as: UTF8.self)
        }
    }

    // MARK: - Who may do what

    private func access() -> AccessFacts {
        var facts = AccessFacts()
        // Only MQTT 5 says why a message was refused, whatever the service itself speaks.
        guard let session = stranger("access", user: settings.broker.username, password: settings.broker.password),
            case .accepted = session.connect()
        else {
            facts.problem = "the broker lets no client in with MQTT 5, and 3.1.1 does not say what an ACL refuses"
            return facts
        }
        defer { session.end() }
        let numbers = settings.municipalities.map(\.number).prefix(BrokerExamination.municipalitiesMax)
        tryAsService(session, ["0000"] + numbers, &facts)
        if let anonymous = stranger("anonymous", user: nil, password: nil), case .accepted = anonymous.connect() {
            facts.letsAnonymousIn = true
            tryAsStranger(.anonymous, anonymous, session, numbers.first ?? "0000", &facts)
            anonymous.end()
        } else {
            facts.letsAnonymousIn = false
        }
        guard let central else { return facts }
        facts.hasTriedCentral = true
        guard let stranger = stranger("central", user: central.user, password: central.password) else { return facts }
        switch stranger.connect() {
        case .refused(let why), .unreachable(let why): facts.centralProblem = why
        case .accepted: tryAsStranger(.central(central.user), stranger, session, numbers.first ?? "0000", &facts)
        }
        stranger.end()
        return facts
    }

    private func stranger(_ purpose: String, user: String?, password: String?) -> TrialSession? {
        var broker = client(purpose)
        broker.version = .v5
        broker.username = user
        broker.password = password
        if user == nil, settings.broker.username != nil { (broker.certFile, broker.keyFile) = (nil, nil) }
        return try? TrialSession(settings: broker)
    }

    /// Inbound topics of the reserved source `service`, which the running service reads and throws away.
    private func tryAsService(_ session: TrialSession, _ numbers: [String], _ facts: inout AccessFacts) {
        let payload = [Array("doctor".utf8)]
        for number in numbers {
            let topics = BrokerExamination.channels.map { "\(Topic.root)/\(number)/service/\($0)" }
            guard session.subscribe(topics) else {
                facts.trials += topics.map { .init(.service, .readInbound, $0, wasAllowed: false) }
                continue
            }
            let written = topics.map { session.publish(payload, on: $0) }
            // What the broker acknowledged it has sent on before it answers again.
            session.roundTrip()
            for (topic, wasWritten) in zip(topics, written) {
                let wasRead = session.messages.contains { $0.topic == topic }
                facts.trials.append(.init(.service, .readInbound, topic, wasAllowed: wasWritten == true ? wasRead : nil))
                if number == "0000", topic.hasSuffix("/alarm") || topic.hasSuffix("/telemetry") {
                    facts.trials.append(.init(.service, .writeCanary, topic, wasAllowed: wasWritten))
                }
            }
        }
        for number in numbers where number != "0000" || numbers.count == 1 {
            for (deed, topic) in [(AccessFacts.Deed.writeReceipt, "doctor/receipt"), (.writeLive, "zone/doctor/live")] {
                let topic = "\(Topic.root)/\(number)/\(topic)"
                facts.trials.append(.init(.service, deed, topic, wasAllowed: session.publish([[]], on: topic)))
            }
        }
        facts.trials.append(.init(.service, .writeStatus, ownTopic, wasAllowed: session.publish([[]], on: ownTopic)))
    }

    private func tryAsStranger(
        _ who: AccessFacts.Who,
        _ stranger: TrialSession,
        _ service: TrialSession,
        _ number: String,
        _ facts: inout AccessFacts
    ) {
        let inbound = "\(Topic.root)/\(number)/service/alarm"
        facts.trials.append(.init(who, .sendForeign, inbound, wasAllowed: stranger.publish([Array("doctor".utf8)], on: inbound)))
        let receipt = "\(Topic.root)/\(number)/doctor/receipt"
        guard stranger.subscribe([receipt]) else {
            return facts.trials.append(.init(who, .readForeign, receipt, wasAllowed: false))
        }
        let wasWritten = service.publish([Array("doctor".utf8)], on: receipt)
        stranger.roundTrip()
        let wasRead = stranger.messages.contains { $0.topic == receipt }
        facts.trials.append(.init(who, .readForeign, receipt, wasAllowed: wasWritten == true ? wasRead : nil))
    }

    // MARK: - What arrives

    /// Messages of the largest measurement, one byte each.
    private static let sentMax = 200
    /// A short queue shows in a small round already, and fewer messages are dropped for it.
    private static let rounds = [25, sentMax]

    private func delivery(_ session: TrialSession) -> DeliveryFacts {
        var facts = DeliveryFacts()
        do {
            facts.window = try window(session)
            guard facts.window?.arrived != 0 else { return facts }
            for count in BrokerExamination.rounds {
                let queue = try queue(session, count)
                facts.queue = queue
                if queue.arrived < queue.sent { break }
            }
        } catch { facts.problem = "\(error)" }
        return facts
    }

    private static func payloads(_ count: Int) -> [[UInt8]] { [[UInt8]](repeating: [UInt8(ascii: "d")], count: count) }

    /// How many come to a session that acknowledges none.
    private func window(_ publisher: TrialSession) throws -> DeliveryFacts.Measured {
        let (topic, end) = (ownTopic + "/window", ownTopic + "/end")
        let session = try TrialSession(settings: client("window"))
        guard case .accepted = session.connect(), session.subscribe([topic, end]) else { throw Failure("a second session was refused") }
        defer { session.end() }
        session.acknowledges = false
        let count = BrokerExamination.sentMax
        guard publisher.publish(BrokerExamination.payloads(count), on: topic) == true else { throw Failure("\(topic) cannot be written (ACL)") }
        func arrived() -> Int { session.messages.count { $0.topic == topic } }
        // QoS 0 goes past the window: when it comes, all that may be under way has come.
        publisher.publishUnanswered([], on: end)
        session.run(seconds: 3) { arrived() == count || session.messages.contains { $0.topic == end } }
        let unacknowledged = arrived()
        session.acknowledges = true
        session.run(seconds: 3) { arrived() == count }
        return .init(sent: count, arrived: unacknowledged)
    }

    /// How many are kept for a session that is away.
    private func queue(_ publisher: TrialSession, _ count: Int) throws -> DeliveryFacts.Measured {
        let (topic, end) = (ownTopic + "/queue", ownTopic + "/end")
        let before = try TrialSession(settings: client("queue"), cleanStart: settings.broker.version == .v5)
        guard case .accepted = before.connect(keepsSession: true), before.subscribe([topic, end]) else {
            throw Failure("a second session was refused")
        }
        before.leave()
        guard publisher.publish(BrokerExamination.payloads(count), on: topic) == true else { throw Failure("\(topic) cannot be written (ACL)") }
        let after = try TrialSession(settings: client("queue"), cleanStart: false)
        guard case .accepted = after.connect(keepsSession: true) else { throw Failure("the second session could not be taken up again") }
        defer {
            after.end()
            // MQTT 3.1.1 ends a session by beginning a new one.
            if settings.broker.version == .v311, let last = try? TrialSession(settings: client("queue")), case .accepted = last.connect() { last.end() }
        }
        func arrived() -> Int { after.messages.count { $0.topic == topic } }
        // It queues behind the others; a full queue may drop it, so it is sent until one comes.
        for _ in 0..<20 where arrived() < count {
            _ = publisher.publish([[]], on: end)
            if after.run(seconds: 0.25, until: { arrived() == count || after.messages.contains { $0.topic == end } }) { break }
        }
        return .init(sent: count, arrived: arrived())
    }
}
