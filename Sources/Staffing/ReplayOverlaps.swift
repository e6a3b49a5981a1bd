import Telemetry

/// Time with at least one, two and three responses open: in all zones, in each zone and in each zone's shift, in one sweep.
struct ReplayOverlaps {
    private struct Scope {
        var open = 0
        var last: EventTime = 0
        var milliseconds: InlineArray<3, Int64> = [0, 0, 0]

        mutating func move(to time: EventTime, by change: Int) {
            for level in 0..<min(open, 3) { milliseconds[level] += time - last }
            last = time
            open += change
        }

        var list: [Int64] { (0..<3).map { milliseconds[$0] } }
    }

    private(set) var total: [Int64] = []
    private(set) var byZone: [[Int64]] = []
    /// By zone × 3 + shift.
    private(set) var byCell: [[Int64]] = []

    /// An edge is the milliseconds since the first, and in the lowest bits the cell: 16 bits are 21,845 zones, 48 bits 8,900 years.
    private static let cellBits: UInt64 = 16

    /// O(n log n), nearly O(n) for the starts, which come nearly in order.
    init(_ outcomes: ContiguousArray<ReplayEngine.Outcome>, zoneCount: Int) {
        precondition(zoneCount * 3 < 1 << ReplayOverlaps.cellBits, "cells fit their bits")
        var starts: ContiguousArray<UInt64> = []
        var ends: ContiguousArray<UInt64> = []
        starts.reserveCapacity(outcomes.count)
        ends.reserveCapacity(outcomes.count)
        let base = outcomes.reduce(EventTime.max) { $1.crew >= 0 ? min($0, $1.responseStart) : $0 }
        for outcome in outcomes where outcome.crew >= 0 {
            starts.append(UInt64(outcome.responseStart - base) << ReplayOverlaps.cellBits | UInt64(outcome.cell))
            ends.append(UInt64(outcome.responseEnd - base) << ReplayOverlaps.cellBits | UInt64(outcome.cell))
        }
        starts.sort()
        ends.sort()
        var all = Scope()
        var zones = ContiguousArray(repeating: Scope(), count: zoneCount)
        var cells = ContiguousArray(repeating: Scope(), count: zoneCount * 3)
        var (start, end) = (0, 0)
        while end < ends.count {
            let isStart = start < starts.count && starts[start] < ends[end]
            let edge = isStart ? starts[start] : ends[end]
            if isStart { start += 1 } else { end += 1 }
            let time = EventTime(edge >> ReplayOverlaps.cellBits)
            let cell = Int(edge & (1 << ReplayOverlaps.cellBits - 1))
            let change = isStart ? 1 : -1
            all.move(to: time, by: change)
            zones[cell / 3].move(to: time, by: change)
            cells[cell].move(to: time, by: change)
        }
        total = all.list
        byZone = zones.map(\.list)
        byCell = cells.map(\.list)
    }
}
