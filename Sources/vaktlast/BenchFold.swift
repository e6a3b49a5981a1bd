import ArgumentParser
import Telemetry
import Workload

struct BenchFold: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fold",
        abstract: "Decoded events → deduplicated → cells on one core: heartbeats, and the steps of alarms."
    )

    private static let batchCount = 500
    private static let deviceCount = 50_000
    private static let received: EventTime = 1_790_000_000_000
    private static let steps: [EventType] = [
        .alarmRaised, .alarmAnswered, .alarmDispatched, .alarmAccepted, .alarmDeparted, .alarmArrived, .alarmClosed,
    ]

    @OptionGroup var options: BenchOptions

    func run() throws {
        let batches = options.short ? 2000 : 20_000
        let heartbeats = try measure("heartbeats") { try BenchFold.heartbeats(batches: batches) }
        let steps = try measure("alarm steps") { try BenchFold.alarmSteps(rounds: options.short ? 40 : 400) }
        var figures: [BenchFigure] = [
            .init(name: "heartbeatsPerSecond", figure: heartbeats.rate, unit: "1/s", limit: "to reach 10 000 000"),
            .init(name: "alarmStepsPerSecond", figure: steps.rate, unit: "1/s", limit: "to reach 2 000 000"),
        ]
        for (name, measured) in [("heartbeats", heartbeats), ("alarmSteps", steps)] {
            let limit = "the changed rows made too, every 100 messages"
            figures.append(.init(name: "\(name)WithRowsPerSecond", figure: measured.rateWithRows, unit: "1/s", limit: limit))
        }
        if !options.short {
            let before = SeenIDs.countMaxDefault / BenchFold.batchCount
            let full = try measure("heartbeats, memory of ids full") { try BenchFold.heartbeats(batches: batches, before: before) }
            let limit = "as many ids remembered before as there is room for; they go as new ones come"
            figures.append(.init(name: "heartbeatsFullPerSecond", figure: full.rate, unit: "1/s", limit: limit))
        }
        BenchFigure.show("fold: decoded events to cells, result checked", figures, json: options.json)
    }

    private struct Measured {
        var events = 0
        var seconds = 0.0
        var rowSeconds = 0.0

        var rate: Double { Double(events) / seconds }
        var rateWithRows: Double { Double(events) / (seconds + rowSeconds) }
    }

    /// The median of three runs by rate; the machine's speed changes.
    private func measure(_ name: String, _ body: () throws -> Measured) throws -> Measured {
        let runs = try (0..<3).map { _ in try body() }
        return runs.sorted { $0.rate < $1.rate }[1]
    }

    /// A state, fed message by message; only the fold is timed, not the making of the events.
    private struct Feed {
        var state = State(plan: BenchEvents.plan, hashKey: 7)
        var cells = BenchCells()
        var measured = Measured()
        var accepted = 0
        private var position: Int64 = 0

        mutating func fold(_ events: ContiguousArray<Event>, received: EventTime) {
            position += 1
            measured.events += events.count
            measured.seconds += BenchCore.seconds {
                let message = state.begin(
                    position: position,
                    received: received,
                    municipality: BenchEvents.municipality,
                    source: "bench",
                    isHistory: false
                )
                accepted += state.apply(events, in: message)
            }
            if position % 100 == 0 { takeRows() }
        }

        mutating func takeRows() {
            var changes = StateChanges()
            measured.rowSeconds += BenchCore.seconds { changes = state.takeChanges() }
            cells.take(changes)
        }
    }

    /// - Parameter before: messages that come first and are not timed.
    private static func heartbeats(batches: Int, before: Int = 0) throws -> Measured {
        let events = BenchEvents(count: batchCount)
        var feed = Feed()
        for batch in 0..<(before + batches) {
            if batch == before {
                feed.takeRows()
                feed.measured = Measured()
            }
            let now = received + Int64(batch) * 6
            events.makeHeartbeats(first: batch * batchCount, deviceCount: deviceCount, time: now - 2000)
            feed.fold(events.events, received: now)
        }
        feed.takeRows()
        let count = feed.cells.total.heartbeats
        guard count == (before + batches) * batchCount, feed.accepted == count else {
            throw Failure("the cells hold \(count) of \((before + batches) * batchCount) heartbeats")
        }
        return feed.measured
    }

    /// Each round is 500 alarms that all take a step a minute.
    private static func alarmSteps(rounds: Int) throws -> Measured {
        let events = BenchEvents(count: batchCount)
        var feed = Feed()
        var sequence = 0
        for round in 0..<rounds {
            for (place, type) in steps.enumerated() {
                let now = received + Int64(round * steps.count + place) * 60_000
                events.makeStep(type, first: round * batchCount, sequence: sequence, time: now - 2000)
                feed.fold(events.events, received: now)
                sequence += batchCount
            }
        }
        feed.takeRows()
        let total = feed.cells.total
        let alarms = Int64(rounds * batchCount)
        // Departed to closed: two steps, a minute each, two responders.
        guard [total.raised, total.answered, total.dispatched, total.accepted, total.arrived, total.closed].allSatisfy({ $0 == alarms }),
            total.responseMs == alarms * 2 * 120_000, total.talkMs == alarms * 60_000, feed.accepted == sequence
        else { throw Failure("the cells of \(alarms) alarms hold \(total)") }
        return feed.measured
    }
}
