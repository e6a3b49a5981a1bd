import ArgumentParser
import Foundation
import Ingest
import Store
import Telemetry
import Workload

struct BenchSize: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "size",
        abstract: "Bytes on disk an event: journal and views after the checkpoint, beside the same events compressed.",
        discussion: "Written by the gate's intake and writer and folded as `rebuild` does, as batches of 500 and as single messages."
    )

    /// Events in one compressed piece of the raw size: a long piece finds all there is to find.
    private static let eventsInPiece: Int64 = 20_000

    @OptionGroup var options: BenchOptions

    func run() throws {
        let count: Int64 = options.short ? 60_000 : 2_000_000
        let progress = options.json ? nil : Terminal.Progress("size")
        // Devices that report once a minute: 5,000 of them make 83 events a second.
        let events = BenchMix(start: Pump.wallClock() - count * 12 - 60_000, spacing: 12_000)
        let batches = try stored(events, count: count, batch: 500) { progress?.show($0 / 2, "batches of 500") }
        let singles = try stored(events, count: count, batch: 1) { progress?.show(0.5 + $0 / 2, "single messages") }
        var compressed = 0
        for first in stride(from: 0, to: count, by: Int64.Stride(BenchSize.eventsInPiece)) {
            let piece = events.batch(first..<min(count, first + BenchSize.eventsInPiece))
            compressed += Compression.compress(piece)?.count ?? piece.count
        }
        progress?.finish("\(count) events, each counted once in both forms, with the same figures")
        func each(_ bytes: some BinaryInteger) -> Double { Double(bytes) / Double(count) }
        BenchFigure.show(
            "size: \(count) events of the mix, \(Int(each(batches.raw))) bytes of JSON each, after the checkpoint",
            [
                .init(name: "journalBytesPerEvent", figure: each(batches.journal), unit: "B", limit: "batches of 500"),
                .init(name: "viewsBytesPerEvent", figure: each(batches.views), unit: "B", limit: "ids remembered, alarms and cells"),
                .init(name: "journalBytesPerSingleEvent", figure: each(singles.journal), unit: "B", limit: "a message an event"),
                .init(name: "viewsBytesPerSingleEvent", figure: each(singles.views), unit: "B", limit: "the same"),
                .init(name: "rawBytesPerEvent", figure: each(batches.raw), unit: "B", limit: "as it came, in batches"),
                .init(name: "compressedBytesPerEvent", figure: each(compressed), unit: "B", limit: "zstd 1 of it in pieces of 20,000 events: the limit"),
            ],
            json: options.json
        )
    }

    private func stored(_ events: BenchMix, count: Int64, batch: Int64, progress: (Double) -> Void) throws -> (
        journal: Int, views: Int, raw: Int64
    ) {
        let folder = try BenchFolder()
        let raw = try BenchJournal.fill(folder: folder.path, events, count: count, batch: batch) { progress($0 / 2) }
        let journal = try Journal(folder: folder.path)
        let views = try Views(folder: folder.path, hashKey: journal.hashKey) { Terminal.error($0) }
        let setup = Folding.Setup(plan: BenchSize.plan)
        let offline = try OfflineFold(settings: setup, journal: journal, views: views)
        let last = Double(journal.lastPosition)
        let reader = try JournalReader(folder: folder.path)
        try offline.catchUp(reader) { progress(0.5 + Double($0) / last / 2) }
        guard offline.counts.accepted == count else { throw Failure("\(offline.counts.accepted) of \(count) events were counted") }
        try check(folder.path, events, count: count)
        try reader.close()
        // The last connection that closes moves the log into the file.
        try journal.close()
        try views.close()
        func size(_ name: String) throws -> Int {
            for suffix in ["-wal"] where try bytes("\(folder.path)/\(name)\(suffix)") > 0 { throw Failure("\(name) was not checkpointed") }
            return try bytes("\(folder.path)/\(name)")
        }
        return (try size(Journal.fileName), try size(Views.fileName), raw)
    }

    private func bytes(_ path: String) throws -> Int {
        guard FileManager.default.fileExists(atPath: path) else { return 0 }
        return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    }

    private func check(_ folder: String, _ events: BenchMix, count: Int64) throws {
        let cells = try ViewsReader(folder: folder).cells(municipality: BenchService.municipality, from: 0, to: events.t(count) + 86_400_000)
        let sums = cells.value.reduce(into: Measures()) { $0.add($1.measures) }
        for (name, path) in Measures.named {
            guard let wanted = BenchMix.expected(count: count)[name] else { continue }
            guard sums[keyPath: path] == wanted else { throw Failure("the cells hold \(sums[keyPath: path]) of \(wanted) \(name)") }
        }
    }

    static var plan: ZonePlan {
        let zones = BenchMix.zones.map { ZonePlan.Zone(id: $0, name: $0) }
        return ZonePlan(municipalities: [.init(number: BenchService.municipality, name: "Bench", zones: zones)])
    }
}
