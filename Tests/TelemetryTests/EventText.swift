import Telemetry

/// The JSON of one event, good until a test changes it; values are raw JSON.
struct EventText {
    private(set) var attributes: [(name: String, json: String)]
    private(set) var members: [(name: String, json: String)]

    /// The members that each type must have, and nothing else.
    static let goodMembers: [String: [(String, String)]] = [
        "alarm.raised": [("device", #""d-1""#), ("alarm", #""a-1""#), ("kind", #""fall""#)],
        "alarm.repeated": [("alarm", #""a-1""#)],
        "alarm.answered": [("alarm", #""a-1""#)],
        "alarm.acknowledged": [("alarm", #""a-1""#)],
        "alarm.dispatched": [("alarm", #""a-1""#)],
        "alarm.accepted": [("alarm", #""a-1""#)],
        "alarm.departed": [("alarm", #""a-1""#)],
        "alarm.arrived": [("alarm", #""a-1""#)],
        "alarm.closed": [("alarm", #""a-1""#), ("outcome", #""visited""#)],
        "sensor.observed": [("device", #""d-1""#), ("property", #""contact""#), ("value", "true")],
        "assist.performed": [
            ("device", #""d-1""#), ("technology", #""location""#), ("result", #""done""#),
        ],
        "device.heartbeat": [("device", #""d-1""#)],
        "device.fault": [("device", #""d-1""#), ("fault", #""tamper""#)],
        "device.restored": [("device", #""d-1""#), ("fault", #""tamper""#)],
        "device.tested": [("device", #""d-1""#)],
    ]

    init(_ type: String, id: String = "e-1") {
        attributes = [
            ("specversion", #""1.0""#), ("id", #""\#(id)""#), ("source", #""urn:central""#),
            ("type", #""no.vaktlast.\#(type)""#),
        ]
        members = EventText.goodMembers[type] ?? []
    }

    /// With an attribute's value replaced or added; without it where the value is nil.
    func with(_ name: String, _ json: String?) -> EventText {
        var copy = self
        EventText.put(name, json, into: &copy.attributes)
        return copy
    }

    /// The same for a member of `data`.
    func withMember(_ name: String, _ json: String?) -> EventText {
        var copy = self
        EventText.put(name, json, into: &copy.members)
        return copy
    }

    private static func put(_ name: String, _ json: String?, into list: inout [(name: String, json: String)]) {
        let place = list.firstIndex { $0.name == name }
        switch (place, json) {
        case (let place?, let json?): list[place].json = json
        case (let place?, nil): list.remove(at: place)
        case (nil, let json?): list.append((name, json))
        case (nil, nil): break
        }
    }

    var json: String {
        let hasData = attributes.contains { $0.name == "data" || $0.name == "no-data" }
        let all = hasData ? attributes : attributes + [("data", EventText.object(members))]
        return EventText.object(all.filter { $0.name != "no-data" })
    }

    private static func object(_ list: [(name: String, json: String)]) -> String {
        "{" + list.map { "\"\($0.name)\":\($0.json)" }.joined(separator: ",") + "}"
    }
}

/// What the decoder gave for one event, copied out of its memory.
enum Reading: Equatable {
    case event(EventCopy)
    case rejected(String, id: String?, sequence: Int64?)

    init(_ decoded: Decoded) {
        switch decoded {
        case .event(let event): self = .event(EventCopy(event))
        case .rejected(let reason, let id, let sequence):
            self = .rejected(reason.word, id: id?.string, sequence: sequence)
        }
    }

    /// The reason of a rejection; nil of a good event.
    var reason: String? {
        if case .rejected(let reason, _, _) = self { reason } else { nil }
    }

    var event: EventCopy? {
        if case .event(let event) = self { event } else { nil }
    }
}

struct EventCopy: Equatable {
    var type: EventType
    var id: [UInt8]
    var time: EventTime?
    var sequence: Int64?
    var device: String?
    var zone: [UInt8]?
    var alarm: [UInt8]
    var kind: AlarmKind?
    var priority: UInt8?
    var test: Bool?
    var voice: Bool?
    var respondingZone: String?
    var responders: UInt8?
    var outcome: Outcome?
    var cause: Cause?

    init(_ event: Event) {
        type = event.type
        id = event.id.bytes
        time = event.time
        sequence = event.sequence
        device = event.device?.string
        zone = event.zone?.bytes
        alarm = event.alarm.bytes
        kind = event.kind
        priority = event.priority
        test = event.test
        voice = event.voice
        respondingZone = event.respondingZone?.string
        responders = event.responders
        outcome = event.outcome
        cause = event.cause
    }
}

enum Decoding {
    /// All events of a message, or why it is refused whole.
    static func read(_ bytes: [UInt8], personal: [Int] = []) -> Result<[Reading], MessageRefusal> {
        let decoder = CanonicalDecoder()
        return bytes.withUnsafeBufferPointer { buffer in
            decoder.open(buffer).map { _ in
                var readings: [Reading] = []
                while let decoded = decoder.next(personal: personal) { readings.append(Reading(decoded)) }
                return readings
            }
        }
    }

    static func read(_ text: String, personal: [Int] = []) -> Result<[Reading], MessageRefusal> {
        read(Array(text.utf8), personal: personal)
    }

    /// The only event of a message that is not refused.
    static func only(_ event: EventText) throws -> Reading {
        let readings = try read(event.json).get()
        guard readings.count == 1 else { throw WrongCount(count: readings.count) }
        return readings[0]
    }

    struct WrongCount: Error { let count: Int }

    /// The word of the message's refusal; nil where it is read.
    static func refusal(_ bytes: [UInt8]) -> String? {
        if case .failure(let refusal) = read(bytes) { refusal.reason.word } else { nil }
    }

    static func refusal(_ text: String) -> String? { refusal(Array(text.utf8)) }
}

/// A JSON string of a character repeated.
func quoted(_ character: String, _ count: Int) -> String { "\"" + String(repeating: character, count: count) + "\"" }
