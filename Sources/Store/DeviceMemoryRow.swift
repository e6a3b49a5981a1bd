import GRDB

/// A value that a codec remembers of a device, with the message that brought it and the value before.
package struct DeviceMemoryRow: Equatable, Sendable {
    package var municipality: String
    package var source: String
    package var device: String
    package var path: String
    package var value: String
    package var message: String
    package var previous: String?

    package init(municipality: String, source: String, device: String, path: String, value: String, message: String, previous: String?) {
        self.municipality = municipality
        self.source = source
        self.device = device
        self.path = path
        self.value = value
        self.message = message
        self.previous = previous
    }
}

extension Views {
    static func write(deviceMemory rows: [DeviceMemoryRow], _ db: Database) throws {
        let insert = try db.cachedStatement(sql: "INSERT OR REPLACE INTO device_memory VALUES (?,?,?,?,?,?,?)")
        for row in rows {
            try insert.execute(arguments: [row.municipality, row.source, row.device, row.path, row.value, row.message, row.previous])
        }
    }

    /// All that codecs remembered at the views' position. O(devices that have a remembered value).
    package func deviceMemory() throws -> [DeviceMemoryRow] {
        try queue.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM device_memory").map { row in
                DeviceMemoryRow(
                    municipality: row["municipality"],
                    source: row["source"],
                    device: row["device"],
                    path: row["path"],
                    value: row["value"],
                    message: row["message"],
                    previous: row["previous"]
                )
            }
        }
    }
}

/// Words with counts as one text, a line each, in the words' order, so that equal counts are equal text.
enum OddityText {
    static func text(_ counts: [String: Int64]) -> String {
        counts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { "\($0.key)\t\($0.value)" }.joined(separator: "\n")
    }

    static func counts(_ text: String) -> [String: Int64] {
        var counts: [String: Int64] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "\t")
            if parts.count == 2, let count = Int64(parts[1]) { counts[String(parts[0])] = count }
        }
        return counts
    }
}
