package import Accounts
import Foundation
import GRDB
package import Telemetry

/// `accounts.db`: who may log in, their sessions, and tokens for programs. Passwords stand in it as argon2id hashes,
/// sessions and tokens as digests: whoever reads the file can be nobody. `rebuild` leaves it alone.
package final class AccountStore: Sendable {
    package static let fileName = "accounts.db"
    /// A session's or token's last use is written at most so often.
    static let seenStepMilliseconds: Int64 = 60_000

    private let path: String
    private let queue: DatabaseQueue

    /// Opens the file of a data folder, made where it is missing, for its owner's eyes alone.
    package init(folder: String) throws {
        path = "\(folder)/\(AccountStore.fileName)"
        do {
            try PrivateFile.make(path)
            queue = try DatabaseQueue(path: path, configuration: Journal.configuration(walAutocheckpoint: 1000))
            try queue.write { db in
                let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                guard found <= AccountStore.version else {
                    throw StoreError("\(path) was made by a newer version of the program: run that one.")
                }
                try AccountStore.prepare(db, found: found)
            }
        } catch let error as DatabaseError {
            throw AccountStore.failure(path, error)
        }
    }

    private static func failure(_ path: String, _ error: DatabaseError) -> StoreError {
        StoreError("\(path): accounts cannot be used: \(error.message ?? "\(error.resultCode)"). Check the folder's owner and free space.")
    }

    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do { return try queue.write(body) } catch let error as DatabaseError { throw AccountStore.failure(path, error) }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do { return try queue.read(body) } catch let error as DatabaseError { throw AccountStore.failure(path, error) }
    }

    /// Whether there is an account or was ever a token: then nobody is let in without one.
    package func isInUse() throws -> Bool {
        try read { db in try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM account) OR EXISTS (SELECT 1 FROM token)") ?? false }
    }

    /// Whether people can log in.
    package func hasAccounts() throws -> Bool {
        try read { db in try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM account)") ?? false }
    }

    // MARK: - Accounts

    package func accounts() throws -> [Account] {
        try read { db in try Row.fetchAll(db, sql: "SELECT * FROM account ORDER BY name").map(AccountStore.account) }
    }

    /// The account of a name and its password's hash.
    package func account(_ name: String) throws -> (account: Account, hash: String)? {
        try read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM account WHERE name = ?", arguments: [name]).map { (AccountStore.account($0), $0["hash"]) }
        }
    }

    /// False where the name is taken.
    package func add(_ name: String, _ reach: Reach, hash: String, now: EventTime) throws -> Bool {
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO account (name, hash, role, municipalities, zones, source, is_active, created) VALUES (?,?,?,?,?,?,1,?)
                    ON CONFLICT DO NOTHING
                    """,
                arguments: [name, hash] + AccountStore.arguments(reach) + [now]
            )
            return db.changesCount == 1
        }
    }

    /// Changes what is given and ends the account's sessions, for they stand for what it was. False where there is none.
    package func change(_ name: String, hash: String? = nil, reach: Reach? = nil, isActive: Bool? = nil) throws -> Bool {
        try write { db in
            if let hash {
                try db.execute(sql: "UPDATE account SET hash = ? WHERE name = ?", arguments: [hash, name])
                try db.execute(sql: "DELETE FROM invitation WHERE account = ?", arguments: [name])
            }
            if let reach {
                try db.execute(
                    sql: "UPDATE account SET role = ?, municipalities = ?, zones = ?, source = ? WHERE name = ?",
                    arguments: AccountStore.arguments(reach) + [name]
                )
            }
            if let isActive { try db.execute(sql: "UPDATE account SET is_active = ? WHERE name = ?", arguments: [isActive, name]) }
            try db.execute(sql: "DELETE FROM session WHERE account = ?", arguments: [name])
            return try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM account WHERE name = ?)", arguments: [name]) ?? false
        }
    }

    /// Removes an account with its sessions; the access log keeps its name. False where there is none.
    package func remove(_ name: String) throws -> Bool {
        try write { db in
            try db.execute(sql: "DELETE FROM session WHERE account = ?", arguments: [name])
            try db.execute(sql: "DELETE FROM invitation WHERE account = ?", arguments: [name])
            try db.execute(sql: "DELETE FROM account WHERE name = ?", arguments: [name])
            return db.changesCount == 1
        }
    }

    // MARK: - Tokens

    package func tokens() throws -> [IssuedToken] {
        try read { db in try Row.fetchAll(db, sql: "SELECT * FROM token ORDER BY name").map(AccountStore.token) }
    }

    /// Issues a token and gives its secret, which is kept nowhere; nil where the name is taken.
    package func issueToken(_ name: String, _ reach: Reach, expiresAt: EventTime?, purpose: Purpose? = nil, now: EventTime) throws -> String? {
        let secret = Secret.make()
        return try write { db in
            try db.execute(
                sql: """
                    INSERT INTO token (name, digest, role, municipalities, zones, source, created, expires, purpose) VALUES (?,?,?,?,?,?,?,?,?)
                    ON CONFLICT DO NOTHING
                    """,
                arguments: [name, Secret.digest(secret)] + AccountStore.arguments(reach) + [now, expiresAt, purpose?.rawValue]
            )
            return db.changesCount == 1 ? secret : nil
        }
    }

    /// The token of a secret while it is valid.
    package func token(_ secret: String, now: EventTime) throws -> IssuedToken? {
        let found = try read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM token WHERE digest = ?", arguments: [Secret.digest(secret)]).map(AccountStore.token)
        }
        guard let found, found.isValid(at: now) else { return nil }
        if now - (found.lastUsed ?? .min / 2) >= AccountStore.seenStepMilliseconds {
            try write { db in try db.execute(sql: "UPDATE token SET used = ? WHERE name = ?", arguments: [now, found.name]) }
        }
        return found
    }

    /// Ends a token for good; its name stays, for the access log knows it. False where there is none that holds.
    package func revokeToken(_ name: String, now: EventTime) throws -> Bool {
        try write { db in
            try db.execute(sql: "UPDATE token SET revoked = ? WHERE name = ? AND revoked IS NULL", arguments: [now, name])
            return db.changesCount == 1
        }
    }

    // MARK: - Rows

    static func arguments(_ reach: Reach) -> StatementArguments {
        [reach.role.rawValue, reach.municipalities.joined(separator: ","), reach.zones?.joined(separator: ","), reach.source]
    }

    static func reach(_ row: Row) -> Reach {
        func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
        // A role that a newer program wrote may do nothing here.
        let role = Role(rawValue: row["role"]) ?? .planner
        return Reach(
            role: role,
            municipalities: Role(rawValue: row["role"]) == nil ? [] : list(row["municipalities"]),
            zones: (row["zones"] as String?).map(list),
            source: row["source"]
        )
    }

    static func account(_ row: Row) -> Account {
        Account(name: row["name"], reach: reach(row), isActive: row["is_active"], createdAt: row["created"], lastLogin: row["last_login"])
    }

    private static func token(_ row: Row) -> IssuedToken {
        IssuedToken(
            name: row["name"],
            reach: reach(row),
            createdAt: row["created"],
            expiresAt: row["expires"],
            revokedAt: row["revoked"],
            lastUsed: row["used"],
            purpose: (row["purpose"] as String?).flatMap { Purpose(rawValue: $0) }
        )
    }
}
