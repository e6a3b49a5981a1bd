package import Telemetry
package import Workload

extension FreedHours {
    /// What a period's assists and alarms say of each technology. A technology that neither speaks of is left out, but for
    /// safety alarms, whose alarms are always counted.
    ///
    /// - Parameters:
    ///   - assists: of whole days.
    ///   - alarms: raised on the same days. Test alarms and open ones count nothing.
    ///   - technologies: of the registered devices. Alarms of devices that are not among them are safety alarms.
    package static func counts(assists: [AssistRow], alarms: [AlarmRecord], technologies: [String: Technology]) -> [Technology: Counts] {
        var counts: [Technology: Counts] = [.safetyAlarm: Counts(done: 0)]
        for alarm in alarms where !alarm.isTest && !alarm.isOpen && alarm.t(.raised) != nil {
            let technology = technology(of: alarm, technologies)
            let isSent = alarm.callOutTime != nil
            switch alarm.outcome {
            // Call-outs to alarms that were unintended, and to devices that did not work. Where nobody went, nobody would have without
            // the alarm either.
            case .unintended: if isSent { counts[technology, default: Counts(done: 0)].newWork[.falseAlarm, default: 0] += 1 }
            case .technical: if isSent { counts[technology, default: Counts(done: 0)].newWork[.technicalVisit, default: 0] += 1 }
            // Safety alarms that nobody had to go to. Those of other technologies would not have been without it.
            default: if technology == .safetyAlarm, !isSent { counts[.safetyAlarm, default: Counts(done: 0)].done += 1 }
            }
        }
        for row in assists {
            switch row.result {
            case .done: counts[row.technology, default: Counts(done: 0)].done += Int(row.count)
            case .followUp: counts[row.technology, default: Counts(done: 0)].newWork[.followUp, default: 0] += Int(row.count)
            }
        }
        return counts.filter { $0.key == .safetyAlarm || !$0.value.isEmpty }
    }

    private static func technology(of alarm: AlarmRecord, _ technologies: [String: Technology]) -> Technology {
        alarm.device.flatMap { technologies[$0] } ?? .safetyAlarm
    }

    /// The alarms that freed hours count as closed at the centre instead of a call-out.
    ///
    /// - Parameter alarms: raised on the whole days.
    package static func closedAtCentre(_ alarms: [AlarmRecord], technologies: [String: Technology]) -> [AlarmRecord] {
        alarms.filter { alarm in
            !alarm.isTest && alarm.t(.raised) != nil && !alarm.isOpen && isSafetyAlarm(alarm, technologies) && alarm.callOutTime == nil
                && alarm.outcome != .unintended && alarm.outcome != .technical
        }
    }

    /// Whether an alarm counts as one of a safety alarm: so do those of devices without a technology of their own, such as smoke
    /// detectors, and of devices that nobody has registered.
    package static func isSafetyAlarm(_ alarm: AlarmRecord, _ technologies: [String: Technology]) -> Bool {
        technology(of: alarm, technologies) == .safetyAlarm
    }
}

extension FreedHours.Counts {
    fileprivate var isEmpty: Bool { done == 0 && newWork.isEmpty }
}
