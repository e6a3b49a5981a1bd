import Telemetry

/// Devices that speak their own format to a central's gateway.
extension Simulation {
    mutating func sendNative(_ report: NativeReport, device: Int, at time: Int64) -> SimulatedEvent? {
        let central = trouble.central(of: device, at: time, scenario.incidents)
        return send(makeNative(report, device: device, central: central, at: time).event, at: time)
    }

    /// The frame that raises an alarm, which the plan is named by and repeats.
    mutating func makeNativeAlarm(_ plan: inout AlarmPlan, at time: Int64) -> SimulatedEvent {
        let report = NativeReport.alarm(plan.kind, priority: Simulation.priority(of: plan.kind))
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
        case .scaip, nil:
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
