import ArgumentParser
import Foundation
import MQTT
import Telemetry

/// The sender of a benchmark, as a process of its own. Makes its packets first, says `ready`, sends on a line from its
/// standard input, says how many seconds that took when the broker has everything.
struct BenchPublish: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "The sender of the other benchmarks.",
        shouldDisplay: false
    )

    @Option var port: Int
    @Option var user: String
    @Option var password: String
    @Option var topic: String
    @Option var kind = BenchMix.Kind.mix
    @Option var prefix = "b"
    @Option var start: EventTime
    @Option var spacing: Int64 = 0
    @Option var first: Int64 = 0
    /// Messages, not events.
    @Option var count: Int
    @Option var batch = 1
    /// Messages that the broker has not acknowledged yet.
    @Option var window = 2000
    /// Messages a second; 0 for as many as the broker takes.
    @Option var rate = 0
    /// A message that is no event at the end, which the service answers with a receipt.
    @Flag var marker = false

    func run() throws {
        let events = BenchMix(kind: kind, prefix: prefix, start: start, spacing: spacing)
        var packets: [UInt8] = []
        var ends: [Int] = []
        for number in 0..<count {
            let from = first + Int64(number * batch)
            var payload: [UInt8] = []
            if batch == 1 { events.write(from, into: &payload) } else { payload = events.batch(from..<from + Int64(batch)) }
            packets += BenchWire.publish(topic: topic, payload: payload, identifier: number % 65_535 + 1)
            ends.append(packets.count)
        }
        let wire = try BenchWire(port: port, clientID: "bench-\(getpid())", user: user, password: password)
        Terminal.say("ready")
        guard readLine() == "go" else { return }
        let begin = BenchClock.seconds()
        var sent = 0
        var acknowledged = 0
        while acknowledged < count {
            let due = rate == 0 ? count : min(count, Int((BenchClock.seconds() - begin) * Double(rate)) + 1)
            let limit = min(due, acknowledged + window, sent + 64)
            if sent < limit {
                try wire.send(packets[(sent == 0 ? 0 : ends[sent - 1])..<ends[limit - 1]])
                sent = limit
            }
            let canSend = sent < min(due, acknowledged + window)
            let pause: Int32 = canSend ? 0 : rate > 0 ? 1 : 1000
            acknowledged += try wire.receive(milliseconds: pause).count { if case .acknowledged = $0 { true } else { false } }
        }
        if marker {
            try wire.send(BenchWire.publish(topic: topic, payload: Array("1".utf8), identifier: 1))
            while try !wire.receive(milliseconds: 1000).contains(where: { if case .acknowledged = $0 { true } else { false } }) {}
        }
        Terminal.say("\(BenchClock.seconds() - begin)")
    }
}

extension BenchMix.Kind: ExpressibleByArgument {
    init?(argument: String) {
        guard let kind = [BenchMix.Kind.mix, .alarms, .testAlarms, .heartbeats].first(where: { "\($0)" == argument }) else { return nil }
        self = kind
    }
}

/// What the gate is held against, as a process of its own: says `ready`, then `done` when it has read its count; ends
/// with its standard input.
struct BenchNull: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "null",
        abstract: "The null subscriber of the other benchmarks.",
        shouldDisplay: false
    )

    @Option var port: UInt16
    @Option var user: String
    @Option var password: String
    @Option var filter: String
    @Option var style: NullSubscriber.Style
    @Option var count: Int

    func run() throws {
        let settings = BrokerSettings(host: "127.0.0.1", port: port, clientID: "bench-null", username: user, password: password)
        let subscriber = try NullSubscriber(settings: settings, filter: filter, style: style)
        while !subscriber.isSubscribed { try subscriber.turn() }
        Terminal.say("ready")
        while subscriber.count < count { try subscriber.turn() }
        Terminal.say("done")
        while readLine() != nil {}
    }
}

extension NullSubscriber.Style: ExpressibleByArgument {}

extension BenchService {
    /// Where the null subscriber listens: as long a topic as the service's, in nobody's lane.
    static let nullTopic = "\(root)/nullevent"
    static let nullFilter = "vaktlast/v1/+/+/nullevent"

    var brokerArguments: [String] {
        ["--port", "\(broker.port)", "--user", DemoBroker.central, "--password", broker.centralPassword]
    }

    /// A sender that has its packets ready.
    func publisher(_ events: BenchMix, topic: String, first: Int64, count: Int, further: [String] = []) throws -> BenchChild {
        let child = try BenchChild(
            ["bench", "publish", "--topic", topic, "--kind", "\(events.kind)", "--prefix", events.prefix] + brokerArguments
                + ["--start", "\(events.start)", "--spacing", "\(events.spacing)", "--first", "\(first)", "--count", "\(count)"]
                + further
        )
        try child.expect("ready")
        return child
    }

    /// Someone who sees the receipts of the central.
    func receipts(clientID: String = "bench-receipts") throws -> BenchWire {
        let wire = try BenchWire(port: broker.port, clientID: clientID, user: DemoBroker.central, password: broker.centralPassword)
        try wire.subscribe(to: "\(BenchService.root)/receipt")
        return wire
    }

    struct Turn {
        var messagesPerSecond: Double
        var cpuSeconds: Double
    }

    /// Messages through broker and service until the marker's receipt: journaled, decoded, folded, answered.
    func serviceTurn(_ events: BenchMix, first: Int64, count: Int, further: [String] = []) throws -> Turn {
        let receipts = try receipts()
        let sender = try publisher(events, topic: "\(BenchService.root)/telemetry", first: first, count: count, further: further + ["--marker"])
        let cpu = process?.cpuSeconds ?? 0
        let begin = BenchClock.seconds()
        try sender.tell("go")
        var isAnswered = false
        while !isAnswered {
            guard BenchClock.seconds() - begin < 300 else { throw Failure("no receipt for the end of \(count) messages within 300 s") }
            isAnswered = try receipts.receive(milliseconds: 500).contains { if case .message = $0 { true } else { false } }
        }
        let seconds = BenchClock.seconds() - begin
        let used = (process?.cpuSeconds ?? 0) - cpu
        _ = try sender.line()
        try sender.finish()
        return Turn(messagesPerSecond: Double(count) / seconds, cpuSeconds: used)
    }

    /// The same messages through the same broker into nothing.
    func nullTurn(_ events: BenchMix, style: NullSubscriber.Style, first: Int64, count: Int) throws -> Turn {
        let null = try BenchChild(
            ["bench", "null", "--filter", BenchService.nullFilter, "--style", style.rawValue, "--count", "\(count + 1)"] + brokerArguments
        )
        try null.expect("ready")
        let sender = try publisher(events, topic: BenchService.nullTopic, first: first, count: count, further: ["--marker"])
        let cpu = null.cpuSeconds
        let begin = BenchClock.seconds()
        try sender.tell("go")
        try null.expect("done")
        let seconds = BenchClock.seconds() - begin
        let used = null.cpuSeconds - cpu
        null.kill()
        _ = try sender.line()
        try sender.finish()
        return Turn(messagesPerSecond: Double(count) / seconds, cpuSeconds: used)
    }
}
