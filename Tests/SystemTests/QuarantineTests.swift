import Foundation
import Simulator
import Testing

extension SystemTests {
    @Suite("Quarantine")
    struct QuarantineTests {
        @Test("replay after the cause is mended: the event counts once, at its own position and time, and its neighbours as before")
        func replay() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let central = try Central(broker)
            let personal = Event.json("device.heartbeat", id: "p", sequence: 2, #""device":"d-2","zone":"biri","note":"01017000027""#)
            try central.send("[\(Event.heartbeat(1)),\(personal),\(Event.heartbeat(3))]", on: "vaktlast/v1/3407/a/telemetry")
            _ = try central.receipt(naming: "h-3")
            // A copy of the refused event, which is then the second of its id.
            try central.send(Event.json("device.heartbeat", id: "p", sequence: 2, #""device":"d-2","zone":"biri""#), on: "vaktlast/v1/3407/a/telemetry")
            try waitUntil("three events are accepted") { try service.ledger("a")?["accepted"]?.number == 3 }
            let running = try service.command(["quarantine", "replay"])
            #expect(running.status == 1 && running.output.contains("in use by process"), "\(running.output)")
            #expect(service.stop() == 0)

            let unchanged = try service.command(["quarantine", "replay"])
            #expect(unchanged.status == 0 && unchanged.output.contains("0 of 1 refused events are accepted now; 1 stay"), "\(unchanged.output)")

            // The cause is mended: what was held to be personal data no longer is.
            try run("sqlite3", [service.journal, "UPDATE message SET personal = NULL"])
            let replayed = try service.command(["quarantine", "replay"])
            #expect(replayed.status == 0 && replayed.output.contains("1 of 1 refused events are accepted now; 0 stay"), "\(replayed.output)")
            #expect(replayed.output.contains("left\t1\t1\t"), "\(replayed.output)")

            try service.start()
            let ledger = try #require(try service.ledger("a"))
            #expect(ledger["accepted"]?.number == 3)
            #expect(ledger["duplicates"]?.number == 1)
            #expect(ledger["rejected"]?.number == 0)
            #expect(try service.ask("quarantine", "")["items"]?.elements.isEmpty == true)
        }
    }
}
