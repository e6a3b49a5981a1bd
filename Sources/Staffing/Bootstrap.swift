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

    /// By replay.
    func values(scope: Int, _ measure: ReplayMeasure) -> [Double] {
        let place = scope * BootstrapSamples.measureCount + measure.place
        return (0..<count).map { values[$0 * scopeCount * BootstrapSamples.measureCount + place] }
    }
}

extension ReplayMeasure {
    /// Its place among all.
    fileprivate var place: Int { ReplayMeasure.allCases.firstIndex(of: self)! }
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
        Background.parts(pieces) { piece in
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
        var known = values.filter { !$0.isNaN }
        return Selection.middle95(&known).map { ($0.low.isFinite ? $0.low : nil, $0.high.isFinite ? $0.high : nil) }
    }

    /// Arrays of one thread, used again and again.
    private struct Scratch {
        var times: ContiguousArray<EventTime> = []
        var order: ContiguousArray<Int32> = []
        /// Attendances that are known, and of who was never reached, by cell: those of a zone, and of all, stand side by side too.
        private var attendances: ContiguousArray<Int64> = []
        /// Where each cell's begin.
        private var starts: ContiguousArray<Int> = []

        mutating func measure(_ engine: ReplayEngine, into values: inout ContiguousArray<Double>) {
            sortAttendances(engine)
            let cells = engine.tallies.count
            // Ranks of cells, of zones and of all are looked for in this order in one array, which each search only rearranges within its part.
            let byCell = measures(engine, cellsInScope: 1)
            // One zone is the same as all.
            let byZone = cells > 3 ? measures(engine, cellsInScope: 3) : []
            let all = measures(engine, cellsInScope: cells)
            values.append(contentsOf: all)
            values.append(contentsOf: cells > 3 ? byZone : all)
            values.append(contentsOf: byCell)
        }

        private mutating func sortAttendances(_ engine: ReplayEngine) {
            starts.removeAll(keepingCapacity: true)
            var sum = 0
            for tally in engine.tallies {
                starts.append(sum)
                sum += tally.attended
            }
            while attendances.count < sum { attendances.append(0) }
            attendances.removeLast(attendances.count - sum)
            var places = starts
            for outcome in engine.outcomes where outcome.attendanceMilliseconds >= 0 {
                let cell = Int(outcome.cell)
                attendances[places[cell]] = outcome.attendanceMilliseconds
                places[cell] += 1
            }
            starts.append(sum)
        }

        /// In the order of `ReplayMeasure`, scope by scope.
        private mutating func measures(_ engine: ReplayEngine, cellsInScope: Int) -> ContiguousArray<Double> {
            func percentile(_ value: Int64?) -> Double { value.map { $0 == .max ? .infinity : Double($0) } ?? .nan }
            func share(_ part: Int, of whole: Int) -> Double { whole > 0 ? Double(part) / Double(whole) : .nan }
            var values = ContiguousArray<Double>()
            values.reserveCapacity(engine.tallies.count / cellsInScope * BootstrapSamples.measureCount)
            for cell in stride(from: 0, to: engine.tallies.count, by: cellsInScope) {
                let scope = cell..<cell + cellsInScope
                let tally = engine.tallies[scope].reduce(into: ReplayTally()) { $0.add($1) }
                let ranks = Selection.medianAndNinthDecile(&attendances, in: starts[cell]..<starts[scope.upperBound])
                let taken = tally.callOuts - tally.neverReached
                let people = engine.schedule.rosteredMilliseconds[scope].reduce(0, +)
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
            return values
        }
    }
}
