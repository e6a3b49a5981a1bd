import ArgumentParser
import Foundation
import Ingest
import Reports
import Schedules
import Settings
import Store
import Telemetry
import Web
import Workload

struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "Reports that go out by themselves: what waits, what was sent, sending by hand.",
        discussion: "The running service sends what schedule.yaml of each municipality names. All of this may be run beside it.",
        subcommands: [List.self, Run.self]
    )

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every schedule with its next time, and every delivery, the oldest first.",
            discussion: """
                With tabs between: municipality, schedule, «next», instant, period; then a line a delivery: municipality, schedule, \
                state (waiting, sent, givenUp, skipped, withdrawn), due, period, format, receiver, tries, when it ended or is tried next, \
                and why the last try failed.
                """
        )

        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            let now = Pump.wallClock()
            for municipality in settings.municipalities {
                for schedule in try municipality.schedules(in: settings) {
                    let next = schedule.next(after: now).map { "\(Timestamp.format($0.due))\t\($0.period)" } ?? "never"
                    Terminal.say("\(municipality.number)\t\(schedule.name)\tnext\t\(next)")
                }
            }
            guard FileManager.default.fileExists(atPath: "\(settings.dataFolder)/\(DeliveryStore.fileName)") else { return }
            for delivery in try DeliveryStore(folder: settings.dataFolder).deliveries() {
                let key = delivery.key
                let cells = [
                    key.municipality, key.schedule, delivery.state.rawValue, Timestamp.format(delivery.due), key.period, key.format, key.receiver,
                    "\(delivery.tries)", Timestamp.format(delivery.ended ?? delivery.mayBeTried), delivery.said?.replacing("\n", with: " ") ?? "",
                ]
                Terminal.say(cells.joined(separator: "\t"))
            }
        }
    }

    struct Run: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a scheduled report now, once to each receiver.",
            discussion:
                "What has been sent is not sent again, but with --again. Exit code 1 when something did not get out; the service tries that again by itself."
        )

        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The schedule's name.")
        var name: String
        @Option(help: "Where several municipalities have a schedule of this name: which one.")
        var municipality: String?
        @Option(help: "The period, as `vaktlast report` takes it. Without it the last whole one.")
        var period: String?
        @Flag(help: "Also to those who have got it.")
        var again = false

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            let found = try settings.municipalities.filter { municipality == nil || $0.number == municipality }.compactMap { owner in
                try owner.schedules(in: settings).first { $0.name == name }.map { (owner, $0) }
            }
            guard let (owner, schedule) = found.first else {
                throw Failure("there is no schedule «\(name)»; `vaktlast schedule list` names them")
            }
            guard found.count == 1 else {
                throw Failure("«\(name)» is a schedule of \(found.map(\.0.number).joined(separator: " and ")): add --municipality")
            }
            let now = Pump.wallClock()
            let today = LocalTime.oslo.day(at: now)
            let chosen = try period.map { try ReportPeriod($0) } ?? ReportPeriod(schedule.periodKind, containing: today).previous
            guard chosen.kind == schedule.periodKind else {
                throw Failure("--period \(chosen) is not what «\(name)» is about, such as \(ReportPeriod(schedule.periodKind, containing: today).previous)")
            }
            let store = try DeliveryStore(folder: settings.dataFolder)
            let known = Dictionary(try store.deliveries().map { ($0.key, $0) }) { first, _ in first }
            var post = ReportPost(settings: settings, views: try ViewsReader(folder: settings.dataFolder))
            let reported = try ReportedMunicipality(owner, settings.profiles, BenefitBook.existing(settings.dataFolder))
            var failures = 0
            for delivery in schedule.deliveries(municipality: owner.number, .init(due: now, period: chosen)) {
                let key = delivery.key
                let about = "\(chosen)\t\(key.format)\t\(key.receiver)"
                if let sent = known[key], sent.state == .sent, !again {
                    Terminal.say("\(about)\tsent already at \(Timestamp.format(sent.ended ?? sent.due))")
                    continue
                }
                try store.renew(delivery, now: now)
                guard let claimed = try store.claim(key, now: Pump.wallClock()) else {
                    Terminal.say("\(about)\tis being sent by the service")
                    continue
                }
                do {
                    try post.deliver(claimed, schedule, reported, now: Pump.wallClock())
                    try store.end(key, .sent, said: nil, nextTry: nil, now: Pump.wallClock())
                    Terminal.say("\(about)\tsent")
                } catch {
                    failures += 1
                    let now = Pump.wallClock()
                    let next = DeliveryRule.nextTry(tries: claimed.tries, firstTry: claimed.firstTry ?? now, now: now)
                    try store.end(key, next == nil ? .givenUp : .waiting, said: "\(error)", nextTry: next, now: now)
                    Terminal.error("\(about)\t\(error)")
                }
            }
            if failures > 0 { throw ExitCode(1) }
        }
    }
}
