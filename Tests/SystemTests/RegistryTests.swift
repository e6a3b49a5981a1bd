import Foundation
import MQTT
import Simulator
import Testing

extension SystemTests {
    @Suite("Registry and silent devices")
    struct RegistryTests {
        /// Sends signs of life.
        private final class Homes {
            let central: Central
            let source: String
            private var sent = 0

            init(_ broker: Broker, source: String) throws {
                self.source = source
                central = try Central(broker, source: source)
            }

            func beat(_ devices: [String], battery: Int = 80) throws {
                let events = devices.map { device in
                    sent += 1
                    return Event.json("device.heartbeat", id: "\(source)-\(sent)", sequence: sent, #""device":"\#(device)","battery":\#(battery)"#)
                }
                try central.send("[\(events.joined(separator: ","))]", on: "vaktlast/v1/3407/\(source)/telemetry")
                _ = central.collect()
            }
        }

        private func overdue(_ service: ServiceUnderTest) throws -> (devices: [String], outages: [String]) {
            let answer = try service.ask("devices", "overdue=true")
            let outages = answer["outages"]?.elements.map { outage in
                "\(outage["scope"]?.text ?? "") \(outage["name"]?.text ?? "") \(Int(outage["devices"]?.number ?? -1))"
            }
            return (answer["devices"]?.elements.compactMap { $0["device"]?.text } ?? [], outages ?? [])
        }

        @Test("devices that fall silent are overdue after their profile's time, many together are one outage on the live board; heard again they are neither")
        func silence() throws {
            let broker = try Broker()
            let inBiri = (1...12).map { "biri-\($0)" }
            let inHaugtun = (1...4).map { "haugtun-\($0)" }
            let rows = inBiri.map { "\($0);biri;fast" } + inHaugtun.map { "\($0);haugtun;fast" } + ["slow-1;haugtun;slow", "plain-1;haugtun;"]
            let service = try ServiceUnderTest(
                broker,
                registry: "device;zone;profile\n" + rows.joined(separator: "\n") + "\n",
                heartbeats: ["fast": "PT6S", "slow": "PT26H"]
            )
            let (gateway, haugtun) = (try Homes(broker, source: "a"), try Homes(broker, source: "b"))
            let board = try InboundSession(settings: broker.central("board"), filters: ["vaktlast/v1/3407/zone/biri/live"])
            try board.connect()
            var live: AuditValue?
            func keepAlive(_ biri: [String], _ other: [String]) throws {
                if !biri.isEmpty { try gateway.beat(biri) }
                try haugtun.beat(other)
                for message in board.read(countMax: 100, bytesMax: 1 << 20) { live = AuditValue(json: message.payload) ?? live }
                board.flush()
                board.keepAlive()
                usleep(300_000)
            }
            for _ in 0..<5 { try keepAlive(inBiri, inHaugtun) }
            #expect(try overdue(service).devices == [])

            // The gateway falls silent, and one device in Haugtun.
            try waitUntil("one outage and one silent device: \((try? overdue(service)).map { "\($0)" } ?? "")") {
                try keepAlive([], Array(inHaugtun.dropLast()))
                let (devices, outages) = try overdue(service)
                return outages == ["source a 12"] && devices == (inBiri + ["haugtun-4"]).sorted()
            }
            try waitUntil("the board says so: \(live.map { "\($0)" } ?? "")") {
                try keepAlive([], Array(inHaugtun.dropLast()))
                return live?["devicesOverdue"]?.number == 12 && live?["outages"]?.elements.first?["devices"]?.number == 12
            }
            #expect(try service.metric("vaktlast_outages") == 1)
            #expect(try service.metric("vaktlast_devices_overdue") == 13)
            #expect(try service.metric("vaktlast_devices_watched") == 17)
            let all = try service.ask("devices", "")["devices"]?.elements ?? []
            let one = try #require(all.first { $0["device"]?.text == "biri-3" })
            #expect(one["profile"]?.text == "fast" && one["zone"]?.text == "biri" && one["outage"] == .bool(true))
            let since = try #require(one["overdueSince"]?.text), seen = try #require(one["lastSeen"]?.text)
            #expect(since > seen)
            #expect(all.first { $0["device"]?.text == "plain-1" }?["overdue"] == .null)
            #expect(all.first { $0["device"]?.text == "haugtun-4" }?["outage"] == .bool(false))

            try waitUntil("all are heard again: \((try? overdue(service)).map { "\($0)" } ?? "")") {
                try keepAlive(inBiri, inHaugtun)
                let now = try overdue(service)
                return now.devices.isEmpty && now.outages.isEmpty && live?["devicesOverdue"]?.number == 0
            }
            // Faults and a low battery, at once.
            try haugtun.beat(["haugtun-1"], battery: 9)
            try haugtun.central.send(
                Event.json("device.fault", id: "f", #""device":"haugtun-1","fault":"tamper""#),
                on: "vaktlast/v1/3407/b/telemetry"
            )
            try waitUntil("fault and battery are shown") {
                try keepAlive(inBiri, [])
                let device = try service.ask("devices", "")["devices"]?.elements.first { $0["device"]?.text == "haugtun-1" }
                return device?["faults"]?.elements.first?["fault"]?.text == "tamper" && device?["battery"]?["low"] == .bool(true)
            }
            #expect(try service.get("/na").status == 200)
        }

        @Test("a device that moves is moved in the running service: its alarm follows, its counts stay, and a broken file changes nothing")
        func moved() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker, registry: "device;zone\nd-1;biri\n")
            let homes = try Homes(broker, source: "a")
            for _ in 0..<10 { try homes.beat(["d-1"]) }
            try homes.central.send(Event.json("alarm.raised", id: "raised", #""device":"d-1","alarm":"x","kind":"fall""#), on: "vaktlast/v1/3407/a/alarm")
            _ = try homes.central.receipt(naming: "raised")
            try waitUntil("the alarm is where its device is") { try zone(ofAlarm: service) == "biri" }

            let today = String(Event.time(Event.now - 86_400_000).prefix(10))
            let file = "\(service.folder)/moved.csv"
            try "enhet;sone;fra\r\nd-1;haugtun;\(today)\r\n".write(toFile: file, atomically: true, encoding: .utf8)
            let imported = try service.command(["devices", "import", file, "--municipality", "3407"])
            #expect(imported.status == 0 && imported.output.contains("1 moved"), "\(imported.output)")
            try waitUntil("the alarm follows; log: \(service.log())") { try zone(ofAlarm: service) == "haugtun" }
            try waitUntil("the heartbeats stay") { try heartbeats(service) == ["biri": 10] }
            try homes.beat(["d-1"])
            try waitUntil("new ones are in the new zone") { try heartbeats(service) == ["biri": 10, "haugtun": 1] }
            let listed = try service.command(["devices", "list", "--municipality", "3407"])
            #expect(listed.output.contains("d-1;biri;;;;;\(today);") && listed.output.contains("d-1;haugtun;;;;\(today);;"), "\(listed.output)")

            // Under a recording's key: its pseudonyms, and nothing else that names a device.
            let (key, digits) = ("\(service.folder)/key", String(repeating: "5a", count: 32))
            try Data(digits.utf8).write(to: URL(fileURLWithPath: key))
            let pseudonym = Pseudonyms(key: [UInt8](repeating: 0x5A, count: 32)).device("d-1")
            let hidden = try service.command(["devices", "list", "--municipality", "3407", "--key-file", key])
            #expect(hidden.output.hasPrefix("device;zone;profile;dwelling;step;from;to\n"), "\(hidden.output)")
            #expect(hidden.output.contains("\(pseudonym);biri;;;;;\(today)\n\(pseudonym);haugtun;;;;\(today);\n"), "\(hidden.output)")
            #expect(!hidden.output.contains("d-1"), "\(hidden.output)")

            // Over the API, with a bad row, and in another zone that does not hold.
            let bad = try service.post("/api/v1/devices?municipality=3407", "device;zone\nd-2;biri\nd-3;mars\n")
            #expect(bad.status == 422)
            #expect(AuditValue(json: Array(bad.body))?["rows"]?.elements.first?["line"]?.number == 3)
            let partial = try service.post("/api/v1/devices?municipality=3407&partial=true", "device;zone\nd-2;biri\nd-3;mars\n")
            #expect(partial.status == 200, "\(String(decoding: partial.body, as: UTF8.self))")
            try homes.beat(["d-2"])
            try waitUntil("it is in force at once") { try heartbeats(service) == ["biri": 11, "haugtun": 1] }

            let registry = "\(service.folder)/municipalities/3407-gjovik/devices.csv"
            let good = try String(contentsOfFile: registry, encoding: .utf8)
            try (good + "d-4;mars;;;;;\n").write(toFile: registry, atomically: true, encoding: .utf8)
            try waitUntil("the broken file is refused; log: \(service.log())") { try service.metric("vaktlast_registry_refused") == 1 }
            #expect(service.log().contains("devices.csv:5: zone «mars»"), "\(service.log())")
            try homes.beat(["d-2"])
            try waitUntil("the registry before is in force") { try heartbeats(service) == ["biri": 12, "haugtun": 1] }
            try (good + "d-4;snertingdal;;;;;\n").write(toFile: registry, atomically: true, encoding: .utf8)
            try waitUntil("the mended one is taken; log: \(service.log())") { service.log().contains("registry taken: 4 rows") }
            #expect(try service.metric("vaktlast_registry_refused") == 0)
            #expect(service.log().contains("devices.csv is whole again"))
            try homes.beat(["d-4"])
            try waitUntil("and in force") { try heartbeats(service) == ["biri": 12, "haugtun": 1, "snertingdal": 1] }
        }

        @Test("kill -9 while a new registry is taken: nothing is lost, nothing counted twice, and the alarm is where the registry says")
        func killed() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker, registry: "device;zone;from\nd-1;biri;2020-01-01\n")
            let homes = try Homes(broker, source: "a")
            try homes.central.send(Event.json("alarm.raised", id: "raised", #""device":"d-1","alarm":"x","kind":"fall""#), on: "vaktlast/v1/3407/a/alarm")
            _ = try homes.central.receipt(naming: "raised")
            var generator = SystemRandomNumberGenerator()
            let rounds = 12
            for round in 0..<rounds {
                for _ in 0..<20 { try homes.beat(["d-1"]) }
                let zone = ServiceUnderTest.zones[(round + 1) % 3]
                // Written whole beside, as an import does; the service looks by itself.
                try service.write("municipalities/3407-gjovik/devices.new", "device;zone;from\nd-1;\(zone);2020-01-01\n")
                rename("\(service.folder)/municipalities/3407-gjovik/devices.new", "\(service.folder)/municipalities/3407-gjovik/devices.csv")
                usleep(UInt32.random(in: 1_000_000...2_300_000, using: &generator))
                service.killHard()
                try service.start()
            }
            try homes.central.drain()
            try waitUntil("everything is counted once") { try service.ledger("a")?["accepted"]?.number == Double(rounds * 20 + 1) }
            try waitUntil("so are the heartbeats") { try heartbeats(service).values.reduce(0, +) == rounds * 20 }
            try waitUntil("the alarm is where the registry says") { try zone(ofAlarm: service) == ServiceUnderTest.zones[rounds % 3] }
            #expect(try service.ledger("a")?["missing"]?.elements.isEmpty == true)
        }

        private var period: String {
            let day: Int64 = 86_400_000
            let today = Event.now / day * day
            return "from=\(Event.time(today - day))&to=\(Event.time(today + 2 * day))"
        }

        private func zone(ofAlarm service: ServiceUnderTest) throws -> String? {
            try service.ask("alarms", period)["alarms"]?.elements.first?["zone"]?.text
        }

        private func heartbeats(_ service: ServiceUnderTest) throws -> [String: Int] {
            var sums: [String: Int] = [:]
            for cell in try service.ask("loads", "\(period)&step=P1D")["cells"]?.elements ?? [] {
                let count = Int(cell["heartbeats"]?.number ?? 0)
                if count > 0 { sums[cell["zone"]?.text ?? "", default: 0] += count }
            }
            return sums
        }
    }
}
