import CClock
import Doctor
import Foundation
import Ingest
import Settings
import Store
import Telemetry

/// Looks into the data folder, read-only and without its lock, and at the clocks that the journal shows.
struct StoreExamination {
    let settings: ServiceSettings

    /// Days back that growth is taken from.
    private static let growthDays: Int64 = 7
    /// Newest messages whose clocks are looked at.
    private static let clockMessagesMax: Int64 = 2000

    private var folder: String { settings.dataFolder }

    func facts(checksFiles: Bool, isServiceRunning: Bool) -> StoreFacts {
        var facts = StoreFacts(folder: folder)
        facts.isServiceRunning = isServiceRunning
        var status = stat()
        facts.exists = stat(folder, &status) == 0
        facts.freeBytes = freeBytes()
        guard facts.exists else { return facts }
        facts.permissions = Int(status.st_mode) & 0o777
        facts.isWritable = access(folder, W_OK) == 0
        facts.journalBytes = bytes("journal.db") + bytes("journal.db-wal")
        facts.viewsBytes = bytes("views.db") + bytes("views.db-wal")
        var lastDay: Int64 = .max
        if exists(Journal.fileName) {
            do { lastDay = try readJournal(&facts) } catch { facts.problems.append("\(error)") }
        }
        if exists(Views.fileName) {
            do {
                let views = try ViewsReader(folder: folder)
                facts.viewsPosition = try views.position()
                (facts.quarantined, facts.quarantinedLastDay) = try views.quarantineCounts(from: lastDay)
            } catch { facts.problems.append("\(folder)/\(Views.fileName): \(error)") }
        }
        if checksFiles {
            for file in [Journal.fileName, Views.fileName] where exists(file) {
                do { facts.checks[file] = try StoreCheck.run(folder: folder, file: file) } catch { facts.problems.append("\(error)") }
            }
        }
        return facts
    }

    private func exists(_ file: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(file)") }

    private func bytes(_ file: String) -> Int64 {
        var status = stat()
        return stat("\(folder)/\(file)", &status) == 0 ? Int64(status.st_size) : 0
    }

    /// Of the data folder, or of the nearest one above it that there is.
    private func freeBytes() -> Int64? {
        var path = folder
        while path != "/", !FileManager.default.fileExists(atPath: path) { path = (path as NSString).deletingLastPathComponent }
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int64(status.f_bavail) * Int64(status.f_frsize)
    }

    /// Growth over the last days with messages; gives the first position of the last day.
    private func readJournal(_ facts: inout StoreFacts) throws -> Int64 {
        let reader = try JournalReader(folder: folder)
        guard let extent = try reader.extent() else {
            facts.journalPosition = 0
            return .max
        }
        facts.journalPosition = extent.lastPosition
        let now = Pump.wallClock()
        let from = now - StoreExamination.growthDays * TimeRule.dayMilliseconds
        if let position = try reader.position(receivedFrom: from) {
            let messages = extent.lastPosition - position + 1
            // Less than an hour of messages says nothing about a day.
            let span = now - max(from, extent.firstReceived)
            if span >= TimeRule.hourMilliseconds {
                // Rows are of much the same size over days: the share of rows stands for the share of bytes.
                let share = Double(messages) / Double(extent.messages)
                facts.growth = StoreFacts.Growth(
                    messages: messages,
                    bytes: Int64(Double(facts.journalBytes + facts.viewsBytes) * share),
                    days: Double(span) / Double(TimeRule.dayMilliseconds)
                )
            }
        }
        let lastDay = try reader.position(receivedFrom: extent.lastReceived - TimeRule.dayMilliseconds) ?? extent.lastPosition
        facts.messagesLastDay = extent.lastPosition - lastDay + 1
        return lastDay
    }

    // MARK: - Clocks

    func clocks() -> ClockFacts {
        var facts = ClockFacts()
        var state = timex()
        let code = adjtimex(&state)
        if code >= 0 {
            facts.isSynchronised = code != TIME_ERROR && state.status & STA_UNSYNC == 0
            facts.errorMillisecondsMax = Int64(state.maxerror) / 1000
        }
        // What cannot be read is told by the data folder's own findings.
        if let reader = try? JournalReader(folder: folder) { facts.sources = (try? StoreExamination.clocks(reader)) ?? [] }
        return facts
    }

    private struct Seen {
        var differences: [Int64] = []
        var withoutTime = 0
        var unset = 0
    }

    /// Events of the newest live messages against the time at which they were read.
    private static func clocks(_ reader: JournalReader) throws -> [ClockFacts.Source] {
        guard let extent = try reader.extent() else { return [] }
        var seen: [String: Seen] = [:]
        let decoder = CanonicalDecoder()
        var position = max(extent.firstPosition - 1, extent.lastPosition - clockMessagesMax)
        while case let messages = try reader.messages(after: position), let last = messages.last, position < extent.lastPosition {
            position = last.position
            for message in messages { look(at: message, decoder, &seen) }
        }
        return seen.sorted { $0.key < $1.key }.map { name, seen in
            let parts = name.split(separator: "/").map(String.init)
            let ordered = seen.differences.sorted()
            return ClockFacts.Source(
                municipality: parts[0],
                source: parts[1],
                timed: ordered.count,
                medianMilliseconds: ordered.isEmpty ? 0 : ordered[ordered.count / 2],
                withoutTime: seen.withoutTime,
                unset: seen.unset
            )
        }
    }

    private static func look(at message: JournalMessage, _ decoder: CanonicalDecoder, _ seen: inout [String: Seen]) {
        guard message.form == .whole, case .topic(let topic) = Topic.read(message.topic),
            topic.channel == .alarm || topic.channel == .telemetry
        else { return }
        let packing = message.payload.withUnsafeBufferPointer(Unpacking.packing)
        let bytes = packing == .none ? message.payload : message.payload.withUnsafeBufferPointer { Unpacking.unpack($0, packing) }.bytes
        let name = "\(topic.municipality)/\(topic.source)"
        bytes.withUnsafeBufferPointer { bytes in
            guard case .success = decoder.open(bytes) else { return }
            while let decoded = decoder.next(personal: message.personal) {
                guard case .event(let event) = decoded else { continue }
                switch event.time {
                case nil: seen[name, default: Seen()].withoutTime += 1
                case let time? where time < TimeRule.earliestSetClock: seen[name, default: Seen()].unset += 1
                case let time?: seen[name, default: Seen()].differences.append(message.received - time)
                }
            }
        }
    }
}
