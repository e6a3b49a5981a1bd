import Accounts
import GRDB
package import Telemetry

/// Links by which people choose their own password, so that nobody else ever knows it. Each holds once, and not for long.
extension AccountStore {
    /// Three days: a link made on a Friday holds on Monday morning.
    package static let invitationMilliseconds: Int64 = 72 * 3_600_000

    /// The secret of a new link for an account, in the place of an earlier one; nil where there is no such account.
    package func invite(_ account: String, now: EventTime) throws -> String? {
        let secret = Secret.make()
        return try write { db in
            try db.execute(sql: "DELETE FROM invitation WHERE expires <= ?", arguments: [now])
            try db.execute(
                sql: """
                    INSERT INTO invitation (account, digest, expires) SELECT name, ?, ? FROM account WHERE name = ?
                    ON CONFLICT (account) DO UPDATE SET digest = excluded.digest, expires = excluded.expires
                    """,
                arguments: [Secret.digest(secret), now + AccountStore.invitationMilliseconds, account]
            )
            return db.changesCount == 1 ? secret : nil
        }
    }

    /// The active account that a link is for; nil where it holds no more.
    package func invited(_ secret: String, now: EventTime) throws -> String? {
        try read { db in
            try String.fetchOne(
                db,
                sql: "SELECT name FROM invitation JOIN account ON name = account WHERE digest = ? AND expires > ? AND is_active",
                arguments: [Secret.digest(secret), now]
            )
        }
    }
}
