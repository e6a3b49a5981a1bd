package import Telemetry

/// One event on its way to the broker.
package struct SimulatedEvent: Equatable, Sendable {
    /// When it is sent: the time it was made, later for the delayed and for copies.
    package var time: EventTime
    /// One CloudEvents object, without a newline. Of a device that speaks its own format: what it must be decoded to.
    package var json: [UInt8]
    /// Of type `alarm.*`: belongs on the `alarm` topic.
    package var isAlarm: Bool
    /// The central that sends it, by its index in the scenario.
    package var central = 0
    /// Broken on purpose: goes alone, for a batch would go down with it.
    package var isMalformed = false
    /// What is sent instead of `json`, in the device's own format.
    package var native: NativeFrame?
}

/// A device's own message.
package struct NativeFrame: Equatable, Sendable {
    package var codec: NativeCodec
    package var payload: [UInt8]
    /// Why it must be refused, where it is broken on purpose.
    package var refusal: String?
    /// Behind `native/{codec}/`; empty for nothing.
    package var topic = ""
}

/// Simulated people, devices and alarm centrals, as events in the order of their sending.
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
        case incident(Int)
        case flood(Int)
        case breakdown(device: Int, Fault)
        case mute(device: Int, until: Int64)
        /// What raised a sensor's alarm is gone.
        case settle(device: Int)
        case press(device: Int, AlarmKind)
        /// A second central hears an alarm.
        case hearing(String, device: Int, AlarmKind, central: Int)
    }

    struct DeviceState: Sendable {
        var kind: DeviceKind
        var zone: Int
        var reference: String
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
        var codec: NativeCodec?
        /// Frames of its own format that it has sent.
        var frameCount: Int64 = 0
        /// The profile by which it speaks JSON.
        var sensor: SensorProfile?
        /// What each central has heard of it.
        var sensorMemories: [Int: SensorMemory] = [:]
        /// The time in its last message, and when that was sent.
        var stampedAt: Int64 = -1
        var sentUntil: Int64 = -1
    }

    let scenario: Scenario
    let start: EventTime
    let clock: WallClock
    /// Stand first in event and alarm ids, by central: the same for the same seed, start and source.
    let runPrefixes: [String]
    var agenda = Agenda<Action>()
    var generator: SeededGenerator
    private var writers: [EventWriter]
    /// The central in whose name an event is being written.
    var speaker = 0
    var devices: [DeviceState]
    let processes: [Process]
    let cast: Cast
    var alarms = Slots<AlarmPlan>()
    var alarmCount: Int64 = 0
    var trouble: Trouble
    /// When each responder on duty is free again, by zone; empty where there are always enough.
    var responders: [[Int64]]
    var deliveries = Slots<SimulatedEvent>()
    var deliveryGenerator: SeededGenerator
    private var sequences: [Int64]
    var fate = Fate()

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
        runPrefixes = scenario.centrals.map { Simulation.runPrefix(scenario: scenario, source: $0.source, seed: seed, start: start) }
        generator = SeededGenerator(seed: seed, stream: 2)
        deliveryGenerator = SeededGenerator(seed: seed, stream: 3)
        writers = zip(runPrefixes, scenario.centrals).map { EventWriter(idPrefix: $0, source: $1.source) }
        sequences = scenario.centrals.map { _ in firstSequence - 1 }
        responders = scenario.zones.map { [Int64](repeating: 0, count: $0.responders ?? 0) }
        let households = Households(scenario)
        cast = Cast(scenario, households)
        processes = Simulation.processes(scenario, households)
        trouble = Trouble(scenario, households, seed: seed)
        devices = []
        for device in households.devices { devices.append(state(of: device)) }
        for index in devices.indices {
            agenda.add(.heartbeat(device: index), at: Int64(generator.below(Int(devices[index].heartbeatMilliseconds))))
        }
        for index in processes.indices { schedule(process: index, after: 0) }
        for index in scenario.incidents.indices { agenda.add(.incident(index), at: scenario.incidents[index].start) }
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

    /// The sequence of the newest event made by the first central; what comes next goes on from it.
    package var lastSequence: Int64 { sequences[0] }

    private mutating func act(_ action: Action, at time: Int64) -> SimulatedEvent? {
        switch action {
        case .heartbeat(let device): return heartbeat(of: device, at: time)
        case .process(let index):
            schedule(process: index, after: time)
            return happen(processes[index].happening, at: time)
        case .step(let type, let alarm): return step(type, alarm: alarm, at: time)
        case .restore(let device, let fault): return restore(fault, device: device, at: time)
        case .send(let place):
            guard var event = deliveries.remove(place) else { return nil }
            event.time = start + time
            return event
        case .incident(let index): return begin(incident: scenario.incidents[index], index: index)
        case .flood(let index): return flood(index, at: time)
        case .breakdown(let device, let fault): return breakdown(of: device, fault, at: time)
        case .mute(let device, let until):
            devices[device].silentUntil = max(devices[device].silentUntil, until)
            return nil
        case .settle(let device): return settle(device, at: time)
        case .press(let device, let kind): return raise(kind, device: device, at: time)
        case .hearing(let name, let device, let kind, let central):
            return hear(name, kind, device: device, central: central, at: time)
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

    // MARK: Writing

    /// The writer of the central that speaks.
    var writer: EventWriter {
        get { writers[speaker] }
        _modify { yield &writers[speaker] }
    }

    /// Begins an event of a device; members follow through `writer`, then ``send(_:at:)``.
    ///
    /// - Parameters:
    ///   - central: nil: the one that the device calls now.
    ///   - isOfCentral: the central made it, by its own clock.
    mutating func begin(_ type: EventType, device: Int, at time: Int64, central: Int? = nil, isOfCentral: Bool = false) {
        speaker = central ?? trouble.central(of: device, at: time, scenario.incidents)
        sequences[speaker] += 1
        let withZone = !deliveryGenerator.happens(scenario.delivery.zoneOmittedShare)
        fate = drawFate(device: device, at: time)
        var written = trouble.written(time, device: isOfCentral ? nil : device, zone: devices[device].zone, central: speaker, scenario)
        if fate.isRestamped, case .after(let delay) = fate.way { written = time + delay }
        writer.begin(
            type,
            time: written.map { start + $0 },
            offset: scenario.centrals[speaker].writesLocalTime ? clock.offset?(start + (written ?? time)) : nil,
            sequence: sequences[speaker],
            dataOpening: withZone ? devices[device].openingWithZone : devices[device].openingWithout
        )
    }

    // MARK: Beginnings

    private static func runPrefix(scenario: Scenario, source: String, seed: UInt64, start: EventTime) -> String {
        var hash = SeededGenerator.mix(seed) ^ SeededGenerator.mix(UInt64(bitPattern: start) &+ 1)
        for byte in "\(scenario.municipality)/\(source)".utf8 {
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
            reference: device.reference,
            openingWithZone: EventWriter.dataOpening(device: device.reference, zone: scenario.zones[device.zone].id),
            openingWithout: EventWriter.dataOpening(device: device.reference, zone: nil),
            heartbeatMilliseconds: Int64(minutes * 60_000),
            signal: -62 - generator.below(32),
            batteryDays: generator.below(700),
            codec: device.codec,
            sensor: device.sensor
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
