extension Hypercube {
    /// All 2^units states in balance (Larson 1974).
    ///
    /// A queue only adds states in which all are busy, so that the chain without one is solved, and the queue's share of time
    /// (geometric, by the cut between its lengths) added. Gauss–Seidel over the states in the order of their bits; after each
    /// sweep the groups of states with equally many busy are brought into balance with one another, which is what makes it
    /// end in tens of sweeps (Takahashi 1975: aggregation and disaggregation).
    ///
    /// - Complexity: O(sweeps × units × 2^units), 2^units × (units + 4) numbers. At most `exactUnitsMax` units.
    package func exact() -> HypercubeFigures {
        let units = servedPerHour.count
        precondition(units <= Hypercube.exactUnitsMax, "more units than are solved exactly")
        let pace = servedPerHour.reduce(0, +)
        let rate = callsPerHour
        if queue == .infinite, rate >= pace { return saturated(isApproximate: false) }
        var chain = HypercubeChain(self)
        chain.solve()
        var shares = chain.shares
        let full = shares.count - 1
        if queue == .infinite {
            // Share of time in all lengths of the queue against that with none: 1 / (1 − r).
            shares[full] /= 1 - rate / pace
            let sum = shares.reduce(0, +)
            for state in shares.indices { shares[state] /= sum }
        }
        var workloads = [Double](repeating: 0, count: units)
        for (state, share) in shares.enumerated() {
            for unit in 0..<units where state & 1 << unit != 0 { workloads[unit] += share }
        }
        let immediate = atoms.map { atom in
            var row = [Double](repeating: 0, count: units)
            for state in 0..<full { row[atom.firstFree(in: state)] += shares[state] }
            return row
        }
        return HypercubeFigures(
            hypercube: self,
            isApproximate: false,
            stateShares: shares,
            workloads: workloads,
            allBusyShare: shares[full],
            immediateShares: immediate
        )
    }
}

extension Hypercube.Atom {
    /// The first choice of those whose bit is not set; at least one is free.
    func firstFree(in state: Int) -> Int {
        var place = 0
        while state & 1 << preference[place] != 0 { place += 1 }
        return preference[place]
    }
}

/// The chain without a queue.
private struct HypercubeChain {
    /// Of time, by state; they sum to 1.
    private(set) var shares: [Double]
    private let units: Int
    private let rate: Double
    private let served: [Double]
    /// By state × units + unit: calls per hour that make this unit busy.
    private var dispatched: [Double]
    /// By state: what its busy units finish per hour.
    private var finished: [Double]

    /// The sum of changes in a sweep under which nothing moves any more, and the sweeps after which we stop hoping: a chain this
    /// small needs tens.
    private static let residualMax = 1e-14
    private static let sweepsMax = 20_000

    init(_ hypercube: Hypercube) {
        units = hypercube.servedPerHour.count
        rate = hypercube.callsPerHour
        served = hypercube.servedPerHour
        let states = 1 << units
        dispatched = [Double](repeating: 0, count: states * units)
        finished = [Double](repeating: 0, count: states)
        for state in 0..<states {
            for unit in 0..<units where state & 1 << unit != 0 { finished[state] += served[unit] }
            if state == states - 1 { continue }
            for atom in hypercube.atoms { dispatched[state * units + atom.firstFree(in: state)] += atom.callsPerHour }
        }
        shares = [Double](repeating: 1, count: states)
    }

    mutating func solve() {
        balanceLevels()
        guard rate > 0 else { return }
        for _ in 0..<HypercubeChain.sweepsMax {
            let before = shares
            sweep()
            balanceLevels()
            var change = 0.0
            for state in shares.indices { change += abs(shares[state] - before[state]) }
            if change < HypercubeChain.residualMax { return }
        }
    }

    /// Each state in balance with its neighbours as they are now.
    private mutating func sweep() {
        let full = shares.count - 1
        for state in 0...full {
            var inflow = 0.0
            for unit in 0..<units {
                let neighbour = state ^ 1 << unit
                let flow = state & 1 << unit != 0 ? dispatched[neighbour * units + unit] : served[unit]
                inflow += shares[neighbour] * flow
            }
            shares[state] = inflow / (finished[state] + (state == full ? 0 : rate))
        }
    }

    /// As many go from n busy to n + 1 as back, with each level's own mix of states; then all sum to 1.
    private mutating func balanceLevels() {
        var mass = [Double](repeating: 0, count: units + 1)
        var finishing = mass
        for (state, share) in shares.enumerated() {
            mass[state.nonzeroBitCount] += share
            finishing[state.nonzeroBitCount] += share * finished[state]
        }
        var wanted = [1.0]
        for level in 1...units { wanted.append(mass[level] > 0 ? wanted[level - 1] * rate * mass[level] / finishing[level] : 0) }
        let sum = wanted.reduce(0, +)
        let factors = zip(wanted, mass).map { $1 > 0 ? $0 / (sum * $1) : 0 }
        for state in shares.indices { shares[state] *= factors[state.nonzeroBitCount] }
    }
}
