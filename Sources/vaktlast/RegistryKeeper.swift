import Devices
import Foundation
import Ingest
import Logging
import Settings
import Synchronization
import Telemetry
import Web
import Workload

/// Keeps the running service true to the registries on the disk: takes a changed `devices.csv` without a restart, and
/// tables that come over the API. A broken file is refused, and the registry before stays in force.
final class RegistryKeeper: Sendable {
    /// From one look at the files to the next. A file is taken when it was the same in two looks, so that none is read
    /// while an editor writes it.
    private static let pauseMicroseconds: UInt32 = 1_000_000
    /// How long an import waits for the fold to go by it.
    private static let inForceSeconds = 10.0

    private struct Content {
        var settings: ServiceSettings
        /// By path.
        var taken: [String: FileMark?] = [:]
        var seen: [String: FileMark?] = [:]
        var problems: [String: String] = [:]
    }

    private let content: Mutex<Content>
    private let pump: Pump
    private let board: RegistryBoard
    private let log: Logger
    private let isStopping = Atomic<Bool>(false)

    init(settings: ServiceSettings, pump: Pump, board: RegistryBoard, log: Logger) {
        (self.pump, self.board, self.log) = (pump, board, log)
        var content = Content(settings: settings)
        for path in settings.municipalities.compactMap(\.devicesFile) { content.taken[path] = .some(FileMark(path)) }
        self.content = Mutex(content)
    }

    /// Looks at the files from a thread of its own until `stop`.
    func start() {
        let thread = Thread { [self] in
            while !isStopping.load(ordering: .relaxed) {
                usleep(RegistryKeeper.pauseMicroseconds)
                takeChanges(isSettled: false)
            }
        }
        thread.name = "registry"
        thread.start()
    }

    func stop() { isStopping.store(true, ordering: .relaxed) }

    /// Takes what has changed on the disk.
    ///
    /// - Parameter isSettled: nobody is writing, so a change need not be seen twice.
    private func takeChanges(isSettled: Bool) {
        content.withLock { content in
            var hasChanged = false
            for index in content.settings.municipalities.indices {
                guard let path = content.settings.municipalities[index].devicesFile else { continue }
                let mark = FileMark(path)
                let isSame = content.seen.updateValue(mark, forKey: path) == .some(mark)
                guard content.taken[path] != .some(mark), isSame || isSettled else { continue }
                content.taken[path] = .some(mark)
                hasChanged = read(index, path, &content) || hasChanged
            }
            if hasChanged { tell(content.settings) }
        }
    }

    /// Reads a registry; false when it is broken, which is then told.
    private func read(_ index: Int, _ path: String, _ content: inout Content) -> Bool {
        defer {
            let problem = content.problems.values.sorted().first
            pump.status.update { $0.registryProblem = problem }
        }
        do {
            guard FileManager.default.fileExists(atPath: path) else { throw Failure("\(path) is gone") }
            guard let file = RegistryFile(content.settings.municipalities[index], profiles: nil) else { return false }
            content.settings.municipalities[index].registry = try file.stored().rows.map(\.device)
            if content.problems.removeValue(forKey: path) != nil { log.notice("\(path) is whole again") }
            return true
        } catch {
            log.error("the registry before stays in force: \(error)")
            content.problems[path] = "\(error)"
            return false
        }
    }

    /// Hands the registry to the fold, and to the pages.
    private func tell(_ settings: ServiceSettings) {
        let number = pump.replan(settings.plan)
        board.update(generation: number) { municipalities in
            for index in municipalities.indices {
                guard let new = settings.municipalities.first(where: { $0.number == municipalities[index].number }) else { continue }
                municipalities[index].devices = ReportedMunicipality.devices(new, settings.profiles)
            }
        }
    }

    // MARK: - Over the API

    /// Takes a table into a municipality's registry, on the disk first.
    func take(_ municipality: String, _ table: Data, isPartial: Bool) async throws -> DeviceImport.Outcome {
        let settings = content.withLock(\.settings)
        guard let found = settings.municipalities.first(where: { $0.number == municipality }) else {
            throw DeviceImport.Refusal(.noRegistry, "Municipality \(municipality) is not configured here.")
        }
        guard let file = RegistryFile(found, profiles: Set(settings.profiles.profiles.map(\.id))) else {
            throw DeviceImport.Refusal(.noRegistry, "Municipality \(municipality) names no registry: add devices: devices.csv to its municipality.yaml.")
        }
        let outcome: RegistryFile.Outcome
        do { outcome = try file.take(table, isPartial: isPartial) } catch {
            log.error("registry of \(municipality): \(error)")
            throw DeviceImport.Refusal(.notWritable, "The registry cannot be changed now; the service's log says why.")
        }
        if outcome.isWritten { takeChanges(isSettled: true) }
        let isInForce = try await wait(for: board.current.generation)
        return DeviceImport.Outcome(outcome, isInForce: isInForce)
    }

    private func wait(for generation: Int) async throws -> Bool {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(RegistryKeeper.inForceSeconds)
        while pump.status.current.planGeneration < generation {
            guard clock.now < end else { return false }
            try await Task.sleep(for: .milliseconds(10))
        }
        return true
    }
}

extension DeviceImport.Outcome {
    fileprivate init(_ outcome: RegistryFile.Outcome, isInForce: Bool) {
        self.init(
            added: outcome.counts.added,
            moved: outcome.counts.moved,
            ended: outcome.counts.ended,
            corrected: outcome.counts.corrected,
            unchanged: outcome.counts.unchanged,
            bad: outcome.bad.map { .init(line: $0.line, reason: $0.reason) },
            warnings: outcome.warnings.map { .init(line: $0.line, reason: $0.reason) },
            isWritten: outcome.isWritten,
            isInForce: isInForce
        )
    }
}
