import Telemetry
package import Workload

// A change of a plan is made on its spans, day by day, whatever kind of rows they came from: so it can be played, and its cost
// is that of the changed spans.

extension StaffingPlan {
    /// More positions in the shifts of some zones on some days, or fewer.
    ///
    /// More: in the zone's first span of the shift that day that is of no other zone; where there is none, in a span of its own
    /// with the times of the shift on other days (of the clock's shift where the zone never has it). Fewer: from the
    /// zone's own spans first, never below none. A public holiday counts as a Sunday.
    package func adding(_ delta: Double, zones: [String], kind: ShiftKind, days: RosterDays?, localTime: LocalTime = .oslo) -> StaffingPlan {
        var result = self
        let allDays = self.days.filter { StaffingPlan.matches($0, days) }
        for zone in zones {
            var own: [LocalTime.Day: [Int]] = [:]
            for (place, span) in spans.enumerated() where span.kind == kind && span.zones.contains(zone) { own[span.day, default: []].append(place) }
            for day in allDays {
                let places = (own[day] ?? []).sorted { (spans[$0].zones.count, $0) < (spans[$1].zones.count, $1) }
                if delta < 0 {
                    result.take(-delta, from: places)
                } else if let first = places.first, spans[first].zones.count == 1 {
                    result.spans[first].positions += delta
                } else {
                    result.spans.append(usual(zone: zone, kind: kind, on: day, like: places.first ?? own.values.joined().min(), delta, localTime))
                }
            }
        }
        return result
    }

    /// The zones in which a change takes away more positions than there are on some of its days: there only those go that are. Days on
    /// which no zone has the shift are left out: at a period's edges they lie outside it.
    ///
    /// - Parameter all: the municipality's zones, for a change that names none.
    package func cutShort(_ change: StaffingChange, zones all: [String]) -> [String] {
        guard case .positions(let named, let kind, let days, let delta) = change, delta < 0 else { return [] }
        let touched = spans.filter { $0.kind == kind && StaffingPlan.matches($0.day, days) }
        return (named.isEmpty ? all : named).filter { zone in
            let positions = touched.reduce(into: [LocalTime.Day: Double]()) { $0[$1.day, default: 0] += $1.zones.contains(zone) ? $1.positions : 0 }
            return positions.values.contains { $0 < -delta }
        }
    }

    /// Every shift of a kind in some zones begins and ends so many minutes later (earlier under 0), by elapsed time. What comes
    /// before and after stays: there may be a gap, and a time with both.
    package func moving(zones: [String], kind: ShiftKind, laterMinutes: Int) -> StaffingPlan {
        var result = self
        let shift = Int64(laterMinutes) * 60_000
        for place in spans.indices where spans[place].kind == kind && !Set(zones).isDisjoint(with: spans[place].zones) {
            let time = spans[place].time
            result.spans[place].time = time.lowerBound + shift..<time.upperBound + shift
        }
        return result
    }

    package func pooling(_ zones: [String], kinds: [ShiftKind]) -> StaffingPlan {
        var result = self
        result.pools.append(Pool(zones: zones, kinds: kinds))
        return result
    }

    /// Whether a day is among those of a change; nil are all.
    static func matches(_ day: LocalTime.Day, _ days: RosterDays?) -> Bool {
        let isHoliday = Holidays.name(of: day) != nil
        switch days {
        case nil: return true
        case .holidays: return isHoliday
        case .weekdays(let weekdays): return weekdays.contains(isHoliday ? 7 : day.weekday)
        }
    }

    private mutating func take(_ positions: Double, from places: [Int]) {
        var left = positions
        for place in places {
            let taken = min(left, spans[place].positions)
            spans[place].positions -= taken
            left -= taken
        }
    }

    private func usual(
        zone: String,
        kind: ShiftKind,
        on day: LocalTime.Day,
        like place: Int?,
        _ positions: Double,
        _ localTime: LocalTime
    ) -> Roster.Span {
        var (start, end): (Int64, Int64) =
            switch kind {
            case .day: (7, 15)
            case .evening: (15, 23)
            case .night: (23, 31)
            }
        (start, end) = (start * TimeRule.hourMilliseconds, end * TimeRule.hourMilliseconds)
        if let place {
            let span = spans[place]
            let (from, to) = (localTime.wallClock(at: span.time.lowerBound), localTime.wallClock(at: span.time.upperBound))
            start = from.milliseconds + Int64(from.day.number - span.day.number) * TimeRule.dayMilliseconds
            end = to.milliseconds + Int64(to.day.number - span.day.number) * TimeRule.dayMilliseconds
        }
        func instant(_ milliseconds: Int64) -> EventTime {
            let days = TimeRule.floorDivide(milliseconds, TimeRule.dayMilliseconds)
            return localTime.instant(day.advanced(by: Int(days)), milliseconds: milliseconds - days * TimeRule.dayMilliseconds)
        }
        return Roster.Span(
            zones: [zone],
            role: place.map { spans[$0].role } ?? "pleie",
            kind: kind,
            day: day,
            time: instant(start)..<max(instant(start), instant(end)),
            positions: positions
        )
    }
}
