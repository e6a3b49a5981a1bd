package import Telemetry

/// A message in a device's own format, as a codec sees it.
package struct NativeMessage {
    package var payload: [UInt8]
    /// What stands behind `native/{codec}/`, or the topic of a foreign tree, for Zigbee2MQTT without its base; empty where
    /// there is nothing.
    package var topic: String
    package var municipality: String
    package var source: String
    package var received: EventTime

    package init(payload: [UInt8], topic: String, municipality: String, source: String, received: EventTime) {
        self.payload = payload
        self.topic = topic
        self.municipality = municipality
        self.source = source
        self.received = received
    }
}

/// What a codec made of a message.
package struct NativeReading: Equatable, Sendable {
    /// None for a message that says nothing to count, such as a bridge's own state.
    package var events: [DeviceEvent] = []
    /// What was odd but not in the way: short fixed words, counted in the source's ledger.
    package var oddities: [String] = []

    package init(events: [DeviceEvent] = [], oddities: [String] = []) {
        self.events = events
        self.oddities = oddities
    }
}

/// Why a codec refused a message: `detail` is what stands behind `codec:` in receipts and quarantine. It never holds
/// text of the payload beyond a name, and no personal data.
package struct CodecRefusal: Error, Equatable {
    package let detail: String
    package init(_ detail: String) { self.detail = detail }
}
