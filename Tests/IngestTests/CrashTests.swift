import Foundation
import Ingest
import Logging
import MQTT
import Store
import Telemetry
import Testing
import Workload

@Suite("The end between any two steps of gate, fold and views")
struct CrashTests {
    private static let received: EventTime = 1_790_000_000_000
    private static let root = "\(Topic.root)/3407/a"
    private static let heartbeats = 1...7

    @Test("wherever the process ends, the next one counts every event once and gives every receipt")
    func everyStep() throws {
        var names: Set<String> = []
        var crashes = 0
        for crashAt in 0..<200 {
            let folder = NSTemporaryDirectory() + "vaktlast-crash-\(UUID().uuidString.prefix(8))"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let world = CrashingWorld()
            Self.sendAll(world)
            world.begin(crashAt: crashAt)
            try live(world, folder)
            names.formUnion(world.steps)
            let hasCrashed = world.hasCrashed
            world.begin(crashAt: .max)
            try live(world, folder)
            try check(world, folder, "ended before step \(crashAt)")
            if !hasCrashed { break }
            crashes += 1
        }
        let kinds: Set = ["read alarm", "read rest", "journal", "acknowledge alarm", "acknowledge rest", "send receipt", "receipt arrived", "views"]
        #expect(names == kinds)
        #expect(crashes > 20 && crashes < 199, "every step was the last one once")
    }

    private static func sendAll(_ world: CrashingWorld) {
        func event(_ type: String, _ id: String, _ data: String, sequence: Int) -> String {
            #"{"specversion":"1.0","id":"\#(id)","source":"t","type":"no.vaktlast.\#(type)","sequence":"\#(sequence)","time":"2026-09-21T14:10:00Z","data":{\#(data)}}"#
        }
        for number in heartbeats {
            world.send(event("device.heartbeat", "h-\(number)", #""device":"d","zone":"biri""#, sequence: number), on: "\(root)/telemetry")
        }
        world.send(event("alarm.raised", "r", #""device":"d","zone":"biri","alarm":"x","kind":"fall""#, sequence: 8), on: "\(root)/alarm")
        world.send(event("alarm.answered", "s", #""alarm":"x","voice":true"#, sequence: 9), on: "\(root)/alarm")
        world.send(event("alarm.closed", "c", #""alarm":"x","outcome":"resolved-by-voice""#, sequence: 10), on: "\(root)/alarm")
    }

    /// A process from start to its end, by crash or in order when there is nothing left to do.
    private func live(_ world: CrashingWorld, _ folder: String) throws {
        let plan = ZonePlan(municipalities: [.init(number: "3407", name: "Gjøvik", zones: [.init(id: "biri", name: "Biri")])])
        let settings = Pump.Settings(
            instance: "t",
            dataFolder: folder,
            broker: BrokerSettings(host: "127.0.0.1", port: 1, clientID: "t"),
            folding: .init(plan: plan, receipts: ["3407/a": .all])
        )
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let pump = try Pump(settings: settings, log: log, seams: world.seams, clock: { Self.received }) { Issue.record("\($0)") }
        pump.start()
        let end = Date(timeIntervalSinceNow: 20)
        while !world.hasCrashed {
            let status = pump.status.current
            if world.isDelivered, status.journalPosition > 0, status.viewPosition == status.journalPosition, status.receiptsPending == 0 { break }
            try #require(Date() < end, "\(status) after \(world.steps)")
            usleep(1000)
        }
        pump.stop()
    }

    private func check(_ world: CrashingWorld, _ folder: String, _ comment: Comment) throws {
        let reader = try ViewsReader(folder: folder)
        let ledger = try #require(try reader.ledgers(municipality: "3407").value.first, comment).record
        #expect(ledger.accepted == 10, comment)
        #expect(ledger.received == ledger.accepted + ledger.duplicates, comment)
        #expect(ledger.missing.isEmpty, comment)
        #expect(ledger.sequenceReuse == 0, comment)
        let instant: EventTime = 1_789_999_800_000
        let quarter = instant / 900_000 * 900_000
        let cells = try reader.cells(municipality: "3407", from: quarter, to: quarter + 900_000).value
        let sum = cells.reduce(into: Measures()) { $0.add($1.measures) }
        #expect(sum.heartbeats == 7 && sum.raised == 1 && sum.answered == 1 && sum.closed == 1, comment)
        for id in Self.heartbeats.map({ "h-\($0)" }) + ["r", "s", "c"] {
            #expect(world.receipts.contains { $0.contains("\"\(id)\"") }, "\(id) has no receipt; \(comment)")
        }
    }
}
