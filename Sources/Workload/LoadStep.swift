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

    /// Sums quarter cells, ordered by start, to this step; the answer is ordered by start and zone, empty cells left
    /// out. A step is revised if any of its quarters is, also one that is empty now. O(cells).
    package func sum(_ quarters: [LoadCell]) -> [LoadCell] {
        if self == .quarter, LoadStep.isInOrder(quarters) { return quarters.filter { !$0.measures.isEmpty } }
        var sums: [LoadCell] = []
        var places: [String: Int] = [:]
        var current: Range<EventTime> = 0..<0
        for cell in quarters {
            if !current.contains(cell.start) {
                let start = start(of: cell.start)
                current = start..<end(from: start)
                places = [:]
            }
            if let place = places[cell.zone] {
                sums[place].measures.merge(cell.measures)
                sums[place].revised = sums[place].revised || cell.revised
            } else {
                places[cell.zone] = sums.count
                sums.append(
                    LoadCell(zone: cell.zone, start: current.lowerBound, measures: cell.measures, revised: cell.revised)
                )
            }
        }
        return sums.filter { !$0.measures.isEmpty }.sorted {
            $0.start != $1.start ? $0.start < $1.start : $0.zone.utf8.lexicographicallyPrecedes($1.zone.utf8)
        }
    }

    /// Each cell once, by start and zone, as the views give them: there is nothing to sum and nothing to sort.
    private static func isInOrder(_ cells: [LoadCell]) -> Bool {
        zip(cells, cells.dropFirst()).allSatisfy { left, right in
            left.start != right.start ? left.start < right.start : left.zone.utf8.lexicographicallyPrecedes(right.zone.utf8)
        }
    }

    private func end(from start: EventTime) -> EventTime {
        switch self {
        case .quarter: start + TimeRule.quarterMilliseconds
        case .hour: start + TimeRule.hourMilliseconds
        case .day: LocalTime.oslo.bounds(of: LocalTime.oslo.day(at: start)).upperBound
        }
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
