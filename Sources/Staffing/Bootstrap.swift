import Dispatch
import Foundation
import Synchronization
import Telemetry
import Workload

/// Measures of many replays: flat, by replay, scope (all, zones, zones' shifts) and measure. Not a number: does not exist.
struct BootstrapSamples: Sendable {
    let count: Int
    let scopeCount: Int
    fileprivate(set) var values: ContiguousArray<Double>

    static let measureCount = ReplayMeasure.allCases.count

    func value(replay: Int, scope: Int, _ measure: ReplayMeasure) -> Double {
        values[(replay * scopeCount + scope) * BootstrapSamples.measureCount + measure.place]
    }

    func values(scope: Int, _ measure: ReplayMeasure) -> [Double] { (0..<count).map { value(replay: $0, scope: scope, measure) } }
}

extension ReplayMeasure {
    /// Its place among all.
    fileprivate var place: Int { ReplayMeasure.places[self] ?? 0 }

    private static let places = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })
}

/// Replays of drawn weeks, and of ways drawn anew where they were not measured, on all cores.
enum Bootstrap {
    /// Replays that one core does between two looks at the progress.
    private static let pieceCount = 20

    /// The same numbered draw for each replay of the same period, whichever it is, so that they can be held against one another. The
    /// result depends on the seed alone, not on how many cores there are.
    ///
    /// - Parameter progress: 0–1, from any thread but never from two at once.
    static func samples(of replay: Replay, count: Int, seed: UInt64, progress: (@Sendable (Double) -> Void)?) -> BootstrapSamples {
        let weeks = BootstrapWeeks(days: replay.days, times: replay.calls.times)
        let pieces = (count + pieceCount - 1) / pieceCount
        let results = Mutex<(done: Int, pieces: [ContiguousArray<Double>])>((0, Array(repeating: [], count: pieces)))
        DispatchQueue.concurrentPerform(iterations: pieces) { piece in
            var engine = replay.engine()
            var scratch = Scratch()
            var found = ContiguousArray<Double>()
            for number in piece * pieceCount..<min(count, (piece + 1) * pieceCount) {
                engine.calls.drawWays(seed: SeededDraws.seed(seed, stream: ~UInt64(number)))
                weeks.arrivals(weeks.draw(number, seed: seed), times: &scratch.times, order: &scratch.order)
                engine.run(times: scratch.times, order: scratch.order)
                scratch.measure(engine, into: &found)
            }
            results.withLock { results in
                results.pieces[piece] = found
                results.done += 1
                progress?(Double(results.done) / Double(pieces))
            }
        }
        let values = results.withLock { ContiguousArray($0.pieces.joined()) }
        return BootstrapSamples(count: count, scopeCount: 1 + replay.played.zones.count * 4, values: values)
    }

    /// The 2.5 and 97.5 percentiles by nearest rank (percentile interval; Efron 1979). Nil of nothing; a bound that is
    /// infinite is nil.
    static func bounds(_ values: [Double]) -> (low: Double?, high: Double?)? {
        let sorted = values.filter { !$0.isNaN }.sorted()
        guard !sorted.isEmpty else { return nil }
        func rank(_ perMille: Int) -> Double? {
            let value = sorted[(sorted.count * perMille + 999) / 1000 - 1]
            return value.isFinite ? value : nil
        }
        return (rank(25), rank(975))
    }

    /// Arrays of one thread, used again and again.
    private struct Scratch {
        var times: ContiguousArray<EventTime> = []
        var order: ContiguousArray<Int32> = []
        private var attendances: ContiguousArray<ContiguousArray<Int64>> = []

        mutating func measure(_ engine: ReplayEngine, into values: inout ContiguousArray<Double>) {
            let zoneCount = engine.schedule.zones.count
            var total = ReplayTally()
            var zones = ContiguousArray<ReplayTally>(repeating: ReplayTally(), count: zoneCount)
            for (cell, tally) in engine.tallies.enumerated() {
                zones[cell / 3].add(tally)
                total.add(tally)
            }
            let rostered = engine.schedule.rosteredMilliseconds
            append([total], cellsInScope: zoneCount * 3, engine, rostered, &values)
            // One zone is the same as all.
            if zoneCount > 1 {
                append(zones, cellsInScope: 3, engine, rostered, &values)
            } else {
                values.append(contentsOf: values.suffix(BootstrapSamples.measureCount))
            }
            append(engine.tallies, cellsInScope: 1, engine, rostered, &values)
        }

        private mutating func append(
            _ tallies: ContiguousArray<ReplayTally>,
            cellsInScope: Int,
            _ engine: ReplayEngine,
            _ rostered: [Double],
            _ values: inout ContiguousArray<Double>
        ) {
            while attendances.count < tallies.count { attendances.append([]) }
            for scope in tallies.indices { attendances[scope].removeAll(keepingCapacity: true) }
            for outcome in engine.outcomes where outcome.attendanceMilliseconds >= 0 {
                attendances[Int(outcome.cell) / cellsInScope].append(outcome.attendanceMilliseconds)
            }
            for (scope, tally) in tallies.enumerated() {
                let ranks = Selection.medianAndNinthDecile(&attendances[scope])
                func percentile(_ value: Int64?) -> Double { value.map { $0 == .max ? .infinity : Double($0) } ?? .nan }
                func share(_ part: Int, of whole: Int) -> Double { whole > 0 ? Double(part) / Double(whole) : .nan }
                let taken = tally.callOuts - tally.neverReached
                let people = rostered[scope * cellsInScope..<(scope + 1) * cellsInScope].reduce(0, +)
                // In the order of `ReplayMeasure`.
                values.append(share(tally.withinNorm, of: tally.attended))
                values.append(percentile(ranks?.median))
                values.append(percentile(ranks?.ninthDecile))
                values.append(share(tally.waited, of: tally.callOuts))
                values.append(taken > 0 ? Double(tally.waitSumMilliseconds) / Double(taken) : .nan)
                values.append(share(tally.neverReached, of: tally.callOuts))
                values.append(share(tally.crossZone, of: tally.callOuts))
                values.append(Double(tally.overtimeMilliseconds))
                values.append(people > 0 ? Double(tally.busyMilliseconds) / people : .nan)
            }
        }
    }
}
