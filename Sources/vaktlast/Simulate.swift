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
        // Standard output is the file: nothing else may stand in it.
        let interruption = out == "-" ? nil : Interruption()
        var count = 0
        if format == .events {
            while interruption?.isAsked != true, let event = player.simulation.next(before: player.period.upperBound) {
                try file.write(event.json + [UInt8(ascii: "\n")])
                count += 1
            }
        } else {
            try player.play(progress: { _, _ in }, goesOn: { _ in interruption?.isAsked != true }) { message in
                try file.write(MessageFile.line(message))
                count += 1
            }
        }
        try file.finish()
        if out != "-" { Terminal.say("\(count) \(format.rawValue) in \(out)") }
        if interruption?.isAsked == true { throw Failure("stopped before everything was written") }
    }

    // MARK: To a broker

    private func brokerSettings() throws -> BrokerSettings {
        var settings = try BrokerSettings(url: broker ?? "", clientID: "vaktlast-simulate-\(getpid())")
        settings.caFile = caFile
        return settings
    }

    /// Names whom we reached, and what happens until when.
    private func announce(_ settings: BrokerSettings, _ what: String) {
        Terminal.say("Connected to \(settings.address). \(what); Ctrl-C ends it")
    }

    private func send(_ player: inout SimulationPlayer, _ scenario: Scenario) throws {
        let settings = try brokerSettings()
        let senders = scenario.centrals.map { "\(scenario.municipality)/\($0.source)" }
        let endless = player.period.upperBound == .max
        let days = Double(endless ? 0 : player.period.upperBound - player.period.lowerBound) / 86_400_000
        let what =
            "Sending \(self.scenario) as \(senders.joined(separator: ", ")) "
            + (endless ? "in real time, without end" : "from \(Timestamp.format(player.period.lowerBound)), \(String(format: "%g", days)) days")
        if let sent { return try send(&player, settings, senders, what, keeping: sent) }
        let sender = try EventSender(broker: settings, municipality: scenario.municipality, source: scenario.source)
        try sender.waitUntilConnected()
        let interruption = Interruption()
        announce(settings, what)
        let progress = Terminal.Progress("Sending")
        let began = Date()
        try player.play(progress: { show(progress, endless, $0, "\($1) events") }, goesOn: { _ in !interruption.isAsked }) {
            try sender.send($0, interruption: interruption)
        }
        try sender.drain(seconds: interruption.isAsked ? WatchedSender.endingSeconds : EventSender.drainSeconds)
        sender.close()
        let seconds = String(format: "%.1f", Date().timeIntervalSince(began))
        progress.finish("\(player.eventCount) events acknowledged by the broker in \(seconds) s")
        try end(interruption, endless)
    }

    /// Sends and keeps messages and receipts as they go, each line whole.
    private func send(_ player: inout SimulationPlayer, _ settings: BrokerSettings, _ senders: [String], _ what: String, keeping sent: String) throws {
        let file = try OutputFile(sent)
        let endless = player.period.upperBound == .max
        let sender = try WatchedSender(broker: settings, senders: senders, run: "\(getpid())-\(UInt32.random(in: 0...UInt32.max))") { receipt, number in
            try file.write(MessageFile.line(receipt: receipt, number: number))
            try file.finish()
        }
        try sender.waitUntilConnected()
        let interruption = Interruption()
        announce(settings, "\(what), kept in \(sent)")
        let progress = Terminal.Progress("Sending")
        try player.play(
            progress: { show(progress, endless, $0, "\($1) events") },
            goesOn: { isWaiting in
                if isWaiting { try sender.collect() }
                return !interruption.isAsked
            }
        ) { message in
            try file.write(MessageFile.line(message))
            // What was sent stands in the file, whatever ends us.
            try file.finish()
            try sender.send(message)
        }
        try sender.waitForReceipts(interruption: interruption) { progress.show(min(0.99, Double($0) / Double(max(1, $1))), "receipts") }
        sender.close()
        let hearing = sender.hearing
        progress.finish("\(player.eventCount) events sent, \(hearing.answeredCount) of \(hearing.messageCount) messages with a receipt, in \(sent)")
        try end(interruption, endless)
    }

    private func show(_ progress: Terminal.Progress, _ endless: Bool, _ part: Double, _ detail: String) {
        if endless { progress.show(detail) } else { progress.show(part, detail) }
    }

    /// Ctrl-C is the end of what has none; anything else is not what was asked for.
    private func end(_ interruption: Interruption, _ endless: Bool) throws {
        if interruption.isAsked, !endless { throw Failure("stopped before everything was sent") }
    }

    /// A file of messages, with its own spacing divided by the speed.
    private func playFile() throws {
        guard broker != nil else { throw ValidationError("a file of messages is played to a broker: --broker URL") }
        let reader = try MessageFileReader(scenario)
        let settings = try brokerSettings()
        let sender = try EventSender(broker: settings, municipality: "0000", source: "file")
        try sender.waitUntilConnected()
        let interruption = Interruption()
        var times: Double? = 1
        switch options.speed {
        case .max: times = nil
        case .times(let factor): times = factor
        case nil: break
        }
        let spacing = times.map { $0 == 1 ? "with its own spacing" : "\(String(format: "%g", $0)) times as fast" } ?? "as fast as it goes"
        announce(settings, "Playing \(scenario) \(spacing)")
        let progress = Terminal.Progress("Playing")
        let began = Date()
        var first: EventTime?
        var count = 0
        while !interruption.isAsked, let line = try reader.next() {
            guard case .message(let message) = line else { continue }
            let start = first ?? message.time
            first = start
            if let times {
                let turn = began.addingTimeInterval(Double(message.time - start) / 1000 / times)
                while Date() < turn, !interruption.isAsked {
                    usleep(UInt32(min(0.05, max(0, turn.timeIntervalSinceNow)) * 1_000_000))
                    progress.show(min(0.99, reader.part), "\(count) messages")
                }
            }
            if interruption.isAsked { break }
            try sender.send(message, interruption: interruption)
            count += 1
            progress.show(min(0.99, reader.part), "\(count) messages")
        }
        try sender.drain(seconds: interruption.isAsked ? WatchedSender.endingSeconds : EventSender.drainSeconds)
        sender.close()
        progress.finish("\(count) messages acknowledged by the broker in \(String(format: "%.1f", Date().timeIntervalSince(began))) s")
        try end(interruption, false)
    }
}
