import ArgumentParser
import Foundation
import Ingest
import MQTT

struct BenchGate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "Single events with QoS 1 through a real mosquitto, durable before the acknowledgement, against a null subscriber.",
        discussion: """
            The service is `vaktlast serve` as its own process: synchronous=FULL, decoding, folding, views and web. The null \
            subscriber is a process too, on libmosquitto, on the same broker with the same messages, in turns with the service. \
            Time runs from the first message sent to the last one folded and answered.
            """
    )

    @OptionGroup var options: BenchOptions
    @Option(help: "Messages a turn; without it 200,000, with --short 20,000.")
    var messages: Int?

    func run() throws {
        let count = (messages ?? (options.short ? 20_000 : 200_000)) / 100 * 100
        let rounds = options.short ? 2 : 5
        let service = try BenchService()
        try service.start()
        let events = BenchMix(start: Pump.wallClock() - 60_000)
        let progress = options.json ? nil : Terminal.Progress("gate")
        var turns: [String: [BenchService.Turn]] = [:]
        // A first turn each warms up: caches, the journal's first pages, the broker's tables.
        for round in 0...rounds {
            let part = Double(round) / Double(rounds + 1)
            let warmUp = min(count, 20_000)
            let size = round == 0 ? warmUp : count
            for style in NullSubscriber.Style.allCases {
                progress?.show(part, "null subscriber, \(style.rawValue)")
                let turn = try service.nullTurn(events, style: style, first: 0, count: size)
                if round > 0 { turns[style.rawValue, default: []].append(turn) }
            }
            progress?.show(part, "service")
            let first = round == 0 ? 0 : Int64(warmUp + (round - 1) * count)
            let turn = try service.serviceTurn(events, first: first, count: size)
            if round > 0 { turns["service", default: []].append(turn) }
        }
        let total = Int64(min(count, 20_000) + rounds * count)
        try service.check(events, count: total, rejected: Int64(rounds + 1))
        service.stop()
        progress?.finish("\(total) events, each counted once in ledger and cells")
        show(turns, count: count)
    }

    private func show(_ turns: [String: [BenchService.Turn]], count: Int) {
        func rate(_ who: String) -> Double { BenchClock.median((turns[who] ?? []).map(\.messagesPerSecond)) }
        func cpu(_ who: String) -> Double {
            BenchClock.median((turns[who] ?? []).map { $0.cpuSeconds * 100_000 / Double(count) })
        }
        func ratios(_ against: String, _ figure: (BenchService.Turn) -> Double) -> Double {
            BenchClock.median(zip(turns["service"] ?? [], turns[against] ?? []).map { figure($0) / figure($1) })
        }
        let cores = ProcessInfo.processInfo.activeProcessorCount
        BenchFigure.show(
            "gate: \(count) messages a turn, publisher, broker and consumer on the same \(cores) cores; medians of \(turns["service"]?.count ?? 0) turns",
            [
                .init(name: "ratio", figure: ratios("loop", \.messagesPerSecond), unit: "1", limit: "of the null subscriber's rate; to reach 0.85"),
                .init(name: "cpuRatio", figure: ratios("loop", \.cpuSeconds), unit: "1", limit: "of the null subscriber's CPU; at most 1.5"),
                .init(
                    name: "ratioBatched",
                    figure: ratios("batched", \.messagesPerSecond),
                    unit: "1",
                    limit: "against a null subscriber that reads in the gate's own way"
                ),
                .init(name: "cpuRatioBatched", figure: ratios("batched", \.cpuSeconds), unit: "1", limit: "the same, CPU"),
                .init(name: "messagesPerSecond", figure: rate("service"), unit: "1/s", limit: "the service"),
                .init(name: "nullMessagesPerSecond", figure: rate("loop"), unit: "1/s", limit: "the null subscriber"),
                .init(name: "nullBatchedMessagesPerSecond", figure: rate("batched"), unit: "1/s", limit: "in the gate's way"),
                .init(name: "cpuSeconds", figure: cpu("service"), unit: "s", limit: "of the service a 100,000 messages"),
                .init(name: "nullCpuSeconds", figure: cpu("loop"), unit: "s", limit: "of the null subscriber"),
                .init(name: "nullBatchedCpuSeconds", figure: cpu("batched"), unit: "s", limit: "in the gate's way"),
            ],
            json: options.json
        )
    }
}
