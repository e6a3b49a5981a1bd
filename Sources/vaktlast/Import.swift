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
    /// Rejections named one by one.
    private static let toldMax = 20

    func validate() throws {
        guard Topic.isMunicipality(municipality) else { throw ValidationError("--municipality is four digits, e.g. 3407") }
        guard Topic.isSource(source), !Topic.isReservedSource(source) else {
            throw ValidationError("--source is 1–32 of a–z, 0–9 and -, and not «zone» or «service»")
        }
    }

    func run() throws {
        for file in files { try Import.check(file) }
        let settings = try ServiceSettings(folder: configuration.config)
        let folder = try DataFolder(settings.dataFolder)
        defer { withExtendedLifetime(folder) {} }
        let journal = try Journal(folder: settings.dataFolder)
        let views = try Views(folder: settings.dataFolder, hashKey: journal.hashKey) { Terminal.error($0) }
        let offline = try OfflineFold(settings: settings.folding, journal: journal, views: views)
        let reader = try JournalReader(folder: settings.dataFolder)
        // What the journal had before is none of the import's figures.
        try offline.catchUp(reader) { _ in }
        let before = (counts: offline.counts, position: journal.lastPosition)
        var batch = Batch(journal: journal, topic: "\(Topic.root)/\(municipality)/\(source)/import")
        for file in files { try read(file, into: &batch) }
        try batch.write()
        let progress = Terminal.Progress("Import")
        let last = max(1, journal.lastPosition)
        try offline.catchUp(reader) { progress.show(Double($0) / Double(last)) }
        let counts = offline.counts
        let rejected = counts.rejected - before.counts.rejected
        progress.finish(
            """
            \(batch.lines) lines: \(counts.accepted - before.counts.accepted) accepted, \
            \(counts.duplicates - before.counts.duplicates) duplicates, \(rejected) rejected
            """
        )
        if rejected > 0 { try tell(rejected, of: batch, after: before.position, folder: settings.dataFolder) }
    }

    /// Names file, line and reason of what was rejected, the first of it.
    private func tell(_ rejected: Int64, of batch: Batch, after position: Int64, folder: String) throws {
        let rows = try ViewsReader(folder: folder).quarantine(municipality: municipality, after: (position, Int.max)).value
        let told = rows.prefix(Import.toldMax)
        for row in told { Terminal.error("\(batch.place(of: row.position, index: row.index)): \(row.reason)") }
        let rest = rejected - Int64(told.count)
        Terminal.say(
            (rest > 0 ? "\(rest) more were rejected; all" : "All") + " of it is kept and named by\n"
                + "vaktlast quarantine list --config \(configuration.config) --municipality \(municipality)"
        )
    }

    /// Nothing is taken in when one of the files cannot be.
    private static func check(_ file: String) throws {
        guard file != "-" else { return }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), FileManager.default.isReadableFile(atPath: file)
        else { throw Failure("\(file) cannot be read: no such file, or no right to") }
        guard !isFolder.boolValue else { throw Failure("\(file) is a folder: name the files in it, e.g. \(file)/*.jsonl") }
    }

    private func read(_ file: String, into batch: inout Batch) throws {
        guard let stream = file == "-" ? fdopen(0, "r") : fopen(file, "r") else { throw Failure("\(file) cannot be opened") }
        defer { if file != "-" { fclose(stream) } }
        try batch.begin(file: file == "-" ? "standard input" : file)
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        while case let count = getline(&line, &capacity, stream), count > 0, let start = line {
            let bytes = Array(UnsafeRawBufferPointer(start: start, count: count))
            if batch.line == 0, bytes.withUnsafeBufferPointer(Unpacking.packing) != .none {
                throw Failure("\(batch.file) is compressed: unpack it on the way, e.g. `zcat \(file) | vaktlast import - …`")
            }
            try batch.add(bytes)
        }
        guard ferror(stream) == 0 else {
            throw Failure("\(batch.file):\(batch.line + 1): cannot be read on: \(String(cString: strerror(errno)))")
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
        /// Lines with something in them, of all files.
        var lines = 0
        private(set) var file = ""
        /// Lines read of this file.
        private(set) var line = 0
        private var firstLine = 0
        /// Where each message began, by position.
        private var places: [(position: Int64, file: String, line: Int, isOneLine: Bool)] = []

        init(journal: Journal, topic: String) {
            self.journal = journal
            self.topic = topic
        }

        mutating func begin(file: String) throws {
            try write()
            self.file = file
            line = 0
        }

        /// File and line of an event in the message at a position.
        func place(of position: Int64, index: Int) -> String {
            guard let place = places.last(where: { $0.position <= position }) else { return "position \(position)" }
            return "\(place.file):\(place.isOneLine ? place.line : place.line + index)"
        }

        mutating func add(_ text: [UInt8]) throws {
            self.line += 1
            var line = text[...]
            while let last = line.last, [0x0A, 0x0D, 0x20, 0x09].contains(last) { line.removeLast() }
            if self.line == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
            // An empty line ends the message, so that its lines follow one another.
            guard !line.isEmpty else { return try write() }
            lines += 1
            let isSingle = line.first == UInt8(ascii: "{") && isReadable(Array(line))
            if !isSingle {
                try write()
                return try journalAlone(Array(line), line: self.line, isOneLine: true)
            }
            if count == Import.batchCountMax || payload.count + line.count > Import.batchBytesMax { try write() }
            if count == 0 { firstLine = self.line }
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
            try journalAlone(payload, line: firstLine, isOneLine: false)
            payload = []
            count = 0
        }

        private mutating func journalAlone(_ payload: [UInt8], line: Int, isOneLine: Bool) throws {
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
            places.append((prepared.position, file, line, isOneLine))
            try journal.append([prepared], receipted: journal.receipted)
        }
    }
}
