package import Telemetry

/// Whom an account or token lets see what.
package struct Reach: Equatable, Sendable {
    package var role: Role
    package var municipalities: [String]
    /// Nil for all zones of the municipalities.
    package var zones: [String]?
    /// Of the role `central`: whose ledger.
    package var source: String?

    package init(role: Role, municipalities: [String], zones: [String]? = nil, source: String? = nil) {
        self.role = role
        self.municipalities = municipalities
        self.zones = zones
        self.source = source
    }

    /// What does not fit together; nil where all does.
    package var objection: String? {
        if municipalities.isEmpty { return "name at least one municipality" }
        if zones?.isEmpty == true { return "name at least one zone, or none of the key to reach all" }
        if role == .central, source == nil { return "the role central needs its source" }
        if role != .central, source != nil { return "only the role central has a source" }
        return nil
    }
}

/// A person who logs in.
package struct Account: Equatable, Sendable {
    package var name: String
    package var reach: Reach
    package var isActive: Bool
    package var createdAt: EventTime
    package var lastLogin: EventTime?

    package init(name: String, reach: Reach, isActive: Bool, createdAt: EventTime, lastLogin: EventTime?) {
        self.name = name
        self.reach = reach
        self.isActive = isActive
        self.createdAt = createdAt
        self.lastLogin = lastLogin
    }

    /// 1–64 of letters, digits, `.`, `-`, `_` and `@`: an e-mail address fits.
    package static func isName(_ name: String) -> Bool {
        1...64 ~= name.utf8.count
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "@"): true
                default: false
                }
            }
    }
}

/// A program's key.
package struct IssuedToken: Equatable, Sendable {
    package var name: String
    package var reach: Reach
    package var createdAt: EventTime
    /// Nil for one that does not run out.
    package var expiresAt: EventTime?
    package var revokedAt: EventTime?
    package var lastUsed: EventTime?
    /// Why it asks for alarms; nil where each request says so, or nothing does.
    package var purpose: Purpose?

    package init(
        name: String,
        reach: Reach,
        createdAt: EventTime,
        expiresAt: EventTime?,
        revokedAt: EventTime?,
        lastUsed: EventTime?,
        purpose: Purpose? = nil
    ) {
        self.purpose = purpose
        self.name = name
        self.reach = reach
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.lastUsed = lastUsed
    }

    package func isValid(at now: EventTime) -> Bool { revokedAt == nil && (expiresAt.map { now < $0 } ?? true) }
}

/// A logged-in browser.
package struct Session: Equatable, Sendable {
    /// Ends when nobody has asked for so long.
    package static let idleMilliseconds: Int64 = 60 * 60_000
    /// Ends so long after the login, whatever happens.
    package static let lengthMilliseconds: Int64 = 12 * 3_600_000
    /// Its secret is a new one after so long, so that one that was overheard is soon worth nothing.
    package static let secretMilliseconds: Int64 = 15 * 60_000
    /// The secret before holds until the new one has come back, and so long after, for pages that were asked for at the same time.
    package static let overlapMilliseconds: Int64 = 60_000

    /// What it is called while its secrets change; known to nobody but the service, and forms are held against it.
    package var name: String
    package var account: Account
    package var beganAt: EventTime
    package var lastSeen: EventTime
    /// Why alarms are looked at; nil before it was asked.
    package var purpose: Purpose?
    /// Whether another login vouches for the person; then there is no account of this name here.
    package var isVisit: Bool

    package init(name: String, account: Account, beganAt: EventTime, lastSeen: EventTime, purpose: Purpose? = nil, isVisit: Bool = false) {
        self.isVisit = isVisit
        self.name = name
        self.account = account
        self.beganAt = beganAt
        self.lastSeen = lastSeen
        self.purpose = purpose
    }

    package func isValid(at now: EventTime) -> Bool {
        account.isActive && now - lastSeen < Session.idleMilliseconds && now - beganAt < Session.lengthMilliseconds
    }
}
