import Accounts

/// The pages for people by their addresses, in the order of the bar at the top. A page that is not here is not there.
enum SitePage: String, CaseIterable {
    case now = "/", load = "/belastning", hours = "/belastning/time", staffing = "/bemanning"
    case goals = "/maal", years = "/framskriving", summary = "/sammendrag", administration = "/administrasjon"

    /// The page of an address.
    init?(path: String) { self.init(rawValue: path) }

    /// As the bar calls it, in bokmål.
    var title: String {
        switch self {
        case .now: "Nå"
        case .load: "Belastning"
        case .hours: "Timen"
        case .staffing: "Bemanning"
        case .goals: "Mål"
        case .years: "Framskriving"
        case .summary: "Sammendrag"
        case .administration: "Administrasjon"
        }
    }

    /// The page of the bar under which it is found.
    var barPage: SitePage { self == .hours ? .load : self }

    /// What its reader must have.
    var right: Right {
        switch self {
        case .now, .load, .hours, .staffing, .goals, .years, .summary: .figures
        case .administration: .administration
        }
    }

    /// What it shows beyond the period's own figures, of pages that are made of a report; nil for others.
    var extent: ReportedMunicipality.Extent? {
        switch self {
        case .load: .comparison
        case .goals: .trends
        case .years: .planning
        case .summary: [.trends, .planning]
        case .now, .hours, .staffing, .administration: nil
        }
    }

    /// What a file of it calls it; nil for the whole report.
    var fileName: String? { self == .load ? nil : String(rawValue.dropFirst()) }

    /// Whether it belongs to whole municipalities: nobody's zone has ages, places or accounts of its own.
    private var isOfWholeMunicipalities: Bool { self == .years || self == .administration }

    /// Whether the caller may come in.
    func isOpen(to caller: Access.Caller) -> Bool { caller.rights.contains(right) && (!isOfWholeMunicipalities || caller.zones == nil) }
}
