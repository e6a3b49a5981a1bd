import ArgumentParser
import Foundation
import Ingest
import Logging
import MQTT
import Settings
import Simulator
import Synchronization
import Telemetry
import Workload

struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Everything on one machine: a broker, the service, and a simulated Gjøvik.",
        discussion: """
            Sends four weeks and more of history, from a Monday up to now, through a private mosquitto, then lives on in \
            real time. The same seed gives the same history relative to its start. Ctrl-C ends it all.
            """
    )

    @Option(help: "The port of the web pages on 127.0.0.1.")
    var port = 8080
    @Option(help: "Keep the data in this folder; without it a temporary one that is removed at the end.")
    var data: String?
    @Option(help: "Seed of the simulation.")
    var seed: UInt64?
    @Option(help: "The folder with municipalities/ and scenarios/; found beside the program or the working folder.")
    var config: String?

    @OptionGroup var logging: LogOption

    private static let weeks: Int64 = 4

    func validate() throws {
        guard (1...65_535).contains(port) else { throw ValidationError("--port is 1 to 65535") }
    }

    func run() throws {
        let started = Date()
        let configuration = try config ?? ConfigurationFolder.find()
        let scenarioFile = "\(configuration)/scenarios/gjovik.yaml"
        guard FileManager.default.fileExists(atPath: scenarioFile) else {
            throw Failure("there is no \(scenarioFile). Name a folder like the project's config/ with --config, or leave it out.")
        }
        let scenario = try Scenario(yaml: try Service.text(of: scenarioFile), file: scenarioFile)
        let programs = try DemoBroker.Programs.find()
        if let refusal = Port.refusal(port) { throw Failure(refusal) }
        let interruption = Interruption()
        let leftovers = DemoFolder.removeLeftovers()
        if leftovers > 0 { Terminal.say("Removed the temporary data of \(leftovers == 1 ? "a demo that was" : "\(leftovers) demos that were") killed.") }
        let folder = try DemoFolder(named: data)
        defer { folder.leave() }
        let broker = try DemoBroker(programs, folder: "\(folder.path)/broker", municipality: scenario.municipality)
        defer { broker.stop() }
        let service = try Service(settings: try writeSettings(folder.path, configuration, broker), log: logging.logger(default: .error))
        let sender = try EventSender(
            broker: broker.settings(user: DemoBroker.central, password: broker.centralPassword, clientID: "simulert-sentral"),
            municipality: scenario.municipality,
            source: scenario.source
        )
        let life = try DemoLife(
            scenario: scenario,
            seed: seed ?? scenario.seed,
            sender: sender,
            service: service,
            folder: folder.path,
            weeks: Demo.weeks
        )
        if let seed, seed != life.seed { Terminal.say("The data in \(folder.path) go on with their own seed, \(life.seed).") }
        let greeting = Demo.greeting(port: port, broker: broker, municipality: scenario.municipality, data: data)
        let work = DemoWork(interruption: interruption, broker: broker)
        try Service.blocking {
            try await service.run {
                interruption.repeatIfAsked()
                work.start {
                    try sender.waitUntilConnected()
                    try life.sendHistory()
                    guard !interruption.isAsked else { return }
                    let seconds = String(format: "%.1f", Date().timeIntervalSince(started))
                    Terminal.say("Ready after \(seconds) s.\n\n\(greeting)")
                    try life.live()
                }
            }
        }
        life.stop()
        if work.join() { sender.close() }
        if let problem = interruption.problem { throw Failure(problem) }
        Terminal.say("Stopped. \(folder.isTemporary ? "The temporary data are gone." : "The data stay in \(folder.path).")")
    }

    private func writeSettings(_ path: String, _ configuration: String, _ broker: DemoBroker) throws -> ServiceSettings {
        let folder = "\(path)/config"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try copyMunicipalities(configuration, into: folder)
        try Data((broker.servicePassword + "\n").utf8).write(to: URL(fileURLWithPath: "\(folder)/broker.password"))
        chmod("\(folder)/broker.password", 0o600)
        let yaml = """
            # Written by vaktlast demo, anew at each start.
            instance: demo
            data: ../data
            broker: {url: "\(broker.url)", username: vaktlast, passwordFile: broker.password}
            http: {host: 127.0.0.1, port: \(port)}

            """
        try Data(yaml.utf8).write(to: URL(fileURLWithPath: "\(folder)/vaktlast.yaml"))
        let settings = try ServiceSettings(folder: folder, environment: [:])
        try FileManager.default.createDirectory(atPath: settings.dataFolder, withIntermediateDirectories: true)
        return settings
    }

    /// A copy of its own, kept with the data: what is imported into the demo's registry must not change what we ship.
    private func copyMunicipalities(_ configuration: String, into folder: String) throws {
        let (own, unfinished) = ("\(folder)/municipalities", "\(folder)/municipalities.unfinished")
        // Earlier versions linked to what we ship.
        if (try? FileManager.default.destinationOfSymbolicLink(atPath: own)) != nil { unlink(own) }
        guard !FileManager.default.fileExists(atPath: own) else { return }
        if FileManager.default.fileExists(atPath: unfinished) { try FileManager.default.removeItem(atPath: unfinished) }
        try FileManager.default.copyItem(atPath: "\(configuration)/municipalities", toPath: unfinished)
        try FileManager.default.moveItem(atPath: unfinished, toPath: own)
    }

    private static func greeting(port: Int, broker: DemoBroker, municipality: String, data: String?) -> String {
        let topic = "vaktlast/v1/\(municipality)/\(DemoBroker.central)"
        let access = "-p \(broker.port) -u \(DemoBroker.central) -P \(broker.centralPassword)"
        let event =
            #"{"specversion":"1.0","id":"hand-1","source":"hand","type":"no.vaktlast.alarm.raised","data":{"device":"gj-biri-0001","alarm":"hand-1","kind":"manual"}}"#
        return """
            Open  http://127.0.0.1:\(port)/

            Three things to try:
              1. The page: which shift in which zone lacks people, what vegvalg 6 says, and under «Nå» what goes on now.
              2. Watch the receipts, then raise an alarm by hand (its zone, Biri, gets one more open alarm under «Nå»):
                   mosquitto_sub \(access) -t '\(topic)/receipt' &
                   mosquitto_pub \(access) -q 1 -t '\(topic)/alarm' -m '\(event)'
              3. Ask the API:
                   curl 'http://127.0.0.1:\(port)/api/v1/sources?municipality=\(municipality)'

            Ctrl-C stops everything\(data == nil ? " and removes the data (keep them with --data DIR)" : "").
            """
    }
}

/// Finds `config/` for commands that work without one being named.
enum ConfigurationFolder {
    static func find() throws -> String {
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        var candidates = [FileManager.default.currentDirectoryPath + "/config"]
        // .build/release/vaktlast lies three or four folders below the project.
        var folder = program
        for _ in 0..<5 {
            candidates.append(folder.appendingPathComponent("config").path)
            folder.deleteLastPathComponent()
        }
        candidates.append("/usr/share/vaktlast/config")
        guard let found = candidates.first(where: { FileManager.default.fileExists(atPath: "\($0)/scenarios/gjovik.yaml") }) else {
            throw Failure("no config/ with scenarios/gjovik.yaml beside the program or the working folder: name it with --config")
        }
        return found
    }
}
