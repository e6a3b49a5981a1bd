extension Simulation {
    /// A message may have this many events (CONTRACT 2) …
    package static let batchCountMax = 5_000
    /// … and this many bytes.
    package static let payloadBytesMax = 1_048_576

    /// Groups events, in their order, into JSON arrays: payloads of at most `eventCountMax` events that fit a message.
    package static func batches(of events: [SimulatedEvent], eventCountMax: Int = 500) -> [[UInt8]] {
        precondition((1...batchCountMax).contains(eventCountMax), "a batch has 1 to \(batchCountMax) events")
        var payloads: [[UInt8]] = []
        var payload: [UInt8] = []
        var count = 0
        func opening() -> UInt8 { count == 0 ? UInt8(ascii: "[") : UInt8(ascii: ",") }
        for event in events {
            if count == eventCountMax || payload.count + event.json.count + 2 > payloadBytesMax, count > 0 {
                payload.append(UInt8(ascii: "]"))
                payloads.append(payload)
                payload = []
                count = 0
            }
            payload.append(opening())
            payload.append(contentsOf: event.json)
            count += 1
        }
        if count > 0 {
            payload.append(UInt8(ascii: "]"))
            payloads.append(payload)
        }
        return payloads
    }
}
