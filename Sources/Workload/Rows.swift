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

/// One alarm as it is shown (CONTRACT 8).
package struct AlarmRecord: Equatable, Sendable {
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

    package var municipality: String
    package var source: String
    package var alarm: String
    package var zone: String
    package var respondingZone: String
    package var device: String?
    package var kind: AlarmKind?
    package var priority: UInt8?
    package var isTest: Bool
    /// Something of it did not come as history.
    package var isLive: Bool
    package var outcome: Outcome?
    package var cause: Cause?
    package var voice: Bool?
    package var responders: UInt8
    package var steps: [StepRecord]
    package var repeats: Int
    /// The instant it is listed by: of `raised`, else of the earliest step, else of the earliest repeat.
    package var instant: EventTime

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
    }

    package var isOpen: Bool { t(.closed) == nil }
    package var intervals: AlarmIntervals { AlarmIntervals(time: t) }
    package func t(_ step: Step) -> EventTime? { steps.first { $0.step == step }?.t }
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
