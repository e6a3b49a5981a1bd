import Files
import Foundation
import Logging
import Settings
import Staffing
import Synchronization
import Telemetry
import Web

/// Keeps the running service true to the files about staffing on the disk: takes a changed roster, planned work,
/// `staffing.yaml` or alternatives without a restart, and a roster that comes over the API. Of a broken file, what it held
/// before stays in force.
final class StaffingKeeper: Sendable {
    /// From one look at the files to the next. A file is taken when it was the same in two looks, so that none is read
    /// while an editor writes it.
    private static let pauseMicroseconds: UInt32 = 1_000_000

    /// One municipality's files and what is in force of them.
    private struct Held {
        let settings: MunicipalitySettings
        /// Rosters that its alternatives name.
        var alternativeRosters: [String] = []
        /// The text of the roster in force.
        var rosterText: String?
        var isRefused = false
        /// By path.
        var taken: [String: FileMark?] = [:]
        var seen: [String: FileMark?] = [:]

        /// Marks of all files as they are now.
        func marks() -> [String: FileMark?] {
            let named = [settings.rosterFile, settings.plannedFile, settings.staffingFile, settings.alternativesFile].compactMap { $0 }
            return Dictionary((named + alternativeRosters).map { ($0, FileMark($0)) }) { first, _ in first }
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
        let held = settings.municipalities.map { municipality in
            var held = Held(settings: municipality)
            let files = StaffingFiles(municipality)
            // What cannot be read has stopped the start already.
            held.rosterText = (try? files.roster())?.text
            held.alternativeRosters = (try? files.alternatives().files) ?? []
            held.taken = held.marks()
            return held
        }
        self.held = Mutex(held)
    }

    /// Looks at the files from a thread of its own until `stop`.
    func start() {
        let thread = Thread { [self] in
            while !isStopping.load(ordering: .relaxed) {
                usleep(StaffingKeeper.pauseMicroseconds)
                held.withLock { held in
                    for index in held.indices { takeChanges(&held[index], isSettled: false) }
                    refused.store(held.contains(where: \.isRefused), ordering: .relaxed)
                }
            }
        }
        thread.name = "staffing"
        thread.start()
    }

    func stop() { isStopping.store(true, ordering: .relaxed) }

    /// Takes what has changed on the disk.
    ///
    /// - Parameter isSettled: nobody is writing, so a change need not be seen twice.
    private func takeChanges(_ held: inout Held, isSettled: Bool) {
        let marks = held.marks()
        let isSame = marks == held.seen
        held.seen = marks
        guard marks != held.taken, isSame || isSettled else { return }
        held.taken = marks
        let files = StaffingFiles(held.settings)
        var problems: [String] = []
        let roster = read(&problems) { try files.roster() }
        let planned = read(&problems) { try files.planned() }
        let settings = read(&problems) { try files.settings() }
        let alternatives = read(&problems) { try files.alternatives() }
        if let text = roster.map({ $0?.text }) { held.rosterText = text }
        if let alternatives {
            held.alternativeRosters = alternatives.files
            held.taken = held.marks()
        }
        let number = held.settings.number
        board.update { municipalities in
            guard let index = municipalities.firstIndex(where: { $0.number == number }) else { return }
            if let roster { municipalities[index].roster = roster?.roster }
            if let planned { municipalities[index].planned = planned }
            if let settings { municipalities[index].staffing = settings }
            if let alternatives { municipalities[index].alternatives = alternatives.alternatives }
        }
        held.isRefused = !problems.isEmpty
        for problem in problems { log.error("what the file held before stays in force: \(problem)") }
        if problems.isEmpty { log.notice("staffing of \(number) taken: \(roster??.roster.shifts.count ?? 0) roster rows") }
    }

    /// Nil where the file is broken, which is then told; once, though today's roster is one of the alternatives too.
    private func read<Value>(_ problems: inout [String], _ body: () throws -> Value) -> Value? {
        do { return try body() } catch {
            if !problems.contains("\(error)") { problems.append("\(error)") }
            return nil
        }
    }

    /// Whether a changed file is broken, and what it held before in force.
    var isRefused: Bool { refused.load(ordering: .relaxed) }

    // MARK: - Over the API

    /// The text of the roster in force; nil where the municipality names none.
    func roster(of municipality: String) -> String? {
        held.withLock { held in held.first { $0.settings.number == municipality }?.rosterText }
    }

    /// Takes a roster in the place of the one there is, whole or not at all, on the disk first; the old one is kept beside.
    func take(_ municipality: String, _ table: Data, now: EventTime) throws -> RosterExchange.Outcome {
        try held.withLock { held in
            guard let index = held.firstIndex(where: { $0.settings.number == municipality }), let path = held[index].settings.rosterFile else {
                throw RosterExchange.Refusal.noRoster("Municipality \(municipality) names no roster: add roster: roster.csv to its municipality.yaml.")
            }
            let bad: RosterExchange.Row
            guard let text = CSVTable.text(of: table) else {
                bad = .init(line: 1, reason: "UTF-16, or no text: save it as «CSV UTF-8»")
                throw RosterExchange.Refusal.bad([bad])
            }
            let roster: Roster
            do throws(FileError) {
                roster = try StaffingFiles(held[index].settings).roster(text, file: "roster.csv")
            } catch {
                throw RosterExchange.Refusal.bad(error.problems.map { .init(line: $0.line, reason: $0.reason) })
            }
            guard text != held[index].rosterText else { return .init(rows: roster.shifts.count, keptCopy: nil, isInForce: true) }
            let copy: String?
            do { copy = try StaffingKeeper.replace(path, with: text, now: now) } catch {
                log.error("roster of \(municipality): \(error)")
                throw RosterExchange.Refusal.notWritable("The roster cannot be changed now; the service's log says why.")
            }
            takeChanges(&held[index], isSettled: true)
            return .init(rows: roster.shifts.count, keptCopy: copy, isInForce: held[index].rosterText == text)
        }
    }

    /// - Returns: the name of the old file's copy; nil where there was no file.
    private static func replace(_ path: String, with text: String, now: EventTime) throws -> String? {
        let lock = try FileLock(beside: path)
        defer { withExtendedLifetime(lock) {} }
        var copy: String?
        if let old = FileManager.default.contents(atPath: path) {
            let date = Timestamp.format(now).prefix(19).filter { $0 != ":" }
            let (stem, type) = ((path as NSString).deletingPathExtension, (path as NSString).pathExtension)
            var name = "\(stem).\(date)Z.\(type)"
            // Two in a second: no copy takes the place of another.
            var count = 1
            while FileManager.default.fileExists(atPath: name) {
                count += 1
                name = "\(stem).\(date)Z-\(count).\(type)"
            }
            try DurableFile.replace(name, with: Array(old))
            copy = (name as NSString).lastPathComponent
        }
        try DurableFile.replace(path, with: Array(text.utf8))
        return copy
    }
}
