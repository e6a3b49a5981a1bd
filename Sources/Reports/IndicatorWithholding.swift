import Strategy
import Workload

/// What of an indicator may be told: no more than the report's other tables tell of the same counts.
struct IndicatorWithholding {
    private let keyFigures: KeyFigureRow
    private let benefits: BenefitFigures?
    private let availability: ReportedShare?
    private let dispatched: Int?
    /// Told of each kind of shift; nil where it is hidden of one.
    private let shiftsWithOverlap: Int?
    /// Nil in a report that stays in the municipality.
    private var counts: ToldCounts?

    /// What may be told of a figure.
    struct Told {
        var figure: IndicatorFigure
        /// The value alone.
        var isRounded: Bool
        /// In which words, of a share.
        var share: RoundedShare?

        /// What the status against the target may say: nothing that tells more of the counts than the words do.
        func status(_ indicator: Goals.Indicator) -> GoalStatus? {
            if let share { return GoalStatus(share, indicator) }
            return isRounded && figure.low == nil ? nil : GoalStatus(figure, indicator)
        }
    }

    /// - Parameter report: with its key figures, availability and benefits already as they may be told, and what they tell.
    init(_ report: Report, _ counts: ToldCounts?) {
        self.counts = counts
        keyFigures = report.keyFigures
        benefits = report.benefits
        availability = report.availability?.rows.last?.shares.last.flatMap(\.self)
        dispatched = report.dispatched
        let shifts = report.staffing.rows
        shiftsWithOverlap = shifts.contains(where: \.isOverlapWithheld) ? nil : shifts.reduce(0) { $0 + $1.shiftsWithOverlap.numerator }
    }

    /// Nil when withheld.
    mutating func told(_ figure: IndicatorFigure, _ data: IndicatorData) -> Told? {
        guard counts != nil, figure.isMeasured else { return Told(figure) }
        let (part, whole) = (Int(figure.numerator), Int(figure.denominator))
        switch figure.measure {
        case .answerWithin60Seconds: return told(figure, keyFigures.answer.within[0])
        case .answerWithin180Seconds: return told(figure, keyFigures.answer.within[1])
        case .attendanceWithin45Minutes: return told(figure, keyFigures.attendance.within[0])
        case .attendanceWithin60Minutes: return told(figure, keyFigures.attendance.within[1])
        case .closedAtCentre: return told(figure, keyFigures.closedAtCentre)
        case .unintended: return told(figure, keyFigures.unintended)
        case .unanswered:
            guard keyFigures.answer.none == nil else { return tellable(figure, .alarms) }
            // Beside those answered the absence of a bound would tell of steps in the wrong order.
            return keyFigures.answer.within[0].share == nil ? bounded(figure, .alarms) : nil
        case .open: return keyFigures.closedAtCentre.isWithheld ? bounded(figure, .alarms) : tellable(figure, .alarms)
        // How many steps there were in all tells of alarms that lack one.
        case .late: return figure.share.isTellable ? figure.toldInWholePercent : nil
        case .silent: return tellable(figure, .alarms)
        case .lowestEffectiveStep: return tellable(figure, .alarms, [(.closedAtCentre, part), (.callOuts, whole - part)])
        case .simultaneousResponses:
            // A shift with two out at once has such a call-out at least: held against the shifts, they tell of those that are hidden.
            return shiftsWithOverlap.map { (part - $0).isTellable } == true ? tellable(figure, .callOuts) : nil
        case .ladderNotRisen: return tellable(figure, .users)
        case .repeatUsers:
            // Of those with most each has one at least: what they have beyond that tells of those who have two, and beyond two of three. The interval is drawn from
            // what each user has, and fits one division of it alone: neither it nor what rests on it is told.
            let most = Int((Double(figure.count) * IndicatorDefinition.repeatUserShare).rounded(.up))
            let several = (data.callOutsByUser ?? []).count { $0 > 1 }
            let counts = [most, part - most, max(0, part - 2 * most), several]
            return figure.share.isTellable && counts.allSatisfy(\.isTellable) ? figure.toldInWholePercent : nil
        case .deviceAvailability: return availability.flatMap { told(figure, $0) }
        case .callOutsPer100Users: return dispatched != nil && tells([(.callOuts, part), (.users, data.users)]) ? Told(figure) : nil
        case .nightCallOutsPer100Users:
            let isNightTold = part.isTellable && ((data.callOuts ?? part) - part).isTellable
            return dispatched != nil && isNightTold && tells([(.users, data.users)]) ? Told(figure) : nil
        case .callOutHoursPer100Users: return (data.callOuts ?? 0).isTellable && tells([(.users, data.users)]) ? Told(figure) : nil
        case .unplannedShare: return (data.callOuts ?? 0).isTellable ? Told(figure) : nil
        case .technologyUsersPer1000: return benefits?.users == nil ? nil : Told(figure)
        case .safetyAlarmUsersPer1000, .medicationDispenserUsersPer1000, .digitalSupervisionUsersPer1000, .electronicLockUsersPer1000, .locationUsersPer1000,
            .homeMonitoringUsersPer1000:
            return user(figure)
        case .freedHours: return freed(figure)
        // What leaders have entered is a sum of hours, not a count of people.
        case .realisedHours, .realisedKroner: return Told(figure)
        }
    }

    private mutating func tells(_ wanted: [(events: ToldCounts.Events, count: Int)]) -> Bool { counts?.tell(wanted) ?? true }

    private func user(_ figure: IndicatorFigure) -> Told? {
        let use = benefits?.uses.first { $0.technology == figure.measure.technology }
        return use.map { $0.users != nil } ?? (figure.count == 0) ? Told(figure) : nil
    }

    private func told(_ figure: IndicatorFigure, _ share: ReportedShare) -> Told? {
        share.share != nil ? Told(figure) : share.rounded.map { Told(figure, rounded: $0) }
    }

    /// - Parameters:
    ///   - whole: what its denominator counts.
    ///   - parts: counts of its own that other figures have too.
    private mutating func tellable(
        _ figure: IndicatorFigure,
        _ whole: ToldCounts.Events,
        _ parts: [(events: ToldCounts.Events, count: Int)] = []
    ) -> Told? {
        figure.share.isTellable && tells(parts + [(whole, figure.share.denominator)]) ? Told(figure) : bounded(figure, whole)
    }

    /// A bound tells its denominator.
    private mutating func bounded(_ figure: IndicatorFigure, _ whole: ToldCounts.Events) -> Told? {
        guard let bound = RoundedShare(figure.share), tells([(whole, figure.share.denominator)]) else { return nil }
        return Told(figure, rounded: bound)
    }

    /// As the table of freed hours tells the sum.
    private func freed(_ figure: IndicatorFigure) -> Told? {
        guard let freed = benefits?.freed, let net = freed.sum.net else { return nil }
        guard freed.isPartlyWithheld, figure.denominator > 0 else { return Told(figure) }
        let months = figure.denominator
        return Told(figure: figure.rounded(to: net.main / months, low: net.low / months, high: net.high / months), isRounded: true)
    }
}

extension IndicatorWithholding.Told {
    fileprivate init(_ figure: IndicatorFigure) { self.init(figure: figure, isRounded: false) }

    fileprivate init(_ figure: IndicatorFigure, rounded share: RoundedShare) {
        self.init(figure: figure.rounded(to: Double(share.percent) / 100), isRounded: true, share: share)
    }
}

extension IndicatorFigure {
    /// Of a measure that is a share.
    fileprivate var share: Share { Share(min(Int(numerator), Int(denominator)), of: Int(denominator)) }

    /// Without its counts; nil of too few for a value.
    fileprivate var toldInWholePercent: IndicatorWithholding.Told? {
        value.map { .init(figure: rounded(to: ($0 * 100).rounded() / 100), isRounded: true) }
    }

    /// The value alone, without what it was counted from.
    fileprivate func rounded(to value: Double, low: Double? = nil, high: Double? = nil) -> IndicatorFigure {
        var figure = self
        (figure.value, figure.low, figure.high) = (value, low, high)
        (figure.numerator, figure.denominator, figure.count) = (value, 1, 0)
        return figure
    }
}
