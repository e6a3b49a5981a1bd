import ArgumentParser
import Foundation
import Settings
import Store
import Telemetry
import Web

struct AccessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access",
        abstract: "Who was shown which alarms.",
        discussion: """
            Every answer with single alarms stands in access.db of the data folder before it leaves. Nothing is deleted \
            but by `access delete`. All of this may be run beside the service.
            """,
        subcommands: [List.self, Show.self, Delete.self]
    )

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Views of alarms, the oldest first.",
            discussion: """
                A line a view, with tabs between: number, time, who (the token's name), municipality, zones the answer \
                was limited to (* for all), number of alarms shown, journal position, path and query. `access show` \
                names the alarms.
                """
        )

        @OptionGroup var configuration: ConfigurationOption
        @Option(help: "Only views that showed this alarm.")
        var alarm: String?
        @Option(help: "With --alarm: the source that raised it.")
        var source: String?
        @Option(help: "Only views of this municipality.")
        var municipality: String?
        @Option(help: "Only views by the token of this name; loopback where there are no tokens.")
        var who: String?
        @Option(help: "Only views from this instant (2026-10-05T06:00:00Z) or local date (2026-10-05) on.")
        var from: String?
        @Option(help: "Only views before this instant or local date.")
        var to: String?

        func validate() throws {
            if source != nil, alarm == nil { throw ValidationError("--source goes with --alarm; see --help") }
            for (name, text) in [("from", from), ("to", to)] {
                if let text, Query.instant(text) == nil { throw AccessCommand.badInstant(name, text) }
            }
        }

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            var wanted = AccessLogReader.Wanted()
            (wanted.alarm, wanted.source, wanted.municipality, wanted.who) = (alarm, source, municipality, who)
            wanted.from = from.flatMap(Query.instant)
            wanted.to = to.flatMap(Query.instant)
            var count = 0
            try AccessLogReader(folder: settings.dataFolder)?.views(wanted) { view in
                let zones = view.zones?.joined(separator: ",") ?? "*"
                let fields = [
                    "\(view.number)", Timestamp.format(view.time), view.who, view.municipality, zones, "\(view.alarmCount)",
                    "\(view.position)", "\(view.path)?\(view.asked)",
                ]
                Terminal.say(fields.joined(separator: "\t"))
                count += 1
            }
            if count == 0 { Terminal.error("no such view in \(settings.dataFolder)/\(AccessLog.fileName)") }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The alarms that one view showed: source and alarm, a line each.")

        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The number of the view that `list` names.")
        var number: Int64

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            guard let alarms = try AccessLogReader(folder: settings.dataFolder)?.alarms(ofView: number) else {
                throw Failure("there is no view \(number) in the access log; `access list` names them")
            }
            for alarm in alarms { Terminal.say("\(alarm.source)\t\(alarm.alarm)") }
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete the views before an instant, when the time for which they must be kept is over."
        )

        @OptionGroup var configuration: ConfigurationOption
        @Option(help: "An instant (2026-10-05T06:00:00Z) or a local date (2026-10-05), itself kept.")
        var before: String

        func validate() throws {
            if Query.instant(before) == nil { throw AccessCommand.badInstant("before", before) }
        }

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            guard let instant = Query.instant(before) else { throw AccessCommand.badInstant("before", before) }
            guard try AccessLogReader(folder: settings.dataFolder) != nil else {
                throw Failure("\(settings.dataFolder)/\(AccessLog.fileName) is missing: no alarm was ever shown")
            }
            let log = AccessLog(folder: settings.dataFolder)
            let count = try log.delete(before: instant)
            try log.close()
            Terminal.say("\(count) views before \(Timestamp.format(instant)) deleted")
        }
    }

    static func badInstant(_ name: String, _ text: String) -> ValidationError {
        ValidationError("--\(name) «\(text)» is no instant with offset (2026-10-05T06:00:00Z) and no date (2026-10-05)")
    }
}
