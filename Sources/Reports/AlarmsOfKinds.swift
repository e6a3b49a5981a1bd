import Strategy

/// The alarms of each kind of device, as another table tells them, held against what is told of zones.
struct AlarmsOfKinds {
    /// Of one kind, or of devices that nobody knows.
    struct Load {
        var alarms: Int
        var callOuts: Int
        var unintended: Int
    }

    private let loads: [Load]

    init(_ data: IndicatorData?) {
        let known = (data?.uses ?? []).map { Load(alarms: $0.alarms, callOuts: $0.callOuts, unintended: $0.unintended) }
        let others = data?.alarmsOfUnknown
        let all = known + [Load(alarms: others?.alarms ?? 0, callOuts: others?.callOuts ?? 0, unintended: others?.unintended ?? 0)]
        loads = all.filter { $0.alarms > 0 }
    }

    /// Whether all alarms of some kinds are counted and none of the others: a zone's count is then its alarms of these kinds, and what else
    /// is told of the zone and of the kinds can be taken from one another.
    func areDivided(by count: (Load) -> Int) -> Bool {
        loads.allSatisfy { [0, $0.alarms].contains(count($0)) } && loads.contains { count($0) > 0 } && loads.contains { count($0) == 0 }
    }
}
