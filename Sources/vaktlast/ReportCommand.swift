import ArgumentParser
import Foundation
import Ingest
import Languages
import Reports
import Settings
import Staffing
import Store
import Web
import Workload

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the leaders' report of a period, in bokmål or another language.",
        discussion: """
            The service may run beside it. Every format is written from the same figures:
              html  one file without script, ready to print on A4
              pdf   the same, tagged for screen readers (PDF/UA-1), with bookmarks; needs Debian's weasyprint
              xlsx  an Excel workbook: a sheet a section, charts, numbers as numbers
              csv   every table, one beneath the other; with --table one alone; --dialect rfc4180 for programs
              json  every table with its units and where its figures come from
            """
    )

    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "The municipality number, four digits.")
    var municipality: String
    @Option(help: "2026-10-05 (day), 2026-W43 (ISO week), 2026-10, 2026-Q4 or 2026.")
    var period: String
    @Option(help: "html, pdf, xlsx, csv or json.")
    var format: ReportFormat = .html
    @Option(help: "Of csv: one table alone, by the id that json gives it, e.g. nokkeltall.")
    var table: String?
    @Option(help: "Of csv: excel (;, decimal comma, percent) or rfc4180 (comma, decimal point, shares from 0 to 1).")
    var dialect: ReportTable.Dialect = .excel
    @Option(help: "Of html and pdf: belastning (the whole report), maal (goals), sammendrag (one sheet for the council) or framskriving (years to come).")
    var section: ReportSection = .belastning
    @Option(help: "Of the section maal: a framework of goals.yaml by its id; without it the first.")
    var framework: String?
    @Option(help: "Of the section maal: one goal alone by its id, e.g. vegvalg-6.")
    var goal: String?
    @Option(help: "The file to write; standard output without it.")
    var out: String?
    @Option(help: "One zone alone.")
    var zone: String?
    @Option(help: "Of html, pdf and xlsx: the language by its tag: nb, or a catalogue's such as nn or en.")
    var language = Languages.source.tag
    @Flag(help: "For others than the municipality, of all of it: no count of 1 to 4, none to be had by subtraction, nothing by the hour. See docs/leader.md.")
    var external = false

    func validate() throws {
        guard municipality.count == 4, municipality.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw ValidationError("--municipality \(municipality) is not a municipality number: four digits, e.g. 3407")
        }
        do { _ = try ReportPeriod(period) } catch { throw ValidationError("--period \(error)") }
        guard format == .csv || (table == nil && dialect == .excel) else {
            throw ValidationError("--table and --dialect are for --format csv, not \(format.rawValue)")
        }
        guard section == .belastning || format == .html || format == .pdf else {
            throw ValidationError("--section \(section.rawValue) is a page: --format html or pdf. The tables of \(format.rawValue) hold all sections.")
        }
        guard !external || zone == nil else {
            throw ValidationError(
                "--zone \(zone ?? "") with --external: an edition of one zone and one of the whole would tell, taken from one another, what each "
                    + "withholds. An external edition is of the whole municipality: leave --zone out, or --external for the municipality's own use."
            )
        }
        guard language == Languages.source.tag || format == .html || format == .pdf || format == .xlsx else {
            throw ValidationError("--language is for --format html, pdf and xlsx: \(format.rawValue) is for programs, and keeps its words")
        }
        guard section == .maal || (framework == nil && goal == nil) else {
            throw ValidationError("--framework and --goal are for --section maal, not \(section.rawValue)")
        }
    }

    func run() throws {
        let settings = try ServiceSettings(folder: configuration.config)
        guard let found = settings.municipalities.first(where: { $0.number == municipality }) else {
            let known = settings.municipalities.map { "\($0.number) \($0.name)" }.joined(separator: ", ")
            throw Failure("municipality \(municipality) is not in \(configuration.config)/municipalities. There: \(known.isEmpty ? "none" : known)")
        }
        if let zone, !found.zones.contains(where: { $0.id == zone }) {
            throw Failure("zone \(zone) is not in \(found.name). Its zones: \(found.zones.map(\.id).joined(separator: ", "))")
        }
        guard settings.languages.has(language) else {
            throw Failure("--language \(language): there is no such catalogue. There: \(settings.languages.choices.map(\.tag).joined(separator: ", "))")
        }
        let views = try ViewsReader(folder: settings.dataFolder).frozen()
        let reported = try ReportedMunicipality(found, settings.profiles, BenefitBook.existing(settings.dataFolder))
        let making = ReportMaking(
            municipality: reported,
            period: try ReportPeriod(period),
            zone: zone,
            section: section,
            isExternal: external,
            effort: format == .html ? .page : .file
        )
        if external, let warning = making.period.kind.overlapWarning { Terminal.error("warning: \(warning)") }
        let report = try making.report(views: views, now: Pump.wallClock())
        let translator = reported.translator(settings.languages, language)
        let data = try report.document(format, section, goals: (framework, goal), table: table, dialect: dialect, in: translator)
        do {
            if let out {
                // A device such as /dev/null is written into: an atomic write would put a file in its place.
                let type = try? FileManager.default.attributesOfItem(atPath: out)[.type] as? FileAttributeType
                try data.write(to: URL(fileURLWithPath: out), options: type == nil || type == .typeRegular ? .atomic : [])
            } else {
                try FileHandle.standardOutput.write(contentsOf: data)
            }
        } catch {
            throw Failure("\(out ?? "standard output") cannot be written: \(DataFolder.reason(error)). Name a file in a folder that exists and is writable.")
        }
    }
}

extension ReportPeriod.Kind {
    /// What an external report of such a period tells beside another kind's; nil for months, which the others are measured by.
    fileprivate var overlapWarning: String? {
        let wayOut = "give out one kind of period alone, months, quarters or years"
        func within(_ name: String) -> String {
            "an external report of \(name) can be taken from that of the month around it, and tells then of small counts; \(wayOut)"
        }
        func around(_ name: String, _ parts: String) -> String {
            "if external reports of \(parts) have been given out, they can be taken from this one of \(name), which tells then of small counts; \(wayOut)"
        }
        switch self {
        case .day: return within("a day")
        case .week: return within("a week")
        case .fourWeeks: return within("four weeks")
        case .month: return nil
        case .quarter: return around("a quarter", "months")
        case .year: return around("a year", "months or quarters")
        }
    }
}

extension ReportSection: ExpressibleByArgument {}

extension ReportFormat: ExpressibleByArgument {}

extension ReportTable.Dialect: ExpressibleByArgument {}
