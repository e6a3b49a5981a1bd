/// The tables of `views.db`. All of it can be made anew from the journal; `version` says for which definitions.
enum ViewsSchema {
    static let version: Int64 = 5

    static let tables = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE alarm_event (
            position INTEGER NOT NULL, idx INTEGER NOT NULL, received INTEGER NOT NULL, is_history INTEGER NOT NULL,
            municipality TEXT NOT NULL, source TEXT NOT NULL, alarm TEXT NOT NULL, id TEXT NOT NULL,
            type INTEGER NOT NULL, t INTEGER NOT NULL, flag INTEGER, late INTEGER NOT NULL, device TEXT, zone TEXT,
            kind TEXT, priority INTEGER, test INTEGER, voice INTEGER, responding_zone TEXT, responders INTEGER,
            outcome TEXT, cause TEXT, PRIMARY KEY (position, idx)
        ) WITHOUT ROWID;
        CREATE TABLE alarm (
            municipality TEXT NOT NULL, source TEXT NOT NULL, alarm TEXT NOT NULL, instant INTEGER NOT NULL,
            zone TEXT NOT NULL, responding_zone TEXT NOT NULL, device TEXT, kind TEXT, priority INTEGER,
            is_test INTEGER NOT NULL, is_open INTEGER NOT NULL, is_live INTEGER NOT NULL, outcome TEXT, cause TEXT, voice INTEGER,
            responders INTEGER NOT NULL, repeats INTEGER NOT NULL, steps BLOB NOT NULL,
            PRIMARY KEY (municipality, source, alarm)
        ) WITHOUT ROWID;
        CREATE INDEX alarm_by_time ON alarm (municipality, instant, source, alarm);
        CREATE INDEX alarm_open ON alarm (municipality, instant) WHERE is_open = 1;
        CREATE TABLE load_cell (
            municipality TEXT NOT NULL, quarter INTEGER NOT NULL, zone TEXT NOT NULL, present BLOB NOT NULL, first BLOB,
            telemetry BLOB NOT NULL, telemetry_first BLOB, PRIMARY KEY (municipality, quarter, zone)
        ) WITHOUT ROWID;
        CREATE TABLE assist (
            municipality TEXT NOT NULL, hour INTEGER NOT NULL, zone TEXT NOT NULL, technology TEXT NOT NULL, result TEXT NOT NULL,
            count INTEGER NOT NULL, PRIMARY KEY (municipality, hour, zone, technology, result)
        ) WITHOUT ROWID;
        CREATE TABLE ledger (
            municipality TEXT NOT NULL, source TEXT NOT NULL, messages INTEGER NOT NULL, accepted INTEGER NOT NULL,
            duplicates INTEGER NOT NULL, rejected INTEGER NOT NULL, late INTEGER NOT NULL, no_clock INTEGER NOT NULL,
            unset_clock INTEGER NOT NULL, future INTEGER NOT NULL, sequence_reuse INTEGER NOT NULL,
            sequence_reuse_first INTEGER, arrived_sequences BLOB NOT NULL, accepted_sequences BLOB NOT NULL,
            oddities TEXT NOT NULL, PRIMARY KEY (municipality, source)
        ) WITHOUT ROWID;
        CREATE TABLE device_days (
            municipality TEXT NOT NULL, device TEXT NOT NULL, window INTEGER NOT NULL, days INTEGER NOT NULL,
            last_seen INTEGER NOT NULL, PRIMARY KEY (municipality, device, window)
        ) WITHOUT ROWID;
        CREATE TABLE device_fault (
            municipality TEXT NOT NULL, device TEXT NOT NULL, fault TEXT NOT NULL, t INTEGER NOT NULL, id TEXT NOT NULL,
            is_open INTEGER NOT NULL, PRIMARY KEY (municipality, device, fault)
        ) WITHOUT ROWID;
        CREATE TABLE device_battery (
            municipality TEXT NOT NULL, device TEXT NOT NULL, percent REAL, read_at INTEGER, decided_at INTEGER,
            is_low INTEGER NOT NULL, PRIMARY KEY (municipality, device)
        ) WITHOUT ROWID;
        CREATE TABLE device_source (
            municipality TEXT NOT NULL, device TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (municipality, device)
        ) WITHOUT ROWID;
        CREATE TABLE unknown_zone (
            municipality TEXT NOT NULL, zone TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (municipality, zone)
        ) WITHOUT ROWID;
        CREATE TABLE seen (number INTEGER PRIMARY KEY, generation_start INTEGER NOT NULL, hashes BLOB NOT NULL);
        CREATE TABLE quarantine (
            position INTEGER NOT NULL, idx INTEGER NOT NULL, received INTEGER NOT NULL, municipality TEXT,
            topic TEXT NOT NULL, id TEXT, reason TEXT NOT NULL, excerpt TEXT NOT NULL, PRIMARY KEY (position, idx)
        ) WITHOUT ROWID;
        CREATE INDEX quarantine_by_municipality ON quarantine (municipality, position, idx);
        CREATE TABLE device_memory (
            municipality TEXT NOT NULL, source TEXT NOT NULL, device TEXT NOT NULL, path TEXT NOT NULL, value TEXT NOT NULL,
            message TEXT NOT NULL, previous TEXT, PRIMARY KEY (municipality, source, device, path)
        ) WITHOUT ROWID;
        CREATE TABLE outbox (
            number INTEGER PRIMARY KEY, position INTEGER NOT NULL, topic TEXT NOT NULL, payload BLOB NOT NULL,
            correlation BLOB
        );
        CREATE TABLE change_number (last INTEGER NOT NULL, all_days INTEGER NOT NULL);
        CREATE TABLE day_change (
            municipality TEXT NOT NULL, day INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (municipality, day)
        ) WITHOUT ROWID;
        """

    static let tableNames = [
        "meta", "alarm_event", "alarm", "load_cell", "assist", "ledger", "device_days", "device_fault", "device_battery", "device_source", "unknown_zone",
        "seen", "quarantine", "device_memory", "outbox",
    ]

    /// How the rows of the others came to be (`Views+Changes.swift`): of this file alone.
    static let changeTableNames = ["change_number", "day_change"]
}
