package import Telemetry

/// An event made from a device's own format. It is written as canonical JSON and then read and checked like any other
/// event, so that nothing has two sets of rules.
package struct DeviceEvent: Equatable, Sendable {
    package enum Value: Equatable, Sendable {
        case text(String), number(Double), flag(Bool)
    }

    package var id: String
    package var type: EventType
    /// Nil where the format has no time of its own.
    package var time: EventTime?
    package var device: String?
    /// The further members of `data`, in the order they are written.
    package var data: [(name: String, value: Value)]
    /// Its id is the message's: where the first such event of a message is known, the message is a copy, and the others
    /// were made of it before or never.
    package var isOfMessage = false

    package init(id: String, type: EventType, time: EventTime? = nil, device: String?, data: [(name: String, value: Value)] = []) {
        self.id = id
        self.type = type
        self.time = time
        self.device = device
        self.data = data
    }

    package static func == (left: DeviceEvent, right: DeviceEvent) -> Bool {
        left.id == right.id && left.type == right.type && left.time == right.time && left.device == right.device
            && left.data.elementsEqual(right.data) { $0.name == $1.name && $0.value == $1.value }
    }

    /// Writes the event as an object of CONTRACT 2.
    package func write(source: String, into json: inout JSONText) {
        json.member("specversion", "1.0")
        json.member("id", id)
        json.member("source", source)
        json.member("type", EventType.prefix + type.word)
        if let time { json.member("time", Timestamp.format(time)) }
        json.object("data") { json in
            if let device { json.member("device", device) }
            for (name, value) in data {
                switch value {
                case .text(let text): json.member(name, text)
                case .number(let number): json.member(name, number)
                case .flag(let flag): json.member(name, flag)
                }
            }
        }
    }
}
