import Foundation
import Ingest
import MQTT
import Store
import Telemetry

/// A journal filled without a broker: through the gate's own intake and writer, in transactions as the gate makes them.
enum BenchJournal {
    /// Messages of a transaction, and about as many bytes.
    private static let countMax = 2000
    private static let bytesMax = 2 << 20

    /// Journals events from number 0 on, `batch` in a message; each message is received a second after its last event.
    /// - Returns: bytes of payload.
    @discardableResult
    static func fill(folder: String, _ events: BenchMix, count: Int64, batch: Int64, progress: (Double) -> Void) throws -> Int64 {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let journal = try Journal(folder: folder)
        let intake = Intake()
        var waiting: [JournalMessage] = []
        var bytes = 0
        var total: Int64 = 0
        for first in stride(from: 0, to: count, by: Int64.Stride(batch)) {
            let last = min(count, first + batch)
            var payload: [UInt8] = []
            if batch == 1 { events.write(first, into: &payload) } else { payload = events.batch(first..<last) }
            total += Int64(payload.count)
            bytes += payload.count
            let message = InboundMessage(topic: "\(BenchService.root)/telemetry", payload: payload, isRetained: false)
            guard var row = intake.prepare(message, received: events.t(last) + 1000) else { throw Failure("a message was not journaled") }
            row.position = journal.lastPosition + Int64(waiting.count) + 1
            waiting.append(row)
            if waiting.count == countMax || bytes > bytesMax || last == count {
                try journal.append(waiting, receipted: 0)
                waiting = []
                bytes = 0
                progress(Double(last) / Double(count))
            }
        }
        try journal.close()
        return total
    }
}
