import Telemetry

extension State {
    /// Gives an accepted `alarm.*` event to its alarm and the difference to the cells.
    mutating func applyAlarm(
        _ event: Event,
        _ hashes: Hashes,
        t: EventTime,
        flag: ClockFlag?,
        isLate: Bool,
        zone: UInt32?,
        device: UInt32?,
        index: Int,
        in message: Message
    ) {
        let (name, isNew) = alarmNames.intern(event.alarm, scope: message.source, hash: hashes.alarm)
        if isNew { alarms.append(Alarm(source: message.source)) }
        let number = UInt32(name)
        var kept = AlarmEvent(
            t: t,
            received: message.received,
            id: alarmEvents.newNumber(event.id, source: message.source, hash: hashes.id),
            previous: alarms[name].lastEvent,
            zone: zone ?? AlarmEvent.none,
            device: device ?? AlarmEvent.none,
            respondingZone: AlarmEvent.none,
            type: event.type,
            flag: flag,
            late: isLate,
            isHistory: message.isHistory
        )
        kept.take(event)
        if let other = event.respondingZone, let zone = zones.zone(other, in: message.municipality) {
            kept.respondingZone = zone
        }
        alarmEvents.append(kept)
        newAlarmEvents.append(
            NewAlarmEvent(
                number: kept.id,
                alarm: number,
                position: message.position,
                index: UInt32(index),
                zone: saidNumber(event.zone),
                respondingZone: saidNumber(event.respondingZone)
            )
        )

        var wasOnBoard: BoardPlace?
        let wasLive = alarms[name].isLive
        if isNew {
            before.removeAll(keepingCapacity: true)
        } else {
            let old = reading(number)
            wasOnBoard = boardPlace(old)
            old.contributions(number: number, zone: self.zone(of: old), into: &before)
        }
        alarms[name].join(kept, in: alarmEvents)
        let new = reading(number)
        new.contributions(number: number, zone: self.zone(of: new), into: &after)
        let isMixed = message.isHistory && wasLive
        applyDifference(received: message.received, rule: isMixed ? .apart : message.isHistory ? .follow : .keep)
        if isMixed { applyHistoryToFirst(number, kept, received: message.received) }
        moveOnBoard(from: wasOnBoard, to: boardPlace(new))

        if !alarms[name].isDirty {
            alarms[name].isDirty = true
            dirtyAlarms.append(number)
        }
    }

    /// Brings an alarm near, before its event is applied.
    @inline(__always)
    func prefetchAlarm(_ number: Int) {
        alarmNames.prefetchEntry(number)
        alarms.withUnsafeBufferPointer { alarms in
            guard let start = alarms.baseAddress, number < alarms.count else { return }
            LargeTable.prefetch(UnsafeRawPointer(start + number).assumingMemoryBound(to: UInt64.self))
            LargeTable.prefetch(UnsafeRawPointer(start + number).advanced(by: 64).assumingMemoryBound(to: UInt64.self))
        }
    }

    /// Brings the events near that hold the steps of alarms, once the alarms are.
    func prefetchHeldEvents(_ hashes: ContiguousArray<Hashes>.SubSequence) {
        for hash in hashes where hash.alarm != 0 {
            guard let number = alarmNames.likelyNumber(hash.alarm), number < alarms.count else { continue }
            alarmEvents.prefetchHeld(by: alarms[number])
        }
    }

    func reading(_ number: UInt32) -> AlarmReading { alarms[Int(number)].reading(in: alarmEvents) }

    func zone(of reading: AlarmReading) -> UInt32 {
        reading.zone ?? zones.unknownZone(of: sources[Int(reading.source)].municipality)
    }

    /// Takes back what is only in `before` and adds what is only in `after`. The lists have a fixed order, so what
    /// they share at both ends is most of them.
    private mutating func applyDifference(received: EventTime, rule: AlarmCells.FirstRule) {
        var start = 0
        while start < before.count, start < after.count, before[start] == after[start] { start += 1 }
        var beforeEnd = before.count
        var afterEnd = after.count
        while beforeEnd > start, afterEnd > start, before[beforeEnd - 1] == after[afterEnd - 1] {
            beforeEnd -= 1
            afterEnd -= 1
        }
        for index in start..<beforeEnd {
            alarmCells.apply(before[index], sign: -1, received: received, rule: rule)
        }
        for index in start..<afterEnd {
            alarmCells.apply(after[index], sign: 1, received: received, rule: rule)
        }
    }

    // MARK: - First figures of alarms that are both live and history

    /// Changes what published cells showed first by a history event of an alarm that has live events too.
    ///
    /// A cell showed first what the alarm was when the cell was published: of the live events only those received
    /// before, of history all. So each published cell has its own version of the alarm; there are as many as live
    /// events, plus one. Rare: O(events² of the alarm).
    private mutating func applyHistoryToFirst(_ number: UInt32, _ added: AlarmEvent, received: EventTime) {
        let all = alarmEvents.all(of: alarms[Int(number)])
        let live = all.filter { !$0.isHistory }
        let source = alarms[Int(number)].source
        for count in 0...live.count {
            // Cells published after the live event before and not after the next one show this version.
            let from = count == 0 ? EventTime.min : live[count - 1].received
            let to = count == live.count ? EventTime.max : live[count].received
            if from == to { continue }
            var version = Alarm(source: source)
            for event in all where event.id != added.id && (event.isHistory || live[..<count].contains { $0.id == event.id }) {
                version.join(event, in: alarmEvents)
            }
            let without = version.reading(in: alarmEvents)
            without.contributions(number: number, zone: zone(of: without), into: &before)
            version.join(added, in: alarmEvents)
            let with = version.reading(in: alarmEvents)
            with.contributions(number: number, zone: zone(of: with), into: &after)
            for (list, sign) in [(before, Int64(-1)), (after, 1)] {
                for contribution in list {
                    let published = contribution.key.end + TimeRule.publishAfterMilliseconds
                    guard from < published, published <= to, published <= received else { continue }
                    alarmCells.applyToFirst(contribution, sign: sign)
                }
            }
        }
    }

    // MARK: - The live board

    private struct BoardPlace: Equatable {
        var alarmZone: UInt32
        var respondingZone: UInt32?
    }

    /// Where an open alarm stands on the board; nil for closed ones, tests, and what only history knows.
    private func boardPlace(_ reading: AlarmReading) -> BoardPlace? {
        guard reading.isLive, reading.isOpen, !reading.isTest else { return nil }
        let zone = zone(of: reading)
        return BoardPlace(
            alarmZone: zone,
            respondingZone: reading.isResponding ? reading.respondingZone ?? zone : nil
        )
    }

    private mutating func moveOnBoard(from old: BoardPlace?, to new: BoardPlace?) {
        if old == new { return }
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

    /// The number of what an event says, `none` for nothing.
    private mutating func saidNumber(_ text: Text?) -> UInt32 {
        guard let text else { return AlarmEvent.none }
        return UInt32(said.intern(text).number)
    }

    /// The row of an event that was new to the views.
    func row(of new: NewAlarmEvent) -> AlarmEventRow {
        let event = alarmEvents[new.number]
        let source = sources[Int(alarms[Int(new.alarm)].source)]
        var row = AlarmEventRow(
            position: new.position,
            index: Int(new.index),
            received: event.received,
            isHistory: event.isHistory,
            municipality: zones.municipalities[Int(source.municipality)],
            source: source.name,
            alarm: alarmNames.string(Int(new.alarm)),
            id: alarmEvents.id(new.number),
            type: event.type,
            t: event.t,
            flag: event.flag,
            late: event.late
        )
        row.device = event.device == AlarmEvent.none ? nil : devices.table.string(Int(event.device))
        row.zone = new.zone == AlarmEvent.none ? nil : said.withText(Int(new.zone)) { $0.storable }
        row.respondingZone = new.respondingZone == AlarmEvent.none ? nil : said.withText(Int(new.respondingZone)) { $0.storable }
        row.kind = event.kind
        row.priority = event.priority
        row.test = event.test
        row.voice = event.voice
        row.responders = event.responders
        row.outcome = event.outcome
        row.cause = event.cause
        return row
    }

    func record(of number: UInt32) -> AlarmRecord {
        let reading = reading(number)
        let alarm = alarms[Int(number)]
        func event(_ step: Step) -> AlarmEvent? { alarm[step].map { alarmEvents[$0] } }
        let source = sources[Int(alarm.source)]
        let zone = zone(of: reading)
        let steps = Step.allCases.compactMap { step in
            event(step).map { event in
                AlarmRecord.StepRecord(
                    step: step,
                    t: event.t,
                    id: alarmEvents.id(event.id),
                    flag: event.flag,
                    late: event.late
                )
            }
        }
        let raised = event(.raised)
        let closed = event(.closed)
        return AlarmRecord(
            municipality: zones.municipalities[Int(source.municipality)],
            source: source.name,
            alarm: alarmNames.string(Int(number)),
            zone: zones.zones[Int(zone)].id,
            respondingZone: zones.zones[Int(reading.respondingZone ?? zone)].id,
            device: reading.device.map { devices.table.string(Int($0)) },
            kind: raised?.kind,
            priority: raised?.priority,
            isTest: reading.isTest,
            isLive: alarm.isLive,
            outcome: closed?.outcome,
            cause: closed?.cause,
            voice: event(.answered)?.voice,
            responders: reading.responders,
            steps: steps,
            repeats: alarm.repeatCount,
            instant: raised?.t ?? steps.map(\.t).min() ?? alarm.earliestRepeat ?? 0
        )
    }
}

extension AlarmEvent {
    /// The attributes that a step may carry.
    mutating func take(_ event: Event) {
        kind = event.kind
        priority = event.priority
        test = event.test
        voice = event.voice
        outcome = event.outcome
        cause = event.cause
        responders = event.responders
    }
}
