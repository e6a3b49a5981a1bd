import Foundation
import Simulator
import Testing

extension SystemTests {
    @Suite("Rosters of a running service")
    struct RosterTests {
        private static let roster = "zone;role;shift;weekdays;start;end;positions\r\nbiri;pleie;dag;alle;07:00;15:00;2\r\n"

        /// A service whose municipality has a roster.
        private func service(_ broker: Broker) throws -> (service: ServiceUnderTest, folder: String) {
            let service = try ServiceUnderTest(broker)
            service.killHard()
            let folder = "municipalities/3407-gjovik"
            let file = "\(service.folder)/\(folder)/municipality.yaml"
            try service.write("\(folder)/municipality.yaml", try String(contentsOfFile: file, encoding: .utf8) + "roster: roster.csv\n")
            try service.write("\(folder)/roster.csv", RosterTests.roster)
            try service.start()
            return (service, folder)
        }

        private func roster(_ service: ServiceUnderTest) throws -> String {
            String(decoding: try service.get("/api/v1/roster?municipality=3407").body, as: UTF8.self)
        }

        @Test("a roster sent over HTTP is in force at once, on the disk, and after kill -9; the old one is kept; a bad one changes nothing")
        func sent() throws {
            let broker = try Broker()
            let (service, folder) = try service(broker)
            #expect(try roster(service) == RosterTests.roster)
            let night = RosterTests.roster + "haugtun;pleie;natt;alle;23:00;07:00;1,5\r\n"
            let answer = try service.post("/api/v1/roster?municipality=3407", night)
            let told = try #require(AuditValue(json: Array(answer.body)))
            #expect(answer.status == 200 && told["rows"]?.number == 2 && told["inForce"] == .bool(true))
            let copy = try #require(told["keptCopy"]?.text)
            #expect(try String(contentsOfFile: "\(service.folder)/\(folder)/\(copy)", encoding: .utf8) == RosterTests.roster)
            #expect(try String(contentsOfFile: "\(service.folder)/\(folder)/roster.csv", encoding: .utf8) == night)

            let bad = try service.post("/api/v1/roster?municipality=3407", night + "gjeddevik;pleie;natt;alle;23:00;07:00;-1\r\n")
            let row = AuditValue(json: Array(bad.body))?["rows"]?.elements.first
            #expect(bad.status == 422 && row?["line"]?.number == 4)
            #expect(try #require(row?["reason"]?.text).contains("gjeddevik"))
            #expect(try roster(service) == night)

            service.killHard()
            try service.start()
            #expect(try roster(service) == night)
        }

        @Test("a roster changed on the disk is taken without a restart; of a broken one the log names line and column, and the old one holds")
        func onDisk() throws {
            let broker = try Broker()
            let (service, folder) = try service(broker)
            let evening = RosterTests.roster + "biri;pleie;kveld;alle;15:00;23:00;1\r\n"
            try service.write("\(folder)/roster.csv", evening)
            try waitUntil("the new one is in force; log: \(service.log())") { try roster(service) == evening }
            try service.write("\(folder)/roster.csv", evening + "biri;pleie;natt;alle;23:00;25:00;1\r\n")
            try waitUntil("the log says why not: \(service.log())") { service.log().contains("roster.csv:4: column end: \"25:00\"") }
            #expect(try roster(service) == evening)
        }
    }
}
