import ArgumentParser
import Foundation
import Ingest
import Store
import Telemetry
import Workload

struct BenchCore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "core",
        abstract: "Bytes → validated → deduplicated → cells on one core, against reading the same bytes and fields and doing nothing."
    )

    @OptionGroup var options: BenchOptions

    func run() throws {
        let traffic = BenchTraffic(batches: options.short ? 400 : 4000)
        // A warm-up each, then in turns, so that a change of the machine's speed meets both.
        var seconds: [String: [Double]] = [:]
        for round in 0..<(options.short ? 3 : 4) {
            let took = [
                "tree": try BenchCore.seconds { try traffic.readOnly(onDemand: false) },
                "on demand": try BenchCore.seconds { try traffic.readOnly(onDemand: true) },
                "decode": try BenchCore.seconds { try traffic.decode() },
                "core": try BenchCore.seconds { try traffic.fold() },
            ]
            if round > 0 { for (name, time) in took { seconds[name, default: []].append(time) } }
        }
        let median = seconds.mapValues(BenchCore.median)
        func rate(_ name: String) -> Double { Double(traffic.eventCount) / (median[name] ?? .infinity) }
        // The faster of simdjson's two readers.
        let twin = max(rate("tree"), rate("on demand"))
        BenchFigure.show(
            "core: \(traffic.eventCount) events in \(traffic.payloads.count) batches, result checked",
            [
                .init(
                    name: "ratio",
                    figure: rate("core") / twin,
                    unit: "1",
                    limit: "of the faster of simdjson's readers on the same bytes and fields; to reach 0.5"
                ),
                .init(name: "eventsPerSecond", figure: rate("core"), unit: "1/s", limit: "to reach 1 200 000"),
                .init(name: "decodeEventsPerSecond", figure: rate("decode"), unit: "1/s", limit: "read and validated, not folded"),
                .init(name: "treeEventsPerSecond", figure: rate("tree"), unit: "1/s", limit: "simdjson's document tree alone"),
                .init(name: "onDemandEventsPerSecond", figure: rate("on demand"), unit: "1/s", limit: "simdjson on demand alone"),
            ],
            json: options.json
        )
    }

    /// Processor seconds of this thread, so that what else runs on the machine counts less.
    static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = processorSeconds
        try body()
        return processorSeconds - start
    }

    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

/// The realistic mix of part B: heartbeats 90 %, observations 6 %, alarm steps 3 %, rest 1 %, in batches of 500.
struct BenchTraffic {
    static let batchCount = 500
    static let municipality = "3407"

    private(set) var payloads: [[UInt8]] = []
    private(set) var expected: [String: Int64] = [:]
    let received: EventTime = 1_790_000_000_000

    var eventCount: Int { payloads.count * BenchTraffic.batchCount }

    init(batches: Int) {
        var number = 0
        for _ in 0..<batches {
            var text = "["
            for index in 0..<BenchTraffic.batchCount {
                if index > 0 { text += "," }
                text += event(number)
                number += 1
            }
            payloads.append(Array((text + "]").utf8))
        }
    }

    private mutating func event(_ number: Int) -> String {
        let (type, data): (String, String)
        // 97 is no divisor of the batch, so the mix does not fall in step with it.
        switch number * 97 % 100 {
        case 0..<90: (type, data) = ("device.heartbeat", #","battery":87,"signal":-71"#)
        case 90..<96: (type, data) = ("sensor.observed", #","property":"contact","value":true"#)
        case 96..<99: (type, data) = alarmStep(number)
        default: (type, data) = ("assist.performed", #","technology":"medication-dispenser","result":"done""#)
        }
        expected[type, default: 0] += 1
        let t = Timestamp.format(received - 3_600_000 + Int64(number % 3_600_000))
        let zone = ["haugtun", "biri", "nordbyen", "sorbyen"][number % 4]
        return
            #"{"specversion":"1.0","id":"e-\#(number)","source":"bench","type":"no.vaktlast.\#(type)","time":"\#(t)","sequence":"\#(number + 1)","data":{"device":"gj-\#(zone)-\#(number % 5000)","zone":"\#(zone)"\#(data)}}"#
    }

    private func alarmStep(_ number: Int) -> (String, String) {
        let alarm = #","alarm":"a-\#(number / 300)-\#(number * 97 % 100)""#
        switch number / 100 % 3 {
        case 0: return ("alarm.raised", alarm + #","kind":"manual""#)
        case 1: return ("alarm.answered", alarm + #","voice":true"#)
        default: return ("alarm.closed", alarm + #","outcome":"resolved-by-voice""#)
        }
    }

    /// The null twin: simdjson finds the same fields, and nothing is done with them.
    func readOnly(onDemand: Bool) throws {
        let decoder = CanonicalDecoder()
        var count = 0
        for payload in payloads {
            count += payload.withUnsafeBufferPointer { decoder.countFields($0, onDemand: onDemand) }
        }
        guard count == eventCount else { throw Failure("the null twin read \(count) of \(eventCount) events") }
    }

    /// Reading and validating alone.
    func decode() throws {
        let decoder = CanonicalDecoder()
        var count = 0
        for payload in payloads {
            payload.withUnsafeBufferPointer { _ = decoder.open($0) }
            count += decoder.events.count
        }
        guard count == eventCount else { throw Failure("\(count) of \(eventCount) events are valid") }
    }

    /// The core as the service runs it, journal and network left out. The result is checked.
    func fold() throws {
        let zones = ["haugtun", "biri", "nordbyen", "sorbyen"].map { ZonePlan.Zone(id: $0, name: $0) }
        let plan = ZonePlan(municipalities: [.init(number: BenchTraffic.municipality, name: "Bench", zones: zones)])
        let folding = Folding(setup: .init(plan: plan), hashKey: 7)
        var position: Int64 = 0
        for payload in payloads {
            position += 1
            _ = folding.fold(
                JournalMessage(
                    position: position,
                    received: received,
                    topic: "vaktlast/v1/\(BenchTraffic.municipality)/bench/telemetry",
                    payload: payload
                )
            )
        }
        guard folding.counts.accepted == Int64(eventCount) else {
            throw Failure("the core accepted \(folding.counts.accepted) of \(eventCount) events")
        }
        let cells = folding.takeCommit(outbox: [])?.changes.cells ?? []
        let found = cells.reduce(into: Measures()) { $0.add($1.present) }
        let wanted = [
            (found.heartbeats, "device.heartbeat"), (found.observations, "sensor.observed"), (found.assists, "assist.performed"),
            (found.raised, "alarm.raised"), (found.answered, "alarm.answered"), (found.closed, "alarm.closed"),
        ]
        for (count, type) in wanted where count != expected[type] ?? 0 {
            throw Failure("the cells hold \(count) of \(expected[type] ?? 0) \(type)")
        }
    }
}
