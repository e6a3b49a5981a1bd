package import Telemetry

/// How a profile knows its model from a message when the registry names none.
package struct Recognition: Equatable, Sendable {
    package enum Place: Equatable, Sendable {
        case path(DevicePath)
        /// The message's topic below the base, as in `bridge/state`.
        case topic
    }

    package var place: Place
    package var values: [JSONValue]
}

/// A row of a profile's `events:`: when its conditions hold together, it makes one event.
package struct EventRow: Equatable, Sendable {
    /// The row is read once for each element of the array at this path; paths then start at the element.
    package var each: DevicePath?
    /// Where the event's own time stands: RFC 3339, or seconds or milliseconds since 1970.
    package var time: DevicePath?
    package var conditions: [RowCondition]
    package var type: EventType
    /// Members of the event's `data`.
    package var members: [RowMember]
}

/// One condition: the message has a value at the path, and every test that is given holds.
package struct RowCondition: Equatable, Sendable {
    package var path: DevicePath
    /// One of these.
    package var equals: [JSONValue]?
    package var above: Double?
    package var below: Double?
    /// The condition did not hold for the value before; without another test: the value is another.
    package var changed = false
    /// Stands in for a value that the message lacks.
    package var missing: JSONValue?

    package func value(in document: JSONValue) -> JSONValue? { document[path] ?? missing }

    /// The tests but for `changed`.
    package func holds(for value: JSONValue) -> Bool {
        if let equals, !equals.contains(value) { return false }
        if let above { guard let number = value.number, number > above else { return false } }
        if let below { guard let number = value.number, number < below else { return false } }
        return true
    }

    package var hasTest: Bool { equals != nil || above != nil || below != nil }
}

package struct RowMember: Equatable, Sendable {
    package enum Value: Equatable, Sendable {
        case constant(DeviceEvent.Value)
        /// A number there becomes number × scale + offset.
        case path(DevicePath, scale: Double, offset: Double)
    }

    package var name: String
    package var value: Value
    package var isRequired: Bool
}
