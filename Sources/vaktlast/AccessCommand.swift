import ArgumentParser
import Foundation
import Ingest
import Settings
import Store
import Telemetry
import Web

struct AccessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access",
        abstract: "Who was shown which alarms, took what along, and changed who may see what.",
        discussion: """
            Every answer with single alarms, every file taken along and every change of accounts and tokens stands in access.db of \
            the data folder before it is done. Each entry is chained to the one before by its hash. The service deletes what is \
            older than accessLogDays (two years). All of this may be run beside the service.
            """,
        subcommands: [List.self, Show.self, Verify.self, Export.self, Delete.self]
    )

    /// Writes a change that a command makes into the access log, before it is made.
    static func note(_ what: String, _ municipalities: [String], _ settings: ServiceSettings) throws {
        let about = municipalities.joined(separator: ",")
        try record(.init(kind: .change, time: Pump.wallClock(), who: who, path: "vaktlast", municipality: about, subject: what), settings)
    }

    fileprivate static func record(_ entry: AccessEntry, _ settings: ServiceSettings) throws {
        let log = AccessLog(folder: settings.dataFolder)
        try log.recordNow(entry)
        try log.close()
    }

    /// Whoever runs the command on this machine.
    fileprivate static var who: String { "command:\(NSUserName())" }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Entries of the log, the oldest first.",
            discussion: """
                A line an entry, with tabs between: number, time, kind (view, export, change, deletion), who (a token's name, \
                account:NAME, oidc:NAME or command:USER), purpose (- where nobody said), municipality, zones the answer was limited to (* for \
                all), number of alarms shown, journal position, path and query, subject. `access show` names the alarms.
                """
        )

        @OptionGroup var configuration: ConfigurationOption
        @OptionGroup var filter: FilterOptions

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            let wanted = filter.wanted
            var count = 0
            try AccessLogReader(folder: settings.dataFolder)?.entries(wanted) { row in
                let entry = row.entry
                let zones = entry.zones?.joined(separator: ",") ?? "*"
                let asked = entry.asked.isEmpty ? entry.path : "\(entry.path)?\(entry.asked)"
                let fields = [
                    "\(row.number)", Timestamp.format(entry.time), entry.kind.rawValue, entry.who, entry.purpose ?? "-", entry.municipality, zones,
                    "\(row.alarmCount)", "\(entry.position)", asked, entry.subject ?? "-",
                ]
                Terminal.say(fields.joined(separator: "\t"))
                count += 1
                return true
            }
            if count == 0 { Terminal.error("no such entry in \(settings.dataFolder)/\(AccessLog.fileName)") }
        }
    }

    /// Which entries are meant.
    struct FilterOptions: ParsableArguments {
        @Option(help: "Only entries that showed this alarm.")
        var alarm: String?
        @Option(help: "With --alarm: the source that raised it.")
        var source: String?
        @Option(help: "Only entries about this municipality.")
        var municipality: String?
        @Option(help: "Only entries by this token, account:NAME, oidc:NAME or command:USER; loopback where there are no tokens and accounts.")
        var who: String?
        @Option(help: "Only entries of this kind: view, export, change or deletion.")
        var kind: AccessEntry.Kind?
        @Option(help: "Only entries from this instant (2026-10-05T06:00:00Z) or local date (2026-10-05) on.")
        var from: String?
        @Option(help: "Only entries before this instant or local date.")
        var to: String?

        func validate() throws {
            if source != nil, alarm == nil { throw ValidationError("--source goes with --alarm; see --help") }
            for (name, text) in [("from", from), ("to", to)] {
                if let text, Query.instant(text) == nil { throw AccessCommand.badInstant(name, text) }
            }
        }

        var wanted: AccessLogReader.Wanted {
            var wanted = AccessLogReader.Wanted()
            (wanted.alarm, wanted.source, wanted.municipality, wanted.who, wanted.kind) = (alarm, source, municipality, who, kind)
            wanted.from = from.flatMap(Query.instant)
            wanted.to = to.flatMap(Query.instant)
            return wanted
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "See whether any entry was changed, taken out or exchanged.",
            discussion: """
                Goes through all entries and names those that are wrong; exit code 1 then. Prints number and hash of the last one: \
                noted elsewhere and given as --noted later, they prove that the log was not written anew meanwhile.
                """
        )

        @OptionGroup var configuration: ConfigurationOption
        @Option(help: "NUMBER:HASH of an entry, as noted earlier.")
        var noted: String?

        func validate() throws {
            if let noted, AccessCommand.noted(noted) == nil { throw ValidationError("--noted «\(noted)» is not NUMBER:HASH, as `access verify` prints it") }
        }

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            guard let log = try AccessLogReader(folder: settings.dataFolder) else {
                throw Failure("\(settings.dataFolder)/\(AccessLog.fileName) is missing: nothing was ever logged, or the file was taken away")
            }
            let finding = try log.verify(noted: noted.flatMap(AccessCommand.noted))
            for fault in finding.faults { Terminal.error("\(fault)") }
            guard finding.holds else {
                throw Failure("the access log does not hold: keep \(AccessLog.fileName) and its backups as they are, and find out who was on this machine")
            }
            let first = finding.first ?? 0
            Terminal.say("\(finding.entries) entries from \(first), the chain holds; last \(finding.last ?? 0):\(finding.head)")
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Entries with their alarms as a file; that it was taken along is logged.")

        enum Format: String, ExpressibleByArgument, CaseIterable { case csv, json }

        @OptionGroup var configuration: ConfigurationOption
        @OptionGroup var filter: FilterOptions
        @Option(help: "csv (semicolons, for Excel) or json.")
        var format = Format.csv
        @Option(help: "The file; standard output without it.")
        var out: String?

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            guard try AccessLogReader(folder: settings.dataFolder) != nil else {
                throw Failure("\(settings.dataFolder)/\(AccessLog.fileName) is missing: nothing was ever logged, or the file was taken away")
            }
            let entry = AccessEntry(
                kind: .export,
                time: Pump.wallClock(),
                who: AccessCommand.who,
                path: "vaktlast access export",
                municipality: filter.municipality ?? "",
                subject: "innsynslogg som \(format.rawValue)"
            )
            try AccessCommand.record(entry, settings)
            guard let log = try AccessLogReader(folder: settings.dataFolder) else { return }
            var rows: [(row: AccessLogReader.Row, alarms: [AccessLog.AlarmName])] = []
            var found: [AccessLogReader.Row] = []
            try log.entries(filter.wanted) { row in
                found.append(row)
                return true
            }
            for row in found { rows.append((row, row.alarmCount == 0 ? [] : try log.alarms(ofEntry: row.number) ?? [])) }
            let bytes = Data(format == .csv ? Array(AccessLogExport.csv(rows).utf8) : AccessLogExport.json(rows))
            guard let out else { return FileHandle.standardOutput.write(bytes) }
            guard FileManager.default.createFile(atPath: out, contents: bytes, attributes: [.posixPermissions: 0o600]) else {
                throw Failure("--out \(out) cannot be written")
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The alarms that one entry showed: source and alarm, a line each.")

        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The number of the entry that `list` names.")
        var number: Int64

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            guard let alarms = try AccessLogReader(folder: settings.dataFolder)?.alarms(ofEntry: number) else {
                throw Failure("there is no entry \(number) in the access log; `access list` names them")
            }
            for alarm in alarms { Terminal.say("\(alarm.source)\t\(alarm.alarm)") }
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete the entries before an instant; the service does so by itself after accessLogDays. The deletion is logged."
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
                throw Failure("\(settings.dataFolder)/\(AccessLog.fileName) is missing: nothing was ever logged")
            }
            let log = AccessLog(folder: settings.dataFolder)
            let count = try log.delete(before: instant, who: AccessCommand.who, now: Pump.wallClock())
            try log.close()
            Terminal.say("\(count) entries before \(Timestamp.format(instant)) deleted")
        }
    }

    /// Number and hash from `NUMBER:HASH`.
    fileprivate static func noted(_ text: String) -> (number: Int64, hash: String)? {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let number = Int64(parts[0]), parts[1].utf8.count == AccessChain.beginning.utf8.count else { return nil }
        return (number, parts[1].lowercased())
    }

    static func badInstant(_ name: String, _ text: String) -> ValidationError {
        ValidationError("--\(name) «\(text)» is no instant with offset (2026-10-05T06:00:00Z) and no date (2026-10-05)")
    }
}

extension AccessEntry.Kind: ExpressibleByArgument {}
