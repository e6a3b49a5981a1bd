import Foundation
import Glibc
import Simulator
import Testing

extension SystemTests {
    @Suite("Sessions that do not deliver")
    struct SessionTests {
        static let topic = "vaktlast/v1/3407/a/telemetry"

        @Test("a stuck session: the canary notices, readiness goes red, and comes back with delivery")
        func stuckSession() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker, canarySeconds: 1)
            try waitUntil("a canary has come back on both lanes") { try service.metric("vaktlast_canaries_total") ?? 0 >= 2 }
            let ignored = try service.metric("vaktlast_ignored_total")
            try broker.setDelivery(false)
            try waitUntil("/readyz is 503") { try service.get("/readyz").status == 503 }
            try waitUntil("both lanes are known to be stuck") { try service.metric("vaktlast_lanes_stuck") == 2 }
            #expect(service.log().contains("two canaries in a row are missing"))
            try broker.setDelivery(true)
            try service.waitUntilReady()
            #expect(try service.metric("vaktlast_lanes_stuck") == 0)
            let central = try Central(broker)
            try central.send(Event.heartbeat(1), on: Self.topic)
            #expect(try central.receipt(naming: "h-1")["accepted"]?.number == 1)
            // Canaries are neither events nor foreign messages.
            #expect(try service.metric("vaktlast_ignored_total") == ignored)
            #expect(try service.metric("vaktlast_messages_total") == 1)
        }

        @Test("a broker that comes after the service: receipts and the status come all the same")
        func brokerLater() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            #expect(service.stop() == 0)
            broker.kill()
            try service.start(waits: false)
            try waitUntil("the service has tried in vain") { service.log().contains("Connection refused") }
            try broker.start()
            try service.waitUntilReady()
            let central = try Central(broker)
            try central.send(Event.heartbeat(1), on: Self.topic)
            #expect(try central.receipt(naming: "h-1")["accepted"]?.number == 1)
            let log = try broker.log()
            #expect(log.contains("vaktlast/v1/service/vl1/status"))
        }

        @Test("receipts and their acknowledgements go on where a process has more than 1024 files open")
        func manyFiles() throws {
            var limit = rlimit()
            try #require(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            // Stays raised: other tests may have opened more meanwhile.
            limit.rlim_cur = min(limit.rlim_max, 8192)
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            let files = (0..<1100).map { _ in open("/dev/null", O_RDONLY | O_CLOEXEC) }
            defer { for file in files { close(file) } }
            try #require(files.allSatisfy { $0 >= 0 } && files.max() ?? 0 > 1024)
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let central = try Central(broker)
            try central.send(Event.heartbeat(1), on: Self.topic)
            #expect(try central.receipt(naming: "h-1")["accepted"]?.number == 1)
            #expect(service.stop() == 0)
        }

        @Test("another client with our id: the service waits longer and longer, and says why")
        func takenOver() throws {
            let broker = try Broker()
            let service = try ServiceUnderTest(broker)
            let access = ["-h", "127.0.0.1", "-p", "\(broker.port)", "-u", "central", "-P", "central-secret", "-V", "5"]
            let rival = try ChildProcess(
                Programs.path("mosquitto_sub"),
                access + ["-i", "vaktlast-vl1-alarm", "-t", "vaktlast/v1/3407/z/receipt"],
                log: "\(broker.folder)/rival"
            )
            try waitUntil("the log names another client") { service.log().contains("another client takes over the session vaktlast-vl1-alarm") }
            try waitUntil("/readyz names it") { String(decoding: try service.get("/readyz").body, as: UTF8.self).contains("another client takes over") }
            rival.end(SIGKILL)
            try service.waitUntilReady()
        }
    }
}
