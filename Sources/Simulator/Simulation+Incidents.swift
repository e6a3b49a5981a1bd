import Telemetry

/// What a timetable sets going.
extension Simulation {
    mutating func begin(incident: Scenario.Incident, index: Int) -> SimulatedEvent? {
        switch incident.kind {
        case .powerCut: cutPower(incident)
        case .linkLoss: loseLinks(incident)
        case .testFlood: agenda.add(.flood(index), at: incident.start)
        default: break
        }
        return nil
    }

    private mutating func affected(_ incident: Scenario.Incident) -> [Int] {
        devices.indices.filter { index in
            incident.concerns(zone: devices[index].zone, central: 0) && trouble.generator.happens(incident.share)
        }
    }

    /// Mains gone: each device says so, then its battery runs low, then it falls silent until the power is back.
    private mutating func cutPower(_ incident: Scenario.Incident) {
        for device in affected(incident) {
            let noticed = incident.start + Int64(trouble.generator.uniform() * 120_000)
            let low = noticed + Int64(incident.batteryHours.draw(&trouble.generator) * 3_600_000)
            let back = incident.end + Int64(trouble.generator.uniform() * 600_000)
            agenda.add(.breakdown(device: device, .mainsLost), at: noticed)
            agenda.add(.restore(device: device, .mainsLost), at: back)
            guard low < incident.end else { continue }
            agenda.add(.breakdown(device: device, .batteryLow), at: low)
            // A tenth of the battery is left when it is called low.
            let empty = low + (low - noticed) / 9
            if empty < incident.end { agenda.add(.mute(device: device, until: incident.end), at: empty) }
            let charged = back + Int64((1 + 4 * trouble.generator.uniform()) * 3_600_000)
            agenda.add(.restore(device: device, .batteryLow), at: charged)
        }
    }

    /// Links gone: silence; of some the central's supervision tells.
    private mutating func loseLinks(_ incident: Scenario.Incident) {
        for device in affected(incident) {
            let lost = incident.start + Int64(trouble.generator.uniform() * 60_000)
            if trouble.generator.happens(incident.toldShare) {
                agenda.add(.breakdown(device: device, .linkLost), at: lost)
                agenda.add(.restore(device: device, .linkLost), at: incident.end + Int64(trouble.generator.uniform() * 600_000))
            }
            agenda.add(.mute(device: device, until: incident.end), at: lost + 1)
        }
    }

    mutating func breakdown(of device: Int, _ fault: Fault, at time: Int64) -> SimulatedEvent? {
        guard !isSilent(device, at: time), devices[device].activeFaults.insert(fault).inserted else { return nil }
        return tell(.deviceFault, fault, device: device, at: time)
    }

    mutating func flood(_ index: Int, at time: Int64) -> SimulatedEvent? {
        let incident = scenario.incidents[index]
        guard time < incident.end else { return nil }
        agenda.add(.flood(index), at: time + max(1, Int64(trouble.generator.exponential(mean: 60_000 / incident.perMinute))))
        return raiseTest(at: time)
    }

    // MARK: What incidents do to an alarm

    /// How much later than usual an alarm is answered.
    func answerDelay(central: Int, at time: Int64) -> Int64 {
        scenario.incidents.first { $0.kind == .lateAnswer && $0.isOn(at: time) && ($0.centrals.isEmpty || $0.centrals.contains(central)) }
            .map { Int64($0.minutes * 60_000) } ?? 0
    }

    /// Nobody comes, so they press again, and again: each press is an alarm of its own.
    mutating func pressAgain(_ kind: AlarmKind, device: Int, at time: Int64) {
        for incident in scenario.incidents where incident.kind == .repeatPresses && incident.isOn(at: time) {
            guard incident.concerns(zone: devices[device].zone, central: 0), trouble.generator.happens(incident.share) else { continue }
            var pressed = time
            for _ in 0..<incident.presses {
                pressed += Int64(60_000 * (1 + 3 * trouble.generator.uniform()))
                agenda.add(.press(device: device, kind), at: pressed)
            }
        }
    }
}
