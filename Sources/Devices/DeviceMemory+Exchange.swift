import Telemetry

extension DeviceMemory {
    /// Remembers a value and gives the one before it; nil where there was none.
    ///
    /// The same message met again gets the same answer. A message older than the remembered one turns nothing back: it
    /// is compared with the value before that, so that what it tells is rather told twice than lost.
    mutating func exchange(_ key: Key, _ value: JSONValue, message: String, order: EventTime) -> JSONValue? {
        let text = DeviceMemory.text(of: value)
        let name = "\(order) \(message)"
        guard let known = self[key] else {
            self[key] = Entry(value: text, message: name, previous: nil)
            return nil
        }
        let knownOrder = known.message.split(separator: " ", maxSplits: 1).first.flatMap { EventTime($0) } ?? .min
        if known.message == name || order < knownOrder { return known.previous.map(DeviceMemory.value) }
        self[key] = Entry(value: text, message: name, previous: known.value)
        return DeviceMemory.value(of: known.value)
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
