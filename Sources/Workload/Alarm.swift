import Telemetry

/// The steps of an alarm in the order of its life, `repeated` left out: repeats are counted, not kept by step.
package enum Step: Int, CaseIterable, Sendable {
    case raised, answered, acknowledged, dispatched, accepted, departed, arrived, closed

    package var word: String { "\(self)" }

    init?(_ type: EventType) {
        switch type {
        case .alarmRaised: self = .raised
        case .alarmAnswered: self = .answered
        case .alarmAcknowledged: self = .acknowledged
        case .alarmDispatched: self = .dispatched
        case .alarmAccepted: self = .accepted
        case .alarmDeparted: self = .departed
        case .alarmArrived: self = .arrived
        case .alarmClosed: self = .closed
        default: return nil
        }
    }
}

/// The event that holds a step, with numbers for its strings.
struct StepEvent {
    var t: EventTime
    /// Number in the table of alarm event ids.
    var id: UInt32
    var flag: ClockFlag?
    var late: Bool
    /// The zone it leads to (its own if configured, else the registry's); nil for neither.
    var zone: UInt32?
    var device: UInt32?
}

/// One alarm as a join-semilattice (CONTRACT 5): each step keeps one event, whatever the order they came in.
struct Alarm {
    var source: UInt32
    private var held: InlineArray<8, StepEvent?> = .init(repeating: nil)

    // Attributes of the events that hold the steps.
    var kind: AlarmKind?
    var priority: UInt8?
    var testRequested = false
    var voice: Bool?
    var outcome: Outcome?
    var cause: Cause?
    var responders: UInt8 = 1
    var respondingZone: UInt32?

    // Repeats and late events, counted by quarter; the first repeat that leads to a zone.
    var repeats: [QuarterCount] = []
    var lates: [QuarterCount] = []
    var zonedRepeat: StepEvent?
    var earliestRepeat: EventTime?
    /// Something of it did not come as history, so the live board shows it.
    var isLive = false
    var isDirty = false

    init(source: UInt32) { self.source = source }

    subscript(step: Step) -> StepEvent? {
        get { held[step.rawValue] }
        set { held[step.rawValue] = newValue }
    }

    func t(_ step: Step) -> EventTime? { held[step.rawValue]?.t }

    var isTest: Bool { (testRequested && self[.raised] != nil) || outcome == .test }
    var isOpen: Bool { self[.closed] == nil }
    var repeatCount: Int { repeats.reduce(0) { $0 + Int($1.count) } }

    /// Whether an event takes a step from the one that holds it: unflagged clocks first; then the smallest time
    /// and id, for `closed` the largest.
    func isTaken(_ step: Step, by event: StepEvent, ids: TextTable) -> Bool {
        guard let holder = self[step] else { return true }
        if (event.flag == nil) != (holder.flag == nil) { return event.flag == nil }
        if event.t != holder.t { return step == .closed ? event.t > holder.t : event.t < holder.t }
        return step == .closed
            ? ids.isLess(Int(holder.id), Int(event.id)) : ids.isLess(Int(event.id), Int(holder.id))
    }

    /// The alarm's zone (CONTRACT 5): that of `raised`, even when it leads to none; without one, of the first event
    /// by time and id that leads to a zone, steps before repeats.
    func zone(ids: TextTable) -> UInt32? {
        if let raised = self[.raised] { return raised.zone }
        return firstStep(ids: ids) { $0.zone != nil }?.zone ?? zonedRepeat?.zone
    }

    /// The device of `raised`, else of the first event that names one.
    func device(ids: TextTable) -> UInt32? {
        self[.raised]?.device ?? firstStep(ids: ids) { $0.device != nil }?.device ?? zonedRepeat?.device
    }

    private func firstStep(ids: TextTable, where isFit: (StepEvent) -> Bool) -> StepEvent? {
        var first: StepEvent?
        for step in Step.allCases {
            guard let event = self[step], isFit(event) else { continue }
            if let best = first, !Alarm.isBefore(event, best, ids: ids) { continue }
            first = event
        }
        return first
    }

    static func isBefore(_ left: StepEvent, _ right: StepEvent, ids: TextTable) -> Bool {
        left.t != right.t ? left.t < right.t : ids.isLess(Int(left.id), Int(right.id))
    }
}

struct QuarterCount: Equatable {
    var quarter: Int32
    var count: Int32

    static func add(_ quarter: Int64, to counts: inout [QuarterCount]) {
        let quarter = Int32(quarter)
        if let index = counts.firstIndex(where: { $0.quarter == quarter }) {
            counts[index].count += 1
        } else {
            counts.append(QuarterCount(quarter: quarter, count: 1))
        }
    }
}
