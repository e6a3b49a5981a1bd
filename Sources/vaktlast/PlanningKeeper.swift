import Files
import Foundation
import Logging
import Settings
import Strategy
import Synchronization
import Web

/// Keeps the running service true to the files about goals and plans on the disk: takes changed goals, benefits, ledger,
/// comparison, places, population and projection without a restart. Of a broken file, what it held before stays in force.
final class PlanningKeeper: Sendable {
    /// From one look at the files to the next. A file is taken when it was the same in two looks, so that none is read
    /// while an editor writes it.
    private static let pauseMicroseconds: UInt32 = 1_000_000

    /// One municipality's files and what is in force of them.
    private struct Held {
        let settings: MunicipalitySettings
        var isRefused = false
        /// By path.
        var taken: [String: FileMark?] = [:]
        var seen: [String: FileMark?] = [:]

        init(settings: MunicipalitySettings) {
            self.settings = settings
            taken = marks()
        }

        /// Marks of all files as they are now.
        func marks() -> [String: FileMark?] {
            let files = settings.planning
            let named = [
                settings.goalsFile, files.kostra, files.capacity, files.population, files.usersByAge, files.projection, files.benefits,
                files.benefitLedger,
            ]
            return Dictionary(named.compactMap { $0.map { ($0, FileMark($0)) } }) { first, _ in first }
        }
    }

    private let held: Mutex<[Held]>
    private let board: RegistryBoard
    private let log: Logger
    private let isStopping = Atomic<Bool>(false)
    /// Apart from the lock, which is held while files are read.
    private let refused = Atomic<Bool>(false)

    init(settings: ServiceSettings, board: RegistryBoard, log: Logger) {
        (self.board, self.log) = (board, log)
        held = Mutex(settings.municipalities.map(Held.init))
    }

    /// Looks at the files from a thread of its own until `stop`.
    func start() {
        let thread = Thread { [self] in
            while !isStopping.load(ordering: .relaxed) {
                usleep(PlanningKeeper.pauseMicroseconds)
                held.withLock { held in
                    for index in held.indices { takeChanges(&held[index]) }
                    refused.store(held.contains(where: \.isRefused), ordering: .relaxed)
                }
            }
        }
        thread.name = "planning"
        thread.start()
    }

    func stop() { isStopping.store(true, ordering: .relaxed) }

    /// Whether a changed file is broken, and what it held before in force.
    var isRefused: Bool { refused.load(ordering: .relaxed) }

    /// Takes what has changed on the disk. Goals, benefits and ledger each stand alone; the files of the plans must fit
    /// together, so of these all are taken or none.
    private func takeChanges(_ held: inout Held) {
        let marks = held.marks()
        let isSame = marks == held.seen
        held.seen = marks
        guard marks != held.taken, isSame else { return }
        held.taken = marks
        let settings = held.settings
        var problems: [String] = []
        let goals = read(&problems) { try PlanningReader.goals(settings) }
        let benefits = read(&problems) { try PlanningReader.benefits(settings) }
        let ledger = read(&problems) { try PlanningReader.ledger(settings) }
        let plans = read(&problems) { try PlanningReader.planningSources(settings) }
        board.update { municipalities in
            guard let index = municipalities.firstIndex(where: { $0.number == settings.number }) else { return }
            if let goals { municipalities[index].goals = goals }
            if let benefits { municipalities[index].sources.benefits = benefits }
            if let ledger { municipalities[index].sources.ledger = ledger }
            if let plans { municipalities[index].take(plans) }
        }
        held.isRefused = !problems.isEmpty
        for problem in problems { log.error("what the file held before stays in force: \(problem)") }
        if problems.isEmpty { log.notice("goals and plans of \(settings.number) taken") }
    }

    /// Nil where the file is broken, which is then told.
    private func read<Value>(_ problems: inout [String], _ body: () throws -> Value) -> Value? {
        do { return try body() } catch {
            problems.append("\(error)")
            return nil
        }
    }
}

extension ReportedMunicipality {
    /// Plans by these files; indicators rest on some of them too.
    mutating func take(_ plans: PlanningSources) {
        planning = plans
        (sources.population, sources.usersByAge, sources.projection) = (plans.population, plans.users, plans.assumptions)
    }
}
