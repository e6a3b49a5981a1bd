import Strategy
import Workload

/// What of an indicator may be told: no more than the report's other tables tell of the same counts.
struct IndicatorWithholding {
    private let isExternal: Bool
    private let keyFigures: KeyFigureRow
    private let benefits: BenefitFigures?
    private let availability: ReportedShare?

    /// - Parameter report: with its key figures, availability and benefits already as they may be told.
    init(_ report: Report) {
        isExternal = report.isExternal
        keyFigures = report.keyFigures
        benefits = report.benefits
        availability = report.availability?.rows.last?.shares.last.flatMap(\.self)
    }

    /// Nil when withheld; rounded where the value alone may be told.
    func told(_ figure: IndicatorFigure, _ data: IndicatorData) -> (figure: IndicatorFigure, isRounded: Bool)? {
        guard isExternal, figure.isMeasured else { return (figure, false) }
        switch figure.measure {
        case .answerWithin60Seconds: return told(figure, keyFigures.answer.within[0])
        case .answerWithin180Seconds: return told(figure, keyFigures.answer.within[1])
        case .attendanceWithin45Minutes: return told(figure, keyFigures.attendance.within[0])
        case .attendanceWithin60Minutes: return told(figure, keyFigures.attendance.within[1])
        case .closedAtCentre: return told(figure, keyFigures.closedAtCentre)
        case .unintended: return told(figure, keyFigures.unintended)
        case .unanswered: return keyFigures.answer.none == nil ? rounded(figure) : tellable(figure)
        case .open: return keyFigures.closedAtCentre.isWithheld ? rounded(figure) : tellable(figure)
        case .silent, .lowestEffectiveStep, .simultaneousResponses, .late, .ladderNotRisen: return tellable(figure)
        case .repeatUsers:
            let most = Int((Double(figure.count) * IndicatorDefinition.repeatUserShare).rounded(.up))
            return most.isTellable ? tellable(figure) : nil
        case .deviceAvailability: return availability?.share == nil ? nil : (figure, false)
        case .callOutsPer100Users: return Int(figure.numerator).isTellable ? (figure, false) : nil
        case .nightCallOutsPer100Users:
            let night = Int(figure.numerator)
            return night.isTellable && ((data.callOuts ?? night) - night).isTellable ? (figure, false) : nil
        case .callOutHoursPer100Users, .unplannedShare: return (data.callOuts ?? 0).isTellable ? (figure, false) : nil
        case .technologyUsersPer1000: return benefits?.users == nil ? nil : (figure, false)
        case .safetyAlarmUsersPer1000, .medicationDispenserUsersPer1000, .digitalSupervisionUsersPer1000, .electronicLockUsersPer1000,
            .locationUsersPer1000, .homeMonitoringUsersPer1000:
            let use = benefits?.uses.first { $0.technology == figure.measure.technology }
            return use.map { $0.users != nil } ?? (figure.count == 0) ? (figure, false) : nil
        case .freedHours: return freed(figure)
        case .realisedHours, .realisedKroner: return (figure, !figure.count.isTellable)
        }
    }

    private func told(_ figure: IndicatorFigure, _ share: ReportedShare) -> (IndicatorFigure, Bool)? {
        share.share != nil ? (figure, false) : share.percent.map { (figure.rounded(to: Double($0) / 100), true) }
    }

    private func tellable(_ figure: IndicatorFigure) -> (IndicatorFigure, Bool)? { figure.share.isTellable ? (figure, false) : rounded(figure) }

    private func rounded(_ figure: IndicatorFigure) -> (IndicatorFigure, Bool)? {
        figure.share.roundedPercent.map { (figure.rounded(to: Double($0) / 100), true) }
    }

    /// As the table of freed hours tells the sum.
    private func freed(_ figure: IndicatorFigure) -> (IndicatorFigure, Bool)? {
        guard let freed = benefits?.freed, let net = freed.sum.net else { return nil }
        guard freed.isPartlyWithheld, figure.denominator > 0 else { return (figure, false) }
        let months = figure.denominator
        return (figure.rounded(to: net.main / months, low: net.low / months, high: net.high / months), true)
    }
}

extension IndicatorFigure {
    /// Of a measure that is a share.
    fileprivate var share: Share { Share(min(Int(numerator), Int(denominator)), of: Int(denominator)) }

    /// The value alone, without what it was counted from.
    fileprivate func rounded(to value: Double, low: Double? = nil, high: Double? = nil) -> IndicatorFigure {
        var figure = self
        (figure.value, figure.low, figure.high) = (value, low, high)
        (figure.numerator, figure.denominator, figure.count) = (value, 1, 0)
        return figure
    }
}
