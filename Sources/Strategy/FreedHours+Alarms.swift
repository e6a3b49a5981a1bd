import Telemetry
package import Workload

extension FreedHours.Counts {
    /// What safety alarms did: those closed at the centre, and the new work they made: call-outs to alarms that were
    /// unintended, and to devices that did not work. Test alarms and open ones left out.
    package init(safetyAlarms alarms: [AlarmRecord]) {
        let closed = alarms.filter { !$0.isTest && $0.t(.raised) != nil && !$0.isOpen }
        // What was unintended or technical would have brought nobody out without the alarm either.
        let atCentre = closed.filter { $0.callOutTime == nil && $0.outcome != .unintended && $0.outcome != .technical }
        let sent = closed.filter { $0.callOutTime != nil }
        self.init(
            done: atCentre.count,
            newWork: [
                .falseAlarm: sent.count { $0.outcome == .unintended },
                .technicalVisit: sent.count { $0.outcome == .technical },
            ]
        )
    }
}
