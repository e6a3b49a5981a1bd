package import Workload

/// How users moved on the care ladder between two dates, as counts of pairs of steps: nobody can be found in it.
package struct LadderMovement: Equatable, Sendable {
    package struct Move: Hashable, Comparable, Sendable {
        package var from: Int
        package var to: Int

        package init(from: Int, to: Int) {
            self.from = from
            self.to = to
        }

        package static func < (left: Move, right: Move) -> Bool { (left.from, left.to) < (right.from, right.to) }
    }

    /// Users by step before and after; steps 1–9.
    package private(set) var moves: [Move: Int] = [:]
    /// Users who came, by their step, and who left, by the step they had.
    package private(set) var came: [Int: Int] = [:]
    package private(set) var left: [Int: Int] = [:]

    /// - Parameters:
    ///   - before: step by user at the first date; users without a step left out.
    ///   - after: the same at the second.
    package init(before: [String: Int], after: [String: Int]) {
        for (user, step) in before {
            if let now = after[user] { moves[Move(from: step, to: now), default: 0] += 1 } else { left[step, default: 0] += 1 }
        }
        for (user, step) in after where before[user] == nil { came[step, default: 0] += 1 }
    }

    package var risen: Int { count { $0.to > $0.from } }
    package var fallen: Int { count { $0.to < $0.from } }
    package var stayed: Int { count { $0.to == $0.from } }

    /// Those on the same or a lower step, of those there at both dates.
    package var notRisen: Share { Share(stayed + fallen, of: stayed + fallen + risen) }

    private func count(_ isMeant: (Move) -> Bool) -> Int { moves.reduce(0) { $0 + (isMeant($1.key) ? $1.value : 0) } }
}
