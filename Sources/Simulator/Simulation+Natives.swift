import Telemetry

/// Devices that speak their own format to a central's gateway.
extension Simulation {
    /// What a device said in its own format, and what of it is sent now.
    struct Told {
        var event: SimulatedEvent?
    }

    /// Nil where the device has no format of its own, or no word for it there: then the central tells it.
    mutating func sendNative(_ report: NativeReport, device: Int, at time: Int64) -> Told? {
        guard devices[device].codec != nil else { return nil }
        let central = trouble.central(of: device, at: time, scenario.incidents)
        if devices[device].sensor != nil {
            guard let made = makeSensorMessage(report, device: device, central: central, at: time) else { return nil }
            return Told(event: send(made.event, at: time))
        }
        return Told(event: send(makeNative(report, device: device, central: central, at: time).event, at: time))
    }

    /// The message that raises an alarm, which the plan is named by; a frame is repeated, a sensor does not dial again.
    mutating func makeNativeAlarm(_ plan: inout AlarmPlan, at time: Int64) -> SimulatedEvent? {
        guard devices[plan.device].codec != nil else { return nil }
        let report = NativeReport.alarm(plan.kind, priority: Simulation.priority(of: plan.kind))
        if devices[plan.device].sensor != nil {
            guard let made = makeSensorMessage(report, device: plan.device, central: plan.central, at: time) else { return nil }
            plan.name = made.id
            return made.event
        }
        let (event, id) = makeNative(report, device: plan.device, central: plan.central, at: time)
        plan.name = id
        plan.native = event
        return event
    }

    /// The same frame once more, with a fate of its own: what a device does when nobody clears the call down.
    mutating func sendAgain(_ frame: SimulatedEvent, _ plan: AlarmPlan, at time: Int64) -> SimulatedEvent? {
        speaker = plan.central
        fate = drawFate(device: plan.device, at: time)
        var event = frame
        event.time = start + time
        return send(event, at: time)
    }

    private mutating func makeNative(
        _ report: NativeReport,
        device: Int,
        central: Int,
        at time: Int64
    ) -> (event: SimulatedEvent, id: String) {
        speaker = central
        fate = drawFate(device: device, at: time)
        devices[device].frameCount += 1
        let number = devices[device].frameCount
        let reference = devices[device].reference
        let source = scenario.centrals[central].source
        let written: WrittenNative
        switch devices[device].codec {
        case .dc09:
            let clock = trouble.written(time, device: device, zone: devices[device].zone, central: central, scenario)
            written = DC09Writer.write(
                report,
                account: reference,
                number: number,
                time: clock.map { start + $0 },
                source: source,
                isMalformed: fate.isMalformed
            )
        default:
            // The run's prefix keeps two runs apart; 9 of 16 characters.
            let frameReference = runPrefixes[central] + String(number, radix: 36)
            written = SCAIPWriter.write(report, device: reference, reference: frameReference, source: source, isMalformed: fate.isMalformed)
        }
        let event = SimulatedEvent(
            time: start + time,
            json: written.event,
            isAlarm: written.isAlarm,
            central: central,
            isMalformed: written.frame.refusal != nil,
            native: written.frame
        )
        return (event, written.id)
    }
}
