import Foundation
import Logging
import Store
import Synchronization
package import Telemetry
import Workload

/// How reading refused messages again goes: who asked, and how the last time ended. Asked by others, answered by the fold's thread.
package final class ReplayDesk: Sendable {
    package struct Outcome: Sendable {
        package var endedAt: EventTime
        package var who: String
        /// Refused events that are accepted now, and those that stay refused; nil where it did not work and all is as it was.
        package var counts: (accepted: Int, remaining: Int)?
    }

    package struct Progress: Sendable {
        /// Since when, and who asked; nil while nothing is read again.
        package var running: (since: EventTime, who: String)?
        package var last: Outcome?
    }

    private struct Content {
        var progress = Progress()
        var setup: Folding.Setup?
        var candidate: ReplayCandidate?
    }

    private let content = Mutex(Content())

    init() {}

    package var progress: Progress { content.withLock(\.progress) }

    /// False where it is under way already.
    func begin(_ who: String, now: EventTime) -> Bool {
        content.withLock { content in
            guard content.progress.running == nil else { return false }
            content.progress.running = (now, who)
            content.setup = nil
            return true
        }
    }

    func end(_ counts: (accepted: Int, remaining: Int)?, now: EventTime) {
        content.withLock { content in
            guard let running = content.progress.running else { return }
            content.progress.last = Outcome(endedAt: now, who: running.who, counts: counts)
            content.progress.running = nil
            content.candidate = nil
        }
    }

    /// Waits for the setup that the fold goes by; nil where the service stops first.
    func setup(isStopping: () -> Bool) -> Folding.Setup? {
        while !isStopping() {
            if let setup = content.withLock(\.setup) { return setup }
            usleep(10_000)
        }
        return nil
    }

    /// Called often by the fold's thread.
    func tell(_ setup: Folding.Setup) {
        content.withLock { content in
            if content.progress.running != nil, content.setup == nil { content.setup = setup }
        }
    }

    /// Hands over what was read again, which nobody else touches from now on.
    func offer(_ candidate: ReplayCandidate) { content.withLock { $0.candidate = candidate } }

    var ready: ReplayCandidate? { content.withLock(\.candidate) }
}

/// The journal read again into views of their own, beside those that are shown, until they take their place: what was refused and
/// can be read now counts where it belongs, as if its cause had never been.
final class ReplayCandidate: @unchecked Sendable {
    // Unchecked: one thread has it at a time; the desk hands it over once.
    static let folderName = "replay"
    /// Rests between two readings, so that what comes in now has the processor first.
    private static let restMicroseconds: UInt32 = 2000

    let folder: String
    private let views: Views
    private let folding: Folding
    private let reader: JournalReader
    private var uncommitted = 0

    /// Begins anew: what an interrupted attempt has left is thrown away.
    init(dataFolder: String, hashKey: UInt64, setup: Folding.Setup) throws {
        folder = "\(dataFolder)/\(ReplayCandidate.folderName)"
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        views = try Views(folder: folder, hashKey: hashKey) { _ in }
        folding = try Folding(setup: setup, hashKey: hashKey, views: views)
        reader = try JournalReader(folder: dataFolder)
    }

    /// Folds until the end that `end` names, which moves on meanwhile; throws where it names none any more.
    func catchUp(_ end: () -> Int64?) throws {
        while true {
            guard let position = end() else { throw StoreError("the service stops") }
            guard folding.position < position else { return try commit() }
            try foldNext(until: position)
            usleep(ReplayCandidate.restMicroseconds)
        }
    }

    /// Folds exactly to a position, which the journal has.
    func finish(at position: Int64, as fingerprint: Int64) throws {
        guard folding.fingerprint == fingerprint else { throw StoreError("zones or registry have changed meanwhile: ask again") }
        while folding.position < position { try foldNext(until: position) }
        guard folding.position == position else { throw StoreError("the fold was rebuilt past position \(position)") }
        try commit()
    }

    /// Receipts have been sent long ago and are not sent again.
    private func foldNext(until position: Int64) throws {
        let messages = try reader.messages(after: folding.position)
        guard !messages.isEmpty else { throw StoreError("the journal ends before position \(position)") }
        for message in messages where message.position <= position { _ = folding.fold(message) }
        uncommitted += messages.count
        if uncommitted >= OfflineFold.commitEvery { try commit() }
    }

    private func commit() throws {
        uncommitted = 0
        if let commit = folding.takeCommit(outbox: []) { try views.write(commit) }
    }

    func remove() {
        try? views.close()
        try? FileManager.default.removeItem(atPath: folder)
    }
}

extension FoldThread {
    /// Takes what was read again in the place of the views, where it is ready: everything folded goes into the views first, so
    /// that both stand for the same position, and one transaction exchanges the rows.
    func takeReplayIfReady() {
        replays.tell(folding.setup)
        guard Gate.monotonicSeconds() >= nextReplan, let candidate = replays.ready else { return }
        guard settleViews(until: Gate.monotonicSeconds() + FoldThread.replanWaitSeconds) else {
            nextReplan = Gate.monotonicSeconds() + FoldThread.replanRetrySeconds
            return log.warning("what was read again waits: the views cannot be written")
        }
        let counts: (accepted: Int, remaining: Int)
        do {
            try candidate.finish(at: folding.position, as: folding.fingerprint)
            counts = try adopt(candidate.folder)
        } catch {
            log.error("refused messages cannot be read again, all stays as it was: \(error)")
            candidate.remove()
            return replays.end(nil, now: clock())
        }
        // From here on the views are the new ones: nothing may be folded into the old state.
        takeUpNewViews()
        candidate.remove()
        desk.forget()
        let who = replays.progress.running?.who ?? "-"
        log.notice("refused messages were read again, asked for by \(who): \(counts.accepted) are accepted now, \(counts.remaining) stay in quarantine")
        replays.end(counts, now: clock())
    }

    private func takeUpNewViews() {
        while true {
            do {
                let next = try refold(folding.setup)
                next.takeOver(folding)
                var watch = Liveness(state: next.state, startedAt: liveness.startedAt, limits: liveness.limits)
                watch.takeOver(liveness, of: folding.state, in: next.state)
                (folding, liveness) = (next, watch)
                return
            } catch {
                log.error("the views cannot be read: \(error); next try in 1 s, alarms are journaled meanwhile")
                sleep(1)
            }
        }
    }
}
