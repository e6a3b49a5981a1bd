import Telemetry

/// Wrong clocks, and which central a device calls: drawn once a run, from a stream of their own, so that a scenario
/// without them gives the same events as if there were none.
struct Trouble: Sendable {
    enum DeviceClock: Sendable {
        case right
        /// Milliseconds ahead, and milliseconds gained a day.
        case ahead(Int64, perDay: Double)
        case unset
        case missing
    }

    var generator: SeededGenerator
    private var clocks: [DeviceClock] = []
    /// The central that each device calls at the start, and where in a switch-over it changes: 0 at once, 1 last.
    private var centrals: [Int] = []
    private var places: [Double] = []

    init(_ scenario: Scenario, _ households: Households, seed: UInt64) {
        generator = SeededGenerator(seed: seed, stream: 4)
        let shares = Weighted(scenario.centrals.enumerated().map { ($0.offset, $0.element.share) })
        var owners = SeededGenerator(seed: scenario.population.seed, stream: 6)
        centrals = [Int](repeating: 0, count: households.devices.count)
        places = [Double](repeating: 0, count: households.devices.count)
        for resident in households.residents {
            let central = shares.draw(&owners) ?? 0
            let place = owners.uniform()
            for device in resident.devices { (centrals[device], places[device]) = (central, place) }
        }
        for _ in households.devices { clocks.append(drawClock(scenario.clocks)) }
    }

    private mutating func drawClock(_ shares: Scenario.Clocks) -> DeviceClock {
        var draw = generator.uniform()
        func isIn(_ share: Double) -> Bool {
            defer { draw -= share }
            return draw >= 0 && draw < share
        }
        if isIn(shares.offsetShare) {
            let offset = Int64(shares.offsetMinutes.draw(&generator) * 60_000)
            return .ahead(generator.happens(0.5) ? offset : -offset, perDay: 0)
        }
        if isIn(shares.driftShare) {
            let drift = shares.driftSecondsPerDay.draw(&generator) * 1000
            return .ahead(0, perDay: generator.happens(0.5) ? drift : -drift)
        }
        if isIn(shares.unsetShare) { return .unset }
        if isIn(shares.futureShare) { return .ahead(Int64(shares.futureDays.draw(&generator) * 86_400_000), perDay: 0) }
        return isIn(shares.missingShare) ? .missing : .right
    }

    /// The central that a device calls at a time: one that is switched over changes at its place in the switch-over.
    func central(of device: Int, at time: Int64, _ incidents: [Scenario.Incident]) -> Int {
        var central = centrals[device]
        for incident in incidents where incident.kind == .switchOver && incident.from == central {
            let change = incident.start + Int64(places[device] * Double(incident.end - incident.start))
            if time >= change { central = incident.to }
        }
        return central
    }

    /// The other central that hears an alarm too, while one is switched over to it.
    mutating func otherCentral(than central: Int, at time: Int64, _ incidents: [Scenario.Incident]) -> Int? {
        for incident in incidents where incident.kind == .switchOver && incident.isOn(at: time) {
            guard incident.from == central || incident.to == central else { continue }
            if generator.happens(incident.bothShare) { return central == incident.from ? incident.to : incident.from }
        }
        return nil
    }

    /// The time that stands in an event, in milliseconds since the start; nil: none.
    ///
    /// - Parameter device: nil for what the central made, by its own clock.
    mutating func written(_ time: Int64, device: Int?, zone: Int, central: Int, _ scenario: Scenario) -> Int64? {
        var written = time
        for incident in scenario.incidents where incident.kind == .clock && incident.isOn(at: time) {
            // With `sources` it is the centrals' clock that is wrong, otherwise the devices'.
            guard incident.concerns(zone: zone, central: central), device != nil || !incident.centrals.isEmpty,
                generator.happens(incident.share)
            else { continue }
            written += Int64(incident.minutes * 60_000)
        }
        guard let device else { return written }
        switch clocks[device] {
        case .right: return written
        case .ahead(let milliseconds, let perDay): return written + milliseconds + Int64(perDay * Double(time) / 86_400_000)
        case .unset: return written - Trouble.unsetMilliseconds
        case .missing: return nil
        }
    }

    /// A clock that was never set is this far behind: at least 30 years, so it shows a time before 2015 until 2045.
    private static let unsetMilliseconds: Int64 = 30 * 366 * 86_400_000
}
