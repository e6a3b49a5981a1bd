package import Telemetry

/// One event on its way to the broker.
package struct SimulatedEvent: Equatable, Sendable {
    /// When it is sent: the time it was made, later for the delayed and for copies.
    package var time: EventTime
    /// One CloudEvents object, without a newline.
    package var json: [UInt8]
    /// Of type `alarm.*`: belongs on the `alarm` topic.
    package var isAlarm: Bool
}

/// Simulated people, devices and one alarm central, as events in the order of their sending.
///
/// A value that never asks for the time: the events are a function of scenario and seed, shifted to `start`. Only
/// ids differ between two starts, so that two runs into one journal are not taken for copies of each other.
package struct Simulation: Sendable {
    enum Action: Sendable {
        case heartbeat(device: Int)
        case process(Int)
        case step(EventType, alarm: Int)
        case restore(device: Int, Fault)
        case send(Int)
    }

    /// An event that is held back or sent again.
    struct Delivery: Sendable {
        var json: [UInt8]
        var isAlarm: Bool
    }

    struct DeviceState: Sendable {
        var kind: DeviceKind
        var zone: Int
        var openingWithZone: [UInt8]
        var openingWithout: [UInt8]
        var heartbeatMilliseconds: Int64
        var signal: Int
        /// Days that the battery has been in use at the start.
        var batteryDays: Int
        var silentUntil: Int64 = 0
        var activeFaults: Set<Fault> = []
        /// A door or a bed: what it reported last.
        var closed = true
    }

    let scenario: Scenario
    let start: EventTime
    let clock: WallClock
    /// Stands first in event and alarm ids: the same for the same seed, start and source.
    let runPrefix: String
    var agenda = Agenda<Action>()
    var generator: SeededGenerator
    var writer: EventWriter
    var devices: [DeviceState]
    let processes: [Process]
    let cast: Cast
    var alarms = Slots<AlarmPlan>()
    var alarmCount: Int64 = 0
    private var deliveries = Slots<Delivery>()
    private var deliveryGenerator: SeededGenerator
    private var sequence: Int64

    /// - Parameters:
    ///   - start: an instant that the wall clock shows as Monday 00:00.
    ///   - firstSequence: for a run that goes on where an earlier one ended; the ledger then shows no gap.
    ///   - startOfWeek: milliseconds since Monday 00:00, for a start at another time of the week.
    ///   - offset: milliseconds that local time is ahead of UTC; without it the clock is never changed.
    package init(
        scenario: Scenario,
        seed: UInt64,
        start: EventTime,
        firstSequence: Int64 = 1,
        startOfWeek: Int64 = 0,
        offset: (@Sendable (EventTime) -> Int64)? = nil
    ) {
        precondition(firstSequence >= 0, "a sequence is not negative")
        self.scenario = scenario
        self.start = start
        clock = WallClock(start: start, startOfWeek: startOfWeek, offset: offset)
        runPrefix = Simulation.runPrefix(scenario: scenario, seed: seed, start: start)
        generator = SeededGenerator(seed: seed, stream: 2)
        deliveryGenerator = SeededGenerator(seed: seed, stream: 3)
        writer = EventWriter(idPrefix: runPrefix, source: scenario.source)
        sequence = firstSequence - 1
        let households = Households(scenario)
        cast = Cast(scenario, households)
        processes = Simulation.processes(scenario, households)
        devices = []
        for device in households.devices { devices.append(state(of: device)) }
        for index in devices.indices {
            agenda.add(.heartbeat(device: index), at: Int64(generator.below(Int(devices[index].heartbeatMilliseconds))))
        }
        for index in processes.indices { schedule(process: index, after: 0) }
    }

    /// The next event sent before an instant, in the order of sending; nil when there is none before it.
    ///
    /// May be called again with a later instant: what was under way goes on. O(log n) of what is under way.
    package mutating func next(before end: EventTime) -> SimulatedEvent? {
        while let entry = agenda.first, entry.time < end - start {
            agenda.removeFirst()
            if let event = act(entry.action, at: entry.time) { return event }
        }
        return nil
    }

    /// The sequence of the newest event made; what comes next goes on from it.
    package var lastSequence: Int64 { sequence }

    private mutating func act(_ action: Action, at time: Int64) -> SimulatedEvent? {
        switch action {
        case .heartbeat(let device): return heartbeat(of: device, at: time)
        case .process(let index):
            schedule(process: index, after: time)
            return happen(processes[index].happening, at: time)
        case .step(let type, let alarm): return step(type, alarm: alarm, at: time)
        case .restore(let device, let fault): return restore(fault, device: device, at: time)
        case .send(let place):
            guard let delivery = deliveries.remove(place) else { return nil }
            return SimulatedEvent(time: start + time, json: delivery.json, isAlarm: delivery.isAlarm)
        }
    }

    private mutating func schedule(process index: Int, after time: Int64) {
        agenda.add(.process(index), at: processes[index].next(after: time, clock, &generator))
    }

    private mutating func happen(_ happening: Process.Happening, at time: Int64) -> SimulatedEvent? {
        switch happening {
        case .alarm: return raise(at: time)
        case .test: return raiseTest(at: time)
        case .selfTest: return selfTest(at: time)
        case .silence: return silence(at: time)
        case .observation(let kind): return observe(kind, at: time)
        case .assist(let kind): return assist(kind, at: time)
        case .fault(let index): return fail(Fault.allCases[index], at: time)
        }
    }

    // MARK: Writing and sending

    /// Begins an event of a device; members follow through `writer`, then ``send(_:at:)``.
    mutating func begin(_ type: EventType, device: Int, at time: Int64) {
        sequence += 1
        let withZone = !deliveryGenerator.happens(scenario.delivery.zoneOmittedShare)
        writer.begin(
            type,
            time: start + time,
            sequence: sequence,
            dataOpening: withZone ? devices[device].openingWithZone : devices[device].openingWithout
        )
    }

    /// Ends the event begun: it is sent now, later, twice or never, as the scenario's delivery faults have it.
    mutating func send(_ type: EventType, at time: Int64) -> SimulatedEvent? {
        let json = writer.end()
        let delivery = scenario.delivery
        var draw = deliveryGenerator.uniform()
        if draw < delivery.lostShare { return nil }
        draw -= delivery.lostShare
        if draw < delivery.delayedShare {
            let minutes = delivery.delayMinutes.draw(&deliveryGenerator)
            let place = deliveries.insert(Delivery(json: json, isAlarm: type.isAlarm))
            agenda.add(.send(place), at: time + Int64(minutes * 60_000))
            return nil
        }
        draw -= delivery.delayedShare
        if draw < delivery.duplicatedShare {
            let seconds = delivery.duplicateSeconds.draw(&deliveryGenerator)
            let place = deliveries.insert(Delivery(json: json, isAlarm: type.isAlarm))
            agenda.add(.send(place), at: time + Int64(seconds * 1000))
        }
        return SimulatedEvent(time: start + time, json: json, isAlarm: type.isAlarm)
    }

    // MARK: Beginnings

    private static func runPrefix(scenario: Scenario, seed: UInt64, start: EventTime) -> String {
        var hash = SeededGenerator.mix(seed) ^ SeededGenerator.mix(UInt64(bitPattern: start) &+ 1)
        for byte in "\(scenario.municipality)/\(scenario.source)".utf8 {
            hash = SeededGenerator.mix(hash ^ UInt64(byte))
        }
        let digits = String(hash >> 32, radix: 16)
        return "r" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }

    private mutating func state(of device: Households.Device) -> DeviceState {
        let heartbeats = scenario.heartbeats
        let minutes = device.kind == .safetyAlarm ? heartbeats.safetyAlarmMinutes : heartbeats.otherMinutes
        return DeviceState(
            kind: device.kind,
            zone: device.zone,
            openingWithZone: EventWriter.dataOpening(device: device.reference, zone: scenario.zones[device.zone].id),
            openingWithout: EventWriter.dataOpening(device: device.reference, zone: nil),
            heartbeatMilliseconds: Int64(minutes * 60_000),
            signal: -62 - generator.below(32),
            batteryDays: generator.below(700)
        )
    }

    private static func processes(_ scenario: Scenario, _ households: Households) -> [Process] {
        let users = Double(households.residents.count)
        let deviceCount = Double(households.devices.count)
        let rhythm = scenario.rhythm
        func count(_ kind: DeviceKind) -> Double { Double(households.devices.count { $0.kind == kind }) }
        func perDay(month: Double) -> Double { month / Simulation.daysPerMonth }
        var processes: [Process?] = [
            Process(
                .alarm,
                perDay: users * perDay(month: scenario.alarms.perUserMonth),
                hours: rhythm.hours,
                weekdays: rhythm.weekdays
            ),
            Process(
                .test,
                perDay: users * perDay(month: scenario.alarms.testsPerUserMonth),
                hours: rhythm.testHours,
                weekdays: rhythm.testWeekdays
            ),
            Process(.selfTest, perDay: deviceCount * perDay(month: scenario.heartbeats.selfTestsPerDeviceMonth)),
            Process(.silence, perDay: deviceCount * perDay(month: scenario.delivery.silencesPerDeviceMonth)),
        ]
        for kind in DeviceKind.allCases {
            if let activity = scenario.observations[kind] {
                let rate = activity.perDeviceDay * count(kind)
                processes.append(Process(.observation(kind), perDay: rate, hours: activity.hours))
            }
            if let assist = scenario.assists[kind] {
                let rate = assist.perDeviceDay * count(kind)
                processes.append(Process(.assist(kind), perDay: rate, hours: assist.hours))
            }
        }
        for (index, fault) in Fault.allCases.enumerated() {
            let month = scenario.faults[fault]?.perDeviceMonth ?? 0
            processes.append(Process(.fault(index), perDay: deviceCount * perDay(month: month)))
        }
        return processes.compactMap { $0 }
    }

    /// The mean month, to turn rates a month into rates a day.
    package static let daysPerMonth = 365.25 / 12
}
