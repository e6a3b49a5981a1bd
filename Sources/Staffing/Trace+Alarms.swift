package import Telemetry
package import Workload

extension Trace {
    /// The call-outs among a municipality's alarms: no tests, and somebody was asked for or went.
    ///
    /// A response that CONTRACT 6 does not count (open, in illegal order, implausible) is counted in `leftOut`.
    /// A response without length is kept with 1 ms: somebody was asked.
    ///
    /// - Parameters:
    ///   - zones: the municipality's zone ids in its order; other zones become `ukjent`, last.
    ///   - period: a call-out belongs to it by the instant at which a responder was asked for.
    ///   - settings: what is urgent.
    package init(alarms: [AlarmRecord], zones: [String], period: Range<EventTime>, settings: StaffingSettings) {
        var places = Dictionary(uniqueKeysWithValues: zones.enumerated().map { ($0.element, Int32($0.offset)) })
        var names = zones
        func place(_ zone: String) -> Int32 {
            if let known = places[zone] { return known }
            let unknown = Int32(zones.count)
            if names.count == zones.count { names.append(Trace.unknownZone) }
            places[zone] = unknown
            return unknown
        }
        var callOuts: [CallOut] = []
        var leftOut = 0
        for alarm in alarms where !alarm.isTest {
            let started = [alarm.t(.accepted), alarm.t(.departed), alarm.t(.arrived)].compactMap { $0 }.min()
            guard let time = alarm.t(.dispatched) ?? started, period.contains(time) else { continue }
            let intervals = alarm.intervals
            guard let response = intervals.response else {
                leftOut += 1
                continue
            }
            callOuts.append(
                CallOut(
                    zone: place(alarm.zone),
                    respondingZone: place(alarm.respondingZone),
                    time: time,
                    delayMilliseconds: max(0, response.lowerBound - time),
                    travelMilliseconds: intervals.travel?.lengthMilliseconds,
                    busyMilliseconds: max(1, response.lengthMilliseconds),
                    responders: Int32(alarm.responders),
                    isUrgent: alarm.voice == false || alarm.kind.map(settings.urgentKinds.contains) == true,
                    attendanceMilliseconds: Trace.attendance(of: alarm)
                )
            )
        }
        self.init(zones: names, period: period, callOuts: callOuts, leftOut: leftOut)
    }

    /// The zone of alarms that lead to none (CONTRACT 5).
    package static let unknownZone = ZonePlan.unknownZone

    private static func attendance(of alarm: AlarmRecord) -> Int64? {
        guard let dispatched = alarm.t(.dispatched), let arrived = alarm.t(.arrived), arrived >= dispatched else { return nil }
        return arrived - dispatched
    }

    /// Attendance as it was measured, with the share within the norm: what a replay of today's roster is held against.
    ///
    /// - Parameter zone: place in `zones`; nil for all.
    package func measuredAttendance(norm: AttendanceNorm, zone: Int? = nil) -> WaitFigures {
        let asked = callOuts.filter { zone == nil || Int($0.zone) == zone }
        let known = asked.compactMap(\.attendanceMilliseconds)
        return WaitFigures(waits: known, none: asked.count - known.count, negative: 0, limitsMilliseconds: [norm.withinMilliseconds])
    }

    /// From being asked until on the way while nobody else was out, by zone: the setting, else the zone's median of the
    /// delays above 0 that began while nobody else was out in the responding zone, else (under `callOutsMin` of them)
    /// the municipality's, else 0. Milliseconds, by place in `zones`.
    package func turnouts(settings: StaffingSettings) -> [Int64] {
        if let given = settings.turnoutMilliseconds { return zones.map { _ in given } }
        var outUntil = [EventTime](repeating: .min, count: zones.count)
        var delays = [[Int64]](repeating: [], count: zones.count)
        for call in callOuts {
            let place = Int(call.respondingZone)
            if call.delayMilliseconds > 0, outUntil[place] <= call.time { delays[place].append(call.delayMilliseconds) }
            outUntil[place] = max(outUntil[place], call.time + call.delayMilliseconds + call.busyMilliseconds)
        }
        func median(_ values: [Int64]) -> Int64? { WaitFigures.nearestRank(values.sorted(), numerator: 1, denominator: 2) }
        let all = median(delays.flatMap { $0 }) ?? 0
        return delays.map { $0.count < settings.callOutsMin ? all : median($0) ?? all }
    }
}
