package import Telemetry
import Workload

/// The counts behind a technology's freed hours as what leaves the municipality may rest on them, each as a range where it may not be told.
///
/// Call-outs to unintended and to technical alarms divide the alarms, beside the told numbers of call-outs, unintended and technical
/// ones: where a count is told, every part of the division that follows from it is none or a handful at least. A range depends on told
/// numbers and on the ranges before it alone, never on what those hide.
package struct ToldFreedCounts: Hashable, Sendable {
    package let newWork: [BenefitAssumptions.NewWork: ToldRange]
    /// The middle of what it can be where it is not told.
    package let done: Double
    package let isDoneTold: Bool
    /// Whether hours reckoned from these say nothing of alarms that are hidden beside.
    package let isNetTold: Bool

    package var isNewWorkTold: Bool { newWork.values.allSatisfy(\.isTold) }

    /// Every count may be told.
    package var isTold: Bool { isDoneTold && isNewWorkTold && isNetTold }

    /// - Parameters:
    ///   - counts: the technology's.
    ///   - technology: of a safety alarm, what was done is what is left of its alarms less those that are open yet.
    ///   - load: its alarms that are told beside.
    ///   - kinds: these alarms by the kinds of devices they came from, as they are told.
    ///   - all: its alarms, hidden ones too.
    ///   - told: counts of the same events that are told already.
    package init(
        _ counts: FreedHours.Counts,
        of technology: Technology,
        beside load: AlarmsByCause,
        by kinds: [AlarmsByCause],
        all: AlarmsByCause,
        _ told: ToldCounts
    ) {
        func isTellable(_ counts: [Int?]) -> Bool { counts.allSatisfy { $0?.isTellable ?? true } }
        func number(_ kind: BenefitAssumptions.NewWork) -> Int { counts.newWork[kind] ?? 0 }

        let visits =
            load.technical == nil
            ? ToldRange(roughly: number(.technicalVisit), most: load.technicalCallOutsMax)
            : ToldRange(number(.technicalVisit), from: 0) { visits in
                isTellable([visits, load.technical.map { $0 - visits }, load.callOuts.map { $0 - visits }, load.left(falseAlarms: nil, visits: visits)])
                    && CallOutBounds.areSafe(falseAlarms: CallOutBounds.any, visits: visits...visits, of: kinds)
            }
        let falseAlarms =
            load.unintended == nil
            ? ToldRange(roughly: number(.falseAlarm), most: load.callOuts)
            : ToldRange(number(.falseAlarm), from: 0) { falseAlarms in
                isTellable([falseAlarms, load.unintended.map { $0 - falseAlarms }])
                    && CallOutBounds.areSafe(falseAlarms: falseAlarms...falseAlarms, visits: visits.counts, of: kinds)
                    && visits.counts.allSatisfy { visits in
                        isTellable([load.callOuts.map { $0 - falseAlarms - visits }, load.left(falseAlarms: falseAlarms, visits: visits)])
                    }
            }
        newWork = [.followUp: ToldRange(number(.followUp), from: 0, isTellable: \.isTellable), .falseAlarm: falseAlarms, .technicalVisit: visits]
        let others = kinds.filter { $0.alarms != 0 }
        if technology == .safetyAlarm, others.count > 1, others.contains(where: { $0.alarms == nil || $0.unintended == nil || $0.technical == nil }) {
            // What was done of kinds that are told would leave that of the others: in steps of five, without what moves along.
            let step = Share.smallBelow
            let rest = counts.done - number(.falseAlarm) - number(.technicalVisit)
            let start = rest - ((rest % step) + step) % step
            isDoneTold = false
            done = max(0, Double(start) + Double(step - 1) / 2 + falseAlarms.middle + visits.middle)
        } else if technology == .safetyAlarm {
            func left(_ falseAlarms: Int, _ visits: Int) -> Int { load.left(falseAlarms: falseAlarms, visits: visits) ?? 0 }
            let (fewest, most) = ((falseAlarms.counts.lowerBound, visits.counts.lowerBound), (falseAlarms.counts.upperBound, visits.counts.upperBound))
            let lefts = left(fewest.0, fewest.1)...left(most.0, most.1)
            let isLeftTold = lefts.lowerBound == lefts.upperBound
            let open = ToldRange(left(number(.falseAlarm), number(.technicalVisit)) - counts.done) { open in
                open.isTellable && lefts.allSatisfy { ($0 - open).isTellable } && (!isLeftTold || told.allow([(.closedAtCentre, lefts.lowerBound - open)]))
            }
            isDoneTold = isLeftTold && open.isTold
            done = max(0, Double(lefts.lowerBound + lefts.upperBound) / 2 - open.middle)
        } else {
            let range = ToldRange(counts.done, from: 0, isTellable: \.isTellable)
            (isDoneTold, done) = (range.isTold, range.middle)
        }

        /// A count that is told may not come so near alarms that are partly hidden that it tells of what is.
        func isFar(_ count: Int, from column: KeyPath<AlarmsByCause, Int?>) -> Bool {
            let (told, all) = (load[keyPath: column] ?? 0, all[keyPath: column] ?? 0)
            return told == all || count <= max(told, Share.smallBelow - 1) || all - count >= Share.smallBelow
        }
        let (unintended, technical) = (falseAlarms.counts.lowerBound, visits.counts.lowerBound)
        let closed = technology == .safetyAlarm && isDoneTold ? counts.done : 0
        isNetTold =
            CallOutBounds.areSafe(falseAlarms: falseAlarms.counts, visits: visits.counts, of: kinds)
            && isFar(unintended, from: \.unintended) && isFar(technical, from: \.technical) && isFar(unintended + technical, from: \.callOuts)
            && isFar(closed + unintended + technical, from: \.alarms)
    }

    /// Net hours of a technology.
    package func net(_ row: FreedHours.Row) -> Range3 {
        let work = BenefitAssumptions.NewWork.allCases.reduce(Range3.zero) { sum, kind in
            sum + (row.newWorkEach[kind]?.scaled(by: newWork[kind]?.middle ?? 0) ?? .zero)
        }
        return row.freedEach.scaled(by: done) - work
    }
}
