import Accounts

/// The pages for people by their addresses, in the order of the bar at the top. A page that is not here is not there.
enum SitePage: String, CaseIterable {
    case load = "/belastning", goals = "/maal", years = "/framskriving", summary = "/sammendrag"

    /// The page of an address; the whole report begins also where nothing is named.
    init?(path: String) { self.init(rawValue: path == "/" ? SitePage.load.rawValue : path) }

    /// As the bar calls it, in bokmål.
    var title: String {
        switch self {
        case .load: "Belastning"
        case .goals: "Mål"
        case .years: "Framskriving"
        case .summary: "Sammendrag"
        }
    }

    /// What its reader must have.
    var right: Right {
        switch self {
        case .load, .goals, .years, .summary: .figures
        }
    }

    /// What it shows beyond the period's own figures, of pages that are made of a report; nil for others.
    var extent: ReportedMunicipality.Extent? {
        switch self {
        case .load: []
        case .goals: .trends
        case .years: .planning
        case .summary: [.trends, .planning]
        }
    }

    /// What a file of it calls it; nil for the whole report.
    var fileName: String? { self == .load ? nil : String(rawValue.dropFirst()) }

    /// Whether the caller may come in. Nobody's zone has ages or places of its own.
    func isOpen(to caller: Access.Caller) -> Bool { caller.rights.contains(right) && (self != .years || caller.zones == nil) }
}
