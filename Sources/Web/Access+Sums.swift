import Accounts
import HTTPTypes
import Reports
import Staffing
import Telemetry
import Workload

/// Aggregates alone: what bounds a caller without the right to moments, in all pages and files, and in the answers about staffing and goals.
/// Load cells and key figures of the API are what CONTRACT calls aggregates, and are given to tokens as it has them, to people within
/// the same bounds as the pages.
///
/// An hour of one day, a day, and a week by its hours hold single events, and two periods that differ by a day tell that day. So
/// such a caller is told of calendar months, quarters and years alone, of which four weeks at least are over: each hour of the
/// week is then a sum over four days or more, and no two periods differ by less than a month.
extension Access.Caller {
    /// Days of a period that must be over.
    static let sumDaysMin = 28

    private var seesMoments: Bool { rights.contains(.moments) }

    /// The kinds of period that the caller may choose among.
    var kinds: [ReportPeriod.Kind] { ReportPeriod.Kind.offered.filter { seesMoments || [.month, .quarter, .year].contains($0) } }

    /// What the caller is told of a report, of which one is kept for all callers.
    func told(_ report: Report) -> Report {
        let told = SitePage.quality.isOpen(to: self) ? report : report.withoutSources
        return seesMoments ? told : told.ofSums
    }

    /// The same of load against staffing.
    func told(_ analysis: StaffingAnalysis) -> StaffingAnalysis { seesMoments ? analysis : analysis.ofSums }

    func maySee(_ period: ReportPeriod, now: EventTime) -> Bool {
        seesMoments || kinds.contains(period.kind) && period.firstDay.advanced(by: Access.Caller.sumDaysMin) <= LocalTime.oslo.day(at: now)
    }

    /// The last day of the periods that the caller may see; nil where any may be asked for.
    func lastDay(now: EventTime) -> LocalTime.Day? {
        let lastMonth = ReportPeriod(.month, containing: LocalTime.oslo.day(at: now).advanced(by: -Access.Caller.sumDaysMin))
        return seesMoments ? nil : lastMonth.endDay.advanced(by: -1)
    }

    /// The period that is told of where none is asked for.
    func period(_ usual: ReportPeriod, now: EventTime) -> ReportPeriod {
        seesMoments ? usual : ReportPeriod(.month, containing: LocalTime.oslo.day(at: now).advanced(by: -Access.Caller.sumDaysMin))
    }

    func require(_ period: ReportPeriod, now: EventTime) throws(Problem) {
        guard maySee(period, now: now) else { throw .sumsAlone }
    }

    /// For cells of hours and days, which are no sums: programs alone get them.
    func requireCells() throws(Problem) {
        guard seesMoments || session == nil else { throw .sumsAlone }
    }

    /// For key figures of any period, the same: programs get them as they ask.
    func requireFigures(of period: Range<EventTime>, now: EventTime) throws(Problem) {
        if session != nil { try require(period, now: now) }
    }

    /// The same for a question by instants.
    func require(_ period: Range<EventTime>, now: EventTime) throws(Problem) {
        guard !seesMoments else { return }
        let (first, end) = (LocalTime.oslo.day(at: period.lowerBound), LocalTime.oslo.day(at: period.upperBound))
        let isWhole = [(first, period.lowerBound), (end, period.upperBound)].allSatisfy { $0.day == 1 && LocalTime.oslo.instant($0) == $1 }
        guard isWhole, first.advanced(by: Access.Caller.sumDaysMin) <= LocalTime.oslo.day(at: now) else { throw .sumsAlone }
    }
}

extension Problem {
    /// What a caller without the right to moments is told who asks for them.
    fileprivate static let sumsAlone = Problem(
        status: .forbidden,
        detail: "This role is told sums of calendar months, quarters and years alone, of which \(Access.Caller.sumDaysMin) days are over."
    )

    /// The same on a page.
    static let sumsAloneBokmal = "Rollen din gir summer for hele måneder, kvartaler og år som har vart i minst fire uker. Her er den siste måneden som har det."
}
