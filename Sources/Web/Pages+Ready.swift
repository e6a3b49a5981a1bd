import Dispatch
import Reports
import Staffing
import Store
import Telemetry
import Workload

/// Making reports, when they are asked for and before.
extension Pages {
    /// A report with what it took. Its work is done on threads that may be held up, so that other answers need not wait for it.
    func made(_ question: ReportDesk.Question, _ municipality: ReportedMunicipality) async throws -> ReportDesk.Made {
        let (since, views, now) = (ContinuousClock.now, try views.frozen(), face.now())
        let load = try await Pages.aside { try municipality.indicatorInput(period: question.period, zone: question.zone, views: views, now: now) }
        // Load against staffing, load by zone and the rest rest on the same cells and alarms, and on nothing of one another: they are made at once.
        async let staffed = staffed(municipality, load.value, question.staffing, since, views, now)
        async let summed = Pages.aside { municipality.summed(load.value) }
        let rest = try await Pages.aside {
            var input = load.value
            try municipality.addRest(to: &input, views: views, now: now)
            try municipality.add(question.extent, to: &input, views: views, now: now)
            if question.extent.contains(.comparison) {
                input.compared = try municipality.comparedPeriods(with: question.period, zone: question.zone, views: views, now: now)
            }
            return input
        }
        var input = rest.value
        let (byZone, staffing) = (try await summed, try await staffed)
        (input.roster, input.keyFiguresByZone, input.staffing) = (municipality.roster, byZone.value.keyFigures, staffing.analysis)
        let report = try await Pages.aside { [input] in Report(input, load: byZone.value.load) }
        let cost = load.costMilliseconds + byZone.costMilliseconds + rest.costMilliseconds + staffing.costMilliseconds + report.costMilliseconds
        return .init(report: report.value, costMilliseconds: cost, isWhole: staffing.isWhole)
    }

    /// Load against staffing, and what it took; without an analysis where none is wanted, without a roster, where it would take too long for
    /// a page, which then tells the rest, and where too many wait, so that the report is not whole.
    private func staffed(
        _ municipality: ReportedMunicipality,
        _ report: ReportInput,
        _ effort: StaffingEffort?,
        _ since: ContinuousClock.Instant,
        _ views: ViewsReader,
        _ now: EventTime
    ) async throws -> (analysis: StaffingAnalysis?, costMilliseconds: Double, isWhole: Bool) {
        guard let effort, municipality.roster != nil, try municipality.hasAnswerableStaffing(of: report, views: views, now: now) else { return (nil, 0, true) }
        let input = try await Pages.aside { try municipality.staffingInput(of: report, views: views, now: now) }
        do {
            let made = try await staffing.timedAnalysis(input.value, effort: effort, since: since)
            return (made.analysis, input.costMilliseconds + made.milliseconds, true)
        } catch StaffingDesk.Refusal.tooLarge {
            return (nil, input.costMilliseconds, true)
        } catch StaffingDesk.Refusal.busy { return (nil, input.costMilliseconds, false) }
    }

    /// Runs work that takes its time on a thread of its own: the few threads that all answers share stay free.
    ///
    /// - Returns: what it gives, with the processor time that it took.
    static func aside<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> (value: Value, costMilliseconds: Double) {
        try await withCheckedThrowingContinuation { continuation in
            Background.perform {
                let begin = ProcessorTime.milliseconds()
                continuation.resume(with: Result { (try work(), ProcessorTime.milliseconds() - begin) })
            }
        }
    }

    // MARK: - Before anybody asks

    /// Municipalities whose usual reports are kept ready; of further ones a report is made when it is asked for.
    private static let readyMunicipalitiesMax = 2
    /// After each report it rests for so many times what that took, but not where everything is to be made.
    private static let restsPerCost = 20.0
    /// What took long took it because others wanted the processors.
    private static let restMillisecondsMax = 60_000.0
    /// How long it waits for the service to be ready: without a broker it never is.
    private static let patience = Duration.seconds(10)
    private static let looksForReadiness = Duration.milliseconds(50)
    /// Read before anything else: a year, and the days that its first and last week have besides.
    private static let rememberedMilliseconds = 380 * TimeRule.dayMilliseconds
    /// Between two looks where nothing was to be made.
    private static let idleMilliseconds = 1000.0
    /// So many days that are over have not changed at once but by an import.
    private static let importedDaysMin = 8
    /// Months and quarters that are over whose staffing is kept ready: those of a year, and the ones that a year is compared with; and that year.
    private static let closedMonths = 13
    private static let closedQuarters = 5
    private static let closedYears = 1
    /// Of each municipality.
    private static let yearsAndClosedPerRound = 4
    /// Alarms in them, of each municipality: those of one with 800 safety alarms. Of a larger one the months, or the last of them, are.
    private static let closedAlarmsMax = 155_000
    /// How often it is looked whether running periods have moved on, and whether something has come late to one that is over.
    private static let lookEvery = Duration.seconds(60)

    /// Keeps ready what leaders look at first: the last four weeks, the running day, week, month, quarter and year, and those just before them, for
    /// all zones; and the staffing of those four weeks, of the months, quarters and years, and of each zone's year. One after the other, at most
    /// a twentieth of the time, but without rests where everything is to be made; on processors that nobody wants. Goes on until the task is cancelled.
    func keepReady() async { await Background.$isTask.withValue(true) { await keepReadyAlone() } }

    private func keepReadyAlone() async {
        // A service that has just started has its journal to catch up with first.
        let patienceEnd = ContinuousClock.now + Pages.patience
        while !face.status().isReady, .now < patienceEnd, !Task.isCancelled { try? await Task.sleep(for: Pages.looksForReadiness) }
        var (state, waiting, nextLook) = (Readiness(), [StaffedPeriod](), ContinuousClock.now)
        while !Task.isCancelled {
            let current = registry.current
            let (ready, revision) = (current.municipalities.prefix(Pages.readyMunicipalitiesMax), current.revision)
            let isHurried = state.isPressing(self)
            var works = ready.flatMap { usual($0, revision: revision) }
            var staffed: [StaffedPeriod] = []
            if isHurried || nextLook <= .now {
                nextLook = .now + Pages.lookEvery
                staffed = ready.flatMap(running)
                if isHurried || waiting.isEmpty { waiting = ready.flatMap(yearsAndClosed) }
            }
            // Some a round, so that meanwhile what is usual does not grow old.
            let turn = waiting.prefix(isHurried ? waiting.count : Pages.yearsAndClosedPerRound * ready.count)
            waiting.removeFirst(turn.count)
            // The reports of the last four weeks tell what their staffing says: it comes first. Where all is to be made, what takes longest does.
            let (earlier, later) = isHurried ? (staffed + turn, []) : (staffed, Array(turn))
            works = earlier.map(readyStaffing) + works + later.map(readyStaffing)
            if isHurried {
                state.begin(self)
                let now = face.now()
                _ = try? await Pages.aside { [views] in Pages.remember(ready, views, now: now) }
                works = ready.prefix(1).flatMap(firstPages) + works
            }
            var isIdle = true
            for work in works where registry.current.revision == revision {
                guard !Task.isCancelled else { return }
                // What cannot be made now is made when it is asked for, which then says why it cannot.
                let cost = (try? await work()) ?? 0
                guard cost > 0 else { continue }
                isIdle = false
                if !isHurried, await rests(milliseconds: min(cost * Pages.restsPerCost, Pages.restMillisecondsMax), &state) { break }
            }
            if isIdle { _ = await rests(milliseconds: Pages.idleMilliseconds, &state) }
        }
    }

    /// What everything was last made ready from.
    private struct Readiness {
        private var revision: Int?
        /// Of each municipality: the last change of its days that are over, and what it was at the last look.
        private var made: [String: Int64] = [:]
        private var seen: [String: Int64] = [:]

        /// Whether everything is to be made: after the start, where registry, roster or goals are others than they were, and when an import
        /// that has changed many days that are over has come to its end.
        mutating func isPressing(_ pages: Pages) -> Bool {
            let current = pages.registry.current
            var isPressing = current.revision != revision
            for municipality in current.municipalities.prefix(Pages.readyMunicipalitiesMax) {
                let number = municipality.number
                guard let changes = pages.oldChanges(number, since: made[number] ?? 0) else { continue }
                if changes.days >= Pages.importedDaysMin, seen[number] == changes.last { isPressing = true }
                seen[number] = changes.last
            }
            return isPressing
        }

        mutating func begin(_ pages: Pages) {
            revision = pages.registry.current.revision
            made = seen
        }
    }

    /// Of days before yesterday.
    private func oldChanges(_ municipality: String, since number: Int64) -> (last: Int64, days: Int)? {
        let today = TimeRule.floorDivide(face.now(), TimeRule.dayMilliseconds)
        return try? views.changes(municipality: municipality, before: today - 1, since: number)
    }

    /// What makes the pages that leaders come to first as they see them, the one that takes longest before the others: what comes first of its
    /// kind finds neither report nor template ready.
    private func firstPages(_ municipality: ReportedMunicipality) -> [@Sendable () async throws -> Double] {
        let year = ReportPeriod(.year, containing: LocalTime.oslo.day(at: face.now()))
        let asked = [SitePage.load, .goals].map { ($0, "&period=\(year)") } + [.staffing, .now, .load, .goals, .summary].map { ($0, "") }
        return asked.map { page, period -> @Sendable () async throws -> Double in
            return {
                let begin = ContinuousClock.now
                _ = try await self.page(page.rawValue, Query("municipality=\(municipality.number)\(period)"), .loopback)
                return (ContinuousClock.now - begin) / .milliseconds(1)
            }
        }
    }

    /// Begins with what is to be ready before it can be asked for: while a service restores its state, the days of a year are read, and from them
    /// the running year's staffing is made, which takes longest: what the page of load tells of it first.
    static func prepare(_ municipalities: [ReportedMunicipality], _ views: ViewsReader, _ desk: StaffingDesk, now: @escaping @Sendable () -> EventTime) {
        let municipalities = municipalities.prefix(readyMunicipalitiesMax)
        DispatchQueue.global().async {
            remember(municipalities, views, now: now())
            Background.$isTask.withValue(true) {
                Task {
                    for effort in [StaffingEffort.today, .page] {
                        for municipality in municipalities {
                            let now = now()
                            _ = try? await StaffedPeriod.year(municipality, now: now).makeReady(municipality, views, desk, effort: effort, now: now)
                        }
                    }
                }
            }
        }
    }

    /// Reads the days of which most reports tell, so that the first who asks for a year need not wait for it.
    private static func remember(_ municipalities: some Sequence<ReportedMunicipality>, _ views: ViewsReader, now: EventTime) {
        for municipality in municipalities {
            // What cannot be read now is read when it is asked for, which then says why it cannot.
            try? views.remember(municipality: municipality.number, now - rememberedMilliseconds..<now)
        }
    }

    /// Ends at once where the task is cancelled.
    ///
    /// - Returns: whether it ended early, for everything is to be made.
    private func rests(milliseconds: Double, _ state: inout Readiness) async -> Bool {
        let end = ContinuousClock.now + .milliseconds(milliseconds)
        while .now < end, !Task.isCancelled {
            try? await Task.sleep(for: min(.milliseconds(Pages.idleMilliseconds), end - .now))
            if state.isPressing(self) { return true }
        }
        return false
    }

    /// What makes each of a municipality's usual reports, and gives what it took in milliseconds.
    private func usual(_ municipality: ReportedMunicipality, revision: Int) -> [@Sendable () async throws -> Double] {
        let today = LocalTime.oslo.day(at: face.now())
        guard let latest = try? latestPeriod(municipality) else { return [] }
        let running = [ReportPeriod.Kind.month, .quarter, .year, .week, .day].map { ReportPeriod($0, containing: today) }
        let periods = [latest] + running + running.filter { $0.kind != .year }.map(\.previous)
        // The first page says what its four weeks say.
        let asked = [(SitePage.now, latest)] + periods.flatMap { period in [SitePage.load, .goals, .years, .summary].map { ($0, period) } }
        return asked.map { page, period -> @Sendable () async throws -> Double in
            let question = ReportDesk.Question(municipality.number, revision, period, nil, of: page)
            return {
                try await self.reports.makeReady(question, now: face.now(), position: views.position()) { try await made(question, municipality) }
            }
        }
    }

    /// The periods whose staffing moves on with the data and takes its time: the last four weeks, the running month and quarter.
    private func running(_ municipality: ReportedMunicipality) -> [StaffedPeriod] {
        let today = LocalTime.oslo.day(at: face.now())
        let periods = [try? latestPeriod(municipality), ReportPeriod(.month, containing: today), ReportPeriod(.quarter, containing: today)]
        return periods.compactMap(\.self).map { StaffedPeriod(municipality: municipality.number, period: $0) }
    }

    /// A period whose staffing is kept ready, of a municipality by its number.
    private struct StaffedPeriod {
        var municipality: String
        var period: ReportPeriod
        /// Nil for all.
        var zone: String?

        static func year(_ municipality: ReportedMunicipality, now: EventTime) -> StaffedPeriod {
            .init(municipality: municipality.number, period: ReportPeriod(.year, containing: LocalTime.oslo.day(at: now)))
        }

        /// Makes an analysis, of the staffing page where nothing else is said; the desk remembers it as long as nothing of its matter has changed.
        ///
        /// - Returns: what it took in milliseconds.
        func makeReady(
            _ municipality: ReportedMunicipality,
            _ views: ViewsReader,
            _ desk: StaffingDesk,
            effort: StaffingEffort = .page,
            now: EventTime
        ) async throws -> Double {
            guard municipality.roster != nil else { return 0 }
            let (begin, bounds, zones) = (ContinuousClock.now, period.bounds(), zone.map { [$0] })
            // Frozen where it is read: until it is its turn nothing is held.
            let input = try await Pages.aside { try municipality.staffingInput(period: bounds, zones: zones, views: views.frozen(), now: now) }.value
            _ = try await desk.analysis(input, effort: effort, since: begin)
            return (ContinuousClock.now - begin) / .milliseconds(1)
        }
    }

    /// A municipality's running year, what is over, and the running year of each zone, which takes about as long as a month of all.
    private func yearsAndClosed(_ municipality: ReportedMunicipality) -> [StaffedPeriod] {
        let year = StaffedPeriod.year(municipality, now: face.now())
        let ofZones = municipality.zones.map { StaffedPeriod(municipality: municipality.number, period: year.period, zone: $0.id) }
        let closed = closedPeriods(municipality)
        return [year] + closed.filter { $0.period.kind != .month } + ofZones + closed.filter { $0.period.kind == .month }
    }

    /// A municipality's months, quarters and year that are over and that there are data of, as many as the desk has room for.
    private func closedPeriods(_ municipality: ReportedMunicipality) -> [StaffedPeriod] {
        let today = LocalTime.oslo.day(at: face.now())
        guard let data = try? views.dataBounds(municipality: municipality.number) else { return [] }
        func before(_ kind: ReportPeriod.Kind, _ count: Int) -> [ReportPeriod] {
            let first = ReportPeriod(kind, containing: today).previous
            return sequence(first: first, next: \.previous).prefix(count).filter { $0.bounds().upperBound > data.lowerBound }
        }
        // Those that ended last: leaders look back from today.
        let closed = before(.quarter, Pages.closedQuarters) + before(.month, Pages.closedMonths) + before(.year, Pages.closedYears)
        var alarms = 0
        let periods = closed.sorted { $0.endDay > $1.endDay }.prefix { period in
            alarms += (try? municipality.staffingAlarmCount(period: period.bounds(), zones: nil, views: views, now: face.now())) ?? 0
            return alarms <= Pages.closedAlarmsMax
        }
        return periods.map { StaffedPeriod(municipality: municipality.number, period: $0) }
    }

    /// What makes a staffed period ready with all that its municipality has by then, and gives what it took in milliseconds.
    private func readyStaffing(_ staffed: StaffedPeriod) -> @Sendable () async throws -> Double {
        return {
            guard let municipality = municipalities.first(where: { $0.number == staffed.municipality }) else { return 0 }
            return try await staffed.makeReady(municipality, views, staffing, now: face.now())
        }
    }
}
