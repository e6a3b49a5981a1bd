import Foundation
import MQTT
import Settings
import Simulator

/// A broker and a service of our own in a temporary folder, configured for a scenario: for `verify` without addresses.
final class VerifyStage {
    private static let startSeconds = 30.0
    private static let stopSeconds = 20.0

    let brokerSettings: BrokerSettings
    let url: String
    let configuration: String
    private let folder: String
    private let broker: DemoBroker
    private let service: ChildProcess

    init(_ scenario: Scenario) throws {
        let programs = try DemoBroker.Programs.find()
        folder = "\(NSTemporaryDirectory())/vaktlast-verify-\(getpid())"
        broker = try DemoBroker(programs, folder: "\(folder)/broker", municipality: scenario.municipality, sources: "+")
        let port = try Port.anyFree()
        url = "http://127.0.0.1:\(port)"
        configuration = "\(folder)/config"
        brokerSettings = broker.settings(user: DemoBroker.central, password: broker.centralPassword, clientID: "vaktlast-verify")
        try VerifyStage.write(scenario, configuration, port: port, broker)
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        // It ends with us, however we end.
        let words = ["--pdeathsig", "TERM", "--", program, "serve", "--config", configuration]
        service = try ChildProcess(programs.setpriv, words, log: "\(folder)/service.log")
        let end = Date(timeIntervalSinceNow: VerifyStage.startSeconds)
        while (try? TCP.get(host: "127.0.0.1", port: UInt16(port), path: "/readyz", waitSeconds: 5))?.status != 200 {
            guard service.isRunning, Date() < end else {
                let said = (try? String(contentsOfFile: "\(folder)/service.log", encoding: .utf8)) ?? ""
                leave()
                throw Failure("the service of the rehearsal did not start: \(said.suffix(600))")
            }
            usleep(20_000)
        }
    }

    private static func write(_ scenario: Scenario, _ folder: String, port: Int, _ broker: DemoBroker) throws {
        let municipality = "\(folder)/municipalities/\(scenario.municipality)"
        try FileManager.default.createDirectory(atPath: municipality, withIntermediateDirectories: true)
        func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
        try write("broker.password", broker.servicePassword + "\n")
        chmod("\(folder)/broker.password", 0o600)
        try write(
            "vaktlast.yaml",
            """
            instance: verify
            data: ../data
            broker: {url: "\(broker.url)", username: vaktlast, passwordFile: broker.password}
            http: {host: 127.0.0.1, port: \(port)}

            """
        )
        let zones = scenario.zones.map { "{id: \($0.id), name: \($0.id)}" }.joined(separator: ", ")
        try write(
            "municipalities/\(scenario.municipality)/municipality.yaml",
            "number: \"\(scenario.municipality)\"\nname: \"\(scenario.municipality)\"\nzones: [\(zones)]\ndevices: devices.csv\n"
        )
        try write("municipalities/\(scenario.municipality)/devices.csv", scenario.registryCSV())
    }

    /// Ends both and takes the folder away.
    func leave() {
        kill(service.identifier, SIGTERM)
        if !service.wait(seconds: VerifyStage.stopSeconds) { service.kill() }
        broker.stop()
        try? FileManager.default.removeItem(atPath: folder)
    }
}
