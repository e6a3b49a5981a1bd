import ArgumentParser
import Foundation
import Ingest
import MQTT
import Settings
import Store
import Telemetry

struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take in events from files, one JSON object a line, without a broker.",
        discussion: """
            The events count like those on the history topic: nothing of them is late or a revision. The service must \
            not run on the same data folder. What was imported before is a duplicate, so an import may be repeated.
            """
    )

    @Argument(help: "Files of JSON lines; - for standard input.")
    var files: [String]
    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "The municipality number, four digits.")
    var municipality: String
    @Option(help: "The source, 1–32 of a–z, 0–9 and -.")
    var source: String

    /// Events of one journal message.
    private static let batchCountMax = 500
    private static let batchBytesMax = 512 << 10

    func validate() throws {
        guard Topic.isMunicipality(municipality) else { throw ValidationError("--municipality is four digits, e.g. 3407") }
        guard Topic.isSource(source), !Topic.isReservedSource(source) else {
            throw ValidationError("--source is 1–32 of a–z, 0–9 and -, and not «zone» or «service»")
        }
    }

    func run() throws {
        let settings = try ServiceSettings(folder: configuration.config)
        let folder = try DataFolder(settings.dataFolder)
        defer { withExtendedLifetime(folder) {} }
        let journal = try Journal(folder: settings.dataFolder)
        let views = try Views(folder: settings.dataFolder, hashKey: journal.hashKey) { Terminal.error($0) }
        var batch = Batch(journal: journal, topic: "\(Topic.root)/\(municipality)/\(source)/import")
        for file in files { try read(file, into: &batch) }
        try batch.write()
        let offline = try OfflineFold(settings: settings.folding, journal: journal, views: views)
        let progress = Terminal.Progress("Import")
        let last = max(1, journal.lastPosition)
        try offline.catchUp(try JournalReader(folder: settings.dataFolder)) { progress.show(Double($0) / Double(last)) }
        let counts = offline.counts
        progress.finish(
            "\(batch.lines) lines: \(counts.accepted) accepted, \(counts.duplicates) duplicates, \(counts.rejected) rejected"
        )
        if counts.rejected > 0 { Terminal.say("`vaktlast quarantine list --config …` shows what was rejected and why.") }
    }

    private func read(_ file: String, into batch: inout Batch) throws {
        guard file == "-" || FileManager.default.isReadableFile(atPath: file) else {
            throw Failure("\(file) cannot be read: no such file, or no right to")
        }
        guard let stream = file == "-" ? fdopen(0, "r") : fopen(file, "r") else { throw Failure("\(file) cannot be opened") }
        defer { if file != "-" { fclose(stream) } }
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        while case let count = getline(&line, &capacity, stream), count > 0, let start = line {
            let bytes = UnsafeRawBufferPointer(start: start, count: count)
            try batch.add(Array(bytes))
        }
    }

    /// Collects lines into JSON arrays and journals them. A line that is no JSON goes alone, so that it spoils no other.
    private struct Batch {
        let journal: Journal
        let topic: String
        let intake = Intake()
        let decoder = CanonicalDecoder()
        var payload: [UInt8] = []
        var count = 0
        var lines = 0

        init(journal: Journal, topic: String) {
            self.journal = journal
            self.topic = topic
        }

        mutating func add(_ line: [UInt8]) throws {
            var line = line[...]
            while let last = line.last, [0x0A, 0x0D, 0x20, 0x09].contains(last) { line.removeLast() }
            if lines == 0, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
            guard !line.isEmpty else { return }
            lines += 1
            let isSingle = line.first == UInt8(ascii: "{") && isReadable(Array(line))
            if !isSingle {
                try write()
                return try journalAlone(Array(line))
            }
            if count == Import.batchCountMax || payload.count + line.count > Import.batchBytesMax { try write() }
            payload.append(count == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
            payload += line
            count += 1
        }

        private func isReadable(_ line: [UInt8]) -> Bool {
            // One level is added by the array around it.
            if case .success = Array("[".utf8 + line + "]".utf8).withUnsafeBufferPointer(decoder.open) { return true }
            return false
        }

        mutating func write() throws {
            guard count > 0 else { return }
            payload.append(UInt8(ascii: "]"))
            try journalAlone(payload)
            payload = []
            count = 0
        }

        private func journalAlone(_ payload: [UInt8]) throws {
            let received = max(Pump.wallClock(), journal.lastReceived)
            let message = InboundMessage(
                topic: topic,
                payload: payload,
                isRetained: false,
                responseTopic: nil,
                correlation: nil
            )
            guard var prepared = intake.prepare(message, received: received) else { return }
            prepared.position = journal.lastPosition + 1
            try journal.append([prepared], receipted: journal.receipted)
        }
    }
}
