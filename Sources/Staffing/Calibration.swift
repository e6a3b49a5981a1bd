import Telemetry
import Workload

extension StaffingAnalysis.Quality {
    /// A replay that is less than this from the measured time is near enough for any use, however many call-outs are behind it.
    static let nearMilliseconds = 60_000.0

    /// One call-out more or fewer within the norm proves nothing, also where the interval is too narrow for it: that of 90 of 91 never
    /// holds 91.
    private static let nearCallOuts = 1.5

    /// Where the replay of today's roster lies outside the 95 % interval of what was measured (the share by two call-outs or more, times
    /// by more than a minute): of the share within the norm, the median and the ninth decile of attendance. Then its level is not to be trusted.
    package var replayOff: [ReplayMeasure] {
        var result: [ReplayMeasure] = []
        if let share = measured.within.first, let value = share.value, let interval = share.interval, let replayedWithinNorm,
            replayedWithinNorm < interval.low || replayedWithinNorm > interval.high,
            abs(replayedWithinNorm - value) * Double(share.denominator) > Self.nearCallOuts
        {
            result.append(.withinNormShare)
        }
        func isOff(_ replayed: Int64?, _ measured: Estimate?) -> Bool {
            guard let replayed, let measured, let low = measured.low, let high = measured.high else { return false }
            let value = Double(replayed)
            return (value < low || value > high) && abs(value - measured.value) > Self.nearMilliseconds
        }
        if isOff(replayedP50Milliseconds, measuredP50Milliseconds) { result.append(.attendanceP50Milliseconds) }
        if isOff(replayedP90Milliseconds, measuredP90Milliseconds) { result.append(.attendanceP90Milliseconds) }
        return result
    }

    package var isReplayOff: Bool { !replayOff.isEmpty }
}

extension Trace {
    /// A percentile of attendance as it was measured, milliseconds by nearest rank, with the 95 % interval between two of the
    /// measured times (order statistics; Conover 1999, 3.2). Nil under `callOutsMin` measured call-outs.
    ///
    /// - Parameter share: 0–1, 0.5 for the median.
    package func measuredAttendance(percentile share: Double, callOutsMin: Int) -> Estimate? {
        let sorted = callOuts.compactMap(\.attendanceMilliseconds).sorted()
        guard sorted.count >= max(1, callOutsMin) else { return nil }
        let count = Double(sorted.count)
        let spread = 1.96 * (count * share * (1 - share)).squareRoot()
        func at(_ rank: Double) -> Double { Double(sorted[min(sorted.count, max(1, Int(rank.rounded(.up)))) - 1]) }
        return Estimate(at(count * share - 1e-9), low: at(count * share - spread), high: at(count * share + spread))
    }
}
