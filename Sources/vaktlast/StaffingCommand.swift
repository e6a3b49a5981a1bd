import ArgumentParser
import Foundation
import Ingest
import Reports
import Settings
import Staffing
import Store
import Strategy
import Synchronization
import Web
import Workload

struct StaffingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staffing",
        abstract: "Load against the roster: the worst shift, how sure that is, and what mends it, in bokmål.",
        discussion: """
            Plays the municipality's own call-outs of the period against its roster (and against other rosters, and what-ifs), with \
            intervals from replays of drawn weeks. The service may run beside it. The same data and seed give the same figures. \
            See docs/staffing.md.

              vaktlast staffing --config config --municipality 3407 --period 2026-10
              vaktlast staffing … --what-if what-if-natt.yaml --format json --out natt.json
            """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, csv, html }

    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "The municipality number, four digits.")
    var municipality: String
    @Option(
        help:
            "2026-10-05 (day), 2026-W43 (ISO week), 2026-10, 2026-Q4, 2026, or 2026-10-05-28d (the 28 days up to and with that date). Under four weeks no intervals are told."
    )
    var period: String
    @Option(name: .customLong("what-if"), help: ArgumentHelp("A what-if to hold against today (YAML); may be given several times.", valueName: "file"))
    var whatIf: [String] = []
    @Option(help: ArgumentHelp("Rosters to hold side by side (YAML); without it those that municipality.yaml names.", valueName: "file"))
    var alternatives: String?
    @Option(help: "These zones alone, as if there were no others; may be given several times.")
    var zone: [String] = []
    @Option(
        parsing: .unconditional,
        help: "Replays of drawn weeks behind each interval: 0 for no intervals, else 20 or more; without it as staffing.yaml says, else 1000."
    )
    var replays: Int?
    @Option(help: "Seed of all that is drawn; without it as staffing.yaml says, else 1.")
    var seed: UInt64?
    @Option(help: "text, json, csv or html.")
    var format: Format = .text
    @Option(help: "The file to write; standard output without it.")
    var out: String?
    @Flag(help: "Of text: every table, not the worst rows alone.")
    var full = false

    func validate() throws {
        guard municipality.count == 4, municipality.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw ValidationError("--municipality \(municipality) is not a municipality number: four digits, e.g. 3407")
        }
        do { _ = try ReportPeriod(period) } catch { throw ValidationError("--period \(error)") }
        guard format == .text || !full else { throw ValidationError("--full is for --format text: \(format.rawValue) always has every figure") }
        if let replays, replays != 0, !StaffingSettings.replaysRange.contains(replays) {
            let range = StaffingSettings.replaysRange
            throw ValidationError("--replays \(replays) says nothing: write 0 for no intervals, or \(range.lowerBound) to \(range.upperBound)")
        }
    }

    func run() throws {
        let settings = try ServiceSettings(folder: configuration.config)
        guard let found = settings.municipalities.first(where: { $0.number == municipality }) else {
            let known = settings.municipalities.map { "\($0.number) \($0.name)" }.joined(separator: ", ")
            throw Failure("municipality \(municipality) is not in \(configuration.config)/municipalities. There: \(known.isEmpty ? "none" : known)")
        }
        if let unknown = zone.first(where: { asked in !found.zones.contains { $0.id == asked } }) {
            throw Failure("zone \(unknown) is not in \(found.name). Its zones: \(found.zones.map(\.id).joined(separator: ", "))")
        }
        guard found.rosterFile != nil else {
            throw Failure("\(found.name) has no roster: put roster.csv beside \(found.file) and name it there as roster: roster.csv")
        }
        let reported = try ReportedMunicipality(found, settings.profiles, BenefitBook.existing(settings.dataFolder))
        let files = StaffingFiles(found)
        var input = try reported.staffingInput(
            period: try ReportPeriod(period).bounds(),
            zones: zone.isEmpty ? nil : zone,
            views: try ViewsReader(folder: settings.dataFolder).frozen(),
            now: Pump.wallClock(),
            alternatives: try alternatives.map { try files.alternatives($0).alternatives },
            whatIfs: try whatIf.map { try files.whatIf($0, zones: zone.isEmpty ? nil : Set(zone)) }
        )
        if let seed { input.settings.seed = seed }
        var effort = StaffingEffort.whole
        effort.replays = replays
        let steps = StaffingSteps(isShown: out != nil || isatty(STDOUT_FILENO) == 1)
        let analysis = StaffingAnalysis(input, effort: effort) { stage, part in steps.show(stage, part) }
        steps.finish()
        try write(analysis)
    }

    private func write(_ analysis: StaffingAnalysis) throws {
        let bytes: [UInt8] =
            switch format {
            case .text: Array((full ? analysis.fullText : analysis.text).utf8)
            case .json: analysis.json + [UInt8(ascii: "\n")]
            case .csv: Array(analysis.csv.utf8)
            case .html: Array(analysis.html.utf8)
            }
        do {
            if let out {
                try Data(bytes).write(to: URL(fileURLWithPath: out))
                Terminal.say("Wrote \(out)")
            } else {
                try FileHandle.standardOutput.write(contentsOf: Data(bytes))
            }
        } catch {
            throw Failure("\(out ?? "standard output") cannot be written: \(DataFolder.reason(error)). Name a file in a folder that exists and is writable.")
        }
    }
}

/// Tells how far the analysis has come, a stage at a time; nothing where the output itself goes through a pipe.
private final class StaffingSteps: Sendable {
    private struct Content: ~Copyable {
        var label: String?
        var progress: Terminal.Progress?
    }

    private let isShown: Bool
    private let isTerminal = isatty(STDOUT_FILENO) == 1
    private let content = Mutex(Content(label: nil, progress: nil))

    init(isShown: Bool) { self.isShown = isShown }

    func show(_ stage: StaffingAnalysis.Stage, _ part: Double) {
        guard isShown else { return }
        content.withLock { content in
            if content.label != stage.label {
                content.progress?.finish("done")
                content.label = stage.label
                content.progress = Terminal.Progress(stage.label)
            }
            // Into a file or a pipe a line a stage is enough.
            if isTerminal { content.progress?.show(part) }
        }
    }

    func finish() {
        guard isShown else { return }
        content.withLock { $0.progress?.finish("done") }
    }
}

extension StaffingAnalysis.Stage {
    fileprivate var label: String {
        switch self {
        case .observed: "Observed load"
        case .replay: "Replays"
        case .required: "Required positions"
        case .mend: "Cheapest mend"
        case .pooling: "Pooling at night"
        case .whatIf(let name): "What if \(name)"
        case .alternative(let name): "Roster \(name)"
        }
    }
}
