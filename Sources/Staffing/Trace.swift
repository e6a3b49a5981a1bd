package import Telemetry
package import Workload

/// One call-out as a roster meets it: somebody was asked to go.
package struct CallOut: Equatable, Sendable {
    /// How the travel of a call-out came to be known.
    package enum Way: Sendable {
        case measured
        /// Drawn from the zone's own ways in place of another zone's, in the time bound too.
        case drawnInstead
        /// Not told, and drawn; the time bound holds it, whatever it was.
        case drawnForUnknown
    }

    /// Place in `Trace.zones`: where the alarm is, and which zone responded.
    package var zone: Int32
    package var respondingZone: Int32
    /// When a responder was asked for: `dispatched`, else the first of accepted, departed and arrived.
    package var time: EventTime
    /// From `time` to the start of the response; 0 where the steps say less.
    package var delayMilliseconds: Int64
    /// From the start of the response until there; nil where it is not known.
    package var travelMilliseconds: Int64?
    /// From the start of the response until it was closed, over 0.
    package var busyMilliseconds: Int64
    /// 1–9.
    package var responders: Int32
    /// Goes before those that are not.
    package var isUrgent: Bool
    /// How the travel came to be known.
    package var way = Way.measured
    /// As it was measured, arrived − dispatched (CONTRACT 6, attendance), not negative; nil where a step is missing.
    package var attendanceMilliseconds: Int64?

    package init(
        zone: Int32,
        respondingZone: Int32? = nil,
        time: EventTime,
        delayMilliseconds: Int64,
        travelMilliseconds: Int64?,
        busyMilliseconds: Int64,
        responders: Int32 = 1,
        isUrgent: Bool = false,
        attendanceMilliseconds: Int64? = nil
    ) {
        self.zone = zone
        self.respondingZone = respondingZone ?? zone
        self.time = time
        self.delayMilliseconds = delayMilliseconds
        self.travelMilliseconds = travelMilliseconds
        self.busyMilliseconds = busyMilliseconds
        self.responders = responders
        self.isUrgent = isUrgent
        self.attendanceMilliseconds = attendanceMilliseconds
    }
}

/// The call-outs of a municipality in a period, by time.
package struct Trace: Equatable, Sendable {
    /// Zone ids in the municipality's order; `ukjent` last where something happened in it.
    package var zones: [String]
    package var period: Range<EventTime>
    package var callOuts: [CallOut]
    /// Alarms with a response that cannot be replayed: open, in illegal order or longer than 6 h (CONTRACT 6).
    package var leftOut: Int
    /// Days of it in which nothing at all came. They are neither quiet nor anything else: no rate is over them.
    package var silentDays: Set<LocalTime.Day> = []

    package init(zones: [String], period: Range<EventTime>, callOuts: [CallOut], leftOut: Int = 0) {
        self.zones = zones
        self.period = period
        self.callOuts = callOuts.sorted { $0.time < $1.time }
        self.leftOut = leftOut
    }
}
