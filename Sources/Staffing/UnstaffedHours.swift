package import Telemetry
package import Workload

/// A time of the week in which nobody is at work for a zone: none of its own people, none that it shares with others, and none of a
/// zone that helps it.
package struct UnstaffedHours: Hashable, Sendable {
    package var zone: String
    /// The days on which it begins, 1 Monday … 7 Sunday.
    package var weekdays: Set<Int>
    /// Minutes of the wall clock from the day's 00:00: 0–1439, and more than that up to a day later. A whole day is 0–1440.
    package var startMinutes: Int
    package var endMinutes: Int
    /// In every week that was looked at, or in some of them (rotating weeks, public holidays, single dates).
    package var isEveryWeek: Bool

    /// What was missing in a period, told by the week. Each minute of the week is looked at in all weeks, so that the period may
    /// begin and end within a night, and clocks may change.
    ///
    /// - Parameter times: by place of the zone, ascending, within the period. O(minutes of the period) for each zone that has any.
    static func of(_ times: [[Range<EventTime>]], zones: [String], period: Range<EventTime>, localTime: LocalTime) -> [UnstaffedHours] {
        guard !period.isEmpty, times.contains(where: { !$0.isEmpty }) else { return [] }
        let days = PeriodDays(period, localTime: localTime)
        return zip(zones, times).flatMap { zone, times in
            times.isEmpty ? [] : UnstaffedWeek(times, days: days, period: period).hours(zone)
        }
    }
}

extension StaffingPlan {
    /// The times of the week in which nobody is at work for a zone, zone by zone.
    package func unstaffed(zones: [String], in period: Range<EventTime>, localTime: LocalTime = .oslo) -> [UnstaffedHours] {
        let always = StaffedTimes.always(zones: zones, in: period)
        return UnstaffedHours.of(always.missing(in: StaffedTimes(self, zones: zones, in: period)), zones: zones, period: period, localTime: localTime)
    }

    /// The times of the week in which somebody is at work for a zone by another plan, and nobody by this one.
    package func newlyUnstaffed(since other: StaffingPlan, zones: [String], in period: Range<EventTime>, localTime: LocalTime = .oslo) -> [UnstaffedHours] {
        let before = StaffedTimes(other, zones: zones, in: period)
        return UnstaffedHours.of(before.missing(in: StaffedTimes(self, zones: zones, in: period)), zones: zones, period: period, localTime: localTime)
    }
}

extension Roster {
    /// Weeks that are looked at where the rotations are not longer.
    private static let weeksMin = 4

    /// The times of the week in which nobody is at work for a zone, by the rows in force from a day on: the week of that day and as
    /// many as the longest rotation has, at least four. A roster that begins later is looked at from its beginning, one of single
    /// dates from its first to its last.
    package func unstaffed(zones: [String], from day: LocalTime.Day, localTime: LocalTime = .oslo) -> [UnstaffedHours] {
        let recurring = shifts.filter { $0.date == nil && ($0.to.map { $0 > day } ?? true) }
        var days = day.advanced(by: 1 - day.weekday)..<day
        if recurring.isEmpty {
            let dates = shifts.compactMap(\.date)
            guard let first = dates.min(), let last = dates.max() else { return [] }
            days = first..<last.advanced(by: 1)
        } else {
            let first = max(days.lowerBound, recurring.map { $0.from ?? days.lowerBound }.min() ?? days.lowerBound)
            let weeks = max(Roster.weeksMin, recurring.compactMap { $0.rotation?.weekCount }.max() ?? 1)
            days = first..<first.advanced(by: weeks * 7)
        }
        let period = localTime.instant(days.lowerBound)..<localTime.instant(days.upperBound)
        let plan = StaffingPlan(spans: spans(in: period, localTime: localTime))
        return plan.unstaffed(zones: zones, in: period, localTime: localTime)
    }
}

/// The minutes of the week in which a zone has nobody.
private struct UnstaffedWeek {
    private enum Minute { case staffed, sometimes, always }

    private static let count = 7 * 1440
    private var minutes: [Minute]

    init(_ times: [Range<EventTime>], days: PeriodDays, period: Range<EventTime>) {
        var (seen, missing) = ([Int](repeating: 0, count: UnstaffedWeek.count), [Int](repeating: 0, count: UnstaffedWeek.count))
        var next = 0
        for (place, day) in days.days.enumerated() {
            for minute in 0..<1440 {
                let instant = days.instant(day: place, milliseconds: Int64(minute) * 60_000)
                guard period.contains(instant) else { continue }
                let ofWeek = (day.day.weekday - 1) * 1440 + minute
                seen[ofWeek] += 1
                while next < times.count, times[next].upperBound <= instant { next += 1 }
                if next < times.count, times[next].contains(instant) { missing[ofWeek] += 1 }
            }
        }
        minutes = zip(seen, missing).map { $1 == 0 ? .staffed : $1 == $0 ? .always : .sometimes }
    }

    /// Runs of the same kind, told by their clock: those of several days together.
    func hours(_ zone: String) -> [UnstaffedHours] {
        struct Clock: Hashable {
            var start: Int
            var end: Int
            var isEveryWeek: Bool
        }
        var weekdays: [Clock: Set<Int>] = [:]
        for run in runs where minutes[run.lowerBound] != .staffed {
            for piece in UnstaffedWeek.pieces(run) {
                let midnight = piece.lowerBound / 1440 * 1440
                let clock = Clock(start: piece.lowerBound - midnight, end: piece.upperBound - midnight, isEveryWeek: minutes[run.lowerBound] == .always)
                weekdays[clock, default: []].insert(midnight / 1440 % 7 + 1)
            }
        }
        return weekdays.map { clock, days in
            UnstaffedHours(zone: zone, weekdays: days, startMinutes: clock.start, endMinutes: clock.end, isEveryWeek: clock.isEveryWeek)
        }
        .sorted { left, right in
            (left.isEveryWeek ? 0 : 1, left.startMinutes, left.endMinutes) < (right.isEveryWeek ? 0 : 1, right.startMinutes, right.endMinutes)
        }
    }

    /// From Sunday night into Monday too: a run's end may lie in the next week, its beginning does not.
    private var runs: [Range<Int>] {
        let starts = minutes.indices.filter { minutes[$0] != minutes[($0 + UnstaffedWeek.count - 1) % UnstaffedWeek.count] }
        guard let first = starts.first else { return [0..<UnstaffedWeek.count] }
        return zip(starts, starts.dropFirst() + [first + UnstaffedWeek.count]).map { $0..<$1 }
    }

    /// A run of less than a day is one piece, a longer one is told day by day.
    private static func pieces(_ run: Range<Int>) -> [Range<Int>] {
        guard run.count >= 1440 else { return [run] }
        var pieces: [Range<Int>] = []
        var start = run.lowerBound
        while start < run.upperBound {
            let end = min(run.upperBound, (start / 1440 + 1) * 1440)
            pieces.append(start..<end)
            start = end
        }
        return pieces
    }
}
