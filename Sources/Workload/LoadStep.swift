package import Telemetry

/// The lengths of time that load is summed to (CONTRACT 6).
package enum LoadStep: String, CaseIterable, Sendable {
    case quarter = "PT15M", hour = "PT1H", day = "P1D"

    /// The start of the step that an instant lies in: UTC hours, Oslo calendar days.
    package func start(of time: EventTime) -> EventTime {
        switch self {
        case .quarter: TimeRule.quarter(of: time) * TimeRule.quarterMilliseconds
        case .hour: TimeRule.floorDivide(time, TimeRule.hourMilliseconds) * TimeRule.hourMilliseconds
        case .day: LocalTime.oslo.instant(LocalTime.oslo.day(at: time))
        }
    }

    fileprivate func end(from start: EventTime) -> EventTime {
        switch self {
        case .quarter: start + TimeRule.quarterMilliseconds
        case .hour: start + TimeRule.hourMilliseconds
        case .day: LocalTime.oslo.bounds(of: LocalTime.oslo.day(at: start)).upperBound
        }
    }
}

/// Sums quarter cells, which come ordered by start and zone, to a step; gives the sums ordered by start and zone, empty
/// ones left out. A step is revised if any of its quarters is, also one that is empty now.
package struct LoadSums {
    private let step: LoadStep
    /// The zones of the step that is being summed, in the order they came.
    private var sums: [LoadCell] = []
    private var span: Range<EventTime> = 0..<0
    /// Where the next cell's zone is looked for first: they come in turn.
    private var next = 0

    package init(_ step: LoadStep) { self.step = step }

    /// Adds a cell; gives the sums of the step before it to `write` when it begins another. O(1) for zones that come in
    /// turn, else O(zones).
    package mutating func add(_ cell: borrowing LoadCell, _ write: (borrowing LoadCell) -> Void) {
        if step == .quarter {
            if !cell.measures.isEmpty { write(cell) }
            return
        }
        if !span.contains(cell.start) {
            finish(write)
            let start = step.start(of: cell.start)
            span = start..<step.end(from: start)
        }
        for offset in sums.indices {
            let place = next + offset < sums.count ? next + offset : next + offset - sums.count
            guard sums[place].zone == cell.zone else { continue }
            sums[place].measures.merge(cell.measures)
            sums[place].revised = sums[place].revised || cell.revised
            next = place + 1 < sums.count ? place + 1 : 0
            return
        }
        sums.append(LoadCell(zone: cell.zone, start: span.lowerBound, measures: cell.measures, revised: cell.revised))
        next = 0
    }

    /// Gives the sums of the last step.
    package mutating func finish(_ write: (borrowing LoadCell) -> Void) {
        // Zone ids are ASCII.
        for cell in sums.sorted(by: { $0.zone < $1.zone }) where !cell.measures.isEmpty { write(cell) }
        sums.removeAll(keepingCapacity: true)
        next = 0
    }
}

extension KeyFigures {
    /// The KPIs of alarms listed in a period: of those that are no tests and have a `raised`.
    package init(of records: [AlarmRecord]) {
        let alarms = records.filter { !$0.isTest && $0.t(.raised) != nil }
        self.init(
            alarms: alarms.count,
            answer: WaitFigures(alarms, from: .raised, to: .answered, KeyFigures.answerLimitsMilliseconds),
            attendance: WaitFigures(
                alarms.filter { $0.t(.dispatched) != nil },
                from: .dispatched,
                to: .arrived,
                KeyFigures.attendanceLimitsMilliseconds
            ),
            closedAtCentre: Share(
                alarms.count { alarm in
                    !alarm.isOpen
                        && [Step.dispatched, .accepted, .departed, .arrived].allSatisfy { alarm.t($0) == nil }
                },
                of: alarms.count { !$0.isOpen }
            ),
            unintended: Share(
                alarms.count { !$0.isOpen && $0.outcome == .unintended },
                of: alarms.count { !$0.isOpen }
            )
        )
    }
}

extension WaitFigures {
    /// The waits from one step to another; every alarm has the first.
    init(_ alarms: [AlarmRecord], from: Step, to: Step, _ limitsMilliseconds: [Int64]) {
        var waits: [Int64] = []
        var none = 0
        var negative = 0
        for alarm in alarms {
            guard let start = alarm.t(from) else { continue }
            guard let end = alarm.t(to) else {
                none += 1
                continue
            }
            if end < start { negative += 1 } else { waits.append(end - start) }
        }
        self.init(waits: waits, none: none, negative: negative, limitsMilliseconds: limitsMilliseconds)
    }
}
