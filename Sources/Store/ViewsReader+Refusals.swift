import GRDB
package import Telemetry

extension ViewsReader {
    /// What is in quarantine from one topic for one reason.
    package struct RefusalCount: Equatable, Sendable {
        package var topic: String
        package var reason: String
        package var count: Int64
        /// Receive times.
        package var first: EventTime
        package var last: EventTime
    }

    /// Everything of a municipality in quarantine by topic and reason, the most frequent first. O(refused events).
    package func refusals(municipality: String) throws -> [RefusalCount] {
        try look { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT topic, reason, count(*), min(received), max(received) FROM quarantine WHERE municipality = ?
                    GROUP BY topic, reason ORDER BY 3 DESC, reason, topic
                    """,
                arguments: [municipality]
            ).map { RefusalCount(topic: $0[0], reason: $0[1], count: $0[2], first: $0[3], last: $0[4]) }
        }
    }

    /// The newest events in quarantine from the topics of one source. O(refused events of the municipality).
    package func newestRefused(municipality: String, source: String, limit: Int) throws -> [QuarantineRow] {
        let root = "\(Topic.root)/\(municipality)/\(source)/"
        return try look { db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM quarantine WHERE municipality = ? AND substr(topic, 1, ?) = ? ORDER BY position DESC, idx DESC LIMIT ?",
                arguments: [municipality, root.count, root, limit]
            ).map(ViewsReader.quarantineRow)
        }
    }

    /// When the newest alarm of a source was raised, or first heard of; nil without any.
    package func lastAlarm(municipality: String, source: String) throws -> EventTime? {
        try look { db in
            try EventTime.fetchOne(
                db,
                sql: "SELECT instant FROM alarm WHERE municipality = ? AND source = ? ORDER BY instant DESC LIMIT 1",
                arguments: [municipality, source]
            )
        }
    }

    static func quarantineRow(_ row: Row) -> QuarantineRow {
        QuarantineRow(
            position: row["position"],
            index: row["idx"],
            received: row["received"],
            municipality: row["municipality"],
            topic: row["topic"],
            id: row["id"],
            reason: row["reason"],
            excerpt: row["excerpt"]
        )
    }
}
