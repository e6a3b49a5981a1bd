/// Units that help one another: each call goes to the first free unit of its place's list of preference (Larson 1974).
///
/// Arrivals are Poisson by atom (a place), service is exponential by unit wherever the call is. The state is which units are
/// busy: 2^units of them, hence the name.
package struct Hypercube: Equatable, Sendable {
    /// A place that calls come from.
    package struct Atom: Equatable, Sendable {
        /// 0 or more.
        package var callsPerHour: Double
        /// Every unit once, the first choice first.
        package var preference: [Int]

        package init(callsPerHour: Double, preference: [Int]) {
            self.callsPerHour = callsPerHour
            self.preference = preference
        }
    }

    /// What becomes of a call that finds all units busy.
    package enum Queue: Sendable {
        /// It waits, first come first served.
        case infinite
        /// It goes to somebody else.
        case zero
    }

    /// So many units are solved exactly; more by the approximation.
    package static let exactUnitsMax = 12

    package let atoms: [Atom]
    /// Calls that a unit would finish per hour if always busy, by unit; each over 0.
    package let servedPerHour: [Double]
    package let queue: Queue

    /// At least one atom and one unit; the approximation needs the same pace of every unit.
    package init(atoms: [Atom], servedPerHour: [Double], queue: Queue) {
        precondition(!atoms.isEmpty && !servedPerHour.isEmpty && servedPerHour.allSatisfy { $0 > 0 }, "a hypercube has atoms and units at work")
        let units = Array(servedPerHour.indices)
        precondition(atoms.allSatisfy { $0.callsPerHour >= 0 && $0.preference.sorted() == units }, "every atom prefers every unit once")
        self.atoms = atoms
        self.servedPerHour = servedPerHour
        self.queue = queue
    }

    package var callsPerHour: Double { atoms.reduce(0) { $0 + $1.callsPerHour } }

    /// Exact up to `exactUnitsMax` units (10 of them in a few milliseconds), else approximate.
    package func solved() -> HypercubeFigures {
        servedPerHour.count <= Hypercube.exactUnitsMax ? exact() : approximate()
    }

    /// An infinite queue that grows without end: everybody is always busy.
    func saturated(isApproximate: Bool) -> HypercubeFigures {
        HypercubeFigures(
            hypercube: self,
            isApproximate: isApproximate,
            stateShares: [],
            workloads: servedPerHour.map { _ in 1 },
            allBusyShare: 1,
            immediateShares: atoms.map { _ in servedPerHour.map { _ in 0 } }
        )
    }
}

/// What a hypercube says. Shares are 0–1 of time or of calls, as each says.
package struct HypercubeFigures: Equatable, Sendable {
    package let hypercube: Hypercube
    package let isApproximate: Bool
    /// Of time, by which units are busy (bit n is unit n); the last includes the queue. Empty where it was approximated or the
    /// load is at or over what the units can serve.
    package let stateShares: [Double]
    /// The share of time that each unit is busy.
    package let workloads: [Double]
    /// The share of time with all busy, which is the share of calls that wait (infinite queue) or go elsewhere (zero).
    package let allBusyShare: Double
    /// By atom, then by unit: the share of the atom's calls that this unit takes at once.
    package let immediateShares: [[Double]]

    /// By atom, then by unit: the share of all dispatches that send this unit there; they sum to 1. A call that waited is taken
    /// by whichever unit is free first, in proportion to their pace (Larson 1974).
    package var dispatchShares: [[Double]] {
        let (rate, pace) = (hypercube.callsPerHour, hypercube.servedPerHour)
        let wholePace = pace.reduce(0, +)
        let served = hypercube.queue == .zero ? 1 - allBusyShare : 1
        guard rate > 0, served > 0 else { return immediateShares.map { $0.map { _ in 0 } } }
        return zip(hypercube.atoms, immediateShares).map { atom, shares in
            zip(shares, pace).map { share, pace in
                let waited = hypercube.queue == .infinite ? allBusyShare * pace / wholePace : 0
                return atom.callsPerHour / rate * (share + waited) / served
            }
        }
    }

    /// The share of all dispatches that send a unit to another zone than its own.
    ///
    /// - Parameters:
    ///   - atomZones: the zone of each atom.
    ///   - unitZones: the zone of each unit, numbered alike.
    package func crossZoneShare(atomZones: [Int], unitZones: [Int]) -> Double {
        var share = 0.0
        for (atom, row) in dispatchShares.enumerated() {
            for (unit, part) in row.enumerated() where atomZones[atom] != unitZones[unit] { share += part }
        }
        return share
    }

    /// Mean travel of a dispatch in minutes (Larson 1974): a free unit starts from its own atom, and a unit that takes a call from
    /// the queue from where its last call was, which is any atom in proportion to its calls.
    ///
    /// - Parameters:
    ///   - minutesFromTo: from atom, to atom; within an atom too.
    ///   - unitAtoms: where each unit is while free.
    package func meanTravelMinutes(minutesFromTo: [[Double]], unitAtoms: [Int]) -> Double {
        let atoms = hypercube.atoms
        let rate = hypercube.callsPerHour
        let served = hypercube.queue == .zero ? 1 - allBusyShare : 1
        guard rate > 0, served > 0 else { return 0 }
        var minutes = 0.0
        for (place, atom) in atoms.enumerated() {
            for (unit, share) in immediateShares[place].enumerated() {
                minutes += atom.callsPerHour / rate * share * minutesFromTo[unitAtoms[unit]][place] / served
            }
            guard hypercube.queue == .infinite else { continue }
            for (last, other) in atoms.enumerated() {
                minutes += allBusyShare * atom.callsPerHour * other.callsPerHour / (rate * rate) * minutesFromTo[last][place]
            }
        }
        return minutes
    }
}
