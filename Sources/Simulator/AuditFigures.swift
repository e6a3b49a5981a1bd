/// The measures of one zone and quarter by their names in the API.
struct AuditFigures: Equatable {
    var counts: [String: Int64] = [:]
    var outcomes: [String: Int64] = [:]

    static let names = [
        "raised", "answered", "dispatched", "accepted", "arrived", "closed", "repeated", "silent", "tests", "talkMs",
        "responseMs", "travelMs", "onSiteMs", "openPeak", "overlapMs", "heartbeats", "observations", "faults",
        "assists", "late",
    ]

    var isEmpty: Bool { counts.values.allSatisfy { $0 == 0 } && outcomes.values.allSatisfy { $0 == 0 } }

    mutating func add(_ name: String, _ value: Int64) {
        if value != 0 { counts[name, default: 0] += value }
    }

    /// Another quarter of the same zone: sums, but the greatest of the peaks.
    mutating func merge(_ other: AuditFigures) {
        for (name, value) in other.counts {
            if name == "openPeak" {
                counts[name] = max(counts[name] ?? 0, value)
            } else {
                add(name, value)
            }
        }
        for (outcome, value) in other.outcomes { outcomes[outcome, default: 0] += value }
    }
}

/// The figures of one quarter, zone by zone, from the alarms and the other events that touch it.
struct AuditQuarter {
    let from: Int64
    let to: Int64
    private(set) var zones: [String: AuditFigures] = [:]

    init(_ number: Int64, alarms: [AuditAlarm], others: [AuditEvent]) {
        from = number * 900_000
        to = from + 900_000
        for alarm in alarms {
            if alarm.isTest {
                if let raised = alarm.time(.raised), isHere(raised) { add("tests", 1, alarm.zone) }
            } else {
                count(alarm)
            }
        }
        for event in others where isHere(event.time) { count(event) }
        let responding = alarms.filter { !$0.isTest && $0.response != nil }
        for zone in Set(responding.map(\.respondingZone)) {
            findOverlap(zone, responding.filter { $0.respondingZone == zone })
        }
    }

    private func isHere(_ time: Int64) -> Bool { from <= time && time < to }

    private mutating func add(_ name: String, _ value: Int64, _ zone: String) {
        if value != 0 { zones[zone, default: AuditFigures()].add(name, value) }
    }

    private mutating func count(_ alarm: AuditAlarm) {
        for step in [AuditStep.raised, .answered, .dispatched, .accepted, .arrived, .closed] {
            guard let time = alarm.time(step), isHere(time) else { continue }
            add(step.rawValue, 1, alarm.zone)
            if step == .answered && alarm.steps[.answered]?.data.voice == false { add("silent", 1, alarm.zone) }
            if step == .closed, let outcome = alarm.steps[.closed]?.data.outcome {
                zones[alarm.zone, default: AuditFigures()].outcomes[outcome, default: 0] += 1
            }
        }
        add("repeated", Int64(alarm.repeats.count { isHere($0.time) }), alarm.zone)
        add("late", Int64(alarm.events.count { $0.isLate && isHere($0.time) }), alarm.zone)
        add("talkMs", alarm.talk?.overlap(from: from, to: to) ?? 0, alarm.zone)
        let people = alarm.responders
        add("responseMs", (alarm.response?.overlap(from: from, to: to) ?? 0) * people, alarm.respondingZone)
        add("travelMs", (alarm.travel?.overlap(from: from, to: to) ?? 0) * people, alarm.respondingZone)
        add("onSiteMs", (alarm.onSite?.overlap(from: from, to: to) ?? 0) * people, alarm.respondingZone)
    }

    private mutating func count(_ event: AuditEvent) {
        switch event.type {
        case "device.heartbeat": add("heartbeats", 1, event.zone)
        case "sensor.observed": add("observations", 1, event.zone)
        case "device.fault": add("faults", 1, event.zone)
        case "assist.performed": add("assists", 1, event.zone)
        default: break
        }
        if event.isLate { add("late", 1, event.zone) }
    }

    /// Cuts the quarter wherever a response begins or ends, and looks at each piece.
    private mutating func findOverlap(_ zone: String, _ alarms: [AuditAlarm]) {
        let intervals = alarms.compactMap { alarm in alarm.response.map { ($0, alarm.responders) } }
        var cuts: Set<Int64> = [from, to]
        for (interval, _) in intervals {
            for instant in [interval.start, interval.end] where isHere(instant) { cuts.insert(instant) }
        }
        let instants = cuts.sorted()
        var peak: Int64 = 0
        var overlap: Int64 = 0
        for (start, end) in zip(instants, instants.dropFirst()) {
            let open = intervals.filter { $0.0.start <= start && end <= $0.0.end }
            peak = max(peak, open.map(\.1).reduce(0, +))
            if open.count >= 2 { overlap += end - start }
        }
        add("openPeak", peak, zone)
        add("overlapMs", overlap, zone)
    }
}
