/// One valid canonical event. Its texts belong to the decoder and live until it reads the next message.
public struct Event: Sendable {
    public var type: EventType
    public var id: Text
    /// The event's own time; nil when it gave none.
    public var time: EventTime?
    public var sequence: Int64?
    public var device: Text?
    public var zone: Text?

    // alarm.*
    public var alarm: Text = .empty
    public var kind: AlarmKind?
    public var priority: UInt8?
    public var test: Bool?
    public var voice: Bool?
    public var respondingZone: Text?
    public var responders: UInt8?
    public var outcome: Outcome?
    public var cause: Cause?

    // device.*
    /// Percent, of a heartbeat that says it.
    public var battery: Float?
    /// Of `device.fault` and `device.restored`.
    public var fault: Fault?

    /// Of `assist.performed`, which always says both.
    public var technology: Technology?
    public var result: AssistResult?

    public init(type: EventType, id: Text) {
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
