import GRDB
import GRDBSQLite
import Telemetry
import Workload

/// Reads alarms where SQLite has their columns, as `ViewsReader.alarmColumns` orders them: a year of a municipality has tens of thousands.
/// What comes again and again, such as sources and zones, is made once. `ViewsReader.alarm` reads the same in the plain way.
struct AlarmRows {
    private var (municipalities, sources, zones, respondingZones) = (KnownTexts(), KnownTexts(), KnownTexts(), KnownTexts())
    private var (kinds, outcomes, causes) = (KnownWords<AlarmKind>(), KnownWords<Outcome>(), KnownWords<Cause>())

    /// All that a statement gives; its arguments are set.
    static func all(of statement: Statement, _ db: Database) throws -> [AlarmRecord] {
        var (rows, alarms) = (AlarmRows(), [AlarmRecord]())
        try statement.eachRow(db) { alarms.append(rows.alarm($0)) }
        return alarms
    }

    private mutating func alarm(_ row: OpaquePointer) -> AlarmRecord {
        AlarmRecord(
            municipality: municipalities.text(ViewsReader.bytes(row, 0)),
            source: sources.text(ViewsReader.bytes(row, 1)),
            alarm: String(decoding: ViewsReader.bytes(row, 2), as: UTF8.self),
            zone: zones.text(ViewsReader.bytes(row, 3)),
            respondingZone: respondingZones.text(ViewsReader.bytes(row, 4)),
            device: AlarmRows.isNull(row, 5) ? nil : String(decoding: ViewsReader.bytes(row, 5), as: UTF8.self),
            kind: kinds.word(row, 6),
            priority: AlarmRows.isNull(row, 7) ? nil : UInt8(sqlite3_column_int(row, 7)),
            isTest: sqlite3_column_int(row, 8) != 0,
            isLive: sqlite3_column_int(row, 9) != 0,
            outcome: outcomes.word(row, 10),
            cause: causes.word(row, 11),
            voice: AlarmRows.isNull(row, 12) ? nil : sqlite3_column_int(row, 12) != 0,
            responders: UInt8(sqlite3_column_int(row, 13)),
            steps: AlarmRecord.StepRecord.unpack(ViewsReader.bytes(row, 14)),
            repeats: Int(sqlite3_column_int64(row, 15)),
            instant: sqlite3_column_int64(row, 16)
        )
    }

    static func isNull(_ row: OpaquePointer, _ column: Int32) -> Bool { sqlite3_column_type(row, column) == SQLITE_NULL }
}

/// Words of a small vocabulary: each is looked up by its text once.
struct KnownWords<Word: RawRepresentable<String>> {
    private var words: [(bytes: [UInt8], word: Word?)] = []

    /// Nil for a NULL, and for a word that is none.
    mutating func word(_ row: OpaquePointer, _ column: Int32) -> Word? {
        guard !AlarmRows.isNull(row, column) else { return nil }
        let bytes = ViewsReader.bytes(row, column)
        for known in words where ViewsReader.isSame(known.bytes, bytes) { return known.word }
        let word = Word(rawValue: String(decoding: bytes, as: UTF8.self))
        words.append((Array(bytes), word))
        return word
    }
}
