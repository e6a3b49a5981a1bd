import Telemetry

/// What becomes of an event between its making and its sending.
struct Fate: Sendable {
    enum Way: Sendable, Equatable {
        case now
        case never
        /// Milliseconds later.
        case after(Int64)
        /// Now, and once more so many milliseconds later.
        case twice(Int64)
    }

    var way = Way.now
    var isMalformed = false
    /// The time of sending stands in it.
    var isRestamped = false
}

extension Simulation {
    /// Draws the fate of the event that begins: by the shares of `delivery`, then by the incidents that are on.
    mutating func drawFate(device: Int, at time: Int64) -> Fate {
        var fate = Fate()
        let delivery = scenario.delivery
        var draw = deliveryGenerator.uniform()
        if draw < delivery.lostShare { return Fate(way: .never) }
        draw -= delivery.lostShare
        if draw < delivery.delayedShare {
            fate.way = .after(Int64(delivery.delayMinutes.draw(&deliveryGenerator) * 60_000))
        } else if draw - delivery.delayedShare < delivery.duplicatedShare {
            fate.way = .twice(Int64(delivery.duplicateSeconds.draw(&deliveryGenerator) * 1000))
        }
        for fixed in delivery.fixedDelays where trouble.generator.happens(fixed.share) {
            fate.way = .after(Int64(fixed.hours * 3_600_000))
        }
        if delivery.reorderedShare > 0, fate.way == .now, trouble.generator.happens(delivery.reorderedShare) {
            fate.way = .after(Int64(delivery.reorderSeconds.draw(&trouble.generator) * 1000))
        }
        if delivery.malformedShare > 0 { fate.isMalformed = trouble.generator.happens(delivery.malformedShare) }
        if case .after = fate.way, delivery.restampedShare > 0 { fate.isRestamped = trouble.generator.happens(delivery.restampedShare) }
        for incident in scenario.incidents where incident.isOn(at: time) {
            apply(incident, to: &fate, device: device, at: time)
        }
        return fate
    }

    private mutating func apply(_ incident: Scenario.Incident, to fate: inout Fate, device: Int, at time: Int64) {
        guard incident.concerns(zone: devices[device].zone, central: speaker) else { return }
        switch incident.kind {
        case .outage, .delay, .duplicate, .reorder, .lost, .malformed, .restamp: break
        default: return
        }
        guard fate.way != .never, trouble.generator.happens(incident.share) else { return }
        let minutes = Int64(incident.minutes * 60_000)
        switch incident.kind {
        case .outage:
            // The backlog comes in the order of its making, at one instant.
            if case .after(let delay) = fate.way, time + delay >= incident.end { break }
            fate.way = .after(incident.end - time)
        case .delay: fate.way = .after(minutes)
        case .reorder: fate.way = .after(Int64(Double(minutes) * trouble.generator.uniform()))
        case .duplicate: fate.way = .twice(minutes)
        case .lost: fate.way = .never
        case .malformed: fate.isMalformed = true
        case .restamp: fate.isRestamped = true
        default: break
        }
    }

    /// Ends the event begun: it is sent now, later, twice or never, as its fate has it.
    mutating func send(_ type: EventType, at time: Int64) -> SimulatedEvent? {
        var event = SimulatedEvent(time: start + time, json: writer.end(), isAlarm: type.isAlarm, central: speaker)
        if fate.isMalformed {
            event.json = Malformation.draw(&trouble.generator).applied(to: event.json)
            event.isMalformed = true
        }
        return send(event, at: time)
    }

    mutating func send(_ event: SimulatedEvent, at time: Int64) -> SimulatedEvent? {
        switch fate.way {
        case .now: return event
        case .never: return nil
        case .after(let delay):
            agenda.add(.send(deliveries.insert(event)), at: time + delay)
            return nil
        case .twice(let delay):
            agenda.add(.send(deliveries.insert(event)), at: time + delay)
            return event
        }
    }
}

/// A way to break an event's bytes; each has its own reason in the receipt.
enum Malformation: CaseIterable, Sendable {
    case cutOff, wrongTime, unknownType, noData, noJSON

    static func draw(_ generator: inout SeededGenerator) -> Malformation { allCases[generator.below(allCases.count)] }

    func applied(to json: [UInt8]) -> [UInt8] {
        let text = String(decoding: json, as: UTF8.self)
        switch self {
        case .cutOff: return Array(json.prefix(json.count * 2 / 3))
        case .wrongTime: return Array(text.replacing("T", with: "kl").utf8)
        case .unknownType: return Array(text.replacing("no.vaktlast.", with: "no.vaktlast2.").utf8)
        case .noData: return Array(text.replacing("\"data\":", with: "\"dato\":").utf8)
        case .noJSON: return Array("ALARM \(json.count)".utf8)
        }
    }
}
