import ArgumentParser
import Foundation
import Ingest
import Simulator
import Telemetry
import Web
import Workload

/// How a scenario is played: what `simulate` and `verify` have in common.
struct SimulationOptions: ParsableArguments {
    /// How simulated time passes.
    enum Speed: ExpressibleByArgument, Equatable {
        case times(Double), max

        init?(argument: String) {
            if argument == "max" {
                self = .max
            } else if let times = Double(argument), times > 0, times.isFinite {
                self = .times(times)
            } else {
                return nil
            }
        }
    }

    enum Lane: String, ExpressibleByArgument, CaseIterable { case live = "alarm-telemetry", history }

    @Option(help: "Seed; without it the scenario's own.")
    var seed: UInt64?
    @Option(help: "Times real time, or max.")
    var speed: Speed?
    @Option(help: "Days simulated, unless in real time; without it the scenario's own, else 7.")
    var days: Double?
    @Option(
        help:
            "An instant (2026-10-05T06:00:00Z) or a local date (2026-10-05) where it ends, unless in real time. Without it the scenario's own start counts, else it ends now."
    )
    var until: String?
    @Option(help: "alarm-telemetry: as a central sends live; history: everything on the history topic.")
    var lane: Lane = .live
    @Option(help: "Events in one message.")
    var batch = 1
    @Option(help: "So many times the scenario's people, e.g. 0.001.")
    var scale = 1.0

    private static let daysStandard = 7.0

    func validate() throws {
        if let until {
            guard Query.instant(until) != nil else {
                throw ValidationError("--until «\(until)» is no instant with offset (2026-10-05T06:00:00Z) and no date (2026-10-05)")
            }
        }
        if let days { guard days > 0, days <= 3660 else { throw ValidationError("--days is above 0 and at most 3660") } }
        guard (1...Simulation.batchCountMax).contains(batch) else {
            throw ValidationError("--batch is 1 to \(Simulation.batchCountMax)")
        }
        guard scale > 0, scale <= 1000 else { throw ValidationError("--scale is above 0 and at most 1000") }
    }

    func scenario(_ file: String) throws -> Scenario {
        guard FileManager.default.fileExists(atPath: file) else {
            throw Failure("\(file) is missing; ready scenarios lie in config/scenarios/")
        }
        return try Scenario(yaml: try Service.text(of: file), file: file).scaled(by: scale)
    }

    /// From when to when a scenario plays where it is not in real time.
    func period(_ scenario: Scenario) -> Range<EventTime> {
        let length = Int64((days ?? scenario.days ?? SimulationOptions.daysStandard) * 86_400_000)
        if let end = until.flatMap({ Query.instant($0) }) { return end - length..<end }
        if let start = scenario.ownStart { return start..<start + length }
        let now = Pump.wallClock()
        return now - length..<now
    }

    func simulation(_ scenario: Scenario, from start: EventTime) -> Simulation {
        let clock = LocalTime.oslo.wallClock(at: start)
        return Simulation(
            scenario: scenario,
            seed: seed ?? scenario.seed,
            start: start,
            startOfWeek: Int64(clock.day.weekday - 1) * TimeRule.dayMilliseconds + clock.milliseconds,
            offset: { Int64(LocalTime.oslo.offsetSeconds(at: $0)) * 1000 }
        )
    }

    func maker(_ scenario: Scenario) -> MessageMaker {
        MessageMaker(scenario, lane: lane == .history ? .history : .live, eventCountMax: batch)
    }
}

/// Plays simulated time at the wanted speed.
struct SimulationPlayer {
    private static let pauseMicroseconds: UInt32 = 20_000

    var simulation: Simulation
    var maker: MessageMaker
    let period: Range<EventTime>
    /// Nil: as fast as it goes.
    let times: Double?
    private(set) var eventCount = 0

    init(simulation: Simulation, maker: MessageMaker, period: Range<EventTime>, times: Double?) {
        self.simulation = simulation
        self.maker = maker
        self.period = period
        self.times = times
    }

    /// Hands over each message when its turn has come.
    ///
    /// - Parameters:
    ///   - progress: the part that is done, 0 for what has no end; called while it waits, too.
    ///   - goesOn: asked before each event and while it waits; false ends the play, and what waits to fill a batch goes first.
    mutating func play(
        progress: (Double, Int) -> Void,
        goesOn: (_ isWaiting: Bool) throws -> Bool = { _ in true },
        _ deliver: (SimulatedMessage) throws -> Void
    ) throws {
        let began = Date()
        while let event = try next(began: began, progress, goesOn, deliver) {
            eventCount += 1
            for message in maker.add(event) { try deliver(message) }
            progress(part(at: event.time), eventCount)
        }
        for message in maker.flush() { try deliver(message) }
    }

    private func part(at time: EventTime) -> Double {
        guard period.upperBound != .max else { return 0 }
        return min(0.99, max(0, Double(time - period.lowerBound) / Double(period.upperBound - period.lowerBound)))
    }

    /// The next event when its turn has come; nil at the end. What waits to fill a batch goes before we wait.
    private mutating func next(
        began: Date,
        _ progress: (Double, Int) -> Void,
        _ goesOn: (Bool) throws -> Bool,
        _ deliver: (SimulatedMessage) throws -> Void
    ) throws -> SimulatedEvent? {
        guard try goesOn(false) else { return nil }
        guard let times else { return simulation.next(before: period.upperBound) }
        while true {
            // Bounded before it is a whole number: so many times real time may be more than the clock can count.
            let length = Double(period.upperBound - period.lowerBound)
            let reached = period.lowerBound + Int64(min(length, Date().timeIntervalSince(began) * 1000 * times))
            if let event = simulation.next(before: min(reached, period.upperBound)) { return event }
            if reached >= period.upperBound { return nil }
            for message in maker.flush() { try deliver(message) }
            usleep(SimulationPlayer.pauseMicroseconds)
            guard try goesOn(true) else { return nil }
            progress(part(at: reached), eventCount)
        }
    }
}
