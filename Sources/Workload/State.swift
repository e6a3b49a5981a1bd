package import Telemetry

/// The fold (CONTRACT 4–6): eats decoded events in journal order and yields alarms, load cells, ledgers and
/// devices. Pure: it never asks what time it is, and the same journal gives the same state.
package struct State {
    /// Of one message, what its events share.
    package struct Message {
        package var position: Int64
        package var received: EventTime
        /// History and imports: never late, never a revision, not on the live board.
        package var isHistory: Bool
        package let municipality: UInt32
        package let source: UInt32
    }

    package enum Verdict: Equatable { case accepted, duplicate }

    struct Source {
        var municipality: UInt32
        var name: String
        /// The same after a restart, when the source has another number: stored hashes of ids depend on it.
        let hashScope: UInt64
        var ledger: Ledger
        var isDirty = false
    }

    /// What is counted of a source; taken out of its place while the events of a message are counted.
    struct Ledger {
        var record: LedgerRecord
        var arrived = SequenceSet()
        var accepted = SequenceSet()
    }

    let hasher: TextHasher
    var zones: ZoneIndex
    var sources: ContiguousArray<Source> = []
    private var sourceNumbers: [String: UInt32] = [:]
    var dirtySources: [UInt32] = []

    package var seen: SeenIDs
    var alarmEvents: AlarmEvents
    var alarmNames: TextTable
    var alarms: ContiguousArray<Alarm> = []
    var dirtyAlarms: [UInt32] = []
    var alarmCells = AlarmCells()
    var telemetry = TelemetryCells()
    var assists = AssistCounts()
    var devices: DeviceLog
    var watch: DeviceWatch
    var faults = DeviceFaults()
    var boards: [UInt32: ZoneBoard] = [:]
    var dirtyBoards: Set<UInt32> = []
    var unknownZones: [UnknownZone: Int64] = [:]
    var dirtyUnknownZones: Set<UnknownZone> = []
    var newAlarmEvents: [NewAlarmEvent] = []
    /// The zones that alarm events have named since the views were told, known or not.
    var said: TextTable
    /// Contributions before and after a change, kept to be used again.
    var before: ContiguousArray<Contribution> = []
    var after: ContiguousArray<Contribution> = []

    /// Hashes of a message's events; kept only to be used again.
    private var hashes: ContiguousArray<Hashes> = []

    struct UnknownZone: Hashable {
        var municipality: UInt32
        var name: [UInt8]
    }

    /// Names of unknown zones beyond this many a municipality are counted as one, `…`.
    package static let unknownZonesMax = 1000

    package init(plan: ZonePlan, hashKey: UInt64, seen: SeenIDs = SeenIDs(), rules: [String: WatchRule] = [:]) {
        hasher = TextHasher(key: hashKey)
        zones = ZoneIndex(plan: plan, hasher: hasher)
        alarmEvents = AlarmEvents(hasher: hasher)
        alarmNames = TextTable(hasher: hasher)
        said = TextTable(hasher: hasher)
        devices = DeviceLog(hasher: hasher)
        watch = DeviceWatch(rules: rules)
        self.seen = seen
        // The board of every zone is told anew at each start, also the empty ones.
        dirtyBoards = Set(zones.zones.indices.map { UInt32($0) })
        for municipality in plan.municipalities {
            let number = zones.municipality(municipality.number)
            for registration in municipality.registry {
                guard let zone = registration.zone.withText({ zones.zone($0, in: number) }) else { continue }
                let device = registration.device.withText { devices.number($0, municipality: number) }
                let place = ZoneIndex.Place(zone: zone, from: registration.from, to: registration.to)
                devices.register(device, place)
                watch.add(device, place, profile: registration.profile, municipality: number, in: &devices)
            }
        }
    }

    // MARK: - Messages

    /// Starts a message with a good topic and counts it.
    package mutating func begin(
        position: Int64,
        received: EventTime,
        municipality: String,
        source: String,
        isHistory: Bool
    ) -> Message {
        let number = self.source(source, in: municipality)
        return begin(position: position, received: received, source: number, isHistory: isHistory)
    }

    /// The same with the number of the source, which stays as long as the state.
    package mutating func begin(position: Int64, received: EventTime, source: UInt32, isHistory: Bool) -> Message {
        seen.expire(at: received)
        sources[Int(source)].ledger.record.messages += 1
        markDirty(source: source)
        return Message(
            position: position,
            received: received,
            isHistory: isHistory,
            municipality: sources[Int(source)].municipality,
            source: source
        )
    }

    /// The number of a source; a new one where it has none.
    package mutating func source(_ name: String, in municipality: String) -> UInt32 {
        let key = "\(municipality)/\(name)"
        if let number = sourceNumbers[key] { return number }
        let number = UInt32(sources.count)
        sources.append(
            Source(
                municipality: zones.municipality(municipality),
                name: name,
                hashScope: key.withText { hasher.hash($0, scope: 0) },
                ledger: Ledger(record: LedgerRecord(municipality: municipality, source: name))
            )
        )
        sourceNumbers[key] = number
        return number
    }

    /// The number of a source that is known already.
    func number(ofSource name: String, in municipality: String) -> UInt32? { sourceNumbers["\(municipality)/\(name)"] }

    private mutating func markDirty(source: UInt32) {
        guard !sources[Int(source)].isDirty else { return }
        sources[Int(source)].isDirty = true
        dirtySources.append(source)
    }

    /// Counts a refused event; its sequence, where readable, has arrived.
    package mutating func reject(sequence: Int64?, in message: Message) {
        sources[Int(message.source)].ledger.record.rejected += 1
        if let sequence { sources[Int(message.source)].ledger.arrived.insert(sequence) }
    }

    /// Words for what was odd beyond this many a source are counted as one, `…`.
    package static let oddityWordsMax = 100

    /// Counts what a codec found odd in a message.
    package mutating func count(oddities words: [String], in message: Message) {
        for word in words {
            let known = sources[Int(message.source)].ledger.record.oddities
            let counted = known[word] == nil && known.count >= State.oddityWordsMax ? "…" : word
            sources[Int(message.source)].ledger.record.oddities[counted, default: 0] += 1
        }
    }

    /// Whether an event with this id was accepted from the message's source, as far as ids are remembered.
    package func knows(id: String, in message: Message) -> Bool {
        id.withText { id in
            let hash = hasher.hash(id, scope: sources[Int(message.source)].hashScope)
            return seen.contains(hash) || alarmEvents.contains(id, source: message.source, hash: hash)
        }
    }

    /// Counts a valid event once. Expected O(1), for `alarm.*` O(quarters that its alarm touches).
    package mutating func apply(_ event: Event, index: Int, in message: Message) -> Verdict {
        let scope = sources[Int(message.source)].hashScope
        return withUnsafePointer(to: event) { event in
            let hashes = hashes(of: event, in: message, scope: scope)
            return withLedger(of: message) { $0.apply(event, hashes, index: index, in: message, &$1) }
        }
    }

    /// Counts the valid events of a message that has no others; how many of them are accepted.
    ///
    /// The tables of ids and devices are far larger than the processor's caches. So the places of some events are
    /// fetched ahead, where one need not wait for the other.
    package mutating func apply(_ events: ContiguousArray<Event>, in message: Message) -> Int {
        let scope = sources[Int(message.source)].hashScope
        var hashes: ContiguousArray<Hashes> = []
        swap(&hashes, &self.hashes)
        hashes.removeAll(keepingCapacity: true)
        let accepted = events.withUnsafeBufferPointer { events in
            guard let first = events.baseAddress else { return 0 }
            var accepted = 0
            var start = 0
            while start < events.count {
                let end = min(start + State.fetchedAheadCount, events.count)
                // The places of the next events as well, so that they are there when their turn comes.
                for index in hashes.count..<min(end + State.fetchedAheadCount, events.count) {
                    let hash = self.hashes(of: first + index, in: message, scope: scope)
                    hashes.append(hash)
                    seen.prefetch(hash.id)
                    alarmEvents.prefetch(hash.id)
                    devices.table.prefetch(hash.device)
                    if hash.alarm != 0 { alarmNames.prefetch(hash.alarm) }
                }
                var hasAlarms = false
                for index in start..<end {
                    if let device = devices.table.likelyNumber(hashes[index].device) { devices.prefetch(device) }
                    if hashes[index].alarm != 0 {
                        hasAlarms = true
                        if let alarm = alarmNames.likelyNumber(hashes[index].alarm) { prefetchAlarm(alarm) }
                    }
                }
                if hasAlarms { prefetchHeldEvents(hashes[start..<end]) }
                withLedger(of: message) { state, ledger in
                    for index in start..<end where state.apply(first + index, hashes[index], index: index, in: message, &ledger) == .accepted {
                        accepted += 1
                    }
                }
                start = end
            }
            return accepted
        }
        swap(&hashes, &self.hashes)
        return accepted
    }

    /// Lends the ledger of a message's source, so that it is not looked up for each of its counts.
    @inline(__always)
    private mutating func withLedger<Result>(of message: Message, _ body: (inout State, inout Ledger) -> Result) -> Result {
        let source = Int(message.source)
        var ledger = Ledger(record: LedgerRecord(municipality: "", source: ""))
        swap(&ledger, &sources[source].ledger)
        let result = body(&self, &ledger)
        swap(&ledger, &sources[source].ledger)
        return result
    }

    /// Few enough that what is fetched stays in the nearest cache until it is used.
    private static let fetchedAheadCount = 48

    /// Hashes of an event's id and its alarm in its source, and of its device in its municipality; 0 for none.
    struct Hashes {
        var id: UInt64
        var device: UInt64
        var alarm: UInt64
    }

    @inline(__always)
    func hashes(of event: UnsafePointer<Event>, in message: Message, scope: UInt64) -> Hashes {
        Hashes(
            id: hasher.hash(event.pointee.id, scope: scope),
            device: event.pointee.device.map { devices.table.hash($0, scope: message.municipality) } ?? 0,
            alarm: event.pointee.type.isAlarm ? alarmNames.hash(event.pointee.alarm, scope: message.source) : 0
        )
    }

    @inline(__always)
    private mutating func apply(
        _ event: UnsafePointer<Event>,
        _ hashes: Hashes,
        index: Int,
        in message: Message,
        _ ledger: inout Ledger
    ) -> Verdict {
        if let sequence = event.pointee.sequence { ledger.arrived.insert(sequence) }
        let (t, flag) = State.effectiveTime(event.pointee.time, received: message.received)
        let hash = hashes.id
        let place = seen.probe(hash)
        guard !place.isSeen, !isDuplicate(event, hash: hash, t: t, in: message, ledger) else {
            ledger.record.duplicates += 1
            return .duplicate
        }
        let isLate = !message.isHistory && message.received - t > TimeRule.lateAfterMilliseconds
        ledger.count(event, flag: flag, isLate: isLate, received: message.received)

        let device = event.pointee.device.map {
            devices.number($0, municipality: message.municipality, hash: hashes.device)
        }
        let zone = resolveZone(event.pointee.zone, device: device, t: t, municipality: message.municipality)
        if let other = event.pointee.respondingZone, zones.zone(other, in: message.municipality) == nil {
            countUnknownZone(other, municipality: message.municipality)
        }
        if let device {
            devices.sign(device, at: t)
            let watched = devices.watched(device)
            if watched >= 0 { watch.note(event, watched, t: t, source: message.source, isHistory: message.isHistory) }
            if let fault = event.pointee.fault { noteFault(fault, event, device: device, watched: watched, t: t) }
        }
        if event.pointee.type.isAlarm {
            applyAlarm(
                event.pointee,
                hashes,
                t: t,
                flag: flag,
                isLate: isLate,
                zone: zone,
                device: device,
                index: index,
                in: message
            )
        } else {
            seen.insert(hash, received: message.received, at: place.slot)
            let zone = zone ?? zones.unknownZone(of: message.municipality)
            if event.pointee.type == .assistPerformed { assists.count(event, zone: zone, t: t) }
            telemetry.count(
                State.telemetryKind(event.pointee.type),
                isLate: isLate,
                zone: zone,
                quarter: TimeRule.quarter(of: t),
                received: message.received,
                isHistory: message.isHistory
            )
        }
        return .accepted
    }

    // MARK: - Rules

    /// CONTRACT 4's table.
    package static func effectiveTime(_ time: EventTime?, received: EventTime) -> (t: EventTime, flag: ClockFlag?) {
        guard let time else { return (received, .noClock) }
        if time < TimeRule.earliestSetClock { return (received, .unsetClock) }
        if time > received + TimeRule.futureToleranceMilliseconds { return (received, .future) }
        return (time, nil)
    }

    private static func telemetryKind(_ type: EventType) -> TelemetryCounts.Kind? {
        switch type {
        case .deviceHeartbeat: .heartbeats
        case .sensorObserved: .observations
        case .deviceFault: .faults
        case .assistPerformed: .assists
        default: nil
        }
    }

    /// Whether an event that is not among the remembered ids is a duplicate.
    @inline(__always)
    private func isDuplicate(
        _ event: UnsafePointer<Event>,
        hash: UInt64,
        t: EventTime,
        in message: Message,
        _ ledger: borrowing Ledger
    ) -> Bool {
        if alarmEvents.contains(event.pointee.id, source: message.source, hash: hash) { return true }
        guard !event.pointee.type.isAlarm, let sequence = event.pointee.sequence, t < seen.horizon(at: message.received) else {
            return false
        }
        return ledger.accepted.contains(sequence)
    }

    /// The zone that an event leads to: its own if configured, else the registry's; nil for neither.
    mutating func resolveZone(_ said: Text?, device: UInt32?, t: EventTime, municipality: UInt32) -> UInt32? {
        if let said {
            if let zone = zones.zone(said, in: municipality) { return zone }
            countUnknownZone(said, municipality: municipality)
        }
        return device.flatMap { devices.zone($0, at: t) }
    }

    private mutating func countUnknownZone(_ said: Text, municipality: UInt32) {
        var key = UnknownZone(municipality: municipality, name: Array(said.storable.utf8))
        if unknownZones[key] == nil, unknownZones.count >= State.unknownZonesMax * zones.municipalities.count {
            key.name = Array("…".utf8)
        }
        unknownZones[key, default: 0] += 1
        dirtyUnknownZones.insert(key)
    }
}

extension State.Ledger {
    /// Counts an accepted event.
    @inline(__always)
    fileprivate mutating func count(_ event: UnsafePointer<Event>, flag: ClockFlag?, isLate: Bool, received: EventTime) {
        record.accepted += 1
        if let sequence = event.pointee.sequence, !accepted.insert(sequence) {
            record.sequenceReuse += 1
            if record.sequenceReuseFirst == nil { record.sequenceReuseFirst = received }
        }
        if isLate { record.late += 1 }
        switch flag {
        case .noClock: record.noClock += 1
        case .unsetClock: record.unsetClock += 1
        case .future: record.future += 1
        case nil: break
        }
    }
}

extension Text {
    /// The text for the store, whose strings end at a NUL; no configured name has one.
    var storable: String {
        buffer.contains(0) ? string.replacing("\0", with: "\u{FFFD}") : string
    }
}
