import Accounts
import Staffing

/// The pages for people by their addresses, in the order of the bar at the top. A page that is not here is not there.
enum SitePage: String, CaseIterable {
    case now = "/", source = "/kilde", load = "/belastning", hours = "/belastning/time", staffing = "/bemanning"
    case goals = "/maal", lineage = "/maal/grunnlag", years = "/framskriving", summary = "/sammendrag", devices = "/enheter", quality = "/datakvalitet"
    case help = "/hjelp", administration = "/administrasjon", accessibility = "/tilgjengelighet"

    /// The page of an address.
    init?(path: String) { self.init(rawValue: path) }

    /// As the bar calls it, in bokmål.
    var title: String {
        switch self {
        case .now: "Nå"
        case .source: "Kilden"
        case .load: "Belastning"
        case .hours: "Timen"
        case .staffing: "Bemanning"
        case .goals: "Mål"
        case .lineage: "Hva tallet bygger på"
        case .years: "Framskriving"
        case .summary: "Sammendrag"
        case .devices: "Enheter"
        case .quality: "Datakvalitet"
        case .help: "Hjelp"
        case .administration: "Administrasjon"
        case .accessibility: "Tilgjengelighet"
        }
    }

    /// The page of the bar under which it is found.
    var barPage: SitePage {
        switch self {
        case .hours: .load
        case .lineage: .goals
        default: self
        }
    }

    /// Whether the bar has it; the statement of accessibility is reached from the foot.
    var isInBar: Bool { barPage == self && self != .accessibility }

    /// Whether it tells of a period that is chosen.
    var hasPeriod: Bool { extent != nil || self == .staffing }

    /// What its reader must have; nil where whoever has logged in may read it.
    var right: Right? {
        switch self {
        case .now: .live
        case .load, .hours, .staffing, .goals, .lineage, .years, .summary: .figures
        case .devices: .devices
        case .source: .ownLedger
        case .quality: .quality
        case .administration: .administration
        case .help, .accessibility: nil
        }
    }

    /// What it shows beyond the period's own figures, of pages that are made of a report; nil for others.
    var extent: ReportedMunicipality.Extent? {
        switch self {
        case .load: .comparison
        case .goals: .trends
        case .years: .planning
        case .summary: [.trends, .planning]
        case .now, .source, .hours, .staffing, .lineage, .devices, .quality, .help, .administration, .accessibility: nil
        }
    }

    /// What of load against staffing its report tells; `/bemanning` is made of an analysis of its own.
    var staffing: StaffingEffort? { [.now, .load, .summary].contains(self) ? .today : nil }

    /// What a file of it calls it; nil for the whole report.
    var fileName: String? { self == .load ? nil : String(rawValue.dropFirst()) }

    /// Whether it belongs to whole municipalities: nobody's zone has ages, places, sources or accounts of its own.
    private var isOfWholeMunicipalities: Bool { [.source, .years, .quality, .administration].contains(self) }

    /// Whether the caller may come in.
    func isOpen(to caller: Access.Caller) -> Bool {
        // The others see all sources, on the page of data quality.
        guard self != .source || caller.source != nil else { return false }
        return (right.map(caller.rights.contains) ?? true) && (!isOfWholeMunicipalities || caller.zones == nil)
    }
}
