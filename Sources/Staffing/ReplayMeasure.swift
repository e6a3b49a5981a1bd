/// The figures of a replay that are told with intervals.
package enum ReplayMeasure: String, CaseIterable, Sendable {
    /// 0–1, of those attended.
    case withinNormShare
    case attendanceP50Milliseconds
    case attendanceP90Milliseconds
    /// 0–1, of the call-outs: nobody was free at once.
    case waitedShare
    /// Over all call-outs, those who did not wait too.
    case meanWaitMilliseconds
    /// 0–1, of the call-outs.
    case neverReachedShare
    /// 0–1, of the call-outs.
    case crossZoneShare
    /// In the whole period.
    case overtimeMilliseconds
    /// Response time of the time rostered; may be over 1 where overtime is.
    case busyShare
}

extension ReplayFigures {
    /// Nil where there is nothing to divide by; a percentile that falls on a call-out never reached is infinite.
    package func value(_ measure: ReplayMeasure) -> Double? {
        func share(_ part: Int) -> Double? { callOuts > 0 ? Double(part) / Double(callOuts) : nil }
        func percentile(_ value: Int64?) -> Double? { value.map { Double($0) } ?? (attended > 0 ? .infinity : nil) }
        return switch measure {
        case .withinNormShare: withinNormShare
        case .attendanceP50Milliseconds: percentile(attendanceP50Milliseconds)
        case .attendanceP90Milliseconds: percentile(attendanceP90Milliseconds)
        case .waitedShare: share(waited)
        case .meanWaitMilliseconds: callOuts > neverReached ? Double(waitSumMilliseconds) / Double(callOuts - neverReached) : nil
        case .neverReachedShare: share(neverReached)
        case .crossZoneShare: share(crossZone)
        case .overtimeMilliseconds: Double(overtimeMilliseconds)
        case .busyShare: rosteredMilliseconds > 0 ? Double(busyMilliseconds) / Double(rosteredMilliseconds) : nil
        }
    }
}
