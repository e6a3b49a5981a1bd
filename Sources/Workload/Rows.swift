package import Telemetry

/// An accepted `alarm.*` event as the views keep it: enough to make its alarm anew under another configuration.
package struct AlarmEventRow: Equatable, Sendable {
    package var position: Int64
    package var index: Int
    package var received: EventTime
    package var isHistory: Bool
    package var municipality: String
    package var source: String
    package var alarm: String
    package var id: String
    package var type: EventType
    package var t: EventTime
    package var flag: ClockFlag?
    package var late: Bool
    package var device: String?
    package var zone: String?
    package var kind: AlarmKind?
    package var priority: UInt8?
    package var test: Bool?
    package var voice: Bool?
    package var respondingZone: String?
    package var responders: UInt8?
    package var outcome: Outcome?
    package var cause: Cause?

    package init(
        position: Int64,
        index: Int,
        received: EventTime,
        isHistory: Bool,
        municipality: String,
        source: String,
        alarm: String,
        id: String,
        type: EventType,
        t: EventTime,
        flag: ClockFlag?,
        late: Bool
    ) {
        self.position = position
        self.index = index
        self.received = received
        self.isHistory = isHistory
        self.municipality = municipality
        self.source = source
        self.alarm = alarm
        self.id = id
        self.type = type
        self.t = t
        self.flag = flag
        self.late = late
    }
}

/// One alarm as it is shown (CONTRACT 8). It never changes, and lists of alarms share it: a report of a year filters and groups tens of
/// thousands time and again.
package final class AlarmRecord: Equatable, Sendable {
    package struct StepRecord: Equatable, Sendable {
        package var step: Step
        package var t: EventTime
        package var id: String
        package var flag: ClockFlag?
        package var late: Bool

        package init(step: Step, t: EventTime, id: String, flag: ClockFlag?, late: Bool) {
            self.step = step
            self.t = t
            self.id = id
            self.flag = flag
            self.late = late
        }
    }

    package let municipality: String
    package let source: String
    package let alarm: String
    package let zone: String
    package let respondingZone: String
    package let device: String?
    package let kind: AlarmKind?
    package let priority: UInt8?
    package let isTest: Bool
    /// Something of it did not come as history.
    package let isLive: Bool
    package let outcome: Outcome?
    package let cause: Cause?
    package let voice: Bool?
    package let responders: UInt8
    package let steps: [StepRecord]
    package let repeats: Int
    /// The instant it is listed by: of `raised`, else of the earliest step, else of the earliest repeat.
    package let instant: EventTime

    /// By step; `never` where it is missing.
    private let times: InlineArray<8, EventTime>

    /// No step has this time.
    private static let never = EventTime.min

    package init(
        municipality: String,
        source: String,
        alarm: String,
        zone: String,
        respondingZone: String,
        device: String?,
        kind: AlarmKind?,
        priority: UInt8?,
        isTest: Bool,
        isLive: Bool,
        outcome: Outcome?,
        cause: Cause?,
        voice: Bool?,
        responders: UInt8,
        steps: [StepRecord],
        repeats: Int,
        instant: EventTime
    ) {
        self.municipality = municipality
        self.source = source
        self.alarm = alarm
        self.zone = zone
        self.respondingZone = respondingZone
        self.device = device
        self.kind = kind
        self.priority = priority
        self.isTest = isTest
        self.isLive = isLive
        self.outcome = outcome
        self.cause = cause
        self.voice = voice
        self.responders = responders
        self.steps = steps
        self.repeats = repeats
        self.instant = instant
        var times = InlineArray<8, EventTime>(repeating: AlarmRecord.never)
        for step in steps.reversed() { times[step.step.rawValue] = step.t }
        self.times = times
    }

    package var isOpen: Bool { t(.closed) == nil }
    package var intervals: AlarmIntervals { AlarmIntervals(time: t) }

    package func t(_ step: Step) -> EventTime? {
        let time = times[step.rawValue]
        return time == AlarmRecord.never ? nil : time
    }

    package static func == (left: AlarmRecord, right: AlarmRecord) -> Bool {
        left === right
            || left.municipality == right.municipality && left.source == right.source && left.alarm == right.alarm && left.zone == right.zone
                && left.respondingZone == right.respondingZone && left.device == right.device && left.kind == right.kind
                && left.priority == right.priority && left.isTest == right.isTest && left.isLive == right.isLive
                && left.outcome == right.outcome && left.cause == right.cause && left.voice == right.voice
                && left.responders == right.responders && left.steps == right.steps && left.repeats == right.repeats
                && left.instant == right.instant
    }
}

/// One cell as it is stored: present and first figures, and the part of each that telemetry made.
package struct CellRow: Equatable, Sendable {
    package var municipality: String
    package var zone: String
    package var quarter: Int64
    package var present: Measures
    /// Nil as long as they are the present ones.
    package var first: Measures?
    package var telemetry: Measures
    package var telemetryFirst: Measures?

    package init(
        municipality: String,
        zone: String,
        quarter: Int64,
        present: Measures,
        first: Measures?,
        telemetry: Measures,
        telemetryFirst: Measures?
    ) {
        self.municipality = municipality
        self.zone = zone
        self.quarter = quarter
        self.present = present
        self.first = first
        self.telemetry = telemetry
        self.telemetryFirst = telemetryFirst
    }
}

/// One source's ledger with the sets it is counted from.
package struct LedgerRow: Equatable, Sendable {
    package var record: LedgerRecord
    package var arrived: SequenceSet
    package var accepted: SequenceSet

    package init(record: LedgerRecord, arrived: SequenceSet, accepted: SequenceSet) {
        self.record = record
        self.arrived = arrived
        self.accepted = accepted
    }
}

/// What is open in a zone now, history left out.
package struct ZoneBoard: Equatable, Sendable {
    package var openAlarms = 0
    package var openResponses = 0

    package init() {}
}

package struct UnknownZoneRow: Equatable, Sendable {
    package var municipality: String
    package var zone: String
    package var count: Int64

    package init(municipality: String, zone: String, count: Int64) {
        self.municipality = municipality
        self.zone = zone
        self.count = count
    }
}

/// All that changed in the state since the last time it was asked.
package struct StateChanges: Sendable {
    package var alarmEvents: [AlarmEventRow] = []
    package var alarms: [AlarmRecord] = []
    package var cells: [CellRow] = []
    package var assists: [AssistRow] = []
    package var ledgers: [LedgerRow] = []
    package var devices: [DeviceRow] = []
    package var faults: [DeviceFaultRow] = []
    package var batteries: [BatteryRow] = []
    package var deviceSources: [DeviceSourceRow] = []
    package var unknownZones: [UnknownZoneRow] = []
    package var seenChunks: [SeenIDs.Chunk] = []
    /// Chunks with smaller numbers are forgotten.
    package var seenKeepFrom: Int64?
    package var seenDroppedForCount = false
    package var boards: [(municipality: String, zone: String, board: ZoneBoard)] = []

    package init() {}
}
