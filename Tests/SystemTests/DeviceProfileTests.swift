import Foundation
import Simulator
import Testing

extension SystemTests {
    /// A technician's morning: a sensor that is not there yet, described without any Swift.
    @Suite("A new device model")
    struct DeviceProfileTests {
        private static let profile = """
            # yaml-language-server: $schema=../profile.schema.json
            name: {nb: Vannlekkasjesensor, en: Water leak sensor}
            technology: digital-supervision
            ladderStep: 2
            codec: zigbee2mqtt
            recognise:
              - {path: device.model, equals: SJCGQ11LM}
            heartbeat: PT26H
            battery: {low: 15, restored: 25}
            events:
              - when: {path: water_leak, equals: true, changed: true}
                emit: {type: alarm.raised, kind: other, priority: 3}
              - when: {path: water_leak, equals: false, changed: true}
                emit: {type: sensor.observed, property: water-leak, value: false}

            """

        private static func message(leak: Bool, minute: Int) -> String {
            let time = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: Double(minute - 30) * 60))
            return "{\"battery\":97,\"linkquality\":80,\"last_seen\":\"\(time)\",\"water_leak\":\(leak)}"
        }

        private func write(_ name: String, _ text: String, in folder: String) throws {
            let file = "\(folder)/\(name)"
            try FileManager.default.createDirectory(atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        }

        private func append(_ name: String, _ text: String, in folder: String) throws {
            try write(name, String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) + text, in: folder)
        }

        @Test("is checked, tried, and its events are counted, with a new folder alone")
        func waterLeak() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            #expect(service.stop() == 0)
            let folder = service.folder
            try append("vaktlast.yaml", "devices: devices\n", in: folder)
            try append("municipalities/3407-gjovik/municipality.yaml", "devices: devices.csv\n", in: folder)
            try write("municipalities/3407-gjovik/devices.csv", "device;zone;profile\nbad-14;biri;water-leak\n", in: folder)
            try write("devices/water-leak/profile.yaml", Self.profile.replacing("kind: other", with: "kind: water"), in: folder)

            let faulty = try service.command(["check"])
            #expect(faulty.status == 1)
            #expect(faulty.output.contains("devices/water-leak/profile.yaml:12: events[0].emit.kind «water» is not one of: manual, "), "\(faulty.output)")
            try write("devices/water-leak/profile.yaml", Self.profile, in: folder)
            let caught = Self.message(leak: true, minute: 0)
            try write("devices/water-leak/samples/good-leak.json", caught, in: folder)
            try write("devices/water-leak/samples/good-leak.topic", "bad-14\n", in: folder)
            let file = "\(folder)/devices/water-leak/samples/good-leak.json"
            let tried = try service.command(["devices", "try", "water-leak", file])
            #expect(tried.status == 0)
            for told in ["alarm.raised", "bad-14", "kind        other", "device.heartbeat", "battery     97"] {
                #expect(tried.output.contains(told), "\(told) in \(tried.output)")
            }
            #expect(try service.command(["check"]).output.contains("good-leak.expected.json is missing"))
            let expected = try service.command(["devices", "try", "water-leak", file, "--json"])
            try write("devices/water-leak/samples/good-leak.expected.json", expected.output, in: folder)
            let good = try service.command(["check"])
            #expect(good.status == 0 && !good.output.contains("warning"), "\(good.output)")

            try service.start()
            let central = try Central(broker)
            let topic = "vaktlast/v1/3407/a/native/zigbee2mqtt/bad-14"
            let messages = [Self.message(leak: false, minute: 1), Self.message(leak: true, minute: 2), Self.message(leak: true, minute: 3)]
            for message in messages + [messages[1]] { try central.send(message, on: topic) }
            try central.drain()
            // The first: observed and a heartbeat for its battery; then the alarm; then a heartbeat; then a copy of the alarm.
            try waitUntil("all are counted: \(String(describing: try? service.ledger("a")))") {
                let ledger = try service.ledger("a")
                return ledger?["accepted"]?.number == 4 && ledger?["duplicates"]?.number == 1 && ledger?["rejected"]?.number == 0
            }
            #expect(try alarms(service) == ["bad-14 other biri"])

            // What changed is remembered across a restart: the same state is no new alarm.
            service.killHard()
            try service.start()
            try central.send(Self.message(leak: true, minute: 4), on: topic)
            try central.send("{\"water_leak\":true,\"linkquality\":80}", on: "vaktlast/v1/3407/a/native/zigbee2mqtt/kjeller")
            try waitUntil("the stranger is refused") { try service.ledger("a")?["rejected"]?.number == 1 }
            #expect(try service.ledger("a")?["accepted"]?.number == 5)
            #expect(try alarms(service) == ["bad-14 other biri"])
            #expect(service.stop() == 0)
            let refused = try service.command(["quarantine", "list", "--municipality", "3407"])
            #expect(refused.output.contains("codec:no profile for kjeller"), "\(refused.output)")
        }

        private func alarms(_ service: ServiceUnderTest) throws -> [String] {
            let day = 86_400.0
            let from = ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: (Date().timeIntervalSince1970 / day).rounded(.down) * day - day))
            let to = ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: (Date().timeIntervalSince1970 / day).rounded(.down) * day + 2 * day))
            let found = try service.ask("alarms", "from=\(from)&to=\(to)")
            return (found["alarms"]?.elements ?? []).map { alarm in
                ["device", "kind", "zone"].compactMap { alarm[$0]?.text }.joined(separator: " ")
            }
        }
    }
}
