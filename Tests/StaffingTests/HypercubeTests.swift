import Staffing
import Testing

@Suite("Zones that help one another: the hypercube")
struct HypercubeTests {
    /// Larson & Odoni, Urban Operations Research, chapter 5; atom rates regrouped so that the published figures come out.
    private static let published = Hypercube(
        atoms: [
            .init(callsPerHour: 0.5, preference: [0, 1, 2]), .init(callsPerHour: 0.25, preference: [0, 2, 1]),
            .init(callsPerHour: 0.35, preference: [1, 0, 2]), .init(callsPerHour: 0.4, preference: [2, 0, 1]),
        ],
        servedPerHour: [1, 1, 1],
        queue: .infinite
    )

    @Test("Larson and Odoni's example comes out")
    func example() {
        let figures = HypercubeTests.published.solved()
        let states = [0.210526, 0.13669, 0.088633, 0.094887, 0.090466, 0.088945, 0.053011, 0.236842]
        for (share, expected) in zip(figures.stateShares, states) { #expect(abs(share - expected) < 6e-7) }
        for (workload, expected) in zip(figures.workloads, [0.5574, 0.4734, 0.4693]) { #expect(abs(workload - expected) < 6e-5) }
        #expect(isNear(figures.allBusyShare, 0.2368421053, digits: 1e-9))
        #expect(!figures.isApproximate)
    }

    /// Any number of units, any lists of preference; the load from 0.05 to `loadMax` a unit.
    static func random(_ draws: inout ModelDraws, units: Int, queue: Hypercube.Queue, samePace: Bool = true, loadMax: Double = 0.95) -> Hypercube {
        let served = (0..<units).map { _ in samePace ? 1.5 : 0.5 + 2 * draws.uniform() }
        let atoms = (0..<(1 + draws.below(6))).map { _ in
            var preference = Array(0..<units)
            for place in stride(from: units - 1, to: 0, by: -1) { preference.swapAt(place, draws.below(place + 1)) }
            return Hypercube.Atom(callsPerHour: 0.05 + draws.uniform(), preference: preference)
        }
        let rate = atoms.reduce(0) { $0 + $1.callsPerHour }
        let wanted = (0.05 + (loadMax - 0.05) * draws.uniform()) * served.reduce(0, +)
        return Hypercube(
            atoms: atoms.map { .init(callsPerHour: $0.callsPerHour * wanted / rate, preference: $0.preference) },
            servedPerHour: served,
            queue: queue
        )
    }

    @Test("all busy is Erlang C with a queue and Erlang B without; shares sum to 1; workloads carry the load", arguments: 1...10)
    func invariants(units: Int) {
        var draws = ModelDraws(seed: UInt64(units))
        for queue in [Hypercube.Queue.infinite, .zero] {
            let hypercube = HypercubeTests.random(&draws, units: units, queue: queue)
            let figures = hypercube.exact()
            let load = hypercube.callsPerHour / 1.5
            let blocked = Erlang.blocking(offeredErlang: load, servers: units)
            switch queue {
            case .infinite: #expect(isNear(figures.allBusyShare, Erlang.waitProbability(offeredErlang: load, servers: units)))
            case .zero: #expect(isNear(figures.allBusyShare, blocked))
            }
            let carried = queue == .infinite ? load : load * (1 - blocked)
            #expect(isNear(figures.workloads.reduce(0, +), carried))
            #expect(isNear(figures.stateShares.reduce(0, +), 1))
            #expect(isNear(figures.dispatchShares.reduce(0) { $0 + $1.reduce(0, +) }, 1))
            #expect(figures.stateShares.allSatisfy { $0 >= 0 })
        }
    }

    @Test("the chain written out with its queue and stepped until it rests gives the same", arguments: [Hypercube.Queue.infinite, .zero])
    func twin(queue: Hypercube.Queue) {
        var draws = ModelDraws(seed: 7)
        for _ in 0..<4 {
            let hypercube = HypercubeTests.random(&draws, units: 3, queue: queue, samePace: false, loadMax: 0.6)
            let figures = hypercube.exact()
            let slow = HypercubeTests.stepped(hypercube)
            for (fast, slow) in zip(figures.stateShares, slow) { #expect(abs(fast - slow) < 1e-7) }
        }
    }

    /// Shares of the 2³ states by small steps of time; 50 places in the queue stand for a queue without end (0.6⁵⁰ is left).
    private static func stepped(_ hypercube: Hypercube) -> [Double] {
        let full = 7
        let queue = hypercube.queue == .infinite ? 50 : 0
        var shares = [Double](repeating: 0, count: 8 + queue)
        shares[0] = 1
        let pace = hypercube.servedPerHour.reduce(0, +)
        let step = 0.9 / (hypercube.callsPerHour + pace)
        for _ in 0..<5_000 {
            var next = shares
            func move(_ from: Int, _ to: Int, _ rate: Double) {
                next[from] -= shares[from] * rate * step
                next[to] += shares[from] * rate * step
            }
            for state in 0..<full {
                for atom in hypercube.atoms {
                    let unit = atom.preference.first { state & (1 << $0) == 0 } ?? 0
                    move(state, state | (1 << unit), atom.callsPerHour)
                }
            }
            for state in 0...full {
                for unit in 0..<3 where state & (1 << unit) != 0 { move(state, state ^ (1 << unit), hypercube.servedPerHour[unit]) }
            }
            for length in 0..<queue {
                move(full + length, full + length + 1, hypercube.callsPerHour)
                move(full + length + 1, full + length, pace)
            }
            shares = next
        }
        return Array(shares[0..<full]) + [shares[full...].reduce(0, +)]
    }

    @Test("a simulation of calls one by one sends the same units and travels as far")
    func simulated() {
        let minutes: [[Double]] = [[4, 12, 20, 9], [12, 5, 14, 11], [20, 14, 6, 8], [9, 11, 8, 3]]
        let homes = [0, 2, 3]
        let hypercube = HypercubeTests.published
        let figures = hypercube.solved()
        var draws = ModelDraws(seed: 11)
        let calls = 400_000
        var freeAt = [0.0, 0, 0]
        var lastAtom = homes
        var sent = [[Double]](repeating: [0, 0, 0], count: 4)
        var (clock, travel) = (0.0, 0.0)
        for _ in 0..<calls {
            clock += draws.exponential(mean: 1 / hypercube.callsPerHour)
            var pick = draws.uniform() * hypercube.callsPerHour
            var atom = 0
            while atom < 3, pick >= hypercube.atoms[atom].callsPerHour { (pick, atom) = (pick - hypercube.atoms[atom].callsPerHour, atom + 1) }
            let free = hypercube.atoms[atom].preference.first { freeAt[$0] <= clock }
            let unit = free ?? (0..<3).min { freeAt[$0] < freeAt[$1] } ?? 0
            travel += minutes[free == nil ? lastAtom[unit] : homes[unit]][atom]
            sent[atom][unit] += 1 / Double(calls)
            lastAtom[unit] = atom
            freeAt[unit] = max(clock, freeAt[unit]) + draws.exponential(mean: 1)
        }
        for (row, slow) in zip(figures.dispatchShares, sent) {
            for (share, slow) in zip(row, slow) { #expect(abs(share - slow) < 0.004) }
        }
        #expect(abs(figures.meanTravelMinutes(minutesFromTo: minutes, unitAtoms: homes) - travel / Double(calls)) < 0.05)
        let crossed = sent[0][1] + sent[0][2] + sent[1][1] + sent[1][2] + sent[2][0] + sent[2][2] + sent[3][0] + sent[3][1]
        #expect(abs(figures.crossZoneShare(atomZones: [0, 0, 1, 2], unitZones: [0, 1, 2]) - crossed) < 0.005)
    }

    @Test("one more unit, last in every list, never makes waiting likelier", arguments: 1...8)
    func moreIsNeverWorse(units: Int) {
        var draws = ModelDraws(seed: 100 + UInt64(units))
        for queue in [Hypercube.Queue.infinite, .zero] {
            let hypercube = HypercubeTests.random(&draws, units: units, queue: queue, samePace: false)
            let more = Hypercube(
                atoms: hypercube.atoms.map { .init(callsPerHour: $0.callsPerHour, preference: $0.preference + [units]) },
                servedPerHour: hypercube.servedPerHour + [0.7],
                queue: queue
            )
            #expect(more.exact().allBusyShare <= hypercube.exact().allBusyShare)
            #expect(more.exact().workloads[0] <= hypercube.exact().workloads[0] + 1e-12)
        }
    }

    @Test("without calls all are free, and over capacity with a queue all are always busy")
    func ends() {
        let idle = Hypercube(atoms: [.init(callsPerHour: 0, preference: [1, 0])], servedPerHour: [1, 2], queue: .infinite)
        #expect(idle.exact().stateShares == [1, 0, 0, 0])
        #expect(idle.approximateIfSamePace == nil)
        let flooded = Hypercube(atoms: [.init(callsPerHour: 4, preference: [1, 0])], servedPerHour: [2, 2], queue: .infinite)
        #expect(flooded.exact().allBusyShare == 1)
        #expect(flooded.approximate().workloads == [1, 1])
        let lost = Hypercube(atoms: [.init(callsPerHour: 400, preference: [1, 0])], servedPerHour: [2, 2], queue: .zero)
        #expect(isNear(lost.exact().allBusyShare, Erlang.blocking(offeredErlang: 200, servers: 2)))
    }
}

extension Hypercube {
    fileprivate var approximateIfSamePace: HypercubeFigures? { Set(servedPerHour).count == 1 ? approximate() : nil }
}

@Suite("The hypercube's approximation (Larson 1975)")
struct HypercubeApproximationTests {
    @Test("workloads lie within 0.03 of the exact, shares of dispatches within 0.03, where units are spread over zones", arguments: 3...10)
    func near(units: Int) {
        for seed in 0..<6 {
            var draws = ModelDraws(seed: UInt64(seed * 100 + units))
            // A zone a unit, its own first, then the others by a ring: what neighbours do.
            let atoms = (0..<units).map { zone in
                Hypercube.Atom(
                    callsPerHour: 0.5 + draws.uniform(),
                    preference: (0..<units).sorted { ringDistance($0, zone, units) < ringDistance($1, zone, units) }
                )
            }
            let rate = atoms.reduce(0) { $0 + $1.callsPerHour }
            let share = 0.1 + 0.75 * draws.uniform()
            for queue in [Hypercube.Queue.infinite, .zero] {
                let hypercube = Hypercube(
                    atoms: atoms.map { .init(callsPerHour: $0.callsPerHour * share * Double(units) / rate, preference: $0.preference) },
                    servedPerHour: [Double](repeating: 1, count: units),
                    queue: queue
                )
                let (exact, near) = (hypercube.exact(), hypercube.approximate())
                #expect(near.isApproximate)
                #expect(isNear(near.allBusyShare, exact.allBusyShare, digits: 1e-9))
                for (one, other) in zip(exact.workloads, near.workloads) { #expect(abs(one - other) < 0.03, "\(one) \(other)") }
                for (row, nearRow) in zip(exact.dispatchShares, near.dispatchShares) {
                    for (one, other) in zip(row, nearRow) { #expect(abs(one - other) < 0.03, "\(one) \(other)") }
                }
                #expect(isNear(near.dispatchShares.reduce(0) { $0 + $1.reduce(0, +) }, 1))
            }
        }
    }

    /// Steps around the ring; of two as near, the one after.
    private func ringDistance(_ unit: Int, _ zone: Int, _ units: Int) -> Double {
        let steps = (unit - zone + units) % units
        return steps * 2 <= units ? Double(steps) : Double(units - steps) + 0.5
    }

    @Test("forty units are solved, all busy by Erlang and workloads that carry the load")
    func large() {
        var draws = ModelDraws(seed: 40)
        for queue in [Hypercube.Queue.infinite, .zero] {
            let hypercube = HypercubeTests.random(&draws, units: 40, queue: queue)
            let figures = hypercube.solved()
            let load = hypercube.callsPerHour / 1.5
            let blocked = Erlang.blocking(offeredErlang: load, servers: 40)
            #expect(figures.isApproximate)
            #expect(isNear(figures.workloads.reduce(0, +), queue == .infinite ? load : load * (1 - blocked), digits: 1e-6))
            #expect(figures.workloads.allSatisfy { (0...1).contains($0) })
        }
    }
}
