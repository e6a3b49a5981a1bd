import Telemetry

/// What will become of an alarm, decided when it is raised.
struct AlarmPlan: Sendable {
    /// Its name at the central.
    var name: String
    var central: Int
    var device: Int
    var kind: AlarmKind
    /// Marked as a test in `raised`.
    var markedTest = false
    var voice = true
    var respondingZone: Int?
    var responders = 1
    var outcome = Outcome.resolvedByVoice
    var cause: Cause?
    /// What the device sends again when nobody clears the call down, of one that speaks its own format.
    var native: SimulatedEvent?
    /// Steps still on the agenda; the plan is forgotten after the last.
    var stepsLeft = 0
}

/// The life of an alarm: raised, answered at the centre, closed there or visited.
extension Simulation {
    private static let repeatsMax = 8

    mutating func raise(at time: Int64) -> SimulatedEvent? {
        guard let kind = cast.kinds.draw(&generator), let device = cast.device(raising: kind, &generator) else { return nil }
        pressAgain(kind, device: device, at: time)
        return raise(kind, device: device, at: time)
    }

    mutating func raise(_ kind: AlarmKind, device: Int, at time: Int64) -> SimulatedEvent? {
        guard !isSilent(device, at: time) else { return nil }
        let central = trouble.central(of: device, at: time, scenario.incidents)
        let name = newName(central)
        if let other = trouble.otherCentral(than: central, at: time, scenario.incidents) {
            // Both hear the same call, under the same name; each handles its own alarm.
            agenda.add(.hearing(name, device: device, kind, central: other), at: time)
        }
        return hear(name, kind, device: device, central: central, at: time)
    }

    /// A central takes an alarm and makes its plan.
    mutating func hear(_ name: String, _ kind: AlarmKind, device: Int, central: Int, at time: Int64) -> SimulatedEvent? {
        var plan = AlarmPlan(name: name, central: central, device: device, kind: kind)
        var steps: [(EventType, Int64)] = []
        if generator.happens(scenario.answer.unansweredShare) {
            plan.outcome = .cancelled
            plan.cause = .unknown
            steps.append((.alarmClosed, time + milliseconds(minutes: 4 + 6 * generator.uniform())))
        } else {
            answer(&plan, &steps, at: time)
        }
        repeats(&steps, at: time)
        correct(&steps)
        if generator.happens(scenario.alarms.neverClosedShare) { steps.removeAll { $0.0 == .alarmClosed } }
        return raise(plan, steps, at: time)
    }

    /// The monthly test; every other central marks it when it is raised, the others only when it is closed.
    mutating func raiseTest(at time: Int64) -> SimulatedEvent? {
        guard !cast.safetyAlarms.isEmpty else { return nil }
        let device = cast.safetyAlarms[generator.below(cast.safetyAlarms.count)]
        guard !isSilent(device, at: time) else { return nil }
        let central = trouble.central(of: device, at: time, scenario.incidents)
        var plan = AlarmPlan(name: newName(central), central: central, device: device, kind: .manual)
        plan.markedTest = generator.happens(0.5)
        plan.outcome = .test
        let answered = time + answerMilliseconds(central: central, at: time)
        let closed = answered + milliseconds(seconds: 0.4 * scenario.answer.talkSeconds.draw(&generator))
        return raise(plan, [(.alarmAnswered, answered), (.alarmClosed, closed)], at: time)
    }

    mutating func step(_ type: EventType, alarm place: Int, at time: Int64) -> SimulatedEvent? {
        guard var plan = alarms[place] else { return nil }
        plan.stepsLeft -= 1
        defer { if type == .alarmClosed, plan.stepsLeft > 0 { alarms[place]?.outcome = .other } }
        if plan.stepsLeft == 0 { _ = alarms.remove(place) } else { alarms[place] = plan }
        if type == .alarmRepeated, let frame = plan.native { return sendAgain(frame, plan, at: time) }
        begin(type, device: plan.device, at: time, central: plan.central, isOfCentral: type != .alarmRepeated)
        writer.member("alarm", text: plan.name)
        switch type {
        case .alarmAnswered: writer.member("voice", plan.voice)
        case .alarmDispatched:
            if let zone = plan.respondingZone { writer.member("respondingZone", text: scenario.zones[zone].id) }
        case .alarmAccepted: writer.member("responders", plan.responders)
        case .alarmClosed:
            writer.member("outcome", text: plan.outcome.rawValue)
            if let cause = plan.cause { writer.member("cause", text: cause.rawValue) }
        default: break
        }
        return send(type, at: time)
    }

    // MARK: Parts

    private mutating func raise(
        _ plan: AlarmPlan,
        _ steps: [(EventType, Int64)],
        at time: Int64
    ) -> SimulatedEvent? {
        var plan = plan
        let native = makeNativeAlarm(&plan, at: time)
        if !steps.isEmpty {
            plan.stepsLeft = steps.count
            let place = alarms.insert(plan)
            for (type, stepTime) in steps { agenda.add(.step(type, alarm: place), at: stepTime) }
        }
        if let native { return send(native, at: time) }
        begin(.alarmRaised, device: plan.device, at: time, central: plan.central)
        writer.member("alarm", text: plan.name)
        writer.member("kind", text: plan.kind.rawValue)
        writer.member("priority", Simulation.priority(of: plan.kind))
        if plan.markedTest { writer.member("test", true) }
        return send(.alarmRaised, at: time)
    }

    private mutating func answer(_ plan: inout AlarmPlan, _ steps: inout [(EventType, Int64)], at time: Int64) {
        let timing = scenario.answer
        let answered = time + answerMilliseconds(central: plan.central, at: time)
        plan.voice = !generator.happens(scenario.alarms.silentShare)
        steps.append((.alarmAnswered, answered))
        let acknowledged = answered + milliseconds(seconds: timing.acknowledgeSeconds.draw(&generator))
        steps.append((.alarmAcknowledged, acknowledged))
        let talked = acknowledged + milliseconds(seconds: timing.talkSeconds.draw(&generator))
        if !plan.voice || generator.happens(cast.dispatchedShare) {
            visit(&plan, &steps, dispatched: talked)
        } else {
            plan.outcome = cast.centreOutcomes.draw(&generator) ?? .resolvedByVoice
            plan.cause = cause(of: plan, at: time)
            steps.append((.alarmClosed, talked))
        }
    }

    private mutating func visit(_ plan: inout AlarmPlan, _ steps: inout [(EventType, Int64)], dispatched: Int64) {
        let timing = scenario.response
        let zone = devices[plan.device].zone
        let neighbours = cast.neighbours[zone]
        if !neighbours.isEmpty && generator.happens(timing.neighbourShare) {
            plan.respondingZone = neighbours[generator.below(neighbours.count)]
        }
        if generator.happens(timing.twoRespondersShare) { plan.responders = 2 }
        let accepted = dispatched + milliseconds(seconds: timing.acceptSeconds.draw(&generator))
        var departed = accepted + milliseconds(minutes: timing.departMinutes.draw(&generator))
        let travel = milliseconds(minutes: scenario.zones[zone].travelMinutes.draw(&generator))
        let onSite = milliseconds(minutes: timing.onSiteMinutes.draw(&generator))
        departed = engage(zone: plan.respondingZone ?? zone, count: plan.responders, ready: departed, busy: travel + onSite)
        let arrived = departed + travel
        let closed = arrived + onSite
        steps.append((.alarmDispatched, dispatched))
        if !generator.happens(timing.stepMissingShare) { steps.append((.alarmAccepted, accepted)) }
        if !generator.happens(timing.stepMissingShare) { steps.append((.alarmDeparted, departed)) }
        steps.append((.alarmArrived, arrived))
        steps.append((.alarmClosed, closed))
        plan.outcome = cast.visitOutcomes.draw(&generator) ?? .visited
        plan.cause = cause(of: plan, at: dispatched)
    }

    /// When those who shall go can leave: people on duty serve one alarm at a time, so it waits for those first free.
    /// They are engaged in the order in which the alarms were raised.
    private mutating func engage(zone: Int, count: Int, ready: Int64, busy: Int64) -> Int64 {
        guard !responders[zone].isEmpty else { return ready }
        let first = responders[zone].indices.sorted { (responders[zone][$0], $0) < (responders[zone][$1], $1) }
            .prefix(min(count, responders[zone].count))
        let departed = max(ready, first.map { responders[zone][$0] }.max() ?? ready)
        for index in first { responders[zone][index] = departed + busy }
        return departed
    }

    /// A second answer and a second closing: of the one the first counts, of the other the last.
    private mutating func correct(_ steps: inout [(EventType, Int64)]) {
        let share = scenario.alarms.correctedShare
        guard share > 0, trouble.generator.happens(share), let closed = steps.last(where: { $0.0 == .alarmClosed })?.1 else { return }
        if let answered = steps.first(where: { $0.0 == .alarmAnswered })?.1 { steps.append((.alarmAnswered, answered + 30_000)) }
        steps.append((.alarmClosed, closed + milliseconds(minutes: 5 + 60 * trouble.generator.uniform())))
    }

    /// Devices dial again when nobody clears the call down.
    private mutating func repeats(_ steps: inout [(EventType, Int64)], at time: Int64) {
        guard generator.happens(scenario.alarms.repeatedShare) else { return }
        var count = 1
        var repeated = time
        repeat {
            repeated += milliseconds(seconds: 20 + 40 * generator.uniform())
            steps.append((.alarmRepeated, repeated))
            count += 1
        } while count <= Simulation.repeatsMax && generator.happens(scenario.alarms.repeatedAgainShare)
    }

    private mutating func answerMilliseconds(central: Int, at time: Int64) -> Int64 {
        let timing = scenario.answer
        let late = answerDelay(central: central, at: time)
        if generator.happens(timing.withinMinuteShare) {
            let spread = scenario.centrals[central].answerSeconds ?? timing.seconds
            return late + min(milliseconds(seconds: spread.draw(&generator)), 60_000)
        }
        return late + 60_000 + milliseconds(seconds: timing.tailSeconds.draw(&generator))
    }

    private mutating func cause(of plan: AlarmPlan, at time: Int64) -> Cause? {
        if plan.outcome == .unintended { return .unintended }
        let drawn = (clock.isNight(time) ? cast.causesByNight : cast.causesByDay).draw(&generator)
        switch plan.kind {
        case .medication: return .medication
        case .fall: return generator.happens(0.6) ? .fall : drawn
        default: return drawn
        }
    }

    private mutating func newName(_ central: Int) -> String {
        alarmCount += 1
        return "\(runPrefixes[central])-a\(alarmCount)"
    }

    /// 1 is the most urgent, as centrals use it.
    static func priority(of kind: AlarmKind) -> Int {
        switch kind {
        case .smoke: 1
        case .fall, .epilepsy: 2
        case .manual, .pullCord: 3
        default: 5
        }
    }

    private func milliseconds(seconds: Double) -> Int64 { max(1, Int64(seconds * 1000)) }

    private func milliseconds(minutes: Double) -> Int64 { max(1, Int64(minutes * 60_000)) }
}
