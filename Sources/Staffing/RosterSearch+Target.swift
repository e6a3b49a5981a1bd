import Workload

extension RosterSearch {
    /// What a search is to reach, and what it tries.
    struct Target: Sendable {
        private let goal: Goal
        private let zones: [String]
        private let share: Double
        private let callOutsMin: Int
        /// Zone × 3 + shift of those that are to meet the norm, and of those where no position makes them.
        private let cells: [Int]
        private let cellsOutOfReach: Set<Int>
        /// Call-outs whose attendance is known, in all.
        private let attended: Int
        private(set) var outOfReach: [ZoneShift] = []
        private(set) var tooFew: [ZoneShift] = []

        /// Minutes by which a start is tried earlier and later.
        private static let startMinutes = [-60, -30, 30, 60]

        init(_ replay: Replay, _ result: ReplayResult, goal: Goal) {
            self.goal = goal
            zones = result.zones
            share = replay.settings.norm.share
            callOutsMin = replay.settings.callOutsMin
            attended = result.total.attended
            var cells: [Int] = []
            var cellsOutOfReach: Set<Int> = []
            for (cell, shift) in result.byShift.enumerated() where shift.figures.callOuts > 0 {
                let place = ZoneShift(zone: shift.zone, kind: shift.kind)
                if shift.figures.callOuts < replay.settings.callOutsMin, !shift.figures.isSurelyUnder(replay.settings.norm, tried: result.byShift.count) {
                    tooFew.append(place)
                } else if Target.isOutOfReach(cell, replay, result) {
                    outOfReach.append(place)
                    cellsOutOfReach.insert(cell)
                } else {
                    cells.append(cell)
                }
            }
            self.cells = cells
            self.cellsOutOfReach = cellsOutOfReach
        }

        /// What an end of the search means for the reader.
        func verdict(_ end: End, missingToday: Int) -> Verdict {
            switch goal {
            case .everyShift where cells.isEmpty && outOfReach.isEmpty: .tooFew
            case .overall where attended < max(1, callOutsMin): .tooFew
            case .everyShift where end == .met && !outOfReach.isEmpty: .outOfReach
            default: end != .met ? .notMended : missingToday == 0 ? .met : .mended
            }
        }

        /// Whether fewer than the norm's share would be reached in time even if somebody were always free at home.
        private static func isOutOfReach(_ cell: Int, _ replay: Replay, _ result: ReplayResult) -> Bool {
            var (known, inTime) = (0, 0)
            for (place, outcome) in result.outcomes.enumerated() where outcome.zone * 3 + outcome.kind.order == cell {
                let call = replay.calls.calls[place]
                guard call.travelMilliseconds >= 0 else { continue }
                known += 1
                if call.turnoutMilliseconds + call.travelMilliseconds <= replay.settings.norm.withinMilliseconds { inTime += 1 }
            }
            return Target.missing(attended: known, withinNorm: inTime, share: replay.settings.norm.share) > 0
        }

        /// Call-outs missing to a share, 0 where it is met. 90 % of 10 are 9: a rounding error of the product is no call-out.
        private static func missing(attended: Int, withinNorm: Int, share: Double) -> Int {
            max(0, Int((share * Double(attended) - 1e-9).rounded(.up)) - withinNorm)
        }

        /// Call-outs missing to the norm, summed over what is to meet it.
        ///
        /// - Parameter tallies: of a replay, by zone × 3 + shift.
        func missing(_ tallies: ContiguousArray<ReplayTally>) -> Int {
            switch goal {
            case .everyShift:
                return judged(tallies).reduce(0) { $0 + Target.missing(attended: tallies[$1].attended, withinNorm: tallies[$1].withinNorm, share: share) }
            case .overall:
                let attended = tallies.reduce(0) { $0 + $1.attended }
                let withinNorm = tallies.reduce(0) { $0 + $1.withinNorm }
                return Target.missing(attended: attended, withinNorm: withinNorm, share: share)
            }
        }

        /// Those that are to meet the norm. Another start moves call-outs from one shift to the next: one that has got enough of them
        /// to be judged is judged too, and none gets away by having lost some.
        private func judged(_ tallies: ContiguousArray<ReplayTally>) -> [Int] {
            tallies.indices.filter { cell in
                cells.contains(cell) || tallies[cell].callOuts >= max(1, callOutsMin) && !cellsOutOfReach.contains(cell)
            }
        }

        /// Single steps where something is missing: a position more on working days or at weekends, another start, help
        /// between two zones.
        func candidates(_ replay: Replay, taken: [StaffingChange]) -> [StaffingChange] {
            let tallies = replay.tallies()
            let judged = judged(tallies)
            let short = tallies.indices.filter { cell in
                switch goal {
                case .everyShift:
                    judged.contains(cell)
                        && Target.missing(attended: tallies[cell].attended, withinNorm: tallies[cell].withinNorm, share: share) > 0
                case .overall: tallies[cell].withinNorm < tallies[cell].attended
                }
            }
            var result: [StaffingChange] = []
            func add(_ change: StaffingChange) { if !result.contains(change) { result.append(change) } }
            for cell in short {
                let (zone, kind) = (zones[cell / 3], ShiftKind.allCases[cell % 3])
                add(.positions(zones: [zone], kind: kind, days: .weekdays([1, 2, 3, 4, 5]), delta: 1))
                add(.positions(zones: [zone], kind: kind, days: .weekdays([6, 7]), delta: 1))
                for other in zones where other != zone && other != Trace.unknownZone {
                    let pair = [zone, other].sorted()
                    let pool = StaffingChange.pool(zones: pair, kinds: [kind])
                    if !taken.contains(pool) { add(pool) }
                }
                for moved in ShiftKind.allCases where !taken.contains(where: { Target.moves($0, zone, moved) }) {
                    for minutes in Target.startMinutes { add(.start(zones: [zone], kind: moved, laterMinutes: minutes)) }
                }
            }
            return result
        }

        private static func moves(_ change: StaffingChange, _ zone: String, _ kind: ShiftKind) -> Bool {
            if case .start(let zones, kind, _) = change { return zones.contains(zone) }
            return false
        }
    }
}
