import Workload

/// What a replay of call-outs against a roster gave, for some zones and shifts. Times in milliseconds.
package struct ReplayFigures: Equatable, Sendable {
    package var callOuts = 0
    /// Call-outs whose attendance time is known or was drawn, those never reached among them, and those within the norm.
    package var attended = 0
    package var withinNorm = 0
    /// Nearest rank (CONTRACT 6) of those attended; nil of none, and where the rank falls on one never reached.
    package var attendanceP50Milliseconds: Int64?
    package var attendanceP90Milliseconds: Int64?
    /// Call-outs for which nobody was free at once.
    package var waited = 0
    package var waitSumMilliseconds: Int64 = 0
    package var waitMaxMilliseconds: Int64 = 0
    /// Call-outs that nobody could take until the period's end: nobody is rostered.
    package var neverReached = 0
    /// Taken by another zone's people.
    package var crossZone = 0
    /// Begun with fewer people than they took.
    package var shortHanded = 0
    /// Time with at least one, two and three responses at once.
    package var overlapMilliseconds: [Int64] = [0, 0, 0]
    /// Responders' time after the end of their shift.
    package var overtimeMilliseconds: Int64 = 0
    /// Responders' time, and the time of those rostered.
    package var busyMilliseconds: Int64 = 0
    package var rosteredMilliseconds: Int64 = 0

    /// Planned work for which there were not enough people left; nil where no planned work is known.
    package var displacedMilliseconds: Int64?

    package init() {}

    /// 0–1; nil without call-outs.
    package var withinNormShare: Double? { attended > 0 ? Double(withinNorm) / Double(attended) : nil }

    /// Whether so many came late that a shift which just meets the norm would seldom do as badly: the exact binomial probability
    /// is under 5 % shared by all that are tried (Bonferroni), since among many shifts one is always the worst. Never under 5
    /// call-outs.
    ///
    /// - Parameter tried: shifts that are judged together, 1 or more.
    func isSurelyUnder(_ norm: AttendanceNorm, tried: Int) -> Bool {
        guard !Share(withinNorm, of: attended).small else { return false }
        return Distributions.binomialAbove(attended - withinNorm, of: attended, probability: 1 - norm.share) < 0.05 / Double(max(1, tried))
    }
}
