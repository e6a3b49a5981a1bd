import Accounts
import Workload

/// The addresses below `/api/v1/`: what each may be asked and what it gives. The API refuses by this table and
/// `/openapi.json` is written from it, so that the two cannot differ.
///
/// Raw values are addresses, with words in braces for what the caller puts there.
enum Route: String, CaseIterable {
    case status, municipalities, loads, alarms, kpis, sources, quarantine, devices, roster, staffing, goals, projection
    case lineage = "goals/{framework}/{goal}/{indicator}/lineage"

    /// The route of an address, and what stands in the place of its words in braces.
    static func at(_ path: String) -> (route: Route, place: [String])? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        for route in allCases {
            let words = route.words
            guard words.count == parts.count, zip(words, parts).allSatisfy({ $0 == $1 || $0.hasPrefix("{") && !$1.isEmpty }) else { continue }
            return (route, zip(words, parts).filter { $0.0.hasPrefix("{") }.map { String($0.1) })
        }
        return nil
    }

    private var words: [Substring] { rawValue.split(separator: "/") }

    /// The words in braces, without them.
    var places: [String] { words.filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) } }

    /// As programs call it.
    var name: String { "\(self)" }

    enum Parameter: String {
        case municipality, from, to, zone, step, published, state, registered, overdue, partial, years, cursor, atLeast
    }

    /// In the order in which they are described.
    var parameters: [Parameter] {
        switch self {
        case .status, .municipalities: [.atLeast]
        case .loads: [.municipality, .from, .to, .zone, .step, .published, .atLeast]
        case .alarms: [.municipality, .from, .to, .zone, .state, .cursor, .atLeast]
        case .kpis: [.municipality, .from, .to, .zone, .atLeast]
        case .sources: [.municipality, .atLeast]
        case .quarantine: [.municipality, .cursor, .atLeast]
        case .devices: [.municipality, .zone, .registered, .overdue, .cursor, .atLeast]
        case .roster: [.municipality, .atLeast]
        case .staffing, .goals: [.municipality, .from, .to, .zone, .atLeast]
        case .lineage: [.municipality, .from, .to, .zone, .cursor, .atLeast]
        case .projection: [.municipality, .years, .from, .to, .atLeast]
        }
    }

    /// What the caller must have; nil where any caller may ask.
    var right: Right? {
        switch self {
        case .status, .municipalities: nil
        case .loads, .kpis, .roster, .staffing, .goals, .projection: .figures
        // The alarms of a lineage are left out for who may not see any.
        case .lineage: .figures
        case .alarms: .alarms
        case .sources: .ownLedger
        case .quarantine: .quality
        case .devices: .devices
        }
    }

    func requires(_ parameter: Parameter) -> Bool {
        switch parameter {
        case .municipality: self != .quarantine
        // Of goals the last four weeks where nobody asks for others, of a projection what is assumed.
        case .from, .to: ![.goals, .lineage, .projection].contains(self)
        default: false
        }
    }
}

/// Which figures of a cell are asked for.
enum Published: String, CaseIterable { case first, present }

/// Which alarms are asked for.
enum AlarmState: String, CaseIterable { case open, closed, all }

/// Which devices are asked for: those of the registry, those that are not in it, or both.
enum Registered: String, CaseIterable { case yes, no, all }

/// Which devices are asked for: those that are silent for too long, those that are known not to be, or all.
enum Overdue: String, CaseIterable { case `true`, `false`, all }

/// Whether good rows are taken where others are bad.
enum Partial: String, CaseIterable { case `true`, `false` }
