import ArgumentParser
import Settings
import Store
import Telemetry

struct Quarantine: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at what was refused, and read it again when the cause is mended.",
        subcommands: [List.self, Show.self, Replay.self]
    )

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Refused events, the oldest first.")

        @OptionGroup var configuration: ConfigurationOption
        @Option(help: "The municipality number; without it those whose topic leads to none.")
        var municipality: String?

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            let views = try ViewsReader(folder: settings.dataFolder)
            var count = 0
            try Quarantine.each(in: views, municipality: municipality) { row in
                count += 1
                Terminal.say(Quarantine.line(row))
            }
            if count == 0 { Terminal.say("nothing in quarantine\(municipality.map { " for \($0)" } ?? " without a municipality")") }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The message at a position, as it stands in the journal.")

        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The position that `list` names.")
        var position: Int64

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            let reader = try JournalReader(folder: settings.dataFolder)
            guard let message = try reader.messages(after: position - 1, countMax: 1).first, message.position == position else {
                throw Failure("there is no message at position \(position)")
            }
            Terminal.say("position  \(message.position)")
            Terminal.say("received  \(Timestamp.format(message.received))")
            Terminal.say("topic     \(message.topic)")
            if let original = message.original { Terminal.say("original  \(original) (bytes, SHA-256); the first part follows") }
            let packing = message.payload.withUnsafeBufferPointer(Unpacking.packing)
            let bytes = message.payload.withUnsafeBufferPointer { Unpacking.unpack($0, packing).bytes }
            Terminal.say(String(decoding: bytes, as: UTF8.self))
        }
    }

    struct Replay: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read refused messages again, after their cause is mended.",
            discussion: """
                The views are made anew from the journal, so that every message keeps its position and receive time, what \
                is accepted now counts once, and nothing depends on when it was mended. The service must not run. Lists \
                what has left the quarantine and what has come.
                """
        )

        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            let folder = try DataFolder(settings.dataFolder)
            defer { withExtendedLifetime(folder) {} }
            let before = try Quarantine.all(settings)
            try Rebuild.views(settings)
            let after = try Quarantine.all(settings)
            for (place, row) in before.sorted(by: { $0.key < $1.key }) where after[place] == nil { Terminal.say("left\t\(Quarantine.line(row))") }
            for (place, row) in after.sorted(by: { $0.key < $1.key }) where before[place] == nil { Terminal.say("came\t\(Quarantine.line(row))") }
            let left = before.keys.count { after[$0] == nil }
            Terminal.say("\(left) of \(before.count) refused events are accepted now; \(after.count) stay in quarantine")
        }
    }

    /// Where a refused event stands in the journal.
    private struct Place: Hashable, Comparable {
        var position: Int64
        var index: Int
        static func < (a: Place, b: Place) -> Bool { (a.position, a.index) < (b.position, b.index) }
    }

    private static func line(_ row: QuarantineRow) -> String {
        "\(row.position)\t\(row.index)\t\(Timestamp.format(row.received))\t\(row.reason)\t\(row.id ?? "-")\t\(row.topic)"
    }

    /// Calls `body` with every refused event of a municipality, the oldest first; nil: those whose topic leads to none.
    private static func each(in views: ViewsReader, municipality: String?, _ body: (QuarantineRow) -> Void) throws {
        var place: (position: Int64, index: Int)?
        while case let rows = try views.quarantine(municipality: municipality, after: place).value, let last = rows.last {
            rows.forEach(body)
            place = (last.position, last.index)
        }
    }

    /// Everything in quarantine.
    private static func all(_ settings: ServiceSettings) throws -> [Place: QuarantineRow] {
        let views = try ViewsReader(folder: settings.dataFolder)
        var rows: [Place: QuarantineRow] = [:]
        for municipality in try views.quarantinedMunicipalities() {
            try each(in: views, municipality: municipality) { rows[Place(position: $0.position, index: $0.index)] = $0 }
        }
        return rows
    }
}
