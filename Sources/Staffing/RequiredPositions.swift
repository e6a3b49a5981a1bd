import Telemetry
package import Workload

/// The positions that the attendance norm asks for, by the queueing formulas.
package enum RequiredPositions {
    /// Every group of zones × shift × days that the period has hours of, in the order of `groups`, shifts and `RequiredDays.allCases`.
    ///
    /// Zones of a group are staffed as one. A responder is bound by turnout and response (as in the replay), a call-out with two
    /// responders binds two. Travel times and bound times are those of the group's call-outs in the shift on all days; the rate of
    /// calls is each hour's own.
    ///
    /// - Parameters:
    ///   - spans: of the roster in the period; empty where there is none: then shifts are by the clock.
    ///   - groups: ids of zones, each at least one; nil: every zone by itself.
    ///   - turnoutMilliseconds: by place in `trace.zones`, counted for call-outs whose steps tell turnout apart (a delay over 0).
    /// - Complexity: O(groups × (hours + spans + call-outs)) and, for each hour of a shift, O(positions × distinct travel times).
    package static func byShift(
        trace: Trace,
        spans: [Roster.Span],
        groups: [[String]]? = nil,
        turnoutMilliseconds: [Int64],
        settings: StaffingSettings,
        localTime: LocalTime = .oslo
    ) -> [RequiredShift] {
        let period = PeriodHours(period: trace.period, silentDays: trace.silentDays, localTime: localTime)
        return (groups ?? trace.zones.map { [$0] }).flatMap { zones in
            let group = GroupDemand(trace: trace, zones: zones, spans: spans, turnoutMilliseconds: turnoutMilliseconds, period: period)
            return ShiftKind.allCases.flatMap { group.shifts(kind: $0, settings: settings) }
        }
    }
}

/// What a group of zones asks for, by shift.
struct GroupDemand {
    let zones: [String]
    let hours: GroupHours
    /// By `ShiftKind.order`.
    let samples: [ShiftSample]
    /// By `ShiftKind.order`: how long one is bound, and how many a call-out asks for. A shift without call-outs has no arrivals
    /// for them to matter to.
    let serviceTimes: [ServiceTimes]
    let respondersPerCallOut: [Double]

    init(trace: Trace, zones: [String], spans: [Roster.Span], turnoutMilliseconds: [Int64], period: PeriodHours) {
        let members = Set(zones)
        let places = trace.zones.map(members.contains)
        let callOuts = trace.callOuts.filter { places[Int($0.zone)] && period.place(of: $0.time) != nil }
        let hours = GroupHours(period: period, zones: members, spans: spans, callOutTimes: callOuts.map(\.time))
        var samples = ShiftKind.allCases.map { _ in ShiftSample() }
        for call in callOuts {
            guard let place = period.place(of: call.time) else { continue }
            samples[hours.hours[place].kind.order].add(call, turnoutMilliseconds: turnoutMilliseconds[Int(call.zone)])
        }
        (self.zones, self.hours, self.samples) = (zones, hours, samples)
        serviceTimes = samples.map {
            $0.boundMilliseconds.isEmpty ? .exponential(meanHours: 1) : .measured(hours: $0.boundMilliseconds.map { Double($0) / 3_600_000 })
        }
        respondersPerCallOut = samples.map { $0.responders.isEmpty ? 1 : $0.respondersPerCallOut }
    }

    func shifts(kind: ShiftKind, settings: StaffingSettings) -> [RequiredShift] {
        let sample = samples[kind.order]
        let callOutsMin = max(1, settings.callOutsMin)
        let assumptions = [
            AssumptionCheck.poissonArrivals(countsByClass: hours.countsByClass(kind: kind), callsMin: callOutsMin),
            .exponentialService(milliseconds: sample.boundMilliseconds, callsMin: callOutsMin),
            .oneResponder(responders: sample.responders, callsMin: callOutsMin),
        ]
        let need = sample.boundMilliseconds.isEmpty ? nil : ShiftNeed(self, kind: kind, settings: settings)
        var shifts: [RequiredShift] = RequiredDays.allCases.compactMap { days in
            let cells = hours.cells(kind: kind, days: days)
            guard cells.contains(where: { $0.hours > 0 }) else { return nil }
            let callOuts = cells.reduce(0) { $0 + $1.callOuts }
            var outcome = RequiredShift.Outcome.tooFew(callOutsMin: callOutsMin)
            if let need, callOuts >= callOutsMin, sample.wayMilliseconds.count >= callOutsMin { outcome = need.outcome(days: days, cells: cells) }
            return RequiredShift(
                zones: zones,
                kind: kind,
                days: days,
                callOuts: callOuts,
                outcome: outcome,
                rosteredPositionsMin: hours.hasRoster ? cells.filter { $0.hours > 0 }.map(\.rosteredMin).min() : nil,
                assumptions: assumptions
            )
        }
        if hours.hasRoster {
            let verdicts = shifts.map { verdict(on: $0, among: shifts) }
            for (place, verdict) in verdicts.enumerated() { shifts[place].roster = verdict }
        }
        return shifts
    }

    /// The roster held against the need of some days; `shifts` are those of the same kind of shift.
    private func verdict(on shift: RequiredShift, among shifts: [RequiredShift]) -> RequiredShift.RosterVerdict? {
        guard case .positions(let figures) = shift.outcome else { return nil }
        let short = daysShort(\.rosteredMin, of: shift, figures, among: shifts)
        if !short.isEmpty { return .tooFewAtWork(on: short) }
        return daysShort(\.ownPartMin, of: shift, figures, among: shifts).isEmpty ? .enough : .sharedWithOtherZones
    }

    /// Kinds of days on which some hour has fewer at work, counted in one way or the other, than are asked for.
    private func daysShort(
        _ atWork: KeyPath<GroupHours.Cell, Double>,
        of shift: RequiredShift,
        _ figures: RequiredFigures,
        among shifts: [RequiredShift]
    ) -> [DayClass] {
        DayClass.allCases.filter { dayClass in
            guard shift.days.contains(dayClass) else { return false }
            var asked = figures.hours
            if case .positions(let own) = shifts.first(where: { $0.days == .dayClass(dayClass) })?.outcome { asked = own.hours }
            let cells = hours.cells(kind: shift.kind, days: .dayClass(dayClass)).enumerated().filter { $0.element.hours > 0 }
            return cells.contains { shiftHour, cell in
                asked.contains { $0.hour == shiftHour % 24 && cell[keyPath: atWork] + 1e-9 < $0.positions.value }
            }
        }
    }
}

/// The call-outs of a group in a shift on all days, as the formulas use them.
struct ShiftSample: Sendable {
    private(set) var responders: [Int32] = []
    /// By responder: turnout + response, and response alone.
    private(set) var boundMilliseconds: [Int64] = []
    private(set) var responseMilliseconds: Int64 = 0
    /// Turnout + travel, where travel is known.
    private(set) var wayMilliseconds: [Int64] = []
    private(set) var urgent = 0

    mutating func add(_ call: CallOut, turnoutMilliseconds: Int64) {
        // Where the response began with the call nothing was told of a turnout: the replay counts none either.
        let turnout = call.delayMilliseconds > 0 ? turnoutMilliseconds : 0
        responders.append(call.responders)
        for _ in 0..<call.responders { boundMilliseconds.append(turnout + call.busyMilliseconds) }
        responseMilliseconds += Int64(call.responders) * call.busyMilliseconds
        if let travel = call.travelMilliseconds { wayMilliseconds.append(turnout + travel) }
        if call.isUrgent { urgent += 1 }
    }

    /// The call-outs of another sample too.
    mutating func add(_ other: ShiftSample) {
        responders += other.responders
        boundMilliseconds += other.boundMilliseconds
        responseMilliseconds += other.responseMilliseconds
        wayMilliseconds += other.wayMilliseconds
        urgent += other.urgent
    }

    /// Seconds that one responder is bound by a call-out.
    var meanBoundSeconds: Double { mean(boundMilliseconds.reduce(0, +)) }
    /// The same without turnout.
    var meanResponseSeconds: Double { mean(responseMilliseconds) }
    var respondersPerCallOut: Double { Double(boundMilliseconds.count) / Double(responders.count) }
    var urgentShare: Double { Double(urgent) / Double(responders.count) }

    private func mean(_ milliseconds: Int64) -> Double { Double(milliseconds) / 1000 / Double(boundMilliseconds.count) }
}
