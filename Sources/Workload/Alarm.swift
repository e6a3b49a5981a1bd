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

/// An accepted `alarm.*` event in memory, with numbers for its strings. Kept for good: an alarm's first-published
/// figures may have to be made anew from them.
struct AlarmEvent {
    var t: EventTime
    var received: EventTime
    /// Number in the table of alarm event ids, which is also its place among the kept events.
    var id: UInt32
    /// The event of the same alarm that came before it; `none` for the first.
    var previous: UInt32
    /// The zone it leads to (its own if configured, else the registry's); `none` for neither.
    var zone: UInt32
    var device: UInt32
    /// Of `dispatched`: the responding zone, where it is a known one.
    var respondingZone: UInt32
    var type: EventType
    var flag: ClockFlag?
    var late: Bool
    var isHistory: Bool

    // Attributes of their types.
    var kind: AlarmKind?
    var priority: UInt8?
    var test: Bool?
    var voice: Bool?
    var outcome: Outcome?
    var cause: Cause?
    var responders: UInt8?

    static let none = UInt32.max
}

/// An alarm event that the views do not have yet: what its row needs besides the kept event.
struct NewAlarmEvent {
    var number: UInt32
    var alarm: UInt32
    var position: Int64
    /// Place in its message.
    var index: UInt32
    // What it says, in the table of said zones; `AlarmEvent.none` for nothing.
    var zone: UInt32
    var respondingZone: UInt32
}

/// One alarm as a join-semilattice (CONTRACT 5): each step keeps one event, whatever the order they came in.
struct Alarm {
    var source: UInt32
    /// By step, the id of the event that holds it.
    private var held: InlineArray<8, UInt32> = .init(repeating: AlarmEvent.none)
    // Repeats and late events, counted by quarter; the first repeat that leads to a zone.
    var repeats: [QuarterCount] = []
    var lates: [QuarterCount] = []
    var zonedRepeat = AlarmEvent.none
    var earliestRepeat: EventTime?
    /// The last event that came, from which all can be reached.
    var lastEvent = AlarmEvent.none
    /// Something of it did not come as history, so the live board shows it.
    var isLive = false
    var isDirty = false

    init(source: UInt32) { self.source = source }

    subscript(step: Step) -> UInt32? {
        held[step.rawValue] == AlarmEvent.none ? nil : held[step.rawValue]
    }

    var isOpen: Bool { self[.closed] == nil }
    var repeatCount: Int { repeats.reduce(0) { $0 + Int($1.count) } }

    /// Takes an event in.
    mutating func join(_ event: AlarmEvent, in events: AlarmEvents) {
        if !event.isHistory { isLive = true }
        lastEvent = event.id
        let quarter = TimeRule.quarter(of: event.t)
        if event.late { QuarterCount.add(quarter, to: &lates) }
        guard let step = Step(event.type) else {
            QuarterCount.add(quarter, to: &repeats)
            earliestRepeat = min(earliestRepeat ?? event.t, event.t)
            let isFirst = zonedRepeat == AlarmEvent.none || events.isBefore(event, events[zonedRepeat])
            if event.zone != AlarmEvent.none, isFirst { zonedRepeat = event.id }
            return
        }
        if isTaken(step, by: event, events) { held[step.rawValue] = event.id }
    }

    /// Whether an event takes a step from the one that holds it: unflagged clocks first; then the smallest time
    /// and id, for `closed` the largest.
    private func isTaken(_ step: Step, by event: AlarmEvent, _ events: AlarmEvents) -> Bool {
        guard let number = self[step] else { return true }
        let holder = events[number]
        if (event.flag == nil) != (holder.flag == nil) { return event.flag == nil }
        return step == .closed ? events.isBefore(holder, event) : events.isBefore(event, holder)
    }
}

/// All accepted alarm events of an instance, by the number of their id.
struct AlarmEvents {
    private(set) var ids: TextTable
    private var events: ContiguousArray<AlarmEvent> = []

    init(hasher: TextHasher) { ids = TextTable(hasher: hasher) }

    subscript(number: UInt32) -> AlarmEvent { events[Int(number)] }

    /// `hash` is of the id in its source.
    func contains(_ id: Text, source: UInt32, hash: UInt64) -> Bool { ids.find(id, scope: source, hash: hash) != nil }

    @inline(__always)
    func prefetch(_ hash: UInt64) { ids.prefetch(hash) }

    /// Brings the events near that hold an alarm's steps.
    func prefetchHeld(by alarm: Alarm) {
        events.withUnsafeBufferPointer { events in
            guard let start = events.baseAddress else { return }
            for index in Step.all.indices {
                guard let number = alarm[Step.all[index]] else { continue }
                LargeTable.prefetch(UnsafeRawPointer(start + Int(number)).assumingMemoryBound(to: UInt64.self))
            }
        }
    }

    func id(_ number: UInt32) -> String { ids.string(Int(number)) }

    /// The number that the next event will have.
    mutating func newNumber(_ id: Text, source: UInt32, hash: UInt64) -> UInt32 {
        UInt32(ids.intern(id, scope: source, hash: hash).number)
    }

    mutating func append(_ event: AlarmEvent) {
        precondition(Int(event.id) == events.count, "an id is taken once")
        events.append(event)
    }

    /// By time, then bytewise by id.
    func isBefore(_ left: AlarmEvent, _ right: AlarmEvent) -> Bool {
        left.t != right.t ? left.t < right.t : ids.isLess(Int(left.id), Int(right.id))
    }

    /// An alarm's events in the order they came. O(events).
    func all(of alarm: Alarm) -> [AlarmEvent] {
        var list: [AlarmEvent] = []
        var number = alarm.lastEvent
        while number != AlarmEvent.none {
            list.append(self[number])
            number = self[number].previous
        }
        return list.reversed()
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
