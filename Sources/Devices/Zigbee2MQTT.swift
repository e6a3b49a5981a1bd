import Telemetry

/// Zigbee2MQTT: `{friendly name}`, `{friendly name}/availability` and `bridge/…` below the base topic.
enum Zigbee2MQTT {
    enum Reading {
        case message(DeviceMessage)
        case availability(device: String, isOnline: Bool)
        /// Nothing to count, as in `bridge/logging`.
        case nothing
    }

    /// The base topic that Zigbee2MQTT has by itself; a bridge may forward it along.
    private static let base = "zigbee2mqtt/"

    static func read(_ message: NativeMessage) throws(CodecRefusal) -> Reading {
        var message = message
        if message.topic.hasPrefix(base) { message.topic.removeFirst(base.count) }
        let levels = message.topic.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = levels.first, let last = levels.last, !message.topic.isEmpty else { throw CodecRefusal("missing topic") }
        if first == "bridge" { return message.topic == "bridge/state" ? .message(try bridge(message)) : .nothing }
        // Commands to devices.
        if levels.count > 1, last == "get" || last == "set" || levels.dropLast().last == "set" || levels.dropLast().last == "get" {
            return .nothing
        }
        if levels.count > 1, last == "availability" {
            let device = reference(levels.dropLast().joined(separator: "/"))
            return .availability(device: device, isOnline: try isOnline(message.payload))
        }
        let document = try DeviceText.object(message.payload)
        let device = reference(message.topic)
        var oddities: [String] = []
        let time = document["last_seen"].flatMap(DeviceText.time)
        if time == nil { oddities.append(document["last_seen"] == nil ? "no-last-seen" : "bad-last-seen") }
        return .message(
            DeviceMessage(
                content: .state,
                device: device,
                identity: identity(device, message, time: time),
                time: time,
                document: document,
                topic: message.topic,
                battery: document["battery"]?.number,
                oddities: oddities
            )
        )
    }

    /// Device, content and `last_seen`; where there is none, the second in which it was read.
    static func identity(_ device: String, _ message: NativeMessage, time: EventTime?) -> String {
        let second = time ?? TimeRule.floorDivide(message.received, 1000) * 1000
        return "z2m:\(DeviceText.digest(Array("\(device)\n".utf8) + message.payload, 24)):\(second)"
    }

    /// The gateway itself: the forwarding source's name, for the topic has none.
    private static func bridge(_ message: NativeMessage) throws(CodecRefusal) -> DeviceMessage {
        let device = "\(message.source):bridge"
        let state = try isOnline(message.payload) ? "online" : "offline"
        return DeviceMessage(
            content: .state,
            device: device,
            identity: identity(device, message, time: nil),
            time: nil,
            document: .object([("state", .text(state))]),
            topic: message.topic
        )
    }

    /// `{"state":"online"}`, or the plain word of older versions.
    private static func isOnline(_ payload: [UInt8]) throws(CodecRefusal) -> Bool {
        let said = payload.prefix(1024)
        let word = JSONValue.read(Array(said)).flatMap { $0["state"]?.text ?? $0.text } ?? String(decoding: said, as: UTF8.self)
        switch word {
        case "online": return true
        case "offline": return false
        default: throw CodecRefusal("neither online nor offline")
        }
    }

    // MARK: - Names

    private static let replacements: [Unicode.Scalar: String] = [
        " ": "-", "/": ":", "æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa",
    ]
    private static let digestCount = 6
    private static let referenceMax = 64

    /// A friendly name as a device reference: unchanged where it is one; else made readable, and kept apart from others by
    /// six digits of its SHA-256, as in `stue-vindu.3f09a1`.
    static func reference(_ name: String) -> String {
        if name.withText(\.isDeviceReference) { return name }
        let readable = name.unicodeScalars.map { scalar in
            if let replacement = replacements[scalar] { return replacement }
            let character = String(Character(scalar))
            return character.withText(\.isDeviceReference) ? character : "_"
        }.joined()
        let digest = DeviceText.digest(Array(name.utf8), digestCount)
        return "\(readable.prefix(referenceMax - digestCount - 1)).\(digest)"
    }
}
