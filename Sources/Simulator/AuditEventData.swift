/// The table of CONTRACT 3, a line a member.
extension AuditEventData {
    private static let kinds = [
        "manual", "pull-cord", "fall", "smoke", "door", "bed", "inactivity", "epilepsy", "medication", "location",
        "supervision", "other",
    ]
    static let outcomes = [
        "resolved-by-voice", "visited", "emergency-services", "unintended", "test", "technical", "cancelled", "other",
    ]
    private static let causes = [
        "fall", "illness", "toilet-care", "medication", "practical", "anxiety", "unintended", "other-care", "unknown",
    ]
    private static let technologies = [
        "digital-supervision", "medication-dispenser", "electronic-lock", "location", "home-monitoring", "safety-alarm",
    ]
    private static let faults = [
        "battery-low", "mains-lost", "link-lost", "tamper", "radio-test-missing", "malfunction", "memory-full",
    ]

    init(_ data: AuditJSON, type: String, subject: [UInt8]?) throws(AuditRejection) {
        let isAlarm = type.hasPrefix("alarm.")
        if let written = data.member("device") {
            guard let bytes = written.stringBytes, AuditEventData.isDevice(bytes) else { throw .bad("device") }
            device = String(decoding: bytes, as: UTF8.self)
        } else if let subject, AuditEventData.isDevice(subject) {
            device = String(decoding: subject, as: UTF8.self)
        } else if !isAlarm || type == "alarm.raised" {
            throw .missing("device")
        }

        if isAlarm {
            alarm = try AuditEventData.text(data, "alarm", 1...64, required: true, controls: false) ?? []
        }
        switch type {
        case "alarm.raised":
            kind = try AuditEventData.word(data, "kind", of: AuditEventData.kinds, required: true)
            priority = try AuditEventData.integer(data, "priority", in: 0...9)
            test = try AuditEventData.bool(data, "test") ?? false
        case "alarm.answered":
            voice = try AuditEventData.bool(data, "voice")
        case "alarm.dispatched":
            respondingZone = try AuditEventData.text(data, "respondingZone", 1...64, required: false)
        case "alarm.accepted":
            responders = try AuditEventData.integer(data, "responders", in: 1...9)
        case "alarm.closed":
            outcome = try AuditEventData.word(data, "outcome", of: AuditEventData.outcomes, required: true)
            cause = try AuditEventData.word(data, "cause", of: AuditEventData.causes, required: false)
        case "sensor.observed":
            _ = try AuditEventData.text(data, "property", 1...64, required: true)
            let value = try AuditCandidate.required(data, "value")
            guard value.stringBytes != nil || value.boolValue != nil || value.numberValue != nil else {
                throw .bad("value")
            }
            _ = try AuditEventData.text(data, "unit", 0...32, required: false)
        case "assist.performed":
            technology = try AuditEventData.word(data, "technology", of: AuditEventData.technologies, required: true)
            result = try AuditEventData.word(data, "result", of: ["done", "follow-up"], required: true)
        case "device.heartbeat":
            try AuditEventData.number(data, "battery", in: 0...100)
            try AuditEventData.number(
                data,
                "signal",
                in: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
            )
        case "device.fault", "device.restored":
            _ = try AuditEventData.word(data, "fault", of: AuditEventData.faults, required: true)
        default: break
        }
        zone = try AuditEventData.text(data, "zone", 1...64, required: false)
    }

    static func isDevice(_ bytes: [UInt8]) -> Bool {
        let characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-"
        return (1...64).contains(bytes.count) && bytes.allSatisfy { characters.utf8.contains($0) }
    }

    /// A string by its number of Unicode scalars.
    private static func text(
        _ data: AuditJSON,
        _ name: String,
        _ counts: ClosedRange<Int>,
        required: Bool,
        controls: Bool = true
    ) throws(AuditRejection) -> [UInt8]? {
        guard let written = data.member(name) else {
            if required { throw .missing(name) }
            return nil
        }
        guard let bytes = written.stringBytes,
            counts.contains(String(decoding: bytes, as: UTF8.self).unicodeScalars.count),
            controls || !AuditCandidate.hasControls(bytes)
        else { throw .bad(name) }
        return bytes
    }

    private static func word(
        _ data: AuditJSON,
        _ name: String,
        of words: [String],
        required: Bool
    ) throws(AuditRejection) -> String? {
        guard let written = data.member(name) else {
            if required { throw .missing(name) }
            return nil
        }
        guard let bytes = written.stringBytes, let word = words.first(where: { bytes.elementsEqual($0.utf8) }) else {
            throw .bad(name)
        }
        return word
    }

    private static func bool(_ data: AuditJSON, _ name: String) throws(AuditRejection) -> Bool? {
        guard let written = data.member(name) else { return nil }
        guard let value = written.boolValue else { throw .bad(name) }
        return value
    }

    private static func integer(
        _ data: AuditJSON,
        _ name: String,
        in range: ClosedRange<Int>
    ) throws(AuditRejection) -> Int? {
        guard let written = data.member(name) else { return nil }
        guard let value = written.numberValue, let whole = Int(exactly: value), range.contains(whole) else {
            throw .bad(name)
        }
        return whole
    }

    private static func number(
        _ data: AuditJSON,
        _ name: String,
        in range: ClosedRange<Double>
    ) throws(AuditRejection) {
        guard let written = data.member(name) else { return }
        guard let value = written.numberValue, range.contains(value) else { throw .bad(name) }
    }
}
