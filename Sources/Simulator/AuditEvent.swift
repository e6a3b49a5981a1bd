/// The steps of an alarm, in the order of its life.
enum AuditStep: String, CaseIterable {
    case raised, answered, acknowledged, dispatched, accepted, departed, arrived, closed
}

/// An event that was accepted, with what the figures need.
struct AuditEvent {
    var municipality: String
    var source: String
    var id: [UInt8]
    /// Behind `no.vaktlast.`
    var type: String
    /// The number of the message in reading order, from 0.
    var message: Int
    var isHistory: Bool
    /// The effective time.
    var time: Int64
    /// `no-clock`, `unset-clock` or `future`.
    var flag: String?
    var isLate: Bool
    var data: AuditEventData
    /// Where `data` or the registry has it; `ukjent` otherwise.
    var zone: String

    var isAlarm: Bool { type.hasPrefix("alarm.") }
    var quarter: Int64 { AuditClock.floor(time, 900_000) }

    /// The order of (t, id), ids bytewise.
    static func precedes(_ left: AuditEvent, _ right: AuditEvent) -> Bool {
        left.time != right.time ? left.time < right.time : left.id.lexicographicallyPrecedes(right.id)
    }
}

/// The members of `data` that figures and answers use.
struct AuditEventData {
    var device: String?
    var zone: [UInt8]?
    var alarm: [UInt8] = []
    var kind: String?
    var priority: Int?
    var test = false
    var voice: Bool?
    var respondingZone: [UInt8]?
    var responders: Int?
    var outcome: String?
    var cause: String?
    var technology: String?
    var result: String?
}

/// A refusal with its reason.
struct AuditRejection: Error, Equatable {
    var reason: String
}

/// One event as written, checked in the order of CONTRACT 2 and 3.
struct AuditCandidate {
    var id: [UInt8]
    var type: String
    /// The event's own time in milliseconds.
    var time: Int64?
    var sequence: Int64?
    var data: AuditEventData

    static let prefix = "no.vaktlast."
    static let types = [
        "alarm.raised", "alarm.repeated", "alarm.answered", "alarm.acknowledged", "alarm.dispatched",
        "alarm.accepted", "alarm.departed", "alarm.arrived", "alarm.closed", "sensor.observed", "assist.performed",
        "device.heartbeat", "device.fault", "device.restored", "device.tested",
    ]

    init(_ event: AuditJSON) throws(AuditRejection) {
        guard event.isObject else { throw AuditRejection(reason: "not-an-event") }
        guard !AuditPersonalData.isIn(event) else { throw AuditRejection(reason: "personal-data") }

        let version = try AuditCandidate.required(event, "specversion")
        guard version.stringBytes.map({ $0.elementsEqual("1.0".utf8) }) == true else { throw .bad("specversion") }
        guard let id = AuditCandidate.id(try AuditCandidate.required(event, "id")) else { throw .bad("id") }
        self.id = id
        let source = try AuditCandidate.required(event, "source")
        guard source.stringBytes?.isEmpty == false else { throw .bad("source") }
        guard let typeBytes = try AuditCandidate.required(event, "type").stringBytes,
            let type = AuditCandidate.types.first(where: { typeBytes.elementsEqual((AuditCandidate.prefix + $0).utf8) })
        else { throw AuditRejection(reason: "unknown-type") }
        self.type = type
        if let written = event.member("time") {
            guard let text = written.stringBytes, let milliseconds = AuditClock.milliseconds(text) else {
                throw AuditRejection(reason: "bad-time")
            }
            time = milliseconds
        }
        var subject: [UInt8]?
        if let written = event.member("subject") {
            guard let text = written.stringBytes else { throw .bad("subject") }
            subject = text
        }
        if event.member("sequence") != nil {
            guard let sequence = AuditCandidate.sequence(event) else { throw .bad("sequence") }
            self.sequence = sequence
        }
        let data = try AuditCandidate.required(event, "data")
        guard data.isObject else { throw .bad("data") }
        self.data = try AuditEventData(data, type: type, subject: subject)
    }

    static func id(_ value: AuditJSON) -> [UInt8]? {
        guard let bytes = value.stringBytes, (1...128).contains(bytes.count), !hasControls(bytes) else { return nil }
        return bytes
    }

    /// The sequence of an event, also of a rejected one, if it can be read.
    static func sequence(_ event: AuditJSON) -> Int64? {
        guard let bytes = event.member("sequence")?.stringBytes, (1...18).contains(bytes.count),
            bytes.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int64(String(decoding: bytes, as: UTF8.self))
    }

    static func hasControls(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    static func required(_ object: AuditJSON, _ name: String) throws(AuditRejection) -> AuditJSON {
        guard let value = object.member(name) else { throw .missing(name) }
        return value
    }
}

extension AuditRejection {
    static func missing(_ name: String) -> AuditRejection { AuditRejection(reason: "missing:\(name)") }
    static func bad(_ name: String) -> AuditRejection { AuditRejection(reason: "bad:\(name)") }
}
