import CSimdjson

/// Holds the slots of one JSON object against the rules of CONTRACT 2 and 3, in their order.
struct EventReader {
    let slots: UnsafePointer<vl_slot>
    let timestamps: UnsafeMutablePointer<TimestampReader>

    /// Appends the event, or why it is refused.
    @inline(__always)
    func read(index: Int, into events: inout ContiguousArray<Event>, _ refused: inout [RefusedEvent]) {
        let id = validID
        let sequence = validSequence
        // Filled where it will stay: a copy of what has just been written field by field waits for every field.
        events.append(EventReader.blank)
        do throws(Refusal) {
            try fill(&events[events.count - 1], id: id, sequence: sequence)
        } catch {
            events.removeLast()
            refused.append(RefusedEvent(index: index, reason: error.reason, id: id, sequence: sequence))
        }
    }

    private struct Refusal: Error {
        let reason: Reason
        init(_ reason: Reason) { self.reason = reason }
    }

    private static let blank = Event(type: .deviceTested, id: .empty)

    @inline(__always)
    private func fill(_ event: inout Event, id: Text?, sequence: Int64?) throws(Refusal) {
        let specversion = slot(VL_SPECVERSION)
        try require(specversion, "specversion")
        try check(specversion.text?.isEqual(to: "1.0") == true, "specversion")
        try require(slot(VL_ID), "id")
        guard let id else { throw Refusal(.bad("id")) }
        try require(slot(VL_SOURCE), "source")
        try check((slot(VL_SOURCE).text?.count ?? 0) > 0, "source")
        try require(slot(VL_TYPE), "type")
        guard let type = slot(VL_TYPE).text.flatMap(WordTables.eventType) else { throw Refusal(.unknownType) }
        event.type = type
        event.id = id
        if slot(VL_TIME).isPresent {
            guard let text = slot(VL_TIME).text, let time = timestamps.pointee.parse(text) else { throw Refusal(.badTime) }
            event.time = time
        }
        try check(!slot(VL_SUBJECT).isPresent || slot(VL_SUBJECT).text != nil, "subject")
        try check(!slot(VL_SEQUENCE).isPresent || sequence != nil, "sequence")
        event.sequence = sequence
        try require(slot(VL_DATA), "data")
        try check(slot(VL_DATA).kind == VL_OBJECT.rawValue, "data")
        try readDevice(into: &event)
        if type.isAlarm { try readAlarm(into: &event) } else { try readOther(into: &event) }
        event.zone = try optionalText(VL_ZONE, 1...64, "zone")
    }

    private var validID: Text? {
        guard let id = slot(VL_ID).text, (1...128).contains(id.count), !id.hasControlCharacters else { return nil }
        return id
    }

    private var validSequence: Int64? {
        guard let digits = slot(VL_SEQUENCE).text, (1...18).contains(digits.count) else { return nil }
        var value: Int64 = 0
        for byte in digits.buffer {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int64(digit)
        }
        return value
    }

    private func readDevice(into event: inout Event) throws(Refusal) {
        let device = slot(VL_DEVICE)
        if device.isPresent {
            guard let text = device.text, text.isDeviceReference else { throw Refusal(.bad("device")) }
            event.device = text
        } else if let subject = slot(VL_SUBJECT).text, subject.isDeviceReference {
            event.device = subject
        } else if !event.type.isAlarm || event.type == .alarmRaised {
            throw Refusal(.missing("device"))
        }
    }

    private func readAlarm(into event: inout Event) throws(Refusal) {
        let alarm = slot(VL_ALARM)
        try require(alarm, "alarm")
        guard let text = alarm.text, text.count <= 256, (1...64).contains(text.scalarCount), !text.hasControlCharacters
        else { throw Refusal(.bad("alarm")) }
        event.alarm = text
        switch event.type {
        case .alarmRaised:
            event.kind = try requiredWord(VL_KIND, WordTables.kind, "kind")
            event.priority = try optionalInteger(VL_PRIORITY, 0...9, "priority")
            event.test = try optionalBool(VL_TEST, "test")
        case .alarmAnswered:
            event.voice = try optionalBool(VL_VOICE, "voice")
        case .alarmDispatched:
            event.respondingZone = try optionalText(VL_RESPONDING_ZONE, 1...64, "respondingZone")
        case .alarmAccepted:
            event.responders = try optionalInteger(VL_RESPONDERS, 1...9, "responders")
        case .alarmClosed:
            event.outcome = try requiredWord(VL_OUTCOME, WordTables.outcome, "outcome")
            if slot(VL_CAUSE).isPresent { event.cause = try requiredWord(VL_CAUSE, WordTables.cause, "cause") }
        default: break
        }
    }

    private func readOther(into event: inout Event) throws(Refusal) {
        switch event.type {
        case .sensorObserved:
            try require(slot(VL_PROPERTY), "property")
            _ = try optionalText(VL_PROPERTY, 1...64, "property")
            try require(slot(VL_VALUE), "value")
            try check(slot(VL_VALUE).isScalar, "value")
            _ = try optionalText(VL_UNIT, 0...32, "unit")
        case .assistPerformed:
            event.technology = try requiredWord(VL_TECHNOLOGY, WordTables.technology, "technology")
            event.result = try requiredWord(VL_RESULT, WordTables.result, "result")
        case .deviceHeartbeat:
            let battery = slot(VL_BATTERY)
            if battery.isPresent {
                guard let percent = battery.number, (0...100).contains(percent) else { throw Refusal(.bad("battery")) }
                event.battery = Float(percent)
            }
            let signal = slot(VL_SIGNAL)
            if signal.isPresent { try check(signal.number != nil, "signal") }
        case .deviceFault, .deviceRestored:
            event.fault = try requiredWord(VL_FAULT, WordTables.fault, "fault")
        default: break
        }
    }

    // MARK: - One value

    private func slot(_ name: vl_slot_name) -> vl_slot { slots[Int(name.rawValue)] }

    private func require(_ slot: vl_slot, _ name: StaticWord) throws(Refusal) {
        if !slot.isPresent { throw Refusal(.missing(name)) }
    }

    private func check(_ isRight: Bool, _ name: @autoclosure () -> StaticWord) throws(Refusal) {
        if !isRight { throw Refusal(.bad(name())) }
    }

    /// Length in Unicode scalars.
    private func optionalText(
        _ name: vl_slot_name,
        _ length: ClosedRange<Int>,
        _ word: StaticWord
    ) throws(Refusal) -> Text? {
        let value = slot(name)
        guard value.isPresent else { return nil }
        guard let text = value.text else { throw Refusal(.bad(word)) }
        // Never more scalars than bytes, and none only without bytes: counting is for long texts.
        if text.count <= length.upperBound, text.count >= length.lowerBound, length.lowerBound <= 1 { return text }
        guard text.count <= length.upperBound * 4, length.contains(text.scalarCount) else { throw Refusal(.bad(word)) }
        return text
    }

    private func optionalInteger(
        _ name: vl_slot_name,
        _ range: ClosedRange<UInt8>,
        _ word: StaticWord
    ) throws(Refusal) -> UInt8? {
        let value = slot(name)
        guard value.isPresent else { return nil }
        guard let number = value.number, let integer = UInt8(exactly: number), range.contains(integer) else {
            throw Refusal(.bad(word))
        }
        return integer
    }

    private func optionalBool(_ name: vl_slot_name, _ word: StaticWord) throws(Refusal) -> Bool? {
        let value = slot(name)
        guard value.isPresent else { return nil }
        guard value.kind == VL_BOOL.rawValue else { throw Refusal(.bad(word)) }
        return value.bits != 0
    }

    private func requiredWord<Value>(
        _ name: vl_slot_name,
        _ table: (Text) -> Value?,
        _ word: StaticWord
    ) throws(Refusal) -> Value {
        let value = slot(name)
        try require(value, word)
        guard let found = value.text.flatMap(table) else { throw Refusal(.bad(word)) }
        return found
    }
}

extension vl_slot {
    var isPresent: Bool { kind != VL_MISSING.rawValue }

    var text: Text? {
        kind == VL_STRING.rawValue ? Text(start: start, count: Int(length)) : nil
    }

    /// The value of a JSON number; a bool or a string is none.
    var number: Double? { kind == VL_NUMBER.rawValue ? bits : nil }

    var isScalar: Bool { kind == VL_STRING.rawValue || kind == VL_NUMBER.rawValue || kind == VL_BOOL.rawValue }
}

extension Text {
    /// A pseudonym: 1–64 of `A-Za-z0-9._:-`.
    package var isDeviceReference: Bool {
        guard (1...64).contains(count) else { return false }
        return vl_is_reference(start, count)
    }
}
