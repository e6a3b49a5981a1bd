import Staffing
import Telemetry
import Workload

/// One zone's roster over the quarters of a period: who is at work, and which shift a quarter belongs to.
///
/// A quarter belongs to the shift with the most position-time in it (ties: day before evening before night). Where
/// nobody is rostered the shift follows the clock, so that load without a roster has a name too.
struct ShiftGrid {
    /// Mean number at work in each quarter who can be sent to the zone, also those who serve others too.
    private(set) var positions: [Double]
    private(set) var kinds: [ShiftKind]
    /// The local day, as a number, on which the quarter's shift began.
    private(set) var shiftDays: [Int]
    /// Days of the shifts, by `ShiftKind.order`, of which a part lies outside what the data cover.
    private(set) var cutDays: [Set<Int>] = [[], [], []]
    /// Position-milliseconds of each shift within the covered quarters, indexed by `ShiftKind.order`: of those who serve several
    /// zones the even part.
    private(set) var rosteredMilliseconds: [Double]

    init(zone: String, spans: [Roster.Span], grid: PeriodGrid) {
        let count = grid.slots.count
        var byKind = [[Double]](repeating: [Double](repeating: 0, count: count), count: 3)
        var dayByKind = [[Int32]](repeating: [Int32](repeating: .min, count: count), count: 3)
        positions = [Double](repeating: 0, count: count)
        let own: Set = [zone]
        for span in spans where span.zones.contains(zone) {
            let (positions, people) = (span.positions(in: zone), span.people(serving: own))
            let start = max(span.time.lowerBound, grid.bounds.lowerBound)
            let end = min(span.time.upperBound, grid.bounds.upperBound)
            guard start < end, let first = grid.index(of: start), let last = grid.index(of: end - 1) else { continue }
            if span.time.lowerBound < grid.covered.lowerBound || span.time.upperBound > grid.covered.upperBound {
                cutDays[span.kind.order].insert(span.day.number)
            }
            for quarter in first...last {
                let quarterStart = grid.bounds.lowerBound + Int64(quarter) * TimeRule.quarterMilliseconds
                let overlap = min(end, quarterStart + TimeRule.quarterMilliseconds) - max(start, quarterStart)
                byKind[span.kind.order][quarter] += positions * Double(overlap)
                self.positions[quarter] += people * Double(overlap) / Double(TimeRule.quarterMilliseconds)
                dayByKind[span.kind.order][quarter] = Int32(span.day.number)
            }
        }
        rosteredMilliseconds = byKind.map { kind in grid.coveredIndices.reduce(0) { $0 + kind[$1] } }
        kinds = []
        shiftDays = []
        kinds.reserveCapacity(count)
        shiftDays.reserveCapacity(count)
        let firstDay = grid.days[0].number
        for (quarter, slot) in grid.slots.enumerated() {
            var best: ShiftKind?
            for kind in ShiftKind.allCases where dayByKind[kind.order][quarter] != .min {
                if best.map({ byKind[kind.order][quarter] > byKind[$0.order][quarter] }) ?? true { best = kind }
            }
            let kind = best ?? ShiftKind.byClock(hour: slot.hour)
            kinds.append(kind)
            let clockDay = firstDay + slot.day - (kind == .night && slot.hour < 12 ? 1 : 0)
            shiftDays.append(best.map { Int(dayByKind[$0.order][quarter]) } ?? clockDay)
        }
    }
}
