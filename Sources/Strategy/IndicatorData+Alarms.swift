package import Telemetry
package import Workload

extension IndicatorData {
    /// What figures about alarms are counted over.
    package struct Scope: Sendable {
        /// Alarms raised in it count.
        package var period: Range<EventTime>
        /// The whole local days in it that the data cover, in order; call-outs and hours count in these.
        package var days: [LocalTime.Day]
        /// Up to when there are data: whether an alarm was solved for good is known 24 h later.
        package var dataUntil: EventTime
        /// The alarm's zone for figures of alarms, the responding zone for those of time; nil for all.
        package var zone: String?

        package init(period: Range<EventTime>, days: [LocalTime.Day], dataUntil: EventTime, zone: String? = nil) {
            self.period = period
            self.days = days
            self.dataUntil = dataUntil
            self.zone = zone
        }
    }

    /// Fills in what the alarms say: silent, solved at the lowest effective step, late, call-outs by day, night and user,
    /// and those that began while another went on. O(n log n).
    ///
    /// - Parameters:
    ///   - records: alarms from a day before the period until a day after it, so that what came next is known.
    ///   - userDevices: the registered users, one device each.
    package mutating func add(
        alarms records: [AlarmRecord],
        userDevices: Set<String>,
        _ scope: Scope,
        localTime: LocalTime = .oslo
    ) {
        let alarms = records.filter { !$0.isTest && $0.t(.raised) != nil && (scope.zone == nil || $0.zone == scope.zone) }
        let raised = alarms.filter { $0.t(.raised).map(scope.period.contains) == true }
        let answered = raised.filter { $0.t(.answered) != nil && $0.voice != nil }
        silent = Share(answered.count { $0.voice == false }, of: answered.count)
        let steps = raised.filter(\.isLive).flatMap(\.steps)
        late = Share(steps.count(where: \.late), of: steps.count)
        lowestEffectiveStep = IndicatorData.lowestEffectiveStep(raised, among: alarms, scope)
        addCallOuts(alarms, userDevices, scope, localTime)
        simultaneous = IndicatorData.simultaneous(records, scope)
    }

    private static func lowestEffectiveStep(_ raised: [AlarmRecord], among alarms: [AlarmRecord], _ scope: Scope) -> Share {
        var sent: [String: [EventTime]] = [:]
        for alarm in alarms {
            if let device = alarm.device, let time = alarm.callOutTime { sent[device, default: []].append(time) }
        }
        var (solved, known) = (0, 0)
        for alarm in raised {
            guard let device = alarm.device, let closed = alarm.t(.closed) else { continue }
            let until = closed + IndicatorDefinition.effectiveMilliseconds
            guard until <= scope.dataUntil else { continue }
            known += 1
            guard alarm.callOutTime == nil else { continue }
            let again = sent[device]?.contains { closed < $0 && $0 <= until } ?? false
            if !again { solved += 1 }
        }
        return Share(solved, of: known)
    }

    private mutating func addCallOuts(_ alarms: [AlarmRecord], _ userDevices: Set<String>, _ scope: Scope, _ localTime: LocalTime) {
        let days = Set(scope.days)
        var byUser = Dictionary(uniqueKeysWithValues: userDevices.map { ($0, 0) })
        var (all, night) = (0, 0)
        for alarm in alarms {
            guard let time = alarm.callOutTime else { continue }
            let clock = localTime.wallClock(at: time)
            guard days.contains(clock.day) else { continue }
            all += 1
            let hour = Int(clock.milliseconds / TimeRule.hourMilliseconds)
            if hour >= IndicatorDefinition.nightHours.from || hour < IndicatorDefinition.nightHours.until { night += 1 }
            if let device = alarm.device { byUser[device]? += 1 }
        }
        callOuts = all
        nightCallOuts = night
        // In descending order nothing tells who is who.
        callOutsByUser = byUser.values.sorted(by: >)
    }

    private static func simultaneous(_ records: [AlarmRecord], _ scope: Scope) -> Share {
        let responses = records.filter { !$0.isTest }.compactMap { alarm in
            alarm.intervals.response.flatMap { $0.isEmpty ? nil : (zone: alarm.respondingZone, time: $0) }
        }
        var openUntil: [String: EventTime] = [:]
        var (during, all) = (0, 0)
        for (zone, time) in responses.sorted(by: { ($0.time.lowerBound, $0.time.upperBound) < ($1.time.lowerBound, $1.time.upperBound) }) {
            let isDuring = openUntil[zone].map { time.lowerBound < $0 } ?? false
            openUntil[zone] = max(openUntil[zone] ?? time.upperBound, time.upperBound)
            guard scope.period.contains(time.lowerBound), scope.zone == nil || scope.zone == zone else { continue }
            all += 1
            if isDuring { during += 1 }
        }
        return Share(during, of: all)
    }
}

extension AlarmRecord {
    /// When somebody was first asked to go: `dispatched`, else the first of accepted, departed and arrived, by presence
    /// alone; nil for an alarm that nobody was sent to.
    package var callOutTime: EventTime? { t(.dispatched) ?? t(.accepted) ?? t(.departed) ?? t(.arrived) }
}
