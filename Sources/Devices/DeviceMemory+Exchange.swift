import Telemetry

extension DeviceMemory {
    /// Remembers a value and gives the one that held before this message; nil where there was none.
    ///
    /// The entry keeps the value that holds, the one before its last change, and in `message` the instant of the newest
    /// message, the instant of the change and the message that brought it. So the same message met again gets the same
    /// answer, and an older one turns nothing back: between the change and now it is held against what holds; from before
    /// the change, against what held then, so that what it tells is rather told twice than lost.
    mutating func exchange(_ key: Key, _ value: JSONValue, message: String, order: EventTime) -> JSONValue? {
        let text = DeviceMemory.text(of: value)
        guard let known = self[key], let (newest, change, changer) = DeviceMemory.instants(of: known.message) else {
            self[key] = Entry(value: text, message: "\(order) \(order) \(message)", previous: nil)
            return nil
        }
        if message == changer || order < change { return known.previous.map(DeviceMemory.value) }
        if text == known.value {
            if order > newest { self[key] = Entry(value: text, message: "\(order) \(change) \(changer)", previous: known.previous) }
        } else if order >= newest {
            self[key] = Entry(value: text, message: "\(order) \(order) \(message)", previous: known.value)
        }
        return DeviceMemory.value(of: known.value)
    }

    private static func instants(of text: String) -> (newest: EventTime, change: EventTime, changer: Substring)? {
        let parts = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let newest = EventTime(parts[0]), let change = EventTime(parts[1]) else { return nil }
        return (newest, change, parts[2])
    }

    /// Longer texts are remembered by their digest.
    private static let textBytesMax = 200

    private static func text(of value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .flag(let flag): flag ? "true" : "false"
        case .number(let number): "\(number)"
        case .text(let text): text.utf8.count <= textBytesMax ? "\"\(text)" : "#\(Digest.sha256(Array(text.utf8)))"
        case .array, .object: "#\(Digest.sha256(Array(value.json.utf8)))"
        }
    }

    private static func value(of text: String) -> JSONValue {
        if text.hasPrefix("\"") { return .text(String(text.dropFirst())) }
        if text == "true" || text == "false" { return .flag(text == "true") }
        if let number = Double(text) { return .number(number) }
        return .text(text)
    }
}
