import Devices
import Foundation
import Ingest
import MQTT
import Store
import Telemetry
import Testing
import Workload

/// Devices' own formats the whole way: masked, decoded, folded, answered and quarantined, as the service wires it.
@Suite("Native messages through the fold")
struct NativeFoldTests {
    private static let received: EventTime = 1_795_200_000_000
    private static let setup: Folding.Setup = {
        var setup = Folding.Setup(
            plan: ZonePlan(municipalities: [
                .init(number: "3407", name: "Gjøvik", zones: [.init(id: "biri", name: "Biri")], registry: [.init(device: "12345", zone: "biri")])
            ]),
            receipts: ["3407/a": .all]
        )
        setup.foreign = ForeignTopics([.init(filter: "gateway/+/scaip/#", municipality: "3407", source: "a", codec: "scaip")])
        return setup
    }()

    static let alarm = "<mrq><ref>r1</ref><cid>123 45</cid><dty>3</dty><stc>10</stc><pri>12</pri></mrq>"

    /// A service without broker and disk.
    private final class World {
        let intake: Intake
        let folding: Folding
        private var position: Int64 = 0

        init(_ setup: Folding.Setup = NativeFoldTests.setup) {
            intake = Intake(foreign: setup.foreign)
            folding = Folding(setup: setup, hashKey: 7)
        }

        struct Receipt: Decodable, Equatable {
            struct Rejected: Decodable, Equatable {
                var index: Int
                var id: String?
                var reason: String
            }
            var events, accepted, duplicates: Int
            var rejected: [Rejected]
            var ids: [String?]
        }

        func prepare(_ payload: [UInt8], on topic: String) throws -> JournalMessage {
            let inbound = InboundMessage(topic: topic, payload: payload, isRetained: false)
            return try #require(intake.prepare(inbound, received: NativeFoldTests.received))
        }

        func send(_ text: String, on topic: String = "vaktlast/v1/3407/a/native/scaip") throws -> Receipt {
            try #require(try send(bytes: Array(text.utf8), on: topic)).receipt
        }

        func send(bytes: [UInt8], on topic: String) throws -> (topic: String, receipt: Receipt)? {
            var message = try prepare(bytes, on: topic)
            position += 1
            message.position = position
            guard let (topic, payload) = folding.fold(message) else { return nil }
            return (topic, try JSONDecoder().decode(Receipt.self, from: Data(payload)))
        }

        func commit() throws -> ViewsCommit { try #require(folding.takeCommit(outbox: [])) }
    }

    /// The shipped smoke detector, registered.
    private static func smokeWorld() throws -> World {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        var setup = Folding.Setup(
            plan: ZonePlan(municipalities: [
                .init(
                    number: "3407",
                    name: "Gjøvik",
                    zones: [.init(id: "biri", name: "Biri")],
                    registry: [.init(device: "hall", zone: "biri", profile: "smoke-detector-zigbee")]
                )
            ]),
            receipts: ["3407/a": .all]
        )
        setup.registered = RegisteredProfiles(setup.plan)
        setup.profiles = try DeviceProfiles.load(root.appendingPathComponent("devices").path)
        return World(setup)
    }

    @Test("a device's message that comes again later, when other things are remembered, is a copy and raises nothing")
    func copiesAfterChanges() throws {
        let world = try Self.smokeWorld()
        func message(_ minute: Int, _ smoke: Bool) -> String {
            #"{"smoke":\#(smoke),"battery":80,"last_seen":\#(Self.received - 3_600_000 + Int64(minute) * 60_000)}"#
        }
        func send(_ text: String) throws -> World.Receipt { try world.send(text, on: "vaktlast/v1/3407/a/native/zigbee2mqtt/hall") }
        let messages = [false, true, true, false, true, false, true].enumerated().map { message($0.offset, $0.element) }
        let first = try messages.map(send)
        #expect(first.allSatisfy { $0.accepted > 0 && $0.duplicates == 0 && $0.rejected.isEmpty })
        let alarms = try world.commit().changes.alarms.count
        #expect(alarms == 3)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<5 {
            for text in messages.shuffled(using: &random) {
                let copy = try send(text)
                #expect(copy.accepted == 0 && copy.duplicates > 0, "\(text): \(copy)")
            }
        }
        #expect(try world.commit().changes.alarms.isEmpty)
    }

    @Test("an alarm counts once, in its device's zone, and what was odd stands in the ledger")
    func alarm() throws {
        let world = World()
        let first = try world.send(Self.alarm)
        #expect(first == .init(events: 1, accepted: 1, duplicates: 0, rejected: [], ids: ["scaip:12345:r1"]))
        // The same again, written another way.
        let second = try world.send("<mrq><stc>0010</stc><dty>03</dty><cid>12345</cid><ref>r1</ref></mrq>", on: "vaktlast/v1/3407/a/native/scaip/unit/7")
        #expect(second == .init(events: 1, accepted: 0, duplicates: 1, rejected: [], ids: ["scaip:12345:r1"]))
        let commit = try world.commit()
        let alarm = try #require(commit.changes.alarms.first)
        #expect(commit.changes.alarms.count == 1 && commit.quarantine.isEmpty)
        #expect(alarm.alarm == "scaip:12345:r1" && alarm.zone == "biri" && alarm.device == "12345" && alarm.kind == .manual && alarm.priority == nil)
        #expect(alarm.steps.map(\.t) == [Self.received] && alarm.steps.map(\.flag) == [.noClock])
        let ledger = try #require(commit.changes.ledgers.first?.record)
        #expect(ledger.messages == 2 && ledger.accepted == 1 && ledger.duplicates == 1 && ledger.noClock == 1)
        #expect(ledger.oddities == ["scaip:cid-with-spaces": 1, "scaip:bad-pri": 1])
    }

    @Test(
        "what no codec takes is refused as one event, with the bytes that came as its excerpt",
        arguments: [
            ("native/scaip", "<mrq><cid>1</cid></mrq>", "codec:missing ref"), ("native/scaip/x", "{}", "codec:no whole XML document"),
            ("native/dc09", "0000000B\"SIA-DCS\"1", "codec:wrong crc"), ("native/modbus", "01", "unknown-codec"), ("native/SCAIP", "<mrq/>", "unknown-codec"),
            ("native", "x", "unknown-codec"), ("native/", "x", "unknown-codec"), ("native/scaip", "", "codec:no whole XML document"),
        ]
    )
    func refused(_ channel: String, _ text: String, _ reason: String) throws {
        let world = World()
        let receipt = try world.send(text, on: "vaktlast/v1/3407/a/\(channel)")
        #expect(receipt == .init(events: 1, accepted: 0, duplicates: 0, rejected: [.init(index: 0, id: nil, reason: reason)], ids: [nil]))
        let commit = try world.commit()
        let row = try #require(commit.quarantine.first)
        #expect(row.reason == reason && row.excerpt == text && row.index == 0 && row.municipality == "3407" && row.id == nil)
        #expect(commit.changes.ledgers.first?.record.rejected == 1 && commit.changes.ledgers.first?.record.received == 1)
    }

    @Test("a compressed message is unpacked first; several codes of a frame are several events, some of them copies")
    func packedFrame() throws {
        let text = "BD780061\"SIA-DCS\"0045L0#1234[#1234|Nri1/BA01/FA02^Kj\u{F8}kken/vest^/PR3][I^x^][X012W34.1]_14:12:07,11-20-2026"
        let frame = text.unicodeScalars.map { UInt8($0.value) }
        let world = World()
        let ids = ["dc09:1234:0045:BD78", "dc09:1234:0045:BD78:2", "dc09:1234:0045:BD78:3"]
        let packed = try #require(try world.send(bytes: gzipped(frame), on: "vaktlast/v1/3407/a/native/dc09")).receipt
        #expect(packed == .init(events: 3, accepted: 3, duplicates: 0, rejected: [], ids: ids))
        let plain = try #require(try world.send(bytes: [10] + frame + [13], on: "vaktlast/v1/3407/a/native/dc09")).receipt
        #expect(plain == .init(events: 3, accepted: 0, duplicates: 3, rejected: [], ids: ids))
        let commit = try world.commit()
        #expect(commit.changes.alarms.map(\.alarm).sorted() == Array(ids.prefix(2)))
        // 2026-11-20T14:12:07Z
        #expect(commit.changes.alarms.allSatisfy { $0.steps.map(\.t) == [1_795_183_927_000] && $0.steps.map(\.flag) == [nil] })
    }

    private func gzipped(_ content: [UInt8]) -> [UInt8] {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in content {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        func little(_ number: UInt32, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
        let size = UInt32(content.count)
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1] + little(size, 2) + little(~size, 2) + content + little(~crc, 4) + little(size, 4)
    }

    // MARK: - Personal data

    @Test("a national identity number anywhere refuses the message, and is found nowhere")
    func personal() throws {
        let number = "01017000027"
        let texts = [
            "<mrq><ref>r1</ref><cid>\(number)</cid><dty>3</dty><stc>10</stc></mrq>",
            "<mrq><ref>r1</ref><cid>1</cid><dty>3</dty><stc>10</stc><lte>Kari 010170 00027</lte></mrq>",
        ]
        var messages = texts.map { Array($0.utf8) }
        // In UTF-16 the digits stand apart.
        messages.append([0xFF, 0xFE] + texts[0].utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 255), UInt8(unit >> 8)] })
        messages.append(gzipped(Array(texts[1].utf8)))
        // Neither a byte that is a letter in Latin-1 nor the looks of UTF-16 hide a number.
        messages.append([0x78, 0, 0xE8] + Array("\(number) 010170 00027".utf8))
        messages.append([0] + Array(texts[1].utf8))
        for bytes in messages {
            let world = World()
            let prepared = try world.prepare(bytes, on: "vaktlast/v1/3407/a/native/scaip")
            #expect(prepared.personal == [0])
            let kept = String(decoding: prepared.payload, as: UTF8.self)
            #expect(kept.contains("***********") && !kept.contains(number) && !kept.contains("00027"))
            let receipt = try #require(try world.send(bytes: bytes, on: "vaktlast/v1/3407/a/native/scaip")).receipt
            #expect(receipt.rejected == [.init(index: 0, id: nil, reason: "personal-data")])
            #expect(try world.commit().quarantine.first?.excerpt == kept.replacing("\0", with: "\u{FFFD}"))
        }
    }

    @Test("a number in the topic, which a codec may take a device's name from, refuses the message")
    func personalTopic() throws {
        let world = World()
        for topic in ["gateway/01017000027/scaip", "vaktlast/v1/3407/a/native/scaip/01017000027"] {
            let (_, receipt) = try #require(try world.send(bytes: Array(Self.alarm.utf8), on: topic))
            #expect(receipt.rejected == [.init(index: 0, id: nil, reason: "personal-data")])
        }
        #expect(try world.commit().quarantine.map(\.topic) == ["gateway/***********/scaip", "vaktlast/v1/3407/a/native/scaip/***********"])
    }

    @Test("a number that the format's own writing hides refuses the event, masked")
    func hiddenNumber() throws {
        for cid in ["0101 7000027", "&#48;1017000027", "010<!-- -->17000027", "010<![CDATA[170]]>00027"] {
            let world = World()
            let receipt = try world.send("<mrq><ref>r1</ref><cid>\(cid)</cid><dty>3</dty><stc>10</stc></mrq>")
            #expect(receipt.rejected == [.init(index: 0, id: "scaip:***********:r1", reason: "personal-data")])
            #expect(receipt.ids == ["scaip:***********:r1"])
        }
    }

    // MARK: - Foreign trees

    @Test("a foreign tree is read by its mapping; receipts go to the source's own topic")
    func foreign() throws {
        let world = World()
        let (topic, receipt) = try #require(try world.send(bytes: Array(Self.alarm.utf8), on: "gateway/7/scaip"))
        #expect(topic == "vaktlast/v1/3407/a/receipt" && receipt.accepted == 1)
        #expect(try world.send(Self.alarm).duplicates == 1)
        #expect(world.intake.prepare(InboundMessage(topic: "gateway/7/other", payload: [1], isRetained: false), received: 0) == nil)
        #expect(world.intake.prepare(InboundMessage(topic: "gateway/7/scaip", payload: [], isRetained: true), received: 0) == nil)
        #expect(try #require(try world.send(bytes: Array("x".utf8), on: "gateway/7/scaip/y")).receipt.rejected.first?.reason == "codec:no whole XML document")
        #expect(try world.commit().quarantine.map(\.topic) == ["gateway/7/scaip/y"])
    }

    @Test("what came from a tree that is no longer configured waits in quarantine, and counts when it is again")
    func removedTree() throws {
        var without = Self.setup
        without.foreign = ForeignTopics()
        let configured = World()
        var message = try configured.prepare(Array(Self.alarm.utf8), on: "gateway/7/scaip")
        message.position = 1
        let folding = Folding(setup: without, hashKey: 7)
        #expect(folding.fold(message) == nil)
        let commit = try #require(folding.takeCommit(outbox: []))
        #expect(commit.quarantine.map(\.reason) == ["bad-topic"] && commit.quarantine.first?.municipality == nil && commit.changes.ledgers.isEmpty)
        #expect(configured.folding.fold(message) != nil && configured.folding.counts.accepted == 1)
    }

    @Test("without a setting of its own, a native source is told of rejections alone")
    func receiptDefault() throws {
        let world = World()
        #expect(try world.send(bytes: Array(Self.alarm.utf8), on: "vaktlast/v1/3407/other/native/scaip") == nil)
        #expect(try world.send(bytes: [1], on: "vaktlast/v1/3407/other/native/scaip") != nil)
    }

    // MARK: - Views

    @Test("oddities and the codecs' memory stand in the views, over a restart and made anew")
    func views() throws {
        let folder = NSTemporaryDirectory() + "vaktlast-native-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let world = World()
        let messages = try (1...6).map { number in
            var message = try world.prepare(Array(Self.alarm.replacing("r1", with: "r\(number)").utf8), on: "vaktlast/v1/3407/a/native/scaip")
            message.position = Int64(number)
            return message
        }
        var views = try Views(folder: folder, hashKey: 7) { _ in }
        var folding = try Folding(setup: Self.setup, hashKey: 7, views: views)
        for message in messages {
            _ = folding.fold(message)
            try views.write(#require(folding.takeCommit(outbox: [])))
            try views.close()
            views = try Views(folder: folder, hashKey: 7) { _ in }
            folding = try Folding(setup: Self.setup, hashKey: 7, views: views)
        }
        let record = try #require(try ViewsReader(folder: folder).ledgers(municipality: "3407").value.first?.record)
        #expect(record.oddities == ["scaip:cid-with-spaces": 6, "scaip:bad-pri": 6] && record.accepted == 6)
        let row = DeviceMemoryRow(municipality: "3407", source: "a", device: "d", path: "$.contact", value: "true", message: "m1", previous: nil)
        var commit = ViewsCommit(
            position: 7,
            received: 0,
            changes: StateChanges(),
            quarantine: [],
            outbox: [],
            replacesFigures: false,
            planFingerprint: 1,
            deviceMemory: [row]
        )
        try views.write(commit)
        #expect(try views.deviceMemory() == [row])
        commit.deviceMemory[0].previous = "false"
        try views.write(commit)
        #expect(try views.deviceMemory() == commit.deviceMemory)
        try views.clear(hashKey: 7)
        #expect(try views.deviceMemory().isEmpty)
        try views.close()
    }

    @Test("a source has at most a hundred words for what is odd")
    func manyWords() {
        var state = State(plan: ZonePlan(municipalities: []), hashKey: 7)
        let message = state.begin(position: 1, received: 0, municipality: "3407", source: "a", isHistory: false)
        state.count(oddities: (0..<150).map { "x:word-\($0)" } + ["x:word-3"], in: message)
        let oddities = state.takeChanges().ledgers[0].record.oddities
        #expect(oddities.count == 101 && oddities["…"] == 50 && oddities["x:word-3"] == 2)
    }
}
