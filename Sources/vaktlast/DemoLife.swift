import Foundation
import Ingest
import Simulator
import Synchronization
import Telemetry
import Workload

/// The demo's simulated time: history in batches up to now, then events as they happen.
///
/// With kept data a second start goes on from where the first ended, with the same people and the same alarms.
final class DemoLife: @unchecked Sendable {
    // Unchecked: the simulation is used by the one thread that sends.
    private static let batchCountMax = 500

    private var simulation: Simulation
    private let start: EventTime
    /// Up to where an earlier start with the same data has sent.
    private let resumeAfter: EventTime?
    let seed: UInt64
    private let sender: EventSender
    private let service: Service
    private let placeFile: String
    private let isStopping = Atomic<Bool>(false)

    init(
        scenario: Scenario,
        seed: UInt64,
        sender: EventSender,
        service: Service,
        folder: String,
        weeks: Int64
    ) throws {
        self.sender = sender
        self.service = service
        placeFile = "\(folder)/demo-place"
        let place = DemoLife.place(in: placeFile)
        // A Monday 00:00 at least the wanted weeks ago, so that the same seed gives the same weeks.
        let today = LocalTime.oslo.day(at: Pump.wallClock())
        let monday = today.advanced(by: 1 - today.weekday - Int(weeks) * 7)
        start = place?.start ?? LocalTime.oslo.instant(monday)
        resumeAfter = place?.sent
        self.seed = place?.seed ?? seed
        simulation = Simulation(
            scenario: scenario,
            seed: self.seed,
            start: start,
            offset: { Int64(LocalTime.oslo.offsetSeconds(at: $0)) * 1000 }
        )
    }

    func stop() { isStopping.store(true, ordering: .relaxed) }

    func sendHistory() throws {
        let now = Pump.wallClock()
        let progress = Terminal.Progress("History")
        var sent = 0
        var events: [SimulatedEvent] = []
        let before = service.status.current.messages
        var batches: Int64 = 0
        func flush() throws {
            for payload in Simulation.batches(of: events, eventCountMax: DemoLife.batchCountMax) {
                try sender.send(payload, on: "history")
                batches += 1
            }
            sent += events.count
            events.removeAll(keepingCapacity: true)
        }
        while !isStopping.load(ordering: .relaxed), let event = simulation.next(before: now) {
            if let resumeAfter, event.time <= resumeAfter { continue }
            events.append(event)
            if events.count == DemoLife.batchCountMax {
                try flush()
                progress.show(min(0.99, Double(event.time - start) / Double(max(1, now - start))), "\(sent) events")
            }
        }
        try flush()
        try sender.drain()
        while !isStopping.load(ordering: .relaxed) {
            let status = service.status.current
            if status.messages >= before + batches, status.viewPosition >= status.journalPosition { break }
            usleep(20_000)
        }
        guard !isStopping.load(ordering: .relaxed) else { return }
        remember(sent: now)
        let first = LocalTime.oslo.day(at: start)
        let day = String(format: "%d-%02d-%02d", first.year, first.month, first.day)
        progress.finish("\(sent) events \(resumeAfter == nil ? "from \(day)" : "since the last time") up to now, seed \(seed)")
    }

    /// Sends each event when its time comes, until stopped.
    func live() throws {
        var lastRemembered = Pump.wallClock()
        var now = lastRemembered
        while !isStopping.load(ordering: .relaxed) {
            now = Pump.wallClock()
            while let event = simulation.next(before: now) { try sender.send(event) }
            // What the broker has not acknowledged yet is sent again after a crash, and counted once.
            if now - lastRemembered > 5000, sender.isDrained {
                remember(sent: now)
                lastRemembered = now
            }
            usleep(200_000)
        }
        try sender.drain(seconds: 3)
        remember(sent: now)
    }

    // MARK: - Where a second start goes on

    private func remember(sent: EventTime) {
        try? Data("\(start) \(sent) \(seed)\n".utf8).write(to: URL(fileURLWithPath: placeFile), options: .atomic)
    }

    private static func place(in file: String) -> (start: EventTime, sent: EventTime, seed: UInt64)? {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
        let parts = text.split(whereSeparator: \.isWhitespace)
        guard parts.count == 3, let start = Int64(parts[0]), let sent = Int64(parts[1]), let seed = UInt64(parts[2]) else {
            return nil
        }
        return (start, sent, seed)
    }
}
