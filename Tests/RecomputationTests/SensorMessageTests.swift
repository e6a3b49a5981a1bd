import Devices
import Foundation
import Simulator
import Telemetry
import Testing

/// What the simulator writes for a shipped sensor must be what the codec and the profile's table read, event by event.
@Suite("Simulated sensors against the shipped profiles")
struct SensorMessageTests {
    private static let monday: EventTime = 1_791_151_200_000

    private static let yaml = """
        municipality: "3441"
        centrals: [{source: a, share: 0.5}, {source: b, share: 0.5}]
        population:
          residents: 40
          devices: {door-sensor: 0.9, bed-sensor: 0.9, smoke-detector: 0.9, fall-detector: 0.8}
        zones: [{id: nord}]
        heartbeats: {selfTestsPerDeviceMonth: 40}
        alarms: {perUserMonth: 150, kinds: {fall: 1, smoke: 1, door: 1, bed: 1}}
        faults: {battery-low: {perDeviceMonth: 20}, tamper: {perDeviceMonth: 20}, link-lost: {perDeviceMonth: 5}}
        delivery: {duplicatedShare: 0.1, reorderedShare: 0.1, lostShare: 0.05, malformedShare: 0.02, delayedShare: 0.05}
        clocks: {offsetShare: 0.5, missingShare: 0.2}
        incidents:
          - {kind: outage, atHour: 20, hours: 5}
          - {kind: switch-over, atHour: 30, hours: 10, from: a, to: b, bothShare: 0.5}
          - {kind: repeat-presses, atHour: 10, hours: 10}
        natives:
          - {devices: smoke-detector, codec: zigbee2mqtt, profile: smoke-detector-zigbee, share: 0.5}
          - {devices: smoke-detector, codec: chirpstack, profile: smoke-detector-lorawan}
          - {devices: door-sensor, codec: zigbee2mqtt, profile: door-sensor-zigbee, share: 0.4}
          - {devices: door-sensor, codec: things-stack, profile: door-alarm-lorawan}
          - {devices: bed-sensor, codec: chirpstack, profile: bed-sensor-lorawan}
          - {devices: fall-detector, codec: chirpstack, profile: fall-radar-vs373}
        """

    @Test("through loss, delay, copies, an outage and a change of central")
    func read() throws {
        let scenario = try Scenario(yaml: Self.yaml, file: "s.yaml")
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let decoder = try NativeDecoder(profiles: DeviceProfiles.load(folder.appending(path: "devices").path))
        let registry = Dictionary(uniqueKeysWithValues: scenario.registry().map { ($0.device, $0.profile) })
        var simulation = Simulation(scenario: scenario, seed: 5, start: Self.monday)
        var maker = MessageMaker(scenario, lane: .live, eventCountMax: 1)
        var memory = DeviceMemory()
        var known: Set<String> = []
        var told: Set<String> = []
        var refusedCount = 0
        while let event = simulation.next(before: Self.monday + 3 * 86_400_000) {
            for sent in maker.add(event) where event.native != nil {
                let levels = sent.topic.split(separator: "/", maxSplits: 6).map(String.init)
                let codec = try #require(CodecName(rawValue: levels[5]))
                // Read long after: all of it is the past.
                let message = NativeMessage(
                    payload: sent.payload,
                    topic: levels[6],
                    municipality: levels[2],
                    source: levels[3],
                    received: Self.monday + 30 * 86_400_000
                )
                func reading() throws -> NativeReading { try decoder.read(message, codec: codec, memory: &memory) { registry[$0] } }
                switch sent.meaning {
                case .refused(let reason):
                    let refusal = try #require(#expect(throws: CodecRefusal.self) { _ = try reading() })
                    #expect("codec:\(refusal.detail)" == reason)
                    refusedCount += 1
                case .events(let written):
                    let reading = try reading()
                    #expect(reading.oddities.isEmpty)
                    let found = try #require(reading.events.first)
                    // Of a copy only the id counts.
                    guard known.insert("\(levels[3])/\(found.id)").inserted else { continue }
                    #expect(reading.events.count == 1)
                    let expected = try object(written)
                    #expect(expected["id"] as? String == found.id)
                    #expect(expected["type"] as? String == EventType.prefix + found.type.word)
                    #expect(expected["time"] as? String == found.time.map { Timestamp.format($0) })
                    let members = try #require(expected["data"] as? [String: Any])
                    #expect(members["device"] as? String == found.device)
                    for (name, value) in found.data where name != "battery" && name != "signal" {
                        #expect(members[name] as? NSObject == plain(value), "\(found.id) \(name)")
                    }
                    #expect(members.keys.allSatisfy { key in key == "device" || found.data.contains { $0.name == key } })
                    told.insert("\(registry[found.device ?? ""] ?? "") \(found.type.word)")
                default: Issue.record("a device's message without a meaning")
                }
            }
        }
        #expect(refusedCount > 10)
        let expected = [
            "smoke-detector-zigbee alarm.raised", "smoke-detector-zigbee sensor.observed", "smoke-detector-zigbee device.fault",
            "smoke-detector-zigbee device.restored", "smoke-detector-zigbee device.tested", "smoke-detector-zigbee device.heartbeat",
            "smoke-detector-lorawan alarm.raised", "smoke-detector-lorawan sensor.observed", "smoke-detector-lorawan device.heartbeat",
            "door-sensor-zigbee sensor.observed", "door-sensor-zigbee device.heartbeat",
            "door-alarm-lorawan alarm.raised", "door-alarm-lorawan sensor.observed", "door-alarm-lorawan device.fault",
            "door-alarm-lorawan device.restored", "door-alarm-lorawan device.heartbeat",
            "bed-sensor-lorawan alarm.raised", "bed-sensor-lorawan sensor.observed", "bed-sensor-lorawan device.heartbeat",
            "fall-radar-vs373 alarm.raised", "fall-radar-vs373 sensor.observed", "fall-radar-vs373 device.heartbeat",
        ]
        #expect(told == Set(expected))
    }

    private func object(_ events: [UInt8]) throws -> [String: Any] {
        let array = try JSONSerialization.jsonObject(with: Data(events)) as? [[String: Any]]
        return try #require(array?.first)
    }

    private func plain(_ value: DeviceEvent.Value) -> NSObject {
        switch value {
        case .text(let text): NSString(string: text)
        case .number(let number): NSNumber(value: number)
        case .flag(let flag): NSNumber(value: flag)
        }
    }
}
