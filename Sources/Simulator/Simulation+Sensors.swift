import Telemetry

/// Devices that speak a JSON format by a shipped profile.
///
/// What a profile's table makes of a message depends on the messages before it. So a network delivers a device's messages in
/// the order of their making, and one that is held back holds back those behind it; and times are the network's, whose clock
/// is right.
extension Simulation {
    /// After so long an alarm's cause is gone: the smoke, the fall, the open door.
    private static let settleMilliseconds: Int64 = 300_000

    /// The sensor's message; nil where its profile has no word for the report, which the central then
    /// tells as an event of its own.
    mutating func makeSensorMessage(_ report: NativeReport, device: Int, central: Int, at time: Int64) -> (event: SimulatedEvent, id: String)? {
        guard let profile = devices[device].sensor, let statement = SensorStatement(report, profile) else { return nil }
        speaker = central
        fate = drawFate(device: device, at: time)
        holdBack(device, at: time)
        devices[device].frameCount += 1
        devices[device].stampedAt = max(time, devices[device].stampedAt + 1)
        var meaning: NativeEvent?
        if !fate.isMalformed {
            var memory = devices[device].sensorMemories[central] ?? SensorMemory()
            meaning = memory.event(of: statement)
            if fate.way != .never { devices[device].sensorMemories[central] = memory }
        }
        let writer = SensorWriter(
            profile: profile,
            device: devices[device].reference,
            number: devices[device].frameCount,
            runPrefix: runPrefixes[central],
            time: start + devices[device].stampedAt,
            source: scenario.centrals[central].source
        )
        let written = writer.write(statement, event: meaning)
        if case .alarm = report { agenda.add(.settle(device: device), at: time + Simulation.settleMilliseconds) }
        let event = SimulatedEvent(
            time: start + time,
            json: written.event,
            isAlarm: written.isAlarm,
            central: central,
            isMalformed: meaning == nil,
            native: written.frame
        )
        return (event, written.id)
    }

    mutating func settle(_ device: Int, at time: Int64) -> SimulatedEvent? {
        isSilent(device, at: time) ? nil : sendNative(.settled, device: device, at: time)?.event
    }

    /// Lets no message overtake the device's one before.
    private mutating func holdBack(_ device: Int, at time: Int64) {
        var sent = time
        switch fate.way {
        case .never: return
        case .after(let delay): sent += delay
        case .now, .twice: break
        }
        let earliest = devices[device].sentUntil + 1
        if sent < earliest {
            sent = earliest
            fate.way = .after(sent - time)
        }
        devices[device].sentUntil = sent
    }
}
