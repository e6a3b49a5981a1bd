import Foundation
import Ingest
import Store
import Telemetry
import Testing
import Workload

/// What is read again beside the views takes their place whole, or not at all.
@Suite("Reading refused messages again")
struct ReplayTests {
    private static let plan = ZonePlan(municipalities: [
        .init(number: "3407", name: "Gjøvik", zones: [.init(id: "biri", name: "Biri")], registry: [.init(device: "12345", zone: "biri")])
    ])

    /// Before its cause is mended, a tree of others leads nowhere.
    private static func setup(isMended: Bool) -> Folding.Setup {
        var setup = Folding.Setup(plan: plan, receipts: ["3407/a": .all])
        if isMended { setup.foreign = ForeignTopics([.init(filter: "gateway/+/scaip/#", municipality: "3407", source: "a", codec: "scaip")]) }
        return setup
    }

    private static let messages: [JournalMessage] = [
        ("vaktlast/v1/3407/a/telemetry", heartbeat("h1")), ("gateway/1/scaip/1", NativeFoldTests.alarm), ("vaktlast/v1/3407/a/telemetry", "{"),
        ("vaktlast/v1/3407/a/telemetry", heartbeat("h2")),
    ].enumerated().map { place, message in
        JournalMessage(position: Int64(place) + 1, received: 1_795_200_000_000 + Int64(place), topic: message.0, payload: Array(message.1.utf8))
    }

    private static func heartbeat(_ id: String) -> String {
        #"{"specversion":"1.0","id":"\#(id)","source":"a","type":"no.vaktlast.device.heartbeat","time":"2026-11-20T17:00:00Z","data":{"device":"12345"}}"#
    }

    private let folder = NSTemporaryDirectory() + "vaktlast-replay-\(UUID().uuidString)"

    /// Views of messages in a folder of their own; `outbox` as if a receipt were under way.
    private func views(_ name: String, isMended: Bool, count: Int = messages.count, outbox: [OutboxEntry] = []) throws -> Views {
        let path = "\(folder)/\(name)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let views = try Views(folder: path, hashKey: 7) { _ in }
        let folding = try Folding(setup: Self.setup(isMended: isMended), hashKey: 7, views: views)
        for message in Self.messages.prefix(count) { _ = folding.fold(message) }
        try views.write(#require(folding.takeCommit(outbox: outbox)))
        return views
    }

    /// All that a reader of the views can see of Gjøvik, in parts; those of dictionaries have no order of their own.
    private func seen(_ name: String) throws -> [[String]] {
        let reader = try ViewsReader(folder: "\(folder)/\(name)")
        let cells = try reader.cells(municipality: "3407", from: 0, to: .max / 2)
        let texts = [
            "\(try reader.alarms(municipality: "3407", from: 0, to: .max / 2).value)", "\(try reader.ledgers(municipality: "3407").value)", "\(cells.value)",
            "\(try reader.quarantine(municipality: "3407").value)", "\(try reader.quarantine(municipality: nil).value)",
            "\(try reader.devicesSeen(municipality: "3407", after: nil, limit: 9).value)", "\(cells.position)",
        ]
        return texts.map { text in text.split(whereSeparator: { ",[]()".contains($0) }).map { $0.trimmingCharacters(in: .whitespaces) }.sorted() }
    }

    @Test("what could not be read counts as if its cause had never been, a receipt under way stays, and what is still wrong stays refused")
    func adopting() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let receipt = OutboxEntry(number: 3, position: 1, topic: "t", payload: [1], correlation: nil)
        let shown = try views("shown", isMended: false, outbox: [receipt])
        let again = try views("again", isMended: true)
        let before = try seen("shown")
        #expect(before != (try seen("again")))
        let counts = try shown.adopt(folder: "\(folder)/again")
        #expect(counts.accepted == 1 && counts.remaining == 1)
        #expect(try seen("shown") == (try seen("again")))
        #expect(try shown.stored().outbox == [receipt] && shown.stored().planFingerprint == again.stored().planFingerprint)
        #expect(try ViewsReader(folder: "\(folder)/shown").alarms(municipality: "3407", from: 0, to: .max / 2).value.count == 1)
        // A fold goes on from it as from any views.
        let folding = try Folding(setup: Self.setup(isMended: true), hashKey: 7, views: shown)
        #expect(folding.position == Int64(Self.messages.count))
    }

    @Test("views of another position are not taken, and what is shown stays", arguments: [3, 2, 1])
    func mismatch(count: Int) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let shown = try views("shown", isMended: false)
        _ = try views("again", isMended: true, count: count)
        let before = try seen("shown")
        #expect(throws: StoreError.self) { try shown.adopt(folder: "\(folder)/again") }
        #expect(try seen("shown") == before)
    }
}
