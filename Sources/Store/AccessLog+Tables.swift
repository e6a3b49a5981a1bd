import GRDB
import Telemetry

/// The tables of `access.db`, and how those of the version before become the present ones.
extension AccessLog {
    static let version = 2

    /// Makes or migrates the tables, in one transaction.
    static func prepare(_ db: Database, path: String) throws {
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard found <= version else {
            throw StoreError("\(path) was made by a newer version of the program: run that, or move the file away.")
        }
        guard found < version else { return }
        try db.execute(sql: sets)
        try db.execute(sql: entries)
        if found == 1 { try migrate(db) }
        try db.execute(sql: guards)
        try db.execute(sql: "PRAGMA user_version = \(version)")
    }

    /// Chains the views that version 1 kept without hashes: from here on nothing of them can be changed unnoticed.
    private static func migrate(_ db: Database) throws {
        try digestAnew(db)
        let rows = try Row.fetchCursor(db, sql: "SELECT view.*, digest FROM view LEFT JOIN page ON page.number = view.page ORDER BY view.number")
        var count: Int64 = 0
        while let row = try rows.next() {
            let zones = (row["zones"] as String?)?.split(separator: ",").map(String.init)
            var entry = AccessEntry(time: row["time"], who: row["who"], path: row["path"], asked: row["asked"], municipality: row["municipality"], zones: zones)
            entry.position = row["position"]
            try append(entry, alarms: (row["alarms"], row["page"], row["digest"]), db)
            count += 1
        }
        try db.execute(sql: "DROP TABLE view")
        guard count > 0 else { return }
        let last = try Int64.fetchOne(db, sql: "SELECT max(time) FROM entry") ?? 0
        let subject = "\(count) views of version 1, which had no hashes, chained in the order they stood in"
        try append(.init(kind: .change, time: last, who: "vaktlast", path: "access.db", subject: subject), alarms: (0, nil, nil), db)
    }

    /// Version 1 told sets of alarms apart by the order they were shown in as well.
    private static func digestAnew(_ db: Database) throws {
        var numbers: [String: Int64] = [:]
        for page in try Int64.fetchAll(db, sql: "SELECT number FROM page ORDER BY number") {
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT municipality, source, alarm FROM alarm WHERE number IN (SELECT alarm FROM page_alarm WHERE page = ?)",
                arguments: [page]
            )
            let names = rows.map { AccessLog.AlarmName(source: $0["source"], alarm: $0["alarm"]) }
            let digest = AccessChain.digest(municipality: rows.first?["municipality"] ?? "", names)
            if let same = numbers[digest] {
                try db.execute(sql: "UPDATE view SET page = ? WHERE page = ?", arguments: [same, page])
                try db.execute(sql: "DELETE FROM page_alarm WHERE page = ?", arguments: [page])
                try db.execute(sql: "DELETE FROM page WHERE number = ?", arguments: [page])
            } else {
                numbers[digest] = page
                try db.execute(sql: "UPDATE page SET digest = ? WHERE number = ?", arguments: [digest, page])
            }
        }
    }

    /// Columns in the order in which the hash takes them, but for `page`, which stands there as its digest.
    private static let entries = """
        CREATE TABLE entry (
            number INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, kind TEXT NOT NULL, who TEXT NOT NULL, purpose TEXT,
            path TEXT NOT NULL, asked TEXT NOT NULL, municipality TEXT NOT NULL, zones TEXT, alarms INTEGER NOT NULL,
            page INTEGER REFERENCES page, position INTEGER NOT NULL, subject TEXT, until INTEGER, hash TEXT NOT NULL
        );
        CREATE INDEX entry_by_time ON entry (time);
        CREATE INDEX entry_by_page ON entry (page) WHERE page IS NOT NULL;
        CREATE INDEX entry_by_until ON entry (until) WHERE until IS NOT NULL;
        """

    /// Sets of alarms, each kept once.
    private static let sets = """
        CREATE TABLE IF NOT EXISTS page (number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE);
        CREATE TABLE IF NOT EXISTS alarm (
            number INTEGER PRIMARY KEY, municipality TEXT NOT NULL, source TEXT NOT NULL, alarm TEXT NOT NULL,
            UNIQUE (municipality, source, alarm)
        );
        CREATE TABLE IF NOT EXISTS page_alarm (
            alarm INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (alarm, page)
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS page_alarm_by_page ON page_alarm (page);
        """

    /// What is written stays, whoever asks: only what an entry of the log says to be deleted may go, and what only that named.
    private static let guards = """
        CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries of the access log are never changed'); END;
        CREATE TRIGGER entry_kept BEFORE DELETE ON entry
            WHEN NOT EXISTS (SELECT 1 FROM entry WHERE until >= OLD.number)
            BEGIN SELECT RAISE(ABORT, 'entries of the access log go with vaktlast access delete alone'); END;
        CREATE TRIGGER entry_last BEFORE INSERT ON entry WHEN EXISTS (SELECT 1 FROM entry WHERE number >= NEW.number)
            BEGIN SELECT RAISE(ABORT, 'entries of the access log are added at its end alone'); END;
        CREATE TRIGGER page_stays BEFORE UPDATE ON page BEGIN SELECT RAISE(ABORT, 'sets of alarms are never changed'); END;
        CREATE TRIGGER page_kept BEFORE DELETE ON page WHEN EXISTS (SELECT 1 FROM entry WHERE page = OLD.number)
            BEGIN SELECT RAISE(ABORT, 'an entry of the access log names these alarms'); END;
        CREATE TRIGGER alarm_stays BEFORE UPDATE ON alarm BEGIN SELECT RAISE(ABORT, 'alarms of the access log are never changed'); END;
        CREATE TRIGGER alarm_kept BEFORE DELETE ON alarm WHEN EXISTS (SELECT 1 FROM page_alarm WHERE alarm = OLD.number)
            BEGIN SELECT RAISE(ABORT, 'an entry of the access log names this alarm'); END;
        CREATE TRIGGER page_alarm_stays BEFORE UPDATE ON page_alarm BEGIN SELECT RAISE(ABORT, 'sets of alarms are never changed'); END;
        CREATE TRIGGER page_alarm_kept BEFORE DELETE ON page_alarm WHEN EXISTS (SELECT 1 FROM page WHERE number = OLD.page)
            BEGIN SELECT RAISE(ABORT, 'an entry of the access log names this alarm'); END;
        """
}
