import Foundation

/// The share of call-outs attended within the norm by number of positions: wait by a formula, averaged over the turnout and
/// travel that were measured.
///
/// P(wait + turnout + travel ≤ norm), with the wait independent of the way: the mean over the measured ways of the service level
/// within what the way leaves of the norm.
struct AttendanceCurve: Equatable, Sendable {
    /// What a way leaves of the norm in seconds, 0 or more, with how many ways leave just that.
    private var slacks: [(seconds: Double, count: Double)]
    /// Ways in all, those that take longer than the norm by themselves too.
    private let ways: Double
    let meanServiceSeconds: Double

    /// - Parameters:
    ///   - wayMilliseconds: turnout + travel of each call-out where it is known.
    ///   - meanServiceSeconds: how long one is bound, over 0.
    init(wayMilliseconds: [Int64], withinMilliseconds: Int64, meanServiceSeconds: Double) {
        var counts: [Int64: Double] = [:]
        for way in wayMilliseconds where way <= withinMilliseconds { counts[withinMilliseconds - way, default: 0] += 1 }
        slacks = counts.sorted { $0.key < $1.key }.map { (Double($0.key) / 1000, $0.value) }
        ways = Double(wayMilliseconds.count)
        self.meanServiceSeconds = meanServiceSeconds
    }

    static func == (left: AttendanceCurve, right: AttendanceCurve) -> Bool {
        left.ways == right.ways && left.meanServiceSeconds == right.meanServiceSeconds
            && left.slacks.elementsEqual(right.slacks) { $0.seconds == $1.seconds && $0.count == $1.count }
    }

    /// The share that is attended in time where nobody ever waits, 0–1; 0 where no way is known.
    var reachableShare: Double { share(waitProbability: 0, endingPerSecond: 0) }

    /// The share attended in time where so many wait, and their wait ends exponentially with this rate.
    func share(waitProbability: Double, endingPerSecond: Double) -> Double {
        guard ways > 0 else { return 0 }
        var late = 0.0
        var inTime = 0.0
        for slack in slacks {
            inTime += slack.count
            if waitProbability > 0 { late += slack.count * Foundation.exp(-endingPerSecond * slack.seconds) }
        }
        return (inTime - waitProbability * late) / ways
    }

    /// With Erlang C, first come first served. 0 where the load is at or over the positions.
    func share(offeredErlang: Double, positions: Int) -> Double {
        guard Double(positions) > offeredErlang else { return 0 }
        return share(
            waitProbability: Erlang.waitProbability(offeredErlang: offeredErlang, servers: positions),
            endingPerSecond: (Double(positions) - offeredErlang) / meanServiceSeconds
        )
    }

    /// The smallest number of positions, at least 1, that attends such a share in time: under 1 and at most `reachableShare`.
    func positions(offeredErlang: Double, share wanted: Double) -> Int {
        precondition(wanted < 1 && reachableShare >= wanted, "no number of positions attends more than the ways allow")
        // With the last bit of rounding no number of positions may ever be enough where the ways suffice just so.
        let enough = min(wanted, reachableShare - 1e-12)
        return max(
            1,
            Erlang.smallest(offeredErlang: offeredErlang) { positions, waitProbability in
                share(
                    waitProbability: waitProbability,
                    endingPerSecond: (Double(positions) - offeredErlang) / meanServiceSeconds
                ) >= enough
            }
        )
    }

    /// The same by a margin over the load: Halfin and Whitt's (1981) share of calls that wait, and a wait that ends at the pace of
    /// the margin, β√m / service.
    func positions(loadErlang: Double, share wanted: Double) -> Int {
        precondition(wanted < 1 && reachableShare >= wanted, "no margin attends more than the ways allow")
        let enough = min(wanted, reachableShare - 1e-12)
        return SquareRootStaffing.positions(loadErlang: loadErlang) { beta in
            share(
                waitProbability: SquareRootStaffing.waitProbability(beta: beta),
                endingPerSecond: beta * loadErlang.squareRoot() / meanServiceSeconds
            ) >= enough
        }
    }
}
