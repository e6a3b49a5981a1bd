import Foundation
import Ingest
import Logging
import Reports
import Schedules
import Settings
import Store
import Synchronization
import Telemetry
import Web

/// Sends the reports that go out by themselves, from a thread of its own: writes down what has fallen due before anything
/// is sent, tries until it is out, and writes down that it is. What was missed while the service was down is made up for.
final class ReportClerk: Sendable {
    private static let pauseMicroseconds: UInt32 = 2_000_000
    /// How far the occasions have been looked through is written down so often, besides when there was one.
    private static let noteMilliseconds: Int64 = 3_600_000
    /// A delivery under way is waited for so long when the service ends; one cut off is tried again at the next start.
    private static let stopSeconds = 10.0

    /// For `/metrics`.
    struct Status: Sendable {
        var waiting = 0
        /// Of them, those whose last try failed.
        var failing = 0
        var givenUp = 0
        var skipped = 0
        /// Since the start.
        var sent: Int64 = 0
        var isRefused = false
    }

    /// One municipality's schedules.
    private struct Held {
        let settings: MunicipalitySettings
        var schedules: [ReportSchedule]
        var mark: FileMark?
        var isRefused = false
        /// By schedule: what lies before has been looked through.
        var lookedThrough: [String: EventTime] = [:]
        var notedAt: EventTime = 0
    }

    private let store: DeliveryStore
    private let post: Mutex<ReportPost>
    private let held: Mutex<[Held]>
    private let wait: Mutex<DataWait>
    private let settings: ServiceSettings
    private let board: RegistryBoard
    private let pump: PumpStatus
    private let log: Logger
    private let isStopping = Atomic<Bool>(false)
    private let ended = DispatchSemaphore(value: 0)
    private let told = Mutex<Status>(Status())

    /// Nil where no municipality names a schedule. Throws what is wrong in those that are named.
    init?(settings: ServiceSettings, board: RegistryBoard, views: ViewsReader, pump: PumpStatus, log: Logger) throws {
        guard settings.municipalities.contains(where: { $0.scheduleFile != nil }) else { return nil }
        (self.board, self.pump, self.log) = (board, pump, log)
        self.settings = settings
        store = try DeliveryStore(folder: settings.dataFolder)
        post = Mutex(ReportPost(settings: settings, views: views))
        wait = Mutex(DataWait(startedAt: Pump.wallClock()))
        held = Mutex(
            try settings.municipalities.filter { $0.scheduleFile != nil }.map {
                Held(settings: $0, schedules: try $0.schedules(in: settings), mark: $0.scheduleFile.flatMap(FileMark.init))
            }
        )
    }

    var status: Status { told.withLock { $0 } }

    func start() {
        let thread = Thread { [self] in
            while !isStopping.load(ordering: .relaxed) {
                do { try look() } catch { log.error("reports: \(error)") }
                usleep(ReportClerk.pauseMicroseconds)
            }
            ended.signal()
        }
        // A workbook and its pictures take more than the little stack that other threads have.
        thread.stackSize = 8 << 20
        thread.name = "reports"
        thread.start()
    }

    func stop() {
        isStopping.store(true, ordering: .relaxed)
        _ = ended.wait(timeout: .now() + ReportClerk.stopSeconds)
    }

    /// What is to go out and what has, for the page of administration.
    func scheduled(now: EventTime) throws -> ScheduledReports {
        let held = held.withLock { $0 }
        return ScheduledReports(
            schedules: held.flatMap { held in
                held.schedules.map { schedule in
                    .init(
                        municipality: held.settings.number,
                        name: schedule.name,
                        next: schedule.next(after: now).map { ($0.due, "\($0.period)") },
                        formats: schedule.formats.map(\.rawValue),
                        receivers: (schedule.folder.map { ["mappen \($0)"] } ?? []) + (schedule.mail?.to ?? []),
                        isExternal: schedule.isExternal
                    )
                }
            },
            deliveries: try store.deliveries(),
            refused: held.filter(\.isRefused).map(\.settings.number)
        )
    }

    /// One look at files, clock and what waits.
    private func look() throws {
        let snapshot = pump.current
        let now = Pump.wallClock()
        wait.withLock { $0.look(isReady: snapshot.isReady, journal: snapshot.journalPosition, views: snapshot.viewPosition, now: now) }
        try held.withLock { held in
            for index in held.indices {
                let isChanged = FileMark(held[index].settings.scheduleFile ?? "") != held[index].mark
                try plan(&held[index], now: now, isLast: isChanged)
                if isChanged { takeFile(&held[index]) }
            }
        }
        for delivery in try store.deliveries([.waiting]) where delivery.nextTry <= now && !isStopping.load(ordering: .relaxed) {
            try attempt(delivery)
        }
        post.withLock { $0.forget() }
        try count()
    }

    /// Writes down what has fallen due.
    ///
    /// - Parameter isLast: the schedules are about to change; the new ones begin here.
    private func plan(_ held: inout Held, now: EventTime, isLast: Bool) throws {
        let number = held.settings.number
        let isNoteDue = isLast || now - held.notedAt >= ReportClerk.noteMilliseconds
        for schedule in held.schedules {
            let from = try held.lookedThrough[schedule.name] ?? store.plannedThrough(municipality: number, schedule: schedule.name, now: now)
            let occasions = schedule.occasions(after: from, through: now)
            let missed = occasions.dropLast(DeliveryRule.missedMax)
            let deliveries =
                missed.flatMap { schedule.deliveries(municipality: number, $0, state: .skipped) }
                + occasions.suffix(DeliveryRule.missedMax).flatMap { schedule.deliveries(municipality: number, $0) }
            if isNoteDue || !occasions.isEmpty {
                let added = try store.plan(deliveries, municipality: number, schedule: schedule.name, through: now)
                let skipped = Set(added.filter { $0.state == .skipped }.map(\.key.period))
                if !skipped.isEmpty {
                    log.warning(
                        "report \(schedule.name) of \(number): \(skipped.count) missed periods are more than are made up for and were skipped: \(skipped.sorted().joined(separator: ", ")). Send one with vaktlast schedule run \(schedule.name) --period …"
                    )
                }
                let waiting = added.count { $0.state == .waiting }
                if waiting > 0 { log.notice("report \(schedule.name) of \(number): \(waiting) to be sent") }
            }
            held.lookedThrough[schedule.name] = now
        }
        if isNoteDue { held.notedAt = now }
    }

    /// Takes a changed file; of a broken one, what it held before stays in force.
    private func takeFile(_ held: inout Held) {
        held.mark = FileMark(held.settings.scheduleFile ?? "")
        do {
            held.schedules = try held.settings.schedules(in: settings)
            held.lookedThrough = [:]
            held.isRefused = false
            log.notice("schedules of \(held.settings.number) taken: \(held.schedules.count)")
        } catch {
            held.isRefused = true
            log.error("what the file held before stays in force: \(error)")
        }
    }

    /// One try at one delivery.
    private func attempt(_ delivery: Delivery) throws {
        let key = delivery.key
        let name =
            "report \(key.schedule) of \(key.municipality) for \(key.period) (\(key.receiver == ReportSchedule.folderReceiver ? "folder" : "mail"), \(key.format))"
        let schedule = held.withLock { held in
            held.first { $0.settings.number == key.municipality }?.schedules.first { $0.name == key.schedule && $0.wants(key) }
        }
        guard let schedule, let municipality = board.current.municipalities.first(where: { $0.number == key.municipality }) else {
            try store.end(key, .withdrawn, said: "the schedule names it no more", nextTry: nil, now: Pump.wallClock())
            log.notice("\(name) is withdrawn: the schedule names it no more")
            return
        }
        guard wait.withLock({ $0.mayMake(due: delivery.due, now: Pump.wallClock()) }), let claimed = try store.claim(key, now: Pump.wallClock()) else { return }
        do {
            try post.withLock { try $0.deliver(claimed, schedule, municipality, now: Pump.wallClock()) }
        } catch {
            let now = Pump.wallClock()
            let next = DeliveryRule.nextTry(tries: claimed.tries, firstTry: claimed.firstTry ?? now, now: now)
            try store.end(key, next == nil ? .givenUp : .waiting, said: "\(error)", nextTry: next, now: now)
            let then =
                next.map { "next try at \(Timestamp.format($0))" } ?? "nothing more is tried: vaktlast schedule run \(key.schedule) --period \(key.period)"
            log.error("\(name) did not get out, try \(claimed.tries), \(then): \(error)")
            return
        }
        try store.end(key, .sent, said: nil, nextTry: nil, now: Pump.wallClock())
        told.withLock { $0.sent += 1 }
        log.notice("\(name) is sent\(claimed.tries > 1 ? ", at try \(claimed.tries)" : "")")
    }

    private func count() throws {
        let isRefused = held.withLock { $0.contains(where: \.isRefused) }
        let open = try store.deliveries([.waiting, .givenUp, .skipped])
        told.withLock {
            $0.isRefused = isRefused
            $0.waiting = open.count { $0.state == .waiting }
            $0.failing = open.count { $0.state == .waiting && $0.said != nil }
            $0.givenUp = open.count { $0.state == .givenUp }
            $0.skipped = open.count { $0.state == .skipped }
        }
    }
}
