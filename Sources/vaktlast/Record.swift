import ArgumentParser
import Foundation
import Ingest
import MQTT
import Settings
import Simulator
import Telemetry

struct Record: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write what arrives at a broker to a file, devices replaced by keyed pseudonyms, to be played by simulate.",
        discussion: """
            Device references become pseudonyms (HMAC-SHA-256) wherever they stand: in events, topics, ids and names of alarms, \
            and in devices' own formats. Only what figures need is written; texts, positions and what cannot be read are left \
            out. The key stays in --key-file, which is made where it is missing: keep it apart from the recording, or delete it.
            """
    )

    @Option(help: "mqtt[s]://user:pass@host:port; the account must read the topics.")
    var broker: String
    @Option(help: "The file to write; it must not exist.")
    var out: String
    @Option(help: "The key of the pseudonyms, 64 hexadecimal digits; made where the file is missing.")
    var keyFile: String
    @Option(parsing: .upToNextOption, help: "Topic filters; without them everything that the service reads.")
    var topics: [String] = Topic.alarmFilters + Topic.restFilters
    @Option(help: "Ends after so many seconds; without it with Ctrl-C.")
    var seconds: Double?
    @Option(help: "Ends after so many messages.")
    var count: Int?
    @Option(help: "A PEM file of the authority that signed the broker's certificate, for mqtts.")
    var caFile: String?

    private static let connectSeconds = 15.0
    private static let messagesMax = 1000

    func validate() throws {
        if let seconds { guard seconds > 0 else { throw ValidationError("--seconds is above 0") } }
        if let count { guard count > 0 else { throw ValidationError("--count is above 0") } }
        guard !topics.isEmpty else { throw ValidationError("--topics needs a filter, e.g. 'zigbee2mqtt/#'") }
    }

    func run() throws {
        guard !FileManager.default.fileExists(atPath: out) else { throw Failure("\(out) exists: a recording is written over nothing. Choose another name.") }
        var recorder = Recorder(pseudonyms: Pseudonyms(key: try PseudonymKey.readOrMade(keyFile)))
        let interruption = Interruption()
        var settings = try BrokerSettings(url: broker, clientID: "vaktlast-record-\(getpid())")
        settings.caFile = caFile
        let session = try InboundSession(settings: settings, filters: topics, isPersistent: false)
        try session.connect()
        try waitUntilReady(session, settings)
        let file = try OutputFile(out, permissions: 0o600)
        Terminal.say("Recording into \(out); Ctrl-C ends it")
        let end = seconds.map { Date(timeIntervalSinceNow: $0) } ?? .distantFuture
        var recorded = 0
        var leftOut: [String: Int] = [:]
        while !interruption.isAsked, Date() < end, recorded < count ?? .max {
            var poll = pollfd(fd: session.socket, events: Int16(POLLIN), revents: 0)
            _ = Glibc.poll(&poll, 1, 200)
            for message in session.read(countMax: Record.messagesMax, bytesMax: 8 << 20) where recorded < count ?? .max {
                switch recorder.record(topic: message.topic, payload: message.payload, time: Pump.wallClock()) {
                case .recorded(let own):
                    try file.write(MessageFile.line(own))
                    recorded += 1
                case .leftOut(let reason): leftOut[reason, default: 0] += 1
                }
            }
            try file.finish()
            session.flush()
            session.keepAlive()
            if session.state == .disconnected {
                throw Failure("the broker is gone (\(session.lastProblem ?? "no reason given")); \(recorded) messages are in \(out)")
            }
        }
        session.disconnect()
        Terminal.say("\(recorded) messages in \(out)")
        for (reason, count) in leftOut.sorted(by: { $0.key < $1.key }) { Terminal.say("\(count) left out: \(reason)") }
    }

    private func waitUntilReady(_ session: InboundSession, _ settings: BrokerSettings) throws {
        let end = Date(timeIntervalSinceNow: Record.connectSeconds)
        while session.state != .ready {
            guard Date() < end, session.state != .disconnected else {
                throw Failure(
                    "the broker at \(settings.address) does not let us read: \(session.lastProblem ?? "no answer"). Check --broker, user, password and its ACL."
                )
            }
            usleep(10_000)
            _ = session.read(countMax: 1, bytesMax: 1)
            session.flush()
        }
    }
}
