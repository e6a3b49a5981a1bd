package import Telemetry

/// What is published: one event or a batch of them, or a device's own message.
package struct SimulatedMessage: Equatable, Sendable {
    /// What the auditor holds a message for.
    package enum Meaning: Equatable, Sendable {
        /// The payload speaks for itself.
        case canonical
        /// A device's own format: the canonical events, as a JSON array, that it must become.
        case events([UInt8])
        /// A device's own format that must be refused, with this reason.
        case refused(String)
        /// A device's own format of which nobody says what it means: a recording.
        case unknown
    }

    /// When it is sent.
    package var time: EventTime
    package var topic: String
    package var payload: [UInt8]
    package var meaning: Meaning

    package init(time: EventTime, topic: String, payload: [UInt8], meaning: Meaning = .canonical) {
        self.time = time
        self.topic = topic
        self.payload = payload
        self.meaning = meaning
    }
}

/// Puts simulated events into messages on the topics of their centrals, alone or in batches.
package struct MessageMaker: Sendable {
    /// As a central sends live, or all on the `history` topic.
    package enum Lane: Sendable { case live, history }

    private static let channels = ["alarm", "telemetry", "history"]

    private let roots: [String]
    private let lane: Lane
    private let eventCountMax: Int
    /// By central and channel.
    private var waiting: [[SimulatedEvent]]

    package init(_ scenario: Scenario, lane: Lane, eventCountMax: Int) {
        roots = scenario.centrals.map { "\(Topic.root)/\(scenario.municipality)/\($0.source)" }
        self.lane = lane
        self.eventCountMax = eventCountMax
        waiting = [[SimulatedEvent]](repeating: [], count: roots.count * MessageMaker.channels.count)
    }

    /// The messages that are full with this event.
    package mutating func add(_ event: SimulatedEvent) -> [SimulatedMessage] {
        if let native = event.native {
            let meaning: SimulatedMessage.Meaning = native.refusal.map { .refused($0) } ?? .events([UInt8(ascii: "[")] + event.json + [UInt8(ascii: "]")])
            let topic = "\(roots[event.central])/native/\(native.codec.rawValue)\(native.topic.isEmpty ? "" : "/" + native.topic)"
            return [SimulatedMessage(time: event.time, topic: topic, payload: native.payload, meaning: meaning)]
        }
        let channel = lane == .history ? 2 : event.isAlarm ? 0 : 1
        let index = event.central * MessageMaker.channels.count + channel
        if event.isMalformed || eventCountMax == 1 {
            return take(index) + [SimulatedMessage(time: event.time, topic: topic(index), payload: event.json)]
        }
        waiting[index].append(event)
        return waiting[index].count >= eventCountMax ? take(index) : []
    }

    /// What waits to be full, as it is.
    package mutating func flush() -> [SimulatedMessage] { waiting.indices.flatMap { take($0) } }

    private func topic(_ index: Int) -> String {
        "\(roots[index / MessageMaker.channels.count])/\(MessageMaker.channels[index % MessageMaker.channels.count])"
    }

    private mutating func take(_ index: Int) -> [SimulatedMessage] {
        guard let last = waiting[index].last else { return [] }
        defer { waiting[index].removeAll(keepingCapacity: true) }
        return Simulation.batches(of: waiting[index], eventCountMax: eventCountMax)
            .map { SimulatedMessage(time: last.time, topic: topic(index), payload: $0) }
    }
}
