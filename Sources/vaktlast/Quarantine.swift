import ArgumentParser
import Settings
import Store
import Telemetry

struct Quarantine: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at what was refused.",
        subcommands: [List.self, Show.self]
    )

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Refused events, the oldest first.")

        @OptionGroup var configuration: ConfigurationOption
        @Option(help: "The municipality number; without it those whose topic leads to none.")
        var municipality: String?

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            let views = try ViewsReader(folder: settings.dataFolder)
            var place: (position: Int64, index: Int)?
            var count = 0
            while case let rows = try views.quarantine(municipality: municipality, after: place).value, !rows.isEmpty {
                for row in rows {
                    Terminal.say(
                        "\(row.position)\t\(row.index)\t\(Timestamp.format(row.received))\t\(row.reason)\t\(row.id ?? "-")\t\(row.topic)"
                    )
                }
                count += rows.count
                place = rows.last.map { ($0.position, $0.index) }
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
}
