import Telemetry

/// Holds a profile's table against a message.
struct EventTable {
    let profile: DeviceProfile

    /// Elements of an array that `each` looks at.
    static let elementsMax = 100
    /// Remembered beside the paths of the table; no path can be written so.
    private static let batteryKey = "/battery"

    /// The events of a message, in the table's order. One that gives none, or brings another battery level than the
    /// one before, gives a heartbeat: whoever speaks, lives.
    func read(_ message: DeviceMessage, _ native: NativeMessage, _ memory: inout DeviceMemory) -> NativeReading {
        var reading = NativeReading(oddities: message.oddities)
        let key = DeviceMemory.Key(municipality: native.municipality, source: native.source, device: message.device, path: "")
        let order = EventTable.order(message, native)
        if message.content == .state {
            let past = remember(message, key, order, &memory)
            for (index, row) in profile.rows.enumerated() { read(row, number: index + 1, message, past, native, &reading) }
        }
        let battery = battery(of: message, &reading)
        var batteryHasChanged = false
        if let battery {
            var key = key
            key.path = EventTable.batteryKey
            let value = JSONValue.number(battery)
            batteryHasChanged = memory.exchange(key, value, message: message.identity, order: order) != value
        }
        let hasHeartbeat = reading.events.contains { $0.type == .deviceHeartbeat }
        if !hasHeartbeat, reading.events.isEmpty || batteryHasChanged {
            var data: [(name: String, value: DeviceEvent.Value)] = []
            if let battery { data.append(("battery", .number(battery))) }
            if let signal = message.signal { data.append(("signal", .number(signal))) }
            var event = DeviceEvent(id: nextID(message, reading), type: .deviceHeartbeat, time: message.time, device: message.device, data: data)
            event.isOfMessage = true
            reading.events.append(event)
        }
        return reading
    }

    /// The events of a message are numbered in its order, not by their rows: which rows hold depends on what was before, and a
    /// copy that is read later must not become an event that nobody knows.
    private func nextID(_ message: DeviceMessage, _ reading: NativeReading) -> String {
        let count = reading.events.count(where: \.isOfMessage)
        return count == 0 ? message.identity : "\(message.identity):\(count + 1)"
    }

    /// The message's own time where it can be believed, else when it was read.
    private static func order(_ message: DeviceMessage, _ native: NativeMessage) -> EventTime {
        guard let time = message.time, time >= TimeRule.earliestSetClock,
            time <= native.received + TimeRule.futureToleranceMilliseconds
        else { return native.received }
        return time
    }

    private func battery(of message: DeviceMessage, _ reading: inout NativeReading) -> Double? {
        guard let battery = profile.batteryPath.flatMap({ message.document[$0]?.number }) ?? message.battery else { return nil }
        guard (0...100).contains(battery) else {
            reading.oddities.append("battery-out-of-range")
            return nil
        }
        return battery
    }

    // MARK: - What was before

    /// By `memoryPath`: the value before this message; nil inside for none.
    private typealias Past = [String: JSONValue?]

    /// A default makes another history than none.
    private static func memoryPath(_ condition: RowCondition) -> String {
        condition.missing == nil ? condition.path.text : "\(condition.path.text)?"
    }

    /// Looks up and renews what `changed` is compared with, once for each path of the table.
    private func remember(
        _ message: DeviceMessage,
        _ key: DeviceMemory.Key,
        _ order: EventTime,
        _ memory: inout DeviceMemory
    ) -> Past {
        var past: Past = [:]
        for condition in profile.rows.flatMap(\.conditions) where condition.changed {
            let path = EventTable.memoryPath(condition)
            guard past.index(forKey: path) == nil, let value = condition.value(in: message.document) else { continue }
            var key = key
            key.path = path
            past.updateValue(memory.exchange(key, value, message: message.identity, order: order), forKey: path)
        }
        return past
    }

    // MARK: - One row

    private func read(
        _ row: EventRow,
        number: Int,
        _ message: DeviceMessage,
        _ past: Past,
        _ native: NativeMessage,
        _ reading: inout NativeReading
    ) {
        guard let each = row.each else {
            guard row.conditions.allSatisfy({ holds($0, message.document, past, row) }) else { return }
            add(row, id: nil, message.document, message, &reading)
            return
        }
        guard let list = message.document[each] else { return }
        if list.elements.count > EventTable.elementsMax { reading.oddities.append("too-many-elements") }
        for element in list.elements.prefix(EventTable.elementsMax) {
            guard row.conditions.allSatisfy({ holds($0, element, [:], row) }) else { continue }
            // A record with a time of its own is the same in whatever message it comes again.
            let isOwn = row.time.flatMap { element[$0] } != nil
            let record = "\(message.device)\n\(number)\n\(element.json)"
            let codec = message.identity.prefix { $0 != ":" }
            add(row, id: isOwn ? "\(codec):\(DeviceText.digest(Array(record.utf8), 32)):\(number)" : nil, element, message, &reading)
        }
    }

    private func holds(_ condition: RowCondition, _ document: JSONValue, _ past: Past, _ row: EventRow) -> Bool {
        guard let value = condition.value(in: document), condition.holds(for: value) else { return false }
        guard condition.changed else { return true }
        // The first value of a device has changed; but nothing is restored that was not known to be broken.
        guard case .some(.some(let before)) = past[EventTable.memoryPath(condition)] else { return row.type != .deviceRestored }
        return condition.hasTest ? !condition.holds(for: before) : before != value
    }

    /// - Parameter ownID: of a record that is the same in whatever message it comes; nil for one of this message.
    private func add(_ row: EventRow, id ownID: String?, _ document: JSONValue, _ message: DeviceMessage, _ reading: inout NativeReading) {
        let id = ownID ?? nextID(message, reading)
        var event = DeviceEvent(id: id, type: row.type, time: message.time, device: message.device)
        event.isOfMessage = ownID == nil
        if let value = row.time.flatMap({ document[$0] }) {
            if let time = DeviceText.time(value) { event.time = time } else { reading.oddities.append("bad-time") }
        }
        for member in row.members {
            if let value = value(of: member, in: document, device: message.device) {
                event.data.append((member.name, value))
            } else if member.isRequired {
                reading.oddities.append("row-without-\(member.name)")
                return
            }
        }
        if row.type == .alarmRaised, !event.data.contains(where: { $0.name == "alarm" }) {
            event.data.insert(("alarm", .text(id)), at: 0)
        }
        reading.events.append(event)
    }

    private func value(of member: RowMember, in document: JSONValue, device: String) -> DeviceEvent.Value? {
        switch member.value {
        case .constant(let value): return value
        case .path(let path, let scale, let offset):
            guard let found = document[path] else { return nil }
            if member.name == "alarm" { return alarm(found, device: device) }
            if let number = found.number { return .number(number * scale + offset) }
            return found.scalar
        }
    }

    /// A device's own number for an alarm is unique for that device only.
    private func alarm(_ value: JSONValue, device: String) -> DeviceEvent.Value? {
        let own: String
        switch value {
        case .text(let text) where !text.isEmpty: own = text
        case .number(let number): own = number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
        default: return nil
        }
        let alarm = "\(device):\(own)"
        return .text(alarm.unicodeScalars.count <= 64 ? alarm : DeviceText.digest(Array(alarm.utf8), 32))
    }
}
