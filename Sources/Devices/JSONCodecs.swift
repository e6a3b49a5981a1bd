import Telemetry

/// What a JSON codec found in a message before a profile's table is held against it.
struct DeviceMessage {
    enum Content {
        /// What the profile's table is for.
        case state
        /// Nothing but that the device lives, perhaps with its battery.
        case signOfLife
    }

    var content: Content
    var device: String
    /// What the ids of its events begin with: the same for the same message, at most `identityBytesMax`.
    var identity: String
    var time: EventTime?
    var document: JSONValue
    /// Below the base, for recognition.
    var topic: String
    /// Percent, where the format itself has a place for it.
    var battery: Double?
    /// dBm.
    var signal: Double?
    var oddities: [String] = []

    /// Leaves room for the row's number within the 64 of an alarm.
    static let identityBytesMax = 50
}

/// Reads the formats that are JSON: the codec finds device, time and identity, the profile's table says what it means.
struct JSONCodecs {
    /// By id.
    let profiles: [String: DeviceProfile]

    /// - Throws: `CodecRefusal` for what is no JSON, names no device, or is of a device whose model nobody knows.
    func read(
        _ message: NativeMessage,
        codec: CodecName,
        memory: inout DeviceMemory,
        registered: (_ device: String) -> String?
    ) throws(CodecRefusal) -> NativeReading {
        var reading = try meaning(of: message, codec, &memory, registered)
        var words: [String] = []
        for word in reading.oddities.map({ "\(codec.rawValue):\($0)" }) where !words.contains(word) { words.append(word) }
        reading.oddities = words
        return reading
    }

    private func meaning(
        of message: NativeMessage,
        _ codec: CodecName,
        _ memory: inout DeviceMemory,
        _ registered: (_ device: String) -> String?
    ) throws(CodecRefusal) -> NativeReading {
        let found: DeviceMessage?
        switch codec {
        case .zigbee2mqtt:
            switch try Zigbee2MQTT.read(message) {
            case .message(let state): found = state
            case .nothing: found = nil
            case .availability(let device, let isOnline):
                return availability(of: device, isOnline, message, &memory, registered)
            }
        case .chirpstack: found = try ChirpStack.read(message)
        case .thingsStack: found = try ThingsStack.read(message)
        case .scaip, .dc09: preconditionFailure("\(codec) is no JSON")
        }
        guard let found else { return NativeReading() }
        guard let profile = try profile(of: found, codec, registered) else { return NativeReading(oddities: ["group"]) }
        return EventTable(profile: profile).read(found, message, &memory)
    }

    /// The registry's word counts; without it the first profile, by id, that recognises the message. Nil for what is
    /// likely the state of a Zigbee group, which no profile describes.
    private func profile(
        of found: DeviceMessage,
        _ codec: CodecName,
        _ registered: (String) -> String?
    ) throws(CodecRefusal) -> DeviceProfile? {
        if let name = registered(found.device), let profile = profiles[name] {
            if profile.codec == codec { return profile }
            if profile.codec != nil { throw CodecRefusal("profile \(name) is not of \(codec.rawValue)") }
        }
        if let profile = recognise(found, codec) { return profile }
        if codec == .zigbee2mqtt, found.document["linkquality"] == nil, found.document["last_seen"] == nil, found.document["device"] == nil {
            return nil
        }
        throw CodecRefusal("no profile for \(found.device)")
    }

    private func recognise(_ found: DeviceMessage, _ codec: CodecName) -> DeviceProfile? {
        let candidates = profiles.values.filter { profile in
            profile.codec == codec
                && profile.recognitions.contains { recognition in
                    switch recognition.place {
                    case .path(let path): found.document[path].map(recognition.values.contains) ?? false
                    case .topic: recognition.values.contains(.text(found.topic))
                    }
                }
        }
        return candidates.min { $0.id < $1.id }
    }

    /// Zigbee2MQTT's own word on whether it hears a device. Only changes count: it is published anew at each start.
    private func availability(
        of device: String,
        _ isOnline: Bool,
        _ message: NativeMessage,
        _ memory: inout DeviceMemory,
        _ registered: (String) -> String?
    ) -> NativeReading {
        guard registered(device) != nil else { return NativeReading(oddities: ["availability-of-unregistered"]) }
        let identity = Zigbee2MQTT.identity(device + "/availability", message, time: nil)
        let key = DeviceMemory.Key(municipality: message.municipality, source: message.source, device: device, path: "/availability")
        let before = memory.exchange(key, .text(isOnline ? "online" : "offline"), message: identity, order: message.received)
        let wasOffline = before == .text("offline")
        guard isOnline ? wasOffline : !wasOffline else { return NativeReading() }
        return NativeReading(events: [
            DeviceEvent(
                id: "\(identity):a",
                type: isOnline ? .deviceRestored : .deviceFault,
                device: device,
                data: [("fault", .text(Fault.linkLost.rawValue))]
            )
        ])
    }
}

/// What codecs ask of a message's parts.
enum DeviceText {
    /// Ten times what a device's message has with many gateways; read in less than a millisecond.
    static let payloadBytesMax = 32 << 10

    /// The message as a JSON object.
    static func object(_ payload: [UInt8]) throws(CodecRefusal) -> JSONValue {
        guard payload.count <= payloadBytesMax else { throw CodecRefusal("larger than 32 KiB") }
        guard let value = JSONValue.read(payload) else { throw CodecRefusal("not json") }
        guard value.isObject else { throw CodecRefusal("not an object") }
        return value
    }

    /// An extended unique identifier in lower case, as registries shall have it.
    static func reference(_ text: String?, _ name: String) throws(CodecRefusal) -> String {
        guard let text, !text.isEmpty else { throw CodecRefusal("missing \(name)") }
        let reference = text.lowercased()
        guard reference.withText(\.isDeviceReference) else { throw CodecRefusal("bad \(name)") }
        return reference
    }

    /// An instant as RFC 3339, or seconds or milliseconds since 1970; nil when it is none.
    static func time(_ value: JSONValue) -> EventTime? {
        switch value {
        case .text(let text): return text.withText(Timestamp.parse)
        case .number(let number):
            // 100,000,000,000 ms lie in 1973, as many seconds in the year 5138.
            let milliseconds = abs(number) >= 1e11 ? number : number * 1000
            return abs(milliseconds) < 1e15 ? EventTime(milliseconds.rounded(.down)) : nil
        default: return nil
        }
    }

    /// `count` hexadecimal digits of a SHA-256.
    static func digest(_ bytes: [UInt8], _ count: Int) -> String { String(Digest.sha256(bytes).prefix(count)) }
}
