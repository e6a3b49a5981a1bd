import Telemetry

/// Since when we would have heard every device: since when both sessions are ready.
///
/// Where the wall clock steps, what was heard before lies in another time: then it counts from anew.
struct ConnectionWatch {
    /// A difference between wall clock and monotonic clock that is a step.
    static let stepMilliseconds: Int64 = 30_000

    private(set) var since: EventTime?
    private var last: (wall: EventTime, monotonicSeconds: Double)?

    mutating func see(isConnected: Bool, wall: EventTime, monotonicSeconds: Double) {
        let step = last.map { wall - $0.wall - Int64((monotonicSeconds - $0.monotonicSeconds) * 1000) } ?? 0
        last = (wall, monotonicSeconds)
        if !isConnected {
            since = nil
        } else if since == nil || abs(step) > ConnectionWatch.stepMilliseconds {
            since = wall
        }
    }
}
