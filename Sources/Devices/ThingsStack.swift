import Telemetry

/// The Things Stack 3, JSON: `v3/{application}@{tenant}/devices/{device}/{up|join|…}`. The message's own members say what
/// it is, so that webhooks that are forwarded without a topic are read as well.
enum ThingsStack {
    /// Nil for what says nothing of a device: downlinks, service data, places.
    static func read(_ message: NativeMessage) throws(CodecRefusal) -> DeviceMessage? {
        let document = try DeviceText.object(message.payload)
        if let uplink = document["uplink_message"] { return try self.uplink(message, document, uplink) }
        if let join = document["join_accept"] {
            var found = try device(message, document, .signOfLife)
            found.time = time(document, join, &found)
            found.identity = identity(found.device, document, session: join["session_key_id"]?.text, counter: "join")
            return found
        }
        let others = ["downlink", "uplink_normalized", "service_data", "location_solved"]
        guard case .object(let members) = document, members.contains(where: { member in others.contains { member.name.hasPrefix($0) } })
        else { throw CodecRefusal("unknown message") }
        return nil
    }

    private static func uplink(_ message: NativeMessage, _ document: JSONValue, _ uplink: JSONValue) throws(CodecRefusal) -> DeviceMessage {
        var found = try device(message, document, .state)
        found.time = time(document, uplink, &found)
        // Fields that are 0 are left out.
        let counter = uplink["f_cnt"]?.number ?? 0
        found.identity = identity(found.device, document, session: uplink["session_key_id"]?.text, counter: "\(Int64(exactly: counter) ?? -1)")
        found.battery = uplink["decoded_payload"]?["battery"]?.number ?? uplink["last_battery_percentage"]?["value"]?.number
        found.signal = uplink["rx_metadata"]?.elements.compactMap { $0["rssi"]?.number }.max()
        if uplink["decoded_payload"] == nil { found.oddities.append("not-decoded") }
        return found
    }

    private static func device(
        _ message: NativeMessage,
        _ document: JSONValue,
        _ content: DeviceMessage.Content
    ) throws(CodecRefusal) -> DeviceMessage {
        let ids = document["end_device_ids"]
        let device = try DeviceText.reference(ids?["dev_eui"]?.text ?? ids?["device_id"]?.text, "dev_eui")
        return DeviceMessage(content: content, device: device, identity: "", document: document, topic: message.topic)
    }

    /// When the network server heard it; else the application server, else the gateway.
    private static func time(_ document: JSONValue, _ part: JSONValue, _ found: inout DeviceMessage) -> EventTime? {
        guard let value = part["received_at"] ?? document["received_at"] ?? part["settings"]?["time"] else { return nil }
        let time = DeviceText.time(value)
        if time == nil { found.oddities.append("bad-time") }
        return time
    }

    /// Device, frame counter and session: a frame forwarded twice is one. Without a session (activation by
    /// personalisation, whose counter may begin anew) the correlation of the frame, else its receive time.
    private static func identity(_ device: String, _ document: JSONValue, session: String?, counter: String) -> String {
        let correlation = document["correlation_ids"]?.elements.compactMap(\.text)
        let frame =
            session ?? correlation?.first { $0.hasPrefix("gs:uplink:") || $0.hasPrefix("ns:uplink:") || $0.hasPrefix("as:up:") }
            ?? document["uplink_message"]?["received_at"]?.text ?? document["received_at"]?.text ?? ""
        return "tts:\(DeviceText.digest(Array("\(device)\n\(counter)\n\(frame)".utf8), 24)):\(counter)"
    }
}
