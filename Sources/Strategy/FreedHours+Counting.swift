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
        let closed = alarms.filter { !$0.isTest && $0.t(.raised) != nil && !$0.isOpen }
        var counts = Dictionary(grouping: closed) { alarm in alarm.device.flatMap { technologies[$0] } ?? .safetyAlarm }
            .mapValues { Counts(newWorkOf: $0) }
        counts[.safetyAlarm, default: Counts(done: 0)].done += Counts.closedAtCentre(closed, technologies)
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
    /// Call-outs to alarms that were unintended, and to devices that did not work.
    fileprivate init(newWorkOf alarms: [AlarmRecord]) {
        let sent = alarms.filter { $0.callOutTime != nil }
        self.init(done: 0)
        for (kind, outcome) in [(BenefitAssumptions.NewWork.falseAlarm, Outcome.unintended), (.technicalVisit, .technical)] {
            let count = sent.count { $0.outcome == outcome }
            if count > 0 { newWork[kind] = count }
        }
    }

    /// Safety alarms that nobody had to go to. Those of other technologies would not have been without it; what was
    /// unintended or technical would have brought nobody out without the alarm either.
    fileprivate static func closedAtCentre(_ closed: [AlarmRecord], _ technologies: [String: Technology]) -> Int {
        closed.count { alarm in
            let technology = alarm.device.flatMap { technologies[$0] } ?? .safetyAlarm
            return technology == .safetyAlarm && alarm.callOutTime == nil && alarm.outcome != .unintended && alarm.outcome != .technical
        }
    }

    fileprivate var isEmpty: Bool { done == 0 && newWork.isEmpty }
}
