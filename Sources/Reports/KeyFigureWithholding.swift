import Strategy
import Workload

/// What may be told of zones' key figures and of their sums in a report that leaves the municipality. Each figure is a division of the
/// alarms (within the limit, beyond it, without the step); `ToldRows` says which zones may be told of beside the sum.
struct KeyFigureWithholding {
    enum Figure: CaseIterable {
        case alarms, closed, unintended, answerShort, answerLong, answerRest, attendanceShort, attendanceLong, attendanceRest

        /// A figure that holds this one's counts together: what is left out of it is left out here too.
        fileprivate var whole: Figure? {
            switch self {
            case .alarms: nil
            case .answerShort, .answerRest, .attendanceShort, .attendanceRest, .closed: .alarms
            case .answerLong: .answerShort
            case .attendanceLong: .attendanceShort
            case .unintended: .closed
            }
        }

        /// The parts of the division, none within another.
        fileprivate func parts(_ figures: KeyFigures) -> [Int] {
            func short(_ wait: WaitFigures) -> [Int] { [wait.within[0].numerator, wait.n - wait.within[0].numerator] }
            func long(_ wait: WaitFigures) -> [Int] {
                [wait.within[0].numerator, wait.within[1].numerator - wait.within[0].numerator, wait.n - wait.within[1].numerator]
            }
            func rest(_ wait: WaitFigures) -> [Int] { [wait.none, wait.negative] }
            let (answer, attendance) = (figures.answer, figures.attendance)
            // Alarms that nobody was to attend to.
            let unattended = max(0, figures.alarms - attendance.all)
            return switch self {
            case .alarms: [figures.alarms]
            case .answerShort: short(answer) + [max(0, figures.alarms - answer.n)]
            case .answerLong: long(answer) + [max(0, figures.alarms - answer.n)]
            case .answerRest: rest(answer) + [answer.n]
            case .attendanceShort: short(attendance) + [attendance.none + attendance.negative, unattended]
            case .attendanceLong: long(attendance) + [attendance.none + attendance.negative, unattended]
            case .attendanceRest: rest(attendance) + [attendance.n, unattended]
            case .closed: share(figures.closedAtCentre) + [max(0, figures.alarms - figures.closedAtCentre.denominator)]
            case .unintended: share(figures.unintended)
            }
        }

        private func share(_ share: Share) -> [Int] { [share.numerator, share.denominator - share.numerator] }

        /// Nil of those that are told without a share.
        fileprivate func share(_ figures: KeyFigures) -> Share? {
            switch self {
            case .answerShort: figures.answer.within[0]
            case .answerLong: figures.answer.within[1]
            case .attendanceShort: figures.attendance.within[0]
            case .attendanceLong: figures.attendance.within[1]
            case .closed: figures.closedAtCentre
            case .unintended: figures.unintended
            case .alarms, .answerRest, .attendanceRest: nil
            }
        }

        /// What its share is of.
        fileprivate var wholeEvents: ToldCounts.Events {
            switch self {
            case .attendanceShort, .attendanceLong, .attendanceRest: .callOuts
            case .alarms, .closed, .unintended, .answerShort, .answerLong, .answerRest: .alarms
            }
        }

        /// Of what is in no share, the share; nil of others, and where no zone has any.
        fileprivate func share(beside zones: [KeyFigures]) -> Figure? {
            switch self {
            case .answerRest: zones.contains { $0.answer.all > $0.answer.n } ? .answerShort : nil
            case .attendanceRest: zones.contains { $0.attendance.all > $0.attendance.n } ? .attendanceShort : nil
            default: nil
            }
        }

        /// Whether what a zone has of it tells how many alarms of which kinds the zone has.
        fileprivate func dividesKinds(_ kinds: AlarmsOfKinds) -> Bool {
            switch self {
            case .closed, .attendanceShort, .attendanceLong, .attendanceRest: kinds.areDivided(by: \.callOuts)
            case .unintended: kinds.areDivided(by: \.unintended)
            case .alarms, .answerShort, .answerLong, .answerRest: false
            }
        }

        /// Of all zones together: counts that other tables have too.
        fileprivate func counts(_ figures: KeyFigures) -> [(events: ToldCounts.Events, count: Int)] {
            let closed = figures.closedAtCentre
            return switch self {
            case .closed: [(.alarms, closed.denominator), (.closedAtCentre, closed.numerator), (.callOuts, closed.denominator - closed.numerator)]
            case .unintended: [(.alarms, figures.unintended.denominator), (.unintended, figures.unintended.numerator)]
            case .answerShort, .answerLong: [(.alarms, figures.answer.n)]
            case .attendanceShort, .attendanceLong: [(.callOuts, figures.attendance.n)]
            case .answerRest: [(.alarms, figures.answer.all)]
            case .attendanceRest: [(.callOuts, figures.attendance.all)]
            case .alarms: [(.alarms, figures.alarms)]
            }
        }
    }

    private var told: [Figure: ToldRows] = [:]
    /// Whose share of the sum may be told as a bound where its counts may not: its denominator tells nothing that is withheld.
    private var bounded: Set<Figure> = []
    /// Where some alarms are open yet, the bound that all of them and the call-outs give.
    private var closedBound: RoundedShare?

    /// - Parameters:
    ///   - zones: in the report's order.
    ///   - sum: of all; what no zone of the report has is left out of it as a zone of its own.
    ///   - callOuts: where they are told beside the alarms; nil else.
    ///   - kinds: whose load another table has.
    ///   - counts: of the same events that the report tells already.
    init(zones: [KeyFigures], sum: KeyFigures, callOuts: Int?, kinds: AlarmsOfKinds, counts: inout ToldCounts) {
        for figure in Figure.allCases {
            // Call-outs that ended and those that somebody came to are the same where both are told.
            func parts(_ figures: KeyFigures, _ isClosedTold: Bool) -> [Int] {
                guard figure == .attendanceShort else { return figure.parts(figures) }
                let ended = figures.closedAtCentre.denominator - figures.closedAtCentre.numerator
                return figure.parts(figures) + [isClosedTold ? ended - figures.attendance.n : 0]
            }
            let isSumTold = isTold(.closed, zone: nil)
            let rows = zones.enumerated().map { parts($1, isSumTold || isTold(.closed, zone: $0)) }
            let all = parts(sum, isSumTold)
            let rest = all.indices.map { column in
                let rest = all[column] - rows.reduce(0) { $0 + $1[column] }
                return column < figure.parts(sum).count ? max(0, rest) : isSumTold ? rest : 0
            }
            let isDivided = figure.dividesKinds(kinds)
            var withheld = figure.whole.flatMap { told[$0]?.isTold.map { !$0 || isDivided } } ?? zones.map { _ in isDivided } + [true]
            // A zone's call-outs are those somebody came to, and would give back the small zone that its alarms closed at the centre hid.
            if [.attendanceShort, .attendanceRest].contains(figure), let closed = told[.closed] {
                for place in zones.indices where !closed.isTold[place] { withheld[place] = true }
            }
            // Those without the step are what a zone's share leaves of its alarms: where it is hidden they are, if there are any at all.
            if let short = figure.share(beside: zones).flatMap({ told[$0] }) {
                for place in zones.indices where !short.isTold[place] { withheld[place] = true }
            }
            var found = ToldRows(rows + [rest], withheld: withheld)
            if !(figure.whole.map { isTold($0, zone: nil) } ?? true) || found.isSumTold && !counts.tell(figure.counts(sum)) {
                found.withholdSum(of: rows + [rest])
            }
            told[figure] = found
            if figure == .closed, !found.isSumTold, isTold(.alarms, zone: nil), let callOuts {
                closedBound = RoundedShare(closedAtCentre: sum.closedAtCentre, alarms: sum.alarms, callOuts: callOuts)
            }
            // Beside a shorter limit that is told, the absence of a bound would tell how many lie between the two.
            let isApart = ![.answerLong, .attendanceLong].contains(figure) || figure.whole.map { !isTold($0, zone: nil) } ?? true
            if isApart, !found.isSumTold, let share = figure.share(sum), counts.tell([(figure.wholeEvents, share.denominator)]) { bounded.insert(figure) }
        }
    }

    /// - Parameter zone: its place; nil for the sum.
    func isTold(_ figure: Figure, zone: Int?) -> Bool { zone.map { told[figure]?.isTold[$0] ?? false } ?? (told[figure]?.isSumTold ?? false) }

    /// Zones are told by their counts or not at all: words for one would narrow down the others beside their sum.
    func share(_ share: Share, _ figure: Figure, zone: Int?) -> ReportedShare {
        guard !isTold(figure, zone: zone) || share.small && share.denominator > 0 else { return ReportedShare(share, isWithheld: false) }
        guard zone == nil else { return ReportedShare(share, isWithheld: true) }
        return ReportedShare(rounded: (bounded.contains(figure) ? RoundedShare(share) : nil) ?? (figure == .closed ? closedBound : nil))
    }
}

extension WaitFigures {
    /// With and without the second step.
    fileprivate var all: Int { n + none + negative }
}
