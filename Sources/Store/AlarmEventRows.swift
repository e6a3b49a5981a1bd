import GRDB
import Telemetry
import Workload

/// Alarms' events in the views, from which a restart makes the alarms again.
extension Views {
    static func write(alarmEvents: [AlarmEventRow], _ db: Database) throws {
        let insert = try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO alarm_event VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
        )
        for row in alarmEvents {
            try insert.execute(arguments: [
                row.position, row.index, row.received, row.isHistory, row.municipality, row.source, row.alarm, row.id,
                Int(row.type.rawValue), row.t, row.flag.map { Int($0.rawValue) }, row.late, row.device, row.zone,
                row.kind?.rawValue, row.priority.map { Int($0) }, row.test, row.voice, row.respondingZone,
                row.responders.map { Int($0) }, row.outcome?.rawValue, row.cause?.rawValue,
            ])
        }
    }

    static func restoreAlarmEvents(_ db: Database, _ state: inout State) throws {
        let statement = try db.makeStatement(
            sql: """
                SELECT position, idx, received, is_history, municipality, source, alarm, id, type, t, flag, late, device, zone, kind, priority, \
                test, voice, responding_zone, responders, outcome, cause FROM alarm_event ORDER BY position, idx
                """
        )
        var rows = AlarmEventRows()
        try statement.eachRow(db) { row in
            guard let event = rows.event(row) else {
                throw StoreError("views.db holds an alarm event that this version does not know: run `vaktlast rebuild`")
            }
            state.restore(event)
        }
    }
}

/// Reads them; what comes again and again is made once.
private struct AlarmEventRows {
    private var (municipalities, sources, zones, respondingZones) = (KnownTexts(), KnownTexts(), KnownTexts(), KnownTexts())
    private var (kinds, outcomes, causes) = (KnownWords<AlarmKind>(), KnownWords<Outcome>(), KnownWords<Cause>())

    /// Nil for a type that is none.
    mutating func event(_ row: StoredRow) -> AlarmEventRow? {
        guard let type = EventType(rawValue: UInt8(row.integer(8))) else { return nil }
        var event = AlarmEventRow(
            position: row.integer(0),
            index: Int(row.integer(1)),
            received: row.integer(2),
            isHistory: row.flag(3),
            municipality: municipalities.text(row, 4),
            source: sources.text(row, 5),
            alarm: row.text(6),
            id: row.text(7),
            type: type,
            t: row.integer(9),
            flag: row.unlessNull(10) { UInt8(row.integer($0)) }.flatMap(ClockFlag.init(rawValue:)),
            late: row.flag(11)
        )
        event.device = row.unlessNull(12, row.text)
        event.zone = row.unlessNull(13) { zones.text(row, $0) }
        event.kind = kinds.word(row, 14)
        event.priority = row.unlessNull(15) { UInt8(row.integer($0)) }
        event.test = row.unlessNull(16, row.flag)
        event.voice = row.unlessNull(17, row.flag)
        event.respondingZone = row.unlessNull(18) { respondingZones.text(row, $0) }
        event.responders = row.unlessNull(19) { UInt8(row.integer($0)) }
        event.outcome = outcomes.word(row, 20)
        event.cause = causes.word(row, 21)
        return event
    }
}
