package import Store
import Telemetry

/// The access log as files to take along; columns and members are named as in `access.db`.
package enum AccessLogExport {
    package static let columns = [
        "number", "time", "kind", "who", "purpose", "path", "asked", "municipality", "zones", "alarms", "position", "subject", "until", "hash",
    ]

    /// As Norwegian Excel reads it: UTF-8 with a byte order mark, semicolons. Alarms stand as source/alarm with spaces between.
    package static func csv(_ rows: [(row: AccessLogReader.Row, alarms: [AccessLog.AlarmName])]) -> String {
        let lines = rows.map { row, alarms in
            let entry = row.entry
            return [
                "\(row.number)", Timestamp.format(entry.time), entry.kind.rawValue, entry.who, entry.purpose ?? "", entry.path, entry.asked, entry.municipality,
                entry.zones?.joined(separator: ",") ?? "", alarms.map { "\($0.source)/\($0.alarm)" }.joined(separator: " "), "\(entry.position)",
                entry.subject ?? "", row.until.map { "\($0)" } ?? "", row.hash,
            ].map(quoted)
        }
        return "\u{FEFF}" + ([columns] + lines).map { $0.joined(separator: ";") + "\r\n" }.joined()
    }

    package static func json(_ rows: [(row: AccessLogReader.Row, alarms: [AccessLog.AlarmName])]) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.array("entries", rows) { json, pair in
                let (row, entry) = (pair.row, pair.row.entry)
                json.object { json in
                    json.member("number", row.number)
                    json.member("time", Timestamp.format(entry.time))
                    json.member("kind", entry.kind.rawValue)
                    json.member("who", entry.who)
                    json.member("purpose", entry.purpose)
                    json.member("path", entry.path)
                    json.member("asked", entry.asked)
                    json.member("municipality", entry.municipality)
                    json.member("zones", entry.zones?.joined(separator: ","))
                    json.array("alarms", pair.alarms) { json, alarm in
                        json.object { json in
                            json.member("source", alarm.source)
                            json.member("alarm", alarm.alarm)
                        }
                    }
                    json.member("position", entry.position)
                    json.member("subject", entry.subject)
                    json.member("until", row.until)
                    json.member("hash", row.hash)
                }
            }
        }
        return json.bytes
    }

    /// Quoted where it must be. Addresses come from outside: Excel would take one that begins like a formula for one.
    private static func quoted(_ text: String) -> String {
        var text = text
        if let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) { text = "'" + text }
        guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x0A || $0 == 0x0D || $0 == 0x3B }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
