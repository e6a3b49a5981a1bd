import Foundation
import FoundationNetworking
import Simulator
import Testing

/// The built `vaktlast serve`, started and killed as often as a test likes, on one data folder.
final class ServiceUnderTest {
    let folder: String
    let port: Int
    private var process: ChildProcess?
    /// What goes wrong on its machine.
    let faults: Faults?

    static let zones = ["biri", "haugtun", "snertingdal"]

    init(
        _ broker: Broker,
        version: String = "5",
        canarySeconds: Int = 60,
        receipts: [String] = ["a", "b"],
        faults: Faults? = nil,
        registry: String? = nil,
        heartbeats: [String: String] = [:],
        further: String = ""
    ) throws {
        self.faults = faults
        folder = try Folder.new("service")
        port = try FreePort.next()
        let municipality = "\(folder)/municipalities/3407-gjovik"
        try FileManager.default.createDirectory(atPath: municipality, withIntermediateDirectories: true)
        try write("broker.password", "secret\n")
        let tls =
            broker.tls.map { ", caFile: \($0.ca), certFile: \($0.clientCertificate), keyFile: \($0.clientKey)" } ?? ""
        let sources = receipts.map { "{municipality: \"3407\", source: \($0), receipts: all}" }.joined(separator: ", ")
        try write(
            "vaktlast.yaml",
            """
            data: ./data
            broker: {url: "\(broker.url)", version: "\(version)", username: vaktlast, passwordFile: broker.password, canarySeconds: \(canarySeconds)\(tls)}
            http: {port: \(port)}
            sources: [\(sources)]
            \(further)
            \(heartbeats.isEmpty ? "" : "devices: profiles")
            """
        )
        let zones = ServiceUnderTest.zones.map { "{id: \($0)}" }.joined(separator: ", ")
        try write(
            "municipalities/3407-gjovik/municipality.yaml",
            "number: \"3407\"\nname: Gjøvik\nzones: [\(zones)]\n\(registry == nil ? "" : "devices: devices.csv\n")"
        )
        if let registry { try write("municipalities/3407-gjovik/devices.csv", registry) }
        for (profile, heartbeat) in heartbeats {
            try FileManager.default.createDirectory(atPath: "\(folder)/profiles/\(profile)", withIntermediateDirectories: true)
            let yaml =
                "name: {nb: \(profile), en: \(profile)}\ntechnology: safety-alarm\nladderStep: 2\ncodec: canonical\n"
                + "heartbeat: \(heartbeat)\nbattery: {low: 15, restored: 25}\n"
            try write("profiles/\(profile)/profile.yaml", yaml)
        }
        try start()
    }

    deinit {
        killHard()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// What `vaktlast.yaml` holds.
    func settings() throws -> String { try String(contentsOfFile: "\(folder)/vaktlast.yaml", encoding: .utf8) }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }

    /// Starts; returns when it reads from the broker.
    func start(waits: Bool = true) throws {
        let limit = faults?.fileSizeMax.map { ["--fsize=\($0):unlimited", "--"] } ?? ["--"]
        process = try ChildProcess(
            Programs.path("prlimit"),
            limit + [Programs.vaktlast(), "serve", "--config", folder],
            log: "\(folder)/log",
            environment: faults?.environment ?? []
        )
        if waits { try waitUntilReady() }
    }

    func waitUntilReady() throws {
        try waitUntil("/readyz is 200; log: \(log())") { (try? get("/readyz").status) == 200 }
    }

    /// One figure of /metrics.
    func metric(_ name: String) throws -> Int? {
        let lines = String(decoding: try get("/metrics").body, as: UTF8.self).split(separator: "\n")
        return lines.first { $0.hasPrefix("\(name){") }.flatMap { $0.split(separator: " ").last }.flatMap { Int($0) }
    }

    /// Its process, while it runs.
    var pid: pid_t { process?.pid ?? 0 }
    var isRunning: Bool { process?.isRunning ?? false }

    /// Resident memory in MiB.
    func residentMegabytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }) / 1024
    }

    func killHard() { process?.end(SIGKILL) }

    /// Waits for it to end by itself; returns the exit code.
    func waitForEnd() throws -> Int32 {
        try waitUntil("the service ends; log: \(log())") { !isRunning }
        return process?.wait() ?? -1
    }

    /// SIGTERM; returns the exit code.
    func stop() -> Int32 { process?.end(SIGTERM) ?? -1 }

    func log() -> String { (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? "" }

    var journal: String { "\(folder)/data/journal.db" }

    /// Runs another command on the same configuration.
    func command(_ arguments: [String]) throws -> (status: Int32, output: String) {
        try ChildProcess(Programs.vaktlast(), arguments + ["--config", folder]).waitForOutput()
    }

    // MARK: - Asking

    func get(_ path: String) throws -> (status: Int, body: Data) {
        try exchange(URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")), timeoutInterval: 10))
    }

    private func exchange(_ request: URLRequest) throws -> (status: Int, body: Data) {
        let done = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var result: Result<(status: Int, body: Data), any Error> = .failure(CocoaError(.featureUnsupported))
        let task = URLSession.shared.dataTask(with: request) { body, response, error in
            if let error {
                result = .failure(error)
            } else {
                result = .success(((response as? HTTPURLResponse)?.statusCode ?? 0, body ?? Data()))
            }
            done.signal()
        }
        task.resume()
        done.wait()
        return try result.get()
    }

    func post(_ path: String, _ body: String, type: String = "text/csv") throws -> (status: Int, body: Data) {
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")), timeoutInterval: 30)
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        request.setValue(type, forHTTPHeaderField: "Content-Type")
        return try exchange(request)
    }

    /// An answer of the API, which must be 200.
    func ask(_ path: String, _ query: String) throws -> AuditValue {
        let answer = try get("/api/v1/\(path)?municipality=3407&\(query)")
        try #require(answer.status == 200, "\(path): \(String(decoding: answer.body, as: UTF8.self))")
        return try #require(AuditValue(json: Array(answer.body)))
    }

    /// The ledger of one source, once the views have all that the journal has.
    func ledger(_ source: String) throws -> AuditValue? {
        guard case .array(let sources)? = try ask("sources", "")["sources"] else { return nil }
        return sources.first { $0["source"]?.text == source }
    }
}

extension AuditValue {
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var elements: [AuditValue] { if case .array(let elements) = self { elements } else { [] } }
}
