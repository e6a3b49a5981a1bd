import Telemetry

/// ChirpStack 4, JSON: `application/{id}/device/{devEui}/event/{up|join|status|…}`, and a gateway's
/// `…gateway/{id}/state/conn` and `…/event/stats`.
enum ChirpStack {
    /// Nil for what says nothing of a device: downlinks, logs, places.
    static func read(_ message: NativeMessage) throws(CodecRefusal) -> DeviceMessage? {
        let levels = message.topic.split(separator: "/", omittingEmptySubsequences: false)
        let kind = levels.count >= 2 ? levels.suffix(2).joined(separator: "/") : "event/up"
        let isOfGateway = levels.count >= 4 && levels[levels.count - 4] == "gateway"
        if isOfGateway {
            switch kind {
            case "state/conn", "event/stats": return try gateway(message, String(levels[levels.count - 3]))
            default: return nil
            }
        }
        switch kind {
        case "event/up":
            var found = try device(message, .state)
            found.battery = found.document["object"]?["battery"]?.number
            return found
        case "event/join": return try device(message, .signOfLife)
        case "event/status":
            var found = try device(message, .signOfLife)
            // 0 for devices on mains, or that cannot tell.
            if found.document["externalPowerSource"] != .flag(true), found.document["batteryLevelUnavailable"] != .flag(true) {
                found.battery = found.document["batteryLevel"]?.number
            }
            return found
        case "event/ack", "event/txack", "event/log", "event/location", "event/integration": return nil
        default: throw CodecRefusal("unknown event")
        }
    }

    private static func device(_ message: NativeMessage, _ content: DeviceMessage.Content) throws(CodecRefusal) -> DeviceMessage {
        let document = try DeviceText.object(message.payload)
        let device = try DeviceText.reference(document["deviceInfo"]?["devEui"]?.text, "devEui")
        var found = DeviceMessage(content: content, device: device, identity: "", document: document, topic: message.topic)
        if let value = document["time"] {
            found.time = DeviceText.time(value)
            if found.time == nil { found.oddities.append("bad-time") }
        }
        if let id = document["deduplicationId"]?.text, (1...36).contains(id.utf8.count), id.withText(\.isDeviceReference) {
            found.identity = "chirpstack:\(id)"
        } else {
            found.oddities.append("no-deduplication-id")
            found.identity = "chirpstack:\(DeviceText.digest(Array("\(device)\n".utf8) + message.payload, 32))"
        }
        // The gateway that heard it best.
        found.signal = document["rxInfo"]?.elements.compactMap { $0["rssi"]?.number }.max()
        return found
    }

    private static func gateway(_ message: NativeMessage, _ id: String) throws(CodecRefusal) -> DeviceMessage {
        let document = try DeviceText.object(message.payload)
        let device = try DeviceText.reference(id, "gateway")
        let time = document["time"].flatMap(DeviceText.time)
        let moment = time ?? TimeRule.floorDivide(message.received, 1000) * 1000
        let digest = DeviceText.digest(Array("\(device)\n\(moment)\n".utf8) + message.payload, 32)
        let levels = message.topic.split(separator: "/").suffix(2).joined(separator: "/")
        return DeviceMessage(
            content: .state,
            device: device,
            identity: "chirpstack:\(digest)",
            time: time,
            document: document,
            topic: "gateway/\(levels)"
        )
    }
}
