import Telemetry
package import Workload

// Changes of a trace are functions of the trace and a seed: the same what-if gives the same call-outs.

extension Trace {
    /// The call-outs as people of their own zone would meet them: what a replay needs to let anyone take them.
    ///
    /// Travel that is not known, or was another zone's way, is drawn from the zone's own known ones (from all zones' where
    /// the zone has none), by the seed, the zone and the instant: the same whatever else is in the trace. Call-outs in `ukjent` go to the zone that responded; where that is not known either they
    /// cannot be replayed and are counted in `leftOut`.
    package func atHome(seed: UInt64) -> Trace {
        let unknown = zones.firstIndex(of: Trace.unknownZone).map { Int32($0) }
        let isAtHome = callOuts.allSatisfy { $0.zone == $0.respondingZone && $0.zone != unknown && $0.travelMilliseconds != nil }
        if isAtHome { return self }
        let ways = KnownWays(self)
        var kept: [CallOut] = []
        kept.reserveCapacity(callOuts.count)
        for call in callOuts {
            var call = call
            if call.zone == unknown {
                guard call.respondingZone != unknown else { continue }
                call.zone = call.respondingZone
            }
            if call.zone != call.respondingZone || call.travelMilliseconds == nil,
                let drawn = ways.draw(zone: Int(call.zone), number: ways.number(of: call), seed: seed)
            {
                call.way = call.travelMilliseconds == nil ? .drawnForUnknown : .drawnInstead
                if let travel = call.travelMilliseconds { call.busyMilliseconds = max(1, call.busyMilliseconds - travel + drawn) }
                call.travelMilliseconds = drawn
            }
            call.respondingZone = call.zone
            kept.append(call)
        }
        var result = self
        result.callOuts = kept
        result.leftOut += callOuts.count - kept.count
        return result
    }

    /// Without a share of the call-outs, drawn by the seed whatever their kind, rounded to a whole number of them. A larger
    /// share leaves out the same ones and more.
    package func without(share: Double, seed: UInt64) -> Trace {
        var result = self
        let count = Int((min(1, max(0, share)) * Double(callOuts.count)).rounded())
        let gone = Set(order(seed: seed).prefix(count))
        result.callOuts = callOuts.enumerated().filter { !gone.contains($0.offset) }.map(\.element)
        return result
    }

    /// So many times as many call-outs. More: copies of drawn ones, at the same wall-clock time on another day of the period
    /// with the same weekday where there is one. Fewer: as `without`.
    ///
    /// - Parameter factor: 0 or more; 1 changes nothing.
    package func times(load factor: Double, seed: UInt64, localTime: LocalTime = .oslo) -> Trace {
        guard factor > 1 else { return without(share: 1 - factor, seed: seed) }
        let days = PeriodDays(period, localTime: localTime)
        let drawn = order(seed: seed)
        var draws = SeededDraws(seed: seed, stream: 1)
        var copies: [CallOut] = []
        for number in 0..<Int(((factor - 1) * Double(callOuts.count)).rounded()) {
            var copy = callOuts[drawn[number % drawn.count]]
            let clock = days.wallClock(at: copy.time)
            let same = days.days.indices.filter { $0 % 7 == clock.day % 7 && $0 != clock.day }
            let target = same.isEmpty ? draws.below(days.days.count) : same[draws.below(same.count)]
            copy.time = min(max(days.instant(day: target, milliseconds: clock.milliseconds), period.lowerBound), period.upperBound - 1)
            copies.append(copy)
        }
        return Trace(zones: zones, period: period, callOuts: callOuts + copies, leftOut: leftOut)
    }

    /// Every known way takes so many times as long, and so does what it binds.
    package func times(travel factor: Double) -> Trace {
        var result = self
        for index in callOuts.indices {
            guard let travel = callOuts[index].travelMilliseconds else { continue }
            let longer = Int64((Double(travel) * factor).rounded())
            result.callOuts[index].travelMilliseconds = longer
            result.callOuts[index].busyMilliseconds = max(1, callOuts[index].busyMilliseconds + longer - travel)
        }
        return result
    }

    /// All places in an order that the seed decides.
    private func order(seed: UInt64) -> [Int] {
        callOuts.indices.map { (SeededDraws.value(seed: seed, place: $0), $0) }.sorted { $0 < $1 }.map(\.1)
    }
}
