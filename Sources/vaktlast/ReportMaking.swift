import Foundation
import Languages
import Reports
import Staffing
import Store
import Telemetry
import Web

/// One report as commands and schedules make it: the figures come from the same readings of the views as the pages'.
struct ReportMaking {
    var municipality: ReportedMunicipality
    var period: ReportPeriod
    var zone: String?
    var section: ReportSection
    var isExternal: Bool
    /// A page is looked at and made anew, a file is kept: it gets what some seconds can give it.
    var effort = StaffingEffort.file

    func report(views: ViewsReader, now: EventTime) throws -> Report {
        var input = try municipality.reportInput(period: period, zone: zone, views: views, now: now, isExternal: isExternal)
        try municipality.add([.trends, .planning], to: &input, views: views, now: now)
        if section != .maal, section != .framskriving, municipality.roster != nil {
            let staffing = try municipality.staffingInput(period: input.countedBounds, zones: zone.map { [$0] }, views: views, now: now)
            input.staffing = StaffingAnalysis(staffing, effort: (try? StaffingDesk.bounded(effort, staffing)) ?? .page)
        }
        // Who gets a zone's edition may have that zone alone.
        return zone == nil ? Report(input) : Report(input).withoutSources
    }
}

extension ReportedMunicipality {
    /// Into a language by its tag, the municipality's own names and titles kept; nil for bokmål.
    func translator(_ languages: Languages, _ tag: String) -> Translator? {
        languages.translator(tag)?.keeping(Set(placeNames), titles: Set(ownTitles))
    }
}

extension Report {
    /// The bytes of a document.
    ///
    /// - Parameters:
    ///   - goals: of the section maal: what was chosen.
    ///   - table: of csv: one alone.
    ///   - translator: of html, pdf and xlsx: into what their words are put; nil for bokmål.
    func document(
        _ format: ReportFormat,
        _ section: ReportSection,
        goals: (framework: String?, goal: String?) = (nil, nil),
        table: String? = nil,
        dialect: ReportTable.Dialect = .excel,
        in translator: Translator? = nil
    ) throws -> Data {
        func said(_ html: String) -> String { translator.map { String(decoding: $0.page(Array(html.utf8)).html, as: UTF8.self) } ?? html }
        func page(_ style: StylePlacement) throws -> String {
            switch section {
            case .belastning: html(style: style)
            case .sammendrag: summaryPage(style: style)
            case .framskriving: planPage(style: style)
            case .maal: goalsPage(try self.goals(framework: goals.framework, goal: goals.goal), style: style)
            }
        }
        switch format {
        case .html: return Data(said(try page(.inline)).utf8)
        case .pdf: return try PDFWriter.pdfInTurn(html: said(Report.paper { try page($0) }))
        case .json: return Data(json())
        case .csv:
            guard let text = csv(dialect, table: table) else {
                throw Failure("--table \(table ?? "") is not in this report. There: \(tables().map(\.id).joined(separator: ", "))")
            }
            return Data(text.utf8)
        case .xlsx:
            let path = NSTemporaryDirectory() + "vaktlast-\(UUID().uuidString).xlsx"
            defer { try? FileManager.default.removeItem(atPath: path) }
            try writeWorkbook(to: path) { translator?.translation(of: $0).text ?? $0 }
            return try Data(contentsOf: URL(fileURLWithPath: path))
        }
    }
}
