import ArgumentParser
import Foundation

struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure, as ratios in one run, with the result checked.",
        subcommands: [
            BenchCore.self, BenchFold.self, BenchMemory.self, BenchGate.self, BenchBatch.self, BenchLatency.self, BenchRestart.self,
            BenchQuery.self, BenchSize.self, BenchCodecs.self, BenchStaffing.self, BenchPublish.self, BenchNull.self,
        ]
    )
}

/// One figure of a benchmark, as a table row and as a line of JSON.
struct BenchFigure {
    var name: String
    var figure: Double
    var unit: String
    var limit: String

    static func show(_ title: String, _ figures: [BenchFigure], json: Bool) {
        if json {
            for row in figures { print(#"{"name":"\#(row.name)","figure":\#(row.figure),"unit":"\#(row.unit)"}"#) }
            return
        }
        print(title)
        let width = figures.map(\.name.count).max() ?? 0
        for row in figures {
            let number = row.figure >= 1000 ? String(Int(row.figure)) : "\((row.figure * 1000).rounded() / 1000)"
            print("  \(row.name.padding(toLength: width, withPad: " ", startingAt: 0))  \(number) \(row.unit)   (\(row.limit))")
        }
    }
}

struct BenchOptions: ParsableArguments {
    @Flag(help: "One line of JSON a figure.")
    var json = false
    @Flag(help: "A short run, for CI: fewer events, the same checks.")
    var short = false
}
