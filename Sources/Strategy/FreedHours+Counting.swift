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
            let technology = alarm.device.flatMap { technologies[$0] } ?? .safetyAlarm
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
}

extension FreedHours.Counts {
    fileprivate var isEmpty: Bool { done == 0 && newWork.isEmpty }
}
