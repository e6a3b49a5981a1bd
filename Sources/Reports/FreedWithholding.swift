import Strategy
import Telemetry
import Workload

/// What of freed hours leaves the municipality. A technology of which nothing that was counted is a handful is told as it is. Of another
/// the net hours alone are told, to the nearest five, where counts that may be told would have given all the same hours: that is tried.
extension FreedFigures {
    mutating func withhold(_ counted: [FreedHours.Row], _ told: inout ToldCounts?) {
        let few = counted.indices.filter { place in
            let row = counted[place]
            // What is done by a safety alarm is alarms closed at the centre.
            return !row.fews.isEmpty || row.technology == .safetyAlarm && told?.tell([(.closedAtCentre, row.counts.done)]) == false
        }
        let kinds = BenefitAssumptions.NewWork.allCases
        let isKindFew = kinds.contains { kind in
            newWork[kind].map { !$0.isTellable } ?? false || counted.contains { $0.counts.newWork[kind].map { !$0.isTellable } ?? false }
        }
        // The hours of a row that is told tell its counts: what is left of a sum is the others'.
        let left = few.reduce(0) { $0 + counted[$1].counts.newWork.values.reduce(0, +) }
        if isKindFew { newWork = [:] }
        if !left.isTellable || newWorkCount?.isTellable == false { newWorkCount = nil }
        guard !few.isEmpty else { return }
        var (net, told) = (sum.net?.rounded, ToldSum(sum: true, range: true))
        let whole = counted.reduce(Range3.zero) { $0 + $1.net }
        for place in few {
            let row = counted[place]
            func isSafe(_ told: ToldSum, isRowTold: Bool) -> Bool {
                row.fews.allSatisfy { few in
                    row.others(than: few, keepsNewWork: newWorkCount != nil).contains { other in
                        let all = whole.exchanging(row.net, for: other)
                        return (!isRowTold || other.main.nearest == row.net.main.nearest) && (!told.sum || all.main.nearest == whole.main.nearest)
                            && (!told.range || all.low.nearest == whole.low.nearest && all.high.nearest == whole.high.nearest)
                    }
                }
            }
            (rows[place].done, rows[place].freed, rows[place].newWork) = (nil, nil, nil)
            // As much of the sum as can be told, before hours of the row: a council asks for the sum.
            if !isSafe(told, isRowTold: false) { told.range = false }
            if !isSafe(told, isRowTold: false) { told.sum = false }
            let isTold = isSafe(told, isRowTold: true)
            rows[place].net = isTold ? Range3(row.net.main.nearest) : nil
            (rows[place].isRounded, rows[place].isRangeTold) = (isTold, false)
        }
        if !told.range { net = net.map { Range3($0.main) } }
        (sum.done, sum.freed, sum.newWork, sum.net) = (nil, nil, nil, told.sum ? net : nil)
        (sum.isRounded, sum.isRangeTold) = (told.sum, told.sum && told.range)
    }

    /// What of the sum is told, in round hours.
    private struct ToldSum {
        var sum: Bool
        var range: Bool
    }
}

extension FreedHours.Row {
    /// A count behind the hours.
    fileprivate enum Count: Equatable {
        case done
        case newWork(BenefitAssumptions.NewWork)
    }

    /// Those that may not be told.
    fileprivate var fews: [Count] {
        (counts.done.isTellable ? [] : [.done]) + BenefitAssumptions.NewWork.allCases.filter { !(counts.newWork[$0] ?? 0).isTellable }.map(Count.newWork)
    }

    /// So far from what was counted other counts are tried.
    private static let triedDone = 60
    private static let triedNewWork = 12

    /// Net hours that it could have been, had one count been one that may be told.
    ///
    /// - Parameter keepsNewWork: all new work together is told, so that another kind of it must make up.
    fileprivate func others(than few: Count, keepsNewWork: Bool) -> [Range3] {
        let kinds = BenefitAssumptions.NewWork.allCases
        let done = few == .done ? 0...FreedHours.Row.triedDone : max(0, counts.done - FreedHours.Row.triedDone)...counts.done + FreedHours.Row.triedDone
        var works: [[BenefitAssumptions.NewWork: Int]] = []
        for kind in kinds {
            for number in 0...FreedHours.Row.triedNewWork {
                var work = counts.newWork
                work[kind] = number
                let more = number - (counts.newWork[kind] ?? 0)
                guard keepsNewWork, more != 0 else {
                    works.append(work)
                    continue
                }
                for other in kinds where other != kind {
                    work[other] = (counts.newWork[other] ?? 0) - more
                    if work[other] ?? 0 >= 0 { works.append(work) }
                    work[other] = counts.newWork[other]
                }
            }
        }
        if few == .done { works.append(counts.newWork) }
        return works.flatMap { work -> [Range3] in
            let newWork = newWorkEach.reduce(Range3.zero) { $0 + $1.value.scaled(by: Double(work[$1.key] ?? 0)) }
            return done.compactMap { done in
                let number =
                    switch few {
                    case .done: done
                    case .newWork(let kind): work[kind] ?? 0
                    }
                return number.isTellable ? freedEach.scaled(by: Double(done)) - newWork : nil
            }
        }
    }
}

extension Range3 {
    fileprivate var rounded: Range3 { Range3(low: low.nearest, main: main.nearest, high: high.nearest) }

    /// A sum with another part in the place of one.
    fileprivate func exchanging(_ old: Range3, for new: Range3) -> (low: Double, main: Double, high: Double) {
        (low - old.low + new.low, main - old.main + new.main, high - old.high + new.high)
    }
}

extension Double {
    /// In round hours.
    fileprivate var nearest: Double { (self / FreedFigures.roundedToHours).rounded() * FreedFigures.roundedToHours }
}
