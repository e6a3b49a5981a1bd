import Telemetry
import Testing
import Workload

/// A registry of watched devices, a state to feed, and the looks at it. Seconds of the test count from `minute(0)`.
private struct Watched {
    static let rules = [
        "hourly": WatchRule(heartbeatMilliseconds: 3_600_000, battery: BatteryRule(low: 15, restored: 25)),
        "daily": WatchRule(heartbeatMilliseconds: 25 * 3_600_000),
        "quiet": WatchRule(heartbeatMilliseconds: nil, battery: BatteryRule(low: 15, restored: 25)),
    ]

    var state: State
    var liveness: Liveness
    private var position: Int64 = 0
    /// What changed, for the views.
    private(set) var faults: [String: DeviceFaultRow] = [:]
    private(set) var batteries: [String: BatteryRow] = [:]
    private(set) var sources: [String: String] = [:]
    private(set) var devices: [DeviceRow] = []
    private(set) var ledgers: [LedgerRow] = []

    init(_ registry: [ZonePlan.Registration], startedAt: EventTime = minute(0), limits: Liveness.Limits = .init()) {
        let zones = ["biri", "haugtun", "nordbyen"].map { ZonePlan.Zone(id: $0, name: $0) }
        let plan = ZonePlan(municipalities: [.init(number: "3407", name: "Gjøvik", zones: zones, registry: registry)])
        state = State(plan: plan, hashKey: 1, rules: Watched.rules)
        liveness = Liveness(state: state, startedAt: startedAt, limits: limits)
    }

    mutating func feed(_ events: Event..., received: EventTime? = nil, source: String = "s", isHistory: Bool = false) {
        for event in events {
            position += 1
            let received = received ?? (event.time ?? minute(0)) + 1000
            let message = state.begin(position: position, received: received, municipality: "3407", source: source, isHistory: isHistory)
            _ = state.apply(event, index: 0, in: message)
        }
        let changes = state.takeChanges()
        for row in changes.faults { faults["\(row.device)/\(row.fault.rawValue)"] = row }
        for row in changes.batteries { batteries[row.device] = row }
        for row in changes.deviceSources { sources[row.device] = row.source }
        devices += changes.devices
        ledgers += changes.ledgers
    }

    /// A whole look at a minute.
    mutating func look(_ minutes: Double, connected: Double? = 0) {
        while !liveness.look(at: state, now: minute(minutes), connectedSince: connected.map(minute)) {}
    }

    /// What is told of a registered device by its place.
    func device(_ place: Int, _ minutes: Double) -> LivenessSnapshot.Device? {
        LivenessSnapshot(liveness, state, generation: 0, now: minute(minutes)).device(place, municipality: "3407")
    }

    var overdue: Int { liveness.report.overdue }
    func figures(_ zone: String) -> LivenessReport.Figures? { liveness.report.zones[.init(municipality: "3407", zone: zone)] }
    var outages: [String] { liveness.report.outages.map { "\($0.name.scope) \($0.name.name) \($0.devices)" } }
}

private func heartbeat(_ device: String, _ minutes: Double?, id: String? = nil, battery: Float? = nil) -> Event {
    event(.deviceHeartbeat, minutes, id: id ?? "\(device)/\(minutes ?? -1)/\(battery ?? -1)", device: device).with { $0.battery = battery }
}

private func fault(_ device: String, _ fault: Fault, _ minutes: Double, isOpen: Bool = true, id: String? = nil) -> Event {
    let type: EventType = isOpen ? .deviceFault : .deviceRestored
    return event(type, minutes, id: id ?? "\(device)/\(fault)/\(minutes)/\(isOpen)", device: device).with { $0.fault = fault }
}

@Suite("Silent devices")
struct LivenessTests {
    private static let one = [ZonePlan.Registration(device: "d", zone: "biri", profile: "hourly")]

    @Test("a device is overdue when it is silent for longer than its profile allows, to the millisecond, and no more once heard")
    func silence() {
        var watched = Watched(Self.one)
        watched.feed(heartbeat("d", 100))
        watched.look(160)
        #expect(watched.overdue == 0)
        #expect(watched.device(0, 160) == .init(lastSeen: minute(100), isOverdue: false, overdueSince: nil, isInOutage: false))
        watched.look(160.001)
        #expect(watched.overdue == 1)
        #expect(watched.device(0, 160.001) == .init(lastSeen: minute(100), isOverdue: true, overdueSince: minute(160), isInOutage: false))
        watched.feed(heartbeat("d", 161))
        watched.look(162)
        #expect(watched.overdue == 0)
    }

    /// Minutes of: registered from, heard at, connected since (nil: not), now; and what is said.
    static let judgements: [(from: Double?, heard: Double?, connected: Double?, now: Double, isOverdue: Bool?)] = [
        (nil, 500, 0, 550, false), (nil, 500, 0, 561, true),
        // Grace: up, and connected, for one expected interval.
        (nil, 500, 510, 561, nil), (nil, 500, 510, 571, true), (nil, 500, nil, 561, nil), (nil, 500, nil, 550, false), (nil, -9000, 0, 59, nil),
        // Never heard of: from the registration's beginning, or the service's.
        (nil, nil, 0, 59, nil), (nil, nil, 0, 61, true), (200, nil, 0, 259, nil), (200, nil, 0, 261, true), (-5000, nil, 0, 59, nil),
        (-5000, nil, 0, 61, true),
        // What was heard before the registration began counts no more than its beginning.
        (500, 300, 0, 559, nil), (500, 300, 0, 561, true),
    ]

    @Test("who is judged, and when", arguments: judgements)
    func judgement(from: Double?, heard: Double?, connected: Double?, now: Double, isOverdue: Bool?) {
        var watched = Watched([.init(device: "d", zone: "biri", profile: "hourly", from: from.map(minute))])
        if let heard { watched.feed(heartbeat("d", heard)) }
        watched.look(now, connected: connected)
        #expect(watched.device(0, now)?.isOverdue == isOverdue)
        #expect(watched.overdue == (isOverdue == true ? 1 : 0))
        #expect(watched.figures("biri")?.unknown == (isOverdue == nil ? 1 : 0))
    }

    @Test("an outage of our own frees nobody who was silent before, and accuses nobody else")
    func ownOutage() {
        var watched = Watched([.init(device: "d", zone: "biri", profile: "hourly"), .init(device: "e", zone: "biri", profile: "hourly")])
        watched.feed(heartbeat("e", 60))
        watched.look(61)
        #expect(watched.overdue == 1)
        watched.look(130, connected: nil)
        watched.look(140, connected: 135)
        #expect(watched.overdue == 1)
        #expect(watched.device(1, 140)?.isOverdue == nil)
        watched.look(196, connected: 135)
        #expect(watched.overdue == 2)
    }

    @Test("any accepted event of the device is a sign of life; old ones that come late, history and other devices' are none")
    func signs() {
        var watched = Watched(Self.one)
        watched.feed(heartbeat("d", 100))
        watched.feed(heartbeat("d", 60), received: minute(155))
        watched.feed(heartbeat("d", 158), received: minute(158), isHistory: true)
        watched.feed(heartbeat("e", 158))
        watched.look(161)
        #expect(watched.overdue == 1)
        watched.feed(event(.alarmRaised, 162, device: "d"))
        watched.look(163)
        #expect(watched.overdue == 0)
        // Without a clock it is heard when it is read.
        watched.feed(heartbeat("d", nil), received: minute(300))
        #expect(watched.device(0, 301)?.lastSeen == minute(300))
        // The same event again is not accepted.
        watched.feed(heartbeat("d", nil), received: minute(400))
        #expect(watched.device(0, 401)?.lastSeen == minute(300))
    }

    @Test("who is not registered now, has no known profile or gives no heartbeat, is never overdue")
    func unwatched() {
        var watched = Watched([
            .init(device: "gone", zone: "biri", profile: "hourly", to: minute(90)), .init(device: "new", zone: "biri", profile: "hourly", from: minute(9000)),
            .init(device: "plain", zone: "biri"), .init(device: "odd", zone: "biri", profile: "unheard-of"),
            .init(device: "quiet", zone: "biri", profile: "quiet"),
        ])
        watched.look(80)
        #expect(watched.overdue == 1)
        watched.look(500)
        #expect(watched.overdue == 0 && watched.figures("biri")?.watched == 0)
        for place in 0..<5 { #expect(watched.device(place, 500)?.isOverdue == nil) }
        #expect(watched.device(5, 500) == nil)
    }

    @Test("a look in pieces says the same as one in one piece")
    func pieces() {
        let registry = (0..<100).map {
            ZonePlan.Registration(device: "d\($0)", zone: $0 % 3 == 0 ? "biri" : "haugtun", profile: $0 % 5 == 0 ? "daily" : "hourly")
        }
        var reports: [LivenessReport] = []
        for count in [1, 7, 100, 1000] {
            var limits = Liveness.Limits()
            limits.pieceCountMax = count
            var watched = Watched(registry, limits: limits)
            for number in stride(from: 0, to: 100, by: 2) { watched.feed(heartbeat("d\(number)", 90)) }
            for now in [30.0, 70, 160, 2000] {
                watched.look(now)
                reports.append(watched.liveness.report)
            }
        }
        for start in stride(from: 4, to: reports.count, by: 4) { #expect(Array(reports[start..<start + 4]) == Array(reports[0..<4])) }
        #expect(reports[3].overdue == 100)
    }

    // MARK: - Outages

    private static func zone(_ zone: String, _ count: Int) -> [ZonePlan.Registration] {
        (0..<count).map { .init(device: "\(zone)-\($0)", zone: zone, profile: "hourly") }
    }

    @Test("many that fall silent together are one outage of their zone, and come back one by one until it is over")
    func zoneOutage() {
        var watched = Watched(Self.zone("biri", 20) + Self.zone("haugtun", 40))
        func hear(_ zone: String, _ numbers: Range<Int>, _ minutes: Double) { for number in numbers { watched.feed(heartbeat("\(zone)-\(number)", minutes)) } }
        hear("biri", 0..<20, 100)
        hear("haugtun", 0..<40, 100)
        hear("haugtun", 0..<40, 150)
        hear("biri", 0..<8, 150)
        watched.look(161)
        // 12 of 20 in Biri, and a fifth of the source.
        #expect(watched.outages == ["zone biri 12"])
        #expect(watched.liveness.report.outages[0].since == minute(160))
        #expect(watched.figures("biri")?.overdue == 12 && watched.figures("biri")?.inOutage == 12)
        #expect(watched.device(19, 161)?.isInOutage == true)
        // It holds until fewer than half of what began it are silent.
        hear("biri", 8..<14, 162)
        hear("biri", 0..<8, 162)
        hear("haugtun", 0..<40, 162)
        watched.look(163)
        #expect(watched.outages == ["zone biri 6"])
        hear("biri", 14..<16, 164)
        watched.look(165)
        #expect(watched.outages == [] && watched.overdue == 4 && watched.figures("biri")?.inOutage == 0)
        #expect(watched.device(19, 165) == .init(lastSeen: minute(100), isOverdue: true, overdueSince: minute(160), isInOutage: false))
    }

    @Test("nine are nine; half of a zone is needed; those that were silent long before are none of it")
    func noOutage() {
        var nine = Watched(Self.zone("biri", 9))
        nine.look(61)
        #expect(nine.outages == [] && nine.overdue == 9)
        var few = Watched(Self.zone("biri", 21))
        for number in 0..<11 { few.feed(heartbeat("biri-\(number)", 50)) }
        few.look(61)
        #expect(few.outages == [] && few.overdue == 10)
        // Seven long silent, eight now: not ten together, so no outage.
        var slow = Watched(Self.zone("biri", 15))
        for number in 7..<15 { slow.feed(heartbeat("biri-\(number)", 200)) }
        slow.look(61)
        slow.look(261)
        #expect(slow.outages == [] && slow.overdue == 15)
    }

    @Test("a source that falls silent is one outage, not one in each zone; a zone with another source stands for itself")
    func sourceOutage() {
        var watched = Watched(Self.zone("biri", 15) + Self.zone("haugtun", 15) + Self.zone("nordbyen", 12))
        for number in 0..<15 {
            watched.feed(heartbeat("biri-\(number)", 100), source: "gateway")
            watched.feed(heartbeat("haugtun-\(number)", 100), source: "gateway")
        }
        for number in 0..<12 { watched.feed(heartbeat("nordbyen-\(number)", 150), source: "other") }
        watched.look(161)
        #expect(watched.outages == ["source gateway 30"])
        #expect(watched.figures("haugtun")?.inOutage == 15 && watched.figures("nordbyen")?.overdue == 0)
        watched.look(211)
        #expect(watched.outages == ["source gateway 30", "source other 12"])
    }

    @Test("an outage is dated by when its limit was reached, not by a device that was silent long before")
    func outageBeginning() {
        var watched = Watched(Self.zone("biri", 20))
        watched.feed(heartbeat("biri-0", 10))
        for number in 1..<20 { watched.feed(heartbeat("biri-\(number)", 500 + Double(number) / 4)) }
        // After a start both are noticed in one look.
        watched.look(600, connected: 520)
        #expect(watched.outages == ["source s 20"])
        #expect(watched.liveness.report.outages[0].since == minute(562.25))
    }

    @Test("after a restart a source's outage still goes before its zones'")
    func restarted() {
        let registry = Self.zone("biri", 15) + Self.zone("haugtun", 15)
        var watched = Watched(registry)
        for row in registry { watched.feed(heartbeat(row.device, 100), source: "gateway") }
        #expect(Set(watched.sources.values) == ["gateway"] && watched.sources.count == 30)
        var next = Watched(registry)
        for ledger in watched.ledgers { next.state.restore(ledger) }
        for row in watched.devices { next.state.restore(row) }
        for (device, source) in watched.sources { next.state.restore(DeviceSourceRow(municipality: "3407", device: device, source: source)) }
        next.state.finishRestoring(keepingFigures: false)
        next.look(300, connected: 200)
        #expect(next.outages == ["source gateway 30"])
    }

    @Test("a change of plan carries over who was heard when, who is silent and which outage stands")
    func replanned() {
        var watched = Watched(Self.zone("biri", 20) + [.init(device: "d", zone: "haugtun", profile: "hourly")])
        for number in 0..<20 { watched.feed(heartbeat("biri-\(number)", 10.5)) }
        watched.feed(heartbeat("d", 65.25))
        watched.look(72)
        #expect(watched.outages == ["source s 20"])
        var next = Watched([.init(device: "d", zone: "biri", profile: "hourly")] + Self.zone("biri", 20).reversed(), startedAt: minute(0))
        next.state.takeOverWatch(from: watched.state)
        next.liveness.takeOver(watched.liveness, of: watched.state, in: next.state)
        next.look(73, connected: 72)
        #expect(next.outages == ["source s 20"] && next.overdue == 20)
        #expect(next.liveness.report.outages[0].since == minute(70.5))
        #expect(next.device(0, 73)?.lastSeen == minute(65.25))
        #expect(next.device(1, 73)?.overdueSince == minute(70.5))
    }
}

@Suite("Faults and batteries of devices")
struct DeviceConditionTests {
    private static let registry = [ZonePlan.Registration(device: "d", zone: "biri", profile: "hourly")]

    /// Percent in turn, and whether the battery is low after each.
    static let readings: [(percent: [Float], isLow: [Bool])] = [
        ([80, 15, 14.9, 20, 24.9, 25, 20, 14], [false, false, true, true, true, false, false, true]), ([20], [false]), ([10, 15], [true, true]),
    ]

    @Test("a battery is low under its limit, and good again only from a higher one on", arguments: readings)
    func hysteresis(percent: [Float], isLow: [Bool]) {
        var watched = Watched(Self.registry)
        for (index, percent) in percent.enumerated() {
            watched.feed(heartbeat("d", Double(index), battery: percent))
            watched.look(Double(index))
            #expect(watched.batteries["d"]?.battery.isLow == isLow[index])
            #expect(watched.figures("biri")?.batteryLow == (isLow[index] ? 1 : 0))
            #expect(watched.overdue == 0)
        }
    }

    @Test("faults and batteries are the same in whatever order and however often the events come", arguments: 1...20 as ClosedRange<UInt64>)
    func order(seed: UInt64) {
        var events: [Event] = []
        for (index, percent) in ([90, 12, 18, 30, 14, 20] as [Float]).enumerated() { events.append(heartbeat("d", Double(index), battery: percent)) }
        events += [fault("d", .batteryLow, 4.5), fault("d", .batteryLow, 4.5, isOpen: false), fault("d", .tamper, 1), fault("d", .tamper, 2, isOpen: false)]
        events += [fault("d", .tamper, 2, id: "zz"), fault("e", .mainsLost, 3), heartbeat("d", 5, id: "same time", battery: 16)]
        var generator = Seeded(seed: seed)
        var straight = Watched(Self.registry)
        var shuffled = Watched(Self.registry)
        for event in events { straight.feed(event, received: minute(10)) }
        for event in (events + events.prefix(4)).shuffled(using: &generator) { shuffled.feed(event, received: minute(10)) }
        #expect(shuffled.batteries == straight.batteries)
        #expect(shuffled.faults == straight.faults)
        #expect(straight.batteries["d"]?.battery == DeviceBattery(percent: 16, readAt: minute(5), decidedAt: minute(4.5), isLow: true))
        #expect(straight.faults["d/tamper"]?.isOpen == true && straight.faults["d/tamper"]?.id == "zz")
        #expect(straight.faults["e/mains-lost"]?.isOpen == true && straight.batteries.count == 1)
    }

    @Test("nothing is told to the views where nothing has changed")
    func unchanged() {
        var watched = Watched(Self.registry)
        watched.feed(heartbeat("d", 5, battery: 50), fault("d", .tamper, 5))
        let (faults, batteries) = (watched.faults, watched.batteries)
        let message = watched.state.begin(position: 99, received: minute(9), municipality: "3407", source: "s", isHistory: false)
        _ = watched.state.apply(heartbeat("d", 4, battery: 60), index: 0, in: message)
        _ = watched.state.apply(fault("d", .tamper, 4, isOpen: false), index: 1, in: message)
        let changes = watched.state.takeChanges()
        #expect(changes.faults.isEmpty && changes.batteries.map(\.battery.readAt) == [])
        #expect(faults.count == 1 && batteries.count == 1)
    }
}
