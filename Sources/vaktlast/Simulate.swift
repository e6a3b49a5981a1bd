import ArgumentParser
import Foundation
import Ingest
import MQTT
import Settings
import Simulator
import Telemetry
import Web
import Workload

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Simulated people, devices and an alarm central, over MQTT or into a file.",
        discussion: """
            Without --speed the events come in real time. --speed 60 runs an hour in a minute, --speed max as fast as the \
            broker takes them; then the events lie in the past, --days back from now, and a duration ends the run. The same \
            seed, --days and --until give the same events, ids too: what was sent can be written to a file and counted again.
            """
    )

    /// How simulated time passes.
    enum Speed: ExpressibleByArgument, Equatable {
        case times(Double), max

        init?(argument: String) {
            if argument == "max" {
                self = .max
            } else if let times = Double(argument), times > 0, times.isFinite {
                self = .times(times)
            } else {
                return nil
            }
        }
    }

    @Argument(help: "The scenario's YAML file, e.g. config/scenarios/normal-week.yaml.")
    var scenario: String
    @Option(help: "mqtt[s]://user:pass@host:port")
    var broker: String?
    @Option(help: "A file to write instead: one event a line, as `vaktlast import` reads.")
    var out: String?
    @Option(help: "Seed; without it the scenario's own.")
    var seed: UInt64?
    @Option(help: "Times real time, or max.")
    var speed: Speed = .times(1)
    @Option(help: "Days simulated with --speed or --out; the last one ends now, or at --until.")
    var days = 7.0
    @Option(help: "An instant (2026-10-05T06:00:00Z) or a local date (2026-10-05) where --speed or --out ends, instead of now.")
    var until: String?
    @Option(help: "alarm-telemetry: as a central sends live; history: everything on the history topic.")
    var lane: Lane = .live
    @Option(help: "Events in one message.")
    var batch = 1
    @Option(help: "A PEM file of the authority that signed the broker's certificate, for mqtts.")
    var caFile: String?

    enum Lane: String, ExpressibleByArgument, CaseIterable { case live = "alarm-telemetry", history }

    func validate() throws {
        guard (broker == nil) != (out == nil) else { throw ValidationError("give one of --broker URL and --out FILE") }
        if let until {
            guard !isRealTime else { throw ValidationError("--until needs --speed or --out, for without them the events come in real time") }
            guard Query.instant(until) != nil else {
                throw ValidationError("--until «\(until)» is no instant with offset (2026-10-05T06:00:00Z) and no date (2026-10-05)")
            }
        }
        guard days > 0, days <= 3660 else { throw ValidationError("--days is above 0 and at most 3660") }
        guard (1...Simulation.batchCountMax).contains(batch) else {
            throw ValidationError("--batch is 1 to \(Simulation.batchCountMax)")
        }
    }

    private var isRealTime: Bool { speed == .times(1) && out == nil }

    func run() throws {
        guard FileManager.default.fileExists(atPath: scenario) else {
            throw Failure("\(scenario) is missing; ready scenarios lie in config/scenarios/")
        }
        let scenario = try Scenario(yaml: try Service.text(of: scenario), file: scenario)
        let last = until.flatMap { Query.instant($0) } ?? Pump.wallClock()
        let end = isRealTime ? EventTime.max : last
        let start = isRealTime ? last : last - Int64(days * 86_400_000)
        let clock = LocalTime.oslo.wallClock(at: start)
        var simulation = Simulation(
            scenario: scenario,
            seed: seed ?? scenario.seed,
            start: start,
            startOfWeek: Int64(clock.day.weekday - 1) * TimeRule.dayMilliseconds + clock.milliseconds,
            offset: { Int64(LocalTime.oslo.offsetSeconds(at: $0)) * 1000 }
        )
        if let out { return try write(&simulation, to: out, start: start, end: end) }
        guard let broker else { return }
        var settings = try BrokerSettings(url: broker, clientID: "vaktlast-simulate-\(getpid())")
        settings.caFile = caFile
        let sender = try EventSender(broker: settings, municipality: scenario.municipality, source: scenario.source)
        try sender.waitUntilConnected()
        try send(&simulation, with: sender, start: start, end: end)
        sender.close()
    }

    private func write(_ simulation: inout Simulation, to out: String, start: EventTime, end: EventTime) throws {
        guard out == "-" || FileManager.default.createFile(atPath: out, contents: nil),
            let file = out == "-" ? FileHandle.standardOutput : FileHandle(forWritingAtPath: out)
        else { throw Failure("\(out) cannot be written: no such folder, or no right to") }
        var buffer: [UInt8] = []
        var count = 0
        while let event = simulation.next(before: end) {
            buffer += event.json
            buffer.append(UInt8(ascii: "\n"))
            count += 1
            if buffer.count > 1 << 20 {
                try file.write(contentsOf: Data(buffer))
                buffer.removeAll(keepingCapacity: true)
            }
        }
        try file.write(contentsOf: Data(buffer))
        if out != "-" { Terminal.say("\(count) events in \(out)") }
    }

    private func send(_ simulation: inout Simulation, with sender: EventSender, start: EventTime, end: EventTime) throws {
        let progress = Terminal.Progress("Sending")
        let began = Date()
        var waiting: [(channel: String, events: [SimulatedEvent])] = [("alarm", []), ("telemetry", []), ("history", [])]
        var count = 0
        func flush(_ index: Int) throws {
            guard !waiting[index].events.isEmpty else { return }
            if batch == 1 {
                for event in waiting[index].events { try sender.send(event.json, on: waiting[index].channel) }
            } else {
                for payload in Simulation.batches(of: waiting[index].events, eventCountMax: batch) {
                    try sender.send(payload, on: waiting[index].channel)
                }
            }
            waiting[index].events.removeAll(keepingCapacity: true)
        }
        while let event = try next(&simulation, start: start, end: end, began: began, flush: { for i in 0..<3 { try flush(i) } }) {
            let index = lane == .history ? 2 : event.isAlarm ? 0 : 1
            waiting[index].events.append(event)
            count += 1
            if waiting[index].events.count >= batch { try flush(index) }
            if end != .max { progress.show(min(0.99, Double(event.time - start) / Double(end - start)), "\(count) events") }
        }
        for index in 0..<3 { try flush(index) }
        try sender.drain()
        let seconds = Date().timeIntervalSince(began)
        progress.finish("\(count) events acknowledged by the broker in \(String(format: "%.1f", seconds)) s")
    }

    /// The next event when its turn has come; nil at the end.
    private func next(
        _ simulation: inout Simulation,
        start: EventTime,
        end: EventTime,
        began: Date,
        flush: () throws -> Void
    ) throws -> SimulatedEvent? {
        guard case .times(let times) = speed else { return simulation.next(before: end) }
        while true {
            let reached = start + Int64(Date().timeIntervalSince(began) * 1000 * times)
            if let event = simulation.next(before: min(reached, end)) { return event }
            if reached >= end { return nil }
            try flush()
            usleep(20_000)
        }
    }
}
