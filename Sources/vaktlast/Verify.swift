import ArgumentParser
import Foundation
import MQTT
import Settings
import Simulator
import Telemetry
import Workload

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The simulator's own answer held against the service's, figure by figure.",
        discussion: """
            Sends a scenario through a broker, collects the receipts, works every figure out anew in the slow way of the \
            contract, and compares it with what the API says: loads by quarter, hour and day, as they are and as first \
            published, single alarms, key figures, sources, quarantine, receipts. Exit code 1 when anything differs.

            Without addresses it starts a broker and a service of its own in a temporary folder. With --broker and --url it \
            takes yours, which must have nothing of that municipality yet. --sent FILE judges what `simulate --sent` sent before.
            """
    )

    @Argument(help: "The scenario's YAML file; left out with --sent.")
    var scenario: String?
    @Option(help: "mqtt[s]://user:pass@host:port; the account may write and read below every source of the scenario.")
    var broker: String?
    @Option(help: "The service, e.g. http://127.0.0.1:8080.")
    var url: String?
    @Option(help: "A file with a token that may read the whole municipality.")
    var tokenFile: String?
    @Option(help: "The service's configuration folder: zones, registry, and the addresses that are not given, come from it.")
    var config: String?
    @Option(help: "A file of `simulate --sent`: judge that and send nothing.")
    var sent: String?
    @Option(help: "Differences shown.")
    var shown = 20
    @OptionGroup var options: SimulationOptions
    @Option(help: "A PEM file of the authority that signed the broker's certificate, for mqtts.")
    var caFile: String?

    func validate() throws {
        guard (scenario == nil) != (sent == nil) else { throw ValidationError("give a SCENARIO, or --sent FILE") }
        guard sent == nil || url != nil || config != nil else { throw ValidationError("--sent needs the service that received it: --url or --config") }
        guard sent == nil || broker == nil else { throw ValidationError("--sent sends nothing and needs no --broker") }
        guard (broker == nil) == (url == nil) || sent != nil || config != nil else {
            throw ValidationError("--broker and --url go together; without both a rehearsal of its own is started")
        }
        guard shown >= 0 else { throw ValidationError("--shown is 0 or more") }
    }

    /// Everything that is judged, and by what.
    private struct Case {
        var hearing: Hearing
        var service: VerifyService
        var municipalities: [AuditedMunicipality]
    }

    func run() throws {
        let began = Date()
        let settings = try config.map { try ServiceSettings(folder: $0) }
        if let sent { return try judge(readSent(sent, settings), began) }
        let scenario = try options.scenario(scenario ?? "")
        if let address = url ?? settings.map({ "http://\($0.httpHost):\($0.httpPort)" }) {
            let service = try VerifyService(url: address, tokenFile: tokenFile)
            let others = try service.sources(municipality: scenario.municipality)
            guard others.isEmpty else {
                throw Failure(
                    "\(address) has events of \(scenario.municipality)/\(others.joined(separator: ", ")) already, and a cell's figures are "
                        + "those of all sources. Take a service with an empty data folder, or leave the addresses out for a rehearsal."
                )
            }
            var account = try broker.map { try BrokerSettings(url: $0, clientID: "vaktlast-verify") } ?? settings?.broker
            if let caFile { account?.caFile = caFile }
            guard let account else { throw Failure("no broker: name one with --broker") }
            return try judge(play(scenario, account, service, settings), began)
        }
        Terminal.say("A broker and a service of our own, for the rehearsal …")
        let stage = try VerifyStage(scenario)
        defer { stage.leave() }
        let service = try VerifyService(url: stage.url, tokenFile: nil)
        try judge(play(scenario, stage.brokerSettings, service, ServiceSettings(folder: stage.configuration, environment: [:])), began)
    }

    // MARK: Sending

    private func play(_ scenario: Scenario, _ broker: BrokerSettings, _ service: VerifyService, _ settings: ServiceSettings?) throws -> Case {
        let interruption = Interruption()
        let period = options.period(scenario)
        var times: Double?
        if case .times(let factor)? = options.speed { times = factor }
        var player = SimulationPlayer(
            simulation: options.simulation(scenario, from: period.lowerBound),
            maker: options.maker(scenario),
            period: period,
            times: times
        )
        let sender = try WatchedSender(
            broker: broker,
            senders: scenario.centrals.map { "\(scenario.municipality)/\($0.source)" },
            run: "\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        )
        try sender.waitUntilConnected()
        let progress = Terminal.Progress("Sending")
        let stopped = Failure("stopped before everything was sent and answered")
        try player.play(
            progress: { progress.show($0, "\($1) events") },
            goesOn: { isWaiting in
                if interruption.isAsked { throw stopped }
                if isWaiting { try sender.collect() }
                return true
            }
        ) { message in try sender.send(message) }
        try sender.waitForReceipts(interruption: interruption) { answered, count in
            progress.show(min(0.99, Double(answered) / Double(max(1, count))), "receipts")
        }
        sender.close()
        if interruption.isAsked, sender.hearing.answeredCount < sender.hearing.messageCount { throw stopped }
        progress.finish("\(player.eventCount) events in \(sender.hearing.messageCount) messages, \(sender.hearing.answeredCount) receipts")
        return Case(
            hearing: sender.hearing,
            service: service,
            municipalities: try Verify.municipalities([scenario.municipality], service, settings)
        )
    }

    private func readSent(_ file: String, _ settings: ServiceSettings?) throws -> Case {
        let reader = try MessageFileReader(file)
        var hearing = Hearing()
        var numbers: Set<String> = []
        while let line = try reader.next() {
            switch line {
            case .message(let message):
                hearing.sent(message)
                if let number = message.topic.split(separator: "/").dropFirst(2).first { numbers.insert(String(number)) }
            case .receipt(let number, let receipt):
                do { try hearing.answered(number, with: receipt) } catch { throw Failure("\(file): \(error)") }
            }
        }
        guard hearing.messageCount > 0 else {
            throw Failure("\(file) holds no message: nothing was sent, or the file was cut. Send again with `simulate --sent`.")
        }
        let address = url ?? settings.map { "http://\($0.httpHost):\($0.httpPort)" } ?? ""
        let service = try VerifyService(url: address, tokenFile: tokenFile)
        return Case(hearing: hearing, service: service, municipalities: try Verify.municipalities(numbers.sorted(), service, settings))
    }

    /// Zones and registry: from the configuration where it is at hand, otherwise as the service says.
    private static func municipalities(_ numbers: [String], _ service: VerifyService, _ settings: ServiceSettings?) throws -> [AuditedMunicipality] {
        try numbers.compactMap { number in
            guard let settings else { return try service.municipality(number) }
            return settings.municipalities.first { $0.number == number }.map { own in
                AuditedMunicipality(
                    number: number,
                    zones: own.zones.map(\.id),
                    registry: own.registry.map { .init(device: $0.device, zone: $0.zone, from: $0.from, to: $0.to) }
                )
            }
        }
    }

    // MARK: Judging

    private func judge(_ facts: Case, _ began: Date) throws {
        var auditor = Auditor(municipalities: facts.municipalities)
        let progress = Terminal.Progress("Comparing")
        let receipts: [(expected: AuditValue, got: AuditValue)]
        do { receipts = try facts.hearing.audit(&auditor) } catch {
            guard let sent else { throw error }
            throw Failure("\(sent): \(error) Or was the file cut?")
        }
        let isAlone = try facts.hearing.isWholeJournal(upTo: facts.service.journalPosition())
        var verification = Verification(auditor: auditor, comparesFirstFigures: isAlone) { try facts.service.ask($0, $1) }
        verification.compareReceipts(receipts)
        var step = 0.0
        try verification.compareAll(atLeast: facts.hearing.lastPosition) { answer in
            progress.show(min(0.99, step / 10), answer)
            step += 1
        }
        let seconds = String(format: "%.1f", Date().timeIntervalSince(began))
        progress.finish("done after \(seconds) s")
        for tally in verification.tallies {
            let verdict = tally.wrong == 0 ? "equal" : "\(tally.wrong) DIFFERENT"
            Terminal.say("  \(tally.answer): \(tally.places) places, \(tally.figures) figures, \(verdict)")
        }
        if !isAlone { Terminal.say("  loads as first published and `revised`: not compared, for the service has read other messages too") }
        guard !verification.disagreements.isEmpty else {
            let figures = verification.tallies.reduce(0) { $0 + $1.figures }
            guard figures > 0 else { throw Failure("nothing was compared: \(sent ?? scenario ?? "") has nothing that the service counts") }
            return Terminal.say("PASS: \(figures) figures equal the recomputation")
        }
        for disagreement in verification.disagreements.prefix(shown) { Terminal.say("  \(disagreement)") }
        let more = verification.disagreements.count - shown
        if more > 0 { Terminal.say("  … and \(more) more (--shown N)") }
        throw Failure("FAIL: \(verification.disagreements.count) differences between the service and the recomputation")
    }
}
