import ArgumentParser
import Foundation
import Ingest
import MQTT
import Store
import Synchronization
import Telemetry

struct BenchBatch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Batches of 500 events through a real mosquitto, durable, decoded and folded, against parsing and journal alone.",
        discussion: """
            The service is `vaktlast serve` as its own process. Parsing and journal alone run in this process without a broker: \
            one thread masks and journals the same payloads in transactions as the gate makes them, another reads every event's \
            fields and drops them; their rate is that of the slower one, both running.
            """
    )

    static let eventsInMessage = 500
    /// As many batches fit the gate's limit of bytes on their way to the fold.
    private static let messagesInTransaction = 16

    @OptionGroup var options: BenchOptions

    func run() throws {
        let messages = options.short ? 200 : 2000
        let rounds = options.short ? 2 : 4
        let service = try BenchService()
        try service.start()
        let events = BenchMix(start: Pump.wallClock() - 60_000)
        let progress = options.json ? nil : Terminal.Progress("batch")
        let perTurn = messages * BenchBatch.eventsInMessage
        var rates: [Double] = []
        var alone: [Double] = []
        // The first round warms up.
        for round in 0...rounds {
            progress?.show(Double(round) / Double(rounds + 1), "through the broker")
            let first = Int64(round * perTurn)
            let further = ["--batch", "\(BenchBatch.eventsInMessage)", "--window", "40"]
            let turn = try service.serviceTurn(events, first: first, count: messages, further: further)
            progress?.show(Double(round) / Double(rounds + 1), "parsing and journal alone")
            let other = try parseAndJournal(events, first: first, messages: messages)
            guard round > 0 else { continue }
            rates.append(turn.messagesPerSecond * Double(BenchBatch.eventsInMessage))
            alone.append(other)
        }
        let total = Int64((rounds + 1) * perTurn)
        try service.check(events, count: total, rejected: Int64(rounds + 1))
        service.stop()
        progress?.finish("\(total) events, each counted once in ledger and cells")
        let cores = ProcessInfo.processInfo.activeProcessorCount
        BenchFigure.show(
            "batch: \(messages) messages of \(BenchBatch.eventsInMessage) events a turn, everything on \(cores) cores; medians of \(rounds) turns",
            [
                .init(name: "eventsPerSecond", figure: BenchClock.median(rates), unit: "1/s", limit: "to reach 400,000 on 2 cores"),
                .init(
                    name: "ratio",
                    figure: BenchClock.median(zip(rates, alone).map { $0 / $1 }),
                    unit: "1",
                    limit: "of parsing and journal alone; to reach 0.8"
                ),
                .init(name: "aloneEventsPerSecond", figure: BenchClock.median(alone), unit: "1/s", limit: "parsing and journal alone"),
            ],
            json: options.json
        )
    }

    /// Events a second of parsing and journal, each on its thread, without broker and fold.
    private func parseAndJournal(_ events: BenchMix, first: Int64, messages: Int) throws -> Double {
        let size = Int64(BenchBatch.eventsInMessage)
        let payloads = (0..<messages).map { number in
            let from = first + Int64(number) * size
            return events.batch(from..<from + size)
        }
        let folder = try BenchFolder()
        let read = Mutex(0)
        let done = DispatchSemaphore(value: 0)
        let begin = BenchClock.seconds()
        Thread.detachNewThread {
            let decoder = CanonicalDecoder()
            var count = 0
            for payload in payloads { count += payload.withUnsafeBufferPointer { decoder.countFields($0, onDemand: true) } }
            let total = count
            read.withLock { $0 = total }
            done.signal()
        }
        let journal = try Journal(folder: folder.path)
        let intake = Intake()
        for start in stride(from: 0, to: messages, by: BenchBatch.messagesInTransaction) {
            var prepared: [JournalMessage] = []
            for payload in payloads[start..<min(messages, start + BenchBatch.messagesInTransaction)] {
                let message = InboundMessage(topic: "\(BenchService.root)/telemetry", payload: payload, isRetained: false)
                guard var row = intake.prepare(message, received: events.start) else { throw Failure("a batch was not journaled") }
                row.position = journal.lastPosition + Int64(prepared.count) + 1
                prepared.append(row)
            }
            try journal.append(prepared, receipted: 0)
        }
        done.wait()
        let seconds = BenchClock.seconds() - begin
        guard read.withLock({ $0 }) == messages * BenchBatch.eventsInMessage, journal.lastPosition == Int64(messages) else {
            throw Failure("parsing and journal alone lost events")
        }
        try journal.close()
        return Double(messages * BenchBatch.eventsInMessage) / seconds
    }
}
