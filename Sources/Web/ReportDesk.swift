package import Reports
package import Staffing
package import Telemetry
import Workload

/// Makes the reports that pages and files show: one at a time of those that somebody waits for, each once for all who ask for it meanwhile.
///
/// A report that was made is given again while the views stand where it was made from. The views move on every second, with
/// heartbeats alone, so where a report is dear it is also given again for a while after: it says itself of when and of which position
/// it is, as does the answer's header. What that while is follows from what the report took to make, so that small
/// municipalities never see an old figure, and the large cannot use up the processors by looking.
///
/// What is usually looked at is made before anybody asks (`makeReady`), so that the first who asks waits no longer than the second.
package actor ReportDesk {
    /// What a report depends on besides the views and the time.
    package struct Question: Hashable, Sendable {
        /// Its number.
        package var municipality: String
        /// Of the registry, roster, goals and the rest.
        package var revision: Int
        package var period: ReportPeriod
        /// Nil for all.
        package var zone: String?
        package var extent: ReportedMunicipality.Extent
        /// How much of load against staffing it tells; nil: nothing.
        package var staffing: StaffingEffort?
        /// Whom its texts are told to; nil for who may see all zones.
        package var readerZones: [String]?

        package init(
            municipality: String,
            revision: Int,
            period: ReportPeriod,
            zone: String?,
            extent: ReportedMunicipality.Extent,
            staffing: StaffingEffort?,
            readerZones: [String]? = nil
        ) {
            self.municipality = municipality
            self.revision = revision
            self.period = period
            self.zone = zone
            self.extent = extent
            self.staffing = staffing
            self.readerZones = readerZones
        }
    }

    /// A report, with the processor time that it took.
    package struct Made: Sendable {
        package var report: Report
        package var costMilliseconds: Double
        /// False where something was left out that the next who asks may get.
        package var isWhole: Bool

        package init(report: Report, costMilliseconds: Double, isWhole: Bool = true) {
            self.report = report
            self.costMilliseconds = costMilliseconds
            self.isWhole = isWhole
        }
    }

    /// Reports kept: those that are kept ready, and as many as the leaders of a county look at on a morning.
    package static let keptMax = 160
    /// What was made or found ready stays for so long, whatever else is asked for meanwhile.
    package static let readyFor = Duration.seconds(900)
    /// Different reports that may wait for their turn.
    package static let waitingMax = 32
    /// No report is given for longer than this, wherever the views stand: it says what is known by now.
    package static let ageMillisecondsMax: Int64 = 60_000
    /// What takes less is made anew whenever the views have moved.
    package static let dearMilliseconds = 50.0
    /// A dear report is given again for so many times what it took.
    package static let agesPerCost = 20.0
    /// Thereafter, for so many times, it is still given, and a new one is made meanwhile.
    package static let staleAgesPerCost = 100.0
    /// What takes this or more, as a year does, keeps nobody waiting: while it is kept ready it is given until it is this old, and a new
    /// one is made meanwhile.
    package static let slowMilliseconds = 120.0
    package static let slowAgeMillisecondsMax: Int64 = 300_000

    /// Too many different reports are waited for.
    package struct Busy: Error {}

    private struct Kept {
        var made: Made
        var since: ContinuousClock.Instant
        var readyUntil: ContinuousClock.Instant

        private func isWithin(_ ages: Double) -> Bool {
            made.costMilliseconds >= ReportDesk.dearMilliseconds && since.duration(to: .now) < .milliseconds(made.costMilliseconds * ages)
        }

        private var isSlow: Bool { made.costMilliseconds >= ReportDesk.slowMilliseconds }
        private var ageMillisecondsMax: Int64 { isSlow ? ReportDesk.slowAgeMillisecondsMax : ReportDesk.ageMillisecondsMax }

        /// Whether it may be given at all.
        func isOf(_ now: EventTime) -> Bool { abs(now - made.report.provenance.generatedAt) < ageMillisecondsMax }
        func isFresh(_ position: Int64, _ now: EventTime) -> Bool {
            let isYoung = abs(now - made.report.provenance.generatedAt) < ReportDesk.ageMillisecondsMax
            return isYoung && (made.report.provenance.position == position || isWithin(ReportDesk.agesPerCost))
        }
        var isUsable: Bool { isSlow || isWithin(ReportDesk.staleAgesPerCost) }
    }

    private var kept: [Question: Kept] = [:]
    /// The questions that are kept, the last used first.
    private var order: [Question] = []
    private var underway: [Question: Task<Report, any Error>] = [:]
    /// What is made beside these before anybody waits for it: who comes to wait makes his own, with all processors.
    private var ahead: [Question: Task<Report, any Error>] = [:]
    private var isRenewing = false
    private var isAtWork = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init() {}

    /// The report that answers a question.
    ///
    /// - Parameters:
    ///   - now: the service's clock.
    ///   - position: where the views stand.
    ///   - make: makes it from the views; called where none is kept that may be given.
    /// - Throws: `Busy` where too many wait; what `make` throws.
    package func report(
        _ question: Question,
        now: EventTime,
        position: Int64,
        _ make: @escaping @Sendable () async throws -> Made
    ) async throws -> Report {
        guard let found = usable(question, now: now, position: position) else {
            return try await (Background.isTask ? makingAhead(question, make) : making(question, make)).value
        }
        use(question)
        // One at a time: the next who asks for another renews that.
        if !found.isFresh(position, now), !isRenewing {
            isRenewing = true
            Task {
                defer { isRenewing = false }
                _ = try? await makingAhead(question, make).value
            }
        }
        return found.made.report
    }

    /// The report that is kept for a question, where it may still be given; nothing is made.
    package func remembered(_ question: Question, now: EventTime, position: Int64) -> Report? {
        usable(question, now: now, position: position)?.made.report
    }

    /// Makes a report before anybody asks for it, beside those who wait for others; not where what is kept is fresh, or made at once when
    /// somebody asks.
    ///
    /// - Returns: the processor time that it took, in milliseconds; 0 where nothing was made.
    package func makeReady(
        _ question: Question,
        now: EventTime,
        position: Int64,
        _ make: @escaping @Sendable () async throws -> Made
    ) async throws -> Double {
        if let found = kept[question], found.made.costMilliseconds < ReportDesk.dearMilliseconds || found.isFresh(position, now) {
            kept[question]?.readyUntil = .now + ReportDesk.readyFor
            return 0
        }
        guard underway[question] == nil, ahead[question] == nil else { return 0 }
        _ = try await makingAhead(question, isKeptReady: true, make).value
        return kept[question]?.made.costMilliseconds ?? 0
    }

    private func usable(_ question: Question, now: EventTime, position: Int64) -> Kept? {
        kept[question].flatMap { $0.isOf(now) && ($0.isFresh(position, now) || $0.isUsable) ? $0 : nil }
    }

    private func making(_ question: Question, _ make: @escaping @Sendable () async throws -> Made) throws -> Task<Report, any Error> {
        if let task = underway[question] { return task }
        guard underway.count <= ReportDesk.waitingMax else { throw Busy() }
        // Whoever asked may go away: the others wait for the same one.
        let task = Task {
            await takeTurn()
            defer {
                underway[question] = nil
                giveTurn()
            }
            let made = try await make()
            if made.isWhole { keep(question, made) }
            return made.report
        }
        underway[question] = task
        return task
    }

    private func makingAhead(
        _ question: Question,
        isKeptReady: Bool = false,
        _ make: @escaping @Sendable () async throws -> Made
    ) -> Task<Report, any Error> {
        if let task = underway[question] ?? ahead[question] { return task }
        let task = Background.$isTask.withValue(true) {
            Task {
                defer { ahead[question] = nil }
                let made = try await make()
                if made.isWhole { keep(question, made, readyUntil: isKeptReady ? .now + ReportDesk.readyFor : nil) }
                return made.report
            }
        }
        ahead[question] = task
        return task
    }

    private func keep(_ question: Question, _ made: Made, readyUntil: ContinuousClock.Instant? = nil) {
        let (before, now) = (kept[question], ContinuousClock.now)
        // What nobody waits for may have taken long: meanwhile somebody has had a newer one made.
        if let before, before.made.report.provenance.generatedAt > made.report.provenance.generatedAt { return }
        var made = made
        // One that had half of its work remembered is no cheaper for that the next time.
        if let before { made.costMilliseconds = max(made.costMilliseconds, before.made.costMilliseconds * 0.9) }
        kept[question] = Kept(made: made, since: now, readyUntil: readyUntil ?? before?.readyUntil ?? now)
        use(question)
        while order.count > ReportDesk.keptMax {
            // The one that was just made stays in any case.
            let place = order.dropFirst().lastIndex { kept[$0].map { $0.readyUntil <= now } ?? true } ?? order.count - 1
            kept[order.remove(at: place)] = nil
        }
    }

    private func use(_ question: Question) {
        order.removeAll { $0 == question }
        order.insert(question, at: 0)
    }

    private func takeTurn() async {
        guard isAtWork else {
            isAtWork = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func giveTurn() {
        if waiting.isEmpty { isAtWork = false } else { waiting.removeFirst().resume() }
    }
}

extension ReportDesk.Question {
    /// What a page tells of a period.
    ///
    /// - Parameters:
    ///   - municipality: its number.
    ///   - zone: nil for all.
    ///   - readerZones: nil for who may see all zones.
    init(_ municipality: String, _ revision: Int, _ period: ReportPeriod, _ zone: String?, of page: SitePage, to readerZones: [String]? = nil) {
        self.init(
            municipality: municipality,
            revision: revision,
            period: period,
            zone: zone,
            extent: page.extent ?? [],
            staffing: page.staffing,
            readerZones: readerZones
        )
    }
}
