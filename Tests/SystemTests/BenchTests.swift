import Foundation
import Testing

extension SystemTests {
    /// Every bench in its short form: it holds its results against what was sent and ends with 1 when one event is
    /// missing or counted twice. How fast it is, is no matter here.
    @Suite("Benches check their results")
    struct BenchTests {
        private struct Figure: Decodable {
            var name: String
            var figure: Double
            var unit: String
        }

        static let benches: [(name: String, figures: [String])] = [
            ("core", ["ratio", "eventsPerSecond"]),
            ("fold", ["heartbeatsPerSecond", "alarmStepsPerSecond"]),
            ("memory", ["rssMegabytes", "growthMegabytes"]),
            ("gate", ["ratio", "cpuRatio"]),
            ("batch", ["eventsPerSecond", "ratio"]),
            ("latency", ["p50Milliseconds", "p99Milliseconds", "floodRatio"]),
            ("restart", ["readySeconds", "rebuildEventsPerSecond"]),
            ("query", ["loadsMilliseconds", "reportMilliseconds"]),
            ("size", ["journalBytesPerEvent", "viewsBytesPerEvent"]),
            ("codecs", ["scaipRatio", "dc09ContactIDRatio"]),
            ("staffing", ["replayMilliseconds", "bootstrapSeconds", "hypercubeMilliseconds", "queueCustomersPerSecond"]),
        ]

        @Test("the short form ends well and gives the promised figures, one line of JSON each", arguments: benches)
        func short(name: String, figures: [String]) throws {
            let done = try ChildProcess(Programs.vaktlast(), ["bench", name, "--short", "--json"]).waitForOutput()
            try #require(done.status == 0, "\(done.output)")
            let lines = done.output.split(separator: "\n").filter { $0.hasPrefix("{") }
            let given = try lines.map { try JSONDecoder().decode(Figure.self, from: Data($0.utf8)) }
            for figure in figures {
                let found = given.filter { $0.name == figure }
                #expect(found.count == 1, "\(figure) in \(done.output)")
                #expect(found.allSatisfy { $0.figure.isFinite && $0.figure >= 0 && !$0.unit.isEmpty }, "\(done.output)")
            }
            #expect(Set(given.map(\.name)).count == given.count, "each figure once: \(done.output)")
        }
    }
}
