/// What the holder of an account or a token is. Raw values are the words of configuration, commands and pages.
package enum Role: String, CaseIterable, Sendable {
    case leader, technician, planner, central, admin

    /// What the role may, at most: within its municipalities, zones or source.
    package var rights: Set<Right> {
        switch self {
        case .leader: [.live, .figures, .moments, .alarms, .devices, .ownLedger, .quality, .benefits]
        case .technician: [.live, .devices, .ownLedger, .quality]
        case .planner: [.figures]
        case .central: [.ownLedger]
        case .admin: Set(Right.allCases)
        }
    }
}

/// One thing that may be seen or done.
package enum Right: String, CaseIterable, Sendable {
    /// What goes on now: of alarms as counts for who may see moments, of devices for all others.
    case live
    /// Sums without single alarms or devices: load, key figures, reports, staffing, goals.
    case figures
    /// Figures of any day, hour and quarter, in which a single event can be seen; without it of calendar months alone.
    case moments
    /// Single alarms.
    case alarms
    /// What is known of each device.
    case devices
    /// Ledgers of all sources and the quarantine, of whole municipalities.
    case quality
    /// Ledgers: of the role central that of its own source alone.
    case ownLedger
    /// Entering realised benefits, of whole municipalities.
    case benefits
    /// Changing the registry of devices and rosters.
    case registry
    /// Accounts, tokens and the access log.
    case administration
}
