/// A JSON value of a device's message.
package indirect enum JSONValue: Sendable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case array([JSONValue])
    /// In the order of writing; of a repeated name the last counts.
    case object([(name: String, value: JSONValue)])

    /// The last value of a name; nil where there is none or it is null, which counts as missing.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        let found = members.last { $0.name.utf8.elementsEqual(name.utf8) }?.value
        if case .null = found { return nil }
        return found
    }

    /// The value at a path; nil where there is none or it is null. O(members on the way).
    package subscript(path: DevicePath) -> JSONValue? {
        var value = self
        for name in path.names {
            if case .array(let elements) = value {
                guard let index = Int(name), elements.indices.contains(index) else { return nil }
                value = elements[index]
            } else {
                guard let next = value[name] else { return nil }
                value = next
            }
        }
        if case .null = value { return nil }
        return value
    }

    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var number: Double? { if case .number(let number) = self { number } else { nil } }
    package var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    package var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    package var isObject: Bool { if case .object = self { true } else { false } }

    /// What an event's data can hold; nil for arrays, objects and null.
    var scalar: DeviceEvent.Value? {
        switch self {
        case .flag(let flag): .flag(flag)
        case .number(let number): .number(number)
        case .text(let text): .text(text)
        case .null, .array, .object: nil
        }
    }
}

extension JSONValue: Equatable {
    /// Texts bytewise; objects by their members whatever their order, the last of a repeated name.
    package static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.flag(let a), .flag(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)):
            a.allSatisfy { left[$0.name] == right[$0.name] } && b.allSatisfy { left[$0.name] == right[$0.name] }
        default: false
        }
    }
}
