/// An interval of time, `[start, end)`.
struct AuditInterval: Equatable {
    var start: Int64
    var end: Int64

    var length: Int64 { end - start }

    func overlap(from: Int64, to: Int64) -> Int64 { max(0, min(end, to) - max(start, from)) }
}

/// An alarm put together from its accepted events, whatever their order (CONTRACT 5 and 6).
struct AuditAlarm {
    var municipality: String
    var source: String
    var name: [UInt8]
    let events: [AuditEvent]
    private(set) var steps: [AuditStep: AuditEvent] = [:]
    private(set) var repeats: [AuditEvent] = []
    /// The alarm's zone and the zone that responds.
    private(set) var zone = "ukjent"
    private(set) var respondingZone = "ukjent"
    /// What contributes; nil otherwise.
    private(set) var talk: AuditInterval?
    private(set) var response: AuditInterval?
    private(set) var travel: AuditInterval?
    private(set) var onSite: AuditInterval?
    private(set) var flags: [String] = []

    private static let lengthMax: Int64 = 6 * 3_600_000

    /// - Parameter events: of one alarm, at least one.
    init(_ events: [AuditEvent], municipality: AuditedMunicipality?) {
        self.events = events
        self.municipality = events[0].municipality
        source = events[0].source
        name = events[0].data.alarm
        repeats = events.filter { $0.type == "alarm.repeated" }.sorted(by: AuditEvent.precedes)
        for step in AuditStep.allCases {
            let candidates = events.filter { $0.type == "alarm.\(step.rawValue)" }
            let believed = candidates.filter { $0.flag == nil }
            let sorted = (believed.isEmpty ? candidates : believed).sorted(by: AuditEvent.precedes)
            steps[step] = step == .closed ? sorted.last : sorted.first
        }
        findZones(municipality)
        findIntervals()
    }

    var isTest: Bool { steps[.raised]?.data.test == true || steps[.closed]?.data.outcome == "test" }
    var responders: Int64 { Int64(steps[.accepted]?.data.responders ?? 1) }

    /// The instant by which it is listed: raised, else the earliest step, else the earliest repeat.
    var listed: Int64 {
        steps[.raised]?.time ?? steps.values.map(\.time).min() ?? repeats.map(\.time).min() ?? 0
    }

    var device: String? {
        let holding = steps.values.sorted(by: AuditEvent.precedes) + repeats
        return steps[.raised]?.data.device ?? holding.compactMap(\.data.device).first
    }

    func time(_ step: AuditStep) -> Int64? { steps[step]?.time }

    private mutating func findZones(_ municipality: AuditedMunicipality?) {
        if let raised = steps[.raised] {
            zone = raised.zone
        } else {
            let asked = steps.values.sorted(by: AuditEvent.precedes) + repeats
            zone = asked.first { $0.zone != "ukjent" }?.zone ?? "ukjent"
        }
        let named = municipality.flatMap { Auditor.configured(steps[.dispatched]?.data.respondingZone, $0) }
        respondingZone = named ?? zone
    }

    private mutating func findIntervals() {
        let talkEnd = [time(.dispatched), time(.closed)].compactMap { $0 }.min()
        talk = interval("talk", from: time(.answered), to: talkEnd)
        let start = time(.departed) ?? time(.accepted) ?? time(.dispatched) ?? time(.arrived)
        response = interval("response", from: start, to: time(.closed))
        guard let response, let arrived = time(.arrived) else { return }
        if response.start <= arrived && arrived <= response.end {
            travel = AuditInterval(start: response.start, end: arrived)
            onSite = AuditInterval(start: arrived, end: response.end)
        } else {
            flags.append("split:illegal-order")
        }
    }

    private mutating func interval(_ name: String, from start: Int64?, to end: Int64?) -> AuditInterval? {
        guard let start else { return nil }
        guard let end else {
            flags.append("\(name):open")
            return nil
        }
        if end < start {
            flags.append("\(name):illegal-order")
            return nil
        }
        if end - start > AuditAlarm.lengthMax {
            flags.append("\(name):implausible")
            return nil
        }
        return AuditInterval(start: start, end: end)
    }
}

extension Auditor {
    private struct AlarmKey: Hashable {
        var source: String
        var name: [UInt8]
    }

    /// A municipality's alarms from the accepted events that a condition lets through.
    func merged(_ municipality: String, where condition: (AuditEvent) -> Bool = { _ in true }) -> [AuditAlarm] {
        let events = events.filter { $0.municipality == municipality && $0.isAlarm && condition($0) }
        return Dictionary(grouping: events) { AlarmKey(source: $0.source, name: $0.data.alarm) }
            .values.map { AuditAlarm($0, municipality: municipalities[municipality]) }
    }
}
