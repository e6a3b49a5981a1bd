/// Which page of the report a document is. Raw values are the words of commands, schedules and addresses.
package enum ReportSection: String, CaseIterable, Sendable {
    /// The whole report.
    case belastning
    case maal, sammendrag, framskriving

    /// In bokmål, as the pages call it.
    package var title: String {
        switch self {
        case .belastning: "Belastning"
        case .maal: "Mål"
        case .sammendrag: "Sammendrag"
        case .framskriving: "Framskriving"
        }
    }
}

/// What a report is written as. Raw values are the words of commands and schedules, and what a file's name ends in.
package enum ReportFormat: String, CaseIterable, Sendable {
    case html, pdf, xlsx, csv, json

    /// What it is called on the wire.
    package var type: String {
        switch self {
        case .html: "text/html; charset=utf-8"
        case .pdf: "application/pdf"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .csv: "text/csv; charset=utf-8"
        case .json: "application/json"
        }
    }

    /// Whether it shows a page; the tables of the others hold all sections.
    package var isPage: Bool { self == .html || self == .pdf }
}

/// The name of a report's file.
package enum ReportFileName {
    /// `vaktlast-3407-maal-2026-10-biri-ekstern-nn.pdf`: what is not asked for is left out.
    ///
    /// - Parameter language: the tag of another language than the service's; files for programs have none.
    package static func name(
        municipality: String,
        section: ReportSection,
        period: ReportPeriod,
        zone: String?,
        isExternal: Bool,
        language: String? = nil,
        format: ReportFormat
    ) -> String {
        let parts = [
            "vaktlast", municipality, section == .belastning || !format.isPage ? nil : section.rawValue, "\(period)", zone, isExternal ? "ekstern" : nil,
            format.isPage || format == .xlsx ? language : nil,
        ]
        return "\(parts.compactMap(\.self).joined(separator: "-")).\(format.rawValue)"
    }
}
