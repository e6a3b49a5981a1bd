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
    ///   - residents: of each registered device, whose it is: a resident's devices all count as the resident's.
    package mutating func add(
        alarms records: [AlarmRecord],
        residents: [String: String],
        _ scope: Scope,
        localTime: LocalTime = .oslo
    ) {
        let alarms = IndicatorData.counted(records, scope)
        let raised = alarms.filter { $0.t(.raised).map(scope.period.contains) == true }
        let answered = raised.filter { $0.t(.answered) != nil && $0.voice != nil }
        silent = Share(answered.count { $0.voice == false }, of: answered.count)
        var (steps, lateSteps) = (0, 0)
        for alarm in raised where alarm.isLive {
            steps += alarm.steps.count
            lateSteps += alarm.steps.count(where: \.late)
        }
        late = Share(lateSteps, of: steps)
        let solutions = IndicatorData.solutions(raised, among: alarms, scope)
        lowestEffectiveStep = Share(solutions.count(where: \.isSolved), of: solutions.count)
        addCallOuts(alarms, residents, scope, localTime)
        let responses = IndicatorData.responses(records, scope)
        simultaneous = Share(responses.count(where: \.isDuring), of: responses.count)
    }

    /// Of the alarm's zone, raised and no test.
    static func counted(_ records: [AlarmRecord], _ scope: Scope) -> [AlarmRecord] {
        records.filter { !$0.isTest && $0.t(.raised) != nil && (scope.zone == nil || $0.zone == scope.zone) }
    }

    /// Closed alarms of which it is known whether anybody was sent within a day, and whether they were solved for good.
    static func solutions(_ raised: [AlarmRecord], among alarms: [AlarmRecord], _ scope: Scope) -> [(alarm: AlarmRecord, isSolved: Bool)] {
        var sent: [String: [EventTime]] = [:]
        for alarm in alarms {
            if let device = alarm.device, let time = alarm.callOutTime { sent[device, default: []].append(time) }
        }
        return raised.compactMap { alarm in
            guard let device = alarm.device, let closed = alarm.t(.closed) else { return nil }
            let until = closed + IndicatorDefinition.effectiveMilliseconds
            guard until <= scope.dataUntil else { return nil }
            guard alarm.callOutTime == nil else { return (alarm, false) }
            let again = sent[device]?.contains { closed < $0 && $0 <= until } ?? false
            return (alarm, !again)
        }
    }

    private mutating func addCallOuts(_ alarms: [AlarmRecord], _ residents: [String: String], _ scope: Scope, _ localTime: LocalTime) {
        let found = IndicatorData.callOuts(alarms, scope, localTime)
        var byUser = Dictionary(uniqueKeysWithValues: Set(residents.values).map { ($0, 0) })
        for callOut in found {
            if let device = callOut.alarm.device, let resident = residents[device] { byUser[resident]? += 1 }
        }
        callOuts = found.count
        nightCallOuts = found.count(where: \.isNight)
        // In descending order nothing tells who is who.
        callOutsByUser = byUser.values.sorted(by: >)
    }

    /// Alarms that somebody was sent to in the whole local days.
    static func callOuts(_ alarms: [AlarmRecord], _ scope: Scope, _ localTime: LocalTime) -> [(alarm: AlarmRecord, isNight: Bool)] {
        let days = Set(scope.days)
        return alarms.compactMap { alarm in
            guard let time = alarm.callOutTime else { return nil }
            let clock = localTime.wallClock(at: time)
            guard days.contains(clock.day) else { return nil }
            let hour = Int(clock.milliseconds / TimeRule.hourMilliseconds)
            return (alarm, hour >= IndicatorDefinition.nightHours.from || hour < IndicatorDefinition.nightHours.until)
        }
    }

    /// Responses that began in the period, and whether another went on in the same responding zone.
    static func responses(_ records: [AlarmRecord], _ scope: Scope) -> [(alarm: AlarmRecord, isDuring: Bool)] {
        var responses: [(from: EventTime, until: EventTime, place: Int)] = []
        for (place, alarm) in records.enumerated() where !alarm.isTest {
            if let time = alarm.intervals.response, !time.isEmpty { responses.append((time.lowerBound, time.upperBound, place)) }
        }
        // Of equal ones the order says which is the other's.
        responses.sort { $0 < $1 }
        var openUntil: [String: EventTime] = [:]
        var found: [(alarm: AlarmRecord, isDuring: Bool)] = []
        for (from, until, place) in responses {
            let (alarm, time) = (records[place], from..<until)
            let zone = alarm.respondingZone
            let isDuring = openUntil[zone].map { time.lowerBound < $0 } ?? false
            openUntil[zone] = max(openUntil[zone] ?? time.upperBound, time.upperBound)
            guard scope.period.contains(time.lowerBound), scope.zone == nil || scope.zone == zone else { continue }
            found.append((alarm, isDuring))
        }
        return found
    }
}

extension AlarmRecord {
    /// When somebody was first asked to go: `dispatched`, else the first of accepted, departed and arrived, by presence
    /// alone; nil for an alarm that nobody was sent to.
    package var callOutTime: EventTime? { t(.dispatched) ?? t(.accepted) ?? t(.departed) ?? t(.arrived) }
}
