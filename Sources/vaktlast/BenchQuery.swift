import ArgumentParser
import Foundation
import Ingest
import Logging
import Reports
import Store
import Telemetry
import Web
import Workload

struct BenchQuery: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "`/loads` of a month and the month's report over HTTP, in a store with 357 municipalities and a year.",
        discussion: """
            One municipality has a year of events of the mix in every quarter and zone, folded as in the service; the other 356 \
            have rows written by the store's own writer, a cell every three hours and zone. The web runs in this process without a pump; \
            every request is a connection of its own on loopback.
            """
    )

    @OptionGroup var options: BenchOptions

    func run() throws {
        let folder = try BenchFolder()
        let progress = options.json ? nil : Terminal.Progress("query")
        let month = try ReportPeriod("2026-10")
        let bounds = month.bounds()
        let store = BenchQueryStore(end: bounds.upperBound + 7 * 86_400_000, isShort: options.short)
        let rows = try store.fill(folder: folder.path) { progress?.show($0, "filling the store") }
        let port = try serve(folder.path, now: store.end)
        func path(_ step: String) -> String {
            // The bounds are whole quarters.
            let (from, to) = (Timestamp.format(bounds.lowerBound), Timestamp.format(bounds.upperBound))
            return "/api/v1/loads?municipality=\(BenchService.municipality)&from=\(from)&to=\(to)&step=\(step)"
        }
        let repeats = options.short ? 5 : 25
        func milliseconds(_ path: String) throws -> (median: Double, body: [UInt8]) {
            var times: [Double] = []
            var body: [UInt8] = []
            for _ in 0...repeats {
                times.append(
                    try BenchClock.measure {
                        let answer = try BenchSocket.get(port: port, path)
                        guard answer.status == 200 else { throw Failure("GET \(path) gives \(answer.status)") }
                        body = answer.body
                    }
                )
            }
            // The first one warms up.
            return (BenchClock.median(Array(times.dropFirst())) * 1000, body)
        }
        let wanted = store.expected(from: bounds.lowerBound, to: bounds.upperBound)
        let quarters = try milliseconds(path("PT15M"))
        let hours = try milliseconds(path("PT1H"))
        let days = try milliseconds(path("P1D"))
        for (name, answer) in [("PT15M", quarters), ("PT1H", hours), ("P1D", days)] {
            try check(answer.body, wanted, name)
        }
        let report = try milliseconds("/belastning?municipality=\(BenchService.municipality)&period=2026-10")
        let html = String(decoding: report.body, as: UTF8.self)
        guard html.contains("Bench"), html.hasSuffix("</html>\n") || html.contains("</html>"), html.contains("<table") else {
            throw Failure("the report is not whole")
        }
        let size = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(Views.fileName)")[.size] as? Int ?? 0
        progress?.finish("three steps of /loads have the same sums as what was written; the report is whole")
        BenchFigure.show(
            "query: \(BenchQueryStore.municipalityCount) municipalities, \(rows) cells in \(size >> 20) MiB of views; medians of \(repeats)",
            [
                .init(
                    name: "loadsMilliseconds",
                    figure: quarters.median,
                    unit: "ms",
                    limit: "a month of quarters, 8 zones, \(quarters.body.count >> 10) KiB; at most 20"
                ),
                .init(name: "loadsHoursMilliseconds", figure: hours.median, unit: "ms", limit: "step PT1H, \(hours.body.count >> 10) KiB"),
                .init(name: "loadsDaysMilliseconds", figure: days.median, unit: "ms", limit: "step P1D, \(days.body.count >> 10) KiB"),
                .init(name: "reportMilliseconds", figure: report.median, unit: "ms", limit: "the month's report, \(report.body.count >> 10) KiB; at most 250"),
            ],
            json: options.json
        )
    }

    private func check(_ body: [UInt8], _ wanted: (heartbeats: Int64, raised: Int64), _ step: String) throws {
        let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
        let cells = object?["cells"] as? [[String: Any]] ?? []
        func sum(_ name: String) -> Int64 { cells.reduce(0) { $0 + (($1[name] as? NSNumber)?.int64Value ?? 0) } }
        guard sum("heartbeats") == wanted.heartbeats, sum("raised") == wanted.raised, wanted.raised > 0 else {
            throw Failure("step \(step) holds \(sum("heartbeats")) heartbeats and \(sum("raised")) alarms, wanted \(wanted)")
        }
    }

    /// The service's pages and API over a data folder, without a pump; they end with the process.
    private func serve(_ folder: String, now: EventTime) throws -> Int {
        let port = try Port.anyFree()
        let zones = BenchMix.zones.map { ZonePlan.Zone(id: $0, name: $0) }
        let face = ServiceFace(
            instance: "bench",
            version: Vaktlast.version,
            startedAt: now,
            now: { now },
            status: { .init(journalPosition: 0, broker: "none", isReady: true, problem: nil) },
            metrics: { "" }
        )
        let devices = (0..<BenchMix.deviceCount).map { number in
            ReportedMunicipality.Device(
                device: "gj-\(number)",
                zone: BenchMix.zones[Int(number) % 8],
                from: nil,
                to: nil,
                isSafetyAlarm: true
            )
        }
        let site = Site(
            face: face,
            views: try ViewsReader(folder: folder),
            access: Access(tokens: []),
            accessLog: AccessLog(folder: folder),
            plan: BenchSize.plan,
            registry: RegistryBoard(
                .init(municipalities: [.init(number: BenchService.municipality, name: "Bench", zones: zones, devices: devices, roster: nil, goals: nil)])
            )
        )
        let isRunning = DispatchSemaphore(value: 0)
        var logger = Logger(label: "vaktlast") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        let log = logger
        Thread.detachNewThread {
            do {
                try Service.blocking { try await site.serve(host: "127.0.0.1", port: port, logger: log) { isRunning.signal() } }
            } catch {
                Terminal.error("vaktlast: \(error)")
                Foundation.exit(1)
            }
        }
        isRunning.wait()
        return port
    }
}
