import ArgumentParser
import Foundation
import Ingest
import Telemetry

struct BenchLatency: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "latency",
        abstract: "From publishing an alarm to its receipt, with a background of heartbeats, and with a flood of test alarms.",
        discussion: """
            One connection publishes 40 alarms a second on the alarm topic and sees their receipts: broker, durable commit, \
            decoding, fold, receipt and broker again lie between. Another process sends the background, single events on the \
            telemetry topic; in the flood a third sends 50 times as many test alarms on the alarm topic, each answered with a \
            receipt. Quiet and flooded phases take turns, five times: a percentile is the \
            median of its five, and the ratio of those of the pairs, since one stall of the machine or its disk decides a p99. The \
            disk's own fsync is measured between them.
            """
    )

    private static let probesPerSecond = 40
    private static let floodFold = 50

    @OptionGroup var options: BenchOptions
    @Option(help: "Seconds of one phase; without it 6, with --short 3.")
    var seconds: Int?

    func run() throws {
        let seconds = self.seconds ?? (options.short ? 3 : 6)
        let rounds = options.short ? 1 : 5
        let service = try BenchService()
        try service.start()
        let session = try BenchLatencySession(service: service)
        let progress = options.json ? nil : Terminal.Progress("latency")
        var fsyncs: [Double] = []
        // Of each round.
        var times: [String: [[Double]]] = [:]
        let phases: [(name: String, background: Int, flood: Int, heartbeats: Bool)] = [
            ("5000", 5000, 0, false), ("5000 flood", 5000, BenchLatency.floodFold * BenchLatency.probesPerSecond, false),
            ("10000", 10_000, 0, false), ("10000 flood", 10_000, BenchLatency.floodFold * BenchLatency.probesPerSecond, false),
            ("full", 0, 0, true),
        ]
        let shown = options.short ? Array(phases.prefix(2)) : phases
        _ = try session.phase(background: 1000, flood: 0, isFull: false, seconds: 1, probesPerSecond: BenchLatency.probesPerSecond)
        for round in 0..<rounds {
            for (index, phase) in shown.enumerated() {
                progress?.show(Double(round * shown.count + index) / Double(rounds * shown.count), phase.name)
                fsyncs += try BenchLatency.fsyncs(in: service.folder.path)
                times[phase.name, default: []].append(
                    try session.phase(
                        background: phase.background,
                        flood: phase.flood,
                        isFull: phase.heartbeats,
                        seconds: seconds,
                        probesPerSecond: BenchLatency.probesPerSecond
                    )
                )
                try service.settle()
            }
        }
        fsyncs += try BenchLatency.fsyncs(in: service.folder.path)
        try session.check()
        service.stop()
        progress?.finish("\(session.sentCount) events, each counted once; every alarm got its receipt")
        show(times, fsyncs)
    }

    private func show(_ times: [String: [[Double]]], _ fsyncs: [Double]) {
        func percentiles(_ phase: String, _ part: Double) -> [Double] { (times[phase] ?? []).map { BenchClock.percentile($0, part) } }
        func row(_ name: String, _ phase: String, _ part: Double, _ limit: String) -> BenchFigure {
            .init(name: name, figure: BenchClock.median(percentiles(phase, part)) * 1000, unit: "ms", limit: limit)
        }
        func ratio(_ name: String, _ phase: String) -> BenchFigure {
            let ratios = zip(percentiles(phase + " flood", 0.99), percentiles(phase, 0.99)).map { $0 / $1 }
            return .init(name: name, figure: BenchClock.median(ratios), unit: "1", limit: "p99 with a 50-fold flood of test alarms / without; at most 1.5")
        }
        var rows = [
            row("p50Milliseconds", "5000", 0.5, "publish → receipt, 5,000 msg/s beside"),
            row("p99Milliseconds", "5000", 0.99, "the same; at most 10 on a quiet machine"),
            row("p99FloodMilliseconds", "5000 flood", 0.99, "the same with the flood"),
            ratio("floodRatio", "5000"),
        ]
        if times["10000"] != nil {
            rows += [
                row("p50At10000Milliseconds", "10000", 0.5, "10,000 msg/s beside"),
                row("p99At10000Milliseconds", "10000", 0.99, "the same; at most 50 on a quiet machine"),
                row("p99FloodAt10000Milliseconds", "10000 flood", 0.99, "the same with the flood"),
                ratio("floodRatioAt10000", "10000"),
                row("p50FullSpeedMilliseconds", "full", 0.5, "heartbeats as fast as the broker takes them"),
                row("p99FullSpeedMilliseconds", "full", 0.99, "the same"),
            ]
        }
        rows += [
            .init(name: "fsyncP50Milliseconds", figure: BenchClock.median(fsyncs) * 1000, unit: "ms", limit: "the disk's own, 8 KiB appended"),
            .init(name: "fsyncP99Milliseconds", figure: BenchClock.percentile(fsyncs, 0.99) * 1000, unit: "ms", limit: "the same"),
        ]
        let count = times["5000"]?.joined().count ?? 0
        let cores = ProcessInfo.processInfo.activeProcessorCount
        BenchFigure.show("latency: \(count) alarms a phase, everything on \(cores) cores", rows, json: options.json)
    }

    /// Seconds of 200 appends of 8 KiB, each made durable.
    private static func fsyncs(in folder: String) throws -> [Double] {
        let path = folder + "/fsync"
        let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { throw Failure("\(path) cannot be written") }
        defer { close(descriptor) }
        let page = [UInt8](repeating: 7, count: 8192)
        return try (0..<200).map { _ in
            try BenchClock.measure {
                guard write(descriptor, page, page.count) == page.count, fdatasync(descriptor) == 0 else {
                    throw Failure("\(path): \(String(cString: strerror(errno)))")
                }
            }
        }
    }
}

/// Probes, background and flood of one run, with the count of all that was sent.
final class BenchLatencySession {
    private let service: BenchService
    private let wire: BenchWire
    private let start = Pump.wallClock() - 60_000
    private var probes: Int64 = 0
    private var background: Int64 = 0
    private var flood: Int64 = 0

    init(service: BenchService) throws {
        self.service = service
        wire = try service.receipts(clientID: "bench-probe")
    }

    var sentCount: Int64 { probes + background + flood }

    /// Publishes alarms for some seconds beside the traffic asked for; gives the seconds until each one's receipt.
    func phase(background rate: Int, flood floodRate: Int, isFull: Bool, seconds: Int, probesPerSecond: Int) throws -> [Double] {
        // Heartbeats at full speed: more than the broker can pass on in that time would only lengthen the wait after it.
        let count = isFull ? 30_000 * seconds : rate * seconds
        let sender = try service.publisher(
            BenchMix(kind: .heartbeats, prefix: "back", start: start),
            topic: "\(BenchService.root)/telemetry",
            first: background,
            count: count,
            further: ["--rate", "\(rate)"]
        )
        background += Int64(count)
        var flooder: BenchChild?
        if floodRate > 0 {
            let events = BenchMix(kind: .testAlarms, prefix: "flood", start: start)
            flooder = try service.publisher(
                events,
                topic: "\(BenchService.root)/alarm",
                first: flood,
                count: floodRate * seconds,
                further: ["--rate", "\(floodRate)"]
            )
            flood += Int64(floodRate * seconds)
        }
        try sender.tell("go")
        try flooder?.tell("go")
        let times = try probe(count: probesPerSecond * seconds, pause: 1 / Double(probesPerSecond))
        for child in [sender, flooder].compactMap(\.self) {
            _ = try child.line()
            try child.finish()
        }
        return times
    }

    private func probe(count: Int, pause: Double) throws -> [Double] {
        var sentAt: [String: Double] = [:]
        var times: [Double] = []
        let begin = BenchClock.seconds()
        var number = 0
        while times.count < count {
            let now = BenchClock.seconds()
            guard now < begin + Double(count) * pause + 60 else {
                throw Failure("\(count - times.count) of \(count) alarms got no receipt within 60 s")
            }
            // Unevenly, so that the probes do not fall in step with anything.
            let due = begin + (Double(number) + (number % 3 == 0 ? 0.4 : 0)) * pause
            if number < count, now >= due {
                var payload: [UInt8] = []
                BenchMix(kind: .alarms, prefix: "probe", start: start).write(probes, into: &payload)
                sentAt["probe-\(probes)"] = BenchClock.seconds()
                try wire.send(BenchWire.publish(topic: "\(BenchService.root)/alarm", payload: payload, identifier: number % 65_535 + 1))
                probes += 1
                number += 1
            }
            for case .message(let receipt) in try wire.receive(milliseconds: 1) {
                let text = String(decoding: receipt, as: UTF8.self)
                guard let range = text.range(of: "probe-"), let end = text[range.lowerBound...].firstIndex(of: "\"") else { continue }
                guard let sent = sentAt.removeValue(forKey: String(text[range.lowerBound..<end])) else { continue }
                guard text.contains("\"accepted\":1") else { throw Failure("an alarm was not accepted: \(text)") }
                times.append(BenchClock.seconds() - sent)
            }
        }
        return times
    }

    /// Throws unless ledger and cells hold every event once.
    func check() throws {
        try service.settle()
        let ledger = try service.ledger()
        guard ledger == .init(accepted: sentCount) else { throw Failure("the ledger holds \(ledger) of \(sentCount)") }
        let cells = try service.cells(from: start, to: start)
        guard cells["heartbeats"] == background, cells["raised"] == probes, cells["tests"] ?? 0 == flood else {
            throw Failure(
                "the cells hold \(cells["heartbeats"] ?? 0) heartbeats of \(background), \(cells["raised"] ?? 0) alarms of \(probes), \(cells["tests"] ?? 0) tests of \(flood)"
            )
        }
    }
}
