/// A message as the journal holds it, its payload not compressed.
package struct AuditedMessage: Sendable {
    package var position: Int64
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package var received: Int64
    package var topic: String
    package var payload: [UInt8]
    /// What a device's own format must become.
    package var meaning: SimulatedMessage.Meaning

    package init(
        position: Int64,
        received: Int64,
        topic: String,
        payload: [UInt8],
        meaning: SimulatedMessage.Meaning = .canonical
    ) {
        self.position = position
        self.received = received
        self.topic = topic
        self.payload = payload
        self.meaning = meaning
    }
}

/// A municipality's zones and registry, as configured.
package struct AuditedMunicipality: Sendable {
    package struct Device: Sendable {
        package var device: String
        package var zone: String
        /// The device was there in `[from, to)`; nil is without limit.
        package var from: Int64?
        package var to: Int64?

        package init(device: String, zone: String, from: Int64? = nil, to: Int64? = nil) {
            self.device = device
            self.zone = zone
            self.from = from
            self.to = to
        }
    }

    package var number: String
    package var zones: [String]
    package var registry: [Device]

    package init(number: String, zones: [String], registry: [Device]) {
        self.number = number
        self.zones = zones
        self.registry = registry
    }
}

/// An independent recomputation of CONTRACT 2–6: the judge of the service's figures.
///
/// It shares no code with what it judges, keeps every accepted event and works out each answer from scratch, in
/// the order of the contract's sentences. Slow on purpose; a week of a small municipality takes a moment.
package struct Auditor: Sendable {
    /// What of one source was counted.
    struct Ledger {
        var messages = 0
        var accepted = 0
        var duplicates = 0
        var rejected = 0
        var late = 0
        var clocks: [String: Int] = ["no-clock": 0, "unset-clock": 0, "future": 0]
        /// Of every event that came, also of rejected ones and copies.
        var arrivedSequences: Set<Int64> = []
        var acceptedSequences: Set<Int64> = []
        var sequenceReuse = 0
    }

    struct SourceKey: Hashable {
        var municipality: String
        var source: String
    }

    /// One that is in quarantine.
    struct Refused {
        var key: SourceKey
        var position: Int64
        var index: Int
        var id: [UInt8]?
        var reason: String
    }

    /// The memory of an accepted id.
    private struct Remembered {
        var received: Int64
        var isAlarm: Bool
    }

    private static let payloadBytesMax = 1_048_576
    private static let eventCountMax = 5_000
    private static let earliestClock: Int64 = 1_420_070_400_000
    private static let futureMilliseconds: Int64 = 300_000
    private static let lateMilliseconds: Int64 = 900_000

    /// Ids of events other than alarms are remembered for so long in receive time.
    package var memoryMilliseconds: Int64 = 72 * 3_600_000

    let municipalities: [String: AuditedMunicipality]
    private let registries: [String: [String: [AuditedMunicipality.Device]]]
    private(set) var events: [AuditEvent] = []
    private(set) var ledgers: [SourceKey: Ledger] = [:]
    /// In reading order.
    private(set) var refused: [Refused] = []
    /// The receive time of each message, in reading order.
    private(set) var receivedTimes: [Int64] = []
    private var remembered: [SourceKey: [[UInt8]: Remembered]] = [:]

    package init(municipalities: [AuditedMunicipality]) {
        self.municipalities = Dictionary(uniqueKeysWithValues: municipalities.map { ($0.number, $0) })
        registries = self.municipalities.mapValues { Dictionary(grouping: $0.registry, by: \.device) }
    }

    /// Reads the next message; gives its receipt, or nil for what is not read or has no ledger.
    @discardableResult
    package mutating func read(_ message: AuditedMessage) -> AuditValue? {
        let levels = message.topic.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard levels.count >= 5, levels[0] == "vaktlast", levels[1] == "v1",
            levels.count == 5 && ["alarm", "telemetry", "history", "import"].contains(levels[4]) || levels[4] == "native",
            !["zone", "service"].contains(levels[3])
        else { return nil }
        let number = receivedTimes.count
        receivedTimes.append(message.received)
        guard Auditor.isMunicipality(levels[2]), Auditor.isSource(levels[3]) else { return nil }

        let key = SourceKey(municipality: levels[2], source: levels[3])
        ledgers[key, default: Ledger()].messages += 1
        var receipt = Receipt()
        switch Auditor.parts(message) {
        case .failure(let rejection):
            ledgers[key, default: Ledger()].rejected += 1
            receipt.count = 1
            receipt.reject(index: 0, id: nil, rejection)
            refused.append(Refused(key: key, position: message.position, index: 0, id: nil, reason: rejection.reason))
        case .success(let parts):
            receipt.count = parts.count
            let isHistory = levels[4] == "history" || levels[4] == "import"
            for (index, part) in parts.enumerated() {
                take(part, index, key, message, number: number, isHistory: isHistory, &receipt)
            }
        }
        return receipt.value(message)
    }

    // MARK: Messages

    private static func isMunicipality(_ level: String) -> Bool {
        level.utf8.count == 4 && level.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isSource(_ level: String) -> Bool {
        let characters = "abcdefghijklmnopqrstuvwxyz0123456789-"
        return (1...32).contains(level.utf8.count) && level.utf8.allSatisfy { characters.utf8.contains($0) }
    }

    private static func parts(_ message: AuditedMessage) -> Result<[AuditJSON], AuditRejection> {
        switch message.meaning {
        case .canonical, .unknown: parts(message.payload)
        case .events(let events): parts(events)
        case .refused(let reason): .failure(AuditRejection(reason: reason))
        }
    }

    /// The events of a payload, or why it is refused as a whole.
    private static func parts(_ payload: [UInt8]) -> Result<[AuditJSON], AuditRejection> {
        if payload.count > payloadBytesMax { return .failure(AuditRejection(reason: "too-large")) }
        if String(validating: payload, as: UTF8.self) == nil { return .failure(AuditRejection(reason: "not-utf8")) }
        guard let json = AuditJSON.read(payload) else { return .failure(AuditRejection(reason: "not-json")) }
        switch json {
        case .object: return .success([json])
        case .array(let elements):
            if elements.count > eventCountMax { return .failure(AuditRejection(reason: "too-many-events")) }
            return .success(elements)
        default: return .failure(AuditRejection(reason: "not-an-event"))
        }
    }

    // MARK: Events

    private mutating func take(
        _ part: AuditJSON,
        _ index: Int,
        _ key: SourceKey,
        _ message: AuditedMessage,
        number: Int,
        isHistory: Bool,
        _ receipt: inout Receipt
    ) {
        let id = part.member("id").flatMap { AuditCandidate.id($0) }
        receipt.ids.append(id.map { AuditPersonalData.masked($0) ?? $0 })
        let sequenceIsPersonal = part.member("sequence").map { AuditPersonalData.isIn($0) } ?? false
        if let sequence = AuditCandidate.sequence(part), !sequenceIsPersonal {
            ledgers[key, default: Ledger()].arrivedSequences.insert(sequence)
        }
        let candidate: AuditCandidate
        do {
            candidate = try AuditCandidate(part)
        } catch {
            ledgers[key, default: Ledger()].rejected += 1
            receipt.reject(index: index, id: receipt.ids[index], error)
            refused.append(
                Refused(key: key, position: message.position, index: index, id: receipt.ids[index], reason: error.reason)
            )
            return
        }
        let event = self.event(candidate, key, message, number: number, isHistory: isHistory)
        if isDuplicate(event, candidate.sequence, key, received: message.received) {
            ledgers[key, default: Ledger()].duplicates += 1
            receipt.duplicates += 1
            return
        }
        receipt.accepted += 1
        accept(event, candidate.sequence, key, received: message.received)
    }

    private func event(
        _ candidate: AuditCandidate,
        _ key: SourceKey,
        _ message: AuditedMessage,
        number: Int,
        isHistory: Bool
    ) -> AuditEvent {
        var time = message.received
        var flag: String?
        if let own = candidate.time {
            if own < Auditor.earliestClock {
                flag = "unset-clock"
            } else if own > message.received + Auditor.futureMilliseconds {
                flag = "future"
            } else {
                time = own
            }
        } else {
            flag = "no-clock"
        }
        var event = AuditEvent(
            municipality: key.municipality,
            source: key.source,
            id: candidate.id,
            type: candidate.type,
            message: number,
            isHistory: isHistory,
            time: time,
            flag: flag,
            isLate: !isHistory && message.received - time > Auditor.lateMilliseconds,
            data: candidate.data,
            zone: "ukjent"
        )
        event.zone = zone(of: event) ?? "ukjent"
        return event
    }

    private func isDuplicate(_ event: AuditEvent, _ sequence: Int64?, _ key: SourceKey, received: Int64) -> Bool {
        let horizon = received - memoryMilliseconds
        if let first = remembered[key]?[event.id], first.isAlarm || first.received >= horizon { return true }
        guard !event.isAlarm, event.time < horizon, let sequence else { return false }
        return ledgers[key]?.acceptedSequences.contains(sequence) == true
    }

    private mutating func accept(_ event: AuditEvent, _ sequence: Int64?, _ key: SourceKey, received: Int64) {
        remembered[key, default: [:]][event.id] = Remembered(received: received, isAlarm: event.isAlarm)
        events.append(event)
        // In place: a ledger taken out and put back would be copied whole for every event.
        ledgers[key, default: Ledger()].accepted += 1
        if event.isLate { ledgers[key, default: Ledger()].late += 1 }
        if let flag = event.flag { ledgers[key, default: Ledger()].clocks[flag, default: 0] += 1 }
        if let sequence, !ledgers[key, default: Ledger()].acceptedSequences.insert(sequence).inserted {
            ledgers[key, default: Ledger()].sequenceReuse += 1
        }
    }

    // MARK: Zones

    /// `data.zone` if configured, else the registry's at the event's time; nil when neither knows one.
    private func zone(of event: AuditEvent) -> String? {
        guard let municipality = municipalities[event.municipality] else { return nil }
        if let zone = Auditor.configured(event.data.zone, municipality) { return zone }
        guard let device = event.data.device else { return nil }
        let rows = registries[event.municipality]?[device] ?? []
        let row = rows.first { ($0.from ?? .min) <= event.time && event.time < ($0.to ?? .max) }
        return row.flatMap { Auditor.configured(Array($0.zone.utf8), municipality) }
    }

    static func configured(_ name: [UInt8]?, _ municipality: AuditedMunicipality) -> String? {
        guard let name else { return nil }
        return municipality.zones.first { name.elementsEqual($0.utf8) }
    }
}

/// What the sender is told.
private struct Receipt {
    var count = 0
    var accepted = 0
    var duplicates = 0
    var rejected: [AuditValue] = []
    var ids: [[UInt8]?] = []

    private static let idsMax = 100

    private static func text(_ id: [UInt8]?) -> AuditValue {
        id.map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null
    }

    mutating func reject(index: Int, id: [UInt8]?, _ rejection: AuditRejection) {
        if ids.isEmpty { ids = [nil] }
        rejected.append(
            .object(["index": .integer(index), "id": Receipt.text(id), "reason": .string(rejection.reason)])
        )
    }

    func value(_ message: AuditedMessage) -> AuditValue {
        .object([
            "position": .integer(message.position),
            "received": .instant(message.received),
            "events": .integer(count),
            "accepted": .integer(accepted),
            "duplicates": .integer(duplicates),
            "rejected": .array(rejected),
            "ids": .array(ids.prefix(Receipt.idsMax).map { Receipt.text($0) }),
        ])
    }
}
