import Telemetry

extension State {
    /// Gives an accepted `alarm.*` event to its alarm and the difference to the cells.
    mutating func applyAlarm(
        _ event: Event, t: EventTime, flag: ClockFlag?, isLate: Bool, zone: UInt32?, device: UInt32?, index: Int,
        in message: Message
    ) {
        newAlarmEvents.append(row(of: event, t: t, flag: flag, isLate: isLate, index: index, in: message))
        let id = UInt32(alarmIDs.intern(event.id, scope: message.source).number)
        let held = StepEvent(t: t, id: id, flag: flag, late: isLate, zone: zone, device: device)
        let (name, isNew) = alarmNames.intern(event.alarm, scope: message.source)
        if isNew { alarms.append(Alarm(source: message.source)) }
        let number = UInt32(name)

        let wasOnBoard = boardPlace(number)
        alarms[name].contributions(number: number, zone: alarmZone(number), into: &before)
        change(name, with: event, held: held, message: message)
        alarms[name].contributions(number: number, zone: alarmZone(number), into: &after)
        applyDifference(received: message.received, isHistory: message.isHistory)
        moveOnBoard(from: wasOnBoard, to: boardPlace(number))

        if !alarms[name].isDirty {
            alarms[name].isDirty = true
            dirtyAlarms.append(number)
        }
    }

    func alarmZone(_ number: UInt32) -> UInt32 {
        let alarm = alarms[Int(number)]
        return alarm.zone(ids: alarmIDs) ?? zones.unknownZone(of: sources[Int(alarm.source)].municipality)
    }

    private mutating func change(_ name: Int, with event: Event, held: StepEvent, message: Message) {
        if !message.isHistory { alarms[name].isLive = true }
        let quarter = TimeRule.quarter(of: held.t)
        if held.late { QuarterCount.add(quarter, to: &alarms[name].lates) }
        guard let step = Step(event.type) else {
            QuarterCount.add(quarter, to: &alarms[name].repeats)
            alarms[name].earliestRepeat = min(alarms[name].earliestRepeat ?? held.t, held.t)
            let isFirst = alarms[name].zonedRepeat.map { Alarm.isBefore(held, $0, ids: alarmIDs) } ?? true
            if held.zone != nil, isFirst { alarms[name].zonedRepeat = held }
            return
        }
        guard alarms[name].isTaken(step, by: held, ids: alarmIDs) else { return }
        alarms[name][step] = held
        switch step {
        case .raised:
            alarms[name].kind = event.kind
            alarms[name].priority = event.priority
            alarms[name].testRequested = event.test == true
        case .answered:
            alarms[name].voice = event.voice
        case .dispatched:
            alarms[name].respondingZone = event.respondingZone.flatMap { zones.zone($0, in: message.municipality) }
        case .accepted:
            alarms[name].responders = event.responders ?? 1
        case .closed:
            alarms[name].outcome = event.outcome
            alarms[name].cause = event.cause
        case .acknowledged, .departed, .arrived: break
        }
    }

    /// Takes back what is only in `before` and adds what is only in `after`. The lists have a fixed order, so what
    /// they share at both ends is most of them.
    private mutating func applyDifference(received: EventTime, isHistory: Bool) {
        var start = 0
        while start < before.count, start < after.count, before[start] == after[start] { start += 1 }
        var beforeEnd = before.count
        var afterEnd = after.count
        while beforeEnd > start, afterEnd > start, before[beforeEnd - 1] == after[afterEnd - 1] {
            beforeEnd -= 1
            afterEnd -= 1
        }
        for index in start..<beforeEnd {
            alarmCells.apply(before[index], sign: -1, received: received, isHistory: isHistory)
        }
        for index in start..<afterEnd {
            alarmCells.apply(after[index], sign: 1, received: received, isHistory: isHistory)
        }
    }

    // MARK: - The live board

    private struct BoardPlace {
        var alarmZone: UInt32
        var respondingZone: UInt32?
    }

    /// Where an open alarm stands on the board; nil for closed ones, tests, and what only history knows.
    private func boardPlace(_ number: UInt32) -> BoardPlace? {
        let alarm = alarms[Int(number)]
        guard alarm.isLive, alarm.isOpen, !alarm.isTest else { return nil }
        let isResponding = [Step.dispatched, .accepted, .departed, .arrived].contains { alarm[$0] != nil }
        let zone = alarmZone(number)
        return BoardPlace(alarmZone: zone, respondingZone: isResponding ? alarm.respondingZone ?? zone : nil)
    }

    private mutating func moveOnBoard(from old: BoardPlace?, to new: BoardPlace?) {
        for (place, sign) in [(old, -1), (new, 1)] {
            guard let place else { continue }
            boards[place.alarmZone, default: ZoneBoard()].openAlarms += sign
            dirtyBoards.insert(place.alarmZone)
            guard let zone = place.respondingZone else { continue }
            boards[zone, default: ZoneBoard()].openResponses += sign
            dirtyBoards.insert(zone)
        }
    }

    // MARK: - Rows

    private func row(
        of event: Event, t: EventTime, flag: ClockFlag?, isLate: Bool, index: Int, in message: Message
    ) -> AlarmEventRow {
        let source = sources[Int(message.source)]
        var row = AlarmEventRow(
            position: message.position, index: index, received: message.received, isHistory: message.isHistory,
            municipality: source.record.municipality, source: source.name, alarm: event.alarm.string,
            id: event.id.string, type: event.type, t: t, flag: flag, late: isLate)
        row.device = event.device?.string
        row.zone = event.zone?.storable
        row.kind = event.kind
        row.priority = event.priority
        row.test = event.test
        row.voice = event.voice
        row.respondingZone = event.respondingZone?.storable
        row.responders = event.responders
        row.outcome = event.outcome
        row.cause = event.cause
        return row
    }

    func record(of number: UInt32) -> AlarmRecord {
        let alarm = alarms[Int(number)]
        let source = sources[Int(alarm.source)]
        let zone = alarmZone(number)
        let steps = Step.allCases.compactMap { step in
            alarm[step].map { event in
                AlarmRecord.StepRecord(
                    step: step, t: event.t, id: alarmIDs.string(Int(event.id)), flag: event.flag, late: event.late)
            }
        }
        return AlarmRecord(
            municipality: source.record.municipality, source: source.name, alarm: alarmNames.string(Int(number)),
            zone: zones.zones[Int(zone)].id, respondingZone: zones.zones[Int(alarm.respondingZone ?? zone)].id,
            device: alarm.device(ids: alarmIDs).map { devices.table.string(Int($0)) }, kind: alarm.kind,
            priority: alarm.priority, isTest: alarm.isTest, isLive: alarm.isLive, outcome: alarm.outcome, cause: alarm.cause,
            voice: alarm.voice, responders: alarm.responders, steps: steps, repeats: alarm.repeatCount,
            instant: alarm.t(.raised) ?? steps.map(\.t).min() ?? alarm.earliestRepeat ?? 0)
    }
}
