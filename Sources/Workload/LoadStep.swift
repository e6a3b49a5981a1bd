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
    /// The KPIs of alarms listed in a period: of those that are no tests and have a `raised`. O(n log n), in one pass.
    package init(of records: [AlarmRecord]) {
        var (alarms, closed, closedAtCentre, unintended) = (0, 0, 0, 0)
        var (answer, attendance) = (Waits(), Waits())
        for alarm in records where !alarm.isTest {
            guard let raised = alarm.t(.raised) else { continue }
            alarms += 1
            answer.add(from: raised, to: alarm.t(.answered))
            let dispatched = alarm.t(.dispatched)
            if let dispatched { attendance.add(from: dispatched, to: alarm.t(.arrived)) }
            guard !alarm.isOpen else { continue }
            closed += 1
            if alarm.outcome == .unintended { unintended += 1 }
            if dispatched == nil, alarm.t(.accepted) == nil, alarm.t(.departed) == nil, alarm.t(.arrived) == nil { closedAtCentre += 1 }
        }
        self.init(
            alarms: alarms,
            answer: answer.figures(KeyFigures.answerLimitsMilliseconds),
            attendance: attendance.figures(KeyFigures.attendanceLimitsMilliseconds),
            closedAtCentre: Share(closedAtCentre, of: closed),
            unintended: Share(unintended, of: closed)
        )
    }
}

/// Waits from one step to another, as they are counted.
private struct Waits {
    private var waits: [Int64] = []
    private var none = 0
    private var negative = 0

    mutating func add(from start: EventTime, to end: EventTime?) {
        guard let end else {
            none += 1
            return
        }
        if end < start { negative += 1 } else { waits.append(end - start) }
    }

    func figures(_ limitsMilliseconds: [Int64]) -> WaitFigures {
        WaitFigures(waits: waits, none: none, negative: negative, limitsMilliseconds: limitsMilliseconds)
    }
}
