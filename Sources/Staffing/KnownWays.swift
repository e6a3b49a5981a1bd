import Telemetry

/// The ways that were measured within each zone, for drawing those that were not.
struct KnownWays: Sendable {
    /// Milliseconds by place of the zone, in the order of the trace.
    private let byZone: [[Int64]]
    private let all: [Int64]
    /// What a zone is called is the same in a trace of some zones alone; its place is not.
    private let zoneNumbers: [UInt64]

    /// The ways of a zone's own people, drawn ones left out.
    init(_ trace: Trace) {
        var byZone = [[Int64]](repeating: [], count: trace.zones.count)
        for call in trace.callOuts where call.zone == call.respondingZone && call.way == .measured {
            if let travel = call.travelMilliseconds { byZone[Int(call.zone)].append(travel) }
        }
        self.byZone = byZone
        all = byZone.flatMap { $0 }
        // FNV-1a (Fowler, Noll & Vo 1991).
        zoneNumbers = trace.zones.map { $0.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } }
    }

    /// What tells a call-out from others, whatever else is in the trace.
    func number(of call: CallOut) -> UInt64 { zoneNumbers[Int(call.zone)] ^ UInt64(bitPattern: call.time) }

    /// A way of the zone's own, of all zones' where it has none; nil where no way is known.
    func draw(zone: Int, number: UInt64, seed: UInt64) -> Int64? {
        let own = byZone[zone].isEmpty ? all : byZone[zone]
        guard !own.isEmpty else { return nil }
        let value = SeededDraws.value(seed: seed, place: Int(bitPattern: UInt(number)))
        return own[Int(value.multipliedFullWidth(by: UInt64(own.count)).high)]
    }
}
