import ArgumentParser
import Foundation
import Ingest
import MQTT
import Settings
import Simulator
import Telemetry

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Simulated people, devices and alarm centrals, over MQTT or into a file; plays recordings too.",
        discussion: """
            Without --speed the events come in real time. --speed 60 runs an hour in a minute, --speed max as fast as the \
            broker takes them; then the events lie in the past, --days back from now, and a duration ends the run. The same \
            seed, --days and --until give the same events, ids too: what was sent can be written to a file and counted again.

            A file of messages (made by --format messages, --sent or `vaktlast record`) in place of the scenario is played \
            with its own spacing, on its own topics.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case events, messages }

    @Argument(help: "The scenario's YAML file, e.g. config/scenarios/normal-week.yaml, or a file of messages.")
    var scenario: String
    @Option(help: "mqtt[s]://user:pass@host:port")
    var broker: String?
    @Option(help: "A file to write instead; - for standard output.")
    var out: String?
    @Option(help: "What stands in --out. events: one event a line, as `vaktlast import` reads; messages: with topic and time, as `simulate` plays.")
    var format: Format = .events
    @Option(help: "With --broker: a file that keeps what was sent and its receipts, for `vaktlast verify --sent`.")
    var sent: String?
    @Flag(help: "Write the scenario's devices as a devices.csv to standard output, and nothing else.")
    var devices = false
    @OptionGroup var options: SimulationOptions
    @Option(help: "A PEM file of the authority that signed the broker's certificate, for mqtts.")
    var caFile: String?

    func validate() throws {
        if devices { return }
        guard (broker == nil) != (out == nil) else { throw ValidationError("give one of --broker URL and --out FILE") }
        guard sent == nil || broker != nil else { throw ValidationError("--sent goes with --broker; without one, --out with --format messages") }
        guard options.until == nil || !isRealTime else {
            throw ValidationError("--until needs --speed or --out, for without them the events come in real time")
        }
    }

    private var isRealTime: Bool { [nil, .times(1)].contains(options.speed) && out == nil }

    func run() throws {
        if try MessageFileReader.isMessages(scenario) { return try playFile() }
        let scenario = try options.scenario(scenario)
        if devices { return Terminal.say(scenario.registryCSV().trimmingCharacters(in: .newlines)) }
        var period = options.period(scenario)
        if isRealTime { period = Pump.wallClock()..<EventTime.max }
        var times: Double?
        if case .times(let factor)? = options.speed { times = factor } else if isRealTime { times = 1 }
        var player = SimulationPlayer(
            simulation: options.simulation(scenario, from: period.lowerBound),
            maker: options.maker(scenario),
            period: period,
            times: out == nil ? times : nil
        )
        if let out { return try write(&player, scenario, to: out) }
        try send(&player, scenario)
    }

    // MARK: Into a file

    private func write(_ player: inout SimulationPlayer, _ scenario: Scenario, to out: String) throws {
        if format == .events, scenario.centrals.count > 1 || !scenario.natives.isEmpty {
            throw Failure(
                "\(self.scenario) has several sources or devices' own formats, which a file of events has no place for: "
                    + "write --format messages"
            )
        }
        let file = try OutputFile(out)
        var count = 0
        if format == .events {
            while let event = player.simulation.next(before: player.period.upperBound) {
                try file.write(event.json + [UInt8(ascii: "\n")])
                count += 1
            }
        } else {
            try player.play(progress: { _, _ in }) { message in
                try file.write(MessageFile.line(message))
                count += 1
            }
        }
        try file.finish()
        if out != "-" { Terminal.say("\(count) \(format.rawValue) in \(out)") }
    }

    // MARK: To a broker

    private func brokerSettings() throws -> BrokerSettings {
        var settings = try BrokerSettings(url: broker ?? "", clientID: "vaktlast-simulate-\(getpid())")
        settings.caFile = caFile
        return settings
    }

    private func send(_ player: inout SimulationPlayer, _ scenario: Scenario) throws {
        let progress = Terminal.Progress("Sending")
        let began = Date()
        if let sent {
            let file = try OutputFile(sent)
            let sender = try WatchedSender(
                broker: brokerSettings(),
                senders: scenario.centrals.map { "\(scenario.municipality)/\($0.source)" },
                run: "\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
            ) { receipt, number in try file.write(MessageFile.line(receipt: receipt, number: number)) }
            try sender.waitUntilConnected()
            try player.play(progress: { progress.show($0, "\($1) events") }) { message in
                try file.write(MessageFile.line(message))
                try sender.send(message)
            }
            try sender.waitForReceipts { progress.show(min(0.99, Double($0) / Double(max(1, $1))), "receipts") }
            try file.finish()
            sender.close()
            return progress.finish(
                "\(player.eventCount) events sent, \(sender.hearing.answeredCount) of \(sender.hearing.messageCount) messages with a receipt, in \(sent)"
            )
        }
        let sender = try EventSender(broker: brokerSettings(), municipality: scenario.municipality, source: scenario.source)
        try sender.waitUntilConnected()
        try player.play(progress: { progress.show($0, "\($1) events") }) { try sender.send($0) }
        try sender.drain()
        sender.close()
        let seconds = String(format: "%.1f", Date().timeIntervalSince(began))
        progress.finish("\(player.eventCount) events acknowledged by the broker in \(seconds) s")
    }

    /// A file of messages, with its own spacing divided by the speed.
    private func playFile() throws {
        guard broker != nil else { throw ValidationError("a file of messages is played to a broker: --broker URL") }
        let reader = try MessageFileReader(scenario)
        let sender = try EventSender(broker: brokerSettings(), municipality: "0000", source: "file")
        try sender.waitUntilConnected()
        let progress = Terminal.Progress("Playing")
        let began = Date()
        var times: Double? = 1
        switch options.speed {
        case .max: times = nil
        case .times(let factor): times = factor
        case nil: break
        }
        var first: EventTime?
        var count = 0
        while let line = try reader.next() {
            guard case .message(let message) = line else { continue }
            let start = first ?? message.time
            first = start
            if let times {
                let wait = Double(message.time - start) / 1000 / times - Date().timeIntervalSince(began)
                if wait > 0 { usleep(UInt32(min(wait, 4000) * 1_000_000)) }
            }
            try sender.send(message)
            count += 1
            progress.show(min(0.99, reader.part), "\(count) messages")
        }
        try sender.drain()
        sender.close()
        progress.finish("\(count) messages acknowledged by the broker in \(String(format: "%.1f", Date().timeIntervalSince(began))) s")
    }
}
