import Devices
import Foundation
import Ingest
import Store
import Telemetry
import Testing
import Workload

/// The views are a function of the journal: folded live with restarts, or made anew, they hold the same bytes.
@Suite("Rebuilding the views")
struct RebuildTests {
    private static let setup = Folding.Setup(
        plan: ZonePlan(municipalities: [
            .init(
                number: "3407",
                name: "Gjøvik",
                zones: ["biri", "haugtun", "nordbyen"].map { .init(id: $0, name: $0) },
                registry: (0..<500).map { .init(device: "d-\($0)", zone: "biri", profile: "button") }
            ),
            .init(number: "3440", name: "Øyer", zones: [.init(id: "biri", name: "Biri")]),
        ]),
        profiles: [
            DeviceProfile(
                id: "button",
                nameNorwegian: "Knapp",
                nameEnglish: "Button",
                technology: .safetyAlarm,
                ladderStep: 2,
                codec: nil,
                heartbeatMilliseconds: 3_600_000,
                battery: (15, 25)
            )
        ]
    )
    /// All but the numbers of changes (`change_number`, `day_change`), which tell how often the rows were written: that is no content.
    private static let tables = [
        "meta", "alarm_event", "alarm", "load_cell", "assist", "ledger", "device_days", "device_fault", "device_battery", "unknown_zone", "seen", "quarantine",
        "outbox",
    ]

    /// Every row of a table in the order of its key, every value as SQL writes it. Not the file's own bytes: free pages and the
    /// schema's counter tell how often it was written, which is no content.
    private static func dump(_ folder: String, _ table: String) throws -> Data {
        let output = "\(folder)/dump-\(table)"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "sqlite3", "-bail", "\(folder)/\(Views.fileName)", ".output \(output)", ".mode quote",
            "SELECT * FROM \(table) ORDER BY \(table == "meta" ? "1" : table == "assist" ? "1, 2, 3, 4, 5" : "1, 2, 3")",
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return try Data(contentsOf: URL(fileURLWithPath: output))
    }

    @Test("a million events folded live with restarts in between, and made anew from the journal, give equal views, byte for byte")
    func million() throws {
        let folder = NSTemporaryDirectory() + "vaktlast-rebuild-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var stream = ManyEvents(seed: 1_000_000)
        var events: Int64 = 0
        // Ten runs of the service, each from the views that the last one left.
        for _ in 0..<10 {
            let journal = try Journal(folder: folder)
            let views = try Views(folder: folder, hashKey: journal.hashKey) { Issue.record("\($0)") }
            let folding = try Folding(setup: Self.setup, hashKey: journal.hashKey, views: views)
            for _ in 0..<5 {
                let messages = stream.messages(50)
                try journal.append(messages, receipted: messages.last?.position ?? 0)
                for message in messages { _ = folding.fold(message) }
                if let commit = folding.takeCommit(outbox: []) { try views.write(commit) }
            }
            let counts = folding.counts
            events += counts.accepted + counts.duplicates + counts.rejected
            #expect(counts.accepted > 70_000 && counts.duplicates > 1000 && counts.rejected > 500)
            try views.close()
            try journal.close()
        }
        #expect(events == 1_000_000)
        let live = try Self.tables.map { try Self.dump(folder, $0) }

        let reader = try JournalReader(folder: folder)
        let journal = try Journal(folder: folder)
        let views = try Views(folder: folder, hashKey: journal.hashKey) { Issue.record("\($0)") }
        try views.clear(hashKey: journal.hashKey)
        #expect(try Self.dump(folder, "alarm").isEmpty)
        let offline = try OfflineFold(settings: Self.setup, journal: journal, views: views)
        try offline.catchUp(reader) { _ in }
        try views.close()
        try journal.close()
        for (table, expected) in zip(Self.tables, live) {
            #expect(try Self.dump(folder, table) == expected, "\(table)")
            if table != "outbox" { #expect(!expected.isEmpty, "\(table) has rows") }
        }
    }
}
