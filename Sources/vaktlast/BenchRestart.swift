import ArgumentParser
import Foundation
import Ingest
import Telemetry

struct BenchRestart: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart",
        abstract: "kill -9 under load with many events in the journal, until ready again; and the whole rebuild, with equal answers.",
        discussion: """
            The journal is filled through the gate's intake and writer, without a broker, in batches of 500. Then the service \
            runs, batches come through the broker, and it is killed in the middle of them.
            """
    )

    private static let batch: Int64 = 500
    private static let kills = 3
    /// Messages of a live stream into which a kill falls, and how many a second.
    private static let liveMessages = 200
    private static let liveRate = 100

    @OptionGroup var options: BenchOptions
    @Option(help: "Events in the journal; without it 10,000,000, with --short 200,000.")
    var events: Int64?

    func run() throws {
        let stored = (events ?? (options.short ? 200_000 : 10_000_000)) / 500 * 500
        let service = try BenchService()
        let progress = options.json ? nil : Terminal.Progress("restart")
        // A millisecond an event, and what follows live still lies in the past.
        let stream = BenchMix(start: Pump.wallClock() - stored - 400_000, spacing: 1000)
        try BenchJournal.fill(folder: service.data, stream, count: stored, batch: BenchRestart.batch) {
            progress?.show($0 * 0.4, "filling the journal")
        }
        progress?.show(0.4, "rebuilding")
        let firstRebuild = try rebuild(service)
        progress?.show(0.7, "starting")
        let cleanStart = try service.start()
        var ready: [Double] = []
        var sent = stored
        for _ in 0..<BenchRestart.kills {
            let sender = try service.publisher(
                stream,
                topic: "\(BenchService.root)/telemetry",
                first: sent,
                count: BenchRestart.liveMessages,
                further: ["--batch", "\(BenchRestart.batch)", "--rate", "\(BenchRestart.liveRate)"]
            )
            try sender.tell("go")
            usleep(1_000_000)
            service.kill()
            ready.append(try service.start())
            _ = try sender.line()
            try sender.finish()
            sent += Int64(BenchRestart.liveMessages) * BenchRestart.batch
            progress?.show(0.7, "ready \(ready.count) of \(BenchRestart.kills)")
        }
        // The broker may still have some of it.
        for _ in 0..<100 where try service.ledger().accepted < sent { usleep(100_000) }
        try service.check(stream, count: sent, mayRepeat: true)
        let before = try answers(service, stream, count: sent)
        service.stopProcess()
        progress?.show(0.8, "rebuilding")
        let secondRebuild = try rebuild(service)
        try service.start()
        guard try answers(service, stream, count: sent) == before else { throw Failure("the rebuilt views give other answers") }
        service.stop()
        progress?.finish("\(sent) events, each counted once; the rebuilt views give the same answers byte for byte")
        let cores = ProcessInfo.processInfo.activeProcessorCount
        BenchFigure.show(
            "restart: \(stored) events in the journal in batches of 500, \(BenchRestart.kills) kills under load, \(cores) cores",
            [
                .init(name: "readySeconds", figure: BenchClock.median(ready), unit: "s", limit: "kill -9 → /readyz, median; at most 2"),
                .init(name: "readySecondsWorst", figure: ready.max() ?? 0, unit: "s", limit: "the same, the longest"),
                .init(name: "readySecondsClean", figure: cleanStart, unit: "s", limit: "start with finished views"),
                .init(
                    name: "rebuildEventsPerSecond",
                    figure: Double(stored + sent) / (firstRebuild + secondRebuild),
                    unit: "1/s",
                    limit: "`vaktlast rebuild` as a process, both times; at least 1,000,000"
                ),
            ],
            json: options.json
        )
    }

    private func rebuild(_ service: BenchService) throws -> Double {
        try BenchClock.measure {
            let child = try BenchChild(["rebuild", "--config", service.configuration], log: service.folder.path + "/rebuild.log")
            try child.drainAndFinish()
        }
    }

    private func answers(_ service: BenchService, _ stream: BenchMix, count: Int64) throws -> [[UInt8]] {
        let municipality = BenchService.municipality
        let period = "municipality=\(municipality)&from=2020-01-01&to=2040-01-01"
        try service.settle()
        return try [
            BenchService.loads(from: stream.start, to: stream.t(count), step: "PT15M"), "/api/v1/sources?municipality=\(municipality)",
            "/api/v1/kpis?\(period)", "/api/v1/alarms?\(period)",
        ].map { try service.get($0) }
    }
}
