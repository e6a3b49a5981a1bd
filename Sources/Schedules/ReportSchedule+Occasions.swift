package import Reports
package import Telemetry
package import Workload

extension ReportSchedule {
    /// A report that is to go out.
    package struct Occasion: Equatable, Sendable {
        package var due: EventTime
        package var period: ReportPeriod

        package init(due: EventTime, period: ReportPeriod) {
            self.due = due
            self.period = period
        }
    }

    /// Of days longer ago nothing is made up for.
    package static let lookBackDaysMax = 3660

    /// What falls due after one instant and until another, that one within, the oldest first.
    ///
    /// By the wall clock: a time that spring leaves out is the first instant after the gap, one that autumn repeats is its
    /// first showing. A period that several occasions are about is named once, with the first of them: a daily schedule of
    /// a monthly report goes out on the first day that it can.
    package func occasions(after start: EventTime, through end: EventTime, localTime: LocalTime = .oslo) -> [Occasion] {
        guard start < end else { return [] }
        let last = localTime.day(at: end)
        let first = max(localTime.day(at: start), last.advanced(by: -ReportSchedule.lookBackDaysMax))
        var found: [Occasion] = []
        for number in first.number...last.number {
            let day = LocalTime.Day(number: number)
            guard falls(on: day) else { continue }
            let due = localTime.firstInstant(of: day, atMinutes: atMinutes)
            guard start < due, due <= end else { continue }
            let period = ReportPeriod(periodKind, containing: day).previous
            if found.last?.period != period { found.append(Occasion(due: due, period: period)) }
        }
        return found
    }

    /// When it goes out next, and what about.
    package func next(after now: EventTime, localTime: LocalTime = .oslo) -> Occasion? {
        // Two months hold every day of a month.
        occasions(after: now, through: now + 62 * TimeRule.dayMilliseconds, localTime: localTime).first
    }

    private func falls(on day: LocalTime.Day) -> Bool {
        switch rhythm {
        case .daily: true
        case .weekly(let weekday): day.weekday == weekday
        case .monthly(let number): day.day == number || day.day < number && day.advanced(by: 1).day == 1
        }
    }
}

extension LocalTime {
    /// The first instant of a day at which the wall clock shows a time or a later one.
    ///
    /// - Parameter minutes: after 00:00, 0 to 1439.
    package func firstInstant(of day: Day, atMinutes minutes: Int) -> EventTime {
        let asked = Int64(minutes) * 60_000
        let shown = instant(day, milliseconds: asked)
        guard wallClock(at: shown).milliseconds > asked else { return shown }
        // In a gap: `shown` lies as far behind its end as what was asked behind its beginning. Before the change the offset
        // is another one: the change lies between.
        var (before, after) = (shown - 4 * 3_600_000, shown)
        while after - before > 1 {
            let middle = before + (after - before) / 2
            if offsetSeconds(at: middle) == offsetSeconds(at: shown) { after = middle } else { before = middle }
        }
        return after
    }
}
