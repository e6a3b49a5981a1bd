import ArgumentParser
import Foundation
import Telemetry
import Workload

struct BenchMemory: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory",
        abstract: "What the fold keeps of a million devices and a hundred million events, 20 million ids included."
    )

    private static let batchCount = 500
    /// 83,000 events a second: a heartbeat a minute of five million devices.
    private static let batchMilliseconds: Int64 = 6
    private static let start: EventTime = 1_790_000_000_000

    @OptionGroup var options: BenchOptions

    private var eventCount: Int { options.short ? 4_000_000 : 100_000_000 }
    private var deviceCount: Int { options.short ? 40_000 : 1_000_000 }
    private var rememberedIDsMax: Int { options.short ? 800_000 : SeenIDs.countMaxDefault }
    /// From here on nothing may grow.
    private var flatFrom: Int { eventCount * 3 / 10 }

    func run() throws {
        let events = BenchEvents(count: BenchMemory.batchCount)
        var state = State(plan: BenchEvents.plan, hashKey: 7, seen: SeenIDs(countMax: rememberedIDsMax))
        var cells = BenchCells()
        var largest = 0.0
        var flat = 0.0
        var accepted = 0
        let batches = eventCount / BenchMemory.batchCount
        for batch in 0..<batches {
            accepted += fold(batch, events, &state)
            // As often as the service writes its views: five times a second.
            if batch % 33 == 0 || batch == batches - 1 { cells.take(state.takeChanges()) }
            guard (batch + 1) % (batches / 100) == 0 else { continue }
            let size = try BenchMemory.residentMegabytes()
            let count = (batch + 1) * BenchMemory.batchCount
            if count <= flatFrom { flat = size }
            largest = max(largest, size)
            if count % (eventCount / 10) == 0 { tell("\(count / 1000) thousand events, \(Int(size)) MB") }
        }
        let last = try BenchMemory.residentMegabytes()
        try check(&state, events, batches: batches, accepted: accepted, heartbeats: cells.total.heartbeats)
        BenchFigure.show(
            "memory: \(deviceCount) devices, \(eventCount) events, \(rememberedIDsMax) remembered ids, result checked",
            [
                .init(name: "rssMegabytes", figure: largest, unit: "MB", limit: "at most 600 in the full run"),
                .init(name: "growthMegabytes", figure: last - flat, unit: "MB", limit: "after the first 3/10: flat"),
            ],
            json: options.json
        )
    }

    /// Folds a message of heartbeats, two seconds old or, of an earlier message, as old as it then is.
    private func fold(_ batch: Int, _ events: BenchEvents, _ state: inout State, receivedWith last: Int? = nil) -> Int {
        let time = BenchMemory.start + Int64(batch) * BenchMemory.batchMilliseconds
        let received = BenchMemory.start + Int64(last ?? batch) * BenchMemory.batchMilliseconds + 2000
        events.makeHeartbeats(first: batch * BenchMemory.batchCount, deviceCount: deviceCount, time: time)
        let message = state.begin(
            position: Int64(batch + 1),
            received: received,
            municipality: BenchEvents.municipality,
            source: "bench",
            isHistory: false
        )
        return state.apply(events.events, in: message)
    }

    /// Every event counted, and copies of the newest and of the oldest known for what they are: by id, and beyond the
    /// horizon by sequence.
    private func check(_ state: inout State, _ events: BenchEvents, batches: Int, accepted: Int, heartbeats: Int64) throws {
        guard accepted == eventCount, heartbeats == eventCount else {
            throw Failure("\(accepted) accepted and \(heartbeats) in the cells of \(eventCount) events")
        }
        for batch in [batches - 1, batches / 2, 0] {
            let again = fold(batch, events, &state, receivedWith: batches)
            guard again == 0 else { throw Failure("\(again) copies of message \(batch) were accepted again") }
        }
    }

    private func tell(_ line: String) { FileHandle.standardError.write(Data("memory: \(line)\n".utf8)) }

    /// The process' resident set, as the kernel counts it.
    static func residentMegabytes() throws -> Double {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        guard let pages = text.split(separator: " ").dropFirst().first.flatMap({ Double($0) }) else {
            throw Failure("/proc/self/statm reads \(text)")
        }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_000_000
    }
}
