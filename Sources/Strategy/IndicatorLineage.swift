import Telemetry
package import Workload

/// One alarm behind a figure, and what it adds to it.
package struct LineageAlarm: Equatable, Sendable {
    package var alarm: AlarmRecord
    /// Alarms (1 or 0), events or milliseconds, as `IndicatorMeasure.lineageUnit` says.
    package var numerator: Int64
    /// Likewise; 0 where the figure's denominator is not made of alarms.
    package var denominator: Int64

    package init(alarm: AlarmRecord, numerator: Int64, denominator: Int64) {
        self.alarm = alarm
        self.numerator = numerator
        self.denominator = denominator
    }
}

/// What the alarms behind a figure add up to.
package enum LineageUnit: String, CaseIterable, Sendable {
    case alarms, events
    /// Of responders at work; the figure's numerator is in hours.
    case milliseconds
}

extension IndicatorMeasure {
    /// What the alarms behind a figure of the measure add up to; nil where it does not rest on alarms, or where a list of them
    /// would tell what may not be told: who calls most.
    package var lineageUnit: LineageUnit? {
        switch self {
        case .closedAtCentre, .lowestEffectiveStep, .unintended, .silent, .answerWithin60Seconds, .answerWithin180Seconds, .unanswered, .open,
            .attendanceWithin45Minutes, .attendanceWithin60Minutes, .callOutsPer100Users, .nightCallOutsPer100Users, .simultaneousResponses:
            .alarms
        case .late: .events
        case .callOutHoursPer100Users, .unplannedShare: .milliseconds
        default: nil
        }
    }

    /// What the alarms that a lineage lists add up to: of freed hours those that were closed at the centre, which are a part of what it
    /// counts.
    package var listedUnit: LineageUnit? { self == .freedHours ? .alarms : lineageUnit }

    /// The figure's denominator is made of the same alarms, not of users, days or rostered hours.
    package var isShareOfAlarms: Bool {
        switch lineageUnit {
        case .events: true
        case .alarms: unit == .share
        case .milliseconds, nil: false
        }
    }
}

extension IndicatorData {
    /// The alarms behind a figure, by instant, source and alarm: what they add up to is the figure's numerator, and where
    /// `isShareOfAlarms` its denominator. Empty where the measure does not rest on alarms. O(n log n).
    ///
    /// - Parameters:
    ///   - records: alarms from a day before the period until a day after it, as for `add(alarms:residents:_:localTime:)`.
    ///   - rosteredZones: responding zones whose responses count for the unplanned share.
    package static func lineage(
        of measure: IndicatorMeasure,
        alarms records: [AlarmRecord],
        _ scope: Scope,
        rosteredZones: Set<String> = [],
        localTime: LocalTime = .oslo
    ) -> [LineageAlarm] {
        let alarms = counted(records, scope)
        let raised = alarms.filter { $0.t(.raised).map(scope.period.contains) == true }
        let found: [LineageAlarm]
        switch measure {
        case .lowestEffectiveStep:
            found = solutions(raised, among: alarms, scope).map { LineageAlarm(alarm: $0.alarm, numerator: $0.isSolved ? 1 : 0, denominator: 1) }
        case .simultaneousResponses:
            found = responses(records, scope).map { LineageAlarm(alarm: $0.alarm, numerator: $0.isDuring ? 1 : 0, denominator: 1) }
        case .callOutsPer100Users, .nightCallOutsPer100Users:
            found = callOuts(alarms, scope, localTime).filter { measure == .callOutsPer100Users || $0.isNight }
                .map { LineageAlarm(alarm: $0.alarm, numerator: 1, denominator: 0) }
        case .callOutHoursPer100Users, .unplannedShare:
            let zones = measure == .unplannedShare ? rosteredZones : nil
            found = atWork(records, scope, localTime) { zone in (zones?.contains(zone) ?? true) && (scope.zone == nil || scope.zone == zone) }
        default:
            guard measure.lineageUnit != nil else { return [] }
            found = raised.compactMap { alone($0, measure, scope) }
        }
        return found.sorted { left, right in
            let (left, right) = (left.alarm, right.alarm)
            return (left.instant, left.source, left.alarm) < (right.instant, right.source, right.alarm)
        }
    }

    /// What an alarm adds where each counts by itself: the figure of it alone, so that no rule is written twice.
    private static func alone(_ alarm: AlarmRecord, _ measure: IndicatorMeasure, _ scope: Scope) -> LineageAlarm? {
        var data = IndicatorData(
            keyFigures: KeyFigures(of: [alarm]),
            responseMillisecondsByDay: [],
            users: 0,
            deviceDaysWithSign: 0,
            deviceDaysRegistered: 0
        )
        data.add(alarms: [alarm], residents: [:], scope)
        let figure = IndicatorFigure(measure, data)
        guard figure.denominator > 0 else { return nil }
        return LineageAlarm(alarm: alarm, numerator: Int64(figure.numerator), denominator: Int64(figure.denominator))
    }

    /// Responders' milliseconds of each response within the whole days, as the cells have them: in the responding zone.
    private static func atWork(
        _ records: [AlarmRecord],
        _ scope: Scope,
        _ localTime: LocalTime,
        _ isCounted: (_ zone: String) -> Bool
    ) -> [LineageAlarm] {
        guard let first = scope.days.first, let last = scope.days.last else { return [] }
        let whole = localTime.instant(first)..<localTime.instant(last.advanced(by: 1))
        return records.compactMap { alarm in
            guard !alarm.isTest, isCounted(alarm.respondingZone), let response = alarm.intervals.response else { return nil }
            let milliseconds = response.clamped(to: whole).lengthMilliseconds * Int64(alarm.responders)
            return milliseconds > 0 ? LineageAlarm(alarm: alarm, numerator: milliseconds, denominator: 0) : nil
        }
    }
}
