import Workload

/// When a rotation line is at work, in minutes by the wall clock from the beginning of a week.
struct LineWork {
    static let weekMinutes = 7 * 1440

    /// A stretch of time in which more than one position's work lies on the line.
    struct Overlap: Equatable {
        var start: Int
        var minutes: Int
    }

    let weekCount: Int
    /// From when 24 h are counted: when work begins, and again each 24 h of work without an end. Ascending.
    let starts: [Int]
    /// Ascending.
    let overlaps: [Overlap]
    /// Ascending, none touching another.
    private let work: [Range<Int>]

    /// The pattern of rows that come again: the turn before, this one and the next.
    ///
    /// - Parameter rows: of one line, so with one rotation.
    init(rows: [Roster.Shift]) {
        let count = rows.compactMap { $0.rotation?.weekCount }.max() ?? 1
        let turn = count * LineWork.weekMinutes
        var shifts: [(time: Range<Int>, positions: Double)] = []
        for row in rows {
            guard case .weekdays(let weekdays) = row.days else { continue }
            for week in row.rotation?.weeks ?? Set(1...count) {
                for weekday in weekdays {
                    let day = ((week - 1) * 7 + weekday - 1) * 1440
                    for turns in [-turn, 0, turn] { shifts.append((day + turns + row.startMinutes..<day + turns + row.endMinutes, row.positions)) }
                }
            }
        }
        self.init(shifts, weekCount: count)
    }

    /// Shifts of some weeks, each once.
    init(_ shifts: [(time: Range<Int>, positions: Double)], weekCount: Int) {
        self.weekCount = weekCount
        let all = 0..<weekCount * LineWork.weekMinutes
        var merged: [Range<Int>] = []
        for next in shifts.map(\.time).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, next.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
            } else {
                merged.append(next)
            }
        }
        work = merged
        starts = merged.flatMap { Array(stride(from: $0.lowerBound, to: $0.upperBound, by: 1440)) }.filter(all.contains)
        overlaps = LineWork.overlaps(shifts).filter { all.contains($0.start) }
    }

    /// Two halves of a position together are one: more than that is two shifts at once.
    private static func overlaps(_ shifts: [(time: Range<Int>, positions: Double)]) -> [Overlap] {
        var changes: [(minute: Int, positions: Double)] = []
        for shift in shifts {
            changes.append((shift.time.lowerBound, shift.positions))
            changes.append((shift.time.upperBound, -shift.positions))
        }
        changes.sort { $0.minute < $1.minute }
        var result: [Overlap] = []
        var (positions, since) = (0.0, Int?.none)
        var next = 0
        while next < changes.count {
            let minute = changes[next].minute
            while next < changes.count, changes[next].minute == minute {
                positions += changes[next].positions
                next += 1
            }
            let isDouble = positions > 1 + 1e-9
            if isDouble, since == nil { since = minute }
            if !isDouble, let start = since {
                result.append(Overlap(start: start, minutes: minute - start))
                since = nil
            }
        }
        return result
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
