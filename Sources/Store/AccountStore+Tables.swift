import GRDB

/// The tables of `accounts.db`, and how those of the version before become the present ones.
extension AccountStore {
    static let version = 2

    static func prepare(_ db: Database, found: Int) throws {
        if found == 1 { try db.execute(sql: fromVersion1) }
        try db.execute(sql: tables)
    }

    /// Sessions of version 1 have no name: whoever was logged in logs in again.
    private static let fromVersion1 = """
        DROP TABLE session;
        ALTER TABLE token ADD COLUMN purpose TEXT;
        """

    private static let tables = """
        CREATE TABLE IF NOT EXISTS account (
            name TEXT PRIMARY KEY, hash TEXT NOT NULL, role TEXT NOT NULL, municipalities TEXT NOT NULL, zones TEXT, source TEXT,
            is_active INTEGER NOT NULL, created INTEGER NOT NULL, last_login INTEGER
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS session (
            name TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, previous TEXT, renewed INTEGER NOT NULL, confirmed INTEGER,
            account TEXT NOT NULL, began INTEGER NOT NULL, seen INTEGER NOT NULL, purpose TEXT
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
