package import Workload

/// Rest between shifts, by the working environment act § 10-8: at least 11 h together in 24 h, and at least 35 h together
/// in seven days; by agreement with the union's representatives not under 8 and 28.
package struct RestRules: Equatable, Sendable {
    package static let law = RestRules(dailyHours: 11, weeklyHours: 35, source: "arbeidsmiljøloven § 10-8 (1) og (2)")
    package static let agreementMin = RestRules(dailyHours: 8, weeklyHours: 28, source: "avtale etter arbeidsmiljøloven § 10-8 (3)")

    package var dailyHours: Double
    package var weeklyHours: Double
    package var source: String

    package init(dailyHours: Double, weeklyHours: Double, source: String) {
        self.dailyHours = dailyHours
        self.weeklyHours = weeklyHours
        self.source = source
    }

    package enum Kind: String, CaseIterable, Sendable {
        case daily, weekly
        /// Two shifts at once: no rest at all, and most often a slip.
        case overlap
    }

    /// Too little rest in a line, or two shifts at once.
    package struct Finding: Equatable, Sendable {
        package var line: String
        package var kind: Kind
        /// Of the rotation, 1 the first; of a row of a date, of those that the line has rows of dates in, counted from the first.
        package var week: Int
        /// Daily and overlap: on which the shift begins from which the 24 h are counted, or the time of both, 1 Monday … 7 Sunday; weekly: nil.
        package var weekday: Int?
        /// For rows of single dates: that day, or the week's Monday; nil for the pattern.
        package var date: LocalTime.Day?
        /// The longest rest there is; of an overlap how long it is.
        package var foundHours: Double
        /// Of an overlap 0.
        package var requiredHours: Double

        package init(
            line: String,
            kind: Kind,
            week: Int,
            weekday: Int?,
            date: LocalTime.Day? = nil,
            foundHours: Double,
            requiredHours: Double
        ) {
            self.line = line
            self.kind = kind
            self.week = week
            self.weekday = weekday
            self.date = date
            self.foundHours = foundHours
            self.requiredHours = requiredHours
        }
    }

    package struct Check: Equatable, Sendable {
        package var lines: [String]
        /// By line, week and weekday, a week's own after those of its days.
        package var findings: [Finding]

        package init(lines: [String], findings: [Finding]) {
            self.lines = lines
            self.findings = findings
        }
    }

    /// Holds each rotation line of a roster against the rules, over the end of the rotation too.
    ///
    /// The 24 h are counted from the beginning of each shift, and of work that goes on for more than a day each 24 h anew. A week is
    /// from Monday 00:00 to Sunday 24:00 (DOMAIN: week break Sunday/Monday): rest that goes on into the next week counts in each with
    /// its own part. Hours are by the wall clock: the change of the clock is left out. Rows that come again are held against the rule
    /// as a pattern, without public holidays and dates; rows of single dates on their own days, with what comes again around them.
    /// O(shifts²) of a line.
    ///
    /// - Parameter day: whose rows are looked at: those in force. Rows of single dates are looked at whatever the day.
    package func check(_ roster: Roster, on day: LocalTime.Day) -> Check {
        let rows = roster.recurring(on: day).shifts
        let lines = Dictionary(grouping: rows.filter { $0.line != nil && $0.positions > 0 }) { $0.line! }
        let dated = Dictionary(grouping: roster.shifts.filter { $0.line != nil && $0.date != nil && $0.positions > 0 }) { $0.line! }
        let names = Set(lines.keys).union(dated.keys).sorted { left, right in (left.utf8.count, left) < (right.utf8.count, right) }
        return Check(
            lines: names,
            findings: names.flatMap { name in
                let pattern = lines[name].map { findings(name, LineWork(rows: $0)) { _ in true } } ?? []
                return pattern + datedFindings(name, dated[name] ?? [], roster)
            }
        )
    }

    /// Rows of single dates: each week that has one, with the weeks beside it, by the calendar.
    private func datedFindings(_ line: String, _ rows: [Roster.Shift], _ roster: Roster) -> [Finding] {
        let dates = rows.compactMap(\.date)
        guard let first = dates.min(), let last = dates.max() else { return [] }
        let monday = first.advanced(by: 1 - first.weekday - 7)
        let weekCount = (last.number - monday.number) / 7 + 2
        var shifts: [(time: Range<Int>, positions: Double)] = []
        var ownTimes: [Range<Int>] = []
        for day in 0..<weekCount * 7 {
            let date = monday.advanced(by: day)
            for place in roster.index.places(on: date, isHoliday: Holidays.name(of: date) != nil) {
                let shift = roster.shifts[place]
                guard shift.line == line, shift.positions > 0 else { continue }
                let time = day * 1440 + shift.startMinutes..<day * 1440 + shift.endMinutes
                shifts.append((time, shift.positions))
                if shift.date != nil { ownTimes.append(time) }
            }
        }
        let found = findings(line, LineWork(shifts, weekCount: weekCount)) { window in ownTimes.contains { $0.overlaps(window) } }
        return found.map { finding in
            var finding = finding
            finding.date = monday.advanced(by: (finding.week - 1) * 7 + (finding.weekday ?? 1) - 1)
            finding.week -= 1
            return finding
        }
    }

    /// - Parameter isLookedAt: whether a window of time, in minutes from the work's first week, is held against the rules.
    private func findings(_ line: String, _ work: LineWork, _ isLookedAt: (Range<Int>) -> Bool) -> [Finding] {
        var findings: [Finding] = []
        func add(_ kind: Kind, at minute: Int, minutes: Int, requiredHours: Double) {
            findings.append(
                Finding(
                    line: line,
                    kind: kind,
                    week: minute / LineWork.weekMinutes + 1,
                    weekday: kind == .weekly ? nil : minute % LineWork.weekMinutes / 1440 + 1,
                    foundHours: Double(minutes) / 60,
                    requiredHours: requiredHours
                )
            )
        }
        for start in work.starts where isLookedAt(start..<start + 1440) {
            let minutes = work.longestRest(in: start..<start + 1440)
            if Double(minutes) < dailyHours * 60 { add(.daily, at: start, minutes: minutes, requiredHours: dailyHours) }
        }
        for overlap in work.overlaps where isLookedAt(overlap.start..<overlap.start + overlap.minutes) {
            add(.overlap, at: overlap.start, minutes: overlap.minutes, requiredHours: 0)
        }
        for week in 0..<work.weekCount {
            let window = week * LineWork.weekMinutes..<(week + 1) * LineWork.weekMinutes
            guard isLookedAt(window) else { continue }
            let minutes = work.longestRest(in: window)
            if Double(minutes) < weeklyHours * 60 { add(.weekly, at: window.lowerBound, minutes: minutes, requiredHours: weeklyHours) }
        }
        return findings.sorted { ($0.week, $0.weekday ?? 8) < ($1.week, $1.weekday ?? 8) }
    }
}
