package import Telemetry
package import Workload

/// Why fewer alarms count as freed than were closed at the centre, so that the two figures of a page can be held together.
package struct FreedReconciliation: Equatable, Sendable {
    /// Raised in the period and closed without anybody sent.
    package var closedAtCentre = 0
    /// Of them those that freed hours count.
    package var counted = 0
    /// Closed as unintended or technical: nobody would have gone without the alarm either.
    package var unintended = 0
    package var technical = 0
    /// Of devices of another technology: without it the alarm would not have been.
    package var otherTechnology = 0
    /// Raised on days that the data do not cover wholly, whatever the outcome.
    package var outsideWholeDays = 0

    /// - Parameters:
    ///   - raised: the period's alarms.
    ///   - whole: its whole local days, that freed hours are counted in.
    ///   - technologies: of the registered devices, as `FreedHours.counts` has them.
    package init(_ raised: [AlarmRecord], whole: Range<EventTime>, technologies: [String: Technology] = [:]) {
        for alarm in raised where !alarm.isTest && !alarm.isOpen && alarm.callOutTime == nil {
            guard let time = alarm.t(.raised) else { continue }
            closedAtCentre += 1
            if !whole.contains(time) {
                outsideWholeDays += 1
            } else if !FreedHours.isSafetyAlarm(alarm, technologies) {
                otherTechnology += 1
            } else if alarm.outcome == .unintended {
                unintended += 1
            } else if alarm.outcome == .technical {
                technical += 1
            } else {
                counted += 1
            }
        }
    }
}
