import Dispatch
package import Staffing
import Synchronization
import Telemetry
import Workload

/// Makes analyses of load against staffing for pages and API: one at a time of those that somebody waits for, and one beside them
/// (`Background`).
///
/// An analysis takes all cores for a moment, so a second one waits for the first, and who would wait too long is refused. What
/// was made from the same alarms, cells, roster and settings is given again: an analysis is a pure function of these, so the
/// memory cannot be wrong, and a page that is looked at twice costs nothing. The journal's position is left out of the
/// comparison, for heartbeats move it every second. A page of a running period may be some minutes old (`recentAnalysis`).
package actor StaffingDesk {
    /// Analyses kept: those that are kept ready, and as many as a morning meeting looks at.
    package static let keptMax = 100
    /// Cells and alarms that they were made from, which are kept with them: somewhat more than is kept ready of two municipalities, some
    /// 80 MB. Fewer analyses are kept where these are more.
    package static let keptRowsMax = 1_700_000
    /// How many may wait for their turn.
    package static let waitingMax = 4
    /// Call-outs that one analysis may play in its replays of drawn weeks: a second or two of two cores.
    package static let callOutsPlayedMax = 30_000_000
    /// Fewer replays than this tell no interval: then the period is too long to be answered here.
    package static let replaysMin = 100

    /// What was made or found ready stays for so long, whatever else is asked for meanwhile.
    package static let readyFor = Duration.seconds(900)

    package enum Refusal: Error {
        case busy
        /// Too many call-outs for an answer in time.
        case tooLarge(callOuts: Int)
    }

    /// A slow analysis keeps nobody waiting for what has come since: it is still given for so long after it was current.
    package static let slowAgeMax = Duration.seconds(600)

    private struct Kept {
        var input: StaffingInput
        var effort: StaffingEffort
        var analysis: StaffingAnalysis
        var costMilliseconds: Double
        /// When somebody last asked for what it was made from.
        var wasCurrent: ContinuousClock.Instant
        var readyUntil = ContinuousClock.now

        /// Whether it answers the same of the same period, with data that end earlier or there too.
        func isEarlier(than input: StaffingInput, _ effort: StaffingEffort) -> Bool {
            let isSamePeriod = self.input.periodEnd == input.periodEnd && self.input.covered.upperBound <= input.covered.upperBound
            return self.effort == effort && isSamePeriod && self.input.isSameQuestion(as: input)
        }

        var isYoung: Bool { wasCurrent.duration(to: .now) < StaffingDesk.slowAgeMax }
    }

    private let slowMilliseconds: Double
    /// The last used first.
    private var kept: [Kept] = []
    private let turn = Turn()
    private let turnAhead = Turn()
    /// One is about to be made that nobody waits for.
    private var isRenewing = false

    /// One at a time; used on the actor alone.
    private final class Turn {
        var isTaken = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// - Parameter slowMilliseconds: what is dear enough to be given while it is some minutes old.
    package init(slowMilliseconds: Double = 80) { self.slowMilliseconds = slowMilliseconds }

    /// The analysis of an input; what is made where nobody waits for it is kept ready, and made beside those who wait for others. Throws
    /// `Refusal`.
    package func analysis(_ input: StaffingInput, effort: StaffingEffort, since: ContinuousClock.Instant = .now) async throws -> StaffingAnalysis {
        try await timedAnalysis(input, effort: effort, since: since).analysis
    }

    /// The same with the time that it took, waiting left out; 0 where it was remembered.
    ///
    /// - Parameter since: when the input was read.
    package func timedAnalysis(
        _ input: StaffingInput,
        effort: StaffingEffort,
        since: ContinuousClock.Instant = .now
    ) async throws -> (analysis: StaffingAnalysis, milliseconds: Double) {
        if let found = remembered(input, effort, since) { return (found, 0) }
        let bounded = try StaffingDesk.bounded(effort, input)
        let turn = Background.isTask ? turnAhead : turn
        try await take(turn)
        defer { give(turn) }
        // Who waited may find that another has made it meanwhile.
        if let found = remembered(input, effort, since) { return (found, 0) }
        let (analysis, milliseconds) = await withCheckedContinuation { continuation in
            Background.perform {
                // Where nobody waits the clock tells how busy others are.
                let (begin, processor) = (ContinuousClock.now, ProcessorTime.milliseconds())
                let analysis = StaffingAnalysis(input, effort: bounded)
                let cost = Background.isTask ? ProcessorTime.milliseconds() - processor : (ContinuousClock.now - begin) / .milliseconds(1)
                continuation.resume(returning: (analysis, cost))
            }
        }
        keep(Kept(input: input, effort: effort, analysis: analysis, costMilliseconds: milliseconds, wasCurrent: since))
        return (analysis, milliseconds)
    }

    private func keep(_ analysis: Kept) {
        var made = analysis
        let (input, effort) = (made.input, made.effort)
        // What nobody waits for may have taken long: meanwhile somebody has had a newer one made.
        if kept.contains(where: { made.isEarlier(than: $0.input, $0.effort) && $0.wasCurrent > made.wasCurrent }) { return }
        if Background.isTask { made.readyUntil += StaffingDesk.readyFor }
        for earlier in kept where earlier.isEarlier(than: input, effort) { made.readyUntil = max(made.readyUntil, earlier.readyUntil) }
        kept.removeAll { $0.isEarlier(than: input, effort) }
        kept.insert(made, at: 0)
        while kept.count > StaffingDesk.keptMax || kept.count > 1 && keptRows > StaffingDesk.keptRowsMax {
            // The one that was just made stays in any case.
            kept.remove(at: kept.dropFirst().lastIndex { $0.readyUntil <= .now } ?? kept.count - 1)
        }
    }

    /// The same for a page, which need not wait for what came in the last minutes of a running period where that takes its time: then it is
    /// made meanwhile. Throws `Refusal`.
    ///
    /// - Returns: also the input that the analysis was made from.
    package func recentAnalysis(_ input: StaffingInput, effort: StaffingEffort) async throws -> (analysis: StaffingAnalysis, input: StaffingInput) {
        if let found = remembered(input, effort, .now) { return (found, input) }
        guard let found = kept.first(where: { $0.costMilliseconds >= slowMilliseconds && $0.isYoung && $0.isEarlier(than: input, effort) }) else {
            return (try await analysis(input, effort: effort), input)
        }
        if !turn.isTaken, !isRenewing {
            isRenewing = true
            Task {
                defer { isRenewing = false }
                try await Background.$isTask.withValue(true) { _ = try await analysis(input, effort: effort) }
            }
        }
        return (found.analysis, found.input)
    }

    private var keptRows: Int { kept.reduce(0) { $0 + $1.input.cells.count + $1.input.alarms.count } }

    private func remembered(_ input: StaffingInput, _ effort: StaffingEffort, _ since: ContinuousClock.Instant) -> StaffingAnalysis? {
        // Who asks for today's roster alone may have what tells of changes too.
        let place = kept.firstIndex { ($0.effort == effort || $0.effort == .page && effort == .today) && $0.input.isSameMatter(as: input) }
        guard let place else { return nil }
        var found = kept.remove(at: place)
        found.wasCurrent = max(found.wasCurrent, since)
        if Background.isTask { found.readyUntil = .now + StaffingDesk.readyFor }
        kept.insert(found, at: 0)
        var analysis = found.analysis
        analysis.position = input.position
        return analysis
    }

    /// The effort within what one answer may take: fewer replays, and where these would be too few, without comparisons of its own.
    package static func bounded(_ effort: StaffingEffort, _ input: StaffingInput) throws(Refusal) -> StaffingEffort {
        let changes = input.whatIfs.count + input.alternatives.count
        guard let bounded = bounded(effort, alarms: input.alarms.count, changes: changes) else { throw Refusal.tooLarge(callOuts: input.alarms.count) }
        var found = bounded
        found.replays = min(effort.replays ?? input.settings.replays, bounded.replays ?? 0)
        return found
    }

    /// The same before the input is read, with as many replays as can be afforded; nil where they are too few.
    ///
    /// - Parameters:
    ///   - alarms: of the input.
    ///   - changes: its what-ifs and alternatives.
    package static func bounded(_ effort: StaffingEffort, alarms: Int, changes: Int) -> StaffingEffort? {
        // Today's roster alone is drawn as often as with changes beside it, so that it has the same intervals on every page.
        var bounded = effort.looksAtChanges ? effort : .page
        bounded.looksAtChanges = effort.looksAtChanges
        if affordable(bounded, alarms, changes) < replaysMin { bounded.comparesMends = false }
        if affordable(bounded, alarms, changes) < replaysMin { bounded.comparesPooling = false }
        bounded.replays = affordable(bounded, alarms, changes)
        return affordable(bounded, alarms, changes) < replaysMin ? nil : bounded
    }

    /// Replays behind each interval.
    private static func affordable(_ effort: StaffingEffort, _ alarms: Int, _ changes: Int) -> Int {
        let rounds = 1 + changes + effort.comparisonCount
        return callOutsPlayedMax / max(1, alarms * rounds)
    }

    private func take(_ turn: Turn) async throws {
        guard turn.isTaken else {
            turn.isTaken = true
            return
        }
        guard turn === turnAhead || turn.waiting.count < StaffingDesk.waitingMax else { throw Refusal.busy }
        await withCheckedContinuation { turn.waiting.append($0) }
    }

    private func give(_ turn: Turn) {
        if turn.waiting.isEmpty { turn.isTaken = false } else { turn.waiting.removeFirst().resume() }
    }
}
