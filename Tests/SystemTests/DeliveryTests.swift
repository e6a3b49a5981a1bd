import Foundation
import MQTT
import Simulator
import Testing

/// With a real broker and the built program, one test at a time: each has processes of its own.
@Suite("The running service", .serialized)
enum SystemTests {}

extension SystemTests {
    @Suite("From a message to an answer")
    struct DeliveryTests {
        static let alarmTopic = "vaktlast/v1/3407/a/alarm"

        @Test("a hand-written alarm gets receipts and stands in /alarms and /loads")
        func oneAlarm() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let central = try Central(broker)
            let start = Event.now / 900_000 * 900_000 - 1_800_000
            let steps: [(String, String, Int64, String)] = [
                ("raised", "e1", 0, #","device":"d-1","zone":"biri","kind":"fall""#), ("answered", "e2", 20_000, #","voice":true"#),
                ("dispatched", "e3", 60_000, ""), ("arrived", "e4", 600_000, ""), ("closed", "e5", 1_260_000, #","outcome":"visited""#),
            ]
            for (step, id, after, data) in steps {
                let event = Event.json("alarm.\(step)", id: id, time: Event.time(start + after), #""alarm":"a1"\#(data)"#)
                try central.send(event, on: Self.alarmTopic)
            }
            let last = try central.receipt(naming: "e5")
            #expect(last["accepted"]?.number == 1)
            let position = Int(try #require(last["position"]?.number))
            let period = "from=\(Event.time(start))&to=\(Event.time(start + 3_600_000))&atLeast=\(position)"
            let alarm = try #require(try service.ask("alarms", period)["alarms"]?.elements.first)
            #expect(alarm["state"]?.text == "closed")
            #expect(alarm["intervals"]?["responseMs"]?.number == 1_200_000)
            #expect(alarm["intervals"]?["travelMs"]?.number == 540_000)
            let cells = try #require(try service.ask("loads", period)["cells"]?.elements)
            #expect(cells.count == 2)
            #expect(cells.compactMap { $0["responseMs"]?.number }.reduce(0, +) == 1_200_000)
        }

        @Test("malformed neighbours in a batch harm nobody, and are named")
        func neighbours() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let central = try Central(broker)
            let good = Event.heartbeat(1)
            let batch = [
                good, #"{"specversion":"1.0"}"#, "7", Event.json("alarm.closed", id: "x", #""alarm":"a""#), Event.heartbeat(2),
                Event.json("device.heartbeat", id: "p", #""device":"d","note":"ring 01017000027""#),
            ]
            try central.send("[\(batch.joined(separator: ","))]", on: "vaktlast/v1/3407/a/telemetry")
            let receipt = try central.receipt(naming: "h-2")
            #expect(receipt["accepted"]?.number == 2)
            let reasons = receipt["rejected"]?.elements.compactMap { $0["reason"]?.text } ?? []
            #expect(reasons == ["missing:id", "not-an-event", "missing:outcome", "personal-data"])
            let items = try service.ask("quarantine", "atLeast=1")["items"]?.elements ?? []
            #expect(items.map { $0["index"]?.number } == [1, 2, 3, 5])
            for file in ["journal.db", "journal.db-wal", "views.db", "views.db-wal"] {
                let bytes = FileManager.default.contents(atPath: "\(service.folder)/data/\(file)") ?? Data()
                #expect(bytes.range(of: Data("01017000027".utf8)) == nil, "\(file) holds what was to be masked")
            }
        }

        @Test("MQTT 3.1.1 on both sides", arguments: ["5", "3.1.1"])
        func protocolVersions(version: String) throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker, version: version)
            let central = try Central(broker, version: .v311)
            try central.send(Event.heartbeat(1), on: "vaktlast/v1/3407/a/telemetry")
            #expect(try central.receipt(naming: "h-1")["accepted"]?.number == 1)
            #expect(service.stop() == 0)
        }

        @Test("TLS with a client certificate; a broker of another authority is refused")
        func tls() throws {
            let broker = try Broker(tls: try Certificates())
            let service = try ServiceUnderTest(broker)
            let central = try Central(broker)
            try central.send(Event.heartbeat(1), on: "vaktlast/v1/3407/a/telemetry")
            #expect(try central.receipt(naming: "h-1")["accepted"]?.number == 1)
            service.killHard()
            let yaml = try String(contentsOfFile: "\(service.folder)/vaktlast.yaml", encoding: .utf8)
            let other = try Certificates()
            try yaml.replacing(try #require(broker.tls).ca, with: other.ca)
                .write(toFile: "\(service.folder)/vaktlast.yaml", atomically: true, encoding: .utf8)
            try service.start(waits: false)
            try waitUntil("the log says that the connection failed") { service.log().contains("broker, alarm lane:") }
            try waitUntil("/readyz is 503") { (try? service.get("/readyz").status) == 503 }
        }

        @Test("a simulated week through the broker equals the auditor's recomputation, figure by figure")
        func simulatedWeek() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker, receipts: ["normal-week"])
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            let file = root.path + "/config/scenarios/normal-week.yaml"
            let scenario = try Scenario(yaml: try String(contentsOfFile: file, encoding: .utf8), file: file)
            let source = scenario.source
            try
                "data: ./data\nbroker: {url: \"\(broker.url)\", username: vaktlast, passwordFile: broker.password}\nhttp: {port: \(service.port)}\nsources: [{municipality: \"3407\", source: \(source), receipts: all}]\n"
                .write(toFile: "\(service.folder)/vaktlast.yaml", atomically: true, encoding: .utf8)
            #expect(service.stop() == 0)
            try service.start()
            let central = try Central(broker, source: source)
            let week: Int64 = 7 * 86_400_000
            let start = Event.now / 3_600_000 * 3_600_000 - week
            var simulation = Simulation(scenario: scenario, seed: 5, start: start)
            var events: [[UInt8]] = []
            var sent: [(channel: String, payload: [UInt8])] = []
            while let event = simulation.next(before: start + week) {
                // Alone, in pairs and in threes, on all three channels by turns.
                events.append(event.json)
                if events.count == sent.count % 7 % 3 + 1 {
                    let channel = ["alarm", "telemetry", "history"][sent.count % 3]
                    let payload = events.count == 1 ? events[0] : Array("[".utf8) + events.joined(separator: [UInt8(ascii: ",")]) + Array("]".utf8)
                    try central.send(payload, on: "vaktlast/v1/3407/\(source)/\(channel)")
                    sent.append((channel, payload))
                    events = []
                }
            }
            try central.drain()
            try compare(service, central, sent, source: source, from: start, to: start + week + 3_600_000)
        }

        private func compare(
            _ service: ServiceUnderTest,
            _ central: Central,
            _ sent: [(channel: String, payload: [UInt8])],
            source: String,
            from: Int64,
            to: Int64
        ) throws {
            try waitUntil("every message has a receipt", seconds: 60) {
                _ = central.collect()
                return central.receiptsBySending.count == sent.count
            }
            // Positions tell the order in which the service read.
            var read: [(position: Int64, received: Int64, index: Int)] = []
            for (index, receipt) in central.receiptsBySending {
                #expect(try receipt["ids"]?.elements.map { $0.text ?? "" } == Self.ids(in: sent[index].payload))
                let received = try #require(receipt["received"]?.text.flatMap(Self.milliseconds))
                read.append((Int64(try #require(receipt["position"]?.number)), received, index))
            }
            read.sort { $0.position < $1.position }
            var auditor = Auditor(municipalities: [AuditedMunicipality(number: "3407", zones: ServiceUnderTest.zones, registry: [])])
            for (position, received, index) in read {
                let message = sent[index]
                _ = auditor.read(
                    AuditedMessage(
                        position: position,
                        received: received,
                        topic: "vaktlast/v1/3407/\(source)/\(message.channel)",
                        payload: message.payload
                    )
                )
            }
            let last = try #require(read.last).position
            let (start, end) = (from / 900_000 * 900_000, to / 900_000 * 900_000)
            let period = "from=\(Event.time(start))&to=\(Event.time(end))&atLeast=\(last)"
            for step in [Auditor.Step.quarter, .hour, .day] {
                let cells = try #require(try service.ask("loads", "\(period)&step=\(step.rawValue)")["cells"])
                let expected = auditor.loads(municipality: "3407", from: start, to: end, zone: nil, step: step, publishedFirst: false)
                #expect(expected.count >= 7)
                #expect(AuditValue.array(expected).difference(from: cells, tolerance: 1e-12) == nil, "step \(step.rawValue)")
            }
            let figures = try service.ask("kpis", period)
            #expect(auditor.kpis(municipality: "3407", from: start, to: end).difference(from: figures, tolerance: 1e-12) == nil)
            let sources = try #require(try service.ask("sources", "")["sources"])
            #expect(AuditValue.array(auditor.sources(municipality: "3407")).difference(from: sources, tolerance: 0) == nil)
        }

        private static func ids(in payload: [UInt8]) throws -> [String] {
            let value = try #require(AuditValue(json: payload))
            if case .array(let events) = value { return events.map { $0["id"]?.text ?? "" } }
            return [value["id"]?.text ?? ""]
        }

        private static func milliseconds(_ text: String) -> Int64? {
            let formatter = ISO8601DateFormatter()
            formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
            return formatter.date(from: text).map { Int64(($0.timeIntervalSince1970 * 1000).rounded()) }
        }
    }
}
