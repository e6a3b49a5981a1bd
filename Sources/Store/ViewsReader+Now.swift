import GRDB
package import Telemetry
package import Workload

/// What a board of the present moment asks for.
extension ViewsReader {
    /// Open alarms one by one, the oldest first, at most `limit`; tests and what only history knows are left out.
    ///
    /// - Parameter zones: of these alone; nil for all.
    package func openAlarmList(municipality: String, zones: [String]?, limit: Int) throws -> Answer<[AlarmRecord]> {
        try ask { db in
            let ofZones = zones.map { "AND zone IN (\($0.map { _ in "?" }.joined(separator: ",")))" } ?? ""
            let cursor = try Row.fetchCursor(
                db,
                sql: """
                    SELECT \(ViewsReader.alarmColumns) FROM \(ViewsReader.openAlarms) AND is_live = 1 \(ofZones)
                    ORDER BY instant, source, alarm LIMIT ?
                    """,
                arguments: [municipality] + StatementArguments(zones ?? []) + [limit]
            )
            var alarms: [AlarmRecord] = []
            while let row = try cursor.next() { alarms.append(ViewsReader.alarm(row)) }
            return alarms
        }
    }

    /// When each zone's last alarm was raised, tests left out; a zone without one since `since` is not there. O(alarms since then).
    package func lastAlarms(municipality: String, since: EventTime) throws -> [String: EventTime] {
        try ask { db in
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT zone, max(instant) FROM alarm WHERE municipality = ? AND instant >= ? AND is_test = 0 GROUP BY zone",
                arguments: [municipality, since]
            )
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
        }.value
    }
}
