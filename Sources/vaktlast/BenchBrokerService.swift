import Foundation
import Telemetry

/// The service as users run it, `vaktlast serve` as its own process, with a broker and a data folder of its own.
final class BenchService {
    static let municipality = "3407"
    static let source = DemoBroker.central
    static let root = "vaktlast/v1/\(municipality)/\(source)"

    let folder: BenchFolder
    let broker: DemoBroker
    let httpPort: Int
    private(set) var process: BenchChild?

    init() throws {
        folder = try BenchFolder()
        broker = try DemoBroker(try .find(), folder: folder.path + "/broker", municipality: BenchService.municipality)
        httpPort = try Port.anyFree()
        try BenchService.writeConfiguration(folder, broker: broker, httpPort: httpPort)
    }

    var configuration: String { folder.path + "/config" }
    var data: String { folder.path + "/data" }

    static func writeConfiguration(_ folder: BenchFolder, broker: DemoBroker, httpPort: Int) throws {
        try folder.write("config/broker.password", broker.servicePassword)
        try folder.write(
            "config/vaktlast.yaml",
            """
            instance: bench
            data: ../data
            broker: {url: "\(broker.url)", clientId: vaktlast-bench, username: vaktlast, passwordFile: broker.password}
            http: {host: 127.0.0.1, port: \(httpPort)}

            """
        )
        let zones = BenchMix.zones.map { "{id: \($0), name: \($0)}" }.joined(separator: ", ")
        try folder.write(
            "config/municipalities/bench/municipality.yaml",
            "number: \"\(municipality)\"\nname: Bench\nzones: [\(zones)]\n"
        )
    }

    /// Starts the service and waits until `/readyz` is good. Gives the seconds from start to ready.
    @discardableResult
    func start() throws -> Double {
        let begin = BenchClock.seconds()
        let log = folder.path + "/serve.log"
        let child = try BenchChild(["serve", "--config", configuration, "--log", "warning"], log: log)
        process = child
        while BenchClock.seconds() - begin < 120 {
            guard child.isRunning else { break }
            if let answer = try? BenchSocket.get(port: httpPort, "/readyz"), answer.status == 200 {
                return BenchClock.seconds() - begin
            }
            usleep(2000)
        }
        let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        throw Failure("the service did not become ready: \(said.suffix(2000))")
    }

    /// Ends the service in order, then the broker.
    func stop() {
        stopProcess()
        broker.stop()
    }

    func stopProcess() {
        process?.stop()
        process = nil
    }

    func kill() {
        process?.kill()
        process = nil
    }

    // MARK: - Holding the answers against what was sent

    func get(_ path: String) throws -> [UInt8] {
        let answer = try BenchSocket.get(port: httpPort, path)
        guard answer.status == 200 else { throw Failure("GET \(path) gives \(answer.status)") }
        return answer.body
    }

    private func json(_ path: String) throws -> [String: Any] {
        guard let object = try JSONSerialization.jsonObject(with: Data(try get(path))) as? [String: Any] else {
            throw Failure("GET \(path) gives no JSON object")
        }
        return object
    }

    /// Waits until everything journaled up to now is in the views.
    func settle() throws {
        for _ in 0..<600 {
            let status = try json("/api/v1/status")
            let (journal, views) = (status["journalPosition"] as? Int ?? 0, status["viewPosition"] as? Int ?? -1)
            if journal == views { return }
            usleep(50_000)
        }
        throw Failure("the views do not reach the journal's end within 30 s")
    }

    struct Ledger: Equatable {
        var accepted: Int64 = 0
        var duplicates: Int64 = 0
        var rejected: Int64 = 0
        var missing = 0
    }

    func ledger() throws -> Ledger {
        let sources = try json("/api/v1/sources?municipality=\(BenchService.municipality)")["sources"] as? [[String: Any]] ?? []
        guard let row = sources.first(where: { $0["source"] as? String == BenchService.source }) else { return Ledger() }
        func number(_ name: String) -> Int64 { (row[name] as? NSNumber)?.int64Value ?? -1 }
        return Ledger(
            accepted: number("accepted"),
            duplicates: number("duplicates"),
            rejected: number("rejected"),
            missing: (row["missing"] as? [Any])?.count ?? -1
        )
    }

    /// Sums of measures over all cells of a time.
    func cells(from: EventTime, to: EventTime) throws -> [String: Int64] {
        let path = BenchService.loads(from: from, to: to, step: "P1D")
        let cells = try json(path)["cells"] as? [[String: Any]] ?? []
        var sums: [String: Int64] = [:]
        for cell in cells {
            for (name, value) in cell {
                if let number = value as? NSNumber { sums[name, default: 0] += number.int64Value }
            }
        }
        return sums
    }

    static func loads(from: EventTime, to: EventTime, step: String) -> String {
        let quarter = TimeRule.quarterMilliseconds
        let start = TimeRule.floorDivide(from, quarter) * quarter
        let end = (TimeRule.floorDivide(to, quarter) + 1) * quarter
        return "/api/v1/loads?municipality=\(municipality)&from=\(Timestamp.format(start))&to=\(Timestamp.format(end))&step=\(step)"
    }

    /// Throws unless ledger and cells hold every event of the mix exactly once, `rejected` markers besides.
    /// A broker or service that was killed may deliver again what was not acknowledged: then `mayRepeat`.
    func check(_ events: BenchMix, count: Int64, rejected: Int64 = 0, mayRepeat: Bool = false) throws {
        try settle()
        var ledger = try ledger()
        if mayRepeat { ledger.duplicates = 0 }
        let wanted = Ledger(accepted: count, duplicates: 0, rejected: rejected, missing: 0)
        guard ledger == wanted else { throw Failure("the ledger holds \(ledger), wanted \(wanted)") }
        let cells = try cells(from: events.start, to: events.t(count))
        for (name, number) in BenchMix.expected(count: count) where cells[name] != number {
            throw Failure("the cells hold \(cells[name] ?? 0) \(name), wanted \(number)")
        }
    }
}
