import Store
import Telemetry

/// A seeded stream of batches of every type: duplicates, late and rejected events, history, clocks that lie, two municipalities.
struct ManyEvents {
    static let eventsPerMessage = 400
    private static let types = [
        "raised", "repeated", "answered", "acknowledged", "dispatched", "accepted", "departed", "arrived", "closed",
    ]

    private var random: SplitMix
    private var position: Int64 = 0
    private var received = RandomJournal.start
    private var number: Int64 = 0

    init(seed: UInt64) { random = SplitMix(state: seed) }

    mutating func messages(_ count: Int) -> [JournalMessage] { (0..<count).map { _ in message() } }

    private mutating func message() -> JournalMessage {
        position += 1
        received += 20_000 + random.below(20_000)
        let municipality = random.pick(["3407", "3407", "3440"])
        let channel = random.pick(["alarm", "telemetry", "telemetry", "history"])
        var payload = "["
        for index in 0..<ManyEvents.eventsPerMessage {
            if index > 0 { payload += "," }
            payload += event()
        }
        payload += "]"
        return JournalMessage(
            position: position,
            received: received,
            topic: "vaktlast/v1/\(municipality)/\(random.pick(["a", "b"]))/\(channel)",
            payload: Array(payload.utf8)
        )
    }

    private mutating func event() -> String {
        number += 1
        // One in twenty has an id that was there before; one in a hundred has a device that is none.
        let id = random.below(20) == 0 ? random.below(number) : number
        let zone = random.pick(["biri", "haugtun", "nordbyen", "mars"])
        let device = random.below(100) == 0 ? "no device" : "d-\(random.below(2000))"
        var (type, data) = ("device.heartbeat", "")
        switch random.below(20) {
        case 0..<3:
            type = "alarm.\(random.pick(ManyEvents.types))"
            data = #","alarm":"a\#(number / 200 + random.below(20))","kind":"fall","outcome":"\#(random.pick(["visited", "test", "other"]))""#
        case 3: (type, data) = ("sensor.observed", #","property":"door","value":true"#)
        case 4: (type, data) = (random.pick(["device.fault", "device.restored"]), #","fault":"tamper""#)
        case 5:
            let technology = number % 2 == 0 ? "location" : "digital-supervision"
            (type, data) = ("assist.performed", #","technology":"\#(technology)","result":"\#(number % 7 == 0 ? "follow-up" : "done")""#)
        case 6: type = "device.tested"
        case 7: (type, data) = (random.pick(["device.fault", "device.restored"]), #","fault":"battery-low""#)
        case 8..<12: data = #","battery":\#(random.below(40))"#
        default: break
        }
        let time =
            switch random.below(40) {
            case 0: ""
            case 1: #""time":"2001-01-01T00:00:00Z","#
            case 2: #""time":"\#(Timestamp.format(received - random.below(100) * 3_600_000))","#
            default: #""time":"\#(Timestamp.format(received - random.below(600_000)))","#
            }
        let sequence = random.below(1000) == 0 ? random.below(number) : number
        return #"{"specversion":"1.0","id":"e\#(id)","source":"s",\#(time)"type":"no.vaktlast.\#(type)","sequence":"\#(sequence)","#
            + #""data":{"device":"\#(device)","zone":"\#(zone)"\#(data)}}"#
    }
}
