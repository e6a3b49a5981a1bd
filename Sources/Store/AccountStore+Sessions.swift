package import Accounts
import GRDB
package import Telemetry

/// Sessions: begun by logging in, known by a secret that changes while the session lives.
extension AccountStore {
    /// Begins a session and gives its secret, which is kept nowhere.
    package func beginSession(of account: String, purpose: Purpose? = nil, now: EventTime) throws -> String {
        let secret = Secret.make()
        try write { db in
            try AccountStore.forgetEnded(db, now)
            try db.execute(
                sql: "INSERT INTO session (name, digest, renewed, account, began, seen, purpose) VALUES (?,?,?,?,?,?,?)",
                arguments: [Secret.make(), Secret.digest(secret), now, account, now, now, purpose?.rawValue]
            )
            try db.execute(sql: "UPDATE account SET last_login = ? WHERE name = ?", arguments: [now, account])
        }
        return secret
    }

    /// The session of a secret while it is valid; being asked for keeps it alive.
    package func session(_ secret: String, now: EventTime, isActivity: Bool = true) throws -> Session? {
        let digest = Secret.digest(secret)
        guard let (found, isUnconfirmed) = try read({ db in try AccountStore.session(digest, now, db) }), found.isValid(at: now) else { return nil }
        if isUnconfirmed {
            try write { db in try db.execute(sql: "UPDATE session SET confirmed = ? WHERE digest = ? AND confirmed IS NULL", arguments: [now, digest]) }
        }
        if isActivity, now - found.lastSeen >= AccountStore.seenStepMilliseconds {
            try write { db in try db.execute(sql: "UPDATE session SET seen = ? WHERE name = ?", arguments: [now, found.name]) }
        }
        return found
    }

    /// A new secret for a session whose own has served its time; nil where it has not, or there is no such session.
    package func renewSession(_ secret: String, now: EventTime) throws -> String? {
        let (digest, new) = (Secret.digest(secret), Secret.make())
        let isDue = try read { db in
            try Bool.fetchOne(db, sql: "SELECT renewed <= ? FROM session WHERE digest = ?", arguments: [now - Session.secretMilliseconds, digest])
        }
        guard isDue == true else { return nil }
        return try write { db in
            try db.execute(
                sql: "UPDATE session SET digest = ?, previous = digest, renewed = ?, confirmed = NULL WHERE digest = ?",
                arguments: [Secret.digest(new), now, digest]
            )
            return db.changesCount == 1 ? new : nil
        }
    }

    /// Sets why the session looks at alarms.
    package func setPurpose(_ purpose: Purpose, ofSession name: String) throws {
        try write { db in try db.execute(sql: "UPDATE session SET purpose = ? WHERE name = ?", arguments: [purpose.rawValue, name]) }
    }

    /// Ends the session of a secret, also of the one before.
    package func endSession(_ secret: String) throws {
        let digest = Secret.digest(secret)
        try write { db in try db.execute(sql: "DELETE FROM session WHERE digest = ? OR previous = ?", arguments: [digest, digest]) }
    }

    /// Ends all sessions of an account; gives their number.
    package func endSessions(of account: String) throws -> Int {
        try write { db in
            try db.execute(sql: "DELETE FROM session WHERE account = ?", arguments: [account])
            return db.changesCount
        }
    }

    /// How many sessions of each account are alive.
    package func sessionCounts(now: EventTime) throws -> [String: Int] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT account, count(*) AS n FROM session WHERE account IS NOT NULL AND began > ? AND seen > ? GROUP BY account",
                arguments: [now - Session.lengthMilliseconds, now - Session.idleMilliseconds]
            )
            return Dictionary(uniqueKeysWithValues: rows.map { ($0["account"], $0["n"]) })
        }
    }

    private static func session(_ digest: String, _ now: EventTime, _ db: Database) throws -> (Session, isUnconfirmed: Bool)? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT *, digest = :digest AND previous IS NOT NULL AND confirmed IS NULL AS fresh FROM session
                WHERE digest = :digest OR (previous = :digest AND (confirmed IS NULL OR confirmed > :now))
                """,
            arguments: ["digest": digest, "now": now - Session.overlapMilliseconds]
        )
        guard let row else { return nil }
        let isUnconfirmed: Bool = row["fresh"]
        guard let name: String = row["account"] else { return (visit(row), isUnconfirmed) }
        guard let account = try Row.fetchOne(db, sql: "SELECT * FROM account WHERE name = ?", arguments: [name]) else { return nil }
        return (session(row, of: AccountStore.account(account)), isUnconfirmed)
    }

    /// - Parameter row: of the table of sessions.
    static func session(_ row: Row, of account: Account, isVisit: Bool = false) -> Session {
        Session(
            name: row["name"],
            account: account,
            beganAt: row["began"],
            lastSeen: row["seen"],
            purpose: (row["purpose"] as String?).flatMap { Purpose(rawValue: $0) },
            isVisit: isVisit
        )
    }

    static func forgetEnded(_ db: Database, _ now: EventTime) throws {
        try db.execute(
            sql: "DELETE FROM session WHERE began < ? OR seen < ?",
            arguments: [now - Session.lengthMilliseconds, now - Session.idleMilliseconds]
        )
    }
}
