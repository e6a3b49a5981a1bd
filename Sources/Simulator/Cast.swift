import Telemetry

/// Who can do what: the devices to draw from, by what is to happen.
struct Cast: Sendable {
    /// Devices that raise an alarm of a kind, weighted by their user's activity.
    private let raising: [AlarmKind: Weighted<Int>]
    let safetyAlarms: [Int]
    let byKind: [DeviceKind: [Int]]
    let kinds: Weighted<AlarmKind>
    let causesByDay: Weighted<Cause>
    let causesByNight: Weighted<Cause>
    let centreOutcomes: Weighted<Outcome>
    let visitOutcomes: Weighted<Outcome>
    /// Zones that help each zone, by index.
    let neighbours: [[Int]]
    /// Of the alarms answered with voice contact, the share that ends in a call-out.
    let dispatchedShare: Double

    init(_ scenario: Scenario, _ households: Households) {
        var byKind: [DeviceKind: [Int]] = [:]
        var weighted: [DeviceKind: [(Int, Double)]] = [:]
        for resident in households.residents {
            for index in resident.devices {
                let kind = households.devices[index].kind
                byKind[kind, default: []].append(index)
                weighted[kind, default: []].append((index, resident.activity))
            }
        }
        let safety = weighted[.safetyAlarm] ?? []
        var raising: [AlarmKind: Weighted<Int>] = [:]
        for kind in AlarmKind.allCases {
            raising[kind] = Weighted(weighted[DeviceKind.raising(kind)] ?? safety)
        }
        self.raising = raising
        self.byKind = byKind
        safetyAlarms = safety.map(\.0)
        let alarms = scenario.alarms
        kinds = Weighted(alarms.kinds)
        causesByDay = Weighted(alarms.causesByDay)
        causesByNight = Weighted(alarms.causesByNight)
        centreOutcomes = Weighted(alarms.centreOutcomes)
        visitOutcomes = Weighted(alarms.visitOutcomes)
        neighbours = scenario.zones.map { zone in
            scenario.zones.indices.filter { zone.neighbours.contains(scenario.zones[$0].id) }
        }
        // Silent alarms are always visited; the rest of the wanted call-outs come from the others.
        let answered = alarms.perUserMonth * (1 - scenario.answer.unansweredShare)
        let wanted = answered > 0 ? alarms.callOutsPerUserMonth / answered : 0
        let voiced = 1 - alarms.silentShare
        dispatchedShare = voiced > 0 ? min(1, max(0, (wanted - alarms.silentShare) / voiced)) : 0
    }

    func device(raising kind: AlarmKind, _ generator: inout SeededGenerator) -> Int? {
        raising[kind]?.draw(&generator)
    }
}
