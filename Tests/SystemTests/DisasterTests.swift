import Foundation
import Glibc
import Simulator
import Testing

extension SystemTests {
    @Suite("A disk, a file or a clock that fails")
    struct DisasterTests {
        static let topic = "vaktlast/v1/3407/a/telemetry"

        @Test("disk full: nothing is acknowledged that is not durable; said in log, metrics and readiness; goes on by itself")
        func diskFull() throws {
            let broker = try Broker()
            // The journal's write-ahead log meets the limit after some hundred messages.
            let service = try ServiceUnderTest(broker, faults: try Faults(fileSizeMax: 3_000_000))
            let central = try Central(broker)
            let count = 3000
            for number in 1...count { try central.send(Self.longHeartbeat(number), on: Self.topic) }
            try central.drain()
            try waitUntil("/readyz is 503") { try service.get("/readyz").status == 503 }
            try waitUntil("the metrics say so") { try service.metric("vaktlast_journal_failing") == 1 }
            #expect(service.log().contains("journal: "))
            _ = central.collect()
            let inJournal = try run("sqlite3", ["-readonly", service.journal, "SELECT count(*) FROM message"])
            let durable = try #require(Int(inJournal.trimmingCharacters(in: .whitespacesAndNewlines)))
            #expect(durable < count)
            // A receipt is given for what is durable only.
            #expect(central.namedIDs.count <= durable)
            try run("prlimit", ["--pid", "\(service.pid)", "--fsize=unlimited"])
            try service.waitUntilReady()
            #expect(try service.metric("vaktlast_journal_failing") == 0)
            try check(service, central, count: count)
        }

        @Test("journal on a disk that turns read-only: nothing is acknowledged, and it goes on when the disk is well again")
        func readOnlyDisk() throws {
            let broker = try Broker()
            let faults = try Faults()
            let service = try ServiceUnderTest(broker, faults: faults)
            let central = try Central(broker)
            try central.send(Event.heartbeat(1), on: Self.topic)
            _ = try central.receipt(naming: "h-1")
            faults.writeError = EROFS
            try central.send(Event.heartbeat(2), on: Self.topic)
            try central.drain()
            try waitUntil("/readyz is 503") { try service.get("/readyz").status == 503 }
            usleep(300_000)
            _ = central.collect()
            #expect(!central.namedIDs.contains("h-2"))
            faults.writeError = 0
            #expect(try central.receipt(naming: "h-2")["accepted"]?.number == 1)
            try service.waitUntilReady()
            try check(service, central, count: 2)
        }

        @Test("slow disk, commits of half a second: the broker waits, the sessions hold, memory stays bounded, nothing is lost")
        func slowDisk() throws {
            let broker = try Broker()
            let faults = try Faults()
            faults.syncDelayMilliseconds = 500
            let service = try ServiceUnderTest(broker, faults: faults)
            let connects = try service.metric("vaktlast_connects_total")
            let central = try Central(broker)
            let before = try service.residentMegabytes()
            let count = 20_000
            for number in 1...count { try central.send(Event.heartbeat(number), on: Self.topic) }
            try central.drain()
            try check(service, central, count: count)
            #expect(try service.metric("vaktlast_connects_total") == connects)
            #expect(try service.residentMegabytes() - before < 200)
        }

        @Test("the wall clock steps back and forth by an hour: receive times never run backwards")
        func clockSteps() throws {
            let broker = try Broker()
            let faults = try Faults()
            let service = try ServiceUnderTest(broker, faults: faults)
            let central = try Central(broker)
            for (number, hours) in [0, -1, 1, 0, -1].enumerated() {
                faults.clockOffsetMilliseconds = Int64(hours) * 3_600_000
                try central.send(Event.heartbeat(number + 1), on: Self.topic)
                _ = try central.receipt(naming: "h-\(number + 1)")
            }
            service.killHard()
            faults.clockOffsetMilliseconds = -3_600_000
            try service.start()
            try central.send(Event.heartbeat(6), on: Self.topic)
            _ = try central.receipt(naming: "h-6")
            let text = try run("sqlite3", ["-readonly", service.journal, "SELECT received FROM message ORDER BY position"])
            let received = text.split(separator: "\n").compactMap { Int64($0) }
            #expect(received.count == 6)
            #expect(received == received.sorted())
            // The step forward was really seen, or the test has shown nothing.
            #expect(received[2] - received[0] > 3_500_000)
            try check(service, central, count: 6)
        }

        @Test("with a wall clock an hour ahead of the kernel's the views follow at once: no wait ends by it")
        func waits() throws {
            let broker = try Broker()
            let faults = try Faults()
            faults.clockOffsetMilliseconds = 3_600_000
            let service = try ServiceUnderTest(broker, faults: faults)
            let central = try Central(broker)
            for number in 1...5 { try central.send(Event.heartbeat(number), on: Self.topic) }
            try central.drain()
            try waitUntil("the views have all of the journal", seconds: 15) {
                guard let status = AuditValue(json: Array(try service.get("/api/v1/status").body)) else { return false }
                let (journal, views) = (status["journalPosition"]?.number, status["viewPosition"]?.number)
                return journal.map { $0 >= 5 } == true && journal == views
            }
        }

        @Test("damaged views are set aside and made anew by the next start, which says so")
        func damagedViews() throws {
            let (service, central) = try stoppedService()
            try Self.damage("\(service.folder)/data/views.db")
            try service.start()
            #expect(service.log().contains("views.db is damaged"))
            try check(service, central, count: 2000)
            #expect(FileManager.default.fileExists(atPath: "\(service.folder)/data/views.db.damaged"))
        }

        @Test("a damaged journal stops the service, which names the file and the way out; nothing is acknowledged")
        func damagedJournal() throws {
            let (service, central) = try stoppedService()
            // With it goes the broker.
            defer { withExtendedLifetime(central) {} }
            try FileManager.default.removeItem(atPath: "\(service.folder)/data/views.db")
            try Self.damage(service.journal)
            try service.start(waits: false)
            #expect(try service.waitForEnd() == 1)
            let log = service.log()
            #expect(log.contains("journal.db") && log.contains("damaged") && log.contains("backup"))
            // The file is as it was found.
            #expect(FileManager.default.fileExists(atPath: service.journal))
        }

        /// A service that has counted 2,000 heartbeats and ended in order.
        private func stoppedService() throws -> (ServiceUnderTest, Central) {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let central = try Central(broker)
            for number in 1...2000 { try central.send(Event.heartbeat(number), on: Self.topic) }
            _ = try central.receipt(naming: "h-2000")
            #expect(service.stop() == 0)
            return (service, central)
        }

        /// Overwrites the middle of a file's pages, its header left as it is.
        private static func damage(_ path: String) throws {
            let handle = try #require(FileHandle(forUpdatingAtPath: path))
            let size = try handle.seekToEnd()
            try #require(size > 40_000)
            for at in stride(from: UInt64(8192), to: size - 4096, by: 4096) {
                try handle.seek(toOffset: at)
                try handle.write(contentsOf: Data(repeating: 0xA5, count: 2048))
            }
            try handle.close()
        }

        private static func longHeartbeat(_ number: Int) -> String {
            let filler = String((0..<1500).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement() ?? "a" })
            return Event.json("device.heartbeat", id: "h-\(number)", sequence: number, #""device":"d-\#(number % 7)","zone":"biri","filler":"\#(filler)""#)
        }

        private func check(_ service: ServiceUnderTest, _ central: Central, count: Int) throws {
            try waitUntil("\(count) events are counted", seconds: 90) {
                _ = central.collect()
                return try service.ledger("a")?["accepted"]?.number == Double(count)
            }
            let ledger = try #require(try service.ledger("a"))
            #expect(ledger["missing"]?.elements.isEmpty == true)
            #expect(ledger["rejected"]?.number == 0)
            try waitUntil("every event has a receipt", seconds: 60) {
                _ = central.collect()
                return central.namedIDs.count == count
            }
        }
    }
}
