import Telemetry

/// What a replay asks of each call-out, flat and by place in the trace; the instant is not among it, because a bootstrap
/// moves call-outs to other weeks.
struct ReplayCalls: Sendable {
    struct Call: Sendable {
        var zone: Int32
        /// 1–9.
        var responders: Int32
        var isUrgent: Bool
        /// From being taken until on the way.
        var turnoutMilliseconds: Int64
        /// −1 where no way of the municipality is known.
        var travelMilliseconds: Int64
        var busyMilliseconds: Int64
    }

    /// One whose way is drawn.
    private struct Drawn: Sendable {
        var place: Int
        var number: UInt64
        /// Without the way, which stays within what is bound where it was never told.
        var busyMilliseconds: Int64?
    }

    private(set) var calls: ContiguousArray<Call>
    let times: ContiguousArray<EventTime>
    private let drawn: [Drawn]
    private let ways: KnownWays

    /// How many call-outs have a way that is drawn.
    var drawnCount: Int { drawn.count }

    /// - Parameters:
    ///   - trace: at home, see `Trace.atHome`.
    ///   - turnouts: milliseconds by zone. A call-out whose start of the response was not told apart (no delay) has its turnout
    ///     within its travel, and none is added.
    init(_ trace: Trace, turnouts: [Int64]) {
        calls = ContiguousArray(
            trace.callOuts.map { call in
                Call(
                    zone: call.zone,
                    responders: max(1, call.responders),
                    isUrgent: call.isUrgent,
                    turnoutMilliseconds: call.delayMilliseconds > 0 ? turnouts[Int(call.zone)] : 0,
                    travelMilliseconds: call.travelMilliseconds ?? -1,
                    busyMilliseconds: call.busyMilliseconds
                )
            }
        )
        times = ContiguousArray(trace.callOuts.map(\.time))
        let ways = KnownWays(trace)
        drawn = trace.callOuts.enumerated().filter { $0.element.way != .measured }.map { place, call in
            let withoutWay = call.way == .drawnInstead ? call.busyMilliseconds - (call.travelMilliseconds ?? 0) : nil
            return Drawn(place: place, number: ways.number(of: call), busyMilliseconds: withoutWay)
        }
        self.ways = ways
    }

    /// Draws anew the ways that were not measured, so that an interval holds what is not known of them.
    mutating func drawWays(seed: UInt64) {
        for draw in drawn {
            guard let way = ways.draw(zone: Int(calls[draw.place].zone), number: draw.number, seed: seed) else { continue }
            calls[draw.place].travelMilliseconds = way
            if let busy = draw.busyMilliseconds { calls[draw.place].busyMilliseconds = max(1, busy + way) }
        }
    }
}

/// Sums of one zone and shift in one replay. What call-outs met is counted in their zone and the shift at work there when
/// they came; what responders worked, in the zone and shift they are of.
struct ReplayTally: Equatable, Sendable {
    var callOuts = 0
    var attended = 0
    var withinNorm = 0
    var waited = 0
    var waitSumMilliseconds: Int64 = 0
    var waitMaxMilliseconds: Int64 = 0
    var neverReached = 0
    var crossZone = 0
    var shortHanded = 0
    var overtimeMilliseconds: Int64 = 0
    var busyMilliseconds: Int64 = 0

    /// A call-out that somebody goes to.
    mutating func add(_ outcome: ReplayEngine.Outcome, withinMilliseconds: Int64, isCrossZone: Bool) {
        if outcome.attendanceMilliseconds >= 0 {
            attended += 1
            if outcome.attendanceMilliseconds <= withinMilliseconds { withinNorm += 1 }
        }
        if outcome.waitMilliseconds > 0 {
            waited += 1
            waitSumMilliseconds += outcome.waitMilliseconds
            waitMaxMilliseconds = max(waitMaxMilliseconds, outcome.waitMilliseconds)
        }
        if isCrossZone { crossZone += 1 }
    }

    mutating func addWork(milliseconds: Int64, overtime: Int64) {
        busyMilliseconds += milliseconds
        overtimeMilliseconds += overtime
    }

    mutating func add(_ other: ReplayTally) {
        callOuts += other.callOuts
        attended += other.attended
        withinNorm += other.withinNorm
        waited += other.waited
        waitSumMilliseconds += other.waitSumMilliseconds
        waitMaxMilliseconds = max(waitMaxMilliseconds, other.waitMaxMilliseconds)
        neverReached += other.neverReached
        crossZone += other.crossZone
        shortHanded += other.shortHanded
        overtimeMilliseconds += other.overtimeMilliseconds
        busyMilliseconds += other.busyMilliseconds
    }
}
