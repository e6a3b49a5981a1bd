import GRDB

/// The tables of `accounts.db`, and how those of the version before become the present ones.
extension AccountStore {
    static let version = 3

    static func prepare(_ db: Database, found: Int) throws {
        if found == 1 { try db.execute(sql: "ALTER TABLE token ADD COLUMN purpose TEXT") }
        // Sessions of the versions before have no name, or no place for those of people without an account: who was in logs in again.
        if 1..<version ~= found { try db.execute(sql: "DROP TABLE session") }
        try db.execute(sql: tables)
    }

    private static let tables = """
        CREATE TABLE IF NOT EXISTS account (
            name TEXT PRIMARY KEY, hash TEXT NOT NULL, role TEXT NOT NULL, municipalities TEXT NOT NULL, zones TEXT, source TEXT,
            is_active INTEGER NOT NULL, created INTEGER NOT NULL, last_login INTEGER
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS session (
            name TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, previous TEXT, renewed INTEGER NOT NULL, confirmed INTEGER,
            began INTEGER NOT NULL, seen INTEGER NOT NULL, purpose TEXT,
            account TEXT, visitor TEXT, role TEXT, municipalities TEXT, zones TEXT, source TEXT,
            CHECK ((account IS NULL) <> (visitor IS NULL)), CHECK ((visitor IS NULL) = (role IS NULL) AND (visitor IS NULL) = (municipalities IS NULL))
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS session_by_account ON session (account);
        CREATE INDEX IF NOT EXISTS session_by_previous ON session (previous) WHERE previous IS NOT NULL;
        CREATE TABLE IF NOT EXISTS invitation (
            account TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, expires INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS token (
            name TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, role TEXT NOT NULL, municipalities TEXT NOT NULL, zones TEXT, source TEXT,
            created INTEGER NOT NULL, expires INTEGER, revoked INTEGER, used INTEGER, purpose TEXT
        ) WITHOUT ROWID;
        PRAGMA user_version = \(version);
        """
}
