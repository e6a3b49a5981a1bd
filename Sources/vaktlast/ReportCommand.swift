import ArgumentParser
import Foundation
import Ingest
import Reports
import Settings
import Staffing
import Store
import Web
import Workload

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the leaders' report of a period, in bokmål.",
        discussion: """
            The service may run beside it. Every format is written from the same figures:
              html  one file without script, ready to print on A4
              pdf   the same, tagged for screen readers (PDF/UA-1), with bookmarks; needs Debian's weasyprint
              xlsx  an Excel workbook: a sheet a section, charts, numbers as numbers
              csv   every table, one beneath the other; with --table one alone; --dialect rfc4180 for programs
              json  every table with its units and where its figures come from
            """
    )

    /// What the document is about: the whole report, or a page of the service by its address.
    enum Section: String, CaseIterable, ExpressibleByArgument { case belastning, maal, sammendrag, framskriving }

    enum Format: String, CaseIterable, ExpressibleByArgument { case html, pdf, xlsx, csv, json }

    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "The municipality number, four digits.")
    var municipality: String
    @Option(help: "2026-10-05 (day), 2026-W43 (ISO week), 2026-10, 2026-Q4 or 2026.")
    var period: String
    @Option(help: "html, pdf, xlsx, csv or json.")
    var format: Format = .html
    @Option(help: "Of csv: one table alone, by the id that json gives it, e.g. nokkeltall.")
    var table: String?
    @Option(help: "Of csv: excel (;, decimal comma, percent) or rfc4180 (comma, decimal point, shares from 0 to 1).")
    var dialect: ReportTable.Dialect = .excel
    @Option(help: "Of html and pdf: belastning (the whole report), maal (goals), sammendrag (one sheet for the council) or framskriving (years to come).")
    var section: Section = .belastning
    @Option(help: "Of the section maal: a framework of goals.yaml by its id; without it the first.")
    var framework: String?
    @Option(help: "Of the section maal: one goal alone by its id, e.g. vegvalg-6.")
    var goal: String?
    @Option(help: "The file to write; standard output without it.")
    var out: String?
    @Option(help: "One zone alone.")
    var zone: String?
    @Flag(help: "For others than the municipality: figures with a denominator under 5 are withheld.")
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
        let views = try ViewsReader(folder: settings.dataFolder).frozen()
        let reported = try ReportedMunicipality(found, settings.profiles)
        let (asked, now) = (try ReportPeriod(period), Pump.wallClock())
        var input = try reported.reportInput(period: asked, zone: zone, views: views, now: now, isExternal: external)
        try reported.add([.trends, .planning], to: &input, views: views, now: now)
        if section != .maal, section != .framskriving, reported.roster != nil {
            let staffing = try reported.staffingInput(period: asked.bounds(), zones: zone.map { [$0] }, views: views, now: now)
            input.staffing = StaffingAnalysis(staffing, effort: effort(staffing))
        }
        let data = try bytes(of: Report(input))
        do {
            if let out {
                try data.write(to: URL(fileURLWithPath: out), options: .atomic)
            } else {
                try FileHandle.standardOutput.write(contentsOf: data)
            }
        } catch {
            throw Failure("\(out ?? "standard output") cannot be written: \(DataFolder.reason(error)). Name a file in a folder that exists and is writable.")
        }
    }

    /// A page is looked at and made anew, a file is kept: it gets what some seconds can give it.
    private func effort(_ input: StaffingInput) -> StaffingEffort {
        do { return try StaffingDesk.bounded(format == .html ? .page : .file, input) } catch { return .page }
    }

    private func bytes(of report: Report) throws -> Data {
        switch format {
        case .html: return Data(try page(of: report, .inline).utf8)
        case .pdf: return try PDFWriter.pdf(html: Report.paper { try page(of: report, $0) })
        case .json: return Data(report.json())
        case .csv:
            guard let text = report.csv(dialect, table: table) else {
                throw Failure("--table \(table ?? "") is not in this report. There: \(report.tables().map(\.id).joined(separator: ", "))")
            }
            return Data(text.utf8)
        case .xlsx:
            let path = NSTemporaryDirectory() + "vaktlast-\(UUID().uuidString).xlsx"
            defer { try? FileManager.default.removeItem(atPath: path) }
            try report.writeWorkbook(to: path)
            return try Data(contentsOf: URL(fileURLWithPath: path))
        }
    }
}

extension ReportCommand {
    private func page(of report: Report, _ style: Report.StylePlacement) throws -> String {
        switch section {
        case .belastning: report.html(style: style)
        case .sammendrag: report.summaryPage(style: style)
        case .framskriving: report.planPage(style: style)
        case .maal: report.goalsPage(try report.goals(framework: framework, goal: goal), style: style)
        }
    }
}

extension ReportTable.Dialect: ExpressibleByArgument {}
