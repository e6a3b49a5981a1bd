import Simulator
import Store
import Telemetry

/// Seeded messages that meet every rule of time, identity and load: few names, so that they collide.
struct RandomJournal {
    static let municipality = "3407"
    static let zones = ["biri", "haugtun", "nordbyen"]
    static let registry: [(device: String, zone: String, from: Int64?, to: Int64?)] = [
        ("d-1", "biri", nil, nil), ("d-2", "haugtun", nil, start + 3 * hour), ("d-2", "nordbyen", start + 3 * hour, nil),
    ]
    /// Sunday 2026-10-25, when Oslo's day has 25 hours, 20:00Z.
    static let start: Int64 = 1_792_958_400_000
    static let hour: Int64 = 3_600_000

    private var random: SplitMix
    private var received = RandomJournal.start
    private var eventNumber = 0
    private(set) var messages: [JournalMessage] = []

    init(seed: UInt64, messageCount: Int) {
        random = SplitMix(state: seed)
        for position in 1...Int64(messageCount) { messages.append(message(at: position)) }
    }

    private mutating func message(at position: Int64) -> JournalMessage {
        received += random.pick([0, 0, 1, 1000, 30_000, 400_000, random.below(2_000_000)])
        let source = random.pick(["a", "a", "b"])
        let channel = random.pick(["alarm", "alarm", "telemetry", "history", "import"])
        let count = Int(random.pick([1, 1, 1, 2, 7]))
        let events = (0..<count).map { _ in event() }
        let payload = count == 1 && random.below(2) == 0 ? events[0] : "[\(events.joined(separator: ","))]"
        return JournalMessage(
            position: position,
            received: received,
            topic: "vaktlast/v1/\(RandomJournal.municipality)/\(source)/\(channel)",
            payload: Array(payload.utf8)
        )
    }

    private mutating func event() -> String {
        eventNumber += 1
        // A third of the ids have been seen before.
        let id = random.below(3) == 0 ? "e\(random.below(Int64(eventNumber)))" : "e\(eventNumber)"
        var members = [#""specversion":"1.0""#, #""id":"\#(id)""#, #""source":"s""#]
        if let time = time() { members.append(#""time":"\#(time)""#) }
        if random.below(3) > 0 { members.append(#""sequence":"\#(random.below(400))""#) }
        let (type, data) = random.below(4) == 0 ? telemetry() : alarmStep()
        members.append(#""type":"no.vaktlast.\#(type)""#)
        members.append(#""data":{\#(data.joined(separator: ","))}"#)
        return "{\(members.joined(separator: ","))}"
    }

    private mutating func time() -> String? {
        let time: Int64
        switch random.below(20) {
        case 0: return nil
        case 1: time = 1_000_000_000_000
        case 2: time = received + 300_000 + random.below(3) - 1
        case 3: time = received - 900_000 - random.below(2)
        case 4: time = received - 80 * RandomJournal.hour + random.below(16 * RandomJournal.hour)
        default:
            // Often on the same few instants, so that ties and touching intervals happen.
            let back = random.below(3) == 0 ? random.below(9 * 3600) * 1000 : random.below(40) * 450_000
            time = received - back
        }
        return Timestamp.format(time)
    }

    private mutating func place() -> [String] {
        var data: [String] = []
        if random.below(2) == 0 { data.append(#""zone":"\#(random.pick(RandomJournal.zones + ["ukjent", "mars"]))""#) }
        if random.below(3) > 0 { data.append(#""device":"\#(random.pick(["d-1", "d-2", "d-3"]))""#) }
        return data
    }

    private mutating func telemetry() -> (String, [String]) {
        var data = place()
        let kind = random.pick(["device.heartbeat", "sensor.observed", "device.fault", "assist.performed", "device.tested"])
        switch kind {
        case "sensor.observed": data += [#""property":"contact""#, #""value":true"#]
        case "device.fault": data.append(#""fault":"\#(random.pick(["tamper", "none"]))""#)
        case "assist.performed":
            // By number, not drawn: the seeds keep the journals that have found faults before.
            let technology = ["location", "medication-dispenser", "electronic-lock", "location"][eventNumber % 4]
            data += [#""technology":"\#(technology)""#, #""result":"\#(eventNumber % 3 == 0 ? "follow-up" : "done")""#]
        default: break
        }
        return (kind, data)
    }

    private mutating func alarmStep() -> (String, [String]) {
        var data = place() + [#""alarm":"a\#(random.below(12))""#]
        let type = random.pick([
            "raised", "raised", "repeated", "answered", "acknowledged", "dispatched", "accepted", "departed", "arrived",
            "closed", "closed",
        ])
        switch type {
        case "raised":
            data.append(#""kind":"\#(random.pick(["manual", "fall"]))""#)
            if random.below(8) == 0 { data.append(#""test":true"#) }
        case "answered": if random.below(2) == 0 { data.append(#""voice":\#(random.pick(["true", "false"]))"#) }
        case "dispatched":
            if random.below(3) == 0 { data.append(#""respondingZone":"\#(random.pick(["biri", "haugtun", "moon"]))""#) }
        case "accepted": if random.below(2) == 0 { data.append(#""responders":\#(1 + random.below(3))"#) }
        case "closed":
            let outcomes = ["visited", "unintended", "resolved-by-voice", "other", "test"]
            data.append(#""outcome":"\#(outcomes[Int(min(random.below(9), 4))])""#)
        default: break
        }
        return ("alarm.\(type)", data)
    }
}

/// Steele, Lea & Flood 2014.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 0 ..< bound
    mutating func below(_ bound: Int64) -> Int64 { Int64(next() % UInt64(bound)) }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[Int(below(Int64(values.count)))] }
}
