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

    package enum Kind: String, CaseIterable, Sendable { case daily, weekly }

    /// Too little rest in a line.
    package struct Finding: Equatable, Sendable {
        package var line: String
        package var kind: Kind
        /// Of the rotation, 1 the first.
        package var week: Int
        /// Daily: on which the shift begins from which the 24 h are counted, 1 Monday … 7 Sunday; weekly: nil.
        package var weekday: Int?
        /// The longest rest there is.
        package var foundHours: Double
        package var requiredHours: Double

        package init(line: String, kind: Kind, week: Int, weekday: Int?, foundHours: Double, requiredHours: Double) {
            self.line = line
            self.kind = kind
            self.week = week
            self.weekday = weekday
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
    /// The 24 h are counted from the beginning of each shift. A week is from Monday 00:00 to Sunday 24:00 (DOMAIN: week
    /// break Sunday/Monday): rest that goes on into the next week counts in each with its own part. Hours are by the
    /// wall clock: the change of the clock is left out, and so are public holidays and rows of single dates, for the rule
    /// is held against the pattern. O(shifts²) of a line.
    ///
    /// - Parameter day: whose rows are looked at: those in force.
    package func check(_ roster: Roster, on day: LocalTime.Day) -> Check {
        let rows = roster.recurring(on: day).shifts
        let lines = Dictionary(grouping: rows.filter { $0.line != nil && $0.positions > 0 }) { $0.line! }
        let names = lines.keys.sorted { left, right in (left.utf8.count, left) < (right.utf8.count, right) }
        return Check(lines: names, findings: names.flatMap { findings($0, LineWork(lines[$0]!)) })
    }

    private func findings(_ line: String, _ work: LineWork) -> [Finding] {
        var findings: [Finding] = []
        for start in work.starts {
            let minutes = work.longestRest(in: start..<start + 1440)
            guard Double(minutes) < dailyHours * 60 else { continue }
            findings.append(
                Finding(
                    line: line,
                    kind: .daily,
                    week: start / LineWork.weekMinutes + 1,
                    weekday: start % LineWork.weekMinutes / 1440 + 1,
                    foundHours: Double(minutes) / 60,
                    requiredHours: dailyHours
                )
            )
        }
        for week in 0..<work.weekCount {
            let minutes = work.longestRest(in: week * LineWork.weekMinutes..<(week + 1) * LineWork.weekMinutes)
            guard Double(minutes) < weeklyHours * 60 else { continue }
            findings.append(
                Finding(line: line, kind: .weekly, week: week + 1, weekday: nil, foundHours: Double(minutes) / 60, requiredHours: weeklyHours)
            )
        }
        return findings.sorted { ($0.week, $0.weekday ?? 8) < ($1.week, $1.weekday ?? 8) }
    }
}

/// When a rotation line is at work, in minutes from the rotation's beginning.
private struct LineWork {
    static let weekMinutes = 7 * 1440

    let weekCount: Int
    /// When work begins within the rotation, ascending.
    let starts: [Int]
    /// Work of the turn before, this one and the next, ascending, none touching another.
    private let work: [Range<Int>]

    /// - Parameter rows: of one line, so with one rotation.
    init(_ rows: [Roster.Shift]) {
        weekCount = rows.compactMap { $0.rotation?.weekCount }.max() ?? 1
        let turn = weekCount * LineWork.weekMinutes
        var shifts: [Range<Int>] = []
        for row in rows {
            guard case .weekdays(let weekdays) = row.days else { continue }
            for week in row.rotation?.weeks ?? [1] {
                for weekday in weekdays {
                    let day = ((week - 1) * 7 + weekday - 1) * 1440
                    shifts.append(day + row.startMinutes..<day + row.endMinutes)
                }
            }
        }
        let all = [-turn, 0, turn].flatMap { shift in shifts.map { $0.lowerBound + shift..<$0.upperBound + shift } }
        var merged: [Range<Int>] = []
        for next in all.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, next.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
            } else {
                merged.append(next)
            }
        }
        work = merged
        starts = merged.map(\.lowerBound).filter { (0..<turn).contains($0) }
    }

    /// The longest stretch without work inside a window, in minutes.
    func longestRest(in window: Range<Int>) -> Int {
        var longest = 0
        var free = window.lowerBound
        for shift in work where shift.upperBound > window.lowerBound && shift.lowerBound < window.upperBound {
            longest = max(longest, shift.lowerBound - free)
            free = max(free, shift.upperBound)
        }
        return max(longest, window.upperBound - free)
    }
}
