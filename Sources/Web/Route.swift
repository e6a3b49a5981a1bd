import Accounts
import Workload

/// The addresses below `/api/v1/`: what each may be asked and what it gives. The API refuses by this table and
/// `/openapi.json` is written from it, so that the two cannot differ.
enum Route: String, CaseIterable {
    case status, municipalities, loads, alarms, kpis, sources, quarantine, devices, roster, staffing

    enum Parameter: String {
        case municipality, from, to, zone, step, published, state, registered, overdue, partial, cursor, atLeast
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
        case .staffing: [.municipality, .from, .to, .zone, .atLeast]
        }
    }

    /// What the caller must have; nil where any caller may ask.
    var right: Right? {
        switch self {
        case .status, .municipalities: nil
        case .loads, .kpis, .roster, .staffing: .figures
        case .alarms: .alarms
        case .sources: .ownLedger
        case .quarantine: .quality
        case .devices: .devices
        }
    }

    func requires(_ parameter: Parameter) -> Bool {
        switch parameter {
        case .municipality: self != .quarantine
        case .from, .to: true
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
