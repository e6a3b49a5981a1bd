/// One valid canonical event. Its texts belong to the decoder and live until it reads the next message.
package struct Event {
    package var type: EventType
    package var id: Text
    /// The event's own time; nil when it gave none.
    package var time: EventTime?
    package var sequence: Int64?
    package var device: Text?
    package var zone: Text?

    // alarm.*
    package var alarm: Text = .empty
    package var kind: AlarmKind?
    package var priority: UInt8?
    package var test: Bool?
    package var voice: Bool?
    package var respondingZone: Text?
    package var responders: UInt8?
    package var outcome: Outcome?
    package var cause: Cause?

    // device.*
    /// Percent, of a heartbeat that says it.
    package var battery: Float?
    /// Of `device.fault` and `device.restored`.
    package var fault: Fault?

    package init(type: EventType, id: Text) {
        self.type = type
        self.id = id
    }
}

/// What became of one event of a message.
package enum Decoded {
    case event(Event)
    /// `id` where there is a valid one; `sequence` where it could be read: it arrived, though nothing came of it.
    case rejected(Reason, id: Text?, sequence: Int64?)
}

/// An event that was refused, and its place in the message.
package struct RefusedEvent {
    package var index: Int
    package var reason: Reason
    package var id: Text?
    package var sequence: Int64?
}
