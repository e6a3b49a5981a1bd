package import Workload

/// How many full-time equivalents the attendance norm asks for at so many times today's call-outs: positions by Erlang C, zone by
/// zone and shift by shift, with today's ways and times.
///
/// In each shift the zones that the roster serves with the same people are staffed as one, with the positions that the shift's
/// hardest hour asks for, over all days. Where the formulas cannot say (too few call-outs, or ways that miss the norm by
/// themselves) the rostered positions stand, whatever the load. The people may have planned work too: it is readiness that is
/// counted, not only the time at work.
package struct RequiredByLoad: Sendable {
    private struct Shift {
        var curve: AttendanceCurve
        var share: Double
        /// Of the hardest hour, at today's load.
        var offeredErlang: Double
        var hoursAYear: Double
    }

    private static let hoursAYear = 365.25 * 24

    private var shifts: [Shift] = []
    private var rosteredHoursAYear = 0.0
    /// Zone groups × shifts whose positions follow the norm, and those that stay as rostered.
    package private(set) var byNorm = 0
    package private(set) var asRostered = 0

    /// Nil without a roster, without call-outs, or where the formulas cannot say anything of any shift.
    package init?(_ input: StaffingInput, localTime: LocalTime = .oslo) {
        guard let roster = input.roster, !input.covered.isEmpty else { return nil }
        let trace = Trace(alarms: input.alarms, zones: input.zones.map(\.id), period: input.covered, settings: input.settings)
        self.init(trace, zones: input.zones.map(\.id), roster: roster, settings: input.settings, localTime: localTime)
    }

    /// - Parameter zones: those that are staffed, of the trace's.
    package init?(_ trace: Trace, zones: [String], roster: Roster, settings: StaffingSettings, localTime: LocalTime = .oslo) {
        guard !trace.callOuts.isEmpty else { return nil }
        let spans = roster.spans(in: trace.period, localTime: localTime)
        let turnouts = trace.turnouts(settings: settings)
        let period = PeriodHours(period: trace.period, localTime: localTime)
        for kind in ShiftKind.allCases {
            for served in RequiredByLoad.groups(zones, spans.filter { $0.kind == kind }) {
                let group = GroupDemand(trace: trace, zones: served, spans: spans, turnoutMilliseconds: turnouts, period: period)
                add(group, kind, settings, hours: period.clocks.count)
            }
        }
        guard byNorm > 0 else { return nil }
    }

    private mutating func add(_ group: GroupDemand, _ kind: ShiftKind, _ settings: StaffingSettings, hours: Int) {
        let cells = group.hours.cells(kind: kind, days: .all)
        let hoursInShift = cells.reduce(0) { $0 + $1.hours }
        guard hours > 0, hoursInShift > 0 else { return }
        let scale = RequiredByLoad.hoursAYear / Double(hours)
        guard let need = group.shifts(kind: kind, settings: settings).first(where: { $0.days == .all }), case .positions(let figures) = need.outcome
        else {
            asRostered += 1
            rosteredHoursAYear += cells.reduce(0) { $0 + $1.rostered } * scale
            return
        }
        byNorm += 1
        let sample = group.samples[kind.order]
        shifts.append(
            Shift(
                curve: AttendanceCurve(
                    wayMilliseconds: sample.wayMilliseconds,
                    withinMilliseconds: settings.norm.withinMilliseconds,
                    meanServiceSeconds: sample.meanBoundSeconds
                ),
                share: settings.norm.share,
                offeredErlang: figures.hours.map(\.offeredErlang).max() ?? 0,
                hoursAYear: Double(hoursInShift) * scale
            )
        )
    }

    /// Zones that some span serves together, each zone in one group, in the municipality's order.
    private static func groups(_ zones: [String], _ spans: [Roster.Span]) -> [[String]] {
        var groups = zones.map { Set([$0]) }
        for served in Set(spans.map { Set($0.zones).intersection(zones) }) where served.count > 1 {
            let joined = groups.filter { !$0.isDisjoint(with: served) }.reduce(into: Set<String>()) { $0.formUnion($1) }
            groups = groups.filter { $0.isDisjoint(with: served) } + [joined]
        }
        return zones.compactMap { zone in
            guard let group = groups.first(where: { $0.contains(zone) }) else { return nil }
            let ordered = zones.filter(group.contains)
            return ordered.first == zone ? ordered : nil
        }
    }

    /// Full-time equivalents for so many times the call-outs; never falling in `loadFactor`, 0 or more.
    package func fullTimeEquivalents(loadFactor: Double, hoursPerFullTimeEquivalent: Double) -> Double {
        let hours = shifts.reduce(rosteredHoursAYear) { sum, shift in
            sum + Double(shift.curve.positions(offeredErlang: shift.offeredErlang * loadFactor, share: shift.share)) * shift.hoursAYear
        }
        return hours / hoursPerFullTimeEquivalent
    }
}
