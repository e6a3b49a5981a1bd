import Foundation
import Staffing
import Telemetry
import Testing
import Workload

@Suite("The replay against the formulas of the books")
struct ReplayQueueTests {
    /// Erlang C (1917), summed term by term.
    private func erlangC(load: Double, servers: Int) -> Double {
        var term = 1.0
        var sum = 1.0
        for number in 1..<servers {
            term *= load / Double(number)
            sum += term
        }
        let last = term * load / Double(servers) * Double(servers) / (Double(servers) - load)
        return last / (sum + last)
    }

    /// Mean and standard error from the means of batches, because waits in a row are alike.
    private func batches(_ values: [Double], count: Int = 30) -> (mean: Double, error: Double) {
        let size = values.count / count
        let means = (0..<count).map { batch in values[batch * size..<(batch + 1) * size].reduce(0, +) / Double(size) }
        let mean = means.reduce(0, +) / Double(count)
        let variance = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
        return (mean, (variance / Double(count)).squareRoot())
    }

    private func expect(_ values: [Double], near wanted: Double, _ what: Comment) {
        let found = batches(values)
        #expect(abs(found.mean - wanted) < 3 * found.error, what)
        // An error so large that anything passes would prove nothing.
        #expect(found.error < 0.1 * wanted, what)
    }

    private func settings() -> StaffingSettings {
        var settings = StaffingSettings()
        settings.betweenZonesMinutes = 0
        return settings
    }

    @Test(
        "Poisson arrivals and exponential work give Erlang C's share that waits and mean wait",
        arguments: [(1, 0.5), (1, 0.8), (3, 0.6), (3, 0.85), (10, 0.8)]
    )
    func erlang(servers: Int, use: Double) {
        let load = Double(servers) * use
        let trace = ReplayTown.poisson(zones: ["a"], count: 150_000, meanBetweenSeconds: 600 / load, meanBusySeconds: 600, seed: 11)
        let plan = ReplayTown.forever(["a"], positions: Double(servers), period: trace.period)
        let waits = Replay(trace: trace, plan: plan, settings: settings()).result().outcomes.compactMap(\.waitMilliseconds)
        #expect(waits.count == 150_000)
        let waiting = erlangC(load: load, servers: servers)
        expect(waits.map { $0 > 0 ? 1 : 0 }, near: waiting, "share that waits")
        expect(waits.map { Double($0) / 1000 }, near: waiting * 600 / (Double(servers) - load), "mean wait in seconds")
    }

    @Test("urgent before others gives Cobham's two waits: 1.142857 and 5.714286 mean times of work")
    func cobham() {
        let trace = ReplayTown.poisson(zones: ["a"], count: 400_000, meanBetweenSeconds: 750, meanBusySeconds: 600, urgentShare: 0.375, seed: 12)
        let plan = ReplayTown.forever(["a"], positions: 1, period: trace.period)
        let outcomes = Replay(trace: trace, plan: plan, settings: settings()).result().outcomes
        for (isUrgent, wanted) in [(true, 1.142857), (false, 5.714286)] {
            let waits = zip(trace.callOuts, outcomes).filter { $0.0.isUrgent == isUrgent }.compactMap(\.1.waitMilliseconds)
            expect(waits.map { Double($0) / 600_000 }, near: wanted, isUrgent ? "urgent" : "others")
        }
    }

    @Test("equal zones that help one another without more way are one queue with all their people")
    func pooled() {
        let zones = ["a", "b"]
        let trace = ReplayTown.poisson(zones: zones, count: 150_000, meanBetweenSeconds: 600 / 3.2, meanBusySeconds: 600, seed: 13)
        let apart = ReplayTown.forever(zones, positions: 2, period: trace.period)
        let pooled = apart.pooling(zones, kinds: ShiftKind.allCases)
        let replay = Replay(trace: trace, plan: apart, settings: settings())
        for (plan, load, servers) in [(apart, 1.6, 2), (pooled, 3.2, 4)] {
            let waits = replay.with(plan: plan).result().outcomes.compactMap(\.waitMilliseconds)
            expect(waits.map { $0 > 0 ? 1 : 0 }, near: erlangC(load: load, servers: servers), "share that waits with \(servers)")
        }
    }

    // True for one class, one responder each, zones apart: pathwise (Kiefer & Wolfowitz 1955). With priorities, several
    // responders or help between zones a position more can make one call-out wait longer.
    @Test("more positions never let anybody wait longer", arguments: 1...12 as ClosedRange<UInt64>)
    func morePositions(seed: UInt64) {
        let period = ReplayTown.at(2026, 10, 1)..<ReplayTown.at(2026, 10, 15)
        var trace = ReplayTown.trace(zones: ["a", "b"], period: period, count: 500, meanBusyMinutes: 90, seed: seed)
        for place in trace.callOuts.indices { (trace.callOuts[place].responders, trace.callOuts[place].isUrgent) = (1, false) }
        var last: [Int64]?
        for positions in [1.0, 1.5, 2, 3, 4] {
            let roster = ReplayTown.roster(["a", "b"], day: positions, evening: positions, night: 1)
            let result = Replay(trace: trace, plan: StaffingPlan(roster: roster, period: period), settings: settings()).result()
            let waits = result.outcomes.map { $0.waitMilliseconds ?? .max }
            if let last { #expect(zip(waits, last).allSatisfy { $0 <= $1 }) }
            last = waits
        }
        #expect(last?.contains { $0 > 0 } == true)
    }
}
