import Telemetry

/// What devices report by themselves.
extension Simulation {
    private static let heartbeatJitterMilliseconds = 30_000
    /// A battery lasts this long, falling from 100 to 30 %, when no fault says otherwise.
    private static let batteryLifeDays = 700

    mutating func heartbeat(of device: Int, at time: Int64) -> SimulatedEvent? {
        let interval = devices[device].heartbeatMilliseconds
        // Half an interval of jitter at the most keeps heartbeats of the shortest intervals in order.
        let jitter = min(Simulation.heartbeatJitterMilliseconds, Int(interval / 2))
        let next = time + interval + Int64(generator.below(2 * jitter + 1) - jitter)
        agenda.add(.heartbeat(device: device), at: max(next, time + 1))
        guard !isSilent(device, at: time) else { return nil }
        if let told = sendNative(.heartbeat(battery: battery(of: device, at: time)), device: device, at: time) { return told.event }
        begin(.deviceHeartbeat, device: device, at: time)
        writer.member("battery", battery(of: device, at: time))
        writer.member("signal", devices[device].signal + generator.below(7) - 3)
        return send(.deviceHeartbeat, at: time)
    }

    private func battery(of device: Int, at time: Int64) -> Int {
        if !devices[device].activeFaults.isEmpty && devices[device].activeFaults.contains(.batteryLow) { return 9 }
        let day = Int(time / TimeRule.dayMilliseconds) + devices[device].batteryDays
        return 100 - day % Simulation.batteryLifeDays / 10
    }

    func isSilent(_ device: Int, at time: Int64) -> Bool { time < devices[device].silentUntil }

    /// One of the devices of a kind that speaks at this time.
    private mutating func speaking(_ indexes: [Int], at time: Int64) -> Int? {
        guard !indexes.isEmpty else { return nil }
        let device = indexes[generator.below(indexes.count)]
        return isSilent(device, at: time) ? nil : device
    }

    mutating func observe(_ kind: DeviceKind, at time: Int64) -> SimulatedEvent? {
        guard let property = kind.property, let device = speaking(cast.byKind[kind] ?? [], at: time) else { return nil }
        if devices[device].sensor != nil {
            devices[device].closed.toggle()
            let report = NativeReport.observed(devices[device].closed, tenths: kind == .smokeDetector ? 195 + generator.below(51) : 0)
            if let told = sendNative(report, device: device, at: time) { return told.event }
        }
        begin(.sensorObserved, device: device, at: time)
        writer.member("property", text: property)
        if kind == .smokeDetector {
            writer.member("value", tenths: 195 + generator.below(51))
            writer.member("unit", text: "Cel")
        } else {
            devices[device].closed.toggle()
            writer.member("value", devices[device].closed)
        }
        return send(.sensorObserved, at: time)
    }

    mutating func assist(_ kind: DeviceKind, at time: Int64) -> SimulatedEvent? {
        guard let technology = kind.technology, let device = speaking(cast.byKind[kind] ?? [], at: time) else {
            return nil
        }
        let followUp = generator.happens(scenario.assists[kind]?.followUpShare ?? 0)
        begin(.assistPerformed, device: device, at: time)
        writer.member("technology", text: technology.rawValue)
        writer.member("result", text: followUp ? AssistResult.followUp.rawValue : AssistResult.done.rawValue)
        return send(.assistPerformed, at: time)
    }

    mutating func selfTest(at time: Int64) -> SimulatedEvent? {
        let device = generator.below(devices.count)
        guard !isSilent(device, at: time) else { return nil }
        if let told = sendNative(.tested, device: device, at: time) { return told.event }
        begin(.deviceTested, device: device, at: time)
        return send(.deviceTested, at: time)
    }

    mutating func fail(_ fault: Fault, at time: Int64) -> SimulatedEvent? {
        let device = generator.below(devices.count)
        let hours = scenario.faults[fault]?.restoredAfterHours.draw(&generator) ?? 1
        guard !isSilent(device, at: time), devices[device].activeFaults.insert(fault).inserted else { return nil }
        agenda.add(.restore(device: device, fault), at: time + max(1, Int64(hours * 3_600_000)))
        return tell(.deviceFault, fault, device: device, at: time)
    }

    mutating func restore(_ fault: Fault, device: Int, at time: Int64) -> SimulatedEvent? {
        devices[device].activeFaults.remove(fault)
        guard !isSilent(device, at: time) else { return nil }
        return tell(.deviceRestored, fault, device: device, at: time)
    }

    /// A fault or its end.
    mutating func tell(_ type: EventType, _ fault: Fault, device: Int, at time: Int64) -> SimulatedEvent? {
        if let told = sendNative(type == .deviceFault ? .fault(fault) : .restored(fault), device: device, at: time) { return told.event }
        begin(type, device: device, at: time)
        writer.member("fault", text: fault.rawValue)
        return send(type, at: time)
    }

    /// The worst of faults makes no event: a device just says nothing for days.
    mutating func silence(at time: Int64) -> SimulatedEvent? {
        let device = generator.below(devices.count)
        let days = scenario.delivery.silenceDays.draw(&generator)
        devices[device].silentUntil = max(devices[device].silentUntil, time + Int64(days * 86_400_000))
        return nil
    }
}
