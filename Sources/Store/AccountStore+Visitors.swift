package import Accounts
import GRDB
package import Telemetry

/// Sessions of people whom another login vouches for: without an account here, each carries its reach. In all else they are as others.
extension AccountStore {
    /// Begins a session and gives its secret, which is kept nowhere.
    ///
    /// - Parameter visitor: as the access log is to know the person.
    package func beginVisit(of visitor: String, _ reach: Reach, now: EventTime) throws -> String {
        let secret = Secret.make()
        try write { db in
            try AccountStore.forgetEnded(db, now)
            try db.execute(
                sql: "INSERT INTO session (name, digest, renewed, began, seen, visitor, role, municipalities, zones, source) VALUES (?,?,?,?,?,?,?,?,?,?)",
                arguments: [Secret.make(), Secret.digest(secret), now, now, now, visitor] + AccountStore.arguments(reach)
            )
        }
        return secret
    }

    /// Those that are alive, by name and the time they began.
    package func visits(now: EventTime) throws -> [Session] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM session WHERE visitor IS NOT NULL ORDER BY visitor, began").map(AccountStore.visit)
        }.filter { $0.isValid(at: now) }
    }

    /// Ends one by its session's name.
    package func endVisit(session name: String) throws {
        try write { db in try db.execute(sql: "DELETE FROM session WHERE name = ? AND visitor IS NOT NULL", arguments: [name]) }
    }

    /// Ends all of them: what their roles may see is settled anew at the next login.
    package func endVisits() throws { try write { db in try db.execute(sql: "DELETE FROM session WHERE visitor IS NOT NULL") } }

    /// - Parameter row: of the table of sessions.
    static func visit(_ row: Row) -> Session {
        let account = Account(name: row["visitor"], reach: reach(row), isActive: true, createdAt: row["began"], lastLogin: row["began"])
        return session(row, of: account, isVisit: true)
    }
}
