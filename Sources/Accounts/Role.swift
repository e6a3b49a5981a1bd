/// What the holder of an account or a token is. Raw values are the words of configuration, commands and pages.
package enum Role: String, CaseIterable, Sendable {
    case leader, technician, planner, central, admin

    /// What the role may, at most: within its municipalities, zones or source.
    package var rights: Set<Right> {
        switch self {
        case .leader: [.figures, .alarms, .devices, .ownLedger, .quality, .benefits]
        case .technician: [.figures, .devices, .ownLedger, .quality]
        case .planner: [.figures]
        case .central: [.ownLedger]
        case .admin: Set(Right.allCases)
        }
    }
}

/// One thing that may be seen or done.
package enum Right: String, CaseIterable, Sendable {
    /// Sums without single alarms or devices: load, key figures, reports, staffing, goals.
    case figures
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
