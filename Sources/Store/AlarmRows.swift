import GRDB
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

    private mutating func alarm(_ row: StoredRow) -> AlarmRecord {
        AlarmRecord(
            municipality: municipalities.text(row, 0),
            source: sources.text(row, 1),
            alarm: row.text(2),
            zone: zones.text(row, 3),
            respondingZone: respondingZones.text(row, 4),
            device: row.unlessNull(5, row.text),
            kind: kinds.word(row, 6),
            priority: row.unlessNull(7) { UInt8(row.integer($0)) },
            isTest: row.flag(8),
            isLive: row.flag(9),
            outcome: outcomes.word(row, 10),
            cause: causes.word(row, 11),
            voice: row.unlessNull(12, row.flag),
            responders: UInt8(row.integer(13)),
            steps: AlarmRecord.StepRecord.unpack(row.bytes(14)),
            repeats: Int(row.integer(15)),
            instant: row.integer(16)
        )
    }
}
