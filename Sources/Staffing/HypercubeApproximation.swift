extension Hypercube {
    /// Workloads from as many equations as there are units (Larson 1975): whether a unit is busy is taken as independent of the
    /// others, mended by a factor Q for each place in the list of preference, which is exact for units that are alike.
    ///
    /// Needs the same pace of every unit. Each atom's shares are brought to sum to what Erlang's formula says are served at once
    /// (Jarvis 1985). Against the exact solution workloads are within 0.03 for units spread over the zones (tested).
    ///
    /// - Complexity: O(iterations × atoms × units + units²).
    package func approximate() -> HypercubeFigures {
        let units = servedPerHour.count
        let pace = servedPerHour[0]
        precondition(servedPerHour.allSatisfy { $0 == pace }, "the approximation needs the same pace of every unit")
        let load = callsPerHour / pace
        if queue == .infinite, load >= Double(units) { return saturated(isApproximate: true) }
        let counts = busyCountShares(load: load)
        let allBusy = counts[units]
        let carried = queue == .infinite ? load : load * (1 - allBusy)
        let mean = carried / Double(units)
        var workloads = [Double](repeating: mean, count: units)
        let factors = independenceFactors(shares: counts, workload: mean)
        let queued = queue == .infinite ? load * allBusy / Double(units) : 0
        var immediate: [[Double]] = []
        for _ in 0..<Hypercube.iterationsMax {
            immediate = atoms.map { shares(of: $0, workloads: workloads, factors: factors, servedAtOnce: 1 - allBusy) }
            var next = [Double](repeating: 1, count: units)
            for unit in 0..<units where workloads[unit] < 1 {
                var asked = 0.0
                for (atom, row) in zip(atoms, immediate) { asked += atom.callsPerHour / pace * row[unit] / (1 - workloads[unit]) }
                // workload = asked × (1 − workload) + queued: what asks for the unit finds it free or not.
                next[unit] = (asked + queued) / (1 + asked)
            }
            let sum = next.reduce(0, +)
            if sum > 0 { for unit in 0..<units { next[unit] = min(1, next[unit] * carried / sum) } }
            let change = zip(next, workloads).map { abs($0 - $1) }.max() ?? 0
            workloads = next
            if change < 1e-12 { break }
        }
        return HypercubeFigures(
            hypercube: self,
            isApproximate: true,
            stateShares: [],
            workloads: workloads,
            allBusyShare: allBusy,
            immediateShares: immediate
        )
    }

    /// The workloads settle in tens of iterations.
    private static let iterationsMax = 1000

    /// The share of time with 0, 1 … units busy, the last with the queue: M/M/N or M/M/N/N, from the likeliest number outward so
    /// that nothing overflows.
    private func busyCountShares(load: Double) -> [Double] {
        let units = servedPerHour.count
        let top = min(units, Int(load))
        var shares = [Double](repeating: 0, count: units + 1)
        shares[top] = 1
        for count in stride(from: top, to: 0, by: -1) { shares[count - 1] = load > 0 ? shares[count] * Double(count) / load : 0 }
        if top < units { for count in (top + 1)...units { shares[count] = shares[count - 1] * load / Double(count) } }
        if queue == .infinite { shares[units] /= 1 - load / Double(units) }
        let sum = shares.reduce(0, +)
        return shares.map { $0 / sum }
    }

    /// Q by place in the list: the chance that units drawn at random are so many busy and then one free, against that of
    /// independent units with the same workload (Larson 1975, equation 15).
    private func independenceFactors(shares: [Double], workload: Double) -> [Double] {
        let units = servedPerHour.count
        guard workload > 0, workload < 1 else { return [Double](repeating: 1, count: units) }
        // The share of n busy × the chance that the first units drawn are busy, over the workload to their number.
        var drawn = shares
        return (0..<units).map { place in
            var factor = 0.0
            for busy in place..<units { factor += drawn[busy] * Double(units - busy) / Double(units - place) }
            for busy in 0..<units { drawn[busy] *= max(0, Double(busy - place)) / (Double(units - place) * workload) }
            return factor / (1 - workload)
        }
    }

    private func shares(of atom: Atom, workloads: [Double], factors: [Double], servedAtOnce: Double) -> [Double] {
        var row = [Double](repeating: 0, count: workloads.count)
        var busyBefore = 1.0
        for (place, unit) in atom.preference.enumerated() {
            row[unit] = factors[place] * busyBefore * (1 - workloads[unit])
            busyBefore *= workloads[unit]
        }
        let sum = row.reduce(0, +)
        return sum > 0 ? row.map { $0 * servedAtOnce / sum } : row
    }
}
