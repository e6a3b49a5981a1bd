/// One thing changed against today. Empty zones or shifts mean all.
package enum StaffingChange: Equatable, Sendable {
    /// More (or, under 0, fewer) positions at work in the shifts of the zones, on some days.
    case positions(zones: [String], kind: ShiftKind, days: RosterDays?, delta: Double)
    /// Another start: every shift of the kind begins and ends so many minutes later (earlier under 0).
    case start(zones: [String], kind: ShiftKind, laterMinutes: Int)
    /// The zones' people help one another in the shifts.
    case pool(zones: [String], kinds: [ShiftKind])
    case norm(AttendanceNorm)
    /// So large a share (0–1) of today's call-outs is closed at the centre instead.
    case closedAtCentre(share: Double)
    /// Every way takes so many times as long, over 0.
    case travel(factor: Double)
    /// So many times as many call-outs, over 0 (2030, 2040).
    case load(factor: Double)

    /// Those that it names.
    var zones: [String] {
        switch self {
        case .positions(let zones, _, _, _), .start(let zones, _, _), .pool(let zones, _): zones
        case .norm, .closedAtCentre, .travel, .load: []
        }
    }
}

/// A named set of changes, held against today.
package struct WhatIf: Equatable, Sendable {
    package var name: String
    package var changes: [StaffingChange]

    package init(name: String, changes: [StaffingChange]) {
        self.name = name
        self.changes = changes
    }
}
