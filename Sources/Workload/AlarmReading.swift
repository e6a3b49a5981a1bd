import Telemetry

/// What an alarm says, read once from the events that hold its steps: plain values, because it is made twice for each
/// alarm event.
struct AlarmReading {
    let source: UInt32
    /// By step; `never` for a step that nothing holds.
    private var times: InlineArray<8, EventTime> = .init(repeating: AlarmReading.never)
    /// The alarm's zone (CONTRACT 5): that of `raised`, even when it leads to none; without one, of the first event
    /// by time and id that leads to a zone, steps before repeats. Nil for none.
    private(set) var zone: UInt32?
    private(set) var respondingZone: UInt32?
    /// The device of `raised`, else of the first event that names one.
    private(set) var device: UInt32?
    private(set) var isTest = false
    private(set) var isSilent = false
    private(set) var responders: UInt8 = 1
    private(set) var outcome: Outcome?
    let isLive: Bool
    let repeats: [QuarterCount]
    let lates: [QuarterCount]

    /// No event has this time.
    private static let never = EventTime.min

    fileprivate init(source: UInt32, isLive: Bool, repeats: [QuarterCount], lates: [QuarterCount]) {
        self.source = source
        self.isLive = isLive
        self.repeats = repeats
        self.lates = lates
    }

    func t(_ step: Step) -> EventTime? {
        let time = times[step.rawValue]
        return time == AlarmReading.never ? nil : time
    }

    var isOpen: Bool { t(.closed) == nil }

    var isResponding: Bool {
        t(.dispatched) != nil || t(.accepted) != nil || t(.departed) != nil || t(.arrived) != nil
    }

    fileprivate mutating func take(_ event: AlarmEvent, as step: Step) {
        times[step.rawValue] = event.t
        switch step {
        case .raised:
            if event.test == true { isTest = true }
            zone = AlarmReading.some(event.zone)
            device = AlarmReading.some(event.device)
        case .answered: isSilent = event.voice == false
        case .dispatched: respondingZone = AlarmReading.some(event.respondingZone)
        case .accepted: responders = event.responders ?? 1
        case .closed:
            outcome = event.outcome
            if outcome == .test { isTest = true }
        case .acknowledged, .departed, .arrived: break
        }
    }

    fileprivate mutating func takePlace(zone: UInt32?, device: UInt32?) { (self.zone, self.device) = (zone, device) }

    fileprivate static func some(_ number: UInt32) -> UInt32? { number == AlarmEvent.none ? nil : number }
}

extension Alarm {
    func reading(in events: AlarmEvents) -> AlarmReading {
        var reading = AlarmReading(source: source, isLive: isLive, repeats: repeats, lates: lates)
        for index in Step.all.indices {
            let step = Step.all[index]
            guard let number = self[step] else { continue }
            reading.take(events[number], as: step)
        }
        if self[.raised] == nil {
            let zoned = firstStep(events) { $0.zone != AlarmEvent.none } ?? repeated(events)
            let named = firstStep(events) { $0.device != AlarmEvent.none } ?? repeated(events)
            reading.takePlace(
                zone: zoned.flatMap { AlarmReading.some($0.zone) },
                device: named.flatMap { AlarmReading.some($0.device) }
            )
        }
        return reading
    }

    private func repeated(_ events: AlarmEvents) -> AlarmEvent? {
        zonedRepeat == AlarmEvent.none ? nil : events[zonedRepeat]
    }

    private func firstStep(_ events: AlarmEvents, where isFit: (AlarmEvent) -> Bool) -> AlarmEvent? {
        var first: AlarmEvent?
        for index in Step.all.indices {
            let step = Step.all[index]
            guard let number = self[step], isFit(events[number]) else { continue }
            if let best = first, !events.isBefore(events[number], best) { continue }
            first = events[number]
        }
        return first
    }
}

extension Step {
    /// All steps in the order of an alarm's life, without an allocation.
    static let all: InlineArray<8, Step> = [
        .raised, .answered, .acknowledged, .dispatched, .accepted, .departed, .arrived, .closed,
    ]
}
