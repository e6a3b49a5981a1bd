import Foundation
import Hummingbird
import Languages
import Reports

/// The report as files to take along, below `/rapport.`; the raw value is what follows the point.
enum ReportFile: String, CaseIterable {
    case pdf, xlsx, csv, json

    static let path = "/rapport."

    var title: String {
        switch self {
        case .pdf: "PDF"
        case .xlsx: "Excel"
        case .csv: "CSV"
        case .json: "JSON"
        }
    }

    var type: String {
        switch self {
        case .pdf: "application/pdf"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .csv: "text/csv; charset=utf-8"
        case .json: "application/json"
        }
    }

    init?(path: String) {
        guard path.hasPrefix(ReportFile.path) else { return nil }
        self.init(rawValue: String(path.dropFirst(ReportFile.path.count)))
    }

    /// The file's bytes. A workbook is built in a file of its own, which goes away again.
    ///
    /// - Parameters:
    ///   - dialect: of CSV.
    ///   - translator: into what the words of PDF and workbook are put; nil for bokmål. CSV and JSON are for programs, and keep theirs.
    ///   - page: of PDF: the page in the looks it is given.
    func bytes(
        of report: Report,
        _ dialect: ReportTable.Dialect,
        pdf: (@Sendable (String) async throws -> Data)?,
        in translator: Translator?,
        page: (Report.StylePlacement) throws -> String
    ) async throws -> [UInt8] {
        switch self {
        case .csv: return Array((report.csv(dialect) ?? "").utf8)
        case .json: return report.json()
        case .xlsx:
            let path = NSTemporaryDirectory() + "vaktlast-\(UUID().uuidString).xlsx"
            defer { try? FileManager.default.removeItem(atPath: path) }
            try report.writeWorkbook(to: path) { translator?.translation(of: $0).text ?? $0 }
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        case .pdf:
            return try await ReportFile.pdf(of: Report.paper(page), by: pdf, in: translator)
        }
    }

    /// A page as PDF, in the language of a translator.
    static func pdf(of html: String, by pdf: (@Sendable (String) async throws -> Data)?, in translator: Translator?) async throws -> [UInt8] {
        guard let pdf else { throw Problem(status: .notImplemented, detail: "This service makes no PDF; print the page instead.") }
        return Array(try await pdf(translator.map { String(decoding: $0.page(Array(html.utf8)).html, as: UTF8.self) } ?? html))
    }
}
