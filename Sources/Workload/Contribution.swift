import Telemetry

/// Zone and quarter of a cell.
struct CellKey: Hashable {
    var zone: UInt32
    var quarter: Int32

    init(zone: UInt32, quarter: Int64) {
        self.zone = zone
        self.quarter = Int32(quarter)
    }

    var start: EventTime { Int64(quarter) * TimeRule.quarterMilliseconds }
    var end: EventTime { start + TimeRule.quarterMilliseconds }

    /// Whether a message received then finds the cell published (CONTRACT 4).
    func isPublished(at received: EventTime) -> Bool { received >= end + TimeRule.publishAfterMilliseconds }
}

/// One thing that an alarm adds to one cell. What an alarm adds is a pure function of the alarm, so a change is
/// the old list taken back and the new one added.
struct Contribution: Equatable {
    enum Kind: Equatable {
        case step(Step)
        case silent, test, outcome(Outcome)
        case repeated, late
        case talk, travel, onSite
        case response(Response)
    }

    /// A response interval at work in the cell; whole, not cut to the quarter.
    struct Response: Equatable {
        var alarm: UInt32
        var interval: Range<EventTime>
        var responders: UInt8
    }

    var key: CellKey
    var kind: Kind
    /// A count, or milliseconds.
    var amount: Int64

    func apply(to measures: inout Measures, sign: Int64) {
        let amount = sign * amount
        switch kind {
        case .step(.raised): measures.raised += amount
        case .step(.answered): measures.answered += amount
        case .step(.dispatched): measures.dispatched += amount
        case .step(.accepted): measures.accepted += amount
        case .step(.arrived): measures.arrived += amount
        case .step(.closed): measures.closed += amount
        case .step(.acknowledged), .step(.departed): break
        case .silent: measures.silent += amount
        case .test: measures.tests += amount
        case .outcome(let outcome): measures.outcomes[outcome] += amount
        case .repeated: measures.repeated += amount
        case .late: measures.late += amount
        case .talk: measures.talkMs += amount
        case .travel: measures.travelMs += amount
        case .onSite: measures.onSiteMs += amount
        case .response: measures.responseMs += amount
        }
    }
}

extension AlarmReading {
    /// Everything that the alarm adds to load, in a fixed order (CONTRACT 6). `zone` is the alarm's.
    func contributions(number: UInt32, zone: UInt32, into list: inout ContiguousArray<Contribution>) {
        list.removeAll(keepingCapacity: true)
        if isTest {
            if let raised = t(.raised) { list.append(count(.test, zone, raised)) }
            return
        }
        for index in Step.all.indices {
            let step = Step.all[index]
            guard step != .acknowledged, step != .departed, let t = t(step) else { continue }
            list.append(count(.step(step), zone, t))
        }
        if isSilent, let answered = t(.answered) { list.append(count(.silent, zone, answered)) }
        if let outcome, let closed = t(.closed) { list.append(count(.outcome(outcome), zone, closed)) }
        let intervals = AlarmIntervals(time: t)
        add(intervals.talk, .talk, zone, times: 1, to: &list)
        if let response = intervals.response {
            let place = respondingZone ?? zone
            let times = Int64(responders)
            let whole = Contribution.Response(alarm: number, interval: response, responders: responders)
            add(response, .response(whole), place, times: times, to: &list)
            add(intervals.travel, .travel, place, times: times, to: &list)
            add(intervals.onSite, .onSite, place, times: times, to: &list)
        }
        for repeated in repeats {
            list.append(.init(key: key(zone, repeated), kind: .repeated, amount: Int64(repeated.count)))
        }
        for late in lates { list.append(.init(key: key(zone, late), kind: .late, amount: Int64(late.count))) }
    }

    private func key(_ zone: UInt32, _ count: QuarterCount) -> CellKey {
        CellKey(zone: zone, quarter: Int64(count.quarter))
    }

    private func count(_ kind: Contribution.Kind, _ zone: UInt32, _ t: EventTime) -> Contribution {
        Contribution(key: CellKey(zone: zone, quarter: TimeRule.quarter(of: t)), kind: kind, amount: 1)
    }

    /// Cuts an interval at the quarters it crosses.
    private func add(
        _ interval: Range<EventTime>?,
        _ kind: Contribution.Kind,
        _ zone: UInt32,
        times: Int64,
        to list: inout ContiguousArray<Contribution>
    ) {
        guard let interval, !interval.isEmpty else { return }
        for quarter in TimeRule.quarter(of: interval.lowerBound)...TimeRule.quarter(of: interval.upperBound - 1) {
            let key = CellKey(zone: zone, quarter: quarter)
            let overlap = interval.clamped(to: key.start..<key.end).lengthMilliseconds
            list.append(Contribution(key: key, kind: kind, amount: overlap * times))
        }
    }
}
