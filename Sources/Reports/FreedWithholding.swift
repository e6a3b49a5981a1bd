import Strategy
import Telemetry
import Workload

/// What of freed hours leaves the municipality. A technology of which nothing that was counted is a handful is told as it is. Of another
/// the net hours alone are told, to the nearest five, where counts that may be told would have given all the same hours: that is tried.
extension FreedFigures {
    /// - Parameters:
    ///   - loads: the technologies' alarms by cause as they are told beside.
    ///   - counts: of the same events that are told already.
    mutating func withhold(_ counted: [FreedHours.Row], _ loads: ToldLoads, _ counts: inout ToldCounts) {
        let fews = counted.map { [counts] row in row.fews(beside: loads.kinds.first { $0.kind == .technology(row.technology) }, counts) }
        let few = counted.indices.filter { !fews[$0].isEmpty }
        for (row, fews) in zip(counted, fews) where fews.isEmpty { _ = counts.tell(row.toldElsewhere(row.counts.done)) }
        let isKindFew = BenefitAssumptions.NewWork.allCases.contains { kind in
            newWork[kind].map { !kind.isTellable($0, beside: loads.sum) } ?? false || fews.joined().contains { $0.count == .newWork(kind) }
        }
        // The hours of a row that is told tell its counts: what is left of a sum is the others'.
        let left = few.reduce(0) { $0 + counted[$1].counts.newWork.values.reduce(0, +) }
        // Beside alarms that are told by their causes all new work would tell of its kinds.
        if isKindFew { (newWork, newWorkCount) = ([:], nil) }
        if !left.isTellable || newWorkCount?.isTellable == false { newWorkCount = nil }
        guard !few.isEmpty else { return }
        var isSumTold = true
        let whole = counted.reduce(Range3.zero) { $0 + $1.net }
        for place in few {
            let row = counted[place]
            func isSafe(isRowTold: Bool) -> Bool {
                fews[place].allSatisfy { few in
                    row.others(than: few, keepsNewWork: newWorkCount != nil).contains { other in
                        let all = whole.main - row.net.main + other.main
                        return (!isRowTold || other.main.nearest == row.net.main.nearest) && (!isSumTold || all.nearest == whole.main.nearest)
                    }
                }
            }
            (rows[place].done, rows[place].freed, rows[place].newWork) = (nil, nil, nil)
            // As much of the sum as can be told, before hours of the row: a council asks for the sum.
            if !isSafe(isRowTold: false) { isSumTold = false }
            let isTold = isSafe(isRowTold: true)
            rows[place].net = isTold ? Range3(row.net.main.nearest) : nil
            (rows[place].isRounded, rows[place].isRangeTold) = (isTold, false)
        }
        // Low and high would tell the counts by two more figures.
        (sum.done, sum.freed, sum.newWork, sum.net) = (nil, nil, nil, isSumTold ? sum.net.map { Range3($0.main.nearest) } : nil)
        (sum.isRounded, sum.isRangeTold) = (isSumTold, false)
    }
}

extension FreedHours.Row {
    /// A count behind the hours that may not be told.
    fileprivate struct Few {
        enum Count: Equatable {
            case done
            case newWork(BenefitAssumptions.NewWork)
        }

        var count: Count
        /// Whether another number in its place might be.
        var isTellable: (Int) -> Bool
    }

    /// - Parameters:
    ///   - load: the technology's alarms by cause as they are told beside.
    ///   - told: counts that are told already.
    fileprivate func fews(beside load: BenefitFigures.Load?, _ told: ToldCounts) -> [Few] {
        let rest = load.flatMap(alarmsLeft)
        let done = Few(count: .done) { done in
            done.isTellable && told.allow(toldElsewhere(done)) && (rest.map { ($0 - done).isTellable } ?? true)
        }
        let newWork = BenefitAssumptions.NewWork.allCases.map { kind in Few(count: .newWork(kind)) { kind.isTellable($0, beside: load) } }
        return ([done] + newWork).filter { !$0.isTellable(number(of: $0, done: counts.done, counts.newWork)) }
    }

    private func number(of few: Few, done: Int, _ newWork: [BenefitAssumptions.NewWork: Int]) -> Int {
        switch few.count {
        case .done: done
        case .newWork(let kind): newWork[kind] ?? 0
        }
    }

    /// What is done by a safety alarm is alarms closed at the centre.
    fileprivate func toldElsewhere(_ done: Int) -> [(events: ToldCounts.Events, count: Int)] {
        technology == .safetyAlarm ? [(.closedAtCentre, done)] : []
    }

    /// Alarms of a safety alarm that nobody was sent to and that needed nothing else: what was done, and those that are open yet. Nil where
    /// what is told does not give them.
    private func alarmsLeft(of load: BenefitFigures.Load) -> Int? {
        guard technology == .safetyAlarm, let alarms = load.alarms, let callOuts = load.callOuts, let unintended = load.unintended,
            let technical = load.technical
        else { return nil }
        return alarms - callOuts - (unintended - sent(counts.newWork)) - technical
    }

    /// Call-outs to unintended and technical alarms.
    private func sent(_ newWork: [BenefitAssumptions.NewWork: Int]) -> Int { (newWork[.falseAlarm] ?? 0) + (newWork[.technicalVisit] ?? 0) }

    /// So far from what was counted other counts are tried.
    private static let triedDone = 60
    private static let triedNewWork = 12

    /// Net hours that it could have been, had one count been one that may be told.
    ///
    /// - Parameter keepsNewWork: all new work together is told, so that another kind of it must make up.
    fileprivate func others(than few: Few, keepsNewWork: Bool) -> [Range3] {
        let kinds = BenefitAssumptions.NewWork.allCases
        let done = max(0, counts.done - FreedHours.Row.triedDone)...counts.done + FreedHours.Row.triedDone
        var works: [[BenefitAssumptions.NewWork: Int]] = []
        for kind in kinds {
            let counted = counts.newWork[kind] ?? 0
            for number in max(0, counted - FreedHours.Row.triedNewWork)...counted + FreedHours.Row.triedNewWork {
                var work = counts.newWork
                work[kind] = number
                let more = number - counted
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
        let isOfAlarms = technology == .safetyAlarm
        if few.count == .done { works = isOfAlarms ? [counts.newWork] : works + [counts.newWork] }
        return works.flatMap { work -> [Range3] in
            let newWork = newWorkEach.reduce(Range3.zero) { $0 + $1.value.scaled(by: Double(work[$1.key] ?? 0)) }
            // Of its alarms one that was sent to more is one closed at the centre less: what was done moves along.
            let moved = counts.done + sent(work) - sent(counts.newWork)
            return (isOfAlarms && few.count != .done ? max(0, moved)...max(0, moved) : done).compactMap { done in
                few.isTellable(number(of: few, done: done, work)) ? freedEach.scaled(by: Double(done)) - newWork : nil
            }
        }
    }
}

extension BenefitAssumptions.NewWork {
    /// Whether neither it nor the rest of the alarms that it came of is a handful.
    fileprivate func isTellable(_ count: Int, beside load: BenefitFigures.Load?) -> Bool {
        let alarms: Int? =
            switch self {
            case .followUp: nil
            case .falseAlarm: load?.unintended
            case .technicalVisit: load?.technical
            }
        return count.isTellable && (alarms.map { ($0 - count).isTellable } ?? true)
    }
}

extension Double {
    /// In round hours.
    fileprivate var nearest: Double { (self / FreedFigures.roundedToHours).rounded() * FreedFigures.roundedToHours }
}
