import Foundation
import MQTT
import Simulator
import Testing

extension SystemTests {
    @Suite("Nothing lost, nothing twice")
    struct DurabilityTests {
        static let topic = "vaktlast/v1/3407/a/telemetry"

        @Test("no PUBACK before the commit: a locked journal gets none, and the broker delivers again")
        func acknowledgedAfterCommit() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let central = try Central(broker)
            // Another writer holds the journal: a commit is not possible.
            let input = Pipe()
            let lock = try ChildProcess(Programs.path("sqlite3"), [service.journal], input: input.fileHandleForReading.fileDescriptor)
            input.fileHandleForWriting.write(Data("BEGIN IMMEDIATE;\n".utf8))
            usleep(300_000)
            try central.send(Event.heartbeat(1), on: Self.topic)
            try central.drain()
            usleep(1_500_000)
            let isPublished = { try broker.log().contains("Sending PUBLISH to vaktlast-vl1-rest") }
            let isAcknowledged = { try broker.log().contains("Received PUBACK from vaktlast-vl1-rest") }
            #expect(try isPublished())
            #expect(try !isAcknowledged())
            service.killHard()
            #expect(try !isAcknowledged())
            input.fileHandleForWriting.write(Data("ROLLBACK;\n.quit\n".utf8))
            try input.fileHandleForWriting.close()
            lock.wait()
            try service.start()
            #expect(try central.receipt(naming: "h-1")["accepted"]?.number == 1)
            try waitUntil("the broker has its PUBACK") { try isAcknowledged() }
            #expect(try service.ledger("a")?["accepted"]?.number == 1)
        }

        @Test("kill -9 of the service a hundred times in the middle of a stream: every event once, every receipt at least once")
        func killedService() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let central = try Central(broker)
            var next = 1
            var generator = SystemRandomNumberGenerator()
            for _ in 0..<100 {
                for number in next..<next + 300 { try central.send(Event.heartbeat(number), on: Self.topic) }
                next += 300
                usleep(UInt32.random(in: 0...120_000, using: &generator))
                service.killHard()
                _ = central.collect()
                try service.start(waits: false)
                usleep(UInt32.random(in: 0...400_000, using: &generator))
            }
            try central.drain()
            try check(service, central, count: next - 1)
        }

        @Test("an upgrade in the middle of a stream: commands say what to do with older views, the service makes them anew, every receipt comes")
        func olderViews() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let central = try Central(broker)
            let count = 4000
            for number in 1...count { try central.send(Event.heartbeat(number), on: Self.topic) }
            usleep(50_000)
            service.killHard()
            // As an older Vaktlast left them.
            let views = "\(service.folder)/data/views.db"
            let older = try ChildProcess(Programs.path("sqlite3"), [views, "UPDATE meta SET value = value - 1 WHERE key = 'version'"]).waitForOutput()
            #expect(older.status == 0, "\(older.output)")
            let report = try service.command(["report", "--municipality", "3407", "--period", "2026-10"])
            #expect(report.status == 1)
            #expect(report.output.contains("was written by another version of Vaktlast: start the service once, or run `vaktlast rebuild`."))
            try service.start()
            try central.drain()
            try check(service, central, count: count)
            #expect(!(try service.command(["report", "--municipality", "3407", "--period", "2026-10"]).output.contains("another version")))
        }

        @Test("alarms go first: one that comes last is read among the first of a long backlog")
        func alarmsFirst() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let central = try Central(broker)
            #expect(service.stop() == 0)
            let count = 30_000
            for number in 1...count { try central.send(Event.heartbeat(number), on: Self.topic) }
            try central.send(
                Event.json("alarm.raised", id: "last", sequence: count + 1, #""device":"d-1","zone":"biri","alarm":"x","kind":"fall""#),
                on: "vaktlast/v1/3407/a/alarm"
            )
            try central.drain()
            try service.start()
            let position = Int(try #require(try central.receipt(naming: "last")["position"]?.number))
            // The lanes are two connections, so a transaction or two of the other may come before it.
            #expect(position < count / 4, "read at position \(position) of \(count)")
            try check(service, central, count: count + 1, heartbeats: count)
        }

        @Test("the broker is stopped and started, then killed and started, in the middle of a stream")
        func restartedBroker() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let central = try Central(broker)
            let count = 3000
            for number in 1...count {
                try central.send(Event.heartbeat(number), on: Self.topic)
                if number == 1000 {
                    broker.stop()
                    try broker.start()
                }
                if number == 2000 {
                    try central.drain()
                    // A receipt that the broker has acknowledged and lost with its kill is the broker's: let them come first.
                    try waitUntil("the receipts so far have come", seconds: 60) {
                        _ = central.collect()
                        return central.namedIDs.count == number
                    }
                    // Sessions that the broker saved two seconds ago it knows again.
                    usleep(2_500_000)
                    broker.kill()
                    service.killHard()
                    try broker.start()
                    try service.start(waits: false)
                }
            }
            try central.drain()
            try check(service, central, count: count)
        }

        private func check(_ service: ServiceUnderTest, _ central: Central, count: Int, heartbeats: Int? = nil) throws {
            try service.waitUntilReady()
            try waitUntil("\(count) events are counted", seconds: 60) {
                _ = central.collect()
                return try service.ledger("a")?["accepted"]?.number == Double(count)
            }
            try waitUntil("every event has a receipt", seconds: 60) {
                _ = central.collect()
                return central.namedIDs.count == count
            }
            let ledger = try #require(try service.ledger("a"))
            #expect(ledger["missing"]?.elements.isEmpty == true)
            #expect(ledger["rejected"]?.number == 0)
            #expect(ledger["sequenceReuse"]?.number == 0)
            let day: Int64 = 86_400_000
            let today = Event.now / day * day
            let cells = try service.ask("loads", "from=\(Event.time(today - day))&to=\(Event.time(today + 2 * day))&step=P1D")["cells"]
            #expect(cells?.elements.compactMap { $0["heartbeats"]?.number }.reduce(0, +) == Double(heartbeats ?? count))
        }

        @Test("the end in order leaves nothing to catch up; rebuild gives the same answers")
        func orderlyEnd() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let central = try Central(broker)
            for number in 1...500 { try central.send(Event.heartbeat(number), on: Self.topic) }
            _ = try central.receipt(naming: "h-500")
            #expect(service.stop() == 0)
            let rebuilt = try service.command(["rebuild"])
            #expect(rebuilt.status == 0, "\(rebuilt.output)")
            #expect(rebuilt.output.contains("500 events accepted"))
            try service.start()
            #expect(try service.ledger("a")?["accepted"]?.number == 500)
            #expect(try service.ledger("a")?["missing"]?.elements.isEmpty == true)
        }

        @Test("a second process on the data folder is told who has it")
        func secondProcess() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let second = try service.command(["rebuild"])
            #expect(second.status == 1)
            #expect(second.output.contains("in use by process"))
        }
    }
}
